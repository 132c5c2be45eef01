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
  enum Planned: String, ExpressibleByArgument, CaseIterable {
    case sbrt, radiofrequency, microwave, cryoablation, ablation, metastasectomy, hepaticResection, resection

    /// What a resection takes; empty for the others.
    var resections: [Modality] {
      switch self {
      case .metastasectomy: [.metastasectomy]
      case .hepaticResection: [.hepaticResection]
      case .resection: [.metastasectomy, .hepaticResection]
      default: []
      }
    }

    /// The energies of an ablation; empty for the others.
    var energies: [Modality] {
      switch self {
      case .sbrt, .metastasectomy, .hepaticResection, .resection: []
      case .radiofrequency: [.radiofrequency]
      case .microwave: [.microwave]
      case .cryoablation: [.cryoablation]
      case .ablation: Modality.thermal
      }
    }
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
  var path: String

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
      "Also write drawings (SVG) into this folder. Ablation: a printable page for each lesion and energy. Resection: the plane through each lesion with the specimen."
  )
  var pages: String?

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
    if again != nil {
      let shaping =
        (modality == nil ? [] : ["--modality"]) + (lesion.isEmpty ? [] : ["--lesion"]) + joint.given
        + sbrt.given
        + ablation.given.filter { $0 != "--devices" }
      guard let option = shaping.first else { return }
      throw ValidationError("\(option) does not go with --again, which takes the options of the plan's file")
    }
    if let option = strange.first {
      throw ValidationError(
        modality.map { "\(option) does not belong to --modality \($0.rawValue)" }
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
      + (modality.energies.isEmpty ? ablation.given : [])
      + (modality == .sbrt && pages != nil ? ["--pages"] : [])
      + (modality.resections.isEmpty && structures != nil ? ["--structures"] : [])
  }

  func run() throws {
    try Streams.reporting(json: format == .json) {
      let inputs = [path] + [protocolFile, ablation.devices].compactMap(\.self)
      try OutputNames.check(
        [output, structures, pages].compactMap(\.self), against: inputs + [again].compactMap(\.self))
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
    guard let modality else {
      try planPatient()
      return
    }
    if modality == .sbrt {
      try planSBRT()
    } else if modality.energies.isEmpty {
      try planResection(modality.resections)
    } else {
      try planAblation(modality.energies)
    }
  }

  private func planPatient() throws {
    let dossier = try JointDossier.make(
      path, protocolFile: protocolFile, arguments: joint, sbrt: sbrt, ablation: ablation)
    let json = try DossierExport.patientPlanJSON(dossier, tool: DossierReading.tool)
    try write(json)
    switch format {
    case .json: try Streams.result(json)
    case .csv:
      Streams.warn(dossier.patientCase.warnings)
      try Streams.result(PlanTables.patient(dossier))
    case .text:
      try print(PatientPlanReport(dossier, notice: Notice.text)?.document)
    }
  }

  /// Prints a report to the depth that was asked for.
  private func print(_ document: ReportDocument?) throws {
    guard let document else { return }
    try Streams.result(TerminalText(Streams.style, depth.chosen).text(document))
  }

  private func planSBRT() throws {
    let dossier = try SBRTDossier.make(
      path, protocolFile: protocolFile, arguments: sbrt, lesions: lesion)
    let json = try DossierExport.planJSON(dossier, tool: DossierReading.tool)
    try write(json)
    switch format {
    case .json: try Streams.result(json)
    case .text: try print(SBRTReport(dossier, notice: Notice.text)?.document)
    case .csv:
      Streams.warn(dossier.patientCase.warnings)
      try Streams.result(PlanTables.sbrt(dossier))
    }
  }

  private func planAblation(_ energies: [Modality]) throws {
    let dossier = try AblationDossier.make(
      path, protocolFile: protocolFile, energies: energies, arguments: ablation, lesions: lesion)
    let json = try DossierExport.ablationJSON(dossier, tool: DossierReading.tool)
    try write(json, pagesOf: dossier)
    switch format {
    case .json: try Streams.result(json)
    case .text:
      try print(AblationReport(dossier, notice: Notice.text)?.document)
    case .csv:
      Streams.warn(dossier.patientCase.warnings)
      try Streams.result(PlanTables.ablation(dossier))
    }
  }

  private func planResection(_ modalities: [Modality]) throws {
    let dossier = try ResectionDossier.make(
      path, protocolFile: protocolFile, modalities: modalities, lesions: lesion)
    let json = try DossierExport.resectionJSON(dossier, tool: DossierReading.tool)
    try write(json, pagesOf: dossier, specimensOf: dossier)
    switch format {
    case .json: try Streams.result(json)
    case .text:
      try print(ResectionReport(dossier, notice: Notice.text)?.document)
    case .csv:
      Streams.warn(dossier.patientCase.warnings)
      try Streams.result(PlanTables.resection(dossier))
    }
  }

  /// Writes all outputs of the run, or none of them.
  private func write(_ json: Data, pagesOf dossier: Dossier? = nil, specimensOf planned: Dossier? = nil)
    throws
  {
    var outputs = OutputSet()
    var told: [String] = []
    if let output {
      outputs.add(json, to: output)
      told.append("wrote \(output)")
    }
    if let pages, let dossier {
      let drawn = PlanPages.files(dossier)
      outputs.add(folder: drawn, to: pages, owns: PlanPages.owns)
      told.append("wrote \(drawn.count) page\(drawn.count == 1 ? "" : "s") to \(pages)")
    }
    if let structures, let planned {
      outputs.add(try RTStructureSetWriter(planned).data(for: structures), to: structures)
      told.append("wrote \(structures)")
    }
    try outputs.publish()
    Streams.tell(told)
  }
}
