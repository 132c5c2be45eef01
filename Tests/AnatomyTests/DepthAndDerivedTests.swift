// SPDX-License-Identifier: Apache-2.0
import Anatomy
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

@Suite("Depth beneath a surface, and derived structures")
struct DepthAndDerivedTests {
  @Test(
    "a box in a box: the nearest wall, and the deepest point's",
    arguments: [
      (SIMD3<Double>(5, 40, 40), 5.0, 15.0), (SIMD3(40, 85, 40), 5, 15), (SIMD3(40, 40, 3), 3, 13),
      (SIMD3(40, 40, 88), 2, 12), (SIMD3(45, 45, 45), 45, 50),
    ])
  func boxInBox(low: SIMD3<Double>, nearest: Double, deepest: Double) throws {
    let lung = try Bodies.box(low: .zero, high: SIMD3(100, 100, 100), planes: 40)
    let lesion = try Bodies.box(low: low, high: low + SIMD3(10, 10, 10), planes: 5)
    let depth = try Envelope(lung).depth(of: PreparedSolid(lesion))
    #expect(abs(depth.nearest.millimeters - nearest) < 1e-9)
    // The deepest contour point: its own nearest wall.
    if low != SIMD3(45, 45, 45) {
      #expect(abs(depth.deepest.millimeters - deepest) < 1e-9)
    } else {
      #expect(abs(depth.deepest.millimeters - 45) < 1e-9)
    }
  }

  @Test("contact and sticking out are zero")
  func contact() throws {
    let lung = try Bodies.box(low: .zero, high: SIMD3(100, 100, 100), planes: 40)
    for low in [SIMD3<Double>(0, 40, 40), SIMD3(-5, 40, 40), SIMD3(40, 40, 95), SIMD3(200, 0, 0)] {
      let lesion = try Bodies.box(low: low, high: low + SIMD3(10, 10, 10))
      #expect(try Envelope(lung).depth(of: PreparedSolid(lesion)).nearest == .zero)
    }
  }

  @Test("a nodule left out of the lung's contour is inside it all the same")
  func lesionAsHole() throws {
    let disc = Region.ellipse(centre: SIMD2(30, 50), semiAxes: SIMD2(8, 8), corners: 128)
    let outer = Region.rectangle(low: .zero, high: SIMD2(100, 100))
    let lung = try Solid(
      planes: (0..<40).map { i in
        let z = Double(i) * 2.5
        return (z, z > 40 && z < 60 ? try outer.subtracting(disc) : outer)
      }, endCap: .half)
    let lesion = try Solid(planes: [42.5, 45, 47.5, 50, 52.5, 55].map { ($0, disc) }, endCap: .half)
    let depth = try Envelope(lung).depth(of: PreparedSolid(lesion))
    #expect(abs(depth.nearest.millimeters - 22) < 0.01)
    #expect(lung.encloses(SIMD3(30, 50, 50)))
    #expect(!lung.contains(SIMD3(30, 50, 50)))
  }

  @Test("the deepest point agrees with marching outwards", arguments: 0..<6)
  func marching(seed: UInt64) throws {
    let lung = try Solid.ellipsoid(
      centre: .zero, axes: (.millimeters(120), .millimeters(90), .millimeters(140)), planes: 56)
    var generator = SeededBodies(seed: seed)
    let lesion = try generator.body(around: generator.shift() * 0.3)
    let depth = try Envelope(lung).depth(of: PreparedSolid(lesion))
    var nearest = Double.infinity
    var deepest = 0.0
    for slab in lesion.slabs {
      for point in slab.region.polygons.flatMap(\.outer.points) {
        for z in [slab.lower, slab.upper] {
          let marched = ReferenceGeometry.depthByMarching(SIMD3(point.x, point.y, z), in: lung, step: 0.5)
          nearest = min(nearest, marched)
          deepest = max(deepest, marched)
        }
      }
    }
    // 48 × 24 directions and steps of 0.5 mm overestimate by up to a step and the directions' spacing.
    #expect(depth.nearest.millimeters <= nearest + 1e-9)
    #expect(depth.nearest.millimeters > nearest - 1.5)
    #expect(abs(depth.deepest.millimeters - deepest) < 1.5)
  }

