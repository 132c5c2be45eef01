// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Cases
public import Foundation
internal import PlanarGeometry
public import Planning
internal import Quantities
internal import Resection
internal import Vocabulary

/// Writes a case's lesions, targets and contoured structures as a DICOM RT Structure Set.
///
/// Explicit little endian; coordinates with four decimals, so every number keeps within the 16 bytes of a
/// decimal string; UIDs follow from the content, so the same case gives the same file. Holes are rings of
/// their own in the plane of their polygon, combined by even-odd.
public struct RTStructureSetWriter {
  private let patientCase: PatientCase
  private let pieces: [(name: String, solid: Solid)]

  /// A writer of this case.
  public init(_ patientCase: PatientCase) { self.init(patientCase, pieces: []) }

  /// A writer of a planned case: its lesions, structures, and the pieces that a resection takes with their margins.
  public init(_ dossier: Dossier) {
    let pieces = (dossier.resectionPlan?.lesions ?? []).compactMap { entry -> (name: String, solid: Solid)? in
      guard let proposal = entry.proposal, proposal.choice.technique == .wedge,
        let solid = proposal.standard.piece
      else { return nil }
      let margin = Int(proposal.standard.margin.millimeters.rounded())
      return ("Wedge_\(entry.lesion)_\(margin)mm", solid)
    }
    self.init(dossier.patientCase, pieces: pieces)
  }

  private init(_ patientCase: PatientCase, pieces: [(name: String, solid: Solid)]) {
    self.patientCase = patientCase
    self.pieces = pieces
  }

  private struct Region {
    let name: String
    let type: String
    let solid: Solid
    let colour: String
  }

  /// Lesions that are left out because nobody contoured them.
  public var uncontoured: [String] {
    patientCase.lesions.filter { if case .contoured? = $0.body { false } else { true } }.map(\.id)
  }

  /// Writes the file whole or not at all.
  ///
  /// - Throws: `InputError` when nothing is contoured or the file cannot be written.
  public func write(to path: String) throws(InputError) {
    try FileAccess.write(try data(for: path), to: path)
  }

  /// The file's bytes.
  ///
  /// - Parameter path: the file that they are for, which a refusal names.
  /// - Throws: `InputError` when nothing is contoured.
  public func data(for path: String) throws(InputError) -> Data {
    let regions = self.regions
    guard !regions.isEmpty else {
      throw InputError(.cannotWrite, file: path, "the case holds no contours to write")
    }
    let file = try DICOMFile(creating: path)
    let data = file.dataset
    let frame =
      patientCase.frameOfReference ?? UIDFromContent.uid("frame \(patientCase.patientID ?? "")")
    try identity(data, frame)
    for (index, region) in regions.enumerated() {
      let number = String(index + 1)
      let declared = try data.append(.structureSetROISequence)
      try declared.put(.roiNumber, number)
      try declared.put(.referencedFrameOfReferenceUID, frame)
      try declared.putText(.roiName, region.name)
      try declared.put(DICOMTag(0x3006, 0x0036), "")
      try contours(of: region, number, data)
      let observation = try data.append(.rtROIObservationsSequence)
      try observation.put(DICOMTag(0x3006, 0x0082), number)
      try observation.put(.referencedROINumber, number)
      try observation.put(.rtROIInterpretedType, region.type)
      try observation.put(DICOMTag(0x3006, 0x00A6), "")
    }
    return try file.data()
  }

  private var regions: [Region] {
    var all: [Region] = []
    for lesion in patientCase.lesions {
      // A ball made from a diameter is no contour: written here it would come back as a measurement.
      if case .contoured(let solid)? = lesion.body {
        all.append(Region(name: lesion.id, type: "GTV", solid: solid, colour: "255\\0\\0"))
      }
    }
    all += pieces.map { Region(name: $0.name, type: "CONTROL", solid: $0.solid, colour: "0\\105\\92") }
    for target in patientCase.targets {
      all.append(Region(name: target.sourceName, type: "PTV", solid: target.solid, colour: "255\\128\\0"))
    }
    for structure in patientCase.structures where structure.derivation == nil {
      all.append(
        Region(
          name: structure.name.tg263, type: structure.name.role == .external ? "EXTERNAL" : "ORGAN",
          solid: structure.contoured, colour: "0\\128\\255"))
    }
    return all
  }

  private func identity(_ data: DICOMItem, _ frame: String) throws(InputError) {
    try data.put(.specificCharacterSet, "ISO_IR 192")
    try data.put(.sopClassUID, RTStructureSet.sopClass)
    try data.put(.sopInstanceUID, uid("instance"))
    for (group, element) in [
      (0x0008, 0x0020), (0x0008, 0x0030), (0x0008, 0x0050), (0x0008, 0x0090), (0x0008, 0x1070),
      (0x0010, 0x0010),
      (0x0010, 0x0030), (0x0010, 0x0040), (0x0020, 0x0010), (0x0020, 0x0011), (0x0020, 0x1040),
      (0x3006, 0x0008), (0x3006, 0x0009),
    ] as [(UInt16, UInt16)] {
      try data.put(DICOMTag(group, element), "")
    }
    try data.put(.modality, "RTSTRUCT")
    try data.put(DICOMTag(0x0008, 0x0070), "OligoPlan")
    try data.putText(.patientID, patientCase.patientID ?? "")
    try data.put(DICOMTag(0x0020, 0x000D), uid("study"))
    try data.put(DICOMTag(0x0020, 0x000E), uid("series"))
    try data.put(.frameOfReferenceUID, frame)
    try data.put(DICOMTag(0x3006, 0x0002), "OligoPlan")
    let referenced = try data.append(DICOMTag(0x3006, 0x0010))
    try referenced.put(.frameOfReferenceUID, frame)
  }

  private func contours(of region: Region, _ number: String, _ data: DICOMItem) throws(InputError) {
    let item = try data.append(.roiContourSequence)
    try item.put(DICOMTag(0x3006, 0x002A), region.colour)
    for slab in region.solid.slabs {
      let z = Self.decimal(slab.z)
      for ring in slab.region.rings {
        let contour = try item.append(.contourSequence)
        try contour.put(.contourGeometricType, "CLOSED_PLANAR")
        try contour.put(.numberOfContourPoints, String(ring.points.count))
        var text = ""
        text.reserveCapacity(ring.points.count * 24)
        for point in ring.points {
          if !text.isEmpty { text += "\\" }
          text += Self.decimal(point.x) + "\\" + Self.decimal(point.y) + "\\" + z
        }
        try contour.put(.contourData, text)
      }
    }
    try item.put(.referencedROINumber, number)
  }

  /// A decimal string of at most 16 bytes: four decimals, trailing zeros dropped.
  static func decimal(_ x: Double) -> String {
    let scaled = Int((x * 10_000).rounded())
    let whole = abs(scaled) / 10_000
    var fraction = String(abs(scaled) % 10_000)
    fraction = String(repeating: "0", count: 4 - fraction.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return (scaled < 0 ? "-" : "") + String(whole) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// A UID of the 2.25 kind (a UUID as a number) that follows from the case.
  private func uid(_ purpose: String) -> String {
    var seed = "\(purpose) \(patientCase.patientID ?? "") \(patientCase.frameOfReference ?? "")"
    for region in regions {
      seed += " \(region.name) \(region.solid.volume.cubicMillimeters.bitPattern)"
    }
    return UIDFromContent.uid(seed)
  }
}
