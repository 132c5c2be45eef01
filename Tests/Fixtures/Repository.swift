// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Files of the repository the tests belong to.
public enum Repository {
  /// Its folder.
  public static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A file of it, by its path below the folder.
  public static func file(_ path: String) -> URL { folder.appendingPathComponent(path) }

  /// Whether this run writes golden files of a kind anew instead of holding against them.
  ///
  ///     OLIGOPLAN_RENEW=schemas swift test … --filter DocumentSchemaTests
  ///
  /// A run that renews records an issue: it proves nothing.
  public static func renews(_ kind: String) -> Bool {
    ProcessInfo.processInfo.environment["OLIGOPLAN_RENEW"] == kind
  }
}
