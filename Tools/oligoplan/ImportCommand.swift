// SPDX-License-Identifier: Apache-2.0
import Anatomy
import ArgumentParser
import Cases
import Dosimetry
import Foundation
import Interchange
import Quantities
import Vocabulary

/// `oligoplan import`: files in, one case out.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a case from lesion lists, RT structure sets, label maps and a patient file.")

  @Option(name: .long, help: "A lesion list: CSV, TSV or JSON, units in the headers.")
  var lesions: [String] = []

  @Option(name: .long, help: "A DICOM RT Structure Set.")
  var structures: [String] = []

  @Option(
    name: .long,
    help:
      "An RTDOSE[,plan=RTPLAN][,fractions=N][,date=YYYY-MM-DD][,course=NAME][,registration=REG.dcm|MATRIX.txt|identity][,prescription=GY]. The registration takes a point of the dose's frame to the contours'."
  )
  var dose: [String] = []

  @Option(
    name: .long,
    help:
      "Histograms of an earlier course as Eclipse exports them as text: FILE,fractions=N[,date=YYYY-MM-DD][,course=NAME]."
  )
  var dvh: [String] = []

  @Option(
    name: .long, help: "A NIfTI label map, or a folder with one for every organ, as TotalSegmentator writes.")
  var labels: [String] = []

  @Option(
    name: .long,
    help: "The names of a map's labels (JSON, CSV or ITK-SNAP): one file for all maps, or one for each.")
  var labelNames: [String] = []

  @Option(name: .long, help: "A patient file: YAML or JSON, every field optional.")
  var patient: String?

  @Option(name: .long, help: "Which patient of a list of many.")
  var patientID: String?

  @Option(name: .long, help: "Which diameter the list's sizes are: longest_axial, equivalent or greatest.")
  var diameterKind: String?

  @Option(name: .long, help: "The unit of sizes whose header names none: mm or cm.")
  var sizeUnit: String?

  @Option(
    name: .long,
    help:
      "Which scan of a list with several: its study, series or day; repeat it for scans that belong together."
  )
  var scan: [String] = []

  @Option(name: .long, help: "The site of lesions whose source names none, as lung or liver.")
  var site: String?

  @Option(name: .long, help: "An ROI or label to be taken for a lesion, whatever its name says.")
  var lesionRoi: [String] = []

  @Option(name: .long, help: "An ROI or label to be taken for a structure, whatever its name says.")
  var structureRoi: [String] = []

  @Option(
    name: .long, help: "A lesion ROI whose parts that do not touch are lesions of their own; may be repeated."
  )
  var split: [String] = []

  @Option(
    name: .long,
    help:
      "Leave out parts of bodies under this volume, as 0.1cc or 100mm3 (cc without a unit); they are counted."
  )
  var smallestPart: String?

  @Option(name: .long, help: "How bodies end beyond their last planes: half, none or full.")
  var endCap: String = EndCap.half.rawValue

  @Flag(name: .long, help: "Bridge missing planes half-way from both sides instead of leaving the gap open.")
  var bridgeGaps = false

  @Flag(name: .long, help: "Leave out rows that cannot be used instead of refusing the list.")
  var keepGoing = false

  @Option(
    name: [.customShort("o"), .long], help: "A directory, or a .json file; standard output without it.")
  var output: String?

  func validate() throws {
    if lesions.isEmpty, structures.isEmpty, labels.isEmpty {
      throw ValidationError("give at least one --lesions, --structures or --labels")
    }
    if labelNames.count > 1, labelNames.count != labels.count {
      throw ValidationError("give one --label-names for all --labels, or one for each in the same order")
    }
    if !labelNames.isEmpty, labels.isEmpty {
      throw ValidationError("--label-names names the labels of --labels, which is missing")
    }
    if let diameterKind, DiameterKind(word: diameterKind) == nil {
      throw ValidationError("--diameter-kind is longest_axial, equivalent or greatest")
    }
    if let site, Site(word: site) == nil {
      throw ValidationError("--site is one of " + Site.allCases.map(\.rawValue).joined(separator: ", "))
    }
    // Domes belong to a histogram; a case keeps the planes as they were drawn.
    guard let cap = EndCap(rawValue: endCap), [.half, .none, .full].contains(cap) else {
      throw ValidationError("--end-cap is half, none or full")
    }
    if let sizeUnit, LesionListOptions.sizeFactor(of: sizeUnit) == nil {
      throw ValidationError("--size-unit is mm or cm")
    }
    if let smallestPart, RegionOfInterestChoice.volume(of: smallestPart) == nil {
      throw ValidationError("--smallest-part is a volume above zero, as 0.1cc or 100mm3")
    }
    if structures.isEmpty, !dose.isEmpty { throw ValidationError("--dose needs --structures") }
  }

  func run() throws {
    try Streams.reporting {
      let doses = try dose.map { try DoseInput(argument: $0) }
      let dvhs = try dvh.map { try DVHTextInput(argument: $0) }
      let inputs =
        lesions + structures + labels + labelNames + doses.flatMap(\.files) + dvhs.map(\.path)
      try OutputNames.check(
        [output].compactMap(\.self), against: inputs + [patient].compactMap(\.self))
      var work = CaseImport()
      work.lesionLists = lesions
      work.structureSets = structures
      work.doses = doses
      work.dvhTexts = dvhs
      work.labelMaps = labels.enumerated().map { index, path in
        LabelMapInput(
          path: path, namesFile: labelNames.count > 1 ? labelNames[index] : labelNames.first)
      }
      work.patientFile = patient
      work.listOptions = LesionListOptions(
        diameterKind: diameterKind.flatMap(DiameterKind.init(word:)), site: site.flatMap(Site.init(word:)),
        patientID: patientID, sizeFactor: sizeUnit.flatMap(LesionListOptions.sizeFactor(of:)),
        scans: Set(scan),
        keepGoing: keepGoing)
      work.choice = RegionOfInterestChoice(
        lesions: Set(lesionRoi), structures: Set(structureRoi), split: Set(split),
        smallestPart: smallestPart.flatMap(RegionOfInterestChoice.volume(of:)))
      work.endCap = EndCap(rawValue: endCap) ?? .half
      work.gapPolicy = bridgeGaps ? .bridged : .open
      let patientCase = try work.run()
      Streams.tell(ImportWords.lines(patientCase))
      Streams.warn(patientCase.warnings)
      let tool = "oligoplan \(LibraryVersions.tool)"
      if let output {
        try CaseStore.write(patientCase, to: output, tool: tool)
        Streams.tell("wrote \(output)")
      } else {
        try Streams.result(try CaseStore.singleFile(patientCase, tool: tool))
      }
    }
  }
}

