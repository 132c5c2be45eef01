// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Prints pages to PDF with the Chromium of this machine, headless: the browser wraps text, sets fonts and breaks pages.
///
/// Nothing is asked of any network (host names resolve to nothing), and what is printed leaves no trace beside the PDF: page
/// and profile lie in a folder of their own, readable by the user alone, which is removed.
public struct PagePrinter: Sendable {
  /// What a printed file is to the browser, by its extension.
  public enum Form: String, Sendable {
    case html, svg
  }

  private let program: String
  /// A page takes one to three seconds; a browser that hangs is ended.
  private static let patience: TimeInterval = 120

  /// Looks for Chromium: the program that `CHROMIUM` names, else `chromium`, `chromium-browser` or `google-chrome` on the path.
  ///
  /// - Throws: `InputError` of kind `notFound` that says what to install.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment) throws(InputError) {
    if let named = environment["CHROMIUM"] {
      guard FileManager.default.isExecutableFile(atPath: named) else {
        throw InputError(
          .notFound, file: named, "is named by CHROMIUM and is no program that can be run",
          advice: "name Chromium's own file, or unset CHROMIUM")
      }
      program = named
      return
    }
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    for name in ["chromium", "chromium-browser", "google-chrome"] {
      let folder = folders.first { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
      if let folder {
        program = "\(folder)/\(name)"
        return
      }
    }
    throw InputError(
      .notFound, file: "chromium", "is not on this machine, and PDF is printed by it",
      advice: "install it (Debian: apt install chromium fonts-dejavu-core), or let pages be HTML")
  }

  /// One page as PDF, on the paper that its style asks for.
  ///
  /// - Throws: `InputError` of kind `cannotWrite` where the browser ends without one.
  public func pdf(_ page: Data, as form: Form) throws(InputError) -> Data {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("oligoplan-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("page.\(form.rawValue)")
    let printed = folder.appendingPathComponent("page.pdf")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      try page.write(to: source)
      try run(on: source, to: printed, profile: folder.appendingPathComponent("profile"))
      return try Data(contentsOf: printed)
    } catch let error as InputError {
      throw error
    } catch {
      throw InputError(
        .cannotWrite, file: program, "made no PDF",
        advice: "try chromium --headless on a page of your own, or let pages be HTML")
    }
  }

  private func run(on source: URL, to printed: URL, profile: URL) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments =
      [
        "--headless=new", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--disable-breakpad",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(profile.path)", "--no-pdf-header-footer",
        "--print-to-pdf=\(printed.path)",
      ]
      // Chromium refuses to keep its sandbox for the superuser.
      + (geteuid() == 0 ? ["--no-sandbox"] : []) + [source.absoluteString]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let end = Date(timeIntervalSinceNow: Self.patience)
    while process.isRunning, Date() < end { usleep(20_000) }
    if process.isRunning {
      process.terminate()
      throw InputError(
        .cannotWrite, file: program, "did not end within \(Int(Self.patience)) s and was ended",
        advice: "try again, or let pages be HTML")
    }
  }
}
