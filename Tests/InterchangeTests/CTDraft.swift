// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import Interchange

/// A CT series to be written by tests, image after image.
struct CTDraft {
  var columns = 7
  var rows = 5
  /// Between rows, and between columns.
  var spacing = (row: 1.5, column: 0.5)
  var orientation = [1.0, 0, 0, 0, 1, 0]
  var origin = SIMD2(10.0, 20.0)
  var planes = [0.0, 2, 4]
  var series = "1.2.3"
  var frame = "1.2"
  var study = "1.1"
  var day = "20260110"
  var patientID = "P1"
  var intercept = "-1024"
  var slope: String? = "1"
  var isSigned = false
  var tilt: String?
  var rescaleType: String?
  var imageType = "ORIGINAL\\PRIMARY\\AXIAL"
  /// Hounsfield units by column, row and plane.
  var value: (Int, Int, Int) -> Int = { x, y, z in x + 10 * y + 100 * z - 1000 }

  /// The bytes of one image.
  func image(_ plane: Int, z: Double? = nil, name: String) throws -> Data {
    let file = try DICOMFile(creating: name)
    let data = file.dataset
    for (tag, text) in [
      (.sopClassUID, "1.2.840.10008.5.1.4.1.1.2"), (.sopInstanceUID, "\(series).\(plane)"), (.modality, "CT"),
      (.patientID, patientID), (.studyDate, day), (.studyInstanceUID, study), (.seriesInstanceUID, series),
      (.frameOfReferenceUID, frame), (.imageType, imageType), (.rows, String(rows)),
      (.columns, String(columns)), (.bitsAllocated, "16"), (.bitsStored, "16"), (.highBit, "15"),
      (.pixelRepresentation, isSigned ? "1" : "0"), (.samplesPerPixel, "1"),
      (.photometricInterpretation, "MONOCHROME2"), (.rescaleIntercept, intercept),
      (.pixelSpacing, "\(spacing.row)\\\(spacing.column)"),
      (.imageOrientationPatient, orientation.map { String($0) }.joined(separator: "\\")),
      (.imagePositionPatient, "\(origin.x)\\\(origin.y)\\\(z ?? planes[plane])"), (.windowCenter, "40"),
      (.windowWidth, "400"),
    ] as [(DICOMTag, String)] { try data.put(tag, text) }
    if let slope { try data.put(.rescaleSlope, slope) }
    if let rescaleType { try data.put(.rescaleType, rescaleType) }
    if let tilt { try data.put(.gantryDetectorTilt, tilt) }
    var words: [UInt16] = []
    for y in 0..<rows {
      for x in 0..<columns {
        words.append(UInt16(truncatingIfNeeded: value(x, y, plane) - (Int(intercept) ?? 0)))
      }
    }
    try data.putPixels(words)
    return try file.data()
  }

  /// Writes the series into a folder, the images in an order of their own.
  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for plane in planes.indices {
      let name = "\(folder)/\(series)-\((plane * 7 + 3) % 11)-\(plane).dcm"
      try image(plane, name: name).write(to: URL(fileURLWithPath: name))
    }
  }
}
