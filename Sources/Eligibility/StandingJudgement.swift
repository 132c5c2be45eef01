// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Vocabulary

/// A therapy judged again and again with a few facts changed: only rules that ask for these are read anew.
public struct StandingJudgement: Sendable {
  private let rules: [[Judge.PreparedRule]]
  private let scoring: Scoring
  /// The clusters that ask for a fact.
  private let askers: [Fact: [Int]]
  private let clusters: [ClusterTally?]
  /// The tally of the facts it stands on.
  public let tally: JudgementTally

  /// - Parameters:
  ///   - judge: the rules.
  ///   - facts: what changes are laid over.
  public init(_ judge: Judge, _ modality: Modality, at site: Site, facts: FactTable) {
    let rules = judge.clusters(of: modality, at: site)
    var askers: [Fact: Set<Int>] = [:]
    for rule in rules.joined() {
      askers[rule.rule.fact, default: []].insert(rule.cluster)
      if let applies = rule.rule.applies { askers[applies.fact, default: []].insert(rule.cluster) }
    }
    self.rules = rules
    self.askers = askers.mapValues { $0.sorted() }
    scoring = judge.ruleSet.scoring
    clusters = rules.map { ClusterTally($0, facts) }
    tally = JudgementTally(clusters, by: scoring)
  }

  /// The tally of facts that are the ones it stands on but for those named.
  public func tally(of facts: FactTable, changed: some Sequence<Fact>) -> JudgementTally {
    var other = clusters
    var isSame = true
    for cluster in Set(changed.flatMap { askers[$0] ?? [] }) {
      other[cluster] = ClusterTally(rules[cluster], facts)
      isSame = false
    }
    return isSame ? tally : JudgementTally(other, by: scoring)
  }
}
