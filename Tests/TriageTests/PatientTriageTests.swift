// SPDX-License-Identifier: Apache-2.0
import Cases
import Eligibility
import Facts
import Foundation
import Interchange
import Planning
import Testing
import Vocabulary

@testable import Triage

/// Patients of lists, as they are put on three worklists.
@Suite("Patients on worklists")
struct PatientTriageTests {
  private let careProtocol: CareProtocol
  private let triage: PatientTriage

  init() throws {
    careProtocol = try CareProtocolReader.shipped()
    triage = try PatientTriage(careProtocol)
  }

  struct Listed {
    var site: Site? = .lung
    var lobe: Lobe?
    var facts: [Fact: FactValue] = [:]
  }

  private func statement(_ value: FactValue) -> Statement? {
    switch value.knowledge {
    case .known(.number(let x)): Statement(.number(x), source: "test")
    case .known(.word(let word)): Statement(.word(word), source: "test")
    case .between(let low, let high): Statement(.interval(low, high), source: "test")
    default: nil
    }
  }

  private func triaged(_ lesions: [Listed], _ patient: [Fact: FactValue] = [:]) throws -> TriagedPatient {
    var patientCase = PatientCase(patientID: "P")
    for (number, listed) in lesions.enumerated() {
      var lesion = Lesion(id: String(number + 1), sourceName: String(number + 1))
      lesion.site = listed.site
      lesion.lobe = listed.lobe
      lesion.statements = listed.facts.compactMapValues(statement)
      patientCase.lesions.append(lesion)
    }
    patientCase.patient.statements = patient.compactMapValues(statement)
    let measurements = try Measurements(of: patientCase)
    let judge = Judge(careProtocol.ruleSet)
    let digest = PatientDigest(
      of: patientCase, measurements, by: careProtocol, judge: judge, cohort: CohortJudge(judge))
    return try triage.triage(patientCase, measurements, digest)
  }

  private func size(_ mm: Double) -> [Fact: FactValue] { [.longestAxialDiameter: .number(mm, .stated, "t")] }

  private func entry(_ service: HospitalService, _ patient: TriagedPatient) throws -> WorklistEntry {
    try #require(patient.entries.first { $0.service == service })
  }

