// SPDX-License-Identifier: Apache-2.0
import Ablation
import ArgumentParser
import Cases
import Foundation
import Interchange
import Planning
import Report
import Vocabulary

/// `oligoplan plan`: proposals of one modality for every lesion, and what they cost together.
struct PlanCommand: ParsableCommand {
  /// What is planned by itself: SBRT, one energy or all, one kind of resection or both.
  enum Planned: ExpressibleByArgument, Equatable {
    case sbrt
    /// All energies the protocol has devices of without a list.
    case ablation([Modality]?)
    case resection([Modality])

    init?(argument: String) {
      let modality = Modality(rawValue: argument)
      switch (argument, modality?.family) {
      case ("sbrt", _): self = .sbrt
      case ("ablation", _): self = .ablation(nil)
      case ("resection", _): self = .resection([.metastasectomy, .hepaticResection])
      case (_, .ablation?): self = .ablation(modality.map { [$0] })
      case (_, .surgery?): self = .resection([modality].compactMap(\.self))
      default: return nil
      }
    }

    /// The word that asks for it.
    var word: String {
      switch self {
      case .sbrt: "sbrt"
      case .ablation(let energies): energies?.first?.rawValue ?? "ablation"
      case .resection(let kinds): kinds.count == 1 ? kinds[0].rawValue : "resection"
      }
    }

    static var allValueStrings: [String] {
      ["sbrt"] + Modality.ablations.map(\.rawValue)
        + ["ablation", "metastasectomy", "hepaticResection", "resection"]
    }

