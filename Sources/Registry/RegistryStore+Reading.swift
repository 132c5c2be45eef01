// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension RegistryStore {
  /// The newest judgement of each patient as runs had it by their times: those before one, or all.
  private static func newest(
    _ database: Database, before time: String? = nil
  ) throws -> [String: Int64] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT a.patient, s.assessment FROM seen s
        JOIN assessment a ON a.id = s.assessment JOIN run r ON r.id = s.run
        \(time == nil ? "" : "WHERE r.time < ?")
        ORDER BY r.time, s.run, s.assessment
        """, arguments: time.map { [$0] } ?? [])
    var found: [String: Int64] = [:]
    // Later runs take the place of earlier ones.
    while let row = try rows.next() { found[row[0]] = row[1] }
    return found
  }

  private static func verdicts(
    _ database: Database, of assessment: Int64
  ) throws -> [String: RegistryEntry.Verdict] {
    var found: [String: RegistryEntry.Verdict] = [:]
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: "SELECT lesion, modality, verdict, leading FROM verdict WHERE assessment = ?"),
      arguments: [assessment])
    while let row = try rows.next() {
      let verdict = RegistryEntry.Verdict(lesion: row[0], modality: row[1], verdict: row[2], leading: row[3])
      found["\(verdict.lesion)\u{1F}\(verdict.modality)"] = verdict
    }
    return found
  }

  /// Verdicts that differ between two states, by patient, lesion and therapy; patients that are in one alone count where `both` is
  /// false.
  private static func differences(
    _ database: Database, _ before: [String: Int64], _ now: [String: Int64], both: Bool
  ) throws -> [RegistryChange] {
    var changes: [RegistryChange] = []
    for patient in Set(before.keys).union(now.keys).sorted() {
      let (old, new) = (before[patient], now[patient])
      guard old != new, !both || (old != nil && new != nil) else { continue }
      let was = try old.map { try verdicts(database, of: $0) } ?? [:]
      let here = try new.map { try verdicts(database, of: $0) } ?? [:]
      for key in Set(was.keys).union(here.keys).sorted() where was[key]?.verdict != here[key]?.verdict {
        guard let one = here[key] ?? was[key] else { continue }
        changes.append(
          RegistryChange(
            patient: patient, lesion: one.lesion, modality: one.modality, before: was[key], now: here[key]))
      }
    }
    return changes
  }

  /// What changed since a time: verdicts as the newest runs have them against those that the runs before it had.
  ///
  /// - Parameter time: as `YYYY-MM-DDThh:mm:ssZ` or a day.
  /// - Throws: `RegistryError`.
  public func changes(since time: String) throws(RegistryError) -> [RegistryChange] {
    try read { database in
      try Self.differences(
        database, try Self.newest(database, before: time), try Self.newest(database), both: false)
    }
  }

  /// What another protocol makes of the same patients: of what both judged from the same input, the verdicts that differ.
  ///
  /// Of several such inputs of a patient the newest counts.
  ///
  /// - Parameters:
  ///   - before: the SHA-256 of a protocol, or the beginning of it, or its name.
  ///   - now: that of the other.
  /// - Throws: `RegistryError`, also for a protocol that no run used.
  public func changes(fromProtocol before: String, to now: String) throws(RegistryError) -> [RegistryChange] {
    try read { database in
      let (old, new) = (try Self.protocolNamed(before, database), try Self.protocolNamed(now, database))
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT b.patient, a.id, b.id FROM assessment b
          JOIN seen s ON s.assessment = b.id JOIN run r ON r.id = s.run
          JOIN assessment a ON a.patient = b.patient AND a.inputSHA256 = b.inputSHA256 AND a.options = b.options
            AND a.protocol = ?
          WHERE b.protocol = ? ORDER BY r.time, s.run, b.id, a.id
          """, arguments: [old, new])
      var (first, second): ([String: Int64], [String: Int64]) = ([:], [:])
      while let row = try rows.next() {
        let patient: String = row[0]
        (first[patient], second[patient]) = (row[1], row[2])
      }
      return try Self.differences(database, first, second, both: true)
    }
  }

  /// The protocol of a name, or of the beginning of a hash.
  private static func protocolNamed(_ text: String, _ database: Database) throws -> String {
    let known = try Row.fetchAll(database, sql: "SELECT sha256, name FROM protocol ORDER BY name, sha256").map
    {
      (sha256: $0[0] as String, name: $0[1] as String)
    }
    let found = known.filter { $0.name == text || (text.count >= 6 && $0.sha256.hasPrefix(text)) }
    guard found.count == 1 else {
      let names = known.map { "\($0.name) (\($0.sha256.prefix(12)))" }.joined(separator: ", ")
      throw RegistryError(
        .unknown, found.isEmpty ? "no run used a protocol \(text)" : "several protocols are named \(text)",
        advice: "there are: \(names); a protocol is named by the beginning of its SHA-256, too")
    }
    return found[0].sha256
  }

  /// Who was judged when, by what: every judgement, by patient and time.
  ///
  /// - Parameter patient: of one patient alone; of all without it.
  /// - Throws: `RegistryError`, also for a patient that was never judged.
  public func judgements(of patient: String? = nil) throws(RegistryError) -> [RegistryJudgement] {
    try read { database in
      let found = try Row.fetchAll(
        database,
        sql: """
          SELECT a.patient, min(r.time), max(r.time), count(*), a.tool, p.name, a.protocol, a.inputSHA256, a.options, a.advice,
            a.lists, a.errors
          FROM assessment a JOIN seen s ON s.assessment = a.id JOIN run r ON r.id = s.run
          JOIN protocol p ON p.sha256 = a.protocol
          \(patient == nil ? "" : "WHERE a.patient = ?")
          GROUP BY a.id ORDER BY a.patient, min(r.id), a.id
          """, arguments: patient.map { [$0] } ?? []
      ).map { row in
        RegistryJudgement(
          patient: row[0], first: row[1], last: row[2], runs: row[3], tool: row[4], protocolName: row[5],
          protocolSHA256: row[6], inputSHA256: row[7], options: row[8], advice: row[9], lists: row[10],
          errors: row[11])
      }
      if let patient, found.isEmpty { throw RegistryError(.unknown, "never judged a patient \(patient)") }
      return found
    }
  }

  /// What clinicians decided otherwise, by time.
  ///
  /// - Parameter patient: of one patient alone; of all without it.
  /// - Throws: `RegistryError`.
  public func overrides(of patient: String? = nil) throws(RegistryError) -> [RegistryOverride] {
    try read { database in
      try Row.fetchAll(
        database,
        sql:
          "SELECT time, patient, lesion, modality, verdict, why, decidedBy FROM override \(patient == nil ? "" : "WHERE patient = ?") ORDER BY time, id",
        arguments: patient.map { [$0] } ?? []
      ).map { row in
        RegistryOverride(
          time: row[0], patient: row[1], lesion: row[2], modality: row[3], verdict: row[4], why: row[5],
          by: row[6])
      }
    }
  }
}
