// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Facts
internal import Foundation

extension CaseImport {
  /// Brings a list's rows into the case: each to the contoured lesion it is about, or as a lesion of its own.
  ///
  /// - Parameters:
  ///   - matched: contoured lesions that have a row already.
  ///   - scans: of which scan the lists before were.
  func add(
    lesionList path: String, to result: inout PatientCase, matched: inout Set<String>,
    scans: inout [(path: String, scan: ListScan)]
  ) throws {
    try add(
      try LesionListReader.read(path, listOptions), of: path, to: &result, matched: &matched, scans: &scans)
  }

  /// Brings the measurements of DICOM structured reports into the case, all of them as one list.
  ///
  /// - Parameter segments: the lesions of imported segments, to which reports refer.
  func add(
    reports paths: [String], _ segments: [SegmentReference: [String]], to result: inout PatientCase,
    matched: inout Set<String>, scans: inout [(path: String, scan: ListScan)]
  ) throws {
    let reports = try MeasurementReports(paths: paths, unitFactor: listOptions.sizeFactor, lesions: segments)
    let list = try LesionListReader.read(try reports.table(), file: reports.path, listOptions)
    try add(list, of: reports.path, to: &result, matched: &matched, scans: &scans)
  }

  /// Brings a list that was read into the case.
  func add(
    _ list: LesionList, of path: String, to result: inout PatientCase, matched: inout Set<String>,
    scans: inout [(path: String, scan: ListScan)]
  ) throws {
    try agree(on: list.patientID, file: path, &result)
    if let frame = list.frameOfReference, let known = result.frameOfReference, frame != known {
      throw InputError(
        file: path, "its places lie in frame \(frame), the contours in \(known)",
        advice: "frames are never mixed without a registration")
    }
    result.warnings += list.warnings
    if let scan = list.scan {
      if listOptions.scans.isEmpty, let other = scans.first(where: { $0.scan.differs(from: scan) }) {
        throw InputError(
          file: path, "is of scan \(scan.words), but \(other.path) of \(other.scan.words)",
          advice:
            "import one of them; earlier sizes belong into earlier_longest_diameter_mm and earlier_scan_date. Scans that show different lesions at one time are taken together by naming each with --scan"
        )
      }
      scans.append((path, scan))
    }
    if let day = list.newestScan {
      if let drawn = result.newestScan, drawn != day, result.lesions.contains(where: { $0.body != nil }) {
        result.warnings.append(
          "\(FileAccess.name(of: path)) is of \(day), what was imported before it of \(drawn): are both the same disease at one time?"
        )
      }
      result.sawScan(on: day)
    }
    let contoured = !result.structures.isEmpty || result.lesions.contains { $0.body != nil }
    if contoured, list.frameOfReference == nil, list.lesions.contains(where: { $0.position != nil }) {
      result.warnings.append(
        "\(FileAccess.name(of: path)) names no frame_of_reference_uid: its x, y, z are taken for patient coordinates of the contours"
      )
    }
    if result.frameOfReference == nil { result.frameOfReference = list.frameOfReference }
    for lesion in list.lesions {
      result.warnings += lesion.warnings
      let isNumbered = list.numbered.contains(lesion.id)
      if let index = try match(lesion, isNumbered: isNumbered, result.lesions, path) {
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
          "lesion \(lesion.id) of \(FileAccess.name(of: path)) is none of the contoured lesions by id or place and counts as a further one"
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

  /// The contoured lesion a list's row is about: the one of its id or name, or the one that contains its place.
  ///
  /// - Throws: `InputError` where several lesions bear the name, or contain the place: a row must never reach the
  ///   wrong body.
  private func match(
    _ row: Lesion, isNumbered: Bool, _ known: [Lesion], _ path: String
  ) throws(InputError) -> Int? {
    let contoured = known.indices.filter { if case .contoured? = known[$0].body { true } else { false } }
    let key = row.id.lowercased()
    // A number that the reader gave is no name.
    var found = isNumbered ? [] : contoured.filter { known[$0].id == row.id }
    if found.isEmpty, !isNumbered {
      found = contoured.filter {
        known[$0].id.lowercased() == key || known[$0].sourceName.lowercased() == key
      }
    }
    func around(_ candidates: [Int]) -> [Int] {
      guard let place = row.position else { return [] }
      return candidates.filter { known[$0].body?.solid.encloses(place) ?? false }
    }
    if found.count > 1 {
      let here = around(found)
      guard here.count == 1 else {
        let ids = found.map { known[$0].id }
        throw InputError(
          file: path, place: "lesion \(row.id)", "\(found.count) contoured lesions bear this name",
          advice: "write the id of the one that is meant: \(ids.joined(separator: ", "))")
      }
      return here[0]
    }
    let here = around(contoured)
    if let one = found.first {
      guard here.isEmpty || here.contains(one) else {
        throw InputError(
          file: path, place: "lesion \(row.id)",
          "its place lies in the contoured lesion \(known[here[0]].id), its name is that of \(known[one].id)",
          advice: "correct the id or the place")
      }
      return one
    }
    guard here.count < 2 else {
      let ids = here.map { known[$0].id }
      throw InputError(
        file: path, place: "lesion \(row.id)",
        "its place lies in \(here.count) contoured lesions (\(ids.joined(separator: ", ")))",
        advice: "write the id of the one that is meant")
    }
    return here.first
  }

  private func merge(_ row: Lesion, into lesion: inout Lesion) {
    lesion.site = row.site ?? lesion.site
    lesion.side = row.side ?? lesion.side
    lesion.lobe = row.lobe ?? lesion.lobe
    lesion.statements.merge(row.statements) { old, _ in old }
  }
}
