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
  /// Doses of courses of radiotherapy.
  public var doses: [DoseInput] = []
  /// Histograms of earlier courses as text.
  public var dvhTexts: [DVHTextInput] = []
  /// Whether structures that follow from others (diaphragm, bronchial zone …) are added.
  public var addsDerivedStructures = true
  /// Label maps: NIfTI files, or folders of them.
  public var labelMaps: [LabelMapInput] = []
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
    guard !(lesionLists.isEmpty && structureSets.isEmpty && labelMaps.isEmpty) else {
      throw InputError(
        file: "import", "needs at least one lesion list, structure set or label map",
        advice: "--lesions FILE, --structures FILE or --labels FILE")
    }
    var result = PatientCase()
    var regions: [String] = []
    let dosesAhead = readDosesAhead()
    let hashesAhead = hashesAhead()
    for path in structureSets { try add(structureSet: path, to: &result, &regions) }
    let labelFiles = try add(labelMaps, to: &result, &regions)
    try check(choice, against: regions)
    var matched: Set<String> = []
    for path in lesionLists { try add(lesionList: path, to: &result, matched: &matched) }
    if let path = patientFile { try add(patientFile: path, to: &result) }
    try addDoses(dosesAhead, to: &result)
    for input in dvhTexts { try add(input, to: &result) }
    try checkCourseNames(result)
    if addsDerivedStructures { try derive(&result) }
    let files =
      structureSets + labelFiles + lesionLists + (patientFile.map { [$0] } ?? []) + doses.flatMap(\.files)
      + dvhTexts.map(\.path)
    for path in files {
      let hash = try hashesAhead.value[path]?.get() ?? FileAccess.sha256(ofFile: path)
      result.inputs.append(
        CaseInput(name: URL(fileURLWithPath: path).lastPathComponent, sha256: hash))
    }
    return result
  }

  /// Starts hashing the large files while they are read.
  private func hashesAhead() -> Workers.Pending<[String: Swift.Result<String, InputError>]> {
    let paths = Set(structureSets + doses.flatMap(\.files))
    return Workers.start {
      var hashes: [String: Swift.Result<String, InputError>] = [:]
      for path in paths {
        hashes[path] = Swift.Result { () throws(InputError) in try FileAccess.sha256(ofFile: path) }
      }
      return hashes
    }
  }

  // MARK: Structure sets

  /// `regions` gathers the names of all that was drawn, used or not.
  private func add(
    structureSet path: String, to result: inout PatientCase, _ regions: inout [String]
  ) throws {
    let set = try RTStructureSet(path: path)
    regions += set.regions.map(\.name)
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
    let assembled = try StructureSetAssembly(set, endCap: endCap, gapPolicy: gapPolicy, choice: choice)
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

  func agree(on patientID: String?, file: String, _ result: inout PatientCase) throws(InputError) {
    guard let patientID, !patientID.isEmpty else { return }
    if let known = result.patientID, known != patientID {
      throw InputError(
        file: file, "is about patient \(patientID), the files before it about \(known)",
        advice: "import one patient at a time")
    }
    result.patientID = patientID
  }

  // MARK: Lists

  private func add(
    lesionList path: String, to result: inout PatientCase, matched: inout Set<String>
  ) throws {
    let list = try LesionListReader.read(path, listOptions)
    try agree(on: list.patientID, file: path, &result)
    if let frame = list.frameOfReference, let known = result.frameOfReference, frame != known {
      throw InputError(
        file: path, "its places lie in frame \(frame), the contours in \(known)",
        advice: "frames are never mixed without a registration")
    }
    result.warnings += list.warnings
    let contoured = !result.structures.isEmpty || result.lesions.contains { $0.body != nil }
    if contoured, list.frameOfReference == nil, list.lesions.contains(where: { $0.position != nil }) {
      result.warnings.append(
        "\(path) names no frame_of_reference_uid: its x, y, z are taken for patient coordinates of the contours"
      )
    }
    if result.frameOfReference == nil { result.frameOfReference = list.frameOfReference }
    for lesion in list.lesions {
      result.warnings += lesion.warnings
      if let index = match(lesion, result.lesions) {
        guard matched.insert(result.lesions[index].id).inserted else {
          throw InputError(
            file: path, place: "lesion \(lesion.id)",
            "a second row is about the contoured lesion \(result.lesions[index].id)",
            advice: "keep one row a lesion")
        }
        try checkPlace(of: lesion, against: result.lesions[index], path)
        merge(lesion, into: &result.lesions[index])
        continue
      }
      if result.lesions.contains(where: { if case .contoured? = $0.body { true } else { false } }) {
        result.warnings.append(
          "lesion \(lesion.id) of \(path) is none of the contoured lesions by id or place and counts as a further one"
        )
      }
      guard !result.lesions.contains(where: { $0.id.lowercased() == lesion.id.lowercased() }) else {
        throw InputError(
          file: path, place: "lesion \(lesion.id)", "a lesion of this id was imported already",
          advice: "give every lesion of all lists an id of its own in a lesion_id column")
      }
      result.lesions.append(lesion)
    }
  }

  /// A row that names a contoured lesion but places it elsewhere is about another one, or in another frame.
  private func checkPlace(of row: Lesion, against lesion: Lesion, _ path: String) throws(InputError) {
    guard let place = row.position, let solid = lesion.body?.solid, !solid.encloses(place) else { return }
    let bounds = solid.bounds
    let outside = pointwiseMax(pointwiseMax(bounds.low - place, place - bounds.high), SIMD3<Double>.zero)
    let distance = (outside * outside).sum().squareRoot()
    guard distance > PlausibleSize.farFromContoursMM else { return }
    throw InputError(
      file: path, place: "lesion \(row.id)",
      "its place lies \(Int(distance.rounded())) mm from the contours of that name",
      advice: "check the id, and that x, y, z are DICOM patient coordinates (LPS) in millimetres")
  }

  /// The contoured lesion a list's row is about: the same id, or the one that contains its place.
  private func match(_ lesion: Lesion, _ known: [Lesion]) -> Int? {
    let same = known.firstIndex {
      if case .contoured? = $0.body { $0.id.lowercased() == lesion.id.lowercased() } else { false }
    }
    if let same { return same }
    guard let position = lesion.position else { return nil }
    return known.firstIndex {
      if case .contoured(let solid)? = $0.body { solid.encloses(position) } else { false }
    }
  }

  private func merge(_ row: Lesion, into lesion: inout Lesion) {
    lesion.site = row.site ?? lesion.site
    lesion.side = row.side ?? lesion.side
    lesion.lobe = row.lobe ?? lesion.lobe
    lesion.statements.merge(row.statements) { old, _ in old }
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
    let lungs = result.structures.filter { $0.name.role == .lung }
    let heart = result.structures.filter { $0.name.role == .heart }
    let sided = lungs.filter { $0.name.side != nil }
    for lung in sided.isEmpty ? lungs : sided {
      let drawn = result.structures.contains {
        $0.name.role == .diaphragm && $0.derivation == nil
          && ($0.name.side == nil || $0.name.side == lung.name.side)
      }
      if !drawn, let diaphragm = try DerivedStructures.diaphragm(of: lung, heart: heart) {
        result.structures.append(diaphragm)
      }
    }
    let tree = result.structures.filter { $0.name.role == .bronchialTree && $0.derivation == nil }
    if let first = tree.first, let zone = try DerivedStructures.proximalBronchialZone(of: first) {
      result.structures.append(zone)
    }
    warnOfLesionsWithinOneAnother(&result)
    warnOfSwappedSides(&result)
    for index in result.lesions.indices {
      var lesion = result.lesions[index]
      try settlePlace(of: &lesion, result.structures, &result.warnings)
      result.lesions[index] = lesion
    }
  }

  /// What the user says by `--site` counts only where nothing else shows it; a list that contradicts the
  /// contours about site or side is wrong somewhere, and treating the wrong side must not start here.
  private func settlePlace(
    of lesion: inout Lesion, _ structures: [Structure], _ warnings: inout [String]
  ) throws(InputError) {
    let around = lesion.position.map { Surroundings(of: $0, among: structures) }
    func contradiction(_ told: String, _ shown: String) -> InputError {
      InputError(
        file: lesionLists.first ?? structureSets.first ?? labelMaps.first?.path ?? "import",
        place: "lesion \(lesion.id)",
        "is said to be \(told), but lies in \(shown) by its place and the contours",
        advice: "correct the list, or the structure's name")
    }
    let container = around?.pleuralContainer?.name.tg263 ?? around?.site?.title ?? ""
    if let told = lesion.site, let shown = around?.site, told != shown, [.lung, .liver].contains(told) {
      throw contradiction(told.title, container)
    }
    if let told = lesion.side ?? lesion.lobe?.side, let shown = around?.side, told != shown {
      throw contradiction(told.rawValue, container)
    }
    if let told = lesion.lobe, let shown = around?.lobe, told != shown {
      throw contradiction(told.abbreviation, container)
    }
    if lesion.site == nil, around?.site == nil { lesion.site = listOptions.site }
    let organs = structures.filter { [.lung, .lobe, .liver].contains($0.name.role) }
    if let told = lesion.site, lesion.position != nil, around?.site == nil, [.lung, .liver].contains(told),
      organs.contains(where: { ($0.name.role == .liver) == (told == .liver) })
    {
      warnings.append(
        "lesion \(lesion.id) is said to be in the \(told.title) but lies outside the contoured one; are its coordinates right?"
      )
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
}
