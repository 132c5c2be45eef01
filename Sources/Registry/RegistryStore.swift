// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import GRDB

/// A registry of judgements in one file (SQLite, write-ahead log): who was judged when, by what, and how; what clinicians decided
/// otherwise.
///
/// One writer at a time, any number of readers beside it. What a run writes is there whole or not at all.
public final class RegistryStore: Sendable {
  /// What is asked of a registry.
  public enum Access: Sendable {
    /// To read; nothing is made.
    case reading
    /// To write; the file is made where none is.
    case writing
  }

  let pool: any DatabaseReader & Sendable
  private let writer: DatabasePool?

  /// How long a writer waits for another.
  private static let patience: TimeInterval = 10

  /// Opens a registry.
  ///
  /// - Throws: `RegistryError`.
  public init(_ path: String, _ access: Access) throws(RegistryError) {
    do {
      switch access {
      case .reading:
        guard FileManager.default.fileExists(atPath: path) else {
          throw RegistryError(.notFound, "is not there", advice: "make one with triage --store \(path)")
        }
        pool = try Self.reader(path)
        writer = nil
        try Self.check(pool)
      case .writing:
        // A file that is not ours to write is looked at before anything of it changes.
        if FileManager.default.fileExists(atPath: path) { try Self.checkVersion(try Self.reader(path)) }
        let pool = try Self.patiently { try Self.pool(path) }
        self.pool = pool
        writer = pool
      }
    } catch let error as RegistryError { throw error } catch { throw Self.words(error) }
  }

  private static func pool(_ path: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    let pool = try DatabasePool(path: path, configuration: configuration)
    try checkVersion(pool)
    try RegistrySchema.migrator.migrate(pool)
    return pool
  }

  /// Tries again while another run makes the same registry: what sets its kind of log waits for nobody.
  private static func patiently<Made>(_ body: () throws -> Made) throws -> Made {
    let end = Date().addingTimeInterval(patience)
    while true {
      do { return try body() } catch let error as DatabaseError {
        guard error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED, Date() < end else {
          throw error
        }
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
  }

  /// A reader beside any writer; of a file in a folder that may not be written to, one that takes it for unchanging.
  ///
  /// A write-ahead log needs a file of its own beside the registry even to be read.
  private static func reader(_ path: String) throws -> any DatabaseReader & Sendable {
    var configuration = Configuration()
    configuration.readonly = true
    let url = URL(fileURLWithPath: path).standardizedFileURL
    guard !FileManager.default.isWritableFile(atPath: url.deletingLastPathComponent().path) else {
      return try DatabasePool(path: path, configuration: configuration)
    }
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    guard (log ?? 0) == 0 else {
      throw RegistryError(
        .unreadable, "is being written by another run, in a folder that may not be written to",
        advice: "try again later, or read a copy")
    }
    return try DatabaseQueue(path: url.absoluteString + "?immutable=1", configuration: configuration)
  }

  /// Whether it is a registry, and of no newer version.
  private static func check(_ pool: any DatabaseReader) throws {
    try checkVersion(pool)
    guard try pool.read({ try RegistrySchema.migrator.hasCompletedMigrations($0) }) else {
      throw RegistryError(
        .unreadable, "is no registry of this program, or an older one",
        advice: "let triage --store write to it once, which brings it up to date")
    }
  }

  private static func checkVersion(_ pool: any DatabaseReader) throws {
    guard try pool.read({ try !RegistrySchema.migrator.hasBeenSuperseded($0) }) else {
      throw RegistryError(
        .newer, "was made by a newer version of the program; nothing was changed", advice: "use that version")
    }
    // A database of somebody else's is never written to.
    let others = try pool.read { database in
      try Bool.fetchOne(
        database,
        sql:
          "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table') AND NOT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'grdb_migrations')"
      ) ?? false
    }
    guard !others else {
      throw RegistryError(.unreadable, "is a database of another program", advice: "name another file")
    }
  }

  /// Writes in one transaction.
  ///
  /// - Throws: `RegistryError`; nothing of it is then written.
  func write<Made>(_ body: (Database) throws -> Made) throws(RegistryError) -> Made {
    guard let writer else { throw RegistryError(.unwritable, "was opened to be read") }
    do { return try writer.write(body) } catch { throw Self.words(error) }
  }

  /// Reads a state of it that no writer changes meanwhile.
  ///
  /// - Throws: `RegistryError`.
  func read<Made>(_ body: (Database) throws -> Made) throws(RegistryError) -> Made {
    do { return try pool.read(body) } catch { throw Self.words(error) }
  }

  /// SQLite's failures in words, with what to do.
  static func words(_ error: any Error) -> RegistryError {
    if let error = error as? RegistryError { return error }
    guard let error = error as? DatabaseError else { return RegistryError(.unreadable, "\(error)") }
    switch error.resultCode {
    case .SQLITE_FULL:
      return RegistryError(.unwritable, "the disk is full; nothing was changed", advice: "make room")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
      return RegistryError(
        .unwritable, "cannot be opened or written; nothing was changed",
        advice: "check that the folder is there and may be written to")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return RegistryError(.busy, "another run is writing to it; nothing was changed", advice: "try again")
    case .SQLITE_NOTADB:
      return RegistryError(.unreadable, "is no registry", advice: "name another file")
    case .SQLITE_CORRUPT:
      return RegistryError(
        .unreadable, "is damaged", advice: "restore a copy; sqlite3 FILE 'PRAGMA integrity_check' says more")
    case .SQLITE_IOERR:
      return RegistryError(
        .unwritable, "the disk failed; nothing was changed", advice: "check the disk and its room")
    default: return RegistryError(.unreadable, error.message ?? "SQLite \(error.resultCode.rawValue)")
    }
  }
}
