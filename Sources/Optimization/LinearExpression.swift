// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// A variable of one `IntegerProgramme`, opaque: it can only be handed back to its programme.
///
/// It also belongs to every copy of the programme made after it was added, and to no other programme.
public struct Variable: Sendable, Hashable {
  let index: Int
  /// Unique in this process, so that a variable of another programme is recognised even at the same index.
  let stamp: Int

  private static let lastStamp = Atomic(0)

  init(index: Int) {
    self.index = index
    stamp = Self.lastStamp.add(1, ordering: .relaxed).newValue
  }
}

/// A sum of variables with coefficients; a variable may occur more than once, its coefficients are added up.
///
/// It has no unit of its own: coefficients and bounds carry whatever unit their user gives all of them.
public struct LinearExpression: Sendable, Hashable {
  /// One coefficient and its variable.
  public struct Term: Sendable, Hashable {
    /// The factor of the variable; checked when the expression is given to a programme.
    public let coefficient: Double
    /// The variable.
    public let variable: Variable

    /// A term of any coefficient.
    public init(_ coefficient: Double, _ variable: Variable) {
      self.coefficient = coefficient
      self.variable = variable
    }
  }

  /// The terms in the order they were given.
  public var terms: [Term]

  /// The expression of some terms; of none it is the constant 0.
  public init(_ terms: [Term] = []) { self.terms = terms }

  /// The sum of some variables, each with the coefficient 1; of none it is the constant 0.
  public init(sumOf variables: some Sequence<Variable>) {
    terms = variables.map { Term(1, $0) }
  }
}

/// How the two sides of a constraint compare.
public enum Relation: Sendable, Hashable {
  /// The expression is not greater than the number.
  case atMost
  /// The expression is not smaller than the number.
  case atLeast
  /// The expression equals the number.
  case equal
}
