// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Planning
internal import Report
internal import Triage
internal import Vocabulary

/// Answers patients one after the other and remembers what recurs.
///
/// Of one task alone.
final class RecordDesk {
  struct Answer: Sendable {
    /// A record, or the rows of one, with their lines' ends.
    let bytes: Data
    let isError: Bool
  }

  private let desk: CohortDesk
  private let form: AssessmentFilter.Form
  private let encoder: JSONEncoder

  init(_ careProtocol: CareProtocol, options: LesionListOptions, tool: String, form: AssessmentFilter.Form) {
    desk = CohortDesk(careProtocol, options: options, tool: tool)
    self.form = form
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  func answer(_ line: Data) -> Answer {
    let hash = FileAccess.sha256(line)
    var patientID: String?
    let answered = CohortDesk.reasons {
      let parsed = try desk.reader.parsed(line)
      patientID = parsed.patientID
      return try record(try desk.reader.patient(parsed), hash)
    }
    switch answered {
    case .success(let record): return Answer(bytes: bytes(record), isError: false)
    case .failure(let errors):
      return Answer(bytes: bytes(record(of: errors.all, patientID, hash)), isError: true)
    }
  }

  private func bytes(_ record: AssessmentRecord) -> Data {
    if form == .table { return record.table }
    guard record.detail != nil else { return Data(JSONLine(record).bytes) }
    // A record is made of texts and finite numbers alone, which always encode.
    guard var bytes = try? encoder.encode(record) else { preconditionFailure("a record that is no JSON") }
    bytes.append(0x0A)
    return bytes
  }

  private func record(_ patientCase: PatientCase, _ hash: String) throws -> AssessmentRecord {
    let (measurements, digest) = try desk.judged(patientCase)
    return AssessmentRecord(
      schema: AssessmentRecord.schemaName, tool: desk.tool, protocolSHA256: desk.careProtocol.sha256,
      inputSHA256: hash,
      patientID: patientCase.patientID, advice: digest.patient.advice.rawValue, weeks: digest.patient.weeks,
      oligometastatic: digest.patient.oligometastatic.text,
      missing: digest.patient.missing.map(\.name), assumed: digest.assumed.map(\.name),
      lesions: digest.lesions.map { lesion in
        .init(
          id: lesion.lesion, site: lesion.site?.rawValue,
          modalities: lesion.modalities.map(AssessmentRecord.ModalityEntry.init),
          note: lesion.note.map(ReasonWords.text))
      }, warnings: patientCase.warnings + digest.facts.warnings,
      detail: form == .jsonLines(isDetailed: true) ? detail(patientCase, measurements, hash) : nil,
      errors: nil)
  }

  /// The whole assessment, which the record's digests must agree with.
  private func detail(
    _ patientCase: PatientCase, _ measurements: Measurements, _ hash: String
  ) -> AssessmentRecord.DetailEntry {
    let assessment = Assessment(of: patientCase, measurements, by: desk.careProtocol)
    let dossier = Dossier(
      patientCase: patientCase, measurements: measurements, assessment: assessment,
      careProtocol: desk.careProtocol, caseHash: hash, plans: [])
    let document = AssessmentDocument(dossier, assessment, tool: desk.tool)
    return AssessmentRecord.DetailEntry(
      patient: document.patient, lesions: document.lesions, sources: document.sources)
  }

  private func record(
    of errors: [InputError], _ patientID: String?, _ hash: String
  ) -> AssessmentRecord {
    AssessmentRecord(
      schema: AssessmentRecord.schemaName, tool: desk.tool, protocolSHA256: desk.careProtocol.sha256,
      inputSHA256: hash, patientID: patientID, advice: nil, weeks: nil, oligometastatic: nil, missing: nil,
      assumed: nil,
      lesions: nil,
      warnings: nil, detail: nil,
      errors: errors.map(AssessmentRecord.ErrorEntry.init))
  }
}
