// SPDX-License-Identifier: Apache-2.0
/// A mixed-integer linear programme: variables with bounds, linear constraints, a linear objective.
///
/// It is a value: building costs no solver, and solving it changes nothing. Without an objective any solution is
/// optimal, with the objective 0.
public struct IntegerProgramme: Sendable {
  /// The greatest magnitude of a coefficient, right-hand side or finite bound.
  public static let largestNumber = 1e15
  /// The greatest magnitude of an integer variable's bound: what stays exact under the solver's tolerances.
  public static let largestInteger = 1_000_000_000
  /// How far an optimal objective may be from the best one, as a share of the objective's greatest coefficient.
  ///
  /// With whole coefficients on integer variables alone the optimum is exact.
  public static let optimalityTolerance = 1e-7

  struct Column: Sendable {
    let lower: Double
    let upper: Double
    let isInteger: Bool
  }

  struct Row: Sendable {
    let terms: [(index: Int, coefficient: Double)]
    let relation: Relation
    let rightHandSide: Double
  }

  private(set) var columns: [Column] = []
  private(set) var stamps: [Int] = []
  private(set) var rows: [Row] = []
  /// One coefficient for each variable with one; maximising is kept as a sign, as CBC minimises here.
  private(set) var objective: [(index: Int, coefficient: Double)] = []
  private(set) var isMaximised = false
  /// What any two objectives of best solutions differ by at least; `nil` when nothing is known.
  private(set) var objectiveStep: Double?

  /// A programme without variables, which `solve` refuses.
  public init() {}

  /// How many variables were added.
  public var variableCount: Int { columns.count }
  /// How many constraints were added.
  public var constraintCount: Int { rows.count }

  /// Adds a variable that is 0 or 1.
  public mutating func addBinary() -> Variable {
    add(Column(lower: 0, upper: 1, isInteger: true))
  }

  /// Adds a variable that is a whole number between two bounds, both included.
  ///
  /// Throws for bounds beyond `largestInteger` or inside out.
  public mutating func addInteger(
    from lower: Int, through upper: Int
  ) throws(ProgrammeDefect) -> Variable {
    for bound in [lower, upper] where bound.magnitude > UInt(Self.largestInteger) { throw .integer(bound) }
    guard lower <= upper else { throw .boundsInsideOut(lower: Double(lower), upper: Double(upper)) }
    return add(Column(lower: Double(lower), upper: Double(upper), isInteger: true))
  }

  /// Adds a variable of any value between two bounds, both included; an infinite bound is none.
  ///
  /// Throws for bounds that are no number, beyond `largestNumber` though finite, inside out, or infinite on the
  /// wrong side.
  public mutating func addContinuous(
    from lower: Double = -.infinity, through upper: Double = .infinity
  ) throws(ProgrammeDefect) -> Variable {
    for bound in [lower, upper] where !(bound.isInfinite || bound.magnitude <= Self.largestNumber) {
      throw .number(bound)
    }
    guard lower <= upper else { throw .boundsInsideOut(lower: lower, upper: upper) }
    if lower == .infinity { throw .number(lower) }
    if upper == -.infinity { throw .number(upper) }
    return add(Column(lower: lower, upper: upper, isInteger: false))
  }

  /// Adds a constraint; an expression without terms is 0, so that a false one makes the programme infeasible.
  ///
  /// Throws for foreign variables and for numbers that are not finite or beyond `largestNumber`.
  public mutating func require(
    _ expression: LinearExpression, _ relation: Relation, _ rightHandSide: Double
  ) throws(ProgrammeDefect) {
    try Self.check(rightHandSide)
    rows.append(
      Row(terms: try collected(expression), relation: relation, rightHandSide: rightHandSide))
  }

  /// Makes the smallest value of an expression the aim, in place of an earlier aim.
  ///
  /// - Parameter step: what any two values of it that a best solution may have differ by at least, above 0; so that no
  ///   search goes on for less. `nil` when nothing is known.
  ///
  /// Throws for foreign variables, for coefficients that are not finite or beyond `largestNumber`, and for a step that is
  /// not above 0.
  public mutating func minimise(
    _ expression: LinearExpression, step: Double? = nil
  ) throws(ProgrammeDefect) {
    if let step, !(step > 0 && step.isFinite) { throw .number(step) }
    objective = try collected(expression)
    objectiveStep = step
    isMaximised = false
  }

  /// Makes the greatest value of an expression the aim, in place of an earlier aim.
  ///
  /// Throws for foreign variables and for coefficients that are not finite or beyond `largestNumber`.
  public mutating func maximise(_ expression: LinearExpression) throws(ProgrammeDefect) {
    objective = try collected(expression)
    objectiveStep = nil
    isMaximised = true
  }

  mutating func removeObjective() {
    objective = []
    objectiveStep = nil
  }

  private mutating func add(_ column: Column) -> Variable {
    let variable = Variable(index: columns.count)
    columns.append(column)
    stamps.append(variable.stamp)
    return variable
  }

  private static func check(_ number: Double) throws(ProgrammeDefect) {
    // Written so that NaN fails it.
    guard number.magnitude <= largestNumber else { throw .number(number) }
  }

  /// The terms by rising index, each variable once, without those whose coefficients add up to 0.
  private func collected(
    _ expression: LinearExpression
  ) throws(ProgrammeDefect) -> [(index: Int, coefficient: Double)] {
    var sums: [Int: Double] = [:]
    for term in expression.terms {
      let variable = term.variable
      guard stamps.indices.contains(variable.index), stamps[variable.index] == variable.stamp else {
        throw .foreignVariable
      }
      try Self.check(term.coefficient)
      sums[variable.index, default: 0] += term.coefficient
    }
    var terms: [(index: Int, coefficient: Double)] = []
    for (index, coefficient) in sums.sorted(by: { $0.key < $1.key }) where coefficient != 0 {
      try Self.check(coefficient)
      terms.append((index: index, coefficient: coefficient))
    }
    return terms
  }
}
