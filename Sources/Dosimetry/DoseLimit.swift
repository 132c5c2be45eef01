// SPDX-License-Identifier: Apache-2.0
public import Evidence
public import Quantities
public import Vocabulary

/// A published dose limit of one organ and endpoint, with a number for each fraction count it was published for.
///
/// Physical dose of the whole course, all its targets together. A fraction count without a number has no limit in
/// this source: limits are never interpolated.
public struct DoseLimit: Sendable, Hashable {
  /// How binding a limit is in its source.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    /// An objective to strive for.
    case optimal
    /// Not to be exceeded.
    case mandatory
    /// The dose to a stated volume, where a source has that beside a maximum.
    case threshold
    /// The greatest point dose, where a source has that beside a threshold.
    case maximum

    /// Whether exceeding it means that the source's own limit is broken.
    public var binds: Bool { self != .optimal }
  }

  /// What the numbers are.
  public enum Unit: String, Sendable, Hashable {
    /// Gray.
    case gray = "Gy"
    /// Per cent of the organ's volume.
    case percent = "%"
    /// Cubic centimetres.
    case cubicCentimeters = "cc"
    /// Per cent of the prescription.
    case percentOfPrescription = "% of prescription"
  }

  /// The set it belongs to, as `UK22`.
  public let set: String
  /// The organ.
  public let organ: OrganAtRisk
  /// What is measured; it must stay below the number.
  public let endpoint: DoseMetric
  /// How binding it is.
  public let level: Level
  /// What the numbers are.
  public let unit: Unit
  /// The number for each fraction count.
  public let byFractions: [Int: Double]
  /// The sex it holds for, as the facts spell it; `nil` for both.
  public let sex: String?
  /// How far it may be relied on.
  public let mark: Mark
  /// Keys of the bibliography.
  public let sources: [String]
  /// A condition of the source in words.
  public let note: String?
  /// Whether it only informs: its condition in the source is not known.
  public let isAdvisory: Bool
  /// Why no histogram can answer it (a length of nerve, a part of the cord); `nil` where one can.
  public let unanswerable: String?

  /// A limit.
  public init(
    set: String, organ: OrganAtRisk, endpoint: DoseMetric, level: Level, unit: Unit,
    byFractions: [Int: Double], sex: String? = nil, mark: Mark, sources: [String], note: String? = nil,
    isAdvisory: Bool = false, unanswerable: String? = nil
  ) {
    self.set = set
    self.organ = organ
    self.endpoint = endpoint
    self.level = level
    self.unit = unit
    self.byFractions = byFractions
    self.sex = sex
    self.mark = mark
    self.sources = sources
    self.note = note
    self.isAdvisory = isAdvisory
    self.unanswerable = unanswerable
  }

  /// The number for a fraction count in the unit of its endpoint; `nil` where the source has none, or where it is a
  /// share of a prescription that is not given.
  public func bound(fractions: Int, prescription: AbsorbedDose?) -> Double? {
    guard let number = byFractions[fractions] else { return nil }
    guard unit == .percentOfPrescription else { return number }
    return prescription.map { $0.gray * number / 100 }
  }
}

/// A set of limits, as one publication gives them.
public struct DoseLimitSet: Sendable, Hashable {
  /// Its id, as `UK22`.
  public let id: String
  /// Its title for people.
  public let title: String
  /// Whether it decides; the others stand beside it.
  public let isPrimary: Bool
  /// Keys of the bibliography.
  public let sources: [String]

  /// A set.
  public init(id: String, title: String, isPrimary: Bool, sources: [String]) {
    self.id = id
    self.title = title
    self.isPrimary = isPrimary
    self.sources = sources
  }
}

/// A number as expected, with what it may be less and more.
///
/// For an estimate the ends are a good and a poor plan; for a measured dose what the histogram leaves open; where part
/// of an organ lies outside a dose the ends are bounds and nothing is expected.
public struct DoseBand: Sendable, Hashable {
  /// As expected; `nil` when only bounds are known.
  public let expected: Double?
  /// What it is at least.
  public let low: Double
  /// What it is at most; `nil` without a bound.
  public let high: Double?

  /// A band; the ends are put in order and around what is expected.
  public init(expected: Double?, low: Double, high: Double?) {
    self.expected = expected
    let ends = [low, high, expected].compactMap(\.self)
    self.low = ends.min() ?? low
    self.high = high == nil ? nil : ends.max()
  }

  /// Both bands' sum.
  public static func + (a: DoseBand, b: DoseBand) -> DoseBand {
    var sum: Double?
    if let x = a.expected, let y = b.expected { sum = x + y }
    var high: Double?
    if let x = a.high, let y = b.high { high = x + y }
    return DoseBand(expected: sum, low: a.low + b.low, high: high)
  }
}

/// A limit compared with a dose.
public struct LimitCheck: Sendable, Hashable {
  /// What came of it.
  public enum Outcome: String, Sendable, Hashable {
    /// Kept, whatever the band leaves open.
    case kept
    /// Kept as expected, but a poor plan would exceed it.
    case keptAsExpected
    /// Exceeded as expected, but a good plan would keep it.
    case exceededAsExpected
    /// Exceeded, whatever the band leaves open.
    case exceeded
    /// Whether it is kept is not known.
    case unknown

    /// Whether the answer changes within the band.
    public var flips: Bool { self == .keptAsExpected || self == .exceededAsExpected }
  }

  /// The limit.
  public let limit: DoseLimit
  /// The fraction count it was read at.
  public let fractions: Int
  /// The number not to be reached, in the endpoint's unit.
  public let bound: Double
  /// What the organ receives, in the same unit; `nil` when it is not known.
  public let value: DoseBand?
  /// What came of it.
  public let outcome: Outcome
  /// Why nothing is known; `nil` where something is.
  public let why: Unanswered?

  /// Why a limit is not answered.
  public enum Unanswered: Sendable, Hashable {
    /// No histogram can answer it; the protocol's sentence.
    case unanswerable(String)
    /// The whole organ is not contoured.
    case organIncomplete
    /// It asks for a volume, and only a point was read.
    case pointOnly
    /// Sample points do not answer it.
    case samplesOnly
    /// The histogram does not answer it; its own reason, where it gives one.
    case histogram(String?)
  }

  /// Holds a value against a limit.
  public init(
    _ limit: DoseLimit, fractions: Int, bound: Double, value: DoseBand?, why: Unanswered? = nil
  ) {
    self.limit = limit
    self.fractions = fractions
    self.bound = bound
    self.value = value
    self.why = why
    outcome = Self.standing(of: value, below: bound)
  }

  /// How a band stands to a number it is to stay below; a value on the number is not below it.
  public static func standing(of value: DoseBand?, below bound: Double) -> Outcome {
    guard let value else { return .unknown }
    if value.low >= bound { return .exceeded }
    if let high = value.high, high < bound { return .kept }
    guard let expected = value.expected else { return .unknown }
    return expected < bound ? .keptAsExpected : .exceededAsExpected
  }

  /// What is expected as a share of the limit; `nil` when nothing is.
  public var share: Double? {
    guard bound > 0, let value else { return nil }
    return (value.expected ?? value.high).map { $0 / bound }
  }
}
