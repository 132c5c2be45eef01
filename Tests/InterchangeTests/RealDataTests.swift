// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Foundation
import Planning
import Quantities
import Testing
import Vocabulary

@testable import Interchange

/// Real files that the project does not ship: `OLIGOPLAN_DATA`, by default `../shared/data`.
@Suite(
  "Real files", .enabled(if: RealData.folder != nil, "OLIGOPLAN_DATA is absent: no real files to run on"))
struct RealDataTests {
  private func importing(_ name: String, endCap: EndCap = .half) throws -> PatientCase {
    var work = CaseImport()
    work.structureSets = [RealData.path(name)]
    work.endCap = endCap
    return try work.run()
  }

  /// Every RTSTRUCT in the folder that is read whole.
  static let structureSets =
    [
      "dicompyler_core/tests/testdata/example_data/rtss.dcm", "slicerrt_dicom/EclipseProstate/RS.dcm",
      "pydicom/src/pydicom/data/test_files/rtstruct.dcm", "rt_utils/tests/empty/dummy_rt.dcm",
      "rt_utils/tests/mock_data/invalid_reference_rt.dcm",
      "rt_utils/tests/mock_data/non_existent_reference_rt.dcm",
      "rtkit/samples/single_struct/rtstruct.dcm",
      "rtkit/samples/simple_phantom_case/RS1.3.6.1.4.1.2452.6.727319383.1116259385.3336283576.3074434425.dcm",
    ]
    + (1...25).map { number in
      let id = "STS_" + String(repeating: "0", count: number < 10 ? 2 : 1) + "\(number)"
      return "ibsi_sts/ibsi_validation/dicom/\(id)/CT/mask/RS.dcm"
    }

