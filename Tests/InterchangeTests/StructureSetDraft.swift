// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import Interchange

/// A structure set written element by element, so that it can be wrong in one place.
struct StructureSetDraft {
  struct Ring {
    var type = "CLOSED_PLANAR"
    var points: [SIMD3<Double>]

    /// A square parallel to the axes.
    static func square(_ x: Double, _ y: Double, side: Double, z: Double, type: String = "CLOSED_PLANAR")
      -> Ring
    {
      Ring(
        type: type,
        points: [SIMD3(x, y, z), SIMD3(x + side, y, z), SIMD3(x + side, y + side, z), SIMD3(x, y + side, z)])
    }
  }

  struct Region {
    var name: String
    /// `nil` for no observation.
    var type: String? = ""
    var rings: [Ring]

    /// A column of squares, one a plane.
    static func column(
      _ name: String, _ x: Double, side: Double, planes: [Double], type: String? = ""
    ) -> Region {
      Region(name: name, type: type, rings: planes.map { .square(x, 0, side: side, z: $0) })
    }
  }

  var regions: [Region]
  var charset: String? = "ISO_IR 192"
  var studyDate: String?
  /// Observations of ROIs that are not declared: number and type.
  var strayObservations: [(number: String, type: String)] = []

  func write(_ path: String) throws {
    let file = try DICOMFile(creating: path)
    let data = file.dataset
    if let charset { try data.put(.specificCharacterSet, charset) }
    try data.put(.sopClassUID, RTStructureSet.sopClass)
    try data.put(.sopInstanceUID, "2.25.77")
    try data.put(.modality, "RTSTRUCT")
    try data.put(.patientID, "P1")
    if let studyDate { try data.put(.studyDate, studyDate) }
    for (index, region) in regions.enumerated() {
      let roi = try data.append(.structureSetROISequence)
      try roi.put(.roiNumber, String(index + 1))
      try roi.put(.referencedFrameOfReferenceUID, "2.25.1")
      try roi.put(.roiName, region.name)
      if let type = region.type {
        let observation = try data.append(.rtROIObservationsSequence)
        try observation.put(.referencedROINumber, String(index + 1))
        try observation.put(.rtROIInterpretedType, type)
      }
      let item = try data.append(.roiContourSequence)
      try item.put(.referencedROINumber, String(index + 1))
      for ring in region.rings {
        let contour = try item.append(.contourSequence)
        try contour.put(.contourGeometricType, ring.type)
        try contour.put(
          .contourData, ring.points.map { "\($0.x)\\\($0.y)\\\($0.z)" }.joined(separator: "\\"))
      }
    }
    for stray in strayObservations {
      let observation = try data.append(.rtROIObservationsSequence)
      try observation.put(.referencedROINumber, stray.number)
      try observation.put(.rtROIInterpretedType, stray.type)
    }
    try FileAccess.write(try file.data(), to: path)
  }
}
