// SPDX-License-Identifier: Apache-2.0
import Reasons
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

  /// 120 lesions, 595 concerns short of favourable against one caution: cautions come first, however many lesions there are.
  @Test func manyLesionsDoNotOutweighTheFigureBefore() throws {
    let lesions = 120
    var options: [ChoiceProblem.Option] = []
    var floors: [OptionCost] = []
    var conflicts: [ChoiceConflict] = []
    for lesion in 0..<lesions {
      for choice in 0..<2 {
        options.append(.init(lesion: lesion, group: 0, burden: [1]))
        // The first lesion's second choice costs a caution and frees all others from their concerns.
        floors.append(
          lesion == 0
            ? OptionCost(cautions: choice, acceptables: choice)
            : OptionCost(acceptables: choice == 0 ? 5 : 0))
        if lesion > 0, choice == 1 {
          conflicts.append(
            ChoiceConflict(
              all: [0, 2 * lesion + 1], unless: [], why: Reason(.joint(.oneTarget), names: ["tied"])))
        }
      }
    }
    let fixed = floors
    let problem = ChoiceProblem(
      lesionCount: lesions, options: options, groupCount: 1, measureCount: 1, weights: [1], floors: floors,
      conflicts: conflicts, thresholds: [], charges: [], reducible: []
    ) { _, chosen in
      GroupOutcome(
        costs: Dictionary(uniqueKeysWithValues: chosen.map { ($0, fixed[$0]) }), context: [],
        burden: [chosen.count], conflicts: [], exempt: [], exemptFromBurden: [])
    }
    var solver = try ChoiceSolver(problem)
    let found = try #require(try solver.solve())
    #expect(found.proof == .optimal)
    #expect(found.choice.rank.cautions == 0 && found.choice.rank.acceptables == 5 * (lesions - 1))
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
