// SPDX-License-Identifier: Apache-2.0
extension IntegerProgramme {
  /// What is known of the structure of a programme: how the solver looks for a solution, not which it finds best.
  public enum Structure: Sendable {
    /// Nothing.
    case unknown
    /// Rows of ones: cutting planes and preprocessing find little there and cost more than the search they save.
    case cover
    /// One of a few options for each of a few things, solved again and again: cutting planes, heuristics and preprocessing
    /// cost more than the search they save.
    case choice
  }

  /// Solves the programme with CBC, in one thread and silently.
  ///
  /// Solves of one process take turns, because parts of CBC's state are global. The same programme with the same
  /// limit of nodes gives the same solution. A constraint may be missed by one millionth of its greatest term;
  /// a solution that misses more is refused as `ProgrammeDefect.solver`.
  public func solve(
    _ structure: Structure = .unknown, limit: SolveLimit = SolveLimit()
  ) throws(ProgrammeDefect) -> Solution {
    try limit.check()
    guard !columns.isEmpty else { throw .noVariables }
    // A row without terms says nothing about variables: it is true and dropped, or nothing helps.
    for row in rows where row.terms.isEmpty && !row.holds(in: []) {
      return Solution(status: .infeasible)
    }
    switch try CBCModel.solve(self, structure, limit) {
    case .infeasible: return Solution(status: .infeasible)
    case .stopped(bound: let bound): return Solution(status: .limitReachedWithoutSolution, bound: bound)
    case .relaxationUnbounded:
      // CBC reports the relaxation; whether whole numbers satisfy the constraints is another question.
      if objective.isEmpty { throw .solver }
      var feasibility = self
      feasibility.removeObjective()
      switch try feasibility.solve(structure, limit: limit).status {
      case .infeasible: return Solution(status: .infeasible)
      case .limitReachedWithoutSolution: return Solution(status: .limitReachedWithoutSolution)
      case .optimal, .feasible, .unbounded: return Solution(status: .unbounded)
      }
    case .values(let raw, bound: let bound): return try solution(raw, bound: bound)
    }
  }

  /// The solution of CBC's values and bound; the bound is absent when they are proven optimal.
  private func solution(
    _ raw: [Double], bound: CBCModel.Bound
  ) throws(ProgrammeDefect) -> Solution {
    guard raw.count == columns.count else { throw .solver }
    var values: [Double] = []
    values.reserveCapacity(raw.count)
    for (column, value) in zip(columns, raw) {
      guard value.isFinite else { throw .solver }
      let whole = column.isInteger ? value.rounded() : value
      // 0 is added so that a minus zero does not reach anybody's output.
      let clamped = min(max(whole, column.lower), column.upper) + 0
      guard abs(clamped - value) <= 1e-5 * max(1, abs(clamped)) else { throw .solver }
      values.append(clamped)
    }
    for row in rows where !row.holds(in: values) { throw .solver }
    let reached = objective.reduce(0) { $0 + $1.coefficient * values[$1.index] }
    switch bound {
    case .reached:
      return Solution(status: .optimal, objective: reached, bound: reached, values: values, stamps: stamps)
    case .unknown:
      return Solution(
        status: .feasible(gapBound: .infinity), objective: reached, values: values, stamps: stamps)
    case .known(let bound):
      let passed = isMaximised ? max(bound, reached) : min(bound, reached)
      return Solution(
        status: .feasible(gapBound: abs(passed - reached)), objective: reached, bound: passed, values: values,
        stamps: stamps)
    }
  }
}

extension IntegerProgramme.Row {
  /// Whether the values satisfy the constraint within one millionth of its greatest term, or of 1.
  func holds(in values: [Double]) -> Bool {
    var sum = 0.0
    var greatest = max(1, abs(rightHandSide))
    for term in terms {
      let part = term.coefficient * values[term.index]
      sum += part
      greatest = max(greatest, abs(part))
    }
    let excess = sum - rightHandSide
    let tolerance = terms.isEmpty ? 0 : 1e-6 * greatest
    switch relation {
    case .atMost: return excess <= tolerance
    case .atLeast: return -excess <= tolerance
    case .equal: return abs(excess) <= tolerance
    }
  }
}
