// SPDX-License-Identifier: Apache-2.0
public import Evidence

/// How findings become a score: numbers of the protocol, each with what it rests on.
public struct Scoring: Sendable, Hashable {
  /// The weight of every concern; they sum to 1.
  public let weights: [Concern: Double]
  /// How far a second and further cluster lowers a concern, against the first; 0 to 1.
  public let furtherCluster: Cited<Double>
  /// What a finding is worth at least while nothing excludes: the score is zero only on exclusion; 0 to 1.
  public let leastDesirability: Cited<Double>
  /// Scores of one verdict that are no more points apart than this do not differ meaningfully.
  public let equivalence: Cited<Double>
  /// A therapy with a caution in a concern and at most this share of the other's desirability there is not alike, however near
  /// the scores lie: in a weighted score one very bad concern disappears.
  public let unlikeConcern: Cited<Double>

  /// Numbers of a protocol.
  public init(
    weights: [Concern: Double], furtherCluster: Cited<Double>, leastDesirability: Cited<Double>,
    equivalence: Cited<Double>, unlikeConcern: Cited<Double>
  ) {
    self.weights = weights
    self.furtherCluster = furtherCluster
    self.leastDesirability = leastDesirability
    self.equivalence = equivalence
    self.unlikeConcern = unlikeConcern
  }

  /// Whether two judgements lie too near for a difference that any trial supports.
  public func areEquivalent(_ a: ModalityJudgement, _ b: ModalityJudgement) -> Bool {
    let (x, y) = (a.tally.rank, b.tally.rank)
    return a.verdict == b.verdict && isEquivalent(x, toFirst: y) && isEquivalent(y, toFirst: x)
  }

  /// Whether a therapy belongs to those that no evidence tells from the first of its lesion: of its verdict, no more points
  /// below it than the protocol says, and in no concern much worse.
  public func isEquivalent(_ rank: JudgementTally.Rank, toFirst first: JudgementTally.Rank) -> Bool {
    if rank.verdict != first.verdict { return rank.verdict < first.verdict }
    return rank.score >= first.score - equivalence.value
      && !rank.isMuchWorse(than: first, share: unlikeConcern.value)
  }

  /// Every source that is cited, with what cites it.
  public var citations: [(what: String, key: String)] {
    [
      ("furtherCluster", furtherCluster), ("leastDesirability", leastDesirability),
      ("equivalence", equivalence), ("unlikeConcern", unlikeConcern),
    ].flatMap { what, cited in cited.sources.map { (what, $0) } }
  }
}
