// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Evidence
internal import Facts
internal import Interchange
internal import Planning
import Reasons
import Report
import Testing
internal import Vocabulary

/// Thirty patients from trials and series: the shipped protocol answers them as a tumour board would.
@Suite struct TrialPatientsTests {
  private static let shipped = Result { try CareProtocolReader.shipped() }

  private let careProtocol: CareProtocol
  private let judge: Judge

  init() throws {
    careProtocol = try Self.shipped.get()
    judge = Judge(careProtocol.ruleSet)
  }

  // MARK: The data

  @Test func thirtyPatientsWithIdsOfTheirOwn() {
    #expect(TrialPatient.all.count == 30)
    #expect(Set(TrialPatient.all.map(\.id)).count == TrialPatient.all.count)
  }

  @Test(arguments: TrialPatient.all)
  func factsAreOfTheCatalogue(patient: TrialPatient) {
    patient.told.expectCatalogued(of: patient.description)
  }

  @Test(arguments: TrialPatient.all)
  func sourcesAreInTheBibliography(patient: TrialPatient) {
    #expect(!patient.keys.isEmpty)
    for key in patient.keys {
      #expect(careProtocol.bibliography[key] != nil, "\(patient): no source \(key)")
    }
  }

  // MARK: The answers

  @Test(arguments: TrialPatient.all)
  func verdictsAreThoseTheEvidenceAllows(patient: TrialPatient) throws {
    let judged = try judge(patient)
    for modality in Modality.allCases {
      guard let allowed = patient.verdicts[modality] else { continue }
      let found = try #require(judged[modality], "\(patient): \(modality.title) was not judged")
      #expect(
        allowed.contains(found.verdict),
        "\(patient): \(Self.words(found)); allowed: \(Self.words(allowed))")
    }
    for modality in Modality.allCases where patient.neverEligible.contains(modality) {
      let found = try #require(judged[modality], "\(patient): \(modality.title) was not judged")
      #expect(found.verdict != .eligible, "\(patient): \(Self.words(found)); must not be eligible")
    }
  }

  @Test(arguments: TrialPatient.all)
  func orderIsThatOfTheEvidence(patient: TrialPatient) throws {
    let judged = try judge(patient)
    if !patient.first.isEmpty {
      let best = try #require(judged.list.first)
      #expect(
        patient.first.contains(best.modality),
        "\(patient): first is \(Self.words(best)); expected one of \(patient.first.map(\.title).sorted())")
    }
    for (better, worse) in patient.order {
      let a = try #require(judged[better])
      let b = try #require(judged[worse])
      #expect(a.precedes(b), "\(patient): \(Self.words(a)) does not come before \(Self.words(b))")
    }
  }

  @Test(arguments: TrialPatient.all)
  func adviceIsWhatTheBoardWouldSay(patient: TrialPatient) throws {
    let found = judge.judgePatient(try facts(patient))
    #expect(
      patient.advice.contains(found.advice),
      """
      \(patient): advice \(found.advice.title); allowed: \(patient.advice.map(\.title).sorted()); \
      findings: \(Self.words(found.findings))
      """)
    if found.advice == .observe {
      #expect((4...12).contains(found.weeks ?? 0), "\(patient): observe for \(found.weeks ?? 0) weeks")
    }
  }

  @Test(arguments: TrialPatient.all)
  func boardWouldDoTheSame(patient: TrialPatient) throws {
    let judged = try judge(patient)
    let advice = judge.judgePatient(try facts(patient)).advice
    let verdicts = judged.list.map { "\($0.modality.title) \($0.verdict.word)" }
    switch patient.board {
    case .treats:
      #expect(
        judged.list.contains { $0.verdict == .eligible },
        "\(patient): a board treats, but nothing is eligible: \(verdicts)")
      #expect(advice == .treat, "\(patient): a board treats, but the advice is \(advice.title)")
    case .conditionally:
      #expect(
        judged.list.contains { $0.verdict <= .conditional },
        "\(patient): a board has a conditional way, but all is closed: \(verdicts)")
    case .holds:
      #expect(advice != .treat, "\(patient): a board holds, but the advice is to treat")
    }
  }

  /// Everything was told, so no verdict may hang on an unknown fact or on a usual value.
  @Test(arguments: TrialPatient.all)
  func nothingIsTakenForGranted(patient: TrialPatient) throws {
    for found in try judge(patient).list {
      #expect(found.verdict != .indeterminate, "\(patient): \(Self.words(found))")
      #expect(
        found.providedThat.isEmpty,
        "\(patient): \(found.modality.title) provided \(found.providedThat)")
    }
  }

  // MARK: Reading a patient

  private struct Judged {
    let list: [ModalityJudgement]
    subscript(modality: Modality) -> ModalityJudgement? { list.first { $0.modality == modality } }
  }

  private func judge(_ patient: TrialPatient) throws -> Judged {
    let judgement = judge.judge(lesion: patient.id, site: patient.site, facts: try facts(patient))
    return Judged(list: judgement.modalities)
  }

  private func facts(_ patient: TrialPatient) throws -> FactTable { try patient.told.table(of: patient.id) }

  // MARK: Words for failures

  private static func words(_ judgement: ModalityJudgement) -> String {
    "\(judgement.modality.title) \(judgement.verdict.word) (score \(judgement.roundedScore); "
      + "\(words(judgement.findings)))"
  }

  private static func words(_ findings: [Finding]) -> String {
    findings.prefix(3).map { "\($0.rule) \($0.effect.rawValue): \(ReasonWords.text($0.reason))" }.joined(
      separator: " · ")
  }

  private static func words(_ verdicts: Set<Verdict>) -> String {
    verdicts.sorted().map(\.word).joined(separator: " or ")
  }
}

extension TrialPatient: CustomTestStringConvertible, CustomStringConvertible {
  var description: String { "\(id), \(line) [\(source)]" }
  var testDescription: String { "\(id): \(line)" }
}
