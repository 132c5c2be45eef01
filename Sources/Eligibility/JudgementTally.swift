// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Vocabulary

/// What a plan counts of a therapy's judgement: the same figures as the whole judgement has, without its words.
public struct JudgementTally: Sendable, Hashable {
  /// The verdict.
  public let verdict: Verdict
  /// The facts of the findings that make it conditional, one a finding, in alphabetical order.
  public let conditions: [Fact]
  /// Those of them that only a board can lift.
  public let boardConditions: [Fact]
  /// How many decisive facts are unknown of which some value would exclude.
  public let openExclusions: Int
  /// How many concerns are graded as caution or worse.
  public let cautions: Int
  /// How many concerns are graded as acceptable or worse.
  public let acceptables: Int
  /// 0…100; zero only on exclusion.
  public let score: Double
  /// Whether something must be done, not only found out, before an open condition is met.
  public let needsAct: Bool
  /// The grades of all five concerns, worst first, as digits: the less the better.
  public let gradeKey: Int
  /// The desirability of every concern, in the concerns' order; beyond them 1.
  public let concerns: SIMD8<Float>
  /// Which concerns hold a caution or worse, by bits.
  public let cautioned: UInt8

  /// Where it stands among the therapies of its lesion.
  public var rank: Rank {
    Rank(
      verdict: verdict, needsAct: needsAct, gradeKey: gradeKey, score: score, concerns: concerns,
      cautioned: cautioned)
  }

  /// What therapies of one lesion are ordered by: numbers alone, compared by the million.
  public struct Rank: Sendable, Hashable {
    let verdict: Verdict
    let needsAct: Bool
    let gradeKey: Int
    let score: Double
    let concerns: SIMD8<Float>
    let cautioned: UInt8

    /// Whether it has a caution in a concern in which it has at most a share of the other's desirability.
    func isMuchWorse(than other: Rank, share: Double) -> Bool {
      // A millionth for what single precision loses.
      let bound = other.concerns * Float(share) + 1e-6
      for place in 0..<Concern.allCases.count
      where cautioned & (1 << UInt8(place)) != 0 && concerns[place] <= bound[place] {
        return true
      }
      return false
    }

    /// Whether it comes before another: as `ModalityJudgement.precedes`, but for the vocabulary's order.
    public func precedes(_ other: Rank) -> Bool {
      if verdict != other.verdict { return verdict < other.verdict }
      if needsAct != other.needsAct { return other.needsAct }
      if gradeKey != other.gradeKey { return gradeKey < other.gradeKey }
      return score > other.score
    }
  }

  /// The desirability of every concern, in the concerns' order.
  static func concerns(_ value: (Concern) -> Double?) -> SIMD8<Float> {
    var all = SIMD8<Float>(repeating: 1)
    for (place, concern) in Concern.allCases.enumerated() { all[place] = Float(value(concern) ?? 1) }
    return all
  }

  /// Which concerns hold a caution or worse, by bits.
  static func cautioned(_ grades: [Concern: Grade]) -> UInt8 {
    var bits: UInt8 = 0
    for (place, concern) in Concern.allCases.enumerated() where (grades[concern] ?? .favourable) >= .caution {
      bits |= 1 << UInt8(place)
    }
    return bits
  }

  /// Grades, worst first, as the digits of one number; a concern without findings counts as favourable.
  static func gradeKey(_ grades: [Concern: Grade]) -> Int {
    Concern.allCases.map { (grades[$0] ?? .favourable).rawValue }.sorted(by: >).reduce(0) { 10 * $0 + $1 }
  }
}

extension ModalityJudgement {
  /// What a plan counts of it.
  public var tally: JudgementTally {
    JudgementTally(
      verdict: verdict, conditions: findings.filter { $0.effect == .conditions }.map(\.fact).sorted(),
      boardConditions: findings.filter(\.isForBoard).map(\.fact).sorted(),
      openExclusions: missing.count { $0.need == .decisive && $0.couldExclude },
      cautions: grades.values.count { $0 >= .caution },
      acceptables: grades.values.count { $0 >= .acceptable },
      score: score, needsAct: verdict == .conditional && !hangsOnFactsAlone,
      gradeKey: JudgementTally.gradeKey(grades), concerns: JudgementTally.concerns { concerns[$0] },
      cautioned: JudgementTally.cautioned(grades))
  }
}

