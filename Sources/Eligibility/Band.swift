// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Reasons
public import Vocabulary

/// How good a value is, 0…1: flat, or running linearly through a band.
public struct Desirability: Sendable, Hashable {
  /// At the band's lower end.
  public let lower: Double
  /// At the band's upper end.
  public let upper: Double

  /// A desirability; both ends alike when flat.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// What a rule says when its fact lies in one band or is one of some words.
public struct Band: Sendable, Hashable {
  /// Which values it is for.
  public enum Match: Sendable, Hashable {
    case numbers(Bounds)
    case words([String])
  }

  /// Which values it is for.
  public let match: Match
  /// How it speaks.
  public let grade: Grade
  /// Desirability at the lower and at the upper end, 0…1; equal when flat.
  public let desirability: Desirability
  /// One sentence for people.
  public let text: String
  /// What can lift it.
  public let manoeuvres: [Manoeuvre]
  /// Which act lifts it.
  public let condition: Condition.Kind?
  /// What to do or obtain, in words.
  public let obtain: String?
  /// Keys of the bibliography, the rule's own included.
  public let sources: [String]
  /// For patient rules: what follows for the patient.
  public let advice: Advice?
  /// For `observe`: after how many weeks to restage.
  public let weeks: Int?
  /// For patient rules: something required before local therapy.
  public let requirement: String?

  /// A band.
  public init(
    match: Match, grade: Grade, desirability: Desirability, text: String,
    manoeuvres: [Manoeuvre] = [], condition: Condition.Kind? = nil, obtain: String? = nil, sources: [String],
    advice: Advice? = nil, weeks: Int? = nil, requirement: String? = nil
  ) {
    self.match = match
    self.grade = grade
    self.desirability = desirability
    self.text = text
    self.manoeuvres = manoeuvres
    self.condition = condition
    self.obtain = obtain
    self.sources = sources
    self.advice = advice
    self.weeks = weeks
    self.requirement = requirement
  }

  /// Whether a value belongs to the band.
  public func matches(_ point: FactValue.Point) -> Bool { Self.matches(match, point) }

  static func matches(_ match: Match, _ point: FactValue.Point) -> Bool {
    switch (match, point) {
    case (.numbers(let bounds), .number(let x)): bounds.contains(x)
    case (.words(let words), .word(let word)): words.contains(word)
    default: false
    }
  }

  /// What a value inside the band is worth: its desirability, zero for an exclusion that nothing lifts, and
  /// at least `least` otherwise.
  func worth(of point: FactValue.Point, domain: ClosedRange<Double>, least: Double) -> Double {
    grade == .exclusion && manoeuvres.isEmpty
      ? 0 : max(least, desirability(of: point, domain: domain))
  }

  /// The desirability of a value inside the band, running linearly between its ends.
  public func desirability(of point: FactValue.Point, domain: ClosedRange<Double>) -> Double {
    guard case .number(let x) = point, case .numbers(let bounds) = match,
      desirability.lower != desirability.upper
    else { return desirability.lower }
    let low = bounds.lower ?? domain.lowerBound
    let high = bounds.upper ?? domain.upperBound
    guard high > low else { return desirability.lower }
    let t = min(1, max(0, (x - low) / (high - low)))
    return desirability.lower + (desirability.upper - desirability.lower) * t
  }
}
