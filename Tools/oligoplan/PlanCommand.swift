import Anatomy
import ArgumentParser
import Cases
import Dosimetry
import Foundation
import Interchange
import Planning
import Quantities
import Radiotherapy
import Report

/// `oligoplan plan`: proposals of one modality for every lesion, and what they cost together.
struct PlanCommand: ParsableCommand {
  enum Planned: String, ExpressibleByArgument, CaseIterable {
    case sbrt
  }

  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract:
      "Plan SBRT of every lesion: prescription, target, estimated dose, limits, burden, earlier dose.",
    discussion: """
      A geometric estimate, no dosimetry: published fall-off around targets, each dose as expected with the band from a \
      good to a poor plan. It supports a verdict or asks for a plan, and never excludes. Earlier courses come with the \
      case: dose grids (import --dose), histograms as text (import --dvh), or the patient file's earlier_courses. \
      Doses of one course and one fraction count add in gray, all others as EQD2 with each organ's own α/β; nothing \
      recovers unless --recovery says so. A plan written with -o is what assess --plan takes.
      """)

  @Argument(help: "A case: directory, .json file, or - for standard input.")
  var path: String

  @Option(name: .long, help: "Which modality: sbrt.")
  var modality: Planned

  @Option(name: .long, help: "Only this lesion; may be repeated. All without it.")
  var lesion: [String] = []

  @Option(
    name: .long,
    help: "A prescription scheme of the protocol for all lesions, or LESION=SCHEME for one; may be repeated.")
  var scheme: [String] = []

  @Option(name: .long, help: "How targets are made: a technique of the protocol, as itv4DCT or noFourDCT.")
  var technique: String?

  @Option(name: .long, help: "The distance of the estimate's nodes in millimetres, 1 to 5.")
  var grid: Double = 2.5

  @Option(
    name: .long,
    help: "How far earlier doses may lie off their registered places: half axes in mm, one number or x,y,z.")
  var registrationUncertainty: String?

  @Option(name: .long, help: "An assumption of recovery of the protocol, as nieder-cord; none without it.")
  var recovery: String?

  @Option(name: .long, help: "The day from which intervals are reckoned, YYYY-MM-DD; today without it.")
  var on: String?

  @Option(name: .customLong("protocol"), help: "A care protocol (YAML); the shipped one without it.")
  var protocolFile: String?

  @Option(name: .long, help: "text, json or csv.")
  var format: OutputFormat = .text

  @Option(name: [.customShort("o"), .long], help: "Also write the plan (JSON) to this file.")
  var output: String?

  func validate() throws {
    guard grid >= 1, grid <= 5 else { throw ValidationError("--grid lies between 1 and 5 mm") }
    if let text = registrationUncertainty, uncertainty(text) == nil {
      throw ValidationError("--registration-uncertainty is one number of mm or x,y,z, each 0 to 50")
    }
    if let on, SBRTOptions.date(on) == nil { throw ValidationError("--on is a day, YYYY-MM-DD") }
  }

  private func uncertainty(_ text: String) -> RegistrationUncertainty? {
    let numbers = text.split(separator: ",").compactMap { Double($0) }.map(Length.millimeters)
    guard numbers.count == text.split(separator: ",", omittingEmptySubsequences: false).count else {
      return nil
    }
    switch numbers.count {
    case 1: return RegistrationUncertainty(x: numbers[0], y: numbers[0], z: numbers[0])
    case 3: return RegistrationUncertainty(x: numbers[0], y: numbers[1], z: numbers[2])
    default: return nil
    }
  }

  private var options: SBRTOptions {
    var options = SBRTOptions()
    options.technique = technique
    options.lesions = lesion.isEmpty ? nil : Set(lesion)
    options.spacing = .millimeters(grid)
    options.uncertainty = registrationUncertainty.flatMap(uncertainty)
    options.recovery = recovery
    options.day = on ?? Self.today
    for text in scheme {
      // A scheme's own id may hold no equals sign.
      if let equals = text.firstIndex(of: "=") {
        options.schemes[String(text[..<equals])] = String(text[text.index(after: equals)...])
      } else {
        options.schemes[""] = text
      }
    }
    return options
  }

  private static var today: String {
    let formatter = DateFormatter()
    formatter.calendar = Calendar(identifier: .gregorian)
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd"
    return formatter.string(from: Date())
  }

  func run() throws {
    try Streams.reporting(json: format == .json) {
      try Streams.refuse(output: output, among: [path] + (protocolFile.map { [$0] } ?? []))
      let dossier = try SBRTDossier.make(path, protocolFile: protocolFile, options: options)
      let json = try DossierExport.planJSON(dossier, tool: DossierReading.tool)
      if let output {
        try FileAccess.write(json, to: output)
        Streams.tell("wrote \(output)")
      }
      switch format {
      case .json: try Streams.result(json)
      case .text: try Streams.result(SBRTText(dossier, notice: Notice.text, style: Streams.style)?.text ?? "")
      case .csv:
        Streams.warn(dossier.patientCase.warnings)
        try Streams.result(PlanTables.sbrt(dossier))
      }
    }
  }
}

/// Plans and assesses a case.
enum SBRTDossier {
  static func make(_ path: String, protocolFile: String?, options: SBRTOptions) throws -> Dossier {
    let stored = try CaseStore.read(path)
    let careProtocol = try DossierReading.careProtocol(protocolFile)
    guard let parameters = careProtocol.radiotherapy else {
      throw InputError(
        file: protocolFile ?? "default protocol", "says nothing about radiotherapy",
        advice: "add its radiotherapy part (oligoplan protocol show)")
    }
    let measurements = try Measurements(of: stored.patientCase)
    let facts = try FactAssembly(stored.patientCase, measurements)
    do {
      let plan = try SBRTPlanner(parameters, options: options).plan(
        stored.patientCase, settings: facts.settings(of: stored.patientCase), patient: facts.patient)
      return Dossier(
        patientCase: stored.patientCase, measurements: measurements,
        assessment: try Assessment(
          of: stored.patientCase, measurements, by: careProtocol, planned: PlannedFactTables(plan)),
        careProtocol: careProtocol, caseHash: stored.sha256, sbrtPlan: plan)
    } catch let obstacle as SBRTObstacle {
      throw InputError(file: path, obstacle.message, advice: obstacle.advice)
    }
  }
}
