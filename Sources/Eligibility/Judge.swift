// SPDX-License-Identifier: Apache-2.0
internal import Evidence
public import Facts
internal import Reasons
public import Vocabulary

/// Judges lesions and patients by a rule set.
///
/// Knows numbers and words, no polygons and no files.
///
/// The arithmetic (judgement without a weighted mean over rules, which misleads):
/// rules on one root fact form a cluster, in which the most specific applicable rule speaks; inside a
/// concern the clusters' desirabilities, worst first, combine as d = d₁ · Π(k ≥ 2) (1 − f (1 − dₖ)), f of the protocol's `Scoring`; the
/// score is 100 · Π d_c^w over the five concerns. The verdict is three-valued logic apart from the score.
public struct Judge: Sendable {
  /// The rules, needs and weights.
  public let ruleSet: RuleSet

  /// The rules of each therapy at each site, with how much their facts matter: looked up, not searched for each lesion.
  private let prepared: [Sphere: [PreparedRule]]

  /// The rules about the patient as a whole, in the protocol's order.
  let patientRules: [Rule]

  private struct Sphere: Hashable {
    let modality: Modality
    let site: Site
  }

  /// A rule of a therapy at a site.
  struct PreparedRule: Sendable {
    let rule: Rule
    let concern: Concern
    let need: Need
    let guardNeed: Need
    /// Rules of one concern that rest on one root have one number.
    let cluster: Int
    /// What its findings are worth at least while nothing excludes.
    let least: Double

    /// `nil` where the rule does not apply.
    func reading(_ facts: FactTable) -> RuleEvaluation? {
      RuleEvaluation(rule, concern, need: need, guardNeed: guardNeed, least: least, facts: facts)
    }
  }

  /// A judge by these rules.
  public init(_ ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    var prepared: [Sphere: [PreparedRule]] = [:]
    var clusters: [Sphere: [String: Int]] = [:]
    for rule in ruleSet.rules {
      guard case .lesion(let sites, let modalities, let concern) = rule.subject else { continue }
      for site in Set(sites) {
        for modality in Set(modalities) {
          let sphere = Sphere(modality: modality, site: site)
          let name = "\(concern.rawValue) \(rule.root)"
          let cluster = clusters[sphere]?[name] ?? clusters[sphere]?.count ?? 0
          clusters[sphere, default: [:]][name] = cluster
          prepared[sphere, default: []].append(
            PreparedRule(
              rule: rule, concern: concern, need: ruleSet.need(of: rule.fact, for: modality, at: site),
              guardNeed: rule.applies.map { ruleSet.need(of: $0.fact, for: modality, at: site) } ?? .refine,
              cluster: cluster, least: ruleSet.scoring.leastDesirability.value))
        }
      }
    }
    self.prepared = prepared
    patientRules = ruleSet.rules.filter { $0.subject == .patient }
  }

  /// Judges every therapy that has rules at the lesion's site, best first.
  ///
  /// - Parameters:
  ///   - lesion: the lesion's id.
  ///   - site: where it lies; `nil` when unknown.
  ///   - facts: what is known of the lesion and of its patient.
  public func judge(lesion: String, site: Site?, facts: FactTable) -> LesionJudgement {
    let judged = site.map { site in
      ruleSet.modalities(at: site).map { judge($0, at: site, facts: facts) }
    }
    return LesionJudgement(
      lesion: lesion, site: site, modalities: (judged ?? []).sorted { $0.precedes($1) }, note: note(at: site))
  }

  /// Why no therapy is judged at a site; `nil` where some are.
  func note(at site: Site?) -> Reason? {
    guard let site else { return Reason(.judgement(.siteUnknown)) }
    return ruleSet.modalities(at: site).isEmpty
      ? Reason(.judgement(.siteWithoutRules), of: .site(site)) : nil
  }

  /// The rules of a therapy at a site, in the protocol's order.
  func rules(of modality: Modality, at site: Site) -> [PreparedRule] {
    prepared[Sphere(modality: modality, site: site)] ?? []
  }

  /// The same, rules of one cluster together, by the clusters' numbers.
  func clusters(of modality: Modality, at site: Site) -> [[PreparedRule]] {
    let own = rules(of: modality, at: site)
    var clusters = [[PreparedRule]](repeating: [], count: (own.map(\.cluster).max() ?? -1) + 1)
    for rule in own { clusters[rule.cluster].append(rule) }
    return clusters
  }

