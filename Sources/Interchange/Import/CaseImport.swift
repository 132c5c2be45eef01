// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
public import Anatomy
public import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Quantities
internal import Vocabulary

/// Makes a case from a patient's files.
public struct CaseImport: Sendable {
  /// Lesion lists: CSV, TSV, JSON, Slicer's points, and DICOM SR of measurements.
  public var lesionLists: [String] = []
  /// DICOM RT Structure Sets; DICOM SEG among them are read as label maps.
  public var structureSets: [String] = []
  /// Doses of courses of radiotherapy.
  public var doses: [DoseInput] = []
  /// Histograms of earlier courses as text.
  public var dvhTexts: [DVHTextInput] = []
  /// Whether structures that follow from others (diaphragm, bronchial zone …) are added.
  public var addsDerivedStructures = true
  /// The CT that the case rests on.
  public var ct: ImageInput?
  /// Label maps: NIfTI, NRRD and DICOM SEG files, or folders of NIfTI and NRRD.
  public var labelMaps: [LabelMapInput] = []
  /// The share from which a voxel of a fractional segmentation counts, above 0 and at most 1; `nil` refuses fractions.
  public var labelThreshold: Double?
  /// What a reader of the case must know of files that were left aside.
  public var notes: [String] = []
  /// A patient file: YAML or JSON.
  public var patientFile: String?
  /// What the user says about lists.
  public var listOptions = LesionListOptions()
  /// What the user decides about ROIs.
  public var choice = RegionOfInterestChoice()
  /// How solids end.
  public var endCap = EndCap.half
  /// What becomes of missing planes.
  public var gapPolicy = GapPolicy.open

  /// An import of nothing yet.
  public init() {}

  /// Reads everything and brings it together.
  ///
  /// - Throws: `InputError` or `InputErrors`; nothing is kept of a failed import.
  public func run() throws -> PatientCase {
    var sorted = self
    sorted.structureSets = structureSets.filter { !Self.isSegmentation($0) }
    sorted.labelMaps = structureSets.filter(Self.isSegmentation).map { LabelMapInput(path: $0) } + labelMaps
    return try sorted.read()
  }

  private func read() throws -> PatientCase {
    guard !(lesionLists.isEmpty && structureSets.isEmpty && labelMaps.isEmpty) else {
      throw InputError(
        file: "import", "needs at least one lesion list, structure set or label map",
        advice: "--lesions FILE, --structures FILE or --labels FILE")
    }
    // What is not there is said before anything is begun.
    let told =
      structureSets + labelMaps.flatMap { [$0.path] + ($0.namesFile.map { [$0] } ?? []) } + lesionLists
      + (patientFile.map { [$0] } ?? []) + doses.flatMap(\.files) + dvhTexts.map(\.path)
      + (ct?.files ?? ct.map { [$0.path] } ?? [])
    let before = try InputStates(told)
    let paths = Set(structureSets + doses.flatMap(\.files))
    // Large files are hashed and doses read while contours are.
    return try Workers.beside {
      Self.hashes(of: paths)
    } _: { hashes in
      try Workers.beside(readingDoses) { doses in try bring(doses, hashes, before) }
    }
  }

  /// Brings everything together.
  private func bring(
    _ dosesAhead: Workers.Pending<[Swift.Result<RTDose, InputError>]>,
    _ hashesAhead: Workers.Pending<[String: Swift.Result<String, InputError>]>, _ before: InputStates
  ) throws -> PatientCase {
    var result = PatientCase()
    result.warnings += notes
    var regions = RegionNames()
    var parts = PartLedger()
    for path in structureSets { try add(structureSet: path, to: &result, &regions, &parts) }
    var segments: [SegmentReference: [String]] = [:]
    let labelFiles = try add(labelMaps, to: &result, &regions, &parts, &segments)
    try check(choice, against: regions)
    let read = try addImage(to: &result)
    if let read, addsDerivedStructures { try derive(from: read.image, to: &result) }
    var matched: Set<String> = []
    var scans: [(path: String, scan: ListScan)] = []
    let reports = lesionLists.filter { FileKind($0) == .dicom(.structuredReport) }
    if !reports.isEmpty {
      try add(reports: reports, segments, to: &result, matched: &matched, scans: &scans)
    }
    for path in lesionLists where !reports.contains(path) {
      try add(lesionList: path, to: &result, matched: &matched, scans: &scans)
    }
    guard result.lesions.count <= InputLimits.lesions else {
      throw InputError(
        file: "import", "finds \(result.lesions.count) lesions in all files together",
        advice:
          "more than \(InputLimits.lesions) are no oligometastatic disease; are organs taken for lesions?")
    }
    if let path = patientFile { try add(patientFile: path, to: &result) }
    try addDoses(dosesAhead, to: &result)
    for input in dvhTexts { try add(input, to: &result) }
    try checkCourseNames(result)
    warnOfParts(parts, &result)
    if addsDerivedStructures { try derive(&result) }
    if let read { measureDensities(in: read.image, &result) }
    warnOfUnrecognized(&result)
    let files =
      structureSets + labelFiles + lesionLists + (patientFile.map { [$0] } ?? []) + doses.flatMap(\.files)
      + dvhTexts.map(\.path)
    if let read { result.inputs.append(try Self.input(of: read.files)) }
    for path in files {
      let hash = try hashesAhead.value[path]?.get() ?? FileAccess.sha256(ofFile: path)
      result.inputs.append(CaseInput(name: FileAccess.name(of: path), sha256: hash))
    }
    // The hashes are of what was read only if nothing was written meanwhile.
    try before.check()
    return result
  }