    var isAblation: Bool { if case .ablation = self { true } else { false } }
    var isResection: Bool { if case .resection = self { true } else { false } }
  }

  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan the patient as a whole, or every lesion by one modality: SBRT, ablation, resection.",
    discussion: """
      SBRT: prescription, target, estimated dose, limits, burden, earlier dose. A geometric estimate, no dosimetry: \
      published fall-off around targets, each dose as expected with the plan-quality band. It supports a \
      verdict or asks for a plan, and never excludes. Earlier courses come with the case: dose grids (import --dose), \
      histograms as text (import --dvh), or the patient file's earlier_courses. Doses of one course and one fraction \
      count add in Gy, all others as EQD2 with each organ's own α/β; nothing recovers unless --recovery says so.

      Ablation: zones from device charts put around each lesion, straight needle paths from the skin in thousands of \
      directions, what they cross and pass, what lies beside the zone, manoeuvres, risk and preparation. The charts \
      shipped are illustrative: give your own with --devices (oligoplan.devices/1). Paths are geometry of the contours as \
      imaged; re-measure in the position of the intervention.

      Resection: for lung lesions the least specimen that holds lesion and margin and opens at the pleura, by \
      margin and depth, or segments, lobe or more; what merges; marking for thoracoscopy; the function each side leaves \
      by segment counting, volume and perfusion, compared with guidelines, with the next test; completeness, registry \
      group and series beside the patient. For liver lesions the liver that remains.

      By default a plan prints one page: the conclusion, what decides it, what to obtain. --detail prints every \
      lesion with all reasons, --sources the bibliography. A plan written with -o is what assess --plan takes.
      """)

  @Argument(help: "A case: directory, .json file, or - for standard input.")
  var path: String = ""

  @Option(
    name: .long, parsing: .upToNextOption,
    help: "Two plans of the patient as a whole, A.json B.json: say what they differ in, and plan nothing.")
  var compare: [String] = []

  @Option(
    name: .long,
    help:
      "sbrt, radiofrequency, microwave, cryoablation, ablation for all three energies, metastasectomy, hepaticResection, or resection for both. Without it the patient is planned as a whole."
  )
  var modality: Planned?

  @Option(name: .long, help: "Only this lesion; may be repeated. All without it.")
  var lesion: [String] = []

  @Option(
    name: .long,
    help:
      "Also write pages into this folder. Ablation: a printable page (HTML) for each lesion and energy. Resection: the plane through each lesion with the specimen (SVG)."
  )
  var pages: String?

  @Option(
    name: .long,
    help: "html (as above, which any browser shows and prints) or pdf, printed by this machine's Chromium.")
  var pagesAs: PlanPages.Form?

  @Option(
    name: .long,
    help: "Resection: also write the specimens with the case's contours (RTSTRUCT) to this file.")
  var structures: String?

  @Option(
    name: .long,
    help:
      "Make a plan again from its file: with the options kept in it, of the same case, protocol and devices; no other option that shapes a plan goes with it."
  )
  var again: String?

  @OptionGroup var depth: DepthArguments
  @OptionGroup var joint: JointArguments
  @OptionGroup var sbrt: SBRTArguments
  @OptionGroup var ablation: AblationArguments

  @Option(name: .customLong("protocol"), help: "A care protocol (YAML); the shipped one without it.")
  var protocolFile: String?

  @Option(name: .long, help: "text, json or csv.")
  var format: OutputFormat = .text

  @Option(name: [.customShort("o"), .long], help: "Also write the plan (JSON) to this file.")
  var output: String?

  func validate() throws {
    guard compare.isEmpty else {
      let others =
        (path.isEmpty ? [] : ["a case"]) + (again == nil ? [] : ["--again"])
        + (modality == nil ? [] : ["--modality"]) + (lesion.isEmpty ? [] : ["--lesion"]) + joint.given
        + sbrt.given + ablation.given + (output == nil ? [] : ["--output"])
      if let other = others.first { throw ValidationError("\(other) does not go with --compare") }
      guard compare.count == 2 else { throw ValidationError("--compare takes two plans: A.json B.json") }
      guard format == .text else { throw ValidationError("--compare prints text alone") }
      return
    }
    guard !path.isEmpty else { throw ValidationError("Missing expected argument '<path>'") }
    if again != nil {
      let shaping =
        (modality == nil ? [] : ["--modality"]) + (lesion.isEmpty ? [] : ["--lesion"]) + joint.given
        + sbrt.given
        + ablation.given.filter { $0 != "--devices" }
      guard let option = shaping.first else { return }
      throw ValidationError("\(option) does not go with --again, which takes the options of the plan's file")
    }
    if pagesAs != nil, pages == nil { throw ValidationError("--pages-as needs --pages FOLDER") }
    if let option = strange.first {
      throw ValidationError(
        modality.map { "\(option) does not belong to --modality \($0.word)" }
          ?? "\(option) needs --modality")
    }
  }

  /// Options that say nothing to what is planned.
  private var strange: [String] {
    guard let modality else {
      return (lesion.isEmpty ? [] : ["--lesion"]) + (pages == nil ? [] : ["--pages"])
        + (structures == nil ? [] : ["--structures"])
        + (sbrt.scheme.isEmpty ? [] : ["--scheme"]) + (ablation.candidates == nil ? [] : ["--candidates"])
    }
    return joint.given + (modality == .sbrt ? [] : sbrt.given)
      + (modality.isAblation ? [] : ablation.given)
      + (modality == .sbrt && pages != nil ? ["--pages"] : [])
      + (!modality.isResection && structures != nil ? ["--structures"] : [])
  }

  func run() throws {
    try Streams.reporting(json: format == .json) {
      guard compare.isEmpty else {
        let difference = try PlanDifferenceReader.read(compare[0], compare[1])
        let document = PlanDifferenceReport(difference, notice: Notice.text).document
        try Streams.result(TerminalText(Streams.style, depth.chosen).text(document))
        return
      }
      let inputs = [path] + [protocolFile, ablation.devices].compactMap(\.self)
      try OutputNames.check(
        [output, structures, pages].compactMap(\.self), against: inputs + [again].compactMap(\.self))
      // Asked for before the plan, which takes its time.
      if pagesAs == .pdf { _ = try PagePrinter() }
      if let again {
        try PlanRepetition(again, of: path, protocolFile: protocolFile, devices: ablation.devices).command(
          like: self
        ).make()
        return
      }
      try make()
    }
  }

  /// Makes the plan and writes it out.
  func make() throws {
    let dossier = try dossier()
    let json = try DossierExport.planJSON(dossier, tool: DossierReading.tool)
    try write(json, of: dossier)
    switch format {
    case .json: try Streams.result(json)
    case .csv:
      Streams.warn(dossier.patientCase.warnings)
      try Streams.result(PlanTables.plan(dossier))
    case .text: try Streams.result(text(dossier))
    }
  }

  private func text(_ dossier: Dossier) -> String {
    let document: ReportDocument? =
      switch dossier.plan?.content {
      case .irradiation: SBRTReport(dossier, notice: Notice.text)?.document
      case .ablation: AblationReport(dossier, notice: Notice.text)?.document
      case .resection: ResectionReport(dossier, notice: Notice.text)?.document
      case .patient, nil: PatientPlanReport(dossier, notice: Notice.text)?.document
      }
    return document.map { TerminalText(Streams.style, depth.chosen).text($0) } ?? ""
  }

  /// Writes all outputs of the run, or none of them.
  private func write(_ json: Data, of dossier: Dossier) throws {
    var outputs = OutputSet()
    var told: [String] = []
    if let output {
      outputs.add(json, to: output)
      told.append("wrote \(output)")
    }
    if let pages {
      let drawn = try PlanPages.files(dossier, printer: pagesAs == .pdf ? PagePrinter() : nil)
      outputs.add(folder: drawn, to: pages, owns: PlanPages.owns)
      told.append("wrote \(drawn.count) page\(drawn.count == 1 ? "" : "s") to \(pages)")
    }
    if let structures {
      outputs.add(try RTStructureSetWriter(dossier).data(for: structures), to: structures)
      told.append("wrote \(structures)")
    }
    try outputs.publish()
    Streams.tell(told)
  }
}
