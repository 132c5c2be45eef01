// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Facts
internal import Foundation
internal import Vocabulary
internal import Yams

/// Reads patients of a cohort, one JSON object each: `patient_id`, `lesions` with the keys of a lesion list, `patient` with those
/// of a patient file.
///
/// What keys mean is remembered from one patient to the next. Of one task alone.
final class PatientLineReader {
  /// The name that stands for the record's text in sources and errors, which must not tell where in a cohort it stood.
  static let file = "record"

  private let options: LesionListOptions
  private var columns: [[String]: LesionListColumns] = [:]
  /// Sets of keys that are remembered at most: a cohort of one source has a few.
  private static let mostColumns = 1000

  init(_ options: LesionListOptions) {
    var options = options
    options.modelsBodies = false
    options.scanAdvice =
      "add a column scan_date (YYYY-MM-DD): the newest counts and those before tell growth; or give the rows of one scan"
    self.options = options
  }

  /// What a line says before it is known whether it can be used.
  struct Parsed {
    let root: [String: Any]
    /// The patient's id as the line gives it; `nil` where it gives none that is text.
    let patientID: String?
  }

  /// A line's JSON.
  ///
  /// - Throws: `InputError` for what is no JSON object.
  func parsed(_ line: Data) throws(InputError) -> Parsed {
    guard line.count <= InputLimits.jsonBytes else {
      throw InputError(
        file: Self.file, "is longer than \(InputLimits.jsonBytes >> 20) MB",
        advice: "one patient a line is expected")
    }
    guard let value = try? JSONSerialization.jsonObject(with: line, options: [.fragmentsAllowed]) else {
      throw InputError(
        file: Self.file, "is not valid JSON",
        advice: #"one object a line is expected: {"patient_id": "P1", "lesions": [{…}], "patient": {…}}"#)
    }
    guard let root = value as? [String: Any] else {
      throw InputError(
        file: Self.file, "is no JSON object",
        advice: #"one object a line is expected: {"patient_id": "P1", "lesions": [{…}], "patient": {…}}"#)
    }
    let id = root["patient_id"] as? String
    return Parsed(root: root, patientID: id.map(VisibleText.escaped))
  }

  /// The case of a patient.
  ///
  /// - Throws: `InputError` or `InputErrors` for what cannot be used; a patient is read whole or not at all.
  func patient(_ parsed: Parsed) throws -> PatientCase {
    let root = parsed.root
    if let stranger = root.keys.sorted().first(where: { !Self.keys.contains($0) }) {
      throw InputError(
        file: Self.file, place: stranger, "is no key of a record",
        advice: "patient_id, lesions and patient are; what is said of the patient stands under patient")
    }
    guard let lesions = root["lesions"] as? [Any], !lesions.isEmpty else {
      throw InputError(
        file: Self.file, place: "lesions", "holds no lesion", advice: "one object a lesion is expected")
    }
    var work = CaseImport()
    work.listOptions = options
    var result = PatientCase()
    var reader = LesionListReader(file: Self.file, options: options)
    let keys = try reader.keys(of: root)
    let columns = try columns(of: keys, Self.file)
    reader.warn(ofUnused: columns)
    try reader.take(json: root, keys: keys, columns)
    var matched: Set<String> = []
    var scans: [(path: String, scan: ListScan)] = []
    try work.add(try reader.finish(), of: Self.file, to: &result, matched: &matched, scans: &scans)
    settle(&result)
    if let said = root["patient"], !(said is NSNull) {
      try work.add(
        try PatientFileReader.read(Self.node(said), file: Self.file), of: Self.file, to: &result)
      try work.checkCourseNames(result)
    }
    return result
  }

  /// The case of the rows of a table.
  ///
  /// - Throws: `InputError` or `InputErrors`; a patient is read whole or not at all.
  func patient(_ rows: PatientRows) throws -> PatientCase {
    let file = rows.table.file
    guard rows.rows.count <= InputLimits.rowsOfPatient else {
      throw InputError(
        file: file, place: "patient \(VisibleText.escaped(rows.patientID))",
        "has \(rows.rows.count) rows; at most \(InputLimits.rowsOfPatient) are read",
        advice: "so many are no oligometastatic disease; is this the column of patients?")
    }
    var work = CaseImport()
    work.listOptions = options
    var result = PatientCase()
    let scan = NewestScan(rows.rows, rows.table.columns, options)
    let columns = try columns(of: scan.headers, file)
    var reader = LesionListReader(file: file, options: options)
    for row in scan.rows {
      if let defect = row.defect {
        throw InputError(
          file: file, place: row.place, defect, advice: "quote fields that hold the separator")
      }
      reader.row(columns, row.fields, place: row.place)
    }
    var matched: Set<String> = []
    var scans: [(path: String, scan: ListScan)] = []
    try work.add(try reader.finish(), of: file, to: &result, matched: &matched, scans: &scans)
    settle(&result)
    if let note = scan.note { result.warnings.append(note) }
    let said = try Self.agreed(rows.said, file)
    if !said.isEmpty {
      try work.add(try PatientFileReader.read(Self.node(said), file: file), of: file, to: &result)
    }
    if !scan.unseen.isEmpty { count(scan.unseen, in: &result, file) }
    return result
  }

  /// Lesions of earlier scans that may still be there leave the numbers of metastases open, where no file tells them.
  private func count(_ unseen: [String], in result: inout PatientCase, _ file: String) {
    let sites = unseen.map { Site(word: $0) ?? options.site }
    func settle(_ fact: Fact, _ listed: Int, _ open: Int) {
      guard open > 0, result.patient.statements[fact] == nil else { return }
      result.patient.statements[fact] = Statement(
        .interval(Double(listed), Double(listed + open)),
        source: "\(FileAccess.name(of: file)), earlier scans")
    }
    settle(.metastasisCount, result.lesions.count, unseen.count)
    for (fact, site) in [(Fact.lungMetastasisCount, Site.lung), (.liverMetastasisCount, .liver)] {
      let listed = result.lesions.count { $0.site == site }
      // A site that nothing tells may be any.
      settle(fact, listed, sites.count { $0 == site || $0 == nil })
    }
  }

  /// What an import settles once all lists are read: here nothing but the user's word tells an unnamed site, and sizes stand for
  /// bodies.
  private func settle(_ result: inout PatientCase) {
    for index in result.lesions.indices where result.lesions[index].site == nil {
      result.lesions[index].site = options.site
    }
    let balls = result.lesions.map { lesion -> (centre: SIMD3<Double>, radius: Double)? in
      guard let centre = lesion.position else { return nil }
      switch lesion.statements[.longestAxialDiameter]?.value {
      case .number(let mm): return (centre, mm / 2)
      case .interval(_, let mm): return (centre, mm / 2)
      default: return nil
      }
    }
    for (i, a) in balls.enumerated() {
      for j in (i + 1)..<max(i + 1, balls.count) {
        guard let a, let b = balls[j] else { continue }
        let apart = a.centre - b.centre
        if (apart * apart).sum().squareRoot() <= max(a.radius, b.radius) {
          result.warnings.append(CaseImport.withinOneAnother(result.lesions[i], result.lesions[j]))
        }
      }
    }
  }

  /// What the rows of a patient say of the patient, once each.
  private static func agreed(
    _ said: [(key: String, text: String, line: Int)], _ file: String
  ) throws(InputError) -> [String: Any] {
    var first: [String: (text: String, line: Int)] = [:]
    for (key, text, line) in said {
      if let known = first[key], known.text != text {
        throw InputError(
          file: file, place: "line \(line)", "\(key) is \(text), on line \(known.line) \(known.text)",
          advice: "one patient has one value; or are these two patients?")
      }
      first[key] = first[key] ?? (text, line)
    }
    return first.mapValues(\.text)
  }

  private static let keys: Set = ["schema", "patient_id", "lesions", "patient"]

  private func columns(of keys: [String], _ file: String) throws -> LesionListColumns {
    if let remembered = columns[keys] { return remembered }
    let made = try LesionListColumns(
      checking: try LesionListColumns.renamed(keys, options, file: file), options, file: file)
    if columns.count < Self.mostColumns { columns[keys] = made }
    return made
  }

  /// A parsed value as the patient file's reader takes it.
  private static func node(_ value: Any) -> Node {
    switch value {
    case let text as String: .scalar(Node.Scalar(text))
    case let number as NSNumber:
      .scalar(
        Node.Scalar(
          String(cString: number.objCType) == "c" ? (number.boolValue ? "true" : "false") : number.stringValue
        ))
    case let entries as [Any]: .sequence(Node.Sequence(entries.map(node)))
    case let object as [String: Any]:
      .mapping(
        Node.Mapping(
          object.sorted { $0.key < $1.key }.map { (Node.scalar(Node.Scalar($0.key)), node($0.value)) }))
    default: .scalar(Node.Scalar("null"))
    }
  }
}
