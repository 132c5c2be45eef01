// SPDX-License-Identifier: Apache-2.0
internal import Facts

/// What one cluster adds to the tally.
///
/// A class, for one is handed on from judgement to judgement.
final class ClusterTally: Sendable {
  let concern: Concern
  let assumed: Double
  let grade: Grade?
  /// The same where the therapy has the condition on where the lesion lies.
  let named: (assumed: Double, grade: Grade?)
  let conditions: [Fact]
  let boardConditions: [Fact]
  let needsAct: Bool
  /// The first distance that this condition names for this cluster, and whether the cluster makes it necessary.
  let location: (first: Fact, isAsked: Bool)?
  /// Whether a fact is unknown without which nothing can be judged.
  let lacks: Bool
  let excludes: Bool
  let leavesExclusionOpen: Bool
  /// What is missing, with how much it matters and whether some value excludes.
  let missing: [(fact: Fact, need: Need, couldExclude: Bool)]

  /// `nil` where no rule of the cluster applies.
  init?(_ rules: [Judge.PreparedRule], _ facts: FactTable) {
    let readings = rules.compactMap { $0.reading(facts) }
    guard !readings.isEmpty else { return nil }
    let cluster = Cluster(readings, locationIsNamed: false)
    let questions = cluster.questions.filter(\.isNamedWithLocation)
    location = questions.map(\.fact).min().map { ($0, questions.contains(where: \.asksLocation)) }
    let other = questions.isEmpty ? cluster : Cluster(readings, locationIsNamed: true)
    named = (other.assumed, other.grade)
    concern = cluster.concern
    assumed = cluster.assumed
    grade = cluster.grade
    conditions = cluster.findings.filter { $0.effect == .conditions }.map(\.fact)
    boardConditions = cluster.findings.filter(\.isForBoard).map(\.fact)
    needsAct = cluster.findings.contains(where: \.needsAct)
    lacks = readings.contains(where: \.lacksIndispensable)
    excludes = cluster.findings.contains { $0.effect == .excludes }
    leavesExclusionOpen = cluster.leavesExclusionOpen
    missing = readings.compactMap { reading in
      reading.asked.map { ($0, reading.need, reading.couldExclude) }
    }
  }
}

extension JudgementTally {
  /// What the clusters of a therapy add up to.
  ///
  /// - Parameter known: how many decisive facts are unknown of which some value would exclude, where that was counted before.
  init(
    _ clusters: some Collection<ClusterTally?>, by scoring: Scoring, openExclusions known: Int? = nil
  ) {
    var conditions: [Fact] = []
    var boardConditions: [Fact] = []
    // By the concerns' order.
    var grades = [Grade?](repeating: nil, count: Concern.allCases.count)
    var below = [[Double]](repeating: [], count: Concern.allCases.count)
    var (excludes, isOpen, needsAct, locationIsNamed) = (false, false, false, false)
    var location: Fact?
    for case let cluster? in clusters {
      guard let own = cluster.location else { continue }
      locationIsNamed = locationIsNamed || own.isAsked
      location = location.map { min($0, own.first) } ?? own.first
    }
    if locationIsNamed {
      location.map { conditions.append($0) }
      grades[Concern.neighbours.place] = .caution
    }
    for case let cluster? in clusters {
      conditions += cluster.conditions
      boardConditions += cluster.boardConditions
      excludes = excludes || cluster.excludes
      isOpen = isOpen || cluster.leavesExclusionOpen || cluster.lacks
      needsAct = needsAct || cluster.needsAct
      let place = cluster.concern.place
      if let grade = locationIsNamed ? cluster.named.grade : cluster.grade {
        grades[place] = max(grade, grades[place] ?? grade)
      }
      let assumed = locationIsNamed ? cluster.named.assumed : cluster.assumed
      if assumed < 1 { below[place].append(assumed) }
    }
    let combined = below.map { Score.combine($0, scoring) }
    let otherwise: Verdict = conditions.isEmpty ? .eligible : .conditional
    let verdict: Verdict = excludes ? .ineligible : isOpen ? .indeterminate : otherwise
    self.init(
      verdict: verdict, conditions: conditions.sorted(),
      boardConditions: boardConditions.sorted(),
      openExclusions: known ?? Self.openExclusions(clusters.lazy.compactMap(\.self)),
      cautions: grades.count { ($0 ?? .favourable) >= .caution },
      acceptables: grades.count { ($0 ?? .favourable) >= .acceptable },
      score: excludes ? 0 : Score.score({ combined[$0.place] }, scoring),
      needsAct: verdict == .conditional && needsAct,
      gradeKey: Self.gradeKey(grades), concerns: Self.concerns { combined[$0.place] },
      cautioned: Self.cautioned(grades))
  }

  /// How many decisive facts are unknown of which some value would exclude.
  static func openExclusions(_ clusters: some Sequence<ClusterTally>) -> Int {
    var missing: [Fact: (need: Need, couldExclude: Bool)] = [:]
    for entry in clusters.lazy.flatMap(\.missing) {
      let old = missing[entry.fact]
      missing[entry.fact] = (
        old.map { $0.need.morePressing(entry.need) } ?? entry.need,
        (old?.couldExclude ?? false) || entry.couldExclude
      )
    }
    return missing.values.count { $0.need == .decisive && $0.couldExclude }
  }
}
