// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Foundation
internal import Vocabulary

/// A table of patients, one a row: the patient's id, and columns named like the keys of a patient file.
struct PatientSheet: Sendable {
  /// The table as the user named it.
  let file: String
  /// Columns that nothing is made of, for people.
  let ignored: [String]
  private let keys: [(column: Int, key: String)]
  private let rows: [String: [(line: Int, fields: [String])]]

  /// - Throws: `InputError` for a table that cannot be read or names no patient.
  init(_ path: String) throws(InputError) {
    file = path
    var text = try DelimitedText(path: path)
    guard let header = try text.record() else {
      throw InputError(file: path, "is empty", advice: "a header line and one row a patient are expected")
    }
    let names = header.fields.map(\.trimmed)
    guard
      let id = names.firstIndex(where: {
        ["patientid", "patient", "subjectid", "usubjid", "caseid"].contains(plainKey($0))
      })
    else {
      throw InputError(
        file: path, place: "header", "no column names the patient", advice: "add a column patient_id")
    }
    var keys: [(column: Int, key: String)] = []
    var ignored: [String] = []
    for (column, name) in names.enumerated() where column != id && !name.isEmpty {
      if let bare = FactKey.withoutUnit(name), bare.scope == .patient {
        throw InputError(
          file: path, place: "header", "column \"\(name)\" has no unit", advice: "write \(bare.key)")
      }
      if FactKey(name)?.fact.definition.scope == .patient {
        keys.append((column, name))
      } else {
        ignored.append(name)
      }
    }
    self.keys = keys
    self.ignored = ignored
    var rows: [String: [(line: Int, fields: [String])]] = [:]
    while let record = try text.record() {
      if record.fields.allSatisfy(SpreadsheetTraces.isBlank) { continue }
      guard record.fields.count == names.count else {
        throw InputError(
          file: path, place: "line \(record.line)",
          "\(record.fields.count) fields where the header has \(names.count)",
          advice: "quote fields that hold the separator")
      }
      rows[record.fields[id].trimmed, default: []].append((record.line, record.fields))
    }
    self.rows = rows
  }

  /// The patients of the table.
  var ids: [String] { Array(rows.keys) }

  /// What the table says of a patient; a patient that stands twice says everything twice, which is refused where it is read.
  func said(of id: String) -> [(key: String, text: String, line: Int)] {
    (rows[id] ?? []).flatMap { line, fields in
      keys.compactMap { column, key in
        let text = fields[column].trimmed
        return SpreadsheetTraces.isBlank(text) ? nil : (key, text, line)
      }
    }
  }
}
