// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// One patient of a cohort as a source gives it, before it is read.
enum CohortItem: Sendable {
  /// A line of JSON: a patient, or the answer of an earlier triage.
  case line(Data)
  /// The rows of a table.
  case rows(PatientRows)
  /// A case on disk.
  case stored(path: String)
  /// Folders with one patient's files: DICOM, segmentations, lists.
  case folders(paths: [String])

  /// Whether it takes seconds rather than milliseconds: bodies are measured.
  var isSlow: Bool {
    switch self {
    case .stored, .folders: true
    case .line, .rows: false
    }
  }

  /// Whether it is a line of an earlier triage.
  var isTriaged: Bool {
    guard case .line(let data) = self else { return false }
    return data.withUnsafeBytes { bytes in
      JSONParts(bytes)["schema"].map { bytes[$0].elementsEqual("\"\(TriageLine.schemaName)\"".utf8) } ?? false
    }
  }

  /// SHA-256 of what it holds, in hexadecimal: the same patient has the same, wherever it stands.
  ///
  /// - Throws: `InputError` for a case that is not there.
  func sha256() throws(InputError) -> String {
    switch self {
    case .line(let data): FileAccess.sha256(data)
    case .rows(let rows): rows.sha256
    case .stored(let path): try CaseStore.documentHash(path)
    case .folders(let paths): try Self.hash(of: paths)
    }
  }

  /// Of all files of folders, by their places in them.
  private static func hash(of folders: [String]) throws(InputError) -> String {
    let hash = RunningHash()
    for folder in folders {
      for path in try FolderWalk.files(in: folder) {
        hash.add(Data("\(path.dropFirst(folder.count)) \(try FileAccess.sha256(ofFile: path))\n".utf8))
      }
    }
    return hash.hexadecimal()
  }
}

/// The rows of one patient in a table of many.
struct PatientRows: Sendable {
  /// The table's header.
  let table: CohortTable
  /// The patient's id.
  let patientID: String
  /// The rows, a lesion each, with the line that each stands on.
  let rows: [Row]
  /// What the table says of the patient: names as in a patient file, with the line of each.
  let said: [(key: String, text: String, line: Int)]

  struct Row: Sendable {
    let place: String
    let fields: [String]
    /// The fields that the row has on its line, where they are not as many as the header's.
    let defect: String?
  }

  /// SHA-256 of header and rows, without their lines: rows that are moved are the same.
  var sha256: String {
    let hash = RunningHash()
    func add(_ fields: [String]) { hash.add(Data((fields.joined(separator: "\u{1F}") + "\n").utf8)) }
    add(table.columns.headers)
    for row in rows { add(row.fields) }
    for entry in said { add([entry.key, entry.text]) }
    return hash.hexadecimal()
  }
}
