// SPDX-License-Identifier: Apache-2.0
public import Cases
internal import Dosimetry
public import Foundation

/// Writes a course's dose as a DICOM RT Dose.
///
/// Explicit little endian, 32 bits, GY; the scaling makes the greatest dose use the whole range, so that rounding
/// is below a billionth of it. Planes are written by relative offsets. UIDs follow from the content.
public struct RTDoseWriter {
  private let dose: CourseDose
  private let patientID: String?
  private let frameOfReference: String

  /// A writer of a dose in the frame of a case.
  public init(_ dose: CourseDose, of patientCase: PatientCase) {
    self.dose = dose
    patientID = patientCase.patientID
    frameOfReference =
      patientCase.frameOfReference ?? UIDFromContent.uid("frame \(patientCase.patientID ?? "")")
  }

  /// Writes the file whole or not at all.
  ///
  /// - Throws: `InputError` when a node has no dose or one below zero, which the format cannot say, or when the
  ///   file cannot be written.
  public func write(to path: String) throws(InputError) {
    try FileAccess.write(try data(for: path), to: path)
  }

  /// The file's bytes.
  ///
  /// - Parameter path: the file that they are for, which a refusal names.
  /// - Throws: `InputError` when a node has no dose or one below zero, which the format cannot say.
  public func data(for path: String) throws(InputError) -> Data {
    let grid = dose.grid
    let greatest = Double(grid.gray.max() ?? 0)
    guard grid.gray.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw InputError(.cannotWrite, file: path, "the dose is unknown or below zero at some nodes")
    }
    let scaling = greatest > 0 ? greatest / Double(UInt32.max - 1) : 1
    let file = try DICOMFile(creating: path)
    let data = file.dataset
    try identity(data)
    let offsets = grid.planes.map { RTStructureSetWriter.decimal($0 - grid.planes[0]) }
    for (tag, value) in [
      (
        .imagePositionPatient,
        [grid.origin.x, grid.origin.y, grid.planes[0]].map(RTStructureSetWriter.decimal)
      ),
      (.imageOrientationPatient, ["1", "0", "0", "0", "1", "0"]),
      (.pixelSpacing, [grid.spacing.y, grid.spacing.x].map(RTStructureSetWriter.decimal)),
      (.rows, [String(grid.rows)]), (.columns, [String(grid.columns)]),
      (.numberOfFrames, [String(grid.planes.count)]), (.bitsAllocated, ["32"]),
      (DICOMTag(0x0028, 0x0101), ["32"]), (DICOMTag(0x0028, 0x0102), ["31"]), (.pixelRepresentation, ["0"]),
      (DICOMTag(0x0028, 0x0002), ["1"]), (DICOMTag(0x0028, 0x0004), ["MONOCHROME2"]),
      (DICOMTag(0x0028, 0x0009), ["(3004,000c)"]), (.doseUnits, ["GY"]), (.doseType, ["PHYSICAL"]),
      (.doseSummationType, [dose.summation.rawValue]), (.gridFrameOffsetVector, offsets),
      (.doseGridScaling, [String(format: "%.9e", scaling)]),
    ] as [(DICOMTag, [String])] {
      try data.put(tag, value.joined(separator: "\\"))
    }
    let written = Double(String(format: "%.9e", scaling)) ?? scaling
    var words: [UInt16] = []
    words.reserveCapacity(2 * grid.gray.count)
    for value in grid.gray {
      let stored = UInt32(min((Double(value) / written).rounded(), Double(UInt32.max)))
      words.append(UInt16(truncatingIfNeeded: stored))
      words.append(UInt16(truncatingIfNeeded: stored >> 16))
    }
    try data.putPixels(words)
    return try file.data()
  }

  private func identity(_ data: DICOMItem) throws(InputError) {
    let bytes = dose.grid.gray.withUnsafeBytes { FileAccess.sha256(Data($0)) }
    let seed = "\(patientID ?? "") \(frameOfReference) \(dose.name) \(bytes)"
    try data.put(.specificCharacterSet, "ISO_IR 192")
    try data.put(.sopClassUID, RTDose.sopClass)
    try data.put(.sopInstanceUID, UIDFromContent.uid("instance \(seed)"))
    for (group, element) in [
      (0x0008, 0x0020), (0x0008, 0x0030), (0x0008, 0x0050), (0x0008, 0x0090), (0x0010, 0x0010),
      (0x0010, 0x0030), (0x0010, 0x0040), (0x0020, 0x0010), (0x0020, 0x0011), (0x0020, 0x0013),
      (0x0020, 0x1040),
    ] as [(UInt16, UInt16)] {
      try data.put(DICOMTag(group, element), "")
    }
    try data.put(.modality, "RTDOSE")
    try data.put(DICOMTag(0x0008, 0x0070), "OligoPlan")
    try data.putText(.patientID, patientID ?? "")
    try data.put(DICOMTag(0x0020, 0x000D), UIDFromContent.uid("study \(patientID ?? "") \(frameOfReference)"))
    try data.put(DICOMTag(0x0020, 0x000E), UIDFromContent.uid("series \(seed)"))
    try data.put(.frameOfReferenceUID, frameOfReference)
    let plan = try data.append(.referencedRTPlanSequence)
    try plan.put(DICOMTag(0x0008, 0x1150), "1.2.840.10008.5.1.4.1.1.481.5")
    try plan.put(.referencedSOPInstanceUID, UIDFromContent.uid("plan \(seed)"))
  }
}
