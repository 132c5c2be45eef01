// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The patients of a table, one after the other: memory is bounded by a patient's rows where they stand together.
///
/// The table is read twice: first whose rows do not stand together, which are then gathered until the last of them.
struct CohortTableSource {
  /// Rows that wait for others of their patient: more are refused.
  private static let mostWaiting = 2_000_000

  let table: CohortTable
  private let sheet: PatientSheet?
  private var text: DelimitedText
  /// How many patients the table holds.
  private(set) var patients = 0
  /// How many runs of rows are still to come of patients whose rows do not stand together.
  private var runs: [String: Int]
  private var waiting: [String: Gathered] = [:]
  private var waitingRows = 0
  private var current: (id: String, gathered: Gathered)?
  private var isEnded = false

  private struct Gathered {
    var rows: [PatientRows.Row] = []
    var said: [(key: String, text: String, line: Int)] = []
  }

  /// - Parameters:
  ///   - path: CSV or TSV with a header.
  ///   - sheet: what another table says of the patients.
  /// - Throws: `InputError` for a table that cannot be read.
  ///   - seen: takes the ids of all patients in the table.
  init(
    _ path: String, _ options: LesionListOptions, sheet: PatientSheet?, seen: inout Set<String>
  ) throws {
    let kind = FileKind(path)
    if let refusal = kind.refusal(path, wanted: .lesionList) { throw refusal }
    switch kind {
    case .dicom, .slicerFiducials:
      throw InputError(
        file: path, "is of one patient, a cohort's list is expected",
        advice: "a cohort comes as CSV or TSV, JSON lines, or a folder of cases")
    default: break
    }
    guard options.sheet == nil, !options.fillsDown else {
      throw InputError(
        file: path, "is read row by row, so --sheet and --fill-down do not apply to it",
        advice: "export the sheet as CSV, with a patient id in every row")
    }
    self.sheet = sheet
    text = try DelimitedText(path: path)
    guard let header = try text.record() else {
      throw InputError(file: path, "is empty", advice: "a header line and one row a lesion are expected")
    }
    table = try CohortTable(
      try LesionListColumns.renamed(header.fields.map(\.trimmed), options, file: path), options, file: path)
    runs = [:]
    var last: String?
    var scan = try DelimitedText(path: path)
    _ = try scan.record()
    while let record = try scan.record() {
      guard let id = id(of: record) else { continue }
      // Merged cells and short rows: whose the row is cannot be told, and the patient above would lose a lesion.
      guard !id.isEmpty else {
        throw InputError(
          file: path, place: "line \(record.line)", "the patient id is empty",
          advice: "fill it in every row; a blank is not the row above's")
      }
      seen.insert(id)
      guard id != last else { continue }
      last = id
      runs[id, default: 0] += 1
    }
    patients = runs.count
    runs = runs.filter { $0.value > 1 }
  }

  /// The patient of a line; `nil` for a line that says nothing.
  private func id(of record: DelimitedText.Record) -> String? {
    if record.fields.allSatisfy(SpreadsheetTraces.isBlank) { return nil }
    // Sums and statistics over lesions are nobody's.
    if record.fields.count == table.width, !table.isWide,
      SummaryRows.name(table.columns, record.fields) != nil
    {
      return nil
    }
    return table.idColumn < record.fields.count ? record.fields[table.idColumn].trimmed : ""
  }

  /// The next patient; `nil` at the end.
  ///
  /// - Throws: `InputError` where the table cannot be read further.
  mutating func next() throws(InputError) -> PatientRows? {
    while !isEnded {
      guard let record = try text.record() else {
        isEnded = true
        return closed()
      }
      guard let id = id(of: record) else { continue }
      let finished = current.map { $0.id != id } ?? false ? closed() : nil
      if current == nil { current = (id, Gathered()) }
      current?.gathered.rows += table.rows(of: record)
      current?.gathered.said += table.said(in: record)
      guard waitingRows <= Self.mostWaiting else {
        throw InputError(
          file: table.file, place: "line \(record.line)",
          "\(waitingRows) rows before it wait for others of their patients",
          advice: "sort the table by patient: sort -t, -k1,1")
      }
      if let finished { return finished }
    }
    return nil
  }

  /// Ends the run of rows that was read; the patient where it was the last one.
  private mutating func closed() -> PatientRows? {
    guard let (id, gathered) = current else { return nil }
    current = nil
    guard let left = runs[id] else { return made(id, gathered) }
    // In place: whoever copied what waits would copy it once a run.
    waiting[id, default: Gathered()].rows += gathered.rows
    waiting[id, default: Gathered()].said += gathered.said
    waitingRows += gathered.rows.count
    guard left == 1 else {
      runs[id] = left - 1
      return nil
    }
    let all = waiting.removeValue(forKey: id) ?? Gathered()
    waitingRows -= all.rows.count
    return made(id, all)
  }

  private func made(_ id: String, _ gathered: Gathered) -> PatientRows {
    PatientRows(
      table: table, patientID: id, rows: gathered.rows, said: gathered.said + (sheet?.said(of: id) ?? []))
  }
}
