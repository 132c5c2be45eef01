// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Foundation
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
    try reader.take(json: root, keys: keys, try columns(of: keys, &reader))
    var matched: Set<String> = []
    var scans: [(path: String, scan: ListScan)] = []
    try work.add(try reader.finish(), of: Self.file, to: &result, matched: &matched, scans: &scans)
    if let said = root["patient"], !(said is NSNull) {
      try work.add(
        try PatientFileReader.read(Self.node(said), file: Self.file), of: Self.file, to: &result)
      try work.checkCourseNames(result)
    }
    return result
  }

  private static let keys: Set = ["schema", "patient_id", "lesions", "patient"]

  private func columns(
    of keys: [String], _ reader: inout LesionListReader
  ) throws -> LesionListColumns {
    let known: LesionListColumns
    if let remembered = columns[keys] {
      known = remembered
    } else {
      known = try LesionListColumns(checking: keys, options, file: Self.file)
      if columns.count < Self.mostColumns { columns[keys] = known }
    }
    reader.warn(ofUnused: known)
    return known
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