  /// A series as one input: the hash of its files' hashes, by their order.
  private static func input(of files: [String]) throws -> CaseInput {
    if files.count == 1 {
      return CaseInput(name: FileAccess.name(of: files[0]), sha256: try FileAccess.sha256(ofFile: files[0]))
    }
    let hashes = try Workers.map(files.count) { index throws(InputError) in
      try FileAccess.sha256(ofFile: files[index])
    }
    return CaseInput(
      name: "CT series (\(files.count) images)",
      sha256: FileAccess.sha256(Data(hashes.joined(separator: "\n").utf8)))
  }

  private static func hashes(of paths: Set<String>) -> [String: Swift.Result<String, InputError>] {
    var hashes: [String: Swift.Result<String, InputError>] = [:]
    for path in paths {
      hashes[path] = Swift.Result { () throws(InputError) in try FileAccess.sha256(ofFile: path) }
    }
    return hashes
  }

  // MARK: Structure sets

  /// `regions` gathers the names of all that was drawn, used or not.
  private func add(
    structureSet path: String, to result: inout PatientCase, _ regions: inout RegionNames,
    _ parts: inout PartLedger
  ) throws {
    let set = try RTStructureSet(path: path)
    if let frame = result.frameOfReference, let other = set.frameOfReference, frame != other {
      throw InputError(
        file: path, place: "(3006,0024)",
        "lies in another frame of reference (\(other)) than the first structure set (\(frame))",
        advice: "frames are never mixed without a registration; import it as a case of its own")
    }
    result.frameOfReference = result.frameOfReference ?? set.frameOfReference
    try agree(on: set.patientID, file: path, &result)
    if let wanted = listOptions.patientID, let known = result.patientID, wanted != known {
      throw InputError(
        file: path, "is about patient \(known), not \(wanted) as --patient-id says",
        advice: "check that the files belong together")
    }
    let assembled = try StructureSetAssembly(
      set, file: path, endCap: endCap, gapPolicy: gapPolicy, choice: choice)
    regions.add(assembled.names)
    parts.add(assembled.parts)
    if assembled.isEmpty {
      throw InputError(
        file: path, "holds nothing that can be used: " + assembled.warnings.joined(separator: "; "),
        advice: "export contours on two planes or more")
    }
    if assembled.lesions.isEmpty, lesionLists.isEmpty {
      result.warnings.append(
        "\(FileAccess.name(of: path)): no ROI was taken for a lesion (--lesion-roi NAME decides otherwise)")
    }
    for lesion in assembled.lesions where result.lesions.contains(where: { $0.id == lesion.id }) {
      throw InputError(file: path, place: "ROI \(lesion.id)", "a lesion of this name was imported already")
    }
    result.lesions += assembled.lesions
    if let day = set.studyDay { result.sawScan(on: day) }
    result.structures += assembled.structures
    result.targets += assembled.targets
    result.markers += assembled.markers
    result.warnings += assembled.warnings
    if set.frameOfReference == nil {
      result.warnings.append("\(FileAccess.name(of: path)): names no frame of reference")
    }
  }

  func agree(on patientID: String?, file: String, _ result: inout PatientCase) throws(InputError) {
    guard let patientID, !patientID.isEmpty else { return }
    if let known = result.patientID, known != patientID {
      throw InputError(
        file: file, "is about patient \(patientID), the files before it about \(known)",
        advice: "import one patient at a time")
    }
    result.patientID = patientID
  }
}
