// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Quantities
internal import Vocabulary

/// Reads lesion lists, one row a lesion: CSV and TSV in a stream, JSON whole.
struct LesionListReader {
  let file: String
  /// Made once: a name is as costly as a cell.
  let name: String
  let options: LesionListOptions
  var list = LesionList()
  var errors: [InputError] = []
  private var ids: Set<String> = []
  private var scans = ListScans()
  private var summaries: [String] = []
  private var withoutData = 0
  private var patients: Set<String> = []
  var rows = 0
  private var dropped = 0
  /// Rows of the patient that is read, whether or not they could be used.
  private var rowsOfPatient = 0
  /// More patients than this are counted as "more", so that memory stays bounded.
  private static let countedPatients = 1000
  static let toldErrors = 50
  /// A reader that is given rows or entries one after the other; `finish` closes the list.
  init(file: String, options: LesionListOptions) {
    self.file = file
    name = FileAccess.name(of: file)
    self.options = options
  }

  mutating func readJSON(_ path: String) throws {
    let data = try FileAccess.read(path, limit: InputLimits.jsonBytes)
    guard let root = try? JSONSerialization.jsonObject(with: data) else {
      throw InputError(file: file, "is not valid JSON")
    }
    let keys = try keys(of: root)
    let columns = try self.columns(keys)
    try take(json: root, keys: keys, columns)
  }

  private func entries(of root: Any) throws(InputError) -> [[String: Any]] {
    let object = root as? [String: Any]
    guard let entries = (root as? [[String: Any]]) ?? (object?["lesions"] as? [[String: Any]]) else {
      throw InputError(
        file: file, "is no lesion list",
        advice: "an array of objects, or an object with an array \"lesions\", one object a lesion")
    }
    return entries
  }

  /// The keys of all entries of a parsed list, sorted.
  func keys(of root: Any) throws(InputError) -> [String] {
    try entries(of: root).reduce(into: Set<String>()) { $0.formUnion($1.keys) }.sorted()
  }

  /// Takes the entries of a parsed list: an array of objects, or an object with one under `lesions`.
  ///
  /// - Parameters:
  ///   - keys: of all entries, as `keys(of:)` has them.
  ///   - columns: what they mean.
  mutating func take(json root: Any, keys: [String], _ columns: LesionListColumns) throws {
    let entries = try entries(of: root)
    if let told = (root as? [String: Any])?.first(where: { plainKey($0.key) == "patientid" })?.value {
      guard let id = told as? String else { throw InputError(file: file, "patient_id must be text") }
      if let defect = NameLength.defect(of: id, "patient id") {
        throw InputError(file: file, defect, advice: NameLength.advice)
      }
      list.patientID = id
    }
    entries: for (index, entry) in entries.enumerated() {
      if isTooLong { break }
      var fields: [String] = []
      for key in keys {
        switch entry[key] {
        case let text as String: fields.append(text)
        case let number as NSNumber where String(cString: number.objCType) != "c":
          fields.append(number.stringValue)
        case nil, is NSNull: fields.append("")
        case .some:
          rows += 1
          fail("entry \(index + 1)", "\(key) is neither text nor number", "")
          continue entries
        }
      }
      row(columns, fields, place: "entry \(index + 1)")
    }
  }

  mutating func columns(_ headers: [String]) throws -> LesionListColumns {
    let columns = try LesionListColumns(
      checking: try LesionListColumns.renamed(headers, options, file: file), options, file: file)
    warn(ofUnused: columns)
    return columns
  }

  /// Says which columns are not used.
  mutating func warn(ofUnused columns: LesionListColumns) {
    guard !columns.ignored.isEmpty else { return }
    list.warnings.append(
      "\(name): columns not used: \(columns.ignored.joined(separator: ", "))")
  }

  mutating func fail(_ place: String, _ message: String, _ advice: String) {
    if options.keepGoing {
      dropped += 1
      if dropped <= 20 {
        list.warnings.append("\(name), \(place): \(message); row left out")
      }
    } else if errors.count < Self.toldErrors {
      errors.append(InputError(file: file, place: place, message, advice: advice))
    }
  }

  /// Takes a row.
  mutating func row(_ columns: LesionListColumns, _ fields: [String], place: String) {
    // A row without any value is no lesion.
    if fields.allSatisfy(SpreadsheetTraces.isBlank) { return }
    if let name = SummaryRows.name(columns, fields) {
      summaries.append("\(place) (\"\(name)\")")
      return
    }
    rows += 1
    var row = LesionRow()
    for (meaning, cell) in zip(columns.meanings, fields) where meaning == .patientID {
      row.patientID = cell.trimmed
    }
    guard isOfPatient(row.patientID, place) else { return }
    let holdsData = zip(columns.meanings, fields).contains {
      $0 != .patientID && !SpreadsheetTraces.isBlank($1)
    }
    guard holdsData else {
      withoutData += 1
      return
    }
    rowsOfPatient += 1
    do {
      try take(columns, fields, into: &row, place)
      guard scans.take(row, options.scans) else { return }
      try keep(row, place)
    } catch {
      fail(place, error.message, error.advice)
    }
  }

