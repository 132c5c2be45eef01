// SPDX-License-Identifier: Apache-2.0
import Ablation
import Anatomy
import Cases
import Eligibility
import Facts
import Phantoms
import Radiotherapy
import Testing
import Vocabulary

@testable import Planning

/// What the solver takes for granted and what it learns, against assignments drawn at random: nothing costs less than it
/// says, and nothing that can be done is forbidden.
@Suite struct ValidityTests {
  private static func problem(_ patientCase: PatientCase) throws -> JointProblem {
    let pool = try Patients.pool(patientCase)
    let reading = GroupEvaluation(pool)
    return try JointProblem(
      pool, try OptionCatalogue(pool, reading, locks: [], advice: .treat).options, reading)
  }

  private static func check(_ joint: JointProblem, _ draws: Int) throws {
    var search = try PlanSearch(joint, locks: [])
    let best = try #require(try search.solve())
    for family in [TherapyFamily.irradiation, .surgery, .ablation] { _ = try search.solve(ofKind: family) }
    let solver = search.solver
    var evaluator = ChoiceEvaluator(joint.problem)
    var state: UInt64 = 5
    func draw(_ most: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(most))
    }
    for round in 0..<draws {
      // Half of them are near the best plan, where cuts are dense.
      let choice = joint.pool.lesions.indices.map { lesion -> Int in
        let own = joint.options.indices.filter { joint.options[$0].lesion == lesion }
        return round % 2 == 0 && draw(3) > 0 ? best.choice.options[lesion] : own[draw(own.count)]
      }
      let chosen = Set(choice)
      let evaluated = try evaluator.evaluate(choice)
      if evaluated.conflicts.isEmpty {
        #expect(evaluated.rank >= best.choice.rank)
        let forbidding = solver.known.filter { $0.forbids(chosen) }
        #expect(forbidding.isEmpty, "\(forbidding.map(\.why))")
      }
      var outcomes: [GroupOutcome] = []
      for group in 0..<joint.problem.groupCount {
        outcomes.append(
          try evaluator.outcome(group, choice.filter { joint.problem.options[$0].group == group }))
      }
      for option in choice {
        let cost = try #require(outcomes[joint.problem.options[option].group].costs[option])
        let floor = joint.problem.floors[option]
        for path in ChoiceProgramme.figures {
          #expect(cost[keyPath: path] >= floor[keyPath: path], "\(joint.options[option])")
        }
        #expect(cost.shared.isSuperset(of: floor.shared))
      }
      for cut in solver.cuts where cut.set.isSubset(of: chosen) && cut.unless.isDisjoint(with: chosen) {
        #expect(Self.value(cut.figure, choice, outcomes, joint.problem) >= cut.amount, "\(cut)")
      }
    }
  }

  /// What a cut's figure truly comes to.
  private static func value(
    _ figure: ChoiceProgramme.Cut.Figure, _ choice: [Int], _ outcomes: [GroupOutcome],
    _ problem: ChoiceProblem
  ) -> Int {
    switch figure {
    case .lesion(let lesion, let figure):
      let option = choice[lesion]
      let path = ChoiceProgramme.figures[figure]
      let cost = outcomes[problem.options[option].group].costs[option] ?? OptionCost()
      return cost[keyPath: path] - problem.floors[option][keyPath: path]
    case .item(let item):
      let isThere = outcomes.contains { outcome in
        guard !outcome.context.contains(item) else { return true }
        guard case .condition(let number) = item else { return false }
        return outcome.costs.values.contains { $0.shared.contains(number) }
      }
      return isThere ? 1 : 0
    case .burden(let group, let measure):
      return choice.filter { problem.options[$0].group == group }.reduce(outcomes[group].burden[measure]) {
        $0 - problem.options[$1].burden[measure]
      }
    }
  }

  @Test func theThoraxLearnsNothingFalse() throws {
    try Self.check(Self.problem(try Patients.thorax()), 300)
  }

  /// A lesion known from a list alone, with neither place nor size, beside contoured ones.
  @Test func aLesionWithoutContoursBesideOthersLearnsNothingFalse() throws {
    var patientCase = try Patients.thorax(lesions: ["L3", "L4", "L5", "L6", "L7"])
    patientCase.lesions.append(
      Lesion(id: "X1", sourceName: "X1", site: .lung, side: .left, lobe: .leftUpper))
    try Self.check(Self.problem(patientCase), 300)
  }

  /// One planning target for two lesions: its dose comes once, and both have it or neither.
  @Test func aSharedTargetLearnsNothingFalse() throws {
    var patientCase = try Patients.thorax(lesions: ["L1", "L4", "L5", "L7"])
    let bodies = patientCase.lesions.filter { ["L5", "L7"].contains($0.id) }.compactMap { $0.body?.solid }
    let both = try #require(try bodies[0].union(bodies[1]))
    patientCase.targets = [TargetVolume(sourceName: "PTV", solid: both, lesions: ["L5", "L7"])]
    let joint = try Self.problem(patientCase)
    #expect(joint.pool.courses?.regimens.contains { $0.lesions == ["L5", "L7"] } == true)
    try Self.check(joint, 300)
    var search = try PlanSearch(joint, locks: [])
    let all = try #require(try search.solve(ofKind: .irradiation))
    let regimens = ["L5", "L7"].map { id in
      all.choice.options.first { joint.options[$0].id == id }.flatMap { joint.options[$0].regimen }
    }
    #expect(regimens[0] == regimens[1])
  }

  @Test func theLiverLearnsNothingFalse() throws {
    let phantom = try #require(try PhantomCatalogue.make(name: "liver"))
    try Self.check(Self.problem(phantom.patientCase), 200)
  }
}
