// SPDX-License-Identifier: Apache-2.0
import Anatomy
import PlanarGeometry
import Quantities
import Testing

@Suite("Clearance to a structure")
struct ClearanceTests {
  private static func clearance(_ a: Solid, _ b: Solid) throws -> Clearance {
    try PreparedSolid(a).clearance(to: PreparedSolid(b))
  }

  private static let box = SIMD3<Double>(10, 10, 10)

  @Test(
    "boxes at known gaps, along faces, edges and corners",
    arguments: [
      (SIMD3<Double>(13, 0, 0), 3.0), (SIMD3(0, 15, 0), 5), (SIMD3(0, 0, 17.5), 7.5),
      (SIMD3(13, 14, 0), 5), (SIMD3(13, 0, 14), 5), (SIMD3(12, 13, 16), 7), (SIMD3(-16, -18, 0), 10),
      (SIMD3(10, 0, 0), 0), (SIMD3(0, 0, 10), 0),
    ])
  func boxes(shift: SIMD3<Double>, gap: Double) throws {
    let a = try Bodies.box(low: .zero, high: Self.box)
    let b = try Bodies.box(low: shift, high: shift + Self.box, planes: 7)
    let found = try Self.clearance(a, b)
    #expect(abs(found.distance.millimeters - gap) < 1e-9)
    #expect(found.overlap.cubicMillimeters < 1e-9)
    let line = found.from - found.to
    #expect(abs((line.x * line.x + line.y * line.y + line.z * line.z).squareRoot() - gap) < 1e-9)
  }

  @Test("overlap is exact for boxes")
  func overlap() throws {
    let a = try Bodies.box(low: .zero, high: Self.box)
    let b = try Bodies.box(low: SIMD3(6, 7, 8), high: SIMD3(20, 20, 20), planes: 5)
    let found = try Self.clearance(a, b)
    #expect(found.distance == .zero)
    #expect(abs(found.overlap.cubicMillimeters - 4 * 3 * 2) < 1e-9)
  }

  @Test("a body in the hollow of another is clear of it")
  func hollow() throws {
    let ring = try Region.ellipse(centre: .zero, semiAxes: SIMD2(30, 30), corners: 256)
      .subtracting(Region.ellipse(centre: .zero, semiAxes: SIMD2(25, 25), corners: 256))
    let tube = try Solid(planes: (0..<20).map { (Double($0) * 3, ring) }, endCap: .half)
    let ball = try Solid.ball(centre: SIMD3(0, 0, 30), diameter: .millimeters(10), corners: 256)
    #expect(abs(try Self.clearance(ball, tube).distance.millimeters - 20) < 0.02)
  }

  @Test(
    "balls at known gaps, within what planes and corners lose", arguments: [0.5, 2, 5, 12.5, 40])
  func balls(gap: Double) throws {
    for direction in [SIMD3<Double>(1, 0, 0), SIMD3(0.6, 0.8, 0), SIMD3(0, 0.6, 0.8), SIMD3(0, 0, 1)] {
      let a = try Solid.ball(centre: .zero, diameter: .millimeters(20), planes: 80, corners: 256)
      let centre = direction * (10 + 7 + gap)
      let b = try Solid.ball(centre: centre, diameter: .millimeters(14), planes: 80, corners: 256)
      // A slab's edge lies up to half a spacing beyond the ball, on either side.
      #expect(abs(try Self.clearance(a, b).distance.millimeters - gap) < 0.25)
    }
  }

  @Test("a ball beside a cylinder", arguments: [1.0, 8, 19])
  func capsule(gap: Double) throws {
    let vessel = try Bodies.cylinder(centre: .zero, radius: 4, from: -50, to: 50, planes: 100)
    let ball = try Solid.ball(
      centre: SIMD3(0, 4 + gap + 6, 13), diameter: .millimeters(12), planes: 60, corners: 256)
    #expect(abs(try Self.clearance(ball, vessel).distance.millimeters - gap) < 0.02)
  }

  @Test("the slow reference finds the same", arguments: 0..<24)
  func reference(seed: UInt64) throws {
    var generator = SeededBodies(seed: seed)
    let a = try generator.body(around: .zero)
    let b = try generator.body(around: generator.shift())
    let found = try Self.clearance(a, b).distance.millimeters
    #expect(abs(found - ReferenceGeometry.clearance(a, b)) < 1e-9)
    #expect(abs(found - (try Self.clearance(b, a).distance.millimeters)) < 1e-9)
  }

  @Test("turning and moving both changes nothing", arguments: 0..<12)
  func rigidMotion(seed: UInt64) throws {
    var generator = SeededBodies(seed: seed)
    let a = try generator.body(around: .zero)
    let b = try generator.body(around: generator.shift())
    let shift = SIMD3<Double>(200, -150, 77)
    let before = try Self.clearance(a, b).distance.millimeters
    let after = try Self.clearance(
      try Bodies.moved(a, angle: 0.7, by: shift), try Bodies.moved(b, angle: 0.7, by: shift))
    #expect(abs(before - after.distance.millimeters) < 1e-6)
  }

  @Test("the way round by a third body is never shorter than its parts allow", arguments: 0..<12)
  func triangle(seed: UInt64) throws {
    var generator = SeededBodies(seed: seed)
    let a = try generator.body(around: .zero)
    // A small body between, so that its own extent hides nothing.
    let b = try Solid.ball(centre: generator.shift(), diameter: .millimeters(0.5), planes: 4, corners: 8)
    let c = try generator.body(around: generator.shift())
    let direct = try Self.clearance(a, c).distance.millimeters
    let detour =
      try Self.clearance(a, b).distance.millimeters + b.greatestExtent
      + Self.clearance(b, c).distance.millimeters
    #expect(direct <= detour + 1e-9)
  }
}

extension Solid {
  /// An upper bound of the distance of any two points of the body.
  var greatestExtent: Double {
    let d = bounds.high - bounds.low
    return (d.x * d.x + d.y * d.y + d.z * d.z).squareRoot()
  }
}
