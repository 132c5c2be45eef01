// SPDX-License-Identifier: Apache-2.0
import Anatomy
import ArgumentParser
import Cases
internal import Facts
import Foundation
import Interchange
import Planning
import Report

/// Reads a case and what follows from it.
enum DossierReading {
  static func careProtocol(_ file: String?) throws -> CareProtocol {
    try file.map { try CareProtocolReader.load(try FileAccess.read($0), file: $0) }
      ?? CareProtocolReader.shipped()
  }

  static func dossier(
    _ path: String, protocolFile: String?, assess: Bool, plans: [String] = []
  ) throws -> Dossier {
    let stored = try CaseStore.read(path)
    let careProtocol = try careProtocol(protocolFile)
    let read = try plans.map {
      try PlanStore.read($0, caseHash: stored.sha256, protocolHash: careProtocol.sha256)
    }
    let planned = read.first.map { first in read.dropFirst().reduce(first.facts) { $0.merging($1.facts) } }
    let measurements = try Measurements(of: stored.patientCase)
    return Dossier(
      patientCase: stored.patientCase, measurements: measurements,
      assessment: assess
        ? Assessment(
          of: stored.patientCase, measurements, by: careProtocol, planned: planned,
          plans: read.map(\.source)) : nil,
      careProtocol: careProtocol, caseHash: stored.sha256, plans: read.map(\.source))
  }

  static var tool: String { "oligoplan \(LibraryVersions.tool)" }
}

/// `oligoplan measure`: sizes, volumes, clearances.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Sizes, volumes and distances to structures.")

  @Argument(help: "A case: directory, .json file, or - for standard input.")
  var path: String

  @Flag(name: .long, help: "Every distance and structure as well, not only sizes and what is nearest.")
  var detail = false

  @Option(name: .long, help: "text, json or csv.")
  var format: OutputFormat = .text

  func run() throws {
    try Streams.reporting(json: format == .json) {
      let dossier = try DossierReading.dossier(path, protocolFile: nil, assess: false)
      switch format {
      case .text:
        try Streams.result(
          TerminalText(Streams.style, detail ? [.detail] : []).text(MeasurementsReport(dossier).document))
      case .json: try Streams.result(try DossierExport.measurementsJSON(dossier, tool: DossierReading.tool))
      case .csv: try Streams.result(DossierTables.measurements(dossier))
      }
    }
  }
}

/// `oligoplan export`: figures and tables as files.
struct ExportCommand: ParsableCommand {
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case csv, json, svg, rtstruct
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract:
      "Write the assessment as CSV or JSON, a plane through a lesion as SVG, or the contours as RTSTRUCT.")

  @Argument(help: "A case: directory, .json file, or - for standard input.")
  var path: String

  @Option(name: .customLong("as"), help: "csv, json, svg or rtstruct.")
  var form: Form

  @Option(name: .long, help: "The lesion of the figure; needed for svg when there are several.")
  var lesion: String?

  @Option(name: .long, help: "The plane's z in millimetres; the lesion's centre without it.")
  var at: Double?

  @Option(name: .customLong("protocol"), help: "A care protocol (YAML); the shipped one without it.")
  var protocolFile: String?

  @Option(name: [.customShort("o"), .long], help: "The file to write.")
  var output: String

  func run() throws {
    try Streams.reporting {
      try OutputNames.check([output], against: [path] + [protocolFile].compactMap(\.self))
      let dossier = try DossierReading.dossier(
        path, protocolFile: protocolFile, assess: form == .csv || form == .json)
      switch form {
      case .csv: try FileAccess.write(DossierTables.assessment(dossier), to: output)
      case .json:
        try FileAccess.write(try DossierExport.assessmentJSON(dossier, tool: DossierReading.tool), to: output)
      case .svg: try FileAccess.write(Data(try figure(dossier).svg.utf8), to: output)
      case .rtstruct:
        let writer = RTStructureSetWriter(dossier.patientCase)
        try writer.write(to: output)
        Streams.warn(writer.uncontoured.map { "lesion \($0) has no contours and was not written" })
      }
      Streams.tell("wrote \(output)")
    }
  }

  private func figure(_ dossier: Dossier) throws -> PlaneFigure {
    let drawn = dossier.measurements.lesions.map(\.id)
    guard let id = lesion ?? (drawn.count == 1 ? drawn.first : nil) else {
      throw ValidationError(
        drawn.isEmpty
          ? "no lesion of this case has a place to draw"
          : "--lesion is needed: \(drawn.joined(separator: ", "))")
    }
    if let at, let solid = dossier.patientCase.lesions.first(where: { $0.id == id })?.body?.solid,
      !(solid.bounds.low.z...solid.bounds.high.z).contains(at)
    {
      throw InputError(
        file: path, "the plane at \(at) mm does not cut lesion \(id)",
        advice: "it lies between \(solid.bounds.low.z) and \(solid.bounds.high.z) mm")
    }
    guard let figure = PlaneFigure(dossier, lesion: id, z: at) else {
      throw InputError(
        file: path, "has no lesion \(id) with a body",
        advice: drawn.isEmpty
          ? "give contours or places" : "lesions with one: \(drawn.joined(separator: ", "))")
    }
    return figure
  }
}
