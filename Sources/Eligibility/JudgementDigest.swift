// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Reasons
public import Vocabulary

/// What a worklist needs of one therapy judged for one lesion: verdict, order, what it hangs on, what is missing.
///
/// The same as the whole judgement says, without its words and its other findings.
public struct JudgementDigest: Sendable, Hashable {
  /// A fact that is unknown, or not known closely enough, and could change the verdict.
  public struct Open: Sendable, Hashable {
    /// The fact.
    public let fact: Fact
    /// How much it matters.
    public let need: Need
    /// Whether some value would exclude the therapy.
    public let couldExclude: Bool
  }

  /// The therapy.
  public let modality: Modality
  /// Verdict, score and order.
  public let tally: JudgementTally
  /// Whether there is a score: without a fact that nothing can be judged without there is none.
  public let isScored: Bool
  /// For an indeterminate verdict: what it would be if the deciding unknown facts hold nothing against it.
  public let likely: Verdict?
  /// What excludes it, or what it is conditional on, the strongest finding; `nil` for other verdicts.
  public let leading: Finding?
  /// For an indeterminate verdict: the fact that decides.
  public let deciding: Fact?
  /// What could change the verdict, by how: what could exclude first, then by the facts' order.
  public let open: [Open]
  /// The facts that were taken at their usual value, in their order.
  public let assumed: [Fact]
  /// Whether the service does not have it.
  public let isUnavailable: Bool

  /// The verdict.
  public var verdict: Verdict { tally.verdict }
  /// The score as it is shown: rounded to 5.
  public var roundedScore: Int { Int((tally.score / 5).rounded()) * 5 }

  /// Whether this therapy comes before another, as `ModalityJudgement.precedes`.
  public func precedes(_ other: JudgementDigest) -> Bool {
    if availability != other.availability { return availability < other.availability }
    if tally.rank.precedes(other.tally.rank) { return true }
    if other.tally.rank.precedes(tally.rank) { return false }
    return Self.position(modality) < Self.position(other.modality)
  }

  private var availability: Int { verdict == .ineligible ? 2 : isUnavailable ? 1 : 0 }

  private static func position(_ modality: Modality) -> Int {
    Modality.allCases.firstIndex(of: modality) ?? 0
  }
}

/// All therapies of a lesion, best first.
public struct LesionDigest: Sendable, Hashable {
  /// The lesion's id.
  public let lesion: String
  /// Its site, when known.
  public let site: Site?
  /// The therapies in order; empty when the site is unknown or has no rules.
  public let modalities: [JudgementDigest]
  /// Why there are none; `nil` where there are some.
  public let note: Reason?
}
