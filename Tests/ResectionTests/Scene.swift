// SPDX-License-Identifier: Apache-2.0
import Interchange
import Anatomy
import Cases
import Eligibility
import Facts
import Foundation
import PlanarGeometry
import Planning
import Quantities
import Reasons
import Resection
import Testing
import Vocabulary

/// Lungs of boxes around balls: every distance is known without measuring it.
///
/// LPS in millimetres.
///
/// The right lung fills x from −120 to 0, the left one x from 40 to 160; both y from −60 to 60 and z from −100 to 100. The
/// right lung's lobes meet at z = 20 (upper above) and at z = −30 (middle and lower).
struct Scene {
  var lesions: [Lesion] = []
  var structures: [Structure] = []
  var statements: Statements = [:]
  var priorTherapies: [PriorTherapy]? = nil

  static func box(_ low: SIMD3<Double>, _ high: SIMD3<Double>, step: Double = 2) throws -> Solid {
    let count = max(1, Int(((high.z - low.z) / step).rounded()))
    let region = Region.rectangle(low: SIMD2(low.x, low.y), high: SIMD2(high.x, high.y))
    return try Solid(
      planes: (0..<count).map { (low.z + (Double($0) + 0.5) * (high.z - low.z) / Double(count), region) },
      endCap: .half)
  }

  static func ball(_ centre: SIMD3<Double>, _ diameter: Double, step: Double = 1) throws -> Solid {
    let radius = diameter / 2
    let count = max(4, Int((diameter / step).rounded()))
    return try Solid(
      planes: (0..<count).map { index in
        let z = -radius + (Double(index) + 0.5) * diameter / Double(count)
        let r = max(0.05, radius * radius - z * z).squareRoot()
        return (
          centre.z + z, Region.ellipse(centre: SIMD2(centre.x, centre.y), semiAxes: SIMD2(r, r), corners: 90)
        )
      }, endCap: .half)
  }

  mutating func add(_ name: String, _ solid: Solid) {
    structures.append(Structure(name: StructureName(recognizing: name), sourceName: name, solid: solid))
  }

  /// A contoured ball of a lung lesion.
  mutating func lesion(
    _ id: String, _ centre: SIMD3<Double>, _ diameter: Double, site: Site? = .lung,
    statements: Statements = [:]
  ) throws {
    lesions.append(
      Lesion(
        id: id, sourceName: id, site: site, body: .contoured(try Self.ball(centre, diameter)),
        statements: statements))
  }

  /// A lesion of a list: words and numbers alone.
  mutating func listed(
    _ id: String, side: Side? = nil, lobe: Lobe? = nil, _ numbers: [Fact: Double]
  ) {
    lesions.append(
      Lesion(
        id: id, sourceName: id, site: .lung, side: side, lobe: lobe,
        statements: numbers.mapValues { Statement(.number($0), source: "list") }))
  }

  static func lungs(lobes: Bool = true, tree: Bool = true) throws -> Scene {
    var scene = Scene()
    scene.add("Lung_R", try box(SIMD3(-120, -60, -100), SIMD3(0, 60, 100)))
    scene.add("Lung_L", try box(SIMD3(40, -60, -100), SIMD3(160, 60, 100)))
    if lobes {
      scene.add("Lung_RUL", try box(SIMD3(-120, -60, 20), SIMD3(0, 60, 100)))
      scene.add("Lung_RML", try box(SIMD3(-120, -60, -30), SIMD3(0, 60, 20)))
      scene.add("Lung_RLL", try box(SIMD3(-120, -60, -100), SIMD3(0, 60, -30)))
      scene.add("Lung_LUL", try box(SIMD3(40, -60, 0), SIMD3(160, 60, 100)))
      scene.add("Lung_LLL", try box(SIMD3(40, -60, -100), SIMD3(160, 60, 0)))
    }
    if tree {
      // From the middle into the right upper lobe.
      scene.add("BronchTree", try box(SIMD3(-40, -4, 56), SIMD3(20, 4, 64)))
    }
    return scene
  }

  /// Lesions 10 mm wide, 5 mm beneath the lateral walls, at these heights.
  static func peripheral(right: [Double] = [], left: [Double] = []) throws -> Scene {
    var scene = try lungs()
    for (index, z) in right.enumerated() { try scene.lesion("R\(index)", SIMD3(-110, 0, z), 10) }
    for (index, z) in left.enumerated() { try scene.lesion("L\(index)", SIMD3(150, 0, z), 10) }
    return scene
  }

  var patientCase: PatientCase {
    PatientCase(
      patientID: "SCENE", patient: PatientRecord(statements: statements, priorTherapies: priorTherapies),
      lesions: lesions, structures: structures)
  }

  func plan(_ modalities: [Modality] = [.metastasectomy], lesions: Set<String>? = nil) throws -> ResectionPlan
  {
    let patientCase = patientCase
    let measurements = try Measurements(of: patientCase)
    let facts = FactAssembly(patientCase, measurements, by: try CareProtocolReader.shipped().facts)
    var options = ResectionOptions()
    options.lesions = lesions
    return try ResectionPlanner(Shipped.parameters(), options: options).plan(
      patientCase, measurements, by: modalities, settings: facts.lesionContexts(of: patientCase),
      patient: facts.patient)
  }

  /// Nothing outside the chest, primary controlled.
  mutating func tellClear() {
    tell(words: [.extrathoracicDisease: "none", .primaryControl: "controlled"])
  }

  mutating func tell(_ numbers: [Fact: Double] = [:], words: [Fact: String] = [:]) {
    for (name, x) in numbers { statements[name] = Statement(.number(x), source: "patient file") }
    for (name, word) in words { statements[name] = Statement(.word(word), source: "patient file") }
  }
}

extension ResectionPlan {
  func proposal(_ id: String) throws -> ResectionProposal {
    let entry = try #require(lesions.first { $0.lesion == id })
    return try #require(entry.proposal, "\(id): \(String(describing: entry.why))")
  }

  func why(_ id: String) throws -> Reason { try #require(lesions.first { $0.lesion == id }?.why) }

  func stage(_ sides: Side...) throws -> StageFunction { try #require(stages.first { $0.sides == sides }) }

  func lobe(_ lobe: Lobe) throws -> LobeResection { try #require(lobes.first { $0.lobe == lobe }) }
}
