// SPDX-License-Identifier: Apache-2.0
public import Facts
internal import Reasons
public import Vocabulary

/// Judges thousands of lesions by one rule set: a cluster of rules is judged once for each state of the facts that it asks
/// for, and remembered.
///
/// What it says is what `Judge` says, without words; where values come from does not matter. Of one task alone: what is
/// remembered is not guarded.
public final class CohortJudge {
  private let judge: Judge
  /// What is remembered at most, of states of facts and of clusters; then it is forgotten and learnt anew.
  private let most: Int
  private var spheres: [Site: [TherapyMemory]] = [:]
  /// The number of each fact that some rule asks for.
  private var places: [Fact: Int] = [:]
  private var states: [StateKey: Int32] = [:]
  private var numbers: [ClusterDigest.Question: Int] = [:]
  private var remembered = 0

  private struct StateKey: Hashable {
    let fact: Fact
    let knowledge: FactValue.Knowledge
    let origin: FactValue.Origin
    /// What was told of a fact without settling it; empty otherwise.
    let told: String
  }

  /// What the clusters that ask or assume something add up to.
  private struct Questions {
    let open: [JudgementDigest.Open]
    let assumed: [Fact]
    let openExclusions: Int
  }

  /// The clusters of a therapy at a site, with what was learnt of them.
  private final class TherapyMemory {
    let modality: Modality
    let rules: [[Judge.PreparedRule]]
    /// The places of the facts that each cluster asks for.
    let asked: [[Int]]
    /// Each cluster where nothing is known.
    let unknown: [ClusterDigest]
    /// What was learnt, by the states of the facts: of clusters that ask for up to four, and of those that ask for more.
    var known: [[SIMD4<Int32>: ClusterDigest]]
    var knownOfMany: [[[Int32]: ClusterDigest]]
    var locations: [[ObjectIdentifier]: Finding] = [:]
    var questions: [[Int]: Questions] = [:]
    let isUnavailable: Bool

    init(
      _ modality: Modality, _ rules: [[Judge.PreparedRule]], asked: [[Int]], isUnavailable: Bool,
      number: (ClusterDigest.Question) -> Int
    ) {
      self.modality = modality
      self.rules = rules
      self.asked = asked
      self.isUnavailable = isUnavailable
      unknown = rules.map { ClusterDigest($0, FactTable(), number: number) }
      known = Array(repeating: [:], count: rules.count)
      knownOfMany = Array(repeating: [:], count: rules.count)
    }
  }

  /// A judge by these rules.
  ///
  /// - Parameter most: how much is remembered before all is forgotten: states of facts and of clusters, about a kilobyte
  ///   each. What is said does not depend on it.
  public init(_ judge: Judge, remembering most: Int = 200_000) {
    self.judge = judge
    self.most = most
  }

  /// Judges every therapy that has rules at the lesion's site, best first.
  public func judge(lesion: String, site: Site?, facts: FactTable) -> LesionDigest {
    guard let site else {
      return LesionDigest(lesion: lesion, site: nil, modalities: [], note: judge.note(at: nil))
    }
    if remembered > most { forget() }
    let memories = memories(at: site)
    // After the therapies are ready, which number the facts.
    let ids = interned(facts)
    let digests = memories.map { digest($0, ids, facts) }
    return LesionDigest(
      lesion: lesion, site: site, modalities: digests.sorted { $0.precedes($1) },
      note: digests.isEmpty ? judge.note(at: site) : nil)
  }

  private func forget() {
    spheres = [:]
    places = [:]
    states = [:]
    numbers = [:]
    remembered = 0
  }

  /// The therapies of a site.
  private func memories(at site: Site) -> [TherapyMemory] {
    if let known = spheres[site] { return known }
    let made = judge.ruleSet.modalities(at: site).map { modality in
      let rules = judge.clusters(of: modality, at: site)
      let asked = rules.map { cluster in
        Set(cluster.map(\.rule.fact) + cluster.compactMap(\.rule.applies?.fact)).sorted().map(place)
      }
      return TherapyMemory(
        modality, rules, asked: asked, isUnavailable: judge.ruleSet.unavailable(modality) != nil,
        number: number)
    }
    spheres[site] = made
    return made
  }

