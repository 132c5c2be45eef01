// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Foundation
internal import Planning
internal import Report
internal import Triage
internal import Vocabulary

/// Puts patients on worklists one after the other.
///
/// Of one task alone.
final class TriageDesk {
  /// A patient's line, and what is needed of it to order the lists without reading it again.
  struct Answer: Sendable {
    /// The line, with its end.
    let bytes: Data
    /// The rows of the lists that the patient is on.
    let rows: [(service: String, row: WorklistRow)]
    let patientID: String?
    /// Who it is about, as people may see it; empty where nothing tells.
    let name: String
    /// The program that made it.
    let tool: String
    let inputSHA256: String
    /// What the user said about lists.
    let options: [String]
    /// Why the patient could not be read; `nil` where it was.
    let errors: [AssessmentRecord.ErrorEntry]?
  }

  private let desk: CohortDesk
  private let triage: PatientTriage
  private let said: [String]
  private let options: LesionListOptions
  /// The criteria of each service's order, by their words.
  private let steps: [String: [String]]
  private let decoder = JSONDecoder()

  init(
    _ careProtocol: CareProtocol, _ triage: PatientTriage, options: LesionListOptions, tool: String
  ) {
    desk = CohortDesk(careProtocol, options: options, tool: tool)
    self.triage = triage
    self.options = options
    said = options.words
    steps = Dictionary(
      triage.parameters.orders.map { ($0.key.rawValue, $0.value.steps.map(\.criterion.rawValue)) },
      uniquingKeysWith: { first, _ in first })
  }

  func answer(_ item: CohortItem) -> Answer {
    var patientID: String?
    var source: String?
    var hash = ""
    let answered = CohortDesk.reasons { () -> Answer in
      hash = try item.sha256()
      switch item {
      case .line(let data):
        let parsed = try desk.reader.parsed(data)
        patientID = parsed.patientID
        if parsed.root["schema"] as? String == TriageLine.schemaName { return try answer(again: data) }
        return answer(try line(try desk.reader.patient(parsed), hash))
      case .rows(let rows):
        patientID = rows.patientID.isEmpty ? nil : VisibleText.escaped(rows.patientID)
        return answer(try line(try desk.reader.patient(rows), hash))
      case .stored(let path):
        source = VisibleText.escaped(path)
        let patientCase = try CaseStore.read(path).patientCase
        patientID = patientCase.patientID
        return answer(try line(patientCase, hash, source: source))
      case .folders(let paths):
        source = VisibleText.escaped(paths[0])
        let contents = try FolderContents(paths)
        let patientCase = try CaseImport(contents, of: paths[0], options).run()
        patientID = patientCase.patientID
        return answer(try line(patientCase, hash, source: source))
      }
    }
    switch answered {
    case .success(let answer): return answer
    case .failure(let errors): return answer(line(of: errors.all, patientID, source, hash))
    }
  }

  /// A patient that was triaged before.
  ///
  /// - Throws: `InputError` for a line that is not as this version writes it, or made by another protocol.
  func answer(again data: Data) throws(InputError) -> Answer {
    guard let line = try? decoder.decode(TriageLine.self, from: data) else {
      throw InputError(
        file: PatientLineReader.file, "is no line of this version's triage",
        advice: "triage the patient again")
    }
    guard line.protocolSHA256 == desk.careProtocol.sha256 else {
      throw InputError(
        file: PatientLineReader.file,
        "was triaged by another protocol (SHA-256 \(line.protocolSHA256.prefix(12))…)",
        advice: "give the same --protocol, or triage the patient again")
    }
    var bytes = data
    bytes.append(0x0A)
    return answer(line, bytes)
  }

  /// Whether a line was made with what the user says about lists now.
  func isSaidAlike(_ answer: Answer) -> Bool { answer.options == said }

  private func answer(_ line: TriageLine, _ bytes: Data? = nil) -> Answer {
    Answer(
      bytes: bytes ?? Data(JSONLine(line).bytes), rows: line.rows, patientID: line.patientID,
      name: line.patientID ?? line.source ?? "", tool: line.tool,
      inputSHA256: line.inputSHA256, options: line.options ?? [], errors: line.errors)
  }

  private func line(
    _ patientCase: PatientCase, _ hash: String, source: String? = nil
  ) throws -> TriageLine {
    let (measurements, digest) = try desk.judged(patientCase)
    let triaged = try triage.triage(patientCase, measurements, digest)
    let patientID = patientCase.patientID
    let place = patientID == nil ? source : nil
    let warnings = patientCase.warnings + triaged.warnings
    func row(_ service: String) -> WorklistRow? {
      triaged.entries.first { $0.service.rawValue == service }.map {
        WorklistRow(
          $0, of: triaged, patientID: patientID, source: place, by: steps[service] ?? [], warnings: warnings)
      }
    }
    return TriageLine(
      schema: TriageLine.schemaName, tool: desk.tool, protocolSHA256: desk.careProtocol.sha256,
      inputSHA256: hash, patientID: patientID, source: place, options: said.isEmpty ? nil : said,
      advice: triaged.patient.advice.rawValue, weeks: triaged.patient.weeks,
      oligometastatic: triaged.patient.oligometastatic.text,
      lesions: digest.lesions.map { lesion in
        .init(
          id: lesion.lesion, site: lesion.site?.rawValue,
          therapies: lesion.modalities.map {
            .init(modality: $0.modality.rawValue, verdict: $0.verdict.word, leading: LeadingWords.text($0))
          })
      }, ir: row("ir"), radonc: row("radonc"),
      surgery: row("surgery"), unlisted: triaged.unlisted.map(UnlistedRow.init),
      warnings: warnings, errors: nil)
  }

  private func line(
    of errors: [InputError], _ patientID: String?, _ source: String?, _ hash: String
  ) -> TriageLine {
    TriageLine(
      schema: TriageLine.schemaName, tool: desk.tool, protocolSHA256: desk.careProtocol.sha256,
      inputSHA256: hash, patientID: patientID, source: source, options: said.isEmpty ? nil : said,
      advice: nil, weeks: nil,
      oligometastatic: nil, lesions: nil, ir: nil, radonc: nil, surgery: nil, unlisted: nil, warnings: nil,
      errors: errors.map(AssessmentRecord.ErrorEntry.init))
  }
}

extension LesionListOptions {
  /// What the user says about lists, as options name it: it decides what lines mean, so it stands in them.
  var words: [String] {
    [
      diameterKind.map { "diameter-kind=\($0.rawValue)" }, site.map { "site=\($0.rawValue)" },
      sizeFactor.map { "size-factor=\($0)" }, sheet.map { "sheet=\($0)" }, fillsDown ? "fill-down" : nil,
    ].compactMap(\.self)
      + usualColumns.merging(columns) { _, given in given }.sorted { $0.key < $1.key }.map {
        "column=\(VisibleText.escaped($0.key))=\($0.value)"
      }
  }
}
