// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension RegistryStore {
  /// What was written of a run.
  public struct Kept: Sendable, Hashable {
    /// Patients whose judgement is new: another input, protocol or version of the program than ever before.
    public internal(set) var new = 0
    /// Patients of whom it was known already.
    public internal(set) var known = 0
  }

  /// Keeps what a run says of all its patients, in one transaction.
  ///
  /// A judgement that is known — of the same patient, input, options, protocol and version — is not kept twice: the run is noted beside it. So
  /// a run that is repeated after it was stopped leaves what one that was not stopped leaves.
  ///
  /// - Parameter entries: hands over the patients, one after the other.
  /// - Throws: `RegistryError`, and what `entries` throws; nothing of the run is then kept.
  public func record(
    _ run: RegistryRun, _ entries: ((RegistryEntry) throws -> Void) throws -> Void
  ) throws -> Kept {
    var kept = Kept()
    var failure: (any Error)?
    do {
      try write { database in
        do {
          try database.execute(
            sql: "INSERT OR IGNORE INTO protocol (sha256, name) VALUES (?, ?)",
            arguments: [run.protocolSHA256, run.protocolName])
          try database.execute(
            sql: "INSERT INTO run (time, tool, protocol, inputs) VALUES (?, ?, ?, ?)",
            arguments: [run.time, run.tool, run.protocolSHA256, run.inputs])
          let statements = try Statements(database, run: database.lastInsertedRowID)
          try entries { entry in
            if try statements.keep(entry, run, database) { kept.new += 1 } else { kept.known += 1 }
          }
        } catch {
          failure = error
          throw error
        }
      }
    } catch {
      // What the caller threw is the caller's.
      if let failure, !(failure is DatabaseError) { throw failure }
      throw error
    }
    return kept
  }

  /// Statements that are compiled once for a run.
  private struct Statements {
    let run: Int64
    let find: Statement
    let assessment: Statement
    let verdict: Statement
    let seen: Statement

    init(_ database: Database, run: Int64) throws {
      self.run = run
      find = try database.makeStatement(
        sql:
          "SELECT id FROM assessment WHERE patient = ? AND protocol = ? AND tool = ? AND inputSHA256 = ? AND options = ?"
      )
      assessment = try database.makeStatement(
        sql:
          "INSERT INTO assessment (patient, protocol, tool, inputSHA256, options, advice, lists, errors) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
      )
      verdict = try database.makeStatement(
        sql: "INSERT INTO verdict (assessment, lesion, modality, verdict, leading) VALUES (?, ?, ?, ?, ?)")
      seen = try database.makeStatement(sql: "INSERT OR IGNORE INTO seen (run, assessment) VALUES (?, ?)")
    }

    /// Whether the judgement is new.
    func keep(_ entry: RegistryEntry, _ told: RegistryRun, _ database: Database) throws -> Bool {
      if let known = try Int64.fetchOne(
        find,
        arguments: [entry.patient, told.protocolSHA256, entry.tool, entry.inputSHA256, entry.options])
      {
        try seen.execute(arguments: [run, known])
        return false
      }
      try assessment.execute(arguments: [
        entry.patient, told.protocolSHA256, entry.tool, entry.inputSHA256, entry.options, entry.advice,
        entry.lists, entry.errors,
      ])
      let made = database.lastInsertedRowID
      for one in entry.verdicts {
        try verdict.execute(arguments: [made, one.lesion, one.modality, one.verdict, one.leading])
      }
      try seen.execute(arguments: [run, made])
      return true
    }
  }

  /// Keeps what a clinician decided otherwise.
  ///
  /// - Throws: `RegistryError`, also for a patient, a lesion or a therapy that was never judged.
  public func add(_ override: RegistryOverride) throws(RegistryError) {
    try write { database in
      var sql =
        "SELECT EXISTS (SELECT 1 FROM assessment a JOIN verdict v ON v.assessment = a.id WHERE a.patient = ?"
      var arguments: StatementArguments = [override.patient]
      if let lesion = override.lesion {
        sql += " AND v.lesion = ?"
        arguments += [lesion]
      }
      if let modality = override.modality {
        sql += " AND v.modality = ?"
        arguments += [modality]
      }
      guard try Bool.fetchOne(database, sql: sql + ")", arguments: arguments) ?? false else {
        throw RegistryError(
          .unknown, "holds no such judgement of patient \(override.patient)",
          advice: "registry audit FILE --patient ID shows what was judged")
      }
      try database.execute(
        sql:
          "INSERT INTO override (time, patient, lesion, modality, verdict, why, decidedBy) VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          override.time, override.patient, override.lesion, override.modality, override.verdict, override.why,
          override.by,
        ])
    }
  }
}
