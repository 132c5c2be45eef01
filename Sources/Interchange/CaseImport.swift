public import Anatomy
public import Cases
internal import Eligibility
internal import Foundation
internal import Quantities
internal import Vocabulary

/// Makes a case from a patient's files.
public struct CaseImport: Sendable {
  /// Lesion lists: CSV, TSV or JSON.
  public var lesionLists: [String] = []
  /// DICOM RT Structure Sets.
  public var structureSets: [String] = []
  /// A patient file: YAML or JSON.
  public var patientFile: String?
  /// What the user says about lists.
  public var listOptions = LesionListOptions()
  /// What the user decides about ROIs.
  public var choice = RegionOfInterestChoice()
  /// How solids end.
  public var endCap = EndCap.half

  /// An import of nothing yet.
  public init() {}

  /// Reads everything and brings it together.
  ///
  /// - Throws: `InputError` or `InputErrors`; nothing is kept of a failed import.
  public func run() throws -> PatientCase {
    guard !(lesionLists.isEmpty && structureSets.isEmpty) else {
      throw InputError(
        file: "import", "needs at least one lesion list or structure set",
        advice: "--lesions FILE or --structures FILE")
    }
    var result = PatientCase()
    for path in structureSets { try add(structureSet: path, to: &result) }
    for path in lesionLists { try add(lesionList: path, to: &result) }
    if let path = patientFile { try add(patientFile: path, to: &result) }
    try derive(&result)
    for path in structureSets + lesionLists + (patientFile.map { [$0] } ?? []) {
      result.inputs.append(
        CaseInput(
          name: URL(fileURLWithPath: path).lastPathComponent,
          sha256: try FileAccess.sha256(ofFile: path)))
    }
    return result
  }

  // MARK: Structure sets

  private func add(structureSet path: String, to result: inout PatientCase) throws {
    let set = try RTStructureSet(path: path)
    if let frame = result.frameOfReference, let other = set.frameOfReference, frame != other {
      throw InputError(
        file: path, place: "(3006,0024)",
        "lies in another frame of reference (\(other)) than the first structure set (\(frame))",
        advice: "frames are never mixed without a registration; import it as a case of its own")
    }
    result.frameOfReference = result.frameOfReference ?? set.frameOfReference
    try agree(on: set.patientID, file: path, &result)
    let assembled = try StructureSetAssembly(set, endCap: endCap, choice: choice, file: path)
    if assembled.isEmpty {
      throw InputError(
        file: path, "holds nothing that can be used: " + assembled.warnings.joined(separator: "; "),
        advice: "export contours on two planes or more")
    }
    if assembled.lesions.isEmpty, lesionLists.isEmpty {
      result.warnings.append("\(path): no ROI was taken for a lesion (--lesion-roi NAME decides otherwise)")
    }
    for lesion in assembled.lesions where result.lesions.contains(where: { $0.id == lesion.id }) {
      throw InputError(file: path, place: "ROI \(lesion.id)", "a lesion of this name was imported already")
    }
    result.lesions += assembled.lesions
    result.structures += assembled.structures
    result.targets += assembled.targets
    result.markers += assembled.markers
    result.warnings += assembled.warnings
    if set.frameOfReference == nil { result.warnings.append("\(path): names no frame of reference") }
  }

  private func agree(on patientID: String?, file: String, _ result: inout PatientCase) throws(InputError) {
    guard let patientID, !patientID.isEmpty else { return }
    if let known = result.patientID, known != patientID {
      throw InputError(
        file: file, "is about patient \(patientID), the files before it about \(known)",
        advice: "import one patient at a time")
    }
    result.patientID = patientID
  }

  // MARK: Lists

  private func add(lesionList path: String, to result: inout PatientCase) throws {
    let list = try LesionListReader.read(path, listOptions)
    if structureSets.isEmpty {
      try agree(on: list.patientID, file: path, &result)
    } else if let told = list.patientID,
      let known = result.patientID, told != known
    {
      result.warnings.append("\(path) calls the patient \(told), the structure set \(known)")
    }
    if let frame = list.frameOfReference, let known = result.frameOfReference, frame != known {
      throw InputError(
        file: path, "its places lie in frame \(frame), the contours in \(known)",
        advice: "frames are never mixed without a registration")
    }
    result.warnings += list.warnings
    let contoured = !result.structures.isEmpty || result.lesions.contains { $0.body != nil }
    if contoured, list.frameOfReference == nil, list.lesions.contains(where: { $0.position != nil }) {
      result.warnings.append(
        "\(path) names no frame_of_reference_uid: its x, y, z are taken for patient coordinates of the structure set"
      )
    }
    if result.frameOfReference == nil { result.frameOfReference = list.frameOfReference }
    for lesion in list.lesions {
      result.warnings += lesion.warnings
      if let index = match(lesion, result.lesions) {
        merge(lesion, into: &result.lesions[index], &result.warnings)
      } else {
        result.lesions.append(lesion)
      }
    }
  }

