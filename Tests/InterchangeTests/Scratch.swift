// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder of a test's own, removed with it.
final class Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("oligoplan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
    return path(name)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: url.appendingPathComponent(name))
    return path(name)
  }
}

/// Third-party files to run on; tests that need them say so and are skipped without them.
enum RealData {
  static let folder: URL? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let told = ProcessInfo.processInfo.environment["OLIGOPLAN_DATA"]
    let url = told.map { URL(fileURLWithPath: $0) } ?? root.appendingPathComponent("../shared/data")
    return FileManager.default.fileExists(atPath: url.appendingPathComponent("MANIFEST.json").path)
      ? url.standardizedFileURL : nil
  }()

  static func path(_ name: String) -> String { folder?.appendingPathComponent(name).path ?? "" }
}
