// SPDX-License-Identifier: Apache-2.0
import Optimization
import Phantoms
import Testing

@Suite("Integer programmes with known answers")
struct IntegerProgrammeTests {
  private func expression(_ pairs: [(Double, Variable)]) -> LinearExpression {
    LinearExpression(pairs.map { LinearExpression.Term($0.0, $0.1) })
  }

  /// Weights 1, 2, 4 … fill any whole capacity in one way only: its binary digits.
  @Test(
    "a knapsack of powers of two takes the digits of its capacity", arguments: [0, 1, 77, 500, 1023, 2000])
  func knapsack(capacity: Int) throws {
    var programme = IntegerProgramme()
    let items = (0..<10).map { _ in programme.addBinary() }
    let weights = expression(items.enumerated().map { (Double(1 << $0.offset), $0.element) })
    try programme.require(weights, .atMost, Double(capacity))
    try programme.maximise(weights)
    let solution = try programme.solve()
    let filled = min(capacity, 1023)
    #expect(solution.status == .optimal)
    #expect(solution.objective == Double(filled) && solution.bound == Double(filled))
    for (digit, item) in items.enumerated() {
      #expect(solution[item] == (filled >> digit & 1 == 1 ? 1 : 0))
    }
  }

  /// A step tells when to stop; it never changes what is best.
  @Test("a step of the objective keeps the optimum", arguments: [nil, 1, 20])
  func stepping(step: Double?) throws {
    var programme = IntegerProgramme()
    let items = (0..<6).map { _ in programme.addBinary() }
    let load = try programme.addContinuous(from: 0, through: 1e6)
    // Half a dozen costs, all multiples of 20, and a load of 20 for every two items.
    let costs = [40.0, 60, 20, 80, 100, 60]
    try programme.require(expression(items.map { (1, $0) }), .atLeast, 3)
    try programme.require(
      expression([(1, load)] + items.map { (-20, $0) }), .atLeast, -20)
    try programme.minimise(
      expression([(1, load)] + zip(costs, items).map { ($0, $1) }), step: step)
    let solution = try programme.solve(.choice)
    #expect(solution.status == .optimal)
    #expect(abs((solution.objective ?? 0) - (40 + 60 + 20 + 40)) < 1e-6)
    #expect(throws: ProgrammeDefect.self) { try programme.minimise(expression([(1, load)]), step: 0) }
  }

  @Test("bounded integers with an equality, and a continuous variable beside them")
  func mixed() throws {
    var programme = IntegerProgramme()
    let x = try programme.addInteger(from: 0, through: 10)
    let y = try programme.addInteger(from: -3, through: 10)
    let z = try programme.addContinuous(from: 0, through: 0.75)
    try programme.require(expression([(5, x), (3, y)]), .equal, 13)
    try programme.require(expression([(1, z), (-1, x)]), .atMost, -1.5)
    try programme.maximise(expression([(2, z), (-1, x), (-0.25, y)]))
    // The line's whole points within the bounds are (2, 1) alone: at x = 5 y would be −4. z is x − 1½ there.
    let solution = try programme.solve()
    #expect(solution.status == .optimal)
    #expect(solution[x] == 2 && solution[y] == 1)
    #expect(abs((solution[z] ?? 9) - 0.5) < 1e-9 && abs((solution.objective ?? 9) + 1.25) < 1e-9)
  }

  @Test("a linear programme ends at its corner")
  func continuousOnly() throws {
    var programme = IntegerProgramme()
    let x = try programme.addContinuous(from: 0)
    let y = try programme.addContinuous(from: 0)
    try programme.require(expression([(1, x), (2, y)]), .atMost, 4)
    try programme.require(expression([(3, x), (1, y)]), .atMost, 6)
    try programme.maximise(expression([(1, x), (1, y)]))
    let solution = try programme.solve()
    #expect(solution.status == .optimal && abs((solution.objective ?? 0) - 2.8) < 1e-9)
    #expect(abs((solution[x] ?? 0) - 1.6) < 1e-9 && abs((solution[y] ?? 0) - 1.2) < 1e-9)
  }

  @Test("random programmes against every point", arguments: 1...60)
  func againstEveryPoint(seed: UInt64) throws {
    var generator = seededGenerator(seed)
    var programme = IntegerProgramme()
    let count = Int.random(in: 1...4, using: &generator)
    let ranges = (0..<count).map { _ in
      let low = Int.random(in: -3...1, using: &generator)
      return low...low + Int.random(in: 0...4, using: &generator)
    }
    var variables: [Variable] = []
    for range in ranges {
      variables.append(try programme.addInteger(from: range.lowerBound, through: range.upperBound))
    }
    func row() -> [Double] { ranges.map { _ in Double(Int.random(in: -5...5, using: &generator)) } }
    var rows: [([Double], Relation, Double)] = []
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      let relation = [Relation.atMost, .atLeast, .equal].randomElement(using: &generator) ?? .atMost
      rows.append((row(), relation, Double(Int.random(in: -6...6, using: &generator))))
    }
    for (coefficients, relation, side) in rows {
      try programme.require(expression(Array(zip(coefficients, variables))), relation, side)
    }
    // Eighths, so that sums are exact and the objective is not whole.
    let aim = row().map { $0 / 8 }
    let isMaximised = Bool.random(using: &generator)
    if isMaximised {
      try programme.maximise(expression(Array(zip(aim, variables))))
    } else {
      try programme.minimise(expression(Array(zip(aim, variables))))
    }

