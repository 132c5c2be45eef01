// SPDX-License-Identifier: Apache-2.0
import Fixtures
import Foundation
import Interchange
import Testing

/// Runs the built command as a user would.
enum Command {
  struct Result {
    let status: Int32
    let output: Data
    let errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// The command beside the test bundle.
  static let url: URL = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = bundle.deletingLastPathComponent()
    while folder.path != "/" {
      let candidate = folder.appendingPathComponent("oligoplan")
      if FileManager.default.isExecutableFile(atPath: candidate.path),
        !((try? candidate.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false)
      {
        return candidate
      }
      folder.deleteLastPathComponent()
    }
    return bundle.deletingLastPathComponent().appendingPathComponent("oligoplan")
  }()

  static func run(_ arguments: [String], input: Data = Data(), in folder: URL) throws -> Result {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let output = folder.appendingPathComponent(".stdout-\(UUID().uuidString)")
    let errors = folder.appendingPathComponent(".stderr-\(UUID().uuidString)")
    let given = folder.appendingPathComponent(".stdin-\(UUID().uuidString)")
    try input.write(to: given)
    for file in [output, errors] { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: given)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    defer { for file in [output, errors, given] { try? FileManager.default.removeItem(at: file) } }
    let result = Result(
      status: process.terminationStatus, output: try Data(contentsOf: output),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    if result.status == 0 { try Schemas.hold(result.output, arguments, in: folder) }
    return result
  }
}

/// A folder of its own to run the command in; gone with the test.
class CommandFolder {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "oligoplan-e2e-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func run(_ arguments: String..., input: Data = Data()) throws -> Command.Result {
    try Command.run(arguments, input: input, in: folder)
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }
}

/// Whatever JSON a run writes is validated against its schema.
private enum Schemas {
  static let all: [String: Data] = {
    var all: [String: Data] = [:]
    for kind in DocumentSchema.allCases where kind != .careProtocol { all[kind.rawValue] = try? kind.json() }
    return all
  }()

  /// Results on standard output, and files named by `-o`.
  static func hold(_ output: Data, _ arguments: [String], in folder: URL) throws {
    var written = output.first == UInt8(ascii: "{") ? [output] : []
    if arguments.contains(where: ["--jsonl", "triage"].contains), !written.isEmpty {
      written = output.split(separator: 0x0A).map { Data($0) }
    }
    for (option, name) in zip(arguments, arguments.dropFirst()) where ["-o", "--output"].contains(option) {
      let file = URL(fileURLWithPath: name, relativeTo: folder)
      let inside = file.appendingPathComponent("case.json")
      for file in [file, inside] where file.pathExtension == "json" {
        if let data = try? Data(contentsOf: file) { written.append(data) }
      }
    }
    for data in written {
      let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      // A schema itself names no schema of ours.
      guard let name = object?["schema"] as? String else { continue }
      let kind = name.split(separator: ".").last?.split(separator: "/").first.map(String.init) ?? ""
      let faults =
        try all[kind].map { try JSONSchemaCheck($0).faults(of: data) } ?? ["there is no schema \(name)"]
      #expect(faults.isEmpty, "\(name): \(faults.prefix(5).joined(separator: "; "))")
    }
  }
}
