// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

/// The thorax phantom's files, and cases imported from them, each made once by the command for all tests that only use them.
final class PhantomCases: Sendable {
  /// Where they are made; gone when the tests end.
  static let thorax = Result { try PhantomCases() }

  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "oligoplan-e2e-thorax-\(ProcessInfo.processInfo.processIdentifier)")
  private let made = Mutex<[[String]: Data]>([:])

  private init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { if case .success(let cases) = PhantomCases.thorax { cases.remove() } }
    let written = try Command.run(["phantom", "write", "thorax", "-o", "thorax"], in: folder)
    #expect(written.status == 0, "\(written.errors)")
  }

  private func remove() { try? FileManager.default.removeItem(at: folder) }

  /// A copy of the phantom's folder.
  fileprivate func copyFiles(to place: URL) throws {
    try FileManager.default.copyItem(at: folder.appendingPathComponent("thorax"), to: place)
  }

  /// The file of a case.
  ///
  /// - Parameter arguments: what `import` is given, but for the output.
  fileprivate func caseFile(_ arguments: [String]) throws -> Data {
    try made.withLock { made in
      if let known = made[arguments] { return known }
      let imported = try Command.run(["import"] + arguments + ["-o", "case.json"], in: folder)
      #expect(imported.status == 0, "\(imported.errors)")
      let data = try Data(contentsOf: folder.appendingPathComponent("case.json"))
      made[arguments] = data
      return data
    }
  }
}

extension CommandFolder {
  /// Puts the thorax phantom's files into `thorax`.
  func thoraxFiles() throws {
    try PhantomCases.thorax.get().copyFiles(to: folder.appendingPathComponent("thorax"))
  }

  /// Puts the thorax phantom's files into `thorax`, and a case of them into `case.json`.
  ///
  /// - Parameters:
  ///   - hasPatient: whether the patient file is imported as well.
  ///   - dose: what the earlier dose is imported with, as `fractions=3`; without it when `nil`.
  func thoraxCase(hasPatient: Bool = true, dose: String? = nil) throws {
    try thoraxFiles()
    var arguments = ["--structures", "thorax/structures.dcm", "--lesions", "thorax/lesions.csv"]
    if hasPatient { arguments += ["--patient", "thorax/patient.yaml"] }
    if let dose { arguments += ["--dose", "thorax/dose.dcm,\(dose)"] }
    try PhantomCases.thorax.get().caseFile(arguments).write(to: folder.appendingPathComponent("case.json"))
  }
}