    func dot(_ a: [Double], _ b: [Int]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * Double($1.1) } }
    func isAllowed(_ point: [Int]) -> Bool {
      rows.allSatisfy { coefficients, relation, side in
        let value = dot(coefficients, point)
        return relation == .atMost ? value <= side : relation == .atLeast ? value >= side : value == side
      }
    }
    var points: [[Int]] = [[]]
    for range in ranges { points = points.flatMap { point in range.map { point + [$0] } } }
    let values = points.filter(isAllowed).map { dot(aim, $0) }
    let solution = try programme.solve()
    guard let best = isMaximised ? values.max() : values.min() else {
      #expect(solution.status == .infeasible && solution.objective == nil)
      return
    }
    #expect(solution.status == .optimal && solution.objective == best)
    let found = try variables.map { try #require(solution[$0].flatMap(Int.init(exactly:))) }
    #expect(isAllowed(found) && dot(aim, found) == best)
    for (value, range) in zip(found, ranges) { #expect(range.contains(value)) }
  }

  @Test("unbounded is told from infeasible, by whole numbers too")
  func unboundedAndInfeasible() throws {
    var unbounded = IntegerProgramme()
    let free = try unbounded.addContinuous(from: 0)
    let choice = unbounded.addBinary()
    try unbounded.maximise(expression([(1, free)]))
    #expect(try unbounded.solve().status == .unbounded)
    // The relaxation stays unbounded, but half a choice is none.
    try unbounded.require(expression([(2, choice)]), .equal, 1)
    let solution = try unbounded.solve()
    #expect(solution.status == .infeasible && solution.bound == nil && solution[choice] == nil)
  }

  @Test("an expression without terms is 0; coefficients of one variable add up")
  func constants() throws {
    var programme = IntegerProgramme()
    let x = try programme.addInteger(from: 0, through: 9)
    try programme.require(LinearExpression(), .atMost, 0)
    try programme.require(expression([(1, x), (2, x)]), .atMost, 10)
    try programme.maximise(LinearExpression(sumOf: [x]))
    #expect(try programme.solve()[x] == 3)
    try programme.require(LinearExpression(), .atLeast, 1e-9)
    #expect(try programme.solve().status == .infeasible)
  }

  @Test("without an objective any solution is optimal, with the objective 0")
  func noObjective() throws {
    var programme = IntegerProgramme()
    let pair = [programme.addBinary(), programme.addBinary()]
    try programme.require(LinearExpression(sumOf: pair), .equal, 1)
    let solution = try programme.solve()
    #expect(solution.status == .optimal && solution.objective == 0)
    #expect(solution.isSet(pair[0]) != solution.isSet(pair[1]))
  }

  @Test("bad input is refused by name")
  func badInput() throws {
    #expect(throws: ProgrammeDefect.noVariables) { try IntegerProgramme().solve() }
    var programme = IntegerProgramme()
    let x = programme.addBinary()
    #expect(throws: ProgrammeDefect.number(.infinity)) {
      try programme.require(LinearExpression([.init(.infinity, x)]), .atMost, 1)
    }
    #expect(throws: ProgrammeDefect.number(-2e15)) {
      try programme.require(LinearExpression(sumOf: [x]), .atMost, -2e15)
    }
    #expect(throws: ProgrammeDefect.self) { try programme.minimise(LinearExpression([.init(.nan, x)])) }
    #expect(throws: ProgrammeDefect.boundsInsideOut(lower: 2, upper: 1)) {
      try programme.addInteger(from: 2, through: 1)
    }
    #expect(throws: ProgrammeDefect.boundsInsideOut(lower: 0.5, upper: 0)) {
      try programme.addContinuous(from: 0.5, through: 0)
    }
    #expect(throws: ProgrammeDefect.number(.infinity)) { try programme.addContinuous(from: .infinity) }
    #expect(throws: ProgrammeDefect.self) { try programme.addContinuous(from: .nan) }
    #expect(throws: ProgrammeDefect.integer(.min)) { try programme.addInteger(from: .min, through: 0) }
    #expect(throws: ProgrammeDefect.limit) { try programme.solve(limit: SolveLimit(nodes: 0)) }
    #expect(throws: ProgrammeDefect.limit) { try programme.solve(limit: SolveLimit(seconds: .nan)) }
    #expect(programme.variableCount == 1 && programme.constraintCount == 0)
  }

  @Test("a variable belongs to its programme and to later copies, whatever its index")
  func foreignVariables() throws {
    var first = IntegerProgramme()
    let x = first.addBinary()
    var copy = first
    let mine = first.addBinary()
    let theirs = copy.addBinary()
    try copy.require(LinearExpression(sumOf: [x]), .atMost, 0)
    #expect(throws: ProgrammeDefect.foreignVariable) {
      try copy.require(LinearExpression(sumOf: [mine]), .atMost, 0)
    }
    try first.maximise(LinearExpression(sumOf: [x, mine]))
    let solution = try first.solve()
    #expect(solution[mine] == 1 && solution[theirs] == nil)
  }
}
