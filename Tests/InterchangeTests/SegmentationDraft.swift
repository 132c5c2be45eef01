// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import Interchange

/// A DICOM SEG to be written by tests: cubes of bits, frame after frame.
struct SegmentationDraft {
  struct Segment {
    var number: Int
    var label: String?
    /// Category, type, modifier and region as (value, scheme, meaning).
    var type: (String, String, String)? = ("108369006", "SCT", "Neoplasm")
    var modifier: (String, String, String)?
    var region: (String, String, String)?
    var regionModifier: (String, String, String)?
  }

  struct Frame {
    var segment: Int
    var z: Double
    /// Values row by row.
    var voxels: [UInt8]
  }

  var rows = 7
  var columns = 9
  var spacing = (row: 1.0, column: 2.0)
  var between: Double? = 3
  var thickness: Double? = 3
  var position = SIMD2(10.0, 20.0)
  var orientation = [1.0, 0, 0, 0, 1, 0]
  var type = "BINARY"
  var greatest = 255
  var fractionalType = "OCCUPANCY"
  var frameOfReference: String? = "1.2.3"
  var instance = "1.2.3.4"
  var patientID = "P1"
  var study = "1.1"
  var day: String? = "20260102"
  var segments: [Segment] = [Segment(number: 1, label: "Lesion")]
  var frames: [Frame] = []
  var sopClass = DICOMSegmentation.sopClass
  /// How many bytes of pixel data are left out at the end.
  var cut = 0

  func write(to path: String) throws {
    let file = try DICOMFile(creating: path)
    let data = file.dataset
    func put(_ item: DICOMItem, _ tag: DICOMTag, _ value: String?) throws {
      if let value { try item.put(tag, value) }
    }
    try put(data, .sopClassUID, sopClass)
    try put(data, .sopInstanceUID, instance)
    try put(data, .modality, "SEG")
    try put(data, .patientID, patientID)
    try put(data, .studyDate, day)
    try put(data, .studyInstanceUID, study)
    try put(data, .frameOfReferenceUID, frameOfReference)
    try put(data, .rows, String(rows))
    try put(data, .columns, String(columns))
    try put(data, .numberOfFrames, String(frames.count))
    try put(data, .segmentationType, type)
    try put(data, .bitsAllocated, type == "BINARY" ? "1" : "8")
    if type == "FRACTIONAL" {
      try put(data, .maximumFractionalValue, String(greatest))
      try put(data, .segmentationFractionalType, fractionalType)
    }
    func code(_ item: DICOMItem, _ sequence: DICOMTag, _ value: (String, String, String)?) throws
      -> DICOMItem?
    {
      guard let value else { return nil }
      let child = try item.append(sequence)
      try child.put(.codeValue, value.0)
      try child.put(.codingSchemeDesignator, value.1)
      try child.put(.codeMeaning, value.2)
      return child
    }
    for segment in segments {
      let item = try data.append(.segmentSequence)
      try put(item, .segmentNumber, String(segment.number))
      try put(item, .segmentLabel, segment.label)
      if let type = try code(item, .segmentedPropertyTypeCodeSequence, segment.type) {
        _ = try code(type, .segmentedPropertyTypeModifierCodeSequence, segment.modifier)
      }
      if let region = try code(item, .anatomicRegionSequence, segment.region) {
        _ = try code(region, .anatomicRegionModifierSequence, segment.regionModifier)
      }
    }
    let shared = try data.append(.sharedFunctionalGroupsSequence)
    try shared.append(.planeOrientationSequence).put(
      .imageOrientationPatient, orientation.map { String($0) }.joined(separator: "\\"))
    let measures = try shared.append(.pixelMeasuresSequence)
    try measures.put(.pixelSpacing, "\(spacing.row)\\\(spacing.column)")
    try put(measures, .spacingBetweenSlices, between.map { String($0) })
    try put(measures, .sliceThickness, thickness.map { String($0) })
    for frame in frames {
      let item = try data.append(.perFrameFunctionalGroupsSequence)
      try item.append(.planePositionSequence).put(
        .imagePositionPatient, "\(position.x)\\\(position.y)\\\(frame.z)")
      if type != "LABELMAP" {
        try item.append(.segmentIdentificationSequence).put(.referencedSegmentNumber, String(frame.segment))
      }
    }
    try data.putPixels(words(bytes.dropLast(cut)))
    try file.data().write(to: URL(fileURLWithPath: path))
  }

  /// Bits run on from frame to frame, the lowest bit of a byte first.
  private var bytes: [UInt8] {
    let values = frames.flatMap(\.voxels)
    guard type == "BINARY" else { return values }
    var bytes = [UInt8](repeating: 0, count: (values.count + 7) / 8)
    for (index, value) in values.enumerated() where value != 0 { bytes[index / 8] |= 1 << UInt8(index % 8) }
    return bytes
  }

  private func words(_ bytes: some Collection<UInt8>) -> [UInt16] {
    let all = Array(bytes) + (bytes.count % 2 == 1 ? [0] : [])
    return stride(from: 0, to: all.count, by: 2).map { UInt16(all[$0]) | UInt16(all[$0 + 1]) << 8 }
  }
}
