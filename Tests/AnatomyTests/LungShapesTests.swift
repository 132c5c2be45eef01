// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

/// Lungs of closed form with what real contours have: holes, bays, arches over the hilum.
@Suite("Diaphragm, chest wall and completed lungs")
struct LungShapesTests {
  private static let dome = (radius: 60.0, low: -20.0)

  /// A lung 120 × 100 mm over a spherical dome whose top lies at z 40, with what a body leaves out of it.
  private func lung(without body: (Double) throws -> Region = { _ in .empty }, spacing: Double = 2.5) throws
    -> Structure
  {
    var planes: [(z: Double, region: Region)] = []
    for i in 0..<Int(150 / spacing) {
      let z = spacing * Double(i)
      let squared = Self.dome.radius * Self.dome.radius - (z - Self.dome.low) * (z - Self.dome.low)
      let hollow = Region.ellipse(
        centre: .zero, semiAxes: SIMD2(repeating: squared > 0 ? squared.squareRoot() : 0), corners: 128)
      let outer = Region.rectangle(low: SIMD2(-60, -65), high: SIMD2(60, 65))
      planes.append((z, try outer.subtracting(hollow).subtracting(body(z))))
    }
    return Structure(
      name: StructureName(recognizing: "Lung_R"), sourceName: "Lung_R",
      solid: try Solid(planes: planes, endCap: .half))
  }

  private func distance(_ ball: Solid, _ structure: Structure) -> Double {
    PreparedSolid(ball).nearest(to: PreparedSolid(structure.solid)).distance.millimeters
  }

  private static func section(_ centre: SIMD3<Double>, _ radius: Double, _ z: Double) -> Region {
    let squared = radius * radius - (z - centre.z) * (z - centre.z)
    return Region.ellipse(
      centre: SIMD2(centre.x, centre.y), semiAxes: SIMD2(repeating: squared > 0 ? squared.squareRoot() : 0))
  }

  @Test("a hole high up is no diaphragm, nor is a fissure or a vessel's groove")
  func holes() throws {
    // A tumour left out 35 mm above the dome, a slit right across the lung, and a groove at the wall.
    let tumour = SIMD3(0.0, 0, 85)
    let lung = try lung { z in
      var gone = Self.section(tumour, 10, z)
      if abs(z - 110) < 2 {
        gone = try gone.union(Region.rectangle(low: SIMD2(-60, -65), high: SIMD2(60, 20)))
      }
      if z > 60, z < 70 { gone = try gone.union(Region.rectangle(low: SIMD2(50, -10), high: SIMD2(60, 10))) }
      return gone
    }
    let found = try #require(try DerivedStructures.diaphragm(of: lung))
    for centre in [tumour, SIMD3(0.0, 0, 120), SIMD3(54.0, 0, 76)] {
      let ball = try Solid.ball(centre: centre, diameter: .millimeters(10))
      let r = (centre.x * centre.x + (centre.z - Self.dome.low) * (centre.z - Self.dome.low)).squareRoot()
      let expected = r - Self.dome.radius - 5
      #expect(abs(distance(ball, found) - expected) < 2.6, "\(centre)")
    }
  }