/// A therapy judged again and again with a few facts changed: only rules that ask for these are read anew.
public struct StandingJudgement: Sendable {
  private let rules: [[Judge.PreparedRule]]
  private let scoring: Scoring
  /// The clusters that ask for a fact.
  private let askers: [Fact: [Int]]
  private let clusters: [ClusterTally?]
  /// The tally of the facts it stands on.
  public let tally: JudgementTally

  /// What one cluster adds to the tally.
  private struct ClusterTally: Sendable {
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

  /// - Parameters:
  ///   - judge: the rules.
  ///   - facts: what changes are laid over.
  public init(_ judge: Judge, _ modality: Modality, at site: Site, facts: FactTable) {
    let own = judge.rules(of: modality, at: site)
    var rules = [[Judge.PreparedRule]](repeating: [], count: (own.map(\.cluster).max() ?? -1) + 1)
    var askers: [Fact: Set<Int>] = [:]
    for rule in own {
      rules[rule.cluster].append(rule)
      askers[rule.rule.fact, default: []].insert(rule.cluster)
      if let applies = rule.rule.applies { askers[applies.fact, default: []].insert(rule.cluster) }
    }
    self.rules = rules
    self.askers = askers.mapValues { $0.sorted() }
    scoring = judge.ruleSet.scoring
    clusters = rules.map { ClusterTally($0, facts) }
    tally = Self.tally(clusters, scoring)
  }

  /// The tally of facts that are the ones it stands on but for those named.
  public func tally(of facts: FactTable, changed: some Sequence<Fact>) -> JudgementTally {
    var other = clusters
    var isSame = true
    for cluster in Set(changed.flatMap { askers[$0] ?? [] }) {
      other[cluster] = ClusterTally(rules[cluster], facts)
      isSame = false
    }
    return isSame ? tally : Self.tally(other, scoring)
  }

  private static func tally(_ clusters: [ClusterTally?], _ scoring: Scoring) -> JudgementTally {
    var conditions: [Fact] = []
    var boardConditions: [Fact] = []
    var grades: [Concern: Grade] = [:]
    var missing: [Fact: (need: Need, couldExclude: Bool)] = [:]
    var (excludes, isOpen) = (false, false)
    let locations = clusters.compactMap { $0?.location }
    let locationIsNamed = locations.contains(where: \.isAsked)
    if locationIsNamed {
      conditions += locations.map(\.first).min().map { [$0] } ?? []
      grades[.neighbours] = .caution
    }
    for case let cluster? in clusters {
      conditions += cluster.conditions
      boardConditions += cluster.boardConditions
      excludes = excludes || cluster.excludes
      isOpen = isOpen || cluster.leavesExclusionOpen || cluster.lacks
      if let grade = locationIsNamed ? cluster.named.grade : cluster.grade {
        grades[cluster.concern] = max(grade, grades[cluster.concern] ?? grade)
      }
      for entry in cluster.missing {
        let old = missing[entry.fact]
        missing[entry.fact] = (
          old.map { $0.need.morePressing(entry.need) } ?? entry.need,
          (old?.couldExclude ?? false) || entry.couldExclude
        )
      }
    }
    let combined = Score.combined(
      clusters.compactMap { cluster in
        cluster.map { ($0.concern, locationIsNamed ? $0.named.assumed : $0.assumed) }
      }, scoring)
    let known: Verdict = conditions.isEmpty ? .eligible : .conditional
    let verdict: Verdict = excludes ? .ineligible : isOpen ? .indeterminate : known
    return JudgementTally(
      verdict: verdict, conditions: conditions.sorted(),
      boardConditions: boardConditions.sorted(),
      openExclusions: missing.values.count { $0.need == .decisive && $0.couldExclude },
      cautions: grades.values.count { $0 >= .caution },
      acceptables: grades.values.count { $0 >= .acceptable },
      score: excludes ? 0 : Score.score(combined, scoring),
      needsAct: verdict == .conditional && clusters.contains { $0?.needsAct == true },
      gradeKey: JudgementTally.gradeKey(grades), concerns: JudgementTally.concerns { combined[$0] },
      cautioned: JudgementTally.cautioned(grades))
  }
}
