// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Foundation
import Quantities
import Testing
import Vocabulary

@testable import Interchange

/// Label maps that the project does not ship: `OLIGOPLAN_DATA`, by default `../shared/data`.
@Suite(
  "Real label maps", .enabled(if: RealData.folder != nil, "OLIGOPLAN_DATA is absent: no real files to run on")
)
struct RealLabelMapTests {
  private static let totalSegmentator = "totalsegmentator/tests/reference_files"

  private func importing(_ name: String, lesion: String? = nil) throws -> PatientCase {
    var work = CaseImport()
    work.labelMaps = [LabelMapInput(path: RealData.path(name))]
    work.addsDerivedStructures = false
    if let lesion { work.choice = RegionOfInterestChoice(lesions: [lesion]) }
    return try work.run()
  }

  private func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: RealData.path(name))))
  }

  @Test("the 117 single files: the volumes of the tool's own statistics")
  func statistics() throws {
    struct Entry: Decodable { let volume: Double }
    let folder = "\(Self.totalSegmentator)/example_seg_fast"
    let expected = try decode([String: Entry].self, "\(folder)/statistics.json")
    let result = try importing(folder)
    #expect(expected.count == 117)
    #expect(result.inputs.count == 117)
    for (name, entry) in expected {
      let found = result.structures.first { $0.sourceName == name }?.solid.volume.cubicMillimeters ?? 0
      #expect(abs(found - entry.volume) <= 1e-9 * entry.volume, "\(name): \(found) against \(entry.volume)")
    }
    #expect(result.structures.count == expected.values.filter { $0.volume > 0 }.count)
    #expect(result.warnings.filter { $0.contains("not segmented is not the same") }.count == 1)
  }

  private struct Reference: Decodable {
    struct Label: Decodable {
      let name: String?
      let voxels: Int
      let centroid_RAS_mm: [Double]
    }
    let file: String
    let voxel_mm3: Double
    let labels: [String: Label]
  }

  @Test("the combined maps: voxel counts and centroids as nibabel has them, by the header's names")
  func combined() throws {
    for reference in try decode([Reference].self, "reference/totalsegmentator.labels.json") {
      let result = try importing(reference.file)
      #expect(result.structures.count == reference.labels.count)
      for label in reference.labels.values {
        let name = try #require(label.name)
        let solid = try #require(result.structures.first { $0.sourceName == name }?.solid, "\(name)")
        let volume = Double(label.voxels) * reference.voxel_mm3
        #expect(abs(solid.volume.cubicMillimeters - volume) <= 1e-9 * volume, "\(name)")
        let centre = try #require(solid.centroid)
        let told = label.centroid_RAS_mm
        #expect(abs(centre.x + told[0]) < 1e-3 && abs(centre.y + told[1]) < 1e-3, "\(name)")
        #expect(abs(centre.z - told[2]) < 1e-3, "\(name)")
      }
    }
  }

  @Test("the IBSI digital phantom: 74 voxels of 8 mm³, within the consensus of 592 ± 4")
  func phantom() throws {
    let result = try importing(
      "ibsi_ct_phantom/ibsi_1_digital_phantom/nifti/mask/mask.nii.gz", lesion: "mask")
    #expect(result.lesions.count == 1)
    let solid = try #require(result.lesions.first?.body?.solid)
    #expect(abs(solid.volume.cubicMillimeters - 592) < 1e-9)
  }

  @Test(
    "the 25 sarcomas: voxels as nibabel counts them, and within 0.5 % of the contours they were made from")
  func sarcomas() throws {
    let references = try decode([Reference].self, "reference/ibsi_sts_ct_mask.labels.json")
    #expect(references.count == 25)
    for reference in references {
      let id = try #require(reference.file.split(separator: "/").first { $0.hasPrefix("STS_") }).description
      let mask = try importing(reference.file, lesion: "CT_mask")
      let volume = mask.lesions.compactMap { $0.body?.solid.volume.cubicMillimeters }.reduce(0, +)
      let label = try #require(reference.labels.values.first)
      let counted = Double(label.voxels) * reference.voxel_mm3
      #expect(abs(volume - counted) <= 1e-6 * counted, "\(id)")
      var work = CaseImport()
      work.structureSets = [RealData.path("ibsi_sts/ibsi_validation/dicom/\(id)/CT/mask/RS.dcm")]
      let drawn = try #require(try work.run().lesions.first?.body?.solid)
      let contoured = drawn.volume.cubicMillimeters
      #expect(abs(volume / contoured - 1) < 0.005, "\(id): \(volume) against \(contoured) mm³")
      // In the same place: the centres lie well within a voxel of one another.
      let moments = mask.lesions.compactMap(\.body?.solid).compactMap { solid in
        solid.centroid.map { $0 * (solid.volume.cubicMillimeters / volume) }
      }
      let gap = try #require(drawn.centroid) - moments.reduce(SIMD3<Double>.zero, +)
      #expect((gap * gap).sum().squareRoot() < 0.5, "\(id): centres \(gap) apart")
    }
  }
}