  @Test("Eclipse's DVH text of an abdominal plan: maxima and means as its own head tells them")
  func eclipseText() throws {
    let read = try DVHTextReader(path: RealData.path("radonc_dvh/inst/extdata/John_Doe.dvh"))
    #expect(read.patientID == "5555555555")
    // In per cent of 55 Gy, rounded to a tenth: volume, maximum, mean.
    let told: [String: (cc: Double, most: Double, mean: Double)] = [
      "LIVER": (1366.8, 92.9, 4.9), "CORD": (0, 55.5, 0), "LEFT_KIDNEY": (0, 44.4, 0),
      "RIGHT_KIDNEY": (0, 98.5, 0), "STOMACH": (0, 101.3, 0), "SMALL_BOWEL": (0, 99.8, 0),
    ]
    for (name, head) in told {
      let curve = try #require(read.curves.first { $0.sourceName == name }, "\(name)")
      let most = try #require(curve.maximum).gray
      #expect(abs(most - head.most * 0.55) < 0.12, "\(name): \(most)")
      if head.cc > 0 { #expect(abs(curve.volume.cubicCentimeters - head.cc) < 0.1) }
      guard head.mean > 0 else { continue }
      let steps = zip(curve.gray.indices, curve.gray.indices.dropFirst())
      let mean = steps.reduce(0.0) { sum, pair in
        sum + (curve.gray[pair.1] - curve.gray[pair.0]) * (curve.share[pair.0] + curve.share[pair.1]) / 2
      }
      #expect(abs(mean - head.mean * 0.55) < 0.06, "\(name): \(mean)")
    }
  }

  @Test("imports, measures, is assessed, and comes back from disk", arguments: structureSets)
  func whole(name: String) throws {
    let patientCase = try importing(name)
    let measurements = try Measurements(of: patientCase)
    for lesion in measurements.lesions {
      #expect(lesion.volume > .zero)
      #expect((lesion.diameters?.longest ?? .zero) > .zero)
      #expect(lesion.greatestDiameter >= lesion.diameters?.longest ?? .zero)
    }
    let assessment = try Assessment(of: patientCase, measurements, by: CareProtocolReader.shipped())
    #expect(assessment.lesions.count == patientCase.lesions.count)
    let scratch = try Scratch()
    try CaseStore.write(patientCase, to: scratch.path("case"), tool: "test")
    #expect(try CaseStore.read(scratch.path("case")).patientCase == patientCase)
  }

  private struct Reference: Decodable {
    struct Entry: Decodable {
      let volume_slab_cc: Double?
      let volume_trapezoid_cc: Double?
      let max_diameter_axial_mm: Double?
      let max_diameter_3d_mm: Double?
      let planes: Int?
    }
    let rois: [String: Entry]
  }

  private func compare(_ name: String, _ rois: [String: Reference.Entry]) throws {
    var compared = 0
    for (endCap, keyPath) in [
      (EndCap.half, \Reference.Entry.volume_slab_cc), (.none, \.volume_trapezoid_cc),
    ] {
      let result = try importing(name, endCap: endCap)
      let bodies: [(String, Solid)] =
        result.structures.filter { $0.derivation == nil }.map { ($0.sourceName, $0.solid) }
        + result.lesions.compactMap { lesion in lesion.body.map { (lesion.sourceName, $0.solid) } }
        + result.targets.map { ($0.sourceName, $0.solid) }
      for (roi, entry) in rois {
        guard let reference = entry[keyPath: keyPath], reference > 1 else { continue }
        let solid = try #require(bodies.first { $0.0 == roi }?.1, "\(roi)")
        let volume = solid.volume.cubicCentimeters
        #expect(abs(volume / reference - 1) < 0.002, "\(name) \(roi): \(volume) against \(reference) cc")
        compared += 1
        if let axial = entry.max_diameter_axial_mm {
          compared += 1
          #expect(abs((solid.axialDiameters?.longest.millimeters ?? 0) - axial) < 0.01, "\(roi) axial")
        }
        if let greatest = entry.max_diameter_3d_mm {
          #expect(abs(solid.greatestDiameter.millimeters - greatest) < 0.01, "\(roi) greatest")
        }
      }
    }
    // Volume and axial diameter, in both conventions, of one ROI at least.
    #expect(compared >= 4, "\(name): nothing was compared")
  }

  private func reference(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: RealData.path("reference/\(name)")))
  }

  @Test("volumes and diameters agree with the reference")
  func volumes() throws {
    for (json, file) in [
      ("dicompyler_breast.geometry.json", "dicompyler_core/tests/testdata/example_data/rtss.dcm"),
      ("slicerrt_EclipseProstate.geometry.json", "slicerrt_dicom/EclipseProstate/RS.dcm"),
      ("rtkit_single.geometry.json", "rtkit/samples/single_struct/rtstruct.dcm"),
    ] {
      let entries = try JSONDecoder().decode(Reference.self, from: try reference(json)).rois
      try compare(file, entries)
    }
  }

  @Test("the sarcomas' volumes and diameters agree with the reference")
  func sarcomas() throws {
    let all = try JSONDecoder().decode(
      [String: Reference].self, from: try reference("ibsi_sts_ct.geometry.json"))
    #expect(all.count == 25)
    for (id, entry) in all {
      try compare("ibsi_sts/ibsi_validation/dicom/\(id)/CT/mask/RS.dcm", entry.rois)
    }
  }

  @Test("an RTSTRUCT of one plane without spacing is refused, and so is what is no RTSTRUCT")
  func refusals() throws {
    for name in [
      "rt_utils/tests/mock_data/rt.dcm", "pydicom/src/pydicom/data/test_files/rtdose.dcm",
      "rtkit/samples/single_plan/simple_plan.dcm", "rtkit/samples/single_dose/dose.dcm", "lidc/SOURCE.txt",
    ] {
      #expect(throws: InputError.self, "\(name)") { try importing(name) }
    }
  }

  @Test("nodule lists import once they say which diameter and which patient")
  func lists() throws {
    let luna = RealData.path("luna16/data/part2/luna/annotations.csv")
    #expect(throws: InputError.self) { try LesionListReader.read(luna, .init()) }
    let patient = "1.3.6.1.4.1.14519.5.2.1.6279.6001.100225287222365663678666836860"
    let list = try LesionListReader.read(
      luna, .init(diameterKind: .equivalent, site: .lung, patientID: patient))
    #expect(list.lesions.count == 2)
    let lidc = try LesionListReader.read(
      RealData.path("lidc/lidc_lesions_public.csv"),
      .init(diameterKind: .longestAxial, site: .lung, patientID: "LIDC-IDRI-0686"))
    #expect(lidc.lesions.count == 21)
  }
}
