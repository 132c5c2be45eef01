// SPDX-License-Identifier: Apache-2.0
import Anatomy
import ArgumentParser
import Cases
import Dosimetry
import Foundation
import Interchange
import Quantities
import Report

/// `oligoplan dvh`: what the regions of a case receive from one course.
struct DVHCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dvh",
    abstract: "Dose–volume histograms and metrics of lesions, targets and structures.",
    discussion: """
      Metrics: D95% D0.03cc (least dose of the hottest part), V20Gy (% and cc), V95% (of the prescription), \
      CV1500cc (greatest dose of the coldest part), CV12.5Gy (cc below a dose), Dmin, Dmean, Dmax, gEUD(8), and \
      for a target CI50Gy, PCI50Gy, GI50Gy at a given isodose of the whole grid. Where part of a region lies \
      outside the dose, values are unknown: bounds are given where there are any, or the value of the part inside. Dose is physical, trilinear between voxel \
      centres. A registration takes a point of the dose's frame to the contours' frame: to = R·from + shift, \
      sixteen numbers row by row. Bodies of voxels keep their voxels whatever --end-cap says. --format csv prints the metrics; --curve csv the curves for a spreadsheet.
      """)

  @Argument(help: "A case with doses: directory, .json file, or - for standard input.")
  var path: String?

  @Option(name: .long, help: "An RT Structure Set, instead of a case.")
  var structures: String?

  @Option(
    name: .long,
    help:
      "Its RTDOSE[,plan=RTPLAN][,fractions=N][,date=YYYY-MM-DD][,course=NAME][,registration=FILE][,prescription=GY]; beams of one plan may be repeated."
  )
  var dose: [String] = []

  @Option(name: .long, help: "Which course of a case with several.")
  var course: String?

  @Option(name: .long, help: "A region by its name; all without it. May be repeated.")
  var roi: [String] = []

  @Option(name: .long, help: "A metric, as D95%, V20Gy, D0.03cc. May be repeated.")
  var metric: [String] = []

  @Option(name: .long, help: "The prescription in Gy that V95% and its like refer to; the plan's without it.")
  var prescription: Double?

  @Option(name: .long, help: "How bodies end beyond their last planes: half, none, full or rounded.")
  var endCap: String?

  @Flag(name: .long, help: "Bridge missing planes of the structure set half-way from both sides.")
  var bridgeGaps = false

  @Option(name: .long, help: "The distance of the curve's doses in Gy.")
  var step: Double = 0.1

  @Option(name: .long, help: "Print the curves as CSV instead: cumulative or differential.")
  var curve: Curve?

  @Option(name: .long, help: "text, json or csv.")
  var format: OutputFormat = .text

  enum Curve: String, ExpressibleByArgument, CaseIterable {
    case cumulative, differential
  }

  func validate() throws {
    guard (path == nil) != (structures == nil) else {
      throw ValidationError("give a case, or --structures with --dose")
    }
    if path != nil, !dose.isEmpty {
      throw ValidationError("--dose goes with --structures; a case has its doses")
    }
    if path != nil, bridgeGaps { throw ValidationError("--bridge-gaps goes with --structures") }
    if structures != nil, dose.isEmpty { throw ValidationError("--structures needs --dose") }
    if let endCap, !EndCap.choices.map(\.rawValue).contains(endCap) {
      throw ValidationError("--end-cap is one of " + EndCap.choices.map(\.rawValue).joined(separator: ", "))
    }
    for text in metric where DoseMetric(text) == nil {
      throw ValidationError(
        "\"\(text)\" is no metric; as D95%, D0.03cc, V20Gy, CV1500cc, Dmean, gEUD(8), PCI50Gy")
    }
    guard step >= 0.001, step <= 100 else { throw ValidationError("--step lies between 0.001 and 100 Gy") }
    if let prescription, !(prescription > 0 && prescription <= 200) {
      throw ValidationError("--prescription is a number of Gy above zero")
    }
  }

  func run() throws {
    try Streams.reporting(json: format == .json) {
      let (patientCase, hash) = try readCase()
      let chosen = try chosenDose(patientCase)
      for name in roi where !DoseMeasurements.has(name, in: patientCase) {
        throw InputError(
          file: path ?? structures ?? "", place: "ROI \(name)", "there is no such region",
          advice: "there are " + DoseMeasurements.names(in: patientCase).joined(separator: ", "))
      }
      let metrics = metric.isEmpty ? DoseMetric.standard : metric.compactMap(DoseMetric.init)
      let given = prescription.map(AbsorbedDose.gray)
      for asked in metrics where asked.needsPrescription && given == nil && chosen.prescription == nil {
        throw ValidationError("\(asked.name) refers to a prescription: give --prescription GY")
      }
      let measured = DoseMeasurements(
        of: patientCase, dose: chosen, regions: roi.isEmpty ? nil : roi, metrics: metrics,
        prescription: given,
        endCap: endCap.flatMap(EndCap.init(rawValue:)))
      guard !measured.regions.isEmpty else {
        throw InputError(file: path ?? structures ?? "", "holds no contours", advice: "give contours")
      }
      try write(measured, patientCase, hash)
    }
  }

  private func write(_ measured: DoseMeasurements, _ patientCase: PatientCase, _ hash: String?) throws {
    let spacing = AbsorbedDose.gray(step)
    if format != .json { Streams.warn((path == nil ? patientCase.warnings : []) + measured.warnings) }
    if let curve {
      try Streams.result(DoseTables.curves(measured, step: spacing, differential: curve == .differential))
      return
    }
    switch format {
    case .text:
      try Streams.result(
        TerminalText(Streams.style).text(DoseReport(measured, notice: Notice.text).document))
    case .csv: try Streams.result(DoseTables.metrics(measured, patientID: patientCase.patientID))
    case .json:
      try Streams.result(
        DoseDocument(measured, of: patientCase, caseHash: hash, step: spacing, tool: DossierReading.tool)
          .json())
    }
  }

  private func readCase() throws -> (PatientCase, String?) {
    if let path {
      let stored = try CaseStore.read(path)
      return (stored.patientCase, stored.sha256)
    }
    var work = CaseImport()
    work.structureSets = structures.map { [$0] } ?? []
    work.doses = try dose.map { try DoseInput(argument: $0) }
    work.endCap = endCap.flatMap(EndCap.init(rawValue:)) ?? .half
    work.gapPolicy = bridgeGaps ? .bridged : .open
    work.addsDerivedStructures = false
    return (try work.run(), nil)
  }

  private func chosenDose(_ patientCase: PatientCase) throws -> CourseDose {
    let file = path ?? structures ?? ""
    let names = patientCase.doses.map(\.name).joined(separator: ", ")
    if let course {
      guard let found = patientCase.doses.first(where: { $0.name == course }) else {
        throw InputError(file: file, "has no course \(course)", advice: "it has: \(names)")
      }
      return found
    }
    guard let first = patientCase.doses.first else {
      throw InputError(file: file, "holds no dose", advice: "import it with --dose RTDOSE")
    }
    guard patientCase.doses.count == 1 else {
      throw InputError(
        file: file,
        "holds \(patientCase.doses.count) doses (\(names)); doses of different courses are not added here",
        advice: "choose one by --course NAME")
    }
    return first
  }
}
