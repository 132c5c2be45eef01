// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Evidence
internal import Facts
internal import Interchange
internal import Planning
import Reasons
import Report
internal import Resection
import Testing
internal import Vocabulary

/// Forty patients of pulmonary metastasectomy: who is operated on, on whom the board decides, who is held.
@Suite struct MetastasectomyPatientsTests {
  private static let shipped = Result { try CareProtocolReader.shipped() }

  private let careProtocol: CareProtocol
  private let judge: Judge

  init() throws {
    careProtocol = try Self.shipped.get()
    judge = Judge(careProtocol.ruleSet)
  }

  // MARK: The data

  @Test func fortyPatientsWithIdsOfTheirOwn() {
    #expect(MetastasectomyPatient.all.count == 40)
    #expect(Set(MetastasectomyPatient.all.map(\.id)).count == MetastasectomyPatient.all.count)
  }

  @Test func everyListIsOfOneClass() {
    #expect(MetastasectomyPatient.operated.allSatisfy { $0.expected == .operates })
    #expect(MetastasectomyPatient.decided.allSatisfy { $0.expected == .boardDecides })
    #expect(MetastasectomyPatient.held.allSatisfy { $0.expected == .holds })
  }

  @Test(arguments: MetastasectomyPatient.all)
  func factsAreOfTheCatalogue(patient: MetastasectomyPatient) {
    patient.told.expectCatalogued(of: patient.description)
  }

  @Test(arguments: MetastasectomyPatient.all)
  func sourcesAreInTheBibliography(patient: MetastasectomyPatient) {
    #expect(!patient.keys.isEmpty)
    for key in patient.keys {
      #expect(careProtocol.bibliography[key] != nil, "\(patient): no source \(key)")
    }
  }

  // MARK: The answers

  @Test(arguments: MetastasectomyPatient.all)
  func classIsThatOfTheEvidence(patient: MetastasectomyPatient) throws {
    let (surgery, whole) = try judged(patient)
    let answer = try found(patient)
    #expect(
      answer == patient.expected,
      """
      \(patient): \(answer), expected \(patient.expected); metastasectomy \(surgery.verdict.word), \
      advice \(whole.advice.title); of metastasectomy: \(Self.words(surgery.findings)); \
      of the patient: \(Self.words(whole.findings)); required: \(asked(whole).map(\.text))
      """)
  }

  @Test(arguments: MetastasectomyPatient.all)
  func registryGroupFollowsFromResectabilityIntervalAndNumber(patient: MetastasectomyPatient) throws {
    guard let expected = patient.irlm else { return }
    let months = try number("diseaseFreeInterval", of: patient)
    let nodules = try number("lungMetastasisCount", of: patient)
    let group = IRLMGroup(
      isResectable: patient.isResectable, diseaseFreeMonths: months, nodules: Int(nodules))
    #expect(group == expected, "\(patient): resectable \(patient.isResectable), \(months) months, \(nodules)")
  }

  /// Everything was told, so neither verdict nor advice may hang on an unknown fact or on a usual value.
  @Test(arguments: MetastasectomyPatient.all)
  func nothingIsTakenForGranted(patient: MetastasectomyPatient) throws {
    let (surgery, whole) = try judged(patient)
    #expect(surgery.verdict != .indeterminate, "\(patient): \(Self.words(surgery.findings))")
    #expect(surgery.providedThat.isEmpty, "\(patient): provided \(surgery.providedThat)")
    #expect(whole.providedThat.isEmpty, "\(patient): provided \(whole.providedThat)")
  }

  // MARK: Reading a patient

  /// The class of what the shipped protocol answers.
  private func found(_ patient: MetastasectomyPatient) throws -> MetastasectomyPatient.Class {
    let (surgery, whole) = try judged(patient)
    if surgery.verdict == .ineligible { return .holds }
    switch whole.advice {
    case .observe, .systemicFirst, .stageFirst, .palliative: return .holds
    case .boardOnly: return .boardDecides
    case .treat: return surgery.verdict == .eligible && asked(whole).isEmpty ? .operates : .boardDecides
    }
  }

  /// What this patient requires beyond what every patient does.
  private func asked(_ whole: PatientJudgement) -> [Requirement] {
    whole.requires.filter { !careProtocol.ruleSet.requirements.contains($0) }
  }

  private func judged(_ patient: MetastasectomyPatient) throws -> (ModalityJudgement, PatientJudgement) {
    let table = try facts(patient)
    let lesion = judge.judge(lesion: patient.id, site: .lung, facts: table)
    let surgery = try #require(
      lesion.modalities.first(where: { $0.modality == .metastasectomy }),
      "\(patient): metastasectomy was not judged")
    return (surgery, judge.judgePatient(table))
  }

  private func facts(_ patient: MetastasectomyPatient) throws -> FactTable {
    try patient.told.table(of: patient.id)
  }

  private func number(_ name: String, of patient: MetastasectomyPatient) throws -> Double {
    var value: Double?
    if case .number(let x)? = patient.told[name] { value = x }
    return try #require(value, "\(patient): \(name) is not told as a number")
  }

  // MARK: Words for failures

  private static func words(_ findings: [Finding]) -> String {
    findings.prefix(3).map { "\($0.rule) \($0.effect.rawValue): \(ReasonWords.text($0.reason))" }.joined(
      separator: " · ")
  }
}

extension MetastasectomyPatient: CustomTestStringConvertible, CustomStringConvertible {
  var description: String { "\(id), \(line) [\(source)]" }
  var testDescription: String { "\(id): \(line)" }
}
