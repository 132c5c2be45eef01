import Testing

@testable import Planning

/// The solver against trying everything.
@Suite struct ChoiceSolverTests {
  @Test(arguments: 0..<20)
  func smallProblemsHaveTheSameOptimumAsTryingEverything(_ block: Int) throws {
    for number in 0..<23 {
      let seed = UInt64(block * 23 + number)
      let random = RandomProblem(
        seed: seed, lesions: 2 + Int(seed % 4), choices: 3 + Int(seed / 7 % 2))
      var solver = try ChoiceSolver(random.problem)
      let found = try #require(try solver.solve())
      #expect(found.proof == .optimal, "seed \(seed)")
      #expect(try found.choice.rank == random.bestByTrying(), "seed \(seed)")
    }
  }

  @Test(arguments: 500..<540)
  func largerProblemsHaveTheSameOptimumAsTryingEverything(_ seed: Int) throws {
    let random = RandomProblem(
      seed: UInt64(seed), lesions: seed % 4 == 0 ? 7 : 5, choices: seed % 4 == 0 ? 6 : 5)
    var solver = try ChoiceSolver(random.problem)
    let found = try #require(try solver.solve())
    #expect(found.proof == .optimal)
    #expect(try found.choice.rank == random.bestByTrying())
  }
}
