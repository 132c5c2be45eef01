// SPDX-License-Identifier: Apache-2.0
import Anatomy
import ArgumentParser
import Cases
import Dosimetry
import Interchange
import Quantities
import Vocabulary

/// The files of a patient and how they are read, as options of `import` and `board`.
struct ImportArguments: ParsableArguments {
  @Option(
    name: .long,
    help: "A lesion list: CSV, TSV or JSON, units in the headers; DICOM SR (TID 1500); Slicer's points.")
  var lesions: [String] = []

  @Option(name: .long, help: "A DICOM RT Structure Set or segmentation (SEG).")
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
    name: .long,
    help:
      "A label map (NIfTI, NRRD, Slicer's .seg.nrrd, DICOM SEG), or a folder with one for every organ, as TotalSegmentator writes."
  )
  var labels: [String] = []

  @Option(
    name: .long,
    help: "The names of a map's labels (JSON, CSV or ITK-SNAP): one file for all maps, or one for each.")
  var labelNames: [String] = []

  @Option(
    name: .long,
    help:
      "The CT: a folder with a DICOM series, a multi-frame DICOM file, or NIfTI; kept in the case, and what is not contoured is derived from it."
  )
  var ct: String?

  @Option(name: .long, help: "Which series of --ct, by its UID, where there are several.")
  var series: String?

  @Option(
    name: .long,
    help: "The share from which a voxel of a fractional segmentation counts, above 0 and at most 1, as 0.5.")
  var threshold: Double?

  @Option(name: .long, help: "A patient file: YAML or JSON, every field optional.")
  var patient: String?

  @Option(name: .long, help: "Which patient of a list of many.")
  var patientID: String?

  @OptionGroup var list: ListArguments

  @Option(
    name: .long,
    help:
      "Which scan of a list with several: its study, series or day; repeat it for scans that belong together."
  )
  var scan: [String] = []

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

  /// Whether no option names a lesion list, a structure set or a label map.
  var isEmpty: Bool { lesions.isEmpty && structures.isEmpty && labels.isEmpty }

  /// The options that were given, by name.
  var given: [String] {
    let lists: [(String, [String])] = [
      ("--lesions", lesions), ("--structures", structures), ("--dose", dose), ("--dvh", dvh),
      ("--labels", labels),
      ("--label-names", labelNames), ("--scan", scan), ("--lesion-roi", lesionRoi),
      ("--structure-roi", structureRoi), ("--split", split),
    ]
    let single: [(String, String?)] = [
      ("--patient", patient), ("--patient-id", patientID), ("--smallest-part", smallestPart),
      ("--ct", ct), ("--series", series), ("--threshold", threshold.map { String($0) }),
    ]
    return list.given + lists.filter { !$0.1.isEmpty }.map(\.0) + single.filter { $0.1 != nil }.map(\.0)
      + (endCap == EndCap.half.rawValue ? [] : ["--end-cap"]) + (bridgeGaps ? ["--bridge-gaps"] : [])
      + (keepGoing ? ["--keep-going"] : [])
  }

  func validate() throws {
    if labelNames.count > 1, labelNames.count != labels.count {
      throw ValidationError("give one --label-names for all --labels, or one for each in the same order")
    }
    if series != nil, ct == nil { throw ValidationError("--series names a series of --ct, which is missing") }
    if let threshold, !(threshold > 0 && threshold <= 1) {
      throw ValidationError("--threshold is a share above 0 and at most 1, as 0.5")
    }
    // Domes belong to a histogram; a case keeps the planes as they were drawn.
    guard let cap = EndCap(rawValue: endCap), [.half, .none, .full].contains(cap) else {
      throw ValidationError("--end-cap is half, none or full")
    }
    if let smallestPart, RegionOfInterestChoice.volume(of: smallestPart) == nil {
      throw ValidationError("--smallest-part is a volume above zero, as 0.1cc or 100mm3")
    }
  }

  /// The files that the options name.
  ///
  /// - Throws: `InputError` for an argument that cannot be read.
  func files() throws -> [String] {
    lesions + structures + labels + labelNames + [ct].compactMap(\.self)
      + (try dose.map { try DoseInput(argument: $0) }).flatMap(\.files)
      + (try dvh.map { try DVHTextInput(argument: $0) }).map(\.path) + [patient].compactMap(\.self)
  }

  /// What is to be read, and how.
  ///
  /// - Throws: `InputError` for an argument that cannot be read.
  func work() throws -> CaseImport {
    var work = CaseImport()
    work.lesionLists = lesions
    work.structureSets = structures
    work.doses = try dose.map { try DoseInput(argument: $0) }
    work.dvhTexts = try dvh.map { try DVHTextInput(argument: $0) }
    work.labelMaps = labels.enumerated().map { index, path in
      LabelMapInput(path: path, namesFile: labelNames.count > 1 ? labelNames[index] : labelNames.first)
    }
    work.labelThreshold = threshold
    work.ct = ct.map { ImageInput(path: $0, series: series) }
    work.patientFile = patient
    work.listOptions = try list.options()
    work.listOptions.patientID = patientID
    work.listOptions.scans = Set(scan)
    work.listOptions.keepGoing = keepGoing
    work.choice = RegionOfInterestChoice(
      lesions: Set(lesionRoi), structures: Set(structureRoi), split: Set(split),
      smallestPart: smallestPart.flatMap(RegionOfInterestChoice.volume(of:)))
    work.endCap = EndCap(rawValue: endCap) ?? .half
    work.gapPolicy = bridgeGaps ? .bridged : .open
    return work
  }
}
