// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Facts
import Phantoms
import Reasons
import Testing
import Vocabulary

@testable import Planning

/// The plan of a phantom against trying every assignment, each proposed anew.
@Suite struct EnumerationTests {
  /// At most four choices for each lesion: surgery, the first prescription of SBRT, one energy, none.
  static func joint(
    _ patientCase: PatientCase, _ energy: Modality, timing: JointParameters.CourseTiming? = nil
  ) throws -> JointProblem {
    let pool = try Patients.pool(patientCase, timing: timing)
    let reading = GroupEvaluation(pool)
    let all = try OptionCatalogue(pool, reading, locks: [], advice: .treat).options
    var seen: Set<String> = []
    let options = all.filter { option in
      switch option.choice {
      case .observe: false
      case .untreated: true
      case .therapy(.sbrt, _): seen.insert(option.id).inserted
      case .therapy(let modality, _): [energy, .metastasectomy, .hepaticResection].contains(modality)
      }
    }
    return try JointProblem(pool, options, reading)
  }

  /// The least rank over every assignment, by readings of the groups alone.
  static func bestByTrying(_ joint: JointProblem) throws -> (rank: ChoiceRank, tried: Int) {
    var evaluator = ChoiceEvaluator(joint.problem)
    let own = joint.pool.lesions.indices.map { lesion in
      joint.options.indices.filter { joint.options[$0].lesion == lesion }
    }
    var best: ChoiceRank?
    var tried = 0
    var choice = [Int](repeating: 0, count: own.count)
    func go(_ lesion: Int) throws {
      guard lesion < own.count else {
        tried += 1
        let evaluated = try evaluator.evaluate(choice)
        if evaluated.conflicts.isEmpty, best.map({ evaluated.rank < $0 }) ?? true { best = evaluated.rank }
        return
      }
      for option in own[lesion] {
        choice[lesion] = option
        try go(lesion + 1)
      }
    }
    try go(0)
    return (try #require(best), tried)
  }

  @Test(arguments: [
    (1, ["L1", "L2", "L3", "L4", "L6"], Modality.microwave),
    (1, ["L3", "L4", "L5", "L6", "L7"], .cryoablation),
    (2, ["L1", "L2", "L5", "L7", "L8"], .radiofrequency),
    (7, ["L1", "L3", "L4", "L6", "L7"], .microwave),
  ])
  func theThoraxHasTheSameOptimum(_ seed: Int, _ lesions: [String], _ energy: Modality) throws {
    let joint = try Self.joint(
      try Patients.thorax(seed: UInt64(seed), lesions: Set(lesions)), energy)
    var search = try PlanSearch(joint, locks: [])
    let found = try #require(try search.solve())
    let (best, tried) = try Self.bestByTrying(joint)
    #expect(tried >= 150)
    #expect(found.proof == .optimal)
    #expect(found.choice.rank == best)
  }

  @Test(arguments: [1, 3])
  func theLiverHasTheSameOptimum(_ seed: Int) throws {
    let phantom = try #require(try PhantomCatalogue.make(name: "liver", seed: UInt64(seed)))
    let joint = try Self.joint(phantom.patientCase, .microwave)
    var search = try PlanSearch(joint, locks: [])
    let found = try #require(try search.solve())
    let (best, _) = try Self.bestByTrying(joint)
    #expect(found.proof == .optimal)
    #expect(found.choice.rank == best)
  }

  @Test func theSpheresHaveTheSameOptimum() throws {
    var patientCase = try #require(try PhantomCatalogue.make(name: "spheres")).patientCase
    patientCase.lesions = Array(patientCase.lesions.prefix(5))
    let joint = try Self.joint(patientCase, .microwave)
    var search = try PlanSearch(joint, locks: [])
    let found = try #require(try search.solve())
    let (best, _) = try Self.bestByTrying(joint)
    #expect(found.proof == .optimal)
    #expect(found.choice.rank == best)
  }

  /// Without a site nothing is judged: every lesion is left, and that is said.
  @Test func lesionsWithoutASiteAreLeftWithTheReason() throws {
    var patientCase = try #require(try PhantomCatalogue.make(name: "spheres")).patientCase
    patientCase.structures = []
    patientCase.lesions = patientCase.lesions.prefix(3).map {
      var lesion = $0
      lesion.site = nil
      return lesion
    }
    var options = JointOptions()
    options.samples = 0
    let plan = try Patients.plan(patientCase, options)
    #expect(plan.recommended.assignments.allSatisfy { $0.choice == .untreated && !$0.reasons.isEmpty })
    #expect(plan.recommended.standing.untreated == 3)
  }
}