  private func number(_ question: ClusterDigest.Question) -> Int {
    if let known = numbers[question] { return known }
    numbers[question] = numbers.count + 1
    return numbers.count
  }

  private func place(of fact: Fact) -> Int {
    if let known = places[fact] { return known }
    places[fact] = places.count
    return places.count - 1
  }

  /// A number for the state of each fact that is asked for, 0 for what is unknown.
  private func interned(_ facts: FactTable) -> [Int32] {
    var ids = [Int32](repeating: 0, count: places.count)
    facts.forEach { fact, value in
      guard let place = places[fact], value.knowledge != .unknown || value.isReportedInPart else { return }
      let key = StateKey(
        fact: fact, knowledge: value.knowledge, origin: value.origin,
        told: value.isReportedInPart ? value.source : "")
      if let known = states[key] {
        ids[place] = known
      } else {
        remembered += 1
        ids[place] = Int32(truncatingIfNeeded: states.count + 1)
        states[key] = ids[place]
      }
    }
    return ids
  }

  private func digest(_ memory: TherapyMemory, _ ids: [Int32], _ facts: FactTable) -> JudgementDigest {
    let clusters = memory.rules.indices.map { cluster(memory, $0, ids, facts) }
    let tallies = clusters.map(\.tally)
    let questions = questions(clusters, memory)
    let tally = JudgementTally(
      tallies, by: judge.ruleSet.scoring, openExclusions: questions.openExclusions)
    let locationIsNamed = tallies.contains { $0?.location?.isAsked ?? false }
    let isOpen = tally.verdict == .indeterminate
    return JudgementDigest(
      modality: memory.modality, tally: tally, isScored: !tallies.contains { $0?.lacks ?? false },
      likely: isOpen ? (tally.conditions.isEmpty ? .eligible : .conditional) : nil,
      leading: leading(tally.verdict, clusters, locationIsNamed, memory),
      deciding: isOpen ? deciding(clusters, tallies, locationIsNamed) : nil,
      open: questions.open, assumed: questions.assumed,
      isUnavailable: memory.isUnavailable)
  }

  private func cluster(
    _ memory: TherapyMemory, _ place: Int, _ ids: [Int32], _ facts: FactTable
  ) -> ClusterDigest {
    let asked = memory.asked[place]
    guard asked.contains(where: { ids[$0] != 0 }) else { return memory.unknown[place] }
    guard asked.count <= 4 else {
      let key = asked.map { ids[$0] }
      if let known = memory.knownOfMany[place][key] { return known }
      let made = learnt(memory.rules[place], facts)
      memory.knownOfMany[place][key] = made
      return made
    }
    var key = SIMD4<Int32>()
    for (lane, fact) in asked.enumerated() { key[lane] = ids[fact] }
    if let known = memory.known[place][key] { return known }
    let made = learnt(memory.rules[place], facts)
    memory.known[place][key] = made
    return made
  }

  private func learnt(_ rules: [Judge.PreparedRule], _ facts: FactTable) -> ClusterDigest {
    remembered += 1
    return ClusterDigest(rules, facts, number: number)
  }

  private func leading(
    _ verdict: Verdict, _ clusters: [ClusterDigest], _ locationIsNamed: Bool, _ memory: TherapyMemory
  ) -> Finding? {
    switch verdict {
    case .eligible, .indeterminate: return nil
    case .ineligible: return clusters.compactMap(\.excluding).min(by: ClusterDigest.isStronger)
    case .conditional:
      let found = clusters.compactMap { locationIsNamed ? $0.conditioningNamed : $0.conditioning }
      let location = locationIsNamed ? location(clusters, memory) : nil
      return (found + [location].compactMap(\.self)).min(by: ClusterDigest.isStronger)
    }
  }

  /// The one condition on where the lesion lies.
  private func location(_ clusters: [ClusterDigest], _ memory: TherapyMemory) -> Finding? {
    let asking = clusters.filter { $0.cluster != nil }
    let key = asking.map(ObjectIdentifier.init)
    if let known = memory.locations[key] { return known }
    guard let made = LocationQuestion(asking.compactMap(\.cluster))?.finding else { return nil }
    memory.locations[key] = made
    remembered += 1
    return made
  }

