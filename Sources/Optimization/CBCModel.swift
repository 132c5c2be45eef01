// SPDX-License-Identifier: Apache-2.0
internal import CCBC
internal import Synchronization

/// The version of CBC, as its library reports it.
public func cbcVersion() -> String { String(cString: Cbc_getVersion()) }

/// CBC keeps parts of its command state in globals, so that solves must not overlap.
private let turn = Mutex(())

/// One model inside CBC: filled, solved once, read, and freed.
final class CBCModel {
  /// What is known about the objective besides the values found.
  enum Bound {
    /// The values are optimal.
    case reached
    case unknown
    case known(Double)
  }

  enum Outcome {
    case values([Double], bound: Bound)
    case infeasible
    case relaxationUnbounded
    case stopped(bound: Double?)
  }

  private let handle: UnsafeMutableRawPointer
  private let programme: IntegerProgramme
  /// CBC's objective is the programme's times this: negative when maximising, as CBC's bound is only reliable
  /// when it minimises, and a power of two that brings the greatest coefficient near 1, as its tolerances are
  /// absolute.
  private let objectiveScale: Double

  static func solve(
    _ programme: IntegerProgramme, _ structure: IntegerProgramme.Structure, _ limit: SolveLimit
  ) throws(ProgrammeDefect) -> Outcome {
    try turn.withLock { _ throws(ProgrammeDefect) in
      let model = try CBCModel(programme)
      model.set(structure)
      model.set(limit)
      let status = Cbc_solve(model.handle)
      return try model.outcome(status)
    }
  }

  private init(_ programme: IntegerProgramme) throws(ProgrammeDefect) {
    guard let handle = Cbc_newModel() else { throw .solver }
    self.handle = handle
    self.programme = programme
    let sign: Double = programme.isMaximised ? -1 : 1
    let greatest = programme.objective.reduce(0) { max($0, abs($1.coefficient)) }
    let isScaled = greatest > 0 && !programme.hasWholeObjective
    objectiveScale = isScaled ? sign / greatest.binade : sign
    load()
    // CBC writes to standard output otherwise, where our output goes. One setting is the model's, the other its
    // command's; either is enough for what is tested.
    Cbc_setLogLevel(handle, 0)
    set("log", "0")
    // CBC discards solutions that are better by less than the increment. Its default is absolute and coarse; for
    // whole objectives it finds the right one, just below 1, itself.
    if isScaled {
      // Just below the step, so that rounding loses no solution that is one step better.
      let step = programme.objectiveStep.map { 0.99 * $0 * abs(objectiveScale) }
      set("increment", "\(step ?? IntegerProgramme.optimalityTolerance)")
    }
  }

  deinit { Cbc_deleteModel(handle) }

  private func set(_ name: String, _ value: String) { Cbc_setParameter(handle, name, value) }

  private func set(_ structure: IntegerProgramme.Structure) {
    switch structure {
    case .unknown: break
    case .cover:
      set("cutsOnOff", "off")
      set("preprocess", "off")
    case .choice:
      // A branch is tried out once before what it brings is trusted: plans of 30 listed lesions take a quarter less time so.
      set("trustPseudoCosts", "1")
      set("cutsOnOff", "off")
      set("heuristicsOnOff", "off")
      set("preprocess", "off")
    }
  }

  private func set(_ limit: SolveLimit) {
    set("maxNodes", "\(limit.nodes)")
    if let seconds = limit.seconds {
      // Where time runs out within preprocessing CBC 2.10 goes on with a model that is not there
      // (CglPreProcess::postProcess), and the process ends by a signal.
      set("preprocess", "off")
      set("timeMode", "elapsed")
      set("seconds", "\(seconds)")
    }
  }

  /// Columns, rows and objective in CBC's column order.
  private func load() {
    let columns = programme.columns
    let rows = programme.rows.filter { !$0.terms.isEmpty }
    var byColumn: [[(row: Int32, coefficient: Double)]] = Array(repeating: [], count: columns.count)
    for (row, number) in zip(rows, Int32(0)...) {
      for term in row.terms { byColumn[term.index].append((row: number, coefficient: term.coefficient)) }
    }
    var starts: [CoinBigIndex] = [0]
    var indices: [Int32] = []
    var coefficients: [Double] = []
    for column in byColumn {
      for entry in column {
        indices.append(entry.row)
        coefficients.append(entry.coefficient)
      }
      starts.append(CoinBigIndex(indices.count))
    }
    var costs = Array(repeating: 0.0, count: columns.count)
    for term in programme.objective { costs[term.index] = objectiveScale * term.coefficient }
    var lower = columns.map { $0.lower.isInfinite ? -Double.greatestFiniteMagnitude : $0.lower }
    var upper = columns.map { $0.upper.isInfinite ? Double.greatestFiniteMagnitude : $0.upper }
    let isContinuous = !columns.contains(where: \.isInteger)
    if isContinuous {
      // Without an integer variable CBC takes another way, on which neither its log level nor its status holds.
      starts.append(CoinBigIndex(indices.count))
      costs.append(0)
      lower.append(0)
      upper.append(1)
    }
    let rowLower = rows.map { $0.relation == .atMost ? -Double.greatestFiniteMagnitude : $0.rightHandSide }
    let rowUpper = rows.map { $0.relation == .atLeast ? Double.greatestFiniteMagnitude : $0.rightHandSide }
    Cbc_loadProblem(
      handle, Int32(costs.count), Int32(rows.count), starts, indices, coefficients, lower, upper, costs,
      rowLower, rowUpper)
    for (column, number) in zip(columns, Int32(0)...) where column.isInteger {
      Cbc_setInteger(handle, number)
    }
    if isContinuous { Cbc_setInteger(handle, Int32(columns.count)) }
  }

  private func outcome(_ status: Int32) throws(ProgrammeDefect) -> Outcome {
    if Cbc_isAbandoned(handle) != 0 { throw .solver }
    if Cbc_secondaryStatus(handle) == 7 { return .relaxationUnbounded }
    let found = Cbc_bestSolution(handle).map { start in
      Array(UnsafeBufferPointer(start: start, count: programme.columns.count))
    }
    // Status 0 is a finished search, 1 one stopped by a limit.
    switch (status, found) {
    case (0, let values?): return .values(values, bound: .reached)
    case (0, nil): return .infeasible
    case (1, let values?): return .values(values, bound: bestBound.map(Bound.known) ?? .unknown)
    case (1, nil): return .stopped(bound: bestBound)
    default: throw .solver
    }
  }

  /// CBC's bound in the programme's own objective; CBC writes 1e50 and more for none.
  private var bestBound: Double? {
    let bound = Cbc_getBestPossibleObjValue(handle)
    return abs(bound) < 1e40 ? bound / objectiveScale : nil
  }
}

@available(*, unavailable)
extension CBCModel: Sendable {}

extension IntegerProgramme {
  /// Whether every solution has a whole objective small enough for CBC to see that.
  fileprivate var hasWholeObjective: Bool {
    objective.allSatisfy {
      columns[$0.index].isInteger && $0.coefficient == $0.coefficient.rounded() && abs($0.coefficient) <= 1e6
    }
  }
}
