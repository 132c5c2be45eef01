// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Vocabulary

/// Looks for the smallest change of one fact that changes a verdict of the plan, or the plan.
///
/// Every other fact stays as it is, what was planned too: zones and courses are not planned anew.
struct ThresholdSearch {
  private let joint: JointProblem
  private let sampled: [RobustnessAnalysis.Sampled?]
  /// Each lesion's option as it stands in the plan.
  private let inPlan: [RobustnessAnalysis.Sampled?]

  /// How many edges to either side are looked at.
  private static let reach = 4

  init(
    _ joint: JointProblem, _ sampled: [RobustnessAnalysis.Sampled?],
    _ inPlan: [RobustnessAnalysis.Sampled?]
  ) {
    self.joint = joint
    self.sampled = sampled
    self.inPlan = inPlan
  }

  private struct Candidate: Hashable {
    let lesion: Int?
    let fact: Fact
    let value: Double
    let edge: Double
    let isRise: Bool

    /// The nearest edge that changes something is enough in each direction.
    var direction: Candidate { Candidate(lesion: lesion, fact: fact, value: 0, edge: 0, isRise: isRise) }
  }

  /// What a fact past an edge makes of options, and of verdicts in the plan.
  private struct Effect: Sendable {
    var tallies: [(option: Int, tally: JudgementTally)] = []
    /// A value before the edge from which on a lesion's therapies no longer stand alike: scores run on within bands.
    var before: (value: Double, tallies: [(option: Int, tally: JudgementTally)])?
    var verdicts: [PlanRobustness.VerdictChange] = []
  }

  /// How many candidates are judged side by side before what they make of the plan is looked at.
  private static let batch = 64

  /// - Throws: errors of geometry.
  func flips(
    _ best: EvaluatedChoice, _ choosing: inout SampledChoices, _ search: inout PlanSearch
  ) throws -> [PlanRobustness.Flip] {
    let tallies = sampled.map { $0?.judge.known }
    let costs = joint.translation.costs(tallies)
    // The plan by the same reckoning, so that only the fact makes the difference.
    let now = try choosing.best(costs, changed: [], &search)
    let verdicts = inPlan.map { entry in entry?.judge.known.verdict }
    var flips: [PlanRobustness.Flip] = []
    var done: Set<Candidate> = []
    var rest = candidates()[...]
    while !rest.isEmpty, choosing.hasTime {
      let batch = Array(rest.prefix(Self.batch))
      rest = rest.dropFirst(Self.batch).filter { !done.contains($0.direction) }[...]
      for (candidate, effect) in zip(batch, effects(of: batch, best.options, verdicts))
      where !done.contains(candidate.direction) {
        let lesions = candidate.lesion.map { [$0] } ?? Array(joint.pool.lesions.indices)
        func with(_ others: [(option: Int, tally: JudgementTally)]) -> [OptionCost] {
          var (judged, changed) = (tallies, costs)
          for (option, tally) in others { judged[option] = tally }
          joint.translation.update(&changed, judged, of: candidate.lesion)
          return changed
        }
        if let before = effect.before {
          let decisions = decisions(
            now, try choosing.best(with(before.tallies), changed: lesions, &search))
          if !decisions.isEmpty {
            done.insert(candidate.direction)
            flips.append(flip(candidate, at: before.value, verdicts: [], decisions))
            continue
          }
        }
        let changed = with(effect.tallies)
        guard changed != costs || !effect.verdicts.isEmpty else { continue }
        let then = try choosing.best(changed, changed: lesions, &search)
        let decisions = decisions(now, then)
        guard !effect.verdicts.isEmpty || !decisions.isEmpty else { continue }
        done.insert(candidate.direction)
        flips.append(flip(candidate, at: candidate.edge, verdicts: effect.verdicts, decisions))
      }
    }
    return flips.sorted { a, b in
      let (x, y) = (a.deviations ?? .infinity, b.deviations ?? .infinity)
      if x != y { return x < y }
      return (a.distance / max(1, abs(a.value)), a.fact, a.lesion ?? "")
        < (b.distance / max(1, abs(b.value)), b.fact, b.lesion ?? "")
    }
  }

  private func flip(
    _ candidate: Candidate, at edge: Double, verdicts: [PlanRobustness.VerdictChange],
    _ decisions: [PlanRobustness.Decision]
  ) -> PlanRobustness.Flip {
    .init(
      lesion: candidate.lesion.map { joint.pool.lesions[$0].id }, fact: candidate.fact,
      value: candidate.value, edge: edge, isRise: candidate.isRise,
      deviations: deviations(candidate, at: edge), verdicts: verdicts, decisions: decisions)
  }

  /// What is done otherwise; another prescription of the same therapy is no other decision.
  private func decisions(_ now: [Int], _ then: [Int]) -> [PlanRobustness.Decision] {
    zip(now, then).filter { joint.options[$0].choice.word != joint.options[$1].choice.word }.map { _, new in
      PlanRobustness.Decision(lesion: joint.options[new].id, choice: joint.options[new].choice.word)
    }
  }

  private func effects(
    of candidates: [Candidate], _ options: [Int], _ verdicts: [Verdict?]
  ) -> [Effect] {
    let known = sampled.map { $0?.judge.known }
    let costs = joint.translation.costs(known)
    return Workers.map(candidates.count) { place in
      var effect = effect(of: candidates[place], options, verdicts)
      effect.before = before(candidates[place], known, costs)
      return effect
    }
  }