  private func questions(_ clusters: [ClusterDigest], _ memory: TherapyMemory) -> Questions {
    let key = clusters.map(\.questions)
    if let known = memory.questions[key] { return known }
    let asking = clusters.filter { $0.questions != 0 }
    let made = Questions(
      open: Self.open(asking), assumed: Set(asking.flatMap(\.assumed)).sorted(),
      openExclusions: JudgementTally.openExclusions(asking.compactMap(\.tally)))
    memory.questions[key] = made
    remembered += 1
    return made
  }

  private static func open(_ clusters: [ClusterDigest]) -> [JudgementDigest.Open] {
    struct Merged {
      var need: Need
      var couldExclude: Bool
      var couldChange: Bool
    }
    // A fact matters as much as to the rule that it matters most to, whether or not that one could change the verdict.
    var found: [Fact: Merged] = [:]
    for asked in clusters.lazy.flatMap(\.asked) {
      let old = found[asked.fact]
      found[asked.fact] = Merged(
        need: old.map { $0.need.morePressing(asked.need) } ?? asked.need,
        couldExclude: (old?.couldExclude ?? false) || asked.couldExclude,
        couldChange: (old?.couldChange ?? false) || asked.couldExclude || asked.couldCondition)
    }
    return found.filter(\.value.couldChange).map {
      JudgementDigest.Open(fact: $0.key, need: $0.value.need, couldExclude: $0.value.couldExclude)
    }.sorted { a, b in
      a.couldExclude == b.couldExclude ? a.fact < b.fact : a.couldExclude
    }
  }

  /// The fact that leaves a verdict open: one that nothing can be judged without, else the most telling of those that could
  /// exclude, as a whole judgement lists them.
  private func deciding(
    _ clusters: [ClusterDigest], _ tallies: [ClusterTally?], _ locationIsNamed: Bool
  ) -> Fact? {
    var needs: [Fact: (need: Need, couldExclude: Bool)] = [:]
    for asked in clusters.lazy.flatMap(\.asked) {
      let old = needs[asked.fact]
      needs[asked.fact] = (
        old.map { $0.need.morePressing(asked.need) } ?? asked.need,
        (old?.couldExclude ?? false) || asked.couldExclude
      )
    }
    var candidates = needs.filter { $0.value.need == .indispensable }
    if candidates.isEmpty {
      candidates = needs.filter { $0.value.need == .decisive && $0.value.couldExclude }
    }
    guard candidates.count > 1 else { return candidates.first?.key }
    let spreads = spreads(of: Set(candidates.keys), clusters, tallies, locationIsNamed)
    return candidates.min { a, b in
      if a.value.couldExclude != b.value.couldExclude { return a.value.couldExclude }
      return (-(spreads[a.key] ?? 0), a.key) < (-(spreads[b.key] ?? 0), b.key)
    }?.key
  }

  /// How many points of score the worst and the best value of each fact are apart, with all else as assumed.
  private func spreads(
    of facts: Set<Fact>, _ clusters: [ClusterDigest], _ tallies: [ClusterTally?], _ locationIsNamed: Bool
  ) -> [Fact: Double] {
    let scoring = judge.ruleSet.scoring
    func score(_ place: Int, _ d: Double) -> Double {
      let all = tallies.indices.compactMap { index in
        tallies[index].map {
          ($0.concern, index == place ? d : locationIsNamed ? $0.named.assumed : $0.assumed)
        }
      }
      return Score.score(Score.combined(all, scoring), scoring)
    }
    var spreads: [Fact: Double] = [:]
    for (place, cluster) in clusters.enumerated() {
      for asked in cluster.asked where facts.contains(asked.fact) {
        let spread = score(place, asked.range.upperBound) - score(place, asked.range.lowerBound)
        spreads[asked.fact] = max(spreads[asked.fact] ?? 0, spread)
      }
    }
    return spreads
  }
}
