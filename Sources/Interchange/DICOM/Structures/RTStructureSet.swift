// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// One contour of a structure set, as it was drawn.
struct DrawnContour {
  /// `open` is a line in one plane, `curve` one through several.
  enum Geometry { case closed, open, curve, point }
  let geometry: Geometry
  let points: [SIMD3<Double>]
  /// Whether the file says that rings of this kind combine by exclusive or.
  let isExclusiveOr: Bool
}

/// One region of interest of a structure set.
struct RegionOfInterest {
  let number: Int
  let name: String
  /// As the observations say it; empty where an observation says nothing.
  let interpretedType: String
  var contours: [DrawnContour]
}

/// A DICOM RT Structure Set as it was read: names and contours, nothing interpreted.
struct RTStructureSet {
  static let sopClass = "1.2.840.10008.5.1.4.1.1.481.3"
  /// Contour points whose z differs by more than this do not lie in one axial plane.
  static let planeToleranceMM = 0.05

  let patientID: String?
  let frameOfReference: String?
  /// The day of the study, YYYY-MM-DD.
  let studyDay: String?
  let regions: [RegionOfInterest]
  let warnings: [String]

  /// Reads a structure set; strict about what would change a measurement, tolerant of the rest.
  ///
  /// - Throws: `InputError` naming the tag or ROI.
  init(path: String) throws(InputError) {
    if let refusal = FileKind(path).refusal(path, wanted: .structureSet) { throw refusal }
    let file = try DICOMFile(path: path)
    let data = file.dataset
    try Self.requireStructureSet(data, path)
    var warnings: [String] = []
    if let note = file.charsetNote { warnings.append(note) }
    let declaration = try Declaration(data, path, &warnings)
    let types = Self.interpretedTypes(data, declaration.regions, &warnings)
    var regions = declaration.regions.map {
      RegionOfInterest(
        number: $0.number, name: $0.name, interpretedType: types[$0.number] ?? "", contours: [])
    }
    try Self.draw(&regions, declaration, data, path, &warnings)
    guard regions.contains(where: { !$0.contours.isEmpty }) else {
      throw InputError(
        file: path, place: DICOMTag.roiContourSequence.text, "holds no contour",
        advice: "export the structure set with its contours")
    }
    patientID = try data.patientID(path)
    frameOfReference = declaration.frame ?? data.string(.frameOfReferenceUID)
    studyDay = data.day(.studyDate)
    self.regions = regions
    self.warnings = warnings
  }

  /// The ROIs that a set declares, still without contours.
  private struct Declaration {
    var regions: [RegionOfInterest] = []
    /// The place of each ROI by its number.
    var byNumber: [Int: Int] = [:]
    /// The one frame of reference they lie in; `nil` where none is named.
    let frame: String?

    init(_ data: DICOMItem, _ path: String, _ warnings: inout [String]) throws(InputError) {
      guard let declared = data.items(.structureSetROISequence), !declared.isEmpty else {
        throw InputError(file: path, place: DICOMTag.structureSetROISequence.text, "holds no ROI")
      }
      var frames: [String: String] = [:]
      for item in declared {
        guard let text = item.string(.roiNumber), let number = Int(text) else {
          throw InputError(file: path, place: DICOMTag.roiNumber.text, "an ROI has no number")
        }
        let given = item.string(.roiName)
        let name = given.map(NameLength.shortened) ?? "ROI \(number)"
        if given == nil { warnings.append("ROI \(number) has no name") }
        if let given, given != name {
          warnings.append("ROI \(number) has a name of \(given.utf8.count) bytes, which was shortened")
        }
        if let frame = item.string(.referencedFrameOfReferenceUID) { frames[frame] = name }
        guard byNumber.updateValue(regions.count, forKey: number) == nil else {
          throw InputError(file: path, place: "ROI \(name)", "two ROIs have the number \(number)")
        }
        regions.append(RegionOfInterest(number: number, name: name, interpretedType: "", contours: []))
      }
      guard frames.count <= 1 else {
        throw InputError(
          file: path, place: DICOMTag.referencedFrameOfReferenceUID.text,
          "ROIs lie in \(frames.count) frames of reference (\(frames.values.sorted().joined(separator: ", ")))",
          advice: "export one structure set for each frame; frames are never mixed without a registration")
      }
      frame = frames.keys.first
    }
  }

  /// Gives each ROI its contours.
  private static func draw(
    _ regions: inout [RegionOfInterest], _ declaration: Declaration, _ data: DICOMItem, _ path: String,
    _ warnings: inout [String]
  ) throws(InputError) {
    var interpolated: [String: Int] = [:]
    for item in data.items(.roiContourSequence) ?? [] {
      guard let text = item.string(.referencedROINumber), let number = Int(text),
        let index = declaration.byNumber[number]
      else {
        warnings.append("contours of an ROI that is not declared were left out")
        continue
      }
      let name = regions[index].name
      for contour in item.items(.contourSequence) ?? [] {
        let drawn = try Self.contour(contour, roi: name, path, &warnings)
        if let drawn { regions[index].contours.append(drawn) }
        if contour.string(.contourGeometricType) == Self.interpolatedPlanar {
          interpolated[name, default: 0] += 1
        }
      }
    }
    for (name, count) in interpolated.sorted(by: { $0.key < $1.key }) {
      warnings.append(
        "ROI \(name): \(count) contours are of type \(Self.interpolatedPlanar), which DICOM does not define; they were read as CLOSED_PLANAR"
      )
    }
  }