  /// The contoured lesion a list's row is about: the same id, or the one that contains its place.
  private func match(_ lesion: Lesion, _ known: [Lesion]) -> Int? {
    if let same = known.firstIndex(where: { $0.id.lowercased() == lesion.id.lowercased() }) { return same }
    guard let position = lesion.position else { return nil }
    return known.firstIndex {
      if case .contoured(let solid)? = $0.body { solid.encloses(position) } else { false }
    }
  }

  private func merge(_ row: Lesion, into lesion: inout Lesion, _ warnings: inout [String]) {
    lesion.site = row.site ?? lesion.site
    lesion.side = row.side ?? lesion.side
    lesion.lobe = row.lobe ?? lesion.lobe
    lesion.statements.merge(row.statements) { old, _ in old }
    guard case .contoured(let solid)? = lesion.body else {
      lesion.body = lesion.body ?? row.body
      lesion.position = lesion.position ?? row.position
      return
    }
    if let measured = solid.axialDiameters?.longest.millimeters,
      case .number(let told)? = row.statements[Fact.longestAxialDiameter.name]?.value,
      abs(told - measured) > max(2, 0.2 * measured)
    {
      warnings.append(
        "lesion \(lesion.id): the list says \(StatementParser.plain(told)) mm, the contours \(StatementParser.plain((measured * 10).rounded() / 10)) mm; the contours count"
      )
    }
  }

  // MARK: Patient

  private func add(patientFile path: String, to result: inout PatientCase) throws {
    let file = try PatientFileReader.read(path)
    result.warnings += file.warnings
    if let told = file.patientID {
      if let known = result.patientID, known != told {
        throw InputError(
          file: path, "is about patient \(told), the other files about \(known)",
          advice: "check that the files belong together")
      }
      result.patientID = told
    }
    result.patient = file.record
    let ids = Set(result.lesions.map(\.id))
    for therapy in file.record.priorTherapies ?? [] {
      if let lesion = therapy.lesion, !ids.contains(lesion) {
        result.warnings.append(
          "\(path): a prior therapy names lesion \(lesion), which the case does not have")
      }
    }
  }

  // MARK: Derived structures

  private func derive(_ result: inout PatientCase) throws {
    for side in [Side.left, .right] {
      let lobes = result.structures.filter { $0.name.role == .lobe && $0.name.side == side }
      let hasLung = result.structures.contains { $0.name.role == .lung && $0.name.side == side }
      if !hasLung, lobes.count == (side == .left ? 2 : 3) {
        let name = StructureName(recognizing: side == .left ? "Lung_L" : "Lung_R")
        if let lung = try DerivedStructures.union(lobes, name: name) { result.structures.append(lung) }
      }
    }
    if !result.structures.contains(where: { $0.name.role == .diaphragm }) {
      let lungs = result.structures.filter { $0.name.role == .lung }
      let sided = lungs.filter { $0.name.side != nil }
      for lung in sided.isEmpty ? lungs : sided {
        if let diaphragm = try DerivedStructures.diaphragm(of: lung) { result.structures.append(diaphragm) }
      }
    }
    let tree = result.structures.filter { $0.name.role == .bronchialTree && $0.derivation == nil }
    if let first = tree.first, let zone = try DerivedStructures.proximalBronchialZone(of: first) {
      result.structures.append(zone)
    }
    for index in result.lesions.indices where result.lesions[index].site == nil {
      // What the user says counts only where no organ around the lesion shows it.
      if surroundings(result.lesions[index], result.structures) == nil {
        result.lesions[index].site = listOptions.site
      }
    }
    warnOfLesionsWithinOneAnother(&result)
    for index in result.lesions.indices {
      guard let around = surroundings(result.lesions[index], result.structures) else { continue }
      let lesion = result.lesions[index]
      if let told = lesion.side, let shown = around, told != shown {
        result.warnings.append(
          "lesion \(lesion.id) is said to be \(told.rawValue) but lies in the \(shown.rawValue) lung; the statement is kept"
        )
      }
    }
  }

  /// Several readers' rows of one nodule would count as several metastases.
  private func warnOfLesionsWithinOneAnother(_ result: inout PatientCase) {
    for (i, a) in result.lesions.enumerated() {
      for b in result.lesions[(i + 1)...] {
        guard let p = a.position, let q = b.position, let x = a.body?.solid, let y = b.body?.solid,
          x.encloses(q) || y.encloses(p)
        else { continue }
        result.warnings.append(
          "lesions \(a.id) and \(b.id) lie within one another: is one lesion listed twice (several readers, several dates)? Both are counted"
        )
      }
    }
  }

  private func surroundings(_ lesion: Lesion, _ structures: [Structure]) -> Side?? {
    guard let position = lesion.position else { return nil }
    let lung = structures.first {
      ($0.name.role == .lung || $0.name.role == .lobe) && $0.name.side != nil && $0.solid.encloses(position)
    }
    return lung.map(\.name.side)
  }
}
