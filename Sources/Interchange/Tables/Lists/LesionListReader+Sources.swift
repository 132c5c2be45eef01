// SPDX-License-Identifier: Apache-2.0
// Where the rows of a list come from: a table, a sheet, Slicer's points, or the groups of a report.
internal import Foundation

extension LesionListReader {
  static func read(_ path: String, _ options: LesionListOptions) throws -> LesionList {
    let kind = FileKind(path)
    var reader = LesionListReader(file: path, options: options)
    if kind == .archive, Workbook.isWorkbook(path) {
      try reader.readSheet(path)
      return try reader.finish()
    }
    if let refusal = kind.refusal(path, wanted: .lesionList) { throw refusal }
    if kind == .slicerFiducials {
      try reader.take(try SlicerPoints.table(path))
    } else if path.lowercased().hasSuffix(".json") {
      try reader.readJSON(path)
    } else {
      try reader.readTable(path)
    }
    return try reader.finish()
  }

  /// Reads the rows of a source that is no table.
  ///
  /// - Parameter file: the source, for messages.
  /// - Throws: as reading a list does.
  static func read(_ table: LesionTable, file: String, _ options: LesionListOptions) throws -> LesionList {
    var reader = LesionListReader(file: file, options: options)
    try reader.take(table)
    return try reader.finish()
  }

  private mutating func take(_ table: LesionTable) throws {
    list.warnings += table.warnings
    let headers = table.headers
    let columns = try self.columns(headers)
    for entry in table.rows {
      if isTooLong { break }
      row(columns, headers.map { entry.cells[$0] ?? "" }, place: entry.place)
    }
  }

  private mutating func readTable(_ path: String) throws {
    var text = try DelimitedText(path: path)
    try readRecords { try text.record() }
  }

  private mutating func readSheet(_ path: String) throws {
    let workbook = try Workbook(path: path)
    if let note = workbook.note(sheet: options.sheet) { list.warnings.append("\(name): \(note)") }
    let rows = try workbook.rows(sheet: options.sheet, fillsDown: options.fillsDown)
    var next = rows.makeIterator()
    try readRecords { next.next() }
  }

  /// Reads a header and the rows below it.
  private mutating func readRecords(_ next: () throws -> DelimitedText.Record?) throws {
    guard let header = try next() else {
      throw InputError(file: file, "is empty", advice: "a header line and one row a lesion are expected")
    }
    let columns = try self.columns(header.fields.map(\.trimmed))
    var above: [String]?
    // The first errors tell what is wrong; a list of nothing else is not read to its end.
    while errors.count < Self.toldErrors, !isTooLong, let record = try next() {
      // Spreadsheets close rows that hold nothing with more or fewer separators than the header has.
      if record.fields.allSatisfy(SpreadsheetTraces.isBlank) { continue }
      guard record.fields.count == columns.meanings.count else {
        rows += 1
        fail(
          "line \(record.line)",
          "\(record.fields.count) fields where the header has \(columns.meanings.count)",
          "quote fields that hold the separator")
        continue
      }
      let fields = options.fillsDown ? columns.filled(record.fields, from: above) : record.fields
      above = fields
      row(columns, fields, place: "line \(record.line)")
    }
  }
}