  @Test("a speck far below the lung takes no diaphragm along")
  func speck() throws {
    let whole = try lung { _ in .empty }
    let speck = try Solid.ball(centre: SIMD3(0, 0, whole.solid.bounds.low.z - 60), diameter: .millimeters(6))
    let spoilt = Structure(
      name: whole.name, sourceName: whole.sourceName, solid: try #require(try whole.solid.union(speck)))
    let ball = try Solid.ball(centre: SIMD3(0, 0, 85), diameter: .millimeters(10))
    let clean = try #require(try DerivedStructures.diaphragm(of: whole))
    let found = try #require(try DerivedStructures.diaphragm(of: spoilt))
    #expect(abs(distance(ball, clean) - distance(ball, found)) < 0.5)
  }

  @Test("beside the mediastinum, where the lung ends high above its base, nothing is diaphragm")
  func arch() throws {
    // Towards the middle the lung goes on above z 100 only, as over the hilum and the heart.
    let lung = try lung { z in
      z < 100 ? Region.rectangle(low: SIMD2(40, -65), high: SIMD2(60, 65)) : .empty
    }
    let found = try #require(try DerivedStructures.diaphragm(of: lung))
    let ball = try Solid.ball(centre: SIMD3(50, 0, 112), diameter: .millimeters(10))
    // The arch's underside is 7 mm below; the base is the dome, and the recess beside it.
    let r = (50.0 * 50 + 132.0 * 132).squareRoot() - Self.dome.radius - 5
    #expect(abs(distance(ball, found) - r) < 4)
  }

  @Test("the chest wall begins at the costal surface and not at the mediastinum")
  func chestWall() throws {
    func half(_ name: String, _ centre: SIMD2<Double>, corners: Int = 256) throws -> Structure {
      Structure(
        name: StructureName(recognizing: name), sourceName: name,
        solid: try Solid(
          planes: (0..<40).map {
            (2.5 * Double($0), Region.ellipse(centre: centre, semiAxes: SIMD2(50, 80), corners: corners))
          }, endCap: .half))
    }
    let lungs = [try half("Lung_R", SIMD2(-80, 0)), try half("Lung_L", SIMD2(80, 0))]
    let walls = try DerivedStructures.chestWalls(around: lungs, sides: [.left, .right])
    #expect(walls.map(\.name.tg263) == ["Chestwall_R", "Chestwall_L"])
    #expect(walls.allSatisfy { $0.derivation?.contains("30 mm") == true })
    // Lateral, posterior and anterior surfaces of the left lung; its medial surface faces the mediastinum.
    for (centre, truth) in [
      (SIMD3(110.0, 0, 50), 20.0 - 5), (SIMD3(80.0, 60, 50), 20.0 - 5), (SIMD3(80.0, -70, 50), 10.0 - 5),
    ] {
      let ball = try Solid.ball(centre: centre, diameter: .millimeters(10))
      #expect(abs(distance(ball, walls[1]) - truth) < 0.3, "\(centre)")
    }
    let medial = try Solid.ball(centre: SIMD3(38.0, 0, 50), diameter: .millimeters(10))
    // Nothing of the wall lies nearer than what lies over the apex, 43.75 mm above the ball.
    #expect(abs(distance(medial, walls[1]) - 43.75) < 0.3)
    // Above the lung's end the wall lies over it.
    let apical = try Solid.ball(centre: SIMD3(80.0, 0, 90), diameter: .millimeters(10))
    #expect(abs(distance(apical, walls[1]) - 3.75) < 0.3)
    // There each plane holds the last section grown by what is left of 30 mm.
    let caps = walls[1].solid.slabs.filter { $0.lower > 98.76 }
    #expect(caps.count >= 10)
    for slab in caps {
      let above = slab.z - 98.75
      let reach = (900 - above * above).squareRoot()
      #expect(abs((slab.region.bounds?.high.x ?? 0) - (130 + reach)) < 0.03, "\(above)")
    }
    // Drawn with a point every tenth of a millimetre, the same lungs have the same wall.
    let dense = [
      try half("Lung_R", SIMD2(-80, 0), corners: 4000), try half("Lung_L", SIMD2(80, 0), corners: 4000),
    ]
    for (wall, other) in zip(walls, try DerivedStructures.chestWalls(around: dense, sides: [.left, .right])) {
      #expect(other.solid.slabs.map(\.z) == wall.solid.slabs.map(\.z))
      let (one, two) = (wall.solid.volume.cubicCentimeters, other.solid.volume.cubicCentimeters)
      #expect(abs(one - two) < 0.001 * one)
    }
    #expect(try DerivedStructures.chestWalls(around: lungs, sides: [.left]).map(\.name.side) == [.left])
    #expect(try DerivedStructures.chestWalls(around: [], sides: [.left]).isEmpty)
  }

  @Test("a lesion that a lung leaves out belongs to it, a node beside the mediastinum does not")
  func contact() throws {
    func half(_ name: String, _ x: Double, without body: Solid? = nil) throws -> Structure {
      let whole = try Solid(
        planes: (0..<40).map {
          (2.5 * Double($0), Region.ellipse(centre: SIMD2(x, 0), semiAxes: SIMD2(50, 80), corners: 256))
        }, endCap: .half)
      return Structure(
        name: StructureName(recognizing: name), sourceName: name,
        solid: try body.map { try #require(try whole.subtracting($0)) } ?? whole)
    }
    // At the wall, half out of the lung's own surface.
    let tumour = try Solid.ball(centre: SIMD3(122, 0, 50), diameter: .millimeters(30))
    let lungs = [try half("Lung_R", -80), try half("Lung_L", 80, without: tumour)]
    let found = try #require(try LungCompletion.contact(of: tumour, among: lungs))
    #expect(found.lung == 1 && found.lobe == nil && found.isEvident)
    #expect(found.overlap < .cubicMillimeters(1e-3))
    let completed = try LungCompletion.completed(lungs[1], by: tumour)
    #expect(completed.solid.contains(SIMD3(122, 0, 50)) && completed.contoured == lungs[1].solid)
    let volume = completed.solid.volume.cubicCentimeters
    let union = lungs[1].solid.volume.cubicCentimeters + tumour.volume.cubicCentimeters
    #expect(volume >= union - 1e-6 && volume < union * 1.005)
    // A rib's lesion with its long face on the lung has lung on one side only.
    let rib = try Solid.ellipsoid(
      centre: SIMD3(136.5, 0, 50), axes: (.millimeters(12), .millimeters(30), .millimeters(12)))
    let whole = [try half("Lung_R", -80), try half("Lung_L", 80)]
    #expect(try LungCompletion.contact(of: rib, among: whole)?.isEvident != true)
    // A node that touches the lung from the mediastinum's side.
    let node = try Solid.ball(centre: SIMD3(21, 0, 50), diameter: .millimeters(20))
    let beside = try #require(
      try LungCompletion.contact(of: node, among: [try half("Lung_R", -80), try half("Lung_L", 80)]))
    #expect(beside.lung == 1 && !beside.isEvident && beside.isContact)
    #expect(try LungCompletion.contact(of: node, among: lungs, side: .right) == nil)
    let far = try Solid.ball(centre: SIMD3(0, 150, 50), diameter: .millimeters(20))
    #expect(try LungCompletion.contact(of: far, among: lungs) == nil)
  }
}
