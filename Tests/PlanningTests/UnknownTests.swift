// SPDX-License-Identifier: Apache-2.0
import Ablation
import Cases
import Eligibility
import Facts
import Foundation
import Phantoms
import Reasons
import Resection
import Testing
import Vocabulary

@testable import Dosimetry
@testable import Planning
@testable import Radiotherapy

/// What is not known of a patient never reads as nought, as one lung, or as kept.
@Suite struct UnknownTests {
  private static func quick(_ locks: [ClinicianChoice] = []) -> JointOptions {
    var options = JointOptions()
    options.samples = 0
    options.alternatives = 0
    options.locks = locks
    return options
  }

  private static func listed(_ number: String) throws -> PatientCase {
    try Patients.listed(
      try #require(VignetteTests.folders().first { $0.lastPathComponent.hasPrefix(number) }))
  }

  /// Two lung lesions whose side nobody told: between their needles the pause of two lungs, and a word about it.
  @Test func lesionsOfUnknownSideAreNotTakenForOneLung() throws {
    var patientCase = try Self.listed("08")
    patientCase.lesions = patientCase.lesions.filter { $0.site == .lung }.prefix(2).map { lesion in
      var lesion = lesion
      (lesion.side, lesion.lobe) = (nil, nil)
      return lesion
    }
    let ids = patientCase.lesions.map(\.id)
    let plan = try Patients.plan(
      patientCase,
      Self.quick(ids.map { ClinicianChoice(lesion: $0, kind: .fix, choices: ["microwave"], reason: "test") }))
    let sessions = plan.recommended.sessions
    #expect(sessions.count == 2)
    #expect(sessions.last?.weeksAfter != nil)
    #expect(sessions.allSatisfy { $0.before.contains { $0.kind == .plan(.sideBeforeSession) } })
    #expect(plan.remarks.contains { $0.kind == .plan(.sidesUnknown) && $0.names.contains(ids[0]) })
  }

  /// Needles in the lung that was operated on, and in the other one: never without a word on what must be shown first.
  @Test func needlesAfterAnOperationWait() throws {
    let plan = try Patients.plan(
      try Patients.thorax(lesions: ["L1", "L4", "L5"]),
      Self.quick([
        ClinicianChoice(lesion: "L1", kind: .fix, choices: ["microwave"], reason: "test"),
        ClinicianChoice(lesion: "L4", kind: .fix, choices: ["metastasectomy"], reason: "test"),
        ClinicianChoice(lesion: "L5", kind: .fix, choices: ["sbrt"], reason: "test"),
      ]))
    let needles = try #require(plan.recommended.sessions.first { $0.modality == .microwave })
    #expect(!needles.before.isEmpty)
  }

  /// SBRT of a lesion without contours: its lung dose is unknown, and no alternative wins by that.
  @Test func anUnknownLungDoseIsNoNought() throws {
    var patientCase = try Self.listed("06")
    patientCase.lesions = patientCase.lesions.filter { $0.id == "L1" }
    let plan = try Patients.plan(
      patientCase, Self.quick([ClinicianChoice(lesion: "L1", kind: .fix, choices: ["sbrt"], reason: "test")]))
    #expect(plan.recommended.burden.lungDoseGray == 0)
    #expect(!plan.recommended.burden.isWhole(.lungDose))
    #expect(plan.recommended.assignments[0].proposal.contains { $0.kind == .joint(.withoutDose) })
    for variant in plan.alternatives {
      #expect(!(variant.won + variant.lost).contains { $0.kind == .plan(.lungDoseDifference) })
      #expect(!variant.title.contains("least lung dose"))
    }
  }

  /// The liver has limits for 3 and 5 fractions and none for 8: those of 5 hold for the dose of equal effect.
  @Test func aFractionCountWithoutALimitIsNoWayAroundIt() throws {
    let phantom = try #require(try PhantomCatalogue.make(name: "liver"))
    let pool = try Patients.pool(phantom.patientCase)
    let courses = try #require(pool.courses)
    var checked = 0
    for index in courses.regimens.indices {
      let cost = courses.cost(of: [index])
      let means = cost.limits.filter { $0.organ == .liver && $0.lesion == nil }
      #expect(!means.isEmpty, "\(courses.regimens[index].scheme.id)")
      checked += 1
    }
    #expect(checked >= 4)
    let radiotherapy = try #require(try Patients.careProtocol().radiotherapy)
    func read(_ organ: OrganAtRisk, in fractions: Int) -> LimitEvaluation {
      courses.limits(
        radiotherapy.limits.filter { $0.organ == organ && radiotherapy.decides(by: $0) },
        LimitEvaluation(limits: [], fractions: fractions, prescription: nil, sex: nil))
    }
    for (asked, found) in [(3, 3), (4, 3), (5, 5), (8, 5)] {
      #expect(read(.liver, in: asked).fractions == found)
    }
    // The lungs have limits of their own for 8.
    #expect(read(.lungs, in: 8).fractions == 8)
  }

  /// A right and a left operation that each leave enough, and together do not.
  @Test func bothLungsAreReckonedTogether() throws {
    let patientCase = try Patients.thorax(lesions: ["L3", "L4", "L6", "L7"])
    let pool = try Patients.pool(patientCase)
    let reading = GroupEvaluation(pool)
    let chosen = try OptionCatalogue(pool, reading, locks: [], advice: .treat).options.filter {
      $0.choice.modality == .metastasectomy
    }
    let reserve = try LungReserve(pool, chosen)
    #expect(reserve.stages.map(\.sides.count) == [1, 1, 2])
    let alone = reserve.stages.prefix(2).compactMap(\.fev1.expected)
    let both = try #require(reserve.stages.last?.fev1.expected)
    #expect(alone.count == 2 && both < (alone.min() ?? 0))
    #expect(reserve.stages.last?.together.isEmpty == false)
    let limits = PatientLimits.limits(reserve)
    #expect(limits.count == 3)
    #expect(limits.last?.name.contains("both lungs") == true)
    // Unknown at worst is no reserve: the low end is nought, the high one what is expected.
    for limit in limits { #expect((limit.value?.low ?? 0) <= (limit.value?.high ?? 0)) }
  }

  /// What was refused on a grid stays refused wherever a choice is looked at.
  @Test func whatIsForbiddenStaysForbidden() throws {
    let random = RandomProblem(seed: 3, lesions: 3, choices: 3)
    var solver = try ChoiceSolver(random.problem)
    let found = try #require(try solver.solve())
    solver.forbid(
      ChoiceConflict(
        all: Set(found.choice.options), unless: [], why: Reason(.joint(.organLimit), names: ["a grid"])))
    #expect(try solver.evaluate(found.choice.options).conflicts.contains { $0.why.names == ["a grid"] })
    let next = try #require(try solver.solve())
    #expect(next.choice.options != found.choice.options)
    #expect(next.choice.rank >= found.choice.rank)
  }

  @Test func aReasonOfSeveralLinesIsRefused() throws {
    let lock = ClinicianChoice(lesion: "L1", kind: .fix, choices: ["sbrt"], reason: "ok\nproof: optimal")
    #expect(throws: PlanObstacle.self) {
      try Patients.plan(try Patients.thorax(lesions: ["L1"]), Self.quick([lock]))
    }
  }
}
