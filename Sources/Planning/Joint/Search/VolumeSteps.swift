// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// From which volume of destroyed lung on each item is there, and stays.
struct VolumeSteps {
  struct Step: Hashable {
    let item: ContextItem
    /// In hundredths of a cubic centimetre.
    let bound: Int
  }
  let steps: [Step]

  init(
    _ pool: TherapyPool, _ option: PlanOption, _ energy: Modality,
    _ context: ([Finding]) -> Set<ContextItem>
  ) {
    let fact = Fact.ablatedLung(energy)
    guard let site = option.site else {
      steps = []
      return
    }
    let edges = Set(
      pool.judge.ruleSet.rules.filter { $0.fact == fact }.flatMap(\.bands).flatMap { band -> [Double] in
        guard case .numbers(let bounds) = band.match else { return [] }
        return [bounds.lower, bounds.upper].compactMap(\.self)
      }
    ).sorted()
    // On each edge and just beyond it.
    let volumes = edges.flatMap { [$0, $0 + 0.01] }
    let found = volumes.map { volume -> Set<ContextItem> in
      var plan = FactTable()
      plan[fact] = .number(volume, .estimated, "")
      let judged = pool.judge.judge(
        energy, at: site, facts: pool.table(of: pool.lesions[option.lesion], with: [plan]))
      return context(judged.findings.filter { $0.fact == fact })
    }
    steps = Set(found.flatMap(\.self)).compactMap { item in
      // The last volume without it is the one before which nothing is sure.
      let first = (found.lastIndex { !$0.contains(item) } ?? -1) + 1
      return first < volumes.count ? Step(item: item, bound: Int((100 * volumes[first]).rounded(.up))) : nil
    }
  }
}
