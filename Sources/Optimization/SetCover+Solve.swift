// SPDX-License-Identifier: Apache-2.0
extension SetCover {
  /// The cheapest cover within the limits.
  ///
  /// The problem is reduced first and mostly small after that. The same cover with the same limit of nodes gives
  /// the same answer. Throws for a limit that is none, and when CBC gives up.
  public func solve(limit: SolveLimit = SolveLimit()) throws(ProgrammeDefect) -> CoverAnswer {
    try limit.check()
    var reduction = CoverReduction(self)
    let uncoverable = reduction.uncoverable
    guard uncoverable.isEmpty else { return .uncoverable(elements: uncoverable) }
    reduction.run()
    if reduction.isExcluded { return .needsMoreThanAllowed }
    if reduction.openElements.isEmpty {
      return isWithinLimits(reduction.chosen) ? .cover(made(reduction.chosen)) : .needsMoreThanAllowed
    }
    let rest = try CoverProgramme(reduction)
    let solution = try rest.programme.solve(.cover, limit: limit)
    switch solution.status {
    case .infeasible: return .needsMoreThanAllowed
    case .limitReachedWithoutSolution: return .limitReachedWithoutCover
    case .unbounded: throw .solver
    case .optimal: return .cover(made(reduction.chosen + rest.chosen(in: solution)))
    case .feasible:
      let spent = cost(of: reduction.chosen, open: reduction.openedGroups)
      return .cover(
        made(reduction.chosen + rest.chosen(in: solution), lowerBound: spent + max(0, solution.bound ?? 0)))
    }
  }

  private func isWithinLimits(_ chosen: [Int]) -> Bool {
    chosen.count <= mostCandidates ?? .max
      && Set(chosen.compactMap { candidates[$0].group }).count <= mostGroups ?? .max
  }

  private func cost(of chosen: [Int], open groups: Set<Int>) -> Double {
    let candidateCosts = chosen.reduce(0) { $0 + candidates[$1].cost }
    return groups.sorted().reduce(candidateCosts) { $0 + openingCosts[$1] }
  }

  /// The cover of some candidates that cover everything, without those that can be left out.
  func made(_ candidates: [Int], lowerBound: Double? = nil) -> Cover {
    let chosen = withoutNeedless(candidates).sorted()
    let groups = Set(chosen.compactMap { self.candidates[$0].group })
    let cost = cost(of: chosen, open: groups)
    return Cover(
      chosen: chosen, openGroups: groups.sorted(), cost: cost, lowerBound: min(lowerBound ?? cost, cost))
  }

  /// A search stopped by its limit may leave candidates whose elements others cover; the dearest go first.
  private func withoutNeedless(_ chosen: [Int]) -> [Int] {
    var times = Array(repeating: 0, count: elementCount)
    for candidate in chosen {
      for element in Set(candidates[candidate].elements) { times[element] += 1 }
    }
    var kept = Set(chosen)
    for candidate in chosen.sorted(by: { (candidates[$0].cost, $0) > (candidates[$1].cost, $1) })
    where candidates[candidate].elements.allSatisfy({ times[$0] > 1 }) {
      kept.remove(candidate)
      for element in Set(candidates[candidate].elements) { times[element] -= 1 }
    }
    return Array(kept)
  }
}
