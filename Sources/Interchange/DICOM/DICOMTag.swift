// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A DICOM tag.
struct DICOMTag: Hashable {
  let group: UInt16
  let element: UInt16
  init(_ group: UInt16, _ element: UInt16) {
    self.group = group
    self.element = element
  }
  var text: String { String(format: "(%04X,%04X)", Int(group), Int(element)) }

  static let pixelData = DICOMTag(0x7FE0, 0x0010)
  static let rows = DICOMTag(0x0028, 0x0010)
  static let columns = DICOMTag(0x0028, 0x0011)
  static let bitsAllocated = DICOMTag(0x0028, 0x0100)
  static let pixelRepresentation = DICOMTag(0x0028, 0x0103)
  static let numberOfFrames = DICOMTag(0x0028, 0x0008)
  static let pixelSpacing = DICOMTag(0x0028, 0x0030)
  static let imagePositionPatient = DICOMTag(0x0020, 0x0032)
  static let imageOrientationPatient = DICOMTag(0x0020, 0x0037)
  static let gridFrameOffsetVector = DICOMTag(0x3004, 0x000C)
  static let doseGridScaling = DICOMTag(0x3004, 0x000E)
  static let doseUnits = DICOMTag(0x3004, 0x0002)
  static let doseType = DICOMTag(0x3004, 0x0004)
  static let doseSummationType = DICOMTag(0x3004, 0x000A)
  static let referencedRTPlanSequence = DICOMTag(0x300C, 0x0002)
  static let referencedSOPInstanceUID = DICOMTag(0x0008, 0x1155)
  static let specificCharacterSet = DICOMTag(0x0008, 0x0005)
  static let sopClassUID = DICOMTag(0x0008, 0x0016)
  static let sopInstanceUID = DICOMTag(0x0008, 0x0018)
  static let studyDate = DICOMTag(0x0008, 0x0020)
  static let modality = DICOMTag(0x0008, 0x0060)
  static let patientID = DICOMTag(0x0010, 0x0020)
  static let frameOfReferenceUID = DICOMTag(0x0020, 0x0052)
  static let structureSetROISequence = DICOMTag(0x3006, 0x0020)
  static let roiNumber = DICOMTag(0x3006, 0x0022)
  static let referencedFrameOfReferenceUID = DICOMTag(0x3006, 0x0024)
  static let roiName = DICOMTag(0x3006, 0x0026)
  static let roiContourSequence = DICOMTag(0x3006, 0x0039)
  static let contourSequence = DICOMTag(0x3006, 0x0040)
  static let contourGeometricType = DICOMTag(0x3006, 0x0042)
  static let numberOfContourPoints = DICOMTag(0x3006, 0x0046)
  static let contourData = DICOMTag(0x3006, 0x0050)
  static let rtROIObservationsSequence = DICOMTag(0x3006, 0x0080)
  static let referencedROINumber = DICOMTag(0x3006, 0x0084)
  static let rtROIInterpretedType = DICOMTag(0x3006, 0x00A4)
}