  /// Judges one therapy at one site.
  public func judge(_ modality: Modality, at site: Site, facts: FactTable) -> ModalityJudgement {
    let own = rules(of: modality, at: site)
    var readings: [RuleEvaluation] = []
    var together = [[RuleEvaluation]](repeating: [], count: (own.map(\.cluster).max() ?? -1) + 1)
    for rule in own {
      guard let reading = rule.reading(facts) else { continue }
      readings.append(reading)
      together[rule.cluster].append(reading)
    }
    let groups = together.filter { !$0.isEmpty }
    let locationIsNamed = groups.contains(where: Cluster.asksLocation)
    let clusters = groups.map { Cluster($0, locationIsNamed: locationIsNamed) }
    let score = Score(clusters: clusters, by: ruleSet.scoring)
    let findings =
      clusters.flatMap(\.findings) + (LocationQuestion(clusters).map { [$0.finding] } ?? [])
    let lacks = readings.contains(where: \.lacksIndispensable)

    let excluded = findings.contains { $0.effect == .excludes }
    let conditioned = findings.contains { $0.effect == .conditions }
    let undecided = lacks || clusters.contains { $0.leavesExclusionOpen }
    let known: Verdict = excluded ? .ineligible : (conditioned ? .conditional : .eligible)
    let verdict: Verdict = excluded ? .ineligible : (undecided ? .indeterminate : known)

    var manoeuvres: [Manoeuvre] = []
    for finding in findings where finding.effect == .conditions {
      for manoeuvre in finding.manoeuvres where !manoeuvres.contains(manoeuvre) {
        manoeuvres.append(manoeuvre)
      }
    }
    var provided: [Reason] = []
    for reading in readings {
      if let reason = reading.provided, !provided.contains(reason) { provided.append(reason) }
    }
    for reason in assumedGuards(own, facts) where !provided.contains(where: { $0.facts == reason.facts }) {
      provided.append(reason)
    }
    var grades: [Concern: Grade] = locationIsNamed ? [.neighbours: .caution] : [:]
    for cluster in clusters {
      if let grade = cluster.grade { grades[cluster.concern] = max(grade, grades[cluster.concern] ?? grade) }
    }
    return ModalityJudgement(
      modality: modality, verdict: verdict, isScored: !lacks, likely: verdict == .indeterminate ? known : nil,
      score: excluded ? 0 : score.assumed, scoreRange: excluded ? 0...0 : score.range,
      concerns: score.concerns, grades: grades, findings: Self.strongestFirst(findings),
      missing: missing(clusters, score), providedThat: provided, manoeuvres: manoeuvres,
      unavailable: ruleSet.unavailable(modality))
  }

  /// Facts that only decide whether rules apply, and were taken at their usual value for that.
  private func assumedGuards(_ rules: [PreparedRule], _ facts: FactTable) -> [Reason] {
    rules.compactMap { Self.assumedGuard($0, facts) }
  }

  /// What is granted where the fact that decides whether a rule applies is taken at its usual value; `nil` where it is not.
  static func assumedGuard(_ prepared: PreparedRule, _ facts: FactTable) -> Reason? {
    guard let applies = prepared.rule.applies, prepared.guardNeed == .confirm,
      case .unknown = facts[applies.fact].knowledge, !facts[applies.fact].isReportedInPart,
      let usual = applies.fact.definition.usual
    else { return nil }
    switch usual {
    case .word(let word): return .provided(applies.fact, .oneOf([word]))
    case .number(let x):
      guard case .numbers(let bounds) = applies.match else { return nil }
      let unit = applies.fact.definition.unit
      return .provided(
        applies.fact, bounds.contains(x) ? .within([bounds], unit: unit) : .outside(bounds, unit: unit))
    }
  }

  private func missing(_ clusters: [Cluster], _ score: Score) -> [MissingFact] {
    var byFact: [Fact: MissingFact] = [:]
    for cluster in clusters {
      for reading in cluster.readings {
        guard let fact = reading.asked else { continue }
        let old = byFact[fact]
        byFact[fact] = MissingFact(
          fact: fact, need: old.map { $0.need.morePressing(reading.need) } ?? reading.need,
          couldExclude: (old?.couldExclude ?? false) || reading.couldExclude,
          couldCondition: (old?.couldCondition ?? false) || reading.couldCondition,
          scoreSpread: max(old?.scoreSpread ?? 0, score.spread(of: reading, in: cluster)))
      }
    }
    return byFact.values.sorted { a, b in
      if a.couldExclude != b.couldExclude { return a.couldExclude }
      return (-a.scoreSpread, a.fact) < (-b.scoreSpread, b.fact)
    }
  }

  private static func strongestFirst(_ findings: [Finding]) -> [Finding] {
    func rank(_ finding: Finding) -> Int {
      switch finding.effect {
      case .excludes: 0
      case .conditions: 1
      case .lowers: 2
      case .supports: 3
      case .unknown: 4
      case .silenced: 5
      }
    }
    // Findings are large: their places are sorted.
    let keys = findings.map { (rank: rank($0), desirability: $0.desirability) }
    return findings.indices.sorted { a, b in
      (keys[a].rank, keys[a].desirability, findings[a].rule)
        < (keys[b].rank, keys[b].desirability, findings[b].rule)
    }.map { findings[$0] }
  }
}
