// SPDX-License-Identifier: Apache-2.0
internal import Report

/// A line of `triage --as jsonl`, schema `oligoplan.worklist/1`: what a list holds, a row of it, or a patient without one.
struct WorklistLine: Codable {
  static let schemaName = "oligoplan.worklist/1"

  let schema: String
  /// `summary`, `row`, `unlisted` (a patient on no list) or `error` (a patient that could not be read).
  let kind: String
  let tool: String?
  let protocolSHA256: String?
  /// Summaries and rows: whose list.
  let service: String?

  /// A row: its place among how many, the criterion that puts it behind the one before, and what it says.
  let rank: Int?
  let of: Int?
  let behind: String?
  let row: WorklistRow?

  /// A patient without a list.
  let patient: TriageLine?

  /// A summary: patients on the list, all patients, those on no list and those not read.
  let patients: Int?
  let triaged: Int?
  let unlisted: Int?
  let errors: Int?
  /// Patients by their best verdict, and by what that hangs on.
  let verdicts: [String: Int]?
  let leading: [String: Int]?
  /// What could change what the service does, the question that is open for most patients first.
  let missing: [Missing]?
  /// The criteria by which the list is ordered.
  let order: [String]?

  struct Missing: Codable {
    let question: String
    let patients: Int
    let lesions: Int
  }
}
