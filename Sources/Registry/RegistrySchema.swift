// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// The tables of a registry, as each version made them.
enum RegistrySchema {
  /// Steps that bring a file of any earlier version up to date; none of them is ever changed once it was published.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE protocol (
            sha256 TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            time TEXT NOT NULL,
            tool TEXT NOT NULL,
            protocol TEXT NOT NULL REFERENCES protocol (sha256),
            inputs TEXT NOT NULL
          );
          CREATE TABLE assessment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            patient TEXT NOT NULL,
            protocol TEXT NOT NULL REFERENCES protocol (sha256),
            tool TEXT NOT NULL,
            inputSHA256 TEXT NOT NULL,
            options TEXT NOT NULL,
            advice TEXT,
            lists TEXT NOT NULL,
            errors TEXT NOT NULL,
            UNIQUE (patient, protocol, tool, inputSHA256, options)
          );
          CREATE TABLE verdict (
            assessment INTEGER NOT NULL REFERENCES assessment (id),
            lesion TEXT NOT NULL,
            modality TEXT NOT NULL,
            verdict TEXT NOT NULL,
            leading TEXT NOT NULL,
            PRIMARY KEY (assessment, lesion, modality)
          ) WITHOUT ROWID;
          CREATE TABLE seen (
            run INTEGER NOT NULL REFERENCES run (id),
            assessment INTEGER NOT NULL REFERENCES assessment (id),
            PRIMARY KEY (assessment, run)
          ) WITHOUT ROWID;
          CREATE TABLE override (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            time TEXT NOT NULL,
            patient TEXT NOT NULL,
            lesion TEXT,
            modality TEXT,
            verdict TEXT NOT NULL,
            why TEXT NOT NULL,
            decidedBy TEXT NOT NULL
          );
          CREATE INDEX overrideOfPatient ON override (patient);
          """)
    }
    return migrator
  }
}
