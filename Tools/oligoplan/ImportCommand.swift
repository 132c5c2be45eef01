// SPDX-License-Identifier: Apache-2.0
import Anatomy
import ArgumentParser
import Cases
import Dosimetry
import Foundation
import Imaging
import Interchange
import Quantities
import Vocabulary

/// `oligoplan import`: files in, one case out.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract:
      "Make a case from a patient's files: lists, contours, segmentations, CT, doses, a patient file.",
    discussion: """
      FILES, and those of folders and of the folders within them, are sorted by what they hold and grouped by patient, study \
      and frame of reference; what was taken for what, and what was left aside and why, is said on the standard error. \
      Options name files and what these cannot say of themselves, and win.
      """)

  @Argument(help: "Files or a folder of one patient.")
  var files: [String] = []

  @OptionGroup var input: ImportArguments

  @Option(
    name: [.customShort("o"), .long], help: "A directory, or a .json file; standard output without it.")
  var output: String?

  func validate() throws {
    if files.contains("-") {
      throw ValidationError("a patient's files are named, not read from the standard input")
    }
    if files.isEmpty, input.isEmpty {
      throw ValidationError("give a folder or files, or at least one --lesions, --structures or --labels")
    }
    if files.isEmpty, !input.labelNames.isEmpty, input.labels.isEmpty {
      throw ValidationError("--label-names names the labels of --labels, which is missing")
    }
    if files.isEmpty, input.structures.isEmpty, !input.dose.isEmpty {
      throw ValidationError("--dose needs --structures")
    }
  }

  func run() throws {
    try Streams.reporting {
      try OutputNames.check([output].compactMap(\.self), against: try files + input.files())
      let work =
        files.isEmpty
        ? try input.work()
        : try input.work(with: try FolderContents(files, patientID: input.patientID), named: files)
      let patientCase = try work.run()
      Streams.tell(ImportWords.lines(patientCase))
      Streams.warn(patientCase.warnings)
      if let output {
        try CaseStore.write(patientCase, to: output, tool: DossierReading.tool)
        if patientCase.ct != nil, output.lowercased().hasSuffix(".json") {
          Streams.warn(["the CT is kept in a case's directory only: \(output) goes without it"])
        }
        Streams.tell("wrote \(output)")
      } else {
        try Streams.result(try CaseStore.singleFile(patientCase, tool: DossierReading.tool))
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
    if let ct = patientCase.ct {
      let grid = ct.grid
      lines.append(
        "  image      CT, \(grid.size.x)×\(grid.size.y)×\(grid.size.z), voxels of \(rounded(grid.spacing.x)) × \(rounded(grid.spacing.y)) × \(rounded(grid.spacing.z)) mm"
      )
    }
    for marker in patientCase.markers {
      lines.append("  \(marker.isLine ? "line      " : "point     ") \(marker.sourceName)")
    }
    return lines
  }

  private static func rounded(_ x: Double) -> String { String(format: "%.2f", x) }
}
