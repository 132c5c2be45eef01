// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A group of the International Registry of Lung Metastases: by completeness, disease-free interval and number.
public enum IRLMGroup: Int, Sendable, Hashable, CaseIterable, Comparable {
  case one = 1, two, three, four

  /// - Parameters:
  ///   - isResectable: whether all metastases can be taken out completely.
  ///   - diseaseFreeMonths: from the primary's treatment to the first metastasis; zero when synchronous.
  ///   - nodules: how many metastases.
  public init(isResectable: Bool, diseaseFreeMonths: Double, nodules: Int) {
    guard isResectable else {
      self = .four
      return
    }
    let factors = (diseaseFreeMonths < 36 ? 1 : 0) + (nodules > 1 ? 1 : 0)
    self = factors == 0 ? .one : (factors == 1 ? .two : .three)
  }

  /// The Roman numeral.
  public var numeral: String { ["I", "II", "III", "IV"][rawValue - 1] }

  /// Whether the left group is better.
  public static func < (a: IRLMGroup, b: IRLMGroup) -> Bool { a.rawValue < b.rawValue }
}

/// Thoracoscore: in-hospital death after thoracic surgery, as information only.
///
/// Falcoz 2007. Coefficients as recalled, reproduced by three published examples.
public struct Thoracoscore: Sendable, Hashable {
  /// What it asks for; `nil` where unknown.
  public struct Answers: Sendable, Hashable {
    /// In years.
    public var age: Double?
    /// Whether male.
    public var isMale: Bool?
    /// ASA class.
    public var asa: Double?
    /// Performance status, ECOG.
    public var performance: Double?
    /// MRC dyspnoea class.
    public var dyspnoea: Double?
    /// Whether urgent or emergency.
    public var isUrgent: Bool? = false
    /// Whether a whole lung is taken.
    public var isPneumonectomy: Bool?
    /// Whether for malignant disease.
    public var isMalignant: Bool? = true
    /// How many of the eight comorbidities.
    public var comorbidities: Double?
    /// How many there are at least, while their number is unknown.
    public var leastComorbidities = 0.0

    /// Nothing known but that the operation is planned and for malignant disease.
    public init() {}
  }

  /// The probability, 0 to 1, over all values that unknown answers may have.
  public let probability: ClosedRange<Double>
  /// What is not known, in words.
  public let unknown: [String]

  private static let intercept = -7.3737

  /// The score of these answers.
  public init(_ answers: Answers) {
    var low = Self.intercept
    var high = Self.intercept
    var unknown: [String] = []
    func add(_ name: String, _ points: Double?, _ range: ClosedRange<Double>) {
      if let points {
        low += points
        high += points
      } else {
        low += range.lowerBound
        high += range.upperBound
        unknown.append(name)
      }
    }
    func yes(_ name: String, _ answer: Bool?, _ points: Double) {
      add(name, answer.map { $0 ? points : 0 }, 0...points)
    }
    add("age", answers.age.map { $0 < 55 ? 0 : ($0 <= 65 ? 0.7679 : 1.0073) }, 0...1.0073)
    yes("sex", answers.isMale, 0.4505)
    yes("ASA class", answers.asa.map { $0 >= 3 }, 0.6057)
    yes("performance status", answers.performance.map { $0 >= 3 }, 0.6890)
    yes("dyspnoea", answers.dyspnoea.map { $0 >= 3 }, 0.9075)
    yes("urgency", answers.isUrgent, 0.8443)
    yes("pneumonectomy", answers.isPneumonectomy, 1.2176)
    yes("malignancy", answers.isMalignant, 1.2423)
    func points(_ count: Double) -> Double { count < 1 ? 0 : (count < 3 ? 0.7447 : 0.9065) }
    add("comorbidities", answers.comorbidities.map(points), points(answers.leastComorbidities)...0.9065)
    func probability(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    self.probability = probability(low)...probability(high)
    self.unknown = unknown
  }
}

/// The Thoracic Revised Cardiac Risk Index, as information: Brunelli 2010.
public struct ThoracicRevisedCardiacRisk: Sendable, Hashable {
  /// Its four classes.
  public enum Class: String, Sendable, Hashable, CaseIterable {
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"

    init(points: Double) {
      self = points == 0 ? .a : (points <= 1.5 ? .b : (points <= 2.5 ? .c : .d))
    }

    /// Major cardiovascular events in 26 085 patients, in per cent.
    public var eventsPercent: Double {
      switch self {
      case .a: 2.9
      case .b: 5.8
      case .c: 11.9
      case .d: 11.1
      }
    }
  }

  /// The points over all values that unknown answers may have.
  public let points: ClosedRange<Double>
  /// What is not known, in words.
  public let unknown: [String]

  /// The class at least and at most.
  public var classes: (least: Class, most: Class) {
    (Class(points: points.lowerBound), Class(points: points.upperBound))
  }

  /// Events in the classes it may be, in per cent: least and most.
  public var eventsPercent: ClosedRange<Double> {
    let between = Class.allCases.drop { $0 != classes.least }.prefix { $0 != classes.most } + [classes.most]
    let events = between.map(\.eventsPercent)
    return (events.min() ?? 0)...(events.max() ?? 0)
  }

  /// - Parameters:
  ///   - creatinine: in mg/dL; renal disease above 2.
  ///   - isPneumonectomy: whether a whole lung is taken.
  public init(
    cerebrovascular: Bool?, ischaemic: Bool?, creatinine: Double?, isPneumonectomy: Bool?
  ) {
    var low = 0.0
    var high = 0.0
    var unknown: [String] = []
    for (name, answer, points) in [
      ("cerebrovascular disease", cerebrovascular, 1.5), ("ischaemic heart disease", ischaemic, 1.5),
      ("creatinine", creatinine.map { $0 > 2 }, 1), ("pneumonectomy", isPneumonectomy, 1.5),
    ] {
      if answer != false { high += points }
      if answer == true { low += points }
      if answer == nil { unknown.append(name) }
    }
    points = low...high
    self.unknown = unknown
  }
}
