// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Cases
import Foundation
import Interchange
import Planning
import Report

/// `oligoplan assess`: every lesion by every therapy.
struct AssessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: "Judge every lesion for every local therapy: verdict, score, reasons, sources.",
    discussion: """
      The verdict is eligible, conditional (a manoeuvre, a plan, a correction or a board question stands \
      between), indeterminate (a deciding fact is unknown) or ineligible. The score orders therapies of equal \
      verdict: rules on one root fact speak once; inside a concern the worst counts in full and each further \
      one a quarter; five concerns combine as a weighted geometric mean. Scores are shown rounded to 5 and do \
      not differ meaningfully within 10. The range is the score with every unknown fact at its worst and best.

      With --jsonl the input is a cohort, one patient a line as JSON, and the answer one record a line in the same order. A \
      patient that cannot be read becomes a record that says why; --format csv writes one row a lesion and therapy. Exit status: 0 all records are written, 65 the input \
      cannot be read, 75 records cannot be written: try again.
      """)

  @Argument(
    help: "A case: directory, .json file, or - for standard input; with --jsonl a file of lines or -.")
  var path: String?

  @Flag(name: .long, help: "A cohort: one patient a line in, one record a line out.")
  var jsonl = false

  @OptionGroup var cohort: FilterArguments

  @Option(
    name: .long,
    help:
      "A plan of this case by this protocol: rules that rest on planned dose, zones and needle paths then speak in place of distance; may be repeated, for plans of several modalities."
  )
  var plan: [String] = []

  @OptionGroup var depth: DepthArguments

  @Option(name: .customLong("protocol"), help: "A care protocol (YAML); the shipped one without it.")
  var protocolFile: String?

  @Option(name: .long, help: "text, json or csv.")
  var format: OutputFormat = .text

  func validate() throws {
    if jsonl {
      let others =
        (plan.isEmpty ? [] : ["--plan"]) + (depth.sources ? ["--sources"] : [])
        + (depth.detail && format == .csv ? ["--detail of a table"] : [])
      if let other = others.first { throw ValidationError("\(other) does not go with --jsonl") }
    } else {
      guard path != nil else { throw ValidationError("Missing expected argument '<path>'") }
      if let option = cohort.given.first { throw ValidationError("\(option) needs --jsonl") }
    }
  }

  func run() throws {
    if jsonl {
      try cohort.run(
        path ?? "-", protocolFile: protocolFile,
        form: format == .csv ? .table : .jsonLines(isDetailed: depth.detail))
      return
    }
    let path = path ?? "-"
    try Streams.reporting(json: format == .json) {
      let dossier = try DossierReading.dossier(path, protocolFile: protocolFile, assess: true, plans: plan)
      switch format {
      case .text:
        guard let report = AssessmentReport(dossier, notice: Notice.text) else { return }
        try Streams.result(TerminalText(Streams.style, depth.chosen).text(report.document))
      case .json: try Streams.result(try DossierExport.assessmentJSON(dossier, tool: DossierReading.tool))
      case .csv:
        Streams.warn(dossier.patientCase.warnings + (dossier.assessment?.warnings ?? []))
        try Streams.result(DossierTables.assessment(dossier))
      }
    }
  }
}