/// What import took for what.
enum ImportWords {
  static func lines(_ patientCase: PatientCase) -> [String] {
    var lines = ["patient \(patientCase.patientID ?? "(no ID)")"]
    for lesion in patientCase.lesions {
      var parts: [String] = []
      if let site = lesion.site { parts.append(site.title) }
      if let lobe = lesion.lobe {
        parts.append(lobe.abbreviation)
      } else if let side = lesion.side {
        parts.append(side.rawValue)
      }
      switch lesion.body {
      case .contoured(let solid)?:
        parts.append("\(solid.slabs.count) planes, \(rounded(solid.volume.cubicCentimeters)) cc")
      case .modelled?: parts.append("a ball or ellipsoid of the stated size")
      case nil: parts.append("as stated, no contours")
      }
      lines.append("  lesion     \(lesion.id): \(parts.joined(separator: ", "))")
    }
    for target in patientCase.targets {
      lines.append(
        "  target     \(target.sourceName)"
          + (target.lesions.isEmpty ? "" : " of \(target.lesions.joined(separator: ", "))"))
    }
    for structure in patientCase.structures {
      let role =
        !structure.name.isRecognized
        ? "not recognised, kept as it is: no rule sees it"
        : structure.name.role == .other ? "no rule asks for it" : structure.name.role.title
      let how = structure.derivation.map { "derived: \($0)" } ?? "from \"\(structure.sourceName)\""
      lines.append("  structure  \(structure.name.tg263) (\(role)), \(how)")
    }
    for dose in patientCase.doses {
      let grid = dose.grid
      var parts = ["\(dose.summation.rawValue) dose", "\(grid.columns)×\(grid.rows)×\(grid.planes.count)"]
      if let greatest = grid.maximum { parts.append("up to \(rounded(greatest.dose.gray)) Gy") }
      parts.append(dose.fractions.map { "\($0) fractions" } ?? "fractions unknown")
      if let registration = dose.registration { parts.append("registered: \(registration)") }
      lines.append("  dose       \(dose.name): " + parts.joined(separator: ", "))
    }
    for course in patientCase.earlierCourses {
      let what: String =
        switch course.record {
        case .prescription(let gray, _, let targets):
          "\(rounded(gray.gray)) Gy to \(targets.joined(separator: ", "))"
        case .curves(let curves): "histograms of \(curves.map(\.structure.tg263).joined(separator: ", "))"
        case .maxima(let maxima): "greatest doses of \(maxima.map(\.structure.tg263).joined(separator: ", "))"
        }
      lines.append("  course     \(course.name): \(what), \(course.fractions) fractions")
    }
    for marker in patientCase.markers {
      lines.append("  \(marker.isLine ? "line      " : "point     ") \(marker.sourceName)")
    }
    return lines
  }

  private static func rounded(_ x: Double) -> String { String(format: "%.2f", x) }
}
