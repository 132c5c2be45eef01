// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Cases
import Foundation
import Interchange
import Planning
import Report

/// `oligoplan report`: a case and its plans as one page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a case with its plans as one HTML file.",
    discussion: """
      Without --plan the report holds the assessment. A plan's file keeps the options that it was made with: the plan is \
      made again from them and compared with the file, byte by byte, so that the page shows exactly what the file says; a \
      file that was changed, or made by another version, is refused. board makes all plans and the report in one go.
      """)

  @Argument(help: "A case: directory or .json file.")
  var path: String

  @Option(name: .long, help: "A plan of this case by this protocol; may be repeated, one of a kind.")
  var plan: [String] = []

  @Option(name: .long, help: "The table of devices that the plans were made with.")
  var devices: String?

  @Option(name: .customLong("protocol"), help: "A care protocol (YAML); the shipped one without it.")
  var protocolFile: String?

  @Option(name: [.customShort("o"), .long], help: "The file to write.")
  var output: String

  func validate() throws {
    // It is read for every plan.
    if path == "-" {
      throw ValidationError("a case from the standard input cannot be read twice: write it to a file")
    }
  }

  func run() throws {
    try Streams.reporting {
      try OutputNames.check(
        [output], against: [path] + plan + [protocolFile, devices].compactMap(\.self))
      let dossiers = try plan.map { try made($0) }
      let kinds = dossiers.compactMap { $0.plan?.kind }
      if let twice = kinds.first(where: { kind in kinds.count { $0 == kind } > 1 }) {
        throw InputError(
          file: plan.last ?? path, "is a second plan of \(twice.rawValue)", advice: "give one of a kind")
      }
      try FileAccess.write(try Self.page(try board(dossiers)), to: output)
      Streams.tell("wrote \(output)")
    }
  }

  /// The page of a board.
  ///
  /// - Throws: what making it throws.
  static func page(_ board: BoardDossier) throws -> Data {
    guard
      let report = HTMLReport(
        board, tool: DossierReading.tool, notice: Notice.text, digest: FileAccess.sha256Base64)
    else { throw InputError(file: board.assessed.patientCase.patientID ?? "the case", "was not assessed") }
    return Data(try report.html().utf8)
  }

  private func board(_ dossiers: [Dossier]) throws -> BoardDossier {
    let stored = try CaseStore.read(path)
    let careProtocol = try DossierReading.careProtocol(protocolFile)
    let sources = try plan.map {
      try PlanStore.read($0, caseHash: stored.sha256, protocolHash: careProtocol.sha256).source
    }
    let day = PlanRequest.ReferenceDay(given: nil, of: stored.patientCase)
    let context = try PlanningContext(
      stored.patientCase, by: careProtocol,
      request: dossiers.compactMap(\.request).first ?? PlanRequest([:], day: day), caseHash: stored.sha256)
    return BoardDossier(context, plans: dossiers, sources: sources)
  }

  /// The plan of a file, made again and found the same.
  private func made(_ file: String) throws -> Dossier {
    let arguments =
      [path, "-o", file] + (protocolFile.map { ["--protocol", $0] } ?? [])
      + (devices.map { ["--devices", $0] } ?? [])
    let like = try PlanCommand.parse(arguments)
    let dossier = try PlanRepetition(file, of: path, protocolFile: protocolFile, devices: devices)
      .command(like: like).dossier()
    let made = try DossierExport.planJSON(dossier, tool: DossierReading.tool)
    guard try FileAccess.read(file) == made else {
      throw InputError(
        file: file, "is not what its options give",
        advice:
          "it was made by another version, changed by hand, or its search was cut short by the time limit: plan anew"
      )
    }
    return dossier
  }
}