  @Test("a dome's diaphragm is the part that faces down")
  func diaphragm() throws {
    // A lung 100 × 80 mm whose base rises as a dome: the hollow in the lowest planes shrinks upwards.
    var planes: [(z: Double, region: Region)] = []
    let outer = Region.rectangle(low: SIMD2(-50, -40), high: SIMD2(50, 40))
    for i in 0..<60 {
      let z = Double(i) * 2.5
      let radius = 35 * 35 - z * z
      let hollow = Region.ellipse(
        centre: .zero, semiAxes: SIMD2(repeating: radius > 0 ? radius.squareRoot() : 0), corners: 128)
      planes.append((z, try outer.subtracting(hollow)))
    }
    let lung = Structure(
      name: StructureName(recognizing: "Lung_R"), sourceName: "Lung_R",
      solid: try Solid(planes: planes, endCap: .half))
    let found = try #require(try DerivedStructures.diaphragm(of: lung))
    #expect(found.name.role == .diaphragm)
    #expect(found.name.tg263 == "Diaphragm_R")
    #expect(found.derivation != nil)
    // A ball above the dome's top at z 35: its distance is its height above the dome, within a plane.
    let ball = try Solid.ball(centre: SIMD3(0, 0, 60), diameter: .millimeters(20))
    let gap = try PreparedSolid(ball).clearance(to: PreparedSolid(found.solid)).distance.millimeters
    #expect(abs(gap - 15) < 2.6)
    // Beside the dome's steep flank at z 20: the distance to the sphere, within a step of the planes.
    let flank = (35.0 * 35 - 400).squareRoot()
    let beside = try Solid.ball(centre: SIMD3(flank + 4 + 4, 0, 20), diameter: .millimeters(8))
    let sideways = try PreparedSolid(beside).clearance(to: PreparedSolid(found.solid)).distance.millimeters
    let truth = ((flank + 8) * (flank + 8) + 400).squareRoot() - 35 - 4
    #expect(abs(sideways - truth) < 1.25)
    // The dome is surface for the depth beneath the pleura too, though it shows as an island in the planes.
    let depth = try Envelope(lung.solid).depth(of: PreparedSolid(ball)).nearest.millimeters
    #expect(abs(depth - 15) < 2.6)
  }

  @Test("a lesion that covers the tip of a dome is in contact with the surface")
  func coversTheTip() throws {
    let outer = Region.rectangle(low: SIMD2(-60, -60), high: SIMD2(60, 60))
    let lung = try Solid(
      planes: (0..<40).map { i in
        let z = Double(i) * 2.5
        // A cone whose tip lies at z 50, wider than an organ's section at its foot.
        let hollow = Region.ellipse(
          centre: .zero, semiAxes: SIMD2(repeating: max(0, (50 - z) * 0.5)), corners: 64)
        return (z, try outer.subtracting(hollow))
      }, endCap: .half)
    let lesion = try Solid.ball(centre: SIMD3(0, 0, 48), diameter: .millimeters(12))
    #expect(try Envelope(lung).depth(of: PreparedSolid(lesion)).nearest == .zero)
  }

  @Test("the proximal bronchial zone reaches 20 mm from the tree")
  func bronchialZone() throws {
    let tree = Structure(
      name: StructureName(recognizing: "BronchTree"), sourceName: "BronchTree",
      solid: try Bodies.cylinder(centre: .zero, radius: 6, from: 0, to: 30, planes: 10))
    let zone = try #require(try DerivedStructures.proximalBronchialZone(of: tree))
    #expect(zone.solid.contains(SIMD3(25.9, 0, 15)))
    #expect(!zone.solid.contains(SIMD3(26.1, 0, 15)))
    #expect(zone.solid.contains(SIMD3(0, 0, 47)))
    #expect(!zone.solid.contains(SIMD3(0, 0, 53)))
    #expect(zone.derivation?.contains("20 mm") == true)
  }

  @Test("lobes unite to a lung")
  func union() throws {
    let upper = Structure(
      name: StructureName(recognizing: "Lung_LUL"), sourceName: "LUL",
      solid: try Bodies.box(low: SIMD3(0, 0, 30), high: SIMD3(50, 50, 90), planes: 20))
    let lower = Structure(
      name: StructureName(recognizing: "Lung_LLL"), sourceName: "LLL",
      solid: try Bodies.box(low: .zero, high: SIMD3(50, 50, 45), planes: 15))
    let lung = try #require(
      try DerivedStructures.union([upper, lower], name: StructureName(recognizing: "Lung_L")))
    #expect(abs(lung.solid.volume.cubicCentimeters - 225) < 1e-6)
    #expect(lung.derivation?.contains("Lung_LUL") == true)
  }
}
