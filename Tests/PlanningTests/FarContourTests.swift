// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Interchange
import Planning
import Quantities
import Reasons
import Testing
import Vocabulary

/// Contours that are good by themselves, and too far apart for one dose estimate.
@Suite struct FarContourTests {
  @Test("an organ at the end of the frame is refused with words, not taken for a bug of ours")
  func refused() throws {
    var patientCase = try Patients.thorax(lesions: ["L2"])
    let far = try Solid.ellipsoid(
      centre: SIMD3(0, 0, 9_995), axes: (.millimeters(8), .millimeters(8), .millimeters(8)))
    patientCase.structures.removeAll { $0.name.role == .heart }
    patientCase.structures.append(
      Structure(name: StructureName(recognizing: "Heart"), sourceName: "Heart", solid: far))
    let context = try PlanningContext(
      patientCase, by: CareProtocolReader.shipped(), request: PlanRequest([:], day: .unknown), caseHash: "")
    let error = #expect(throws: PlanObstacle.self) { try context.dossier(by: SBRTTherapy()) }
    #expect(error?.subject == .patientCase)
    #expect(error?.message.contains("too far apart") == true)
  }
}
