// SPDX-License-Identifier: Apache-2.0
/// Why a programme cannot be stated or solved; never that it has no solution, which is a `Solution.Status`.
public enum ProgrammeDefect: Error, Sendable, Hashable {
  /// There is nothing to decide: no variable was added.
  case noVariables
  /// A coefficient, right-hand side or bound is not a number, infinite where it may not be, or beyond
  /// `IntegerProgramme.largestNumber`.
  case number(Double)
  /// A bound of an integer variable is beyond `IntegerProgramme.largestInteger`.
  case integer(Int)
  /// The lower bound is above the upper one.
  case boundsInsideOut(lower: Double, upper: Double)
  /// The expression names a variable of another programme.
  case foreignVariable
  /// The limit is not positive or not a number.
  case limit
  /// CBC gave up, or what it returned does not satisfy the programme within tolerance.
  case solver
}