  @Test("a lesion too large for ablation is on the other lists; a site without rules on none; each says why")
  func membership() throws {
    let patient = try triaged(
      [Listed(facts: size(12)), Listed(facts: size(55)), Listed(site: .bone, facts: size(20))],
      [.ecog: .number(1, .stated, "t")])
    let ir = try entry(.ir, patient)
    #expect(ir.candidates.map(\.lesion) == ["1"] && ir.excluded.map(\.lesion) == ["2", "3"])
    #expect(
      ir.excluded[0].judged?.verdict == .ineligible
        && ir.excluded[0].judged?.leading?.fact == .longestAxialDiameter)
    #expect(ir.excluded[1].note != nil && ir.completeness == .notAll)
    let surgery = try entry(.surgery, patient)
    #expect(surgery.candidates.map(\.lesion) == ["1", "2"])
    let bone = try triaged([Listed(site: .bone, facts: size(20))])
    #expect(bone.entries.isEmpty && bone.unlisted.map(\.service) == HospitalService.allCases)
    #expect(bone.unlisted.allSatisfy { $0.excluded.first?.note != nil && $0.advice == nil })
  }

  @Test("a patient for best supportive care is on no list, and the advice says why")
  func palliative() throws {
    let patient = try triaged([Listed(facts: size(12))], [.lifeExpectancy: .number(1, .stated, "t")])
    try #require(patient.patient.advice == .palliative, "\(patient.patient.advice)")
    #expect(patient.entries.isEmpty)
    #expect(patient.unlisted.allSatisfy { $0.advice == .palliative && $0.excluded.isEmpty })
  }

  @Test("metastases that are counted and not listed leave a patient incomplete")
  func unlistedLesions() throws {
    let all = try entry(
      .radonc, triaged([Listed(facts: size(12))], [.metastasisCount: .number(1, .stated, "t")]))
    #expect(all.unlisted == 0 && all.completeness == .here)
    let more = try entry(
      .radonc, triaged([Listed(facts: size(12))], [.metastasisCount: .number(3, .stated, "t")]))
    #expect(more.unlisted == 2 && more.completeness == .notAll)
  }

  @Test("a therapy that the service does not have is no candidate, and says so")
  func unavailable() throws {
    let yaml = """
      schema: oligoplan.protocol/1
      id: site
      version: "1"
      title: A site without ablation
      extends: \(careProtocol.id)
      available: [sbrt, metastasectomy]
      """
    let own = try CareProtocolReader.load(.init(yaml.utf8), file: "site.yaml")
    var patientCase = PatientCase(patientID: "P")
    var lesion = Lesion(id: "1", sourceName: "1")
    lesion.site = .lung
    lesion.statements = size(12).compactMapValues(statement)
    patientCase.lesions = [lesion]
    let measurements = try Measurements(of: patientCase)
    let judge = Judge(own.ruleSet)
    let digest = PatientDigest(
      of: patientCase, measurements, by: own, judge: judge, cohort: CohortJudge(judge))
    let triaged = try PatientTriage(own).triage(patientCase, measurements, digest)
    #expect(triaged.entries.map(\.service) == [.radonc, .surgery])
    let ir = try #require(triaged.unlisted.first { $0.service == .ir })
    #expect(
      ir.excluded.first?.judged?.isUnavailable == true && ir.excluded.first?.judged?.verdict != .ineligible)
  }

  /// What a criterion finds may only come later once something is no longer known, as long as the same lesions are candidates.
  @Test("taking a fact away moves nobody up", arguments: 1...40)
  func ignorance(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var lesions: [Listed] = []
    for _ in 0..<(1 + random(4)) {
      var listed = Listed(facts: size(Double(4 + random(24))))
      if random(2) == 0 { listed.lobe = Lobe.allCases[random(5)] }
      if random(2) == 0 { listed.facts[.depthFromPleura] = .number(Double(random(40)), .stated, "t") }
      if random(2) == 0 {
        listed.facts[.earlierLongestDiameter] = .number(Double(3 + random(20)), .stated, "t")
        listed.facts[.growthInterval] = .number(Double(30 + random(200)), .stated, "t")
      }
      lesions.append(listed)
    }
    var patient: [Fact: FactValue] = [.ecog: .number(Double(random(2)), .stated, "t")]
    for fact in [Fact.fev1, .dlco] where random(2) == 0 {
      patient[fact] = .number(Double(50 + random(50)), .stated, "t")
    }
    if random(2) == 0 { patient[.diseaseFreeInterval] = .number(Double(random(80)), .stated, "t") }
    if random(2) == 0 { patient[.metastasisCount] = .number(Double(lesions.count + random(2)), .stated, "t") }
    if random(2) == 0 { patient[.singleLung] = .word("no", .stated, "t") }
    let figures: Set<WorklistCriterion> = [
      .largest, .doublingTime, .sittings, .targetVolume, .visits, .registryGroup, .operations, .extent,
      .reserve,
      .completeness,
    ]
    let known = try triaged(lesions, patient)
    var compared = 0
    func hold(_ less: TriagedPatient, _ what: String) {
      for entry in less.entries {
        guard let whole = known.entries.first(where: { $0.service == entry.service }),
          whole.candidates.map(\.lesion) == entry.candidates.map(\.lesion)
        else { continue }
        let steps = triage.parameters.orders[entry.service]?.steps ?? []
        for (place, step) in steps.enumerated() where figures.contains(step.criterion) {
          compared += 1
          #expect(
            entry.levels[place] >= whole.levels[place],
            "\(entry.service) \(step.criterion) without \(what): \(whole.values[place]) then \(entry.values[place])"
          )
        }
      }
    }
    // Where no count is told the list is the whole, as everywhere in the program.
    for fact in patient.keys where fact != .metastasisCount {
      var fewer = patient
      fewer[fact] = nil
      hold(try triaged(lesions, fewer), fact.name)
    }
    for (index, listed) in lesions.enumerated() {
      for fact in listed.facts.keys {
        var fewer = lesions
        fewer[index].facts[fact] = nil
        hold(try triaged(fewer, patient), "\(fact.name) of lesion \(index + 1)")
      }
      if listed.lobe != nil {
        var fewer = lesions
        fewer[index].lobe = nil
        hold(try triaged(fewer, patient), "the lobe of lesion \(index + 1)")
      }
    }
    #expect(compared > 20)
  }

  @Test("questions are those of the best therapies; what is taken for granted is named apart")
  func questions() throws {
    let entry = try entry(
      .ir, triaged([Listed(facts: size(12)), Listed()], [.ecog: .number(1, .stated, "t")]))
    let asked = Dictionary(entry.questions.map { ($0.question, $0.lesions) }, uniquingKeysWith: { a, _ in a })
    #expect(asked[.location] == 2 && asked[.fact(.longestAxialDiameter)] == 1)
    #expect(entry.granted.contains(.inr) && asked[.fact(.inr)] == nil)
    #expect(entry.granted == entry.granted.sorted() && Set(entry.granted).count == entry.granted.count)
  }
}