  /// Whether a row is one of the patient that is read; a patient id that cannot be trusted is refused.
  private mutating func isOfPatient(_ id: String?, _ place: String) -> Bool {
    if let id, let defect = NameLength.defect(of: id, "patient id") {
      fail(place, defect, NameLength.advice)
      return false
    }
    if id?.isEmpty == true {
      fail(
        place, "the patient id is empty",
        "fill it in every row; a blank is not the row above's unless --fill-down says so")
      return false
    }
    if let id, SpreadsheetTraces.isShortened(id) {
      fail(
        place,
        "the patient id \(id) is a number that a spreadsheet shortened, so it may be several patients'",
        "format the column as text and export it again")
      return false
    }
    if let id, patients.count < Self.countedPatients { patients.insert(id) }
    if let wanted = options.patientID, id != nil, id != wanted { return false }
    // Rows of a second patient are only counted: the list will be refused.
    return options.patientID != nil || patients.count <= 1
  }

  /// Reads a row's cells.
  private func take(
    _ columns: LesionListColumns, _ fields: [String], into row: inout LesionRow, _ place: String
  ) throws(StatementParser.Defect) {
    for (index, meaning) in columns.meanings.enumerated() {
      let cell = fields[index].trimmed
      if SpreadsheetTraces.isBlank(cell) { continue }
      try row.take(
        cell, as: meaning, source: "\(name), \(place), \(columns.headers[index])",
        options)
    }
    try row.settleDays(columns.days, options, source: "\(name), \(place)")
  }

  /// Makes a row a lesion of the list, under an id and in a frame that agree with the rows before.
  private mutating func keep(_ row: LesionRow, _ place: String) throws(StatementParser.Defect) {
    let id = row.id ?? String(list.lesions.count + 1)
    if row.id == nil { list.numbered.insert(id) }
    // Of several scans the list is refused as a whole.
    guard ids.insert(id).inserted || scans.areSeveral else {
      fail(place, "lesion id \"\(id)\" stands twice", "give every lesion an id of its own")
      return
    }
    if let frame = row.frameOfReference {
      if let other = list.frameOfReference, other != frame {
        fail(place, "its place lies in another frame of reference than the rows before", "one frame a list")
        return
      }
      list.frameOfReference = frame
    }
    var lesion = try row.lesion(id: id, options, source: "\(name), \(place)")
    if SpreadsheetTraces.isDate(id) || SpreadsheetTraces.isShortened(id) {
      lesion.warnings.append(
        "lesion \(id): its id looks like a \(SpreadsheetTraces.isDate(id) ? "date" : "number") that a spreadsheet made of another one; compare with the source, and format the column as text"
      )
    }
    list.lesions.append(lesion)
    if let day = row.scanDay { list.newestScan = max(list.newestScan ?? day, day) }
  }

  /// Whether one patient has more lesions, or more rows of any kind, than any case; the rest of such a list is not read.
  ///
  /// Rows that are left out count as well: `keepGoing` would read a list of defects to its end.
  var isTooLong: Bool {
    (list.lesions.count > InputLimits.lesions || rowsOfPatient > InputLimits.rowsOfPatient)
      && (options.patientID != nil || patients.count <= 1)
  }

  /// The list, once all rows are taken.
  ///
  /// - Throws: `InputErrors` for rows that cannot be used, `InputError` for a list that cannot.
  mutating func finish() throws -> LesionList {
    guard errors.isEmpty else { throw InputErrors(errors) }
    guard !isTooLong else {
      guard list.lesions.count > InputLimits.lesions else {
        throw InputError(
          file: file,
          "holds more than \(InputLimits.rowsOfPatient) rows of one patient, and few of them can be used",
          advice: "one row a lesion is expected; is the patient_id column missing?")
      }
      throw InputError(
        file: file, "holds more than \(InputLimits.lesions) lesions of one patient",
        advice: "so many are no oligometastatic disease; is the patient_id column missing?")
    }
    if !summaries.isEmpty {
      list.warnings.append(
        "\(name): sums and statistics are no lesions and were left out: "
          + summaries.prefix(20).joined(separator: ", ")
          + (summaries.count > 20 ? " and \(summaries.count - 20) more" : ""))
    }
    if withoutData > 0 {
      list.warnings.append(
        "\(name): \(withoutData) \(withoutData == 1 ? "row names" : "rows name") a patient and nothing else: no lesion"
      )
    }
    if options.patientID == nil, patients.count > 1 {
      let count =
        patients.count >= Self.countedPatients ? "at least \(Self.countedPatients)" : "\(patients.count)"
      throw InputError(
        file: file, "holds \(count) patients",
        advice: "choose one with --patient-id, as \(patients.sorted().first ?? "")")
    }
    list.warnings += try scans.settle(options.scans, file: file, advice: options.scanAdvice)
    list.scan = scans.only
    try SummaryRows.refuseUnnamed(in: list.lesions, file: file)
    guard !list.lesions.isEmpty else {
      if let wanted = options.patientID, rows > 0 {
        throw InputError(file: file, "has no row of patient \(wanted)")
      }
      throw InputError(
        file: file, rows == 0 ? "has a header but no lesion" : "has no row that can be used",
        advice: "one row a lesion is expected")
    }
    if dropped > 0 {
      list.warnings.append(
        "\(name): \(dropped) of \(rows) rows were left out (--keep-going)")
    }
    let id = options.patientID ?? patients.first
    if let told = list.patientID, let id, told != id {
      throw InputError(file: file, "its head names patient \(told), its rows \(id)")
    }
    list.patientID = id ?? list.patientID
    return list
  }
}
