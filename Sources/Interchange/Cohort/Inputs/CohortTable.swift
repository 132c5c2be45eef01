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
  /// Of these, how many after the first two are of all lesions of a line.
  private var sharedCount = 0

  /// Whether a row holds all lesions of a patient.
  var isWide: Bool { !wide.isEmpty }

  /// Columns that nothing is made of, for people.
  let ignored: [String]

  /// - Throws: `InputError` for a header without patients or lesions, or with columns of one lesion beside those of several.
  init(_ headers: [String], _ options: LesionListOptions, file: String) throws {
    self.file = file
    width = headers.count
    let meanings = headers.map { Self.meaning(of: $0, options, file) }
    guard let id = Self.idColumn(headers, meanings) else {
      throw InputError(
        file: file, place: "header", "no column names the patient", advice: "add a column patient_id")
    }
    idColumn = id
    // A number makes a lesion's column only of what says something about lesions.
    let numbered = Self.numbered(headers).filter { entry in
      switch Self.meaning(of: entry.base, options, file) {
      case .ignored?, .patientID?: false
      default: true
      }
    }
    let own = Set(numbered.map(\.column))
    let plain = headers.indices.filter { !own.contains($0) && $0 != id }
    let ofPatient = plain.filter { FactKey(headers[$0])?.fact.definition.scope == .patient }
    patientColumns = ofPatient.map { ($0, headers[$0]) }
    guard !numbered.isEmpty else {
      columns = try LesionListColumns(checking: headers, options, file: file)
      wide = []
      ignored = columns.ignored.filter { name in !ofPatient.contains { headers[$0] == name } }
      return
    }
    // What holds for all lesions of a line: its scan, its frame, the kind of its diameters.
    let shared = plain.filter { column in
      switch meanings[column] {
      case .scanDate?, .study?, .frameOfReference?, .diameterKind?: true
      default: false
      }
    }
    let rest = plain.filter { !ofPatient.contains($0) && !shared.contains($0) }
    let ofOne = rest.filter { meanings[$0] != .ignored && meanings[$0] != .patientID }
    guard ofOne.isEmpty else {
      throw InputError(
        file: file, place: "header",
        "columns \(ofOne.map { headers[$0] }.joined(separator: ", ")) are of one lesion, \(numbered.map { headers[$0.column] }.joined(separator: ", ")) of several",
        advice: "number all columns of lesions (lesion1_lobe, lesion2_lobe), or none and write a row a lesion"
      )
    }
    var bases: [String] = []
    var named: [Int: Int] = [:]
    for entry in numbered {
      if Self.meaning(of: entry.base, options, file) == .lesionID {
        named[entry.number] = entry.column
      } else if !bases.contains(entry.base) {
        bases.append(entry.base)
      }
    }
    columns = try LesionListColumns(
      checking: ["patient_id", "lesion_id"] + shared.map { headers[$0] } + bases, options, file: file)
    wide = Set(numbered.map(\.number)).sorted().map { number in
      (
        number,
        [id, named[number]] + shared
          + bases.map { base in numbered.first { $0.number == number && $0.base == base }?.column }
      )
    }
    sharedCount = shared.count
    ignored = rest.filter { meanings[$0] == .ignored && !headers[$0].isEmpty }.map { headers[$0] }
  }

  /// What one column means; `nil` where it is a lesion's and lacks something, as a unit, which is said where all are read.
  private static func meaning(
    of header: String, _ options: LesionListOptions, _ file: String
  ) -> LesionListColumns.Meaning? {
    try? LesionListColumns([header], sizeFactor: options.sizeFactor, file: file).meanings.first
  }

  /// Of a patient's and a series' column the patient's goes first, as in a list of one patient.
  private static func idColumn(
    _ headers: [String], _ meanings: [LesionListColumns.Meaning?]
  ) -> Int? {
    let found = headers.indices.filter { meanings[$0] == .patientID }
    return found.first { !plainKey(headers[$0]).hasPrefix("series") } ?? found.first
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
    return wide.compactMap { number, places in
      var fields = places.map { $0.map { record.fields[$0] } ?? "" }
      if SpreadsheetTraces.isBlank(fields[1]) { fields[1] = String(number) }
      // A lesion of which nothing is said is none; what holds for all of a line says nothing of one.
      let isSaid = places.dropFirst(2 + sharedCount).contains { place in
        place.map { !SpreadsheetTraces.isBlank(record.fields[$0]) } ?? false
      }
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
