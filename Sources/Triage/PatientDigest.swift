// SPDX-License-Identifier: Apache-2.0
public import Cases
public import Eligibility
public import Facts
public import Planning
public import Resection

/// What a worklist needs of one patient's assessment: the same answers as `Assessment` has, without words and findings.
public struct PatientDigest: Sendable {
  /// The patient.
  public let patient: PatientJudgement
  /// The lesions, in the case's order.
  public let lesions: [LesionDigest]
  /// The registry group if every lung metastasis can be resected; `nil` where interval or number are not known closely
  /// enough, or there is no lung metastasis.
  public let registryGroup: IRLMGroup?
  /// Facts about the patient and each lesion, as they were judged.
  public let facts: FactAssembly
  /// What is known of each lesion and its patient, in the case's order.
  public let lesionFacts: [FactTable]

  /// Facts that some therapy of some lesion took at their usual value, in their order.
  public var assumed: [Fact] {
    var all: Set<Fact> = []
    // Lesions of one patient take the same for granted, mostly: one list for all of them, which is told by its place.
    var seen: [UnsafeRawPointer?] = []
    for digest in lesions.lazy.flatMap(\.modalities) where digest.verdict != .ineligible {
      let place = digest.assumed.withUnsafeBytes { $0.baseAddress }
      guard !seen.contains(place) else { continue }
      seen.append(place)
      all.formUnion(digest.assumed)
    }
    return all.inOrder()
  }

  /// Judges a measured case by a protocol.
  ///
  /// - Parameters:
  ///   - judge: judges the patient.
  ///   - cohort: judges the lesions, by the same rules; remembers what it learns.
  public init(
    of patientCase: PatientCase, _ measurements: Measurements, by careProtocol: CareProtocol, judge: Judge,
    cohort: CohortJudge
  ) {
    let facts = FactAssembly(patientCase, measurements, by: careProtocol.facts)
    self.facts = facts
    patient = judge.judgePatient(facts.patient)
    registryGroup = Assessment.registryGroup(facts.patient)
    let tables = patientCase.lesions.map { facts.facts(of: $0) }
    lesionFacts = tables
    lesions = zip(patientCase.lesions, tables).map { lesion, table in
      cohort.judge(lesion: lesion.id, site: facts.site(of: lesion), facts: table)
    }
  }
}