  private static func requireStructureSet(_ data: DICOMItem, _ path: String) throws(InputError) {
    let sopClass = data.string(.sopClassUID)
    if sopClass == Self.sopClass { return }
    let modality = data.string(.modality)
    if sopClass == nil, modality == nil, data.items(.structureSetROISequence) == nil {
      throw InputError(
        file: path, "is no DICOM structure set (no SOP class, no modality)",
        advice: "give an RTSTRUCT file")
    }
    if sopClass == nil, data.items(.structureSetROISequence) != nil { return }
    throw InputError(
      file: path, place: DICOMTag.sopClassUID.text,
      "is \(FileKind.words(sopClass: sopClass, modality: modality)), no RT Structure Set",
      advice: "give the RT Structure Set of the study")
  }

  /// The interpreted types by ROI number.
  ///
  /// An observation that names no ROI leaves some ROI without its type: then those without one are named, since
  /// a GTV taken for an organ is no lesion any more.
  private static func interpretedTypes(
    _ data: DICOMItem, _ regions: [RegionOfInterest], _ warnings: inout [String]
  ) -> [Int: String] {
    var types: [Int: String] = [:]
    var observed: Set<Int> = []
    let declared = Set(regions.map(\.number))
    var lost: [String] = []
    for item in data.items(.rtROIObservationsSequence) ?? [] {
      let text = item.string(.referencedROINumber)
      let type = item.string(.rtROIInterpretedType)
      guard let text, let number = Int(text), declared.contains(number) else {
        lost.append(
          "an observation names ROI \(text ?? "(none)"), which the set does not declare"
            + (type.map { "; its interpreted type \($0) belongs to no ROI" } ?? ""))
        continue
      }
      observed.insert(number)
      if let type { types[number] = type }
    }
    guard !lost.isEmpty else { return types }
    warnings += lost
    let without = regions.filter { !observed.contains($0.number) }.map(\.name)
    if !without.isEmpty {
      warnings.append(
        "without an observation, so of unknown interpreted type and judged by name alone: \(without.joined(separator: ", ")); --lesion-roi NAME if one is a lesion"
      )
    }
    return types
  }

  /// What some planning systems write for contours that were interpolated between drawn ones.
  private static let interpolatedPlanar = "INTERPOLATED_PLANAR"

  private static func contour(
    _ item: DICOMItem, roi: String, _ path: String, _ warnings: inout [String]
  ) throws(InputError) -> DrawnContour? {
    let place = "ROI \(roi), \(DICOMTag.contourData.text)"
    let type = item.string(.contourGeometricType)
    let geometry = try geometry(type, place, path)
    guard let values = try values(item, place, path) else {
      warnings.append("ROI \(roi): a contour without points was left out")
      return nil
    }
    let points = stride(from: 0, to: values.count, by: 3).map {
      SIMD3(values[$0], values[$0 + 1], values[$0 + 2])
    }
    if let told = item.string(.numberOfContourPoints).flatMap(Int.init), told != points.count {
      warnings.append(
        "ROI \(roi): a contour tells \(told) points and holds \(points.count); those it holds were read")
    }
    guard values.allSatisfy({ abs($0) <= LesionRow.farthestMM }) else {
      throw InputError(
        file: path, place: place, "a point over 10 m from the origin",
        advice: "the file is damaged or not in millimetres")
    }
    if geometry == .closed { try requireAxial(points, place, path) }
    return DrawnContour(
      geometry: geometry, points: points,
      isExclusiveOr: type == "CLOSEDPLANAR_XOR")
  }

  private static func geometry(
    _ type: String?, _ place: String, _ path: String
  ) throws(InputError) -> DrawnContour.Geometry {
    switch type {
    case "CLOSED_PLANAR", "CLOSEDPLANAR_XOR", interpolatedPlanar: return .closed
    case "OPEN_PLANAR": return .open
    case "OPEN_NONPLANAR": return .curve
    case "POINT": return .point
    case .some(let other):
      throw InputError(file: path, place: place, "unknown contour type \(other)")
    case .none:
      throw InputError(file: path, place: place, "a contour has no geometric type")
    }
  }

  /// The coordinates one after the other; `nil` where there are none.
  private static func values(
    _ item: DICOMItem, _ place: String, _ path: String
  ) throws(InputError) -> [Double]? {
    let parsed = item.withBytes(.contourData) { bytes -> Result<[Double], DecimalStringParser.Defect> in
      Result { () throws(DecimalStringParser.Defect) in try DecimalStringParser.parse(bytes) }
    }
    guard let parsed else {
      guard !item.holds(.contourData) else {
        throw InputError(
          file: path, place: place, "the points are there but in a form that cannot be read",
          advice: "export the structure set again")
      }
      return nil
    }
    let values: [Double]
    switch parsed {
    case .success(let numbers): values = numbers
    case .failure(let defect):
      throw InputError(
        file: path, place: place, "value \(defect.index + 1) is no number (\(QuotedCell.words(defect.text)))",
        advice: "the file is damaged; export it again")
    }
    guard values.count % 3 == 0 else {
      throw InputError(
        file: path, place: place, "\(values.count) numbers are no list of x, y, z",
        advice: "the file is damaged; export it again")
    }
    return values
  }

  /// A ring lies in one axial plane.
  private static func requireAxial(
    _ points: [SIMD3<Double>], _ place: String, _ path: String
  ) throws(InputError) {
    let low = points.reduce(Double.infinity) { min($0, $1.z) }
    let high = points.reduce(-Double.infinity) { max($0, $1.z) }
    if high - low > planeToleranceMM {
      throw InputError(
        file: path, place: place,
        "an oblique contour (z runs from \(low) to \(high) mm)",
        advice: "only axial planes are read; resample the structure set to axial planes")
    }
  }
}
