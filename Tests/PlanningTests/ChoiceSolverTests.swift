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

  /// The order of plans, one figure against many of the next: what comes before is never given up for what comes after.
  @Test(arguments: 0..<8)
  func whatComesBeforeIsNeverGivenUp(_ place: Int) throws {
    // Burden stands between the fourth figure and the fifth: a heavy burden is figure 4.
    func cost(_ place: Int, _ count: Int) -> (OptionCost, Int) {
      switch place {
      case 0: (OptionCost(unacceptable: 1), 1)
      case 1: (OptionCost(untreated: 1), 1)
      case 2: (OptionCost(board: count), 1)
      case 3: (OptionCost(outside: 1), 1)
      case 4: (OptionCost(), 1 + count)
      case 5: (OptionCost(conditions: count), 1)
      case 6: (OptionCost(cautions: count), 1)
      case 7: (OptionCost(acceptables: count), 1)
      default: (OptionCost(scoreLoss: count), 1)
      }
    }
    let lesions = 6
    var options: [ChoiceProblem.Option] = []
    var floors: [OptionCost] = []
    var conflicts: [ChoiceConflict] = []
    // Of the first lesion one choice costs a little of this figure and frees all others from what they cost of the next.
    for lesion in 0..<lesions {
      for choice in 0..<2 {
        let (floor, burden) =
          lesion == 0
          ? (choice == 0 ? (OptionCost(), 1) : cost(place, 1))
          : (choice == 0 ? cost(place + 1, 9) : (OptionCost(), 1))
        options.append(.init(lesion: lesion, group: 0, burden: [burden]))
        floors.append(floor)
        if lesion > 0, choice == 1 {
          conflicts.append(
            ChoiceConflict(
              all: [0, 2 * lesion + 1], unless: [], why: Reason(.joint(.oneTarget), names: ["tied"])))
        }
      }
    }
    let (fixed, all) = (floors, options)
    let problem = ChoiceProblem(
      lesionCount: lesions, options: options, groupCount: 1, measureCount: 1, weights: [1], floors: floors,
      conflicts: conflicts, thresholds: [], charges: [], reducible: []
    ) { _, chosen in
      GroupOutcome(
        costs: Dictionary(uniqueKeysWithValues: chosen.map { ($0, fixed[$0]) }), context: [],
        burden: [chosen.reduce(0) { $0 + all[$1].burden[0] }], conflicts: [], exempt: [],
        exemptFromBurden: [])
    }
    var solver = try ChoiceSolver(problem)
    let found = try #require(try solver.solve())
    #expect(found.proof == .optimal)
    #expect(found.choice.options[0] == 0, "figure \(place) was given up")
  }

  /// Cut short before it begins, the search still answers, keeps what is forbidden and says that a better plan may exist.
  @Test(arguments: 0..<40)
  func aSearchWithoutTimeStillAnswers(_ seed: Int) throws {
    let random = RandomProblem(seed: UInt64(seed), lesions: 5, choices: 5)
    var solver = try ChoiceSolver(random.problem)
    var request = ChoiceRequest()
    request.deadline = ContinuousClock().now - .seconds(1)
    let found = try #require(try solver.solve(request))
    #expect(found.isCutShort)
    #expect(found.choice.conflicts.isEmpty)
    let best = try #require(try random.bestByTrying())
    #expect(found.choice.rank >= best)
    if case .gap(let aim, let least, let reached) = found.proof {
      #expect(least <= reached && Double(aim.value(found.choice)) == reached)
    }
  }

  /// Permuting lesions and options changes neither the rank nor the proof.
  @Test(arguments: 0..<30)
  func anotherNumberingHasTheSameOptimum(_ seed: Int) throws {
    let random = RandomProblem(seed: UInt64(seed), lesions: 4, choices: 4)
    let problem = random.problem
    let count = problem.options.count
    // Options in reverse: index i becomes count − 1 − i, lesions likewise.
    @Sendable func turned(_ option: Int) -> Int { count - 1 - option }
    @Sendable func turned(_ set: Set<Int>) -> Set<Int> { Set(set.map(turned)) }
    @Sendable func turned(_ conflict: ChoiceConflict) -> ChoiceConflict {
      ChoiceConflict(all: turned(conflict.all), unless: turned(conflict.unless), why: conflict.why)
    }
    let other = ChoiceProblem(
      lesionCount: problem.lesionCount,
      options: (0..<count).map { place in
        let option = problem.options[turned(place)]
        return .init(
          lesion: problem.lesionCount - 1 - option.lesion, group: option.group, burden: option.burden)
      },
      groupCount: problem.groupCount, measureCount: problem.measureCount, weights: problem.weights,
      floors: (0..<count).map { problem.floors[turned($0)] }, conflicts: problem.conflicts.map(turned),
      thresholds: [], charges: [],
      credits: problem.credits.map {
        .init(first: turned($0.first), second: turned($0.second), burden: $0.burden)
      }, reducible: problem.reducible
    ) { group, chosen in
      let outcome = try problem.evaluate(group, chosen.map(turned))
      return GroupOutcome(
        costs: Dictionary(uniqueKeysWithValues: outcome.costs.map { (turned($0.key), $0.value) }),
        context: outcome.context, burden: outcome.burden, conflicts: outcome.conflicts.map(turned),
        exempt: turned(outcome.exempt), exemptFromBurden: turned(outcome.exemptFromBurden))
    }
    var (a, b) = (try ChoiceSolver(problem), try ChoiceSolver(other))
    #expect(try a.solve()?.choice.rank == b.solve()?.choice.rank)
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
