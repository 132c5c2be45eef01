// SPDX-License-Identifier: Apache-2.0
import Foundation
import Optimization
import Phantoms
import Testing

@Suite("Limits, repeatability and silence", .serialized)
struct SolveLimitTests {
  /// A knapsack in several dimensions, hard enough to need a search.
  private func knapsack(seed: UInt64) throws -> (IntegerProgramme, [Variable]) {
    var generator = seededGenerator(seed)
    var programme = IntegerProgramme()
    let items = (0..<40).map { _ in programme.addBinary() }
    func terms(plus share: Double) -> LinearExpression {
      LinearExpression(items.map { .init(Double(Int.random(in: 5...99, using: &generator)) + share, $0) })
    }
    for _ in 0..<5 { try programme.require(terms(plus: 0), .atMost, 900) }
    try programme.maximise(terms(plus: 0.25))
    return (programme, items)
  }

  /// Four equalities over thirty binaries: finding any point is the difficulty.
  private func marketSplit() throws -> IntegerProgramme {
    var generator = seededGenerator(9)
    var programme = IntegerProgramme()
    let shares = (0..<30).map { _ in programme.addBinary() }
    for _ in 0..<4 {
      let row = shares.map { (Int.random(in: 0...99, using: &generator), $0) }
      let half = Double(row.reduce(0) { $0 + $1.0 } / 2)
      try programme.require(LinearExpression(row.map { .init(Double($0.0), $0.1) }), .equal, half)
    }
    return programme
  }

  @Test("stopped at one node, bound and gap enclose the optimum", arguments: 1...6)
  func stopped(seed: UInt64) throws {
    let (programme, _) = try knapsack(seed: seed)
    let whole = try programme.solve()
    let best = try #require(whole.objective)
    #expect(whole.status == .optimal)
    let early = try programme.solve(limit: SolveLimit(nodes: 1))
    let reached = try #require(early.objective)
    let bound = try #require(early.bound)
    #expect(reached <= best && best <= bound + 1e-6)
    if case .feasible(let gap) = early.status {
      #expect(gap == bound - reached)
    } else {
      #expect(early.status == .optimal && reached == best)
    }
  }

  @Test("some of these searches are stopped with a gap")
  func gapOccurs() throws {
    let gaps = try (1...6).filter { seed in
      try knapsack(seed: UInt64(seed)).0.solve(limit: SolveLimit(nodes: 1)).status != .optimal
    }
    #expect(!gaps.isEmpty)
  }

  @Test("stopped before any point is found, by nodes and by the clock")
  func withoutSolution() throws {
    let programme = try marketSplit()
    for limit in [SolveLimit(nodes: 1), SolveLimit(seconds: 0.05)] {
      let solution = try programme.solve(limit: limit)
      #expect(solution.status == .limitReachedWithoutSolution && solution.objective == nil)
    }
  }

  @Test(
    "the same programme gives the same values, whatever was solved in between", arguments: [1, 40, 100_000])
  func repeatable(nodes: Int) throws {
    let limit = SolveLimit(nodes: nodes)
    let (programme, items) = try knapsack(seed: 3)
    let first = try programme.solve(limit: limit)
    _ = try knapsack(seed: 4).0.solve(limit: limit)
    let (again, others) = try knapsack(seed: 3)
    let second = try again.solve(limit: limit)
    #expect(first.status == second.status && first.bound == second.bound)
    #expect(items.map { first[$0] } == others.map { second[$0] })
  }

  @Test("solves of many tasks take turns and agree")
  func concurrent() async throws {
    let expected = try knapsack(seed: 2).0.solve().objective
    try await withThrowingTaskGroup(of: Double?.self) { group in
      for _ in 0..<4 { group.addTask { try knapsack(seed: 2).0.solve().objective } }
      for try await objective in group { #expect(objective == expected) }
    }
  }

  /// Standard output leads into a file meanwhile, where other suites may write, so only CBC's words count.
  @Test("CBC writes nothing to standard output")
  func silence() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    fflush(nil)
    let saved = dup(1)
    let target = open(file.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    #expect(saved >= 0 && target >= 0)
    dup2(target, 1)
    let result = Result {
      _ = try knapsack(seed: 5).0.solve()
      _ = try marketSplit().solve(limit: SolveLimit(nodes: 1))
      var linear = IntegerProgramme()
      let x = try linear.addContinuous(from: 0)
      try linear.maximise(LinearExpression(sumOf: [x]))
      _ = try linear.solve()
      try linear.require(LinearExpression(sumOf: [x]), .atMost, -1)
      _ = try linear.solve()
    }
    fflush(nil)
    dup2(saved, 1)
    close(saved)
    close(target)
    let written = try Data(contentsOf: file)
    FileHandle.standardOutput.write(written)
    try result.get()
    let text = String(decoding: written, as: UTF8.self)
    for word in ["Cbc0", "Cgl0", "Clp0", "Coin0", "MILP Solver", "Result - "] {
      #expect(!text.contains(word), "\(text)")
    }
  }

  @Test("the version is CBC's")
  func version() { #expect(cbcVersion().hasPrefix("2.")) }
}
