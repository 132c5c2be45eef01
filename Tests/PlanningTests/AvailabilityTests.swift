// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Reasons
import Testing
import Vocabulary

@testable import Planning

/// What a service does not have is no option of the plan, unless the user decides so.
@Suite struct AvailabilityTests {
  private func catalogue(
    _ available: Set<Modality>?, _ locks: [ClinicianChoice] = []
  ) throws -> OptionCatalogue {
    let patientCase = try Patients.thorax(lesions: ["L1", "L4"])
    let shipped = try Patients.careProtocol()
    let rules = shipped.ruleSet
    var joint = try #require(shipped.joint)
    joint.needleCandidates = 1000
    let careProtocol = CareProtocol(
      id: shipped.id, version: shipped.version, title: shipped.title, sha256: shipped.sha256,
      ruleSet: RuleSet(
        rules: rules.rules, needs: rules.needs, scoring: rules.scoring, requirements: rules.requirements,
        available: available),
      bibliography: shipped.bibliography, facts: shipped.facts, radiotherapy: shipped.radiotherapy,
      ablation: shipped.ablation, resection: shipped.resection, joint: joint)
    let measurements = try Measurements(of: patientCase)
    let pool = try TherapyPool(
      patientCase, measurements, FactAssembly(patientCase, measurements, by: careProtocol.facts),
      by: careProtocol, parameters: joint, options: JointOptions())
    return try OptionCatalogue(pool, GroupEvaluation(pool), locks: locks, advice: .treat)
  }

  private func offered(_ catalogue: OptionCatalogue) -> Set<Modality> {
    Set(catalogue.options.compactMap(\.choice.modality))
  }

  @Test("it is refused with that reason alone, and a decision brings it back")
  func refused() throws {
    let all = try catalogue(nil)
    let whole = offered(all)
    let unavailable = Reason.Kind.judgement(.notAvailable)
    #expect(whole.contains(.sbrt) && whole.contains { $0.family == .ablation })
    #expect(!all.refused.contains { $0.reason.kind == unavailable })

    let some = try catalogue([.metastasectomy, .sbrt])
    #expect(offered(some) == whole.intersection([.metastasectomy, .sbrt]))
    let missing = some.refused.filter { $0.reason.kind == unavailable }
    #expect(Set(missing.compactMap(\.choice.modality)) == [.radiofrequency, .microwave, .cryoablation])
    #expect(Set(missing.map(\.lesion)) == ["L1", "L4"])
    for lesion in ["L1", "L4"] {
      #expect(some.options.contains { $0.id == lesion && $0.choice == .untreated })
    }

    let lock = ClinicianChoice(
      lesion: "L1", kind: .fix, choices: ["microwave"], reason: "referred to a neighbour")
    let fixed = try catalogue([.metastasectomy, .sbrt], [lock])
    #expect(
      fixed.options.filter { $0.choice.modality == .microwave }.map(\.id) == ["L1"])
    #expect(
      fixed.refused.filter { $0.choice.modality == .microwave && $0.reason.kind == unavailable }.map(\.lesion)
        == ["L4"])
  }
}
