// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Reasons
public import Vocabulary

/// What one rule says of one lesion and therapy, or of the patient.
public struct Finding: Sendable, Hashable {
  /// What a finding does to the verdict or the score.
  public enum Effect: String, Sendable, Hashable {
    /// Nothing stands against it.
    case supports
    /// Lowers the score.
    case lowers
    /// Makes the therapy depend on a manoeuvre, a plan, a correction or the board.
    case conditions
    /// Excludes the therapy.
    case excludes
    /// A more specific rule on the same root fact speaks instead.
    case silenced
    /// The fact is unknown and only widens the range.
    case unknown
  }

  /// The rule's id.
  public let rule: String
  /// The fact it asked for.
  public let fact: Fact
  /// What was known of it; a `confirm` fact judged at its usual value has origin `assumed`.
  public let value: FactValue
  /// How it speaks; `nil` while the fact is unknown.
  public let grade: Grade?
  /// Which question it answers; `nil` for patient findings.
  public let concern: Concern?
  /// What it does.
  public let effect: Effect
  /// What it says, with the band's limits, its sources and what would resolve it.
  public let reason: Reason
  /// Desirability at the value, 0…1; 1 while unknown.
  public let desirability: Double
  /// The band edge that lies within measurement error of the value, in the fact's unit.
  public let nearEdge: Double?
  /// What can lift it.
  public let manoeuvres: [Manoeuvre]
  /// For patient findings: what follows.
  public let advice: Advice?
  /// For patient findings that advise to observe: weeks until restaging.
  public let weeks: Int?

  /// Keys of the bibliography.
  public var sources: [String] { reason.sources }
  /// What it makes the therapy depend on.
  public var condition: Condition? { reason.condition }
  /// Whether it makes the therapy depend on something that is to be done, not only found out.
  public var needsAct: Bool { effect == .conditions && condition?.kind != .confirm }
  /// Whether it makes the therapy depend on what only a board can decide.
  public var isForBoard: Bool { effect == .conditions && condition?.kind == .board }
}

/// A fact that is unknown, with what learning it could do.
public struct MissingFact: Sendable, Hashable {
  /// The fact.
  public let fact: Fact
  /// How much it matters.
  public let need: Need
  /// Whether some value would exclude the therapy.
  public let couldExclude: Bool
  /// Whether some value would make the therapy conditional.
  public let couldCondition: Bool
  /// How many points of score its worst and best value are apart, with all else as assumed.
  public let scoreSpread: Double
}

/// The answer for a therapy, best first.
public enum Verdict: Int, Sendable, Hashable, CaseIterable, Comparable {
  case eligible, conditional, indeterminate, ineligible

  /// The word in outputs.
  public var word: String {
    switch self {
    case .eligible: "eligible"
    case .conditional: "conditional"
    case .indeterminate: "indeterminate"
    case .ineligible: "ineligible"
    }
  }

  /// Whether the left verdict is better.
  public static func < (a: Verdict, b: Verdict) -> Bool { a.rawValue < b.rawValue }
}