  /// The least change short of an edge from which on another therapy, or one fewer, stands alike with a lesion's first one.
  private func before(
    _ candidate: Candidate, _ known: [JudgementTally?], _ costs: [OptionCost]
  ) -> (value: Double, tallies: [(option: Int, tally: JudgementTally)])? {
    let asking = joint.options.indices.filter { index in
      guard candidate.lesion == nil || joint.options[index].lesion == candidate.lesion,
        let entry = sampled[index]
      else { return false }
      return !entry.judge.edges(of: candidate.fact).isEmpty
        && entry.noise.table[candidate.fact].knowledge != .unknown
    }
    func tallies(_ x: Double) -> [(option: Int, tally: JudgementTally)] {
      asking.compactMap { index in
        guard let entry = sampled[index] else { return nil }
        var table = entry.noise.table
        let old = table[candidate.fact]
        table[candidate.fact] = .number(x, old.origin, old.source)
        return (index, entry.judge.judgement(of: table, changed: candidate.fact))
      }
    }
    func differs(_ others: [(option: Int, tally: JudgementTally)]) -> Bool {
      var (judged, changed) = (known, costs)
      for (option, tally) in others { judged[option] = tally }
      joint.translation.update(&changed, judged, of: candidate.lesion)
      return zip(changed, costs).contains { $0.outside != $1.outside }
    }
    let step = max(1e-6, abs(candidate.edge) * 1e-9)
    let near = candidate.isRise ? candidate.edge - step : candidate.edge + step
    guard candidate.isRise ? near > candidate.value : near < candidate.value, differs(tallies(near)) else {
      return nil
    }
    var (low, high) = (candidate.value, near)
    for _ in 0..<Self.halvings {
      let middle = (low + high) / 2
      if differs(tallies(middle)) { high = middle } else { low = middle }
    }
    return (high, tallies(high))
  }

  /// A value within a band is found to a millionth of the way to its edge.
  private static let halvings = 20

  private func effect(of candidate: Candidate, _ options: [Int], _ verdicts: [Verdict?]) -> Effect {
    var effect = Effect()
    func moved(_ entry: RobustnessAnalysis.Sampled) -> FactTable? {
      guard !entry.judge.edges(of: candidate.fact).isEmpty,
        entry.noise.table[candidate.fact].knowledge != .unknown
      else { return nil }
      return Self.moved(entry.noise.table, candidate.fact, past: candidate.edge, candidate.isRise)
    }
    for index in joint.options.indices
    where candidate.lesion == nil || joint.options[index].lesion == candidate.lesion {
      guard let entry = sampled[index], let table = moved(entry) else { continue }
      let judged = entry.judge.judgement(of: table, changed: candidate.fact)
      effect.tallies.append((index, judged))
    }
    for (lesion, index) in options.enumerated()
    where candidate.lesion == nil || candidate.lesion == lesion {
      guard let entry = inPlan[lesion], let table = moved(entry), let before = verdicts[lesion],
        let modality = joint.options[index].choice.modality
      else { continue }
      let judged = entry.judge.judgement(of: table, changed: candidate.fact)
      guard judged.verdict != before else { continue }
      effect.verdicts.append(
        .init(
          lesion: joint.options[index].id, modality: modality, from: before,
          to: judged.verdict))
    }
    return effect
  }

  /// A fact just past an edge: beyond it, or on it where that is the other band already.
  static func moved(_ table: FactTable, _ fact: Fact, past edge: Double, _ isRise: Bool) -> FactTable {
    var moved = table
    let old = table[fact]
    let step = max(1e-6, abs(edge) * 1e-9)
    let range = fact.definition.domain
    moved[fact] = .number(
      min(range.upperBound, max(range.lowerBound, isRise ? edge + step : edge - step)), old.origin, old.source
    )
    return moved
  }

  /// Known numbers of lesions and of the patient, and planned zones' distances, with the edges around them, the nearest
  /// first.
  private func candidates() -> [Candidate] {
    var found: Set<Candidate> = []
    for (index, entry) in zip(joint.options.indices, sampled) {
      guard let entry else { continue }
      for fact in entry.noise.table.recorded
      where !fact.definition.isPlanned || entry.noise.isZone(fact) {
        guard let value = entry.noise.table.number(fact) else { continue }
        let edges = entry.judge.edges(of: fact).filter(fact.definition.domain.contains)
        let lesion = fact.definition.scope == .patient ? nil : joint.options[index].lesion
        for edge in edges.filter({ $0 >= value }).prefix(Self.reach) {
          found.insert(Candidate(lesion: lesion, fact: fact, value: value, edge: edge, isRise: true))
        }
        for edge in edges.filter({ $0 <= value }).suffix(Self.reach) {
          found.insert(Candidate(lesion: lesion, fact: fact, value: value, edge: edge, isRise: false))
        }
      }
    }
    return found.sorted { a, b in
      (abs(a.edge - a.value), a.fact.name, a.lesion ?? -1, a.isRise ? 0 : 1)
        < (abs(b.edge - b.value), b.fact.name, b.lesion ?? -1, b.isRise ? 0 : 1)
    }
  }

  private func deviations(_ candidate: Candidate, at edge: Double) -> Double? {
    guard let lesion = candidate.lesion,
      let noise = joint.options.indices.first(where: {
        joint.options[$0].lesion == lesion && sampled[$0]?.noise.table.number(candidate.fact) != nil
      }).flatMap({ sampled[$0]?.noise })
    else { return nil }
    let distance = abs(edge - candidate.value)
    if candidate.fact == .longestAxialDiameter {
      return distance / noise.diameterDeviation(candidate.value)
    }
    if noise.isZone(candidate.fact) { return noise.zoneDeviation > 0 ? distance / noise.zoneDeviation : nil }
    return noise.sources.contains(.edge(candidate.fact)) ? distance / noise.edgeDeviation : nil
  }
}
