// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons

/// What one cluster of rules adds to a digest, for one state of the facts that it asks for.
final class ClusterDigest {
  /// A question that one reading leaves open.
  struct Asked: Sendable {
    let fact: Fact
    let need: Need
    let couldExclude: Bool
    let couldCondition: Bool
    /// Lowest and highest desirability over what is possible.
    let range: ClosedRange<Double>
  }

  /// `nil` where no rule applies.
  let tally: ClusterTally?
  /// The strongest finding that excludes, and the strongest that conditions.
  let excluding: Finding?
  let conditioning: Finding?
  /// The latter where the therapy has the condition on where the lesion lies.
  let conditioningNamed: Finding?
  let asked: [Asked]
  /// The facts that are taken at their usual value.
  let assumed: [Fact]
  /// The same for all clusters and states that ask and assume the same; 0 for those that do neither.
  let questions: Int
  /// For the condition on where a lesion lies; `nil` where the cluster has no question of that kind.
  let cluster: Cluster?

  /// What is asked and assumed, without the figures that differ from value to value.
  struct Question: Hashable {
    let asked: [OpenFact]
    let assumed: [Fact]

    struct OpenFact: Hashable {
      let fact: Fact
      let need: Need
      let couldExclude: Bool
      let couldCondition: Bool
    }
  }

  /// - Parameter number: gives equal questions one number above 0.
  init(_ rules: [Judge.PreparedRule], _ facts: FactTable, number: (Question) -> Int) {
    tally = ClusterTally(rules, facts)
    let readings = rules.compactMap { $0.reading(facts) }
    assumed =
      readings.compactMap { $0.provided?.facts.first }
      + rules.compactMap { Judge.assumedGuard($0, facts)?.facts.first }
    guard !readings.isEmpty else {
      (excluding, conditioning, conditioningNamed, asked, cluster) = (nil, nil, nil, [], nil)
      questions = assumed.isEmpty ? 0 : number(Question(asked: [], assumed: assumed))
      return
    }
    let plain = Cluster(readings, locationIsNamed: false)
    let named = plain.questions.contains(where: \.isNamedWithLocation)
    excluding = Self.strongest(.excludes, plain.findings)
    conditioning = Self.strongest(.conditions, plain.findings)
    conditioningNamed =
      named
      ? Self.strongest(.conditions, Cluster(readings, locationIsNamed: true).findings) : conditioning
    cluster = named ? plain : nil
    let asked = readings.compactMap { reading in
      reading.asked.map {
        Asked(
          fact: $0, need: reading.need, couldExclude: reading.couldExclude,
          couldCondition: reading.couldCondition, range: reading.range)
      }
    }
    self.asked = asked
    questions =
      asked.isEmpty && assumed.isEmpty
      ? 0
      : number(
        Question(
          asked: asked.map {
            .init(
              fact: $0.fact, need: $0.need, couldExclude: $0.couldExclude,
              couldCondition: $0.couldCondition)
          }, assumed: assumed))
  }

  private static func strongest(_ effect: Finding.Effect, _ findings: [Finding]) -> Finding? {
    findings.filter { $0.effect == effect }.min(by: isStronger)
  }

  /// The order of findings of one effect, as in a whole judgement.
  static func isStronger(_ a: Finding, _ b: Finding) -> Bool {
    (a.desirability, a.rule) < (b.desirability, b.rule)
  }
}
