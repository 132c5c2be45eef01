// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Foundation
internal import Vocabulary

/// What the columns of a table of many patients mean: a row a lesion (long), or a row a patient with its lesions side by side
/// (wide), and what either says of the patient.
struct CohortTable: Sendable {
  /// The table as the user named it.
  let file: String
  /// What a lesion's row means; of a wide table, the row that each of its lesions makes.
  let columns: LesionListColumns
  /// The column of the patient's id.
  let idColumn: Int
  /// Columns that say something of the patient: the place and the key, as in a patient file.
  let patientColumns: [(column: Int, key: String)]
  /// How many columns a line has.
  let width: Int
  /// The lesions of a wide table, by number: for each column of `columns` the place in the line; `nil` where the table has none.
  private let wide: [(number: Int, places: [Int?])]

  /// Whether a row holds all lesions of a patient.
  var isWide: Bool { !wide.isEmpty }

  /// - Throws: `InputError` for a header without patients or lesions.
  init(_ headers: [String], _ options: LesionListOptions, file: String) throws {
    self.file = file
    width = headers.count
    let numbered = Self.numbered(headers)
    let own = Set(numbered.map(\.column))
    let plain = headers.indices.filter { !own.contains($0) }
    guard let id = Self.idColumn(headers, among: plain, options, file) else {
      throw InputError(
        file: file, place: "header", "no column names the patient", advice: "add a column patient_id")
    }
    idColumn = id
    let patientKeys = plain.filter { FactKey(headers[$0])?.fact.definition.scope == .patient }
    patientColumns = patientKeys.map { ($0, headers[$0]) }
    guard !numbered.isEmpty else {
      columns = try LesionListColumns(checking: headers, options, file: file)
      wide = []
      return
    }
    var bases: [String] = []
    for entry in numbered where !bases.contains(entry.base) { bases.append(entry.base) }
    columns = try LesionListColumns(
      checking: ["patient_id", "lesion_id"] + bases.filter { plainKey($0) != "lesionid" }, options, file: file
    )
    let names = columns.headers
    wide = Set(numbered.map(\.number)).sorted().map { number in
      (
        number,
        names.map { name in
          numbered.first { $0.number == number && plainKey($0.base) == plainKey(name) }?.column
        }
      )
    }
  }

  /// Columns that nothing is made of, for people.
  var ignored: [String] {
    let said = Set(patientColumns.map(\.key))
    return columns.ignored.filter { !said.contains($0) }
  }

  private static func idColumn(
    _ headers: [String], among places: [Int], _ options: LesionListOptions, _ file: String
  ) -> Int? {
    let own = places.map { headers[$0] }
    // Of a patient's and a series' column the patient's goes first, as in a list of one patient.
    guard let columns = try? LesionListColumns(own, sizeFactor: options.sizeFactor ?? 1, file: file),
      let place = columns.meanings.firstIndex(of: .patientID)
    else { return nil }
    return places[place]
  }

  // MARK: Wide tables

  private static let nouns: Set = [
    "lesion", "nodule", "met", "metastasis", "tumor", "tumour", "target", "l", "n",
  ]

  /// Columns of numbered lesions: "lesion1_size_mm", "nodule 2 lobe", and "size_mm_1" beside "size_mm_2".
  private static func numbered(_ headers: [String]) -> [(column: Int, number: Int, base: String)] {
    var found: [(column: Int, number: Int, base: String)] = []
    for (column, header) in headers.enumerated() {
      let words = header.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      guard let first = words.first else { continue }
      let noun = String(first.prefix { !$0.isNumber })
      if words.count > 1, nouns.contains(noun), let number = Int(first.dropFirst(noun.count)) {
        found.append((column, number, words.dropFirst().joined(separator: "_")))
      } else if words.count > 2, nouns.contains(first), let number = Int(words[1]) {
        found.append((column, number, words.dropFirst(2).joined(separator: "_")))
      }
    }
    guard found.isEmpty else { return found }
    var ending: [String: [(column: Int, number: Int)]] = [:]
    for (column, header) in headers.enumerated() {
      let words = header.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      guard words.count > 1, let last = words.last, let number = Int(last), last.count <= 3 else { continue }
      ending[words.dropLast().joined(separator: "_"), default: []].append((column, number))
    }
    // One column that ends in a number may mean anything; two of one name are lesions.
    return ending.filter { $0.value.count > 1 }.flatMap { base, places in
      places.map { ($0.column, $0.number, base) }
    }.sorted { $0.column < $1.column }
  }

  // MARK: Rows

  /// The rows of lesions that a line of the table holds.
  func rows(of record: DelimitedText.Record) -> [PatientRows.Row] {
    let place = "line \(record.line)"
    guard record.fields.count == width else {
      return [
        .init(
          place: place, fields: record.fields,
          defect: "\(record.fields.count) fields where the header has \(width)")
      ]
    }
    guard isWide else { return [.init(place: place, fields: record.fields, defect: nil)] }
    let id = record.fields[idColumn]
    return wide.compactMap { number, places in
      let fields = places.enumerated().map { index, place -> String in
        if let place { return record.fields[place] }
        return index == 0 ? id : index == 1 ? String(number) : ""
      }
      // A lesion of which nothing is said is none.
      let isSaid = places.contains { $0.map { !SpreadsheetTraces.isBlank(record.fields[$0]) } ?? false }
      return isSaid ? .init(place: "\(place), lesion \(number)", fields: fields, defect: nil) : nil
    }
  }

  /// What a line says of its patient.
  func said(in record: DelimitedText.Record) -> [(key: String, text: String, line: Int)] {
    guard record.fields.count == width else { return [] }
    return patientColumns.compactMap { column, key in
      let text = record.fields[column].trimmed
      return SpreadsheetTraces.isBlank(text) ? nil : (key, text, record.line)
    }
  }
}
