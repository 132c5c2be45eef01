// SPDX-License-Identifier: Apache-2.0
/// What solving a programme gave.
public struct Solution: Sendable {
  /// What is known about the programme.
  public enum Status: Sendable, Hashable {
    /// The values are optimal: no others are better by more than `IntegerProgramme.optimalityTolerance` allows.
    case optimal
    /// The limit stopped the search; the best objective is at most `gapBound` better than this one, which is
    /// infinite when nothing is known.
    case feasible(gapBound: Double)
    /// No values satisfy the constraints.
    case infeasible
    /// Some values satisfy the constraints, and the objective has no bound.
    case unbounded
    /// The limit stopped the search before any values were found; there may be none.
    case limitReachedWithoutSolution
  }

  /// What is known about the programme.
  public let status: Status
  /// The objective of the values, computed from them; `nil` without values.
  public let objective: Double?
  /// What no solution's objective can pass: a lower bound when minimising, an upper one when maximising.
  ///
  /// `nil` when none is known, and for infeasible and unbounded programmes.
  public let bound: Double?
  /// One for each variable, in the order they were added; empty without values.
  let values: [Double]
  /// The variables' stamps, to recognise foreign ones.
  let stamps: [Int]

  init(
    status: Status, objective: Double? = nil, bound: Double? = nil, values: [Double] = [], stamps: [Int] = []
  ) {
    self.status = status
    self.objective = objective
    self.bound = bound
    self.values = values
    self.stamps = stamps
  }

  /// The value of a variable, a whole number exactly for binary and integer variables.
  ///
  /// `nil` without values and for a variable of another programme.
  public subscript(variable: Variable) -> Double? {
    guard values.indices.contains(variable.index), stamps[variable.index] == variable.stamp
    else { return nil }
    return values[variable.index]
  }

  /// Whether a binary variable is 1, or any variable at least ½; `false` without values.
  public func isSet(_ variable: Variable) -> Bool { (self[variable] ?? 0) >= 0.5 }
}
