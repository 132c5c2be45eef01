// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons

/// The one condition on where a lesion lies, in place of a condition for every distance that is not known.
struct LocationQuestion {
  /// The distances that are not known closely enough, in the facts' order.
  let facts: [Fact]
  /// What each must be for nothing to stand against the therapy.
  let harmless: [Reason]
  /// The sources of the rules that ask.
  let sources: [String]

  /// `nil` where no open distance could exclude the therapy or make it conditional.
  init?(_ clusters: [Cluster]) {
    let asked = clusters.flatMap { cluster in cluster.questions.filter(\.isNamedWithLocation) }
    guard asked.contains(where: \.asksLocation) else { return nil }
    let facts = Set(asked.map(\.fact)).sorted()
    self.facts = facts
    // Of several rules on one distance the strictest says what it must be.
    var strictest: [Fact: Reason] = [:]
    for reason in asked.compactMap(\.harmless) {
      guard let fact = reason.facts.first else { continue }
      if let known = strictest[fact]?.limit, let own = reason.limit, !own.isNarrower(than: known) { continue }
      strictest[fact] = reason
    }
    harmless = facts.compactMap { strictest[$0] }
    sources = Array(Set(clusters.flatMap { cluster in cluster.sources(asking: facts) })).sorted()
  }

  /// What it says of the therapy.
  var finding: Finding {
    Finding(
      rule: "location", fact: facts[0], value: .unknown(""), grade: .caution, concern: .neighbours,
      effect: .conditions,
      reason: Reason(
        .judgement(.location), facts: facts, because: harmless, sources: sources,
        condition: Condition(.confirm, .location)), desirability: 1, nearEdge: nil, manoeuvres: [],
      advice: nil, weeks: nil)
  }
}

extension Cluster {
  /// The sources of bands that stand against the therapy where one of these facts is not known.
  fileprivate func sources(asking facts: [Fact]) -> [String] {
    readings.filter { facts.contains($0.rule.fact) }.flatMap { reading in
      reading.possible.filter(\.standsAgainst).flatMap(\.sources)
    }
  }
}
