internal import Cases
internal import Eligibility
internal import Vocabulary

/// Looks for the smallest change of one fact that changes a verdict of the plan, or the plan.
struct FlipSearch {
  private let joint: JointProblem
  private let sampled: [Int: RobustnessReading.Sampled]

  /// How many edges to either side are looked at.
  private static let reach = 4

  init(_ joint: JointProblem, _ sampled: [Int: RobustnessReading.Sampled]) {
    self.joint = joint
    self.sampled = sampled
  }

  private struct Candidate: Hashable {
    let lesion: Int?
    let fact: Fact
    let value: Double
    let edge: Double
    let isRise: Bool
  }

  /// - Throws: errors of geometry.
  func flips(
    _ best: EvaluatedChoice, _ choosing: inout SampledChoices, _ search: inout PlanSearch
  ) throws -> [PlanRobustness.Flip] {
    let translation = joint.translation
    var nominal: [ModalityJudgement?] = joint.options.map { _ in nil }
    for (index, entry) in sampled { nominal[index] = judge(index, entry.noise.table) }
    let costs = joint.options.indices.map { translation.cost(joint.options[$0], nominal[$0]) }
    // The plan by the same reckoning, so that only the fact makes the difference.
    let now = try choosing.best(costs, changed: [], &search)
    var flips: [PlanRobustness.Flip] = []
    var done: Set<Candidate> = []
    for candidate in candidates() {
      // The nearest edge that changes something is enough in each direction.
      let direction = Candidate(
        lesion: candidate.lesion, fact: candidate.fact, value: 0, edge: 0, isRise: candidate.isRise)
      if done.contains(direction) { continue }
      var changed = costs
      var verdicts: [PlanRobustness.VerdictChange] = []
      for (index, entry) in sampled.sorted(by: { $0.key < $1.key })
      where candidate.lesion == nil || joint.options[index].lesion == candidate.lesion {
        guard entry.noise.table[candidate.fact].knowledge != .unknown,
          let judged = judge(
            index, Self.moved(entry.noise.table, candidate.fact, past: candidate.edge, candidate.isRise))
        else { continue }
        changed[index] = translation.cost(joint.options[index], judged)
        if best.options.contains(index), let before = nominal[index], before.verdict != judged.verdict {
          verdicts.append(
            .init(
              lesion: joint.options[index].id, modality: judged.modality, from: before.verdict,
              to: judged.verdict))
        }
      }
      guard changed != costs else { continue }
      let lesions = candidate.lesion.map { [$0] } ?? Array(joint.pool.lesions.indices)
      let then = try choosing.best(changed, changed: lesions, &search)
      let decisions = zip(now, then).filter { $0.0 != $0.1 }.map { old, new in
        PlanRobustness.Decision(lesion: joint.options[new].id, choice: joint.options[new].choice.word)
      }.filter { decision in
        // Another prescription of the same therapy is no other decision.
        now.contains {
          joint.options[$0].id == decision.lesion && joint.options[$0].choice.word != decision.choice
        }
      }
      guard !verdicts.isEmpty || !decisions.isEmpty else { continue }
      done.insert(direction)
      flips.append(
        .init(
          lesion: candidate.lesion.map { joint.pool.lesions[$0].id }, fact: candidate.fact,
          value: candidate.value, edge: candidate.edge, isRise: candidate.isRise,
          deviations: deviations(candidate), verdicts: verdicts, decisions: decisions))
    }
    return flips.sorted { a, b in
      let (x, y) = (a.deviations ?? .infinity, b.deviations ?? .infinity)
      if x != y { return x < y }
      return (a.distance / max(1, abs(a.value)), a.fact, a.lesion ?? "")
        < (b.distance / max(1, abs(b.value)), b.fact, b.lesion ?? "")
    }
  }

  private func judge(_ index: Int, _ table: FactTable) -> ModalityJudgement? {
    guard let modality = joint.options[index].choice.modality, let site = joint.options[index].site else {
      return nil
    }
    return joint.pool.judge.judge(modality, at: site, facts: table)
  }

  /// A fact just past an edge: beyond it, or on it where that is the other band already.
  static func moved(_ table: FactTable, _ fact: Fact, past edge: Double, _ isRise: Bool) -> FactTable {
    var moved = table
    let old = table[fact]
    let step = max(1e-6, abs(edge) * 1e-9)
    let range = fact.range
    moved[fact] = .number(
      min(range.upperBound, max(range.lowerBound, isRise ? edge + step : edge - step)), old.origin, old.source
    )
    return moved
  }

  /// Known numbers of lesions and of the patient with the edges around them, the nearest first.
  private func candidates() -> [Candidate] {
    var found: Set<Candidate> = []
    for (index, entry) in sampled {
      for fact in entry.noise.table.recorded where !fact.definition.isPlanned {
        guard let value = entry.noise.table.number(fact) else { continue }
        let edges = entry.judge.edges(of: fact).filter(fact.range.contains)
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

  private func deviations(_ candidate: Candidate) -> Double? {
    guard let lesion = candidate.lesion,
      let noise = sampled.first(where: { joint.options[$0.key].lesion == lesion })?.value.noise
    else { return nil }
    let distance = abs(candidate.edge - candidate.value)
    if candidate.fact == .longestAxialDiameter {
      return distance / noise.diameterDeviation(candidate.value)
    }
    return noise.sources.contains(.edge(candidate.fact)) ? distance / noise.edgeDeviation : nil
  }
}
