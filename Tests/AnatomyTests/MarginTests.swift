// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import Phantoms
import PlanarGeometry
import Quantities
import Testing

@Suite("Margins are Minkowski sums of the interpolated body")
struct MarginTests {
  private static func outcomes(
    _ radius: Double, _ axes: SIMD3<Double>
  ) throws -> [MarginSpheres.Outcome] {
    try MarginSpheres.phases.compactMap { try MarginSpheres.outcome(radius: radius, axes: axes, phase: $0) }
  }

  private static func mean(_ found: [MarginSpheres.Outcome]) -> Double {
    found.reduce(0) { $0 + $1.volumeErrorPercent } / Double(found.count)
  }

  private static func shareNear(_ found: [MarginSpheres.Outcome]) -> Double {
    let corners = found.reduce(0) { $0 + $1.corners }
    return found.reduce(0.0) { $0 + $1.cornersWithinTenthMM * Double($1.corners) } / Double(corners)
  }

  @Test("a sphere grows to r + m: volume and surface", arguments: MarginSpheres.radii)
  func spheres(radius: Double) throws {
    var all: [MarginSpheres.Outcome] = []
    for m in MarginSpheres.margins {
      let found = try Self.outcomes(radius, SIMD3(repeating: m))
      #expect(found.count == MarginSpheres.phases.count)
      #expect(abs(Self.mean(found)) <= 2, "r \(radius), m \(m)")
      let range = found.map { abs($0.volumeErrorPercent) }.max() ?? .infinity
      if radius >= 2 { #expect(range <= 3.5, "r \(radius), m \(m)") }
      if radius >= 5 { #expect(range <= 1, "r \(radius), m \(m)") }
      all += found
    }
    #expect(Self.shareNear(all) >= 0.95)
  }

  @Test("a sphere grows by an ellipsoid to Steiner's volume", arguments: [3.0, 5, 10])
  func ellipsoids(radius: Double) throws {
    var all: [MarginSpheres.Outcome] = []
    for axes in [SIMD3(5.0, 5, 3), SIMD3(2.0, 4, 5), SIMD3(3.0, 3, 6)] {
      let found = try Self.outcomes(radius, axes)
      #expect(abs(Self.mean(found)) <= 2, "r \(radius), axes \(axes)")
      all += found
    }
    #expect(Self.shareNear(all) >= 0.95)
  }

  @Test("growing and shrinking again keeps a convex body", arguments: [4.0, 8])
  func opening(margin: Double) throws {
    let body = try Solid.ellipsoid(
      centre: SIMD3(3, -2, 1), axes: (.millimeters(40), .millimeters(30), .millimeters(36)), planes: 24)
    let m = try #require(Margin(.millimeters(margin)))
    let back = try #require(body.expanded(by: m)?.contracted(by: m))
    #expect(abs(back.volume.cubicMillimeters / body.volume.cubicMillimeters - 1) < 0.01)
    let shrunk = try #require(body.contracted(by: m))
    let grown = try #require(shrunk.expanded(by: m))
    #expect(grown.volume.cubicMillimeters < body.volume.cubicMillimeters * 1.005)
  }

  @Test("a box shrinks by m on every face, and to nothing")
  func shrinking() throws {
    let box = try Bodies.box(low: SIMD3(-20, -15, -12), high: SIMD3(20, 15, 12), planes: 12)
    let m = try #require(Margin(.millimeters(3)))
    let left = try #require(box.contracted(by: m))
    // In the middle plane the walls stand upright, so the section is the rectangle less 3 mm all round.
    let middle = try #require(left.slabs.min { abs($0.z) < abs($1.z) })
    #expect(abs(middle.region.area.squareMillimeters - 34 * 24) < 4)
    let thirty = try #require(Margin(.millimeters(30)))
    #expect(box.contracted(by: thirty) == nil)
  }

  @Test("two islands grow together, a hole closes, and the tunnel of a torus narrows")
  func topology() throws {
    let left = try Solid.ball(centre: SIMD3(-8, 0, 0), diameter: .millimeters(10))
    let right = try Solid.ball(centre: SIMD3(8, 0, 0), diameter: .millimeters(10))
    let both = try left.union(right)
    let pair = try #require(both)
    let near = try #require(Margin(.millimeters(2)))
    let far = try #require(Margin(.millimeters(4)))
    let apart = try #require(pair.expanded(by: near))
    let joined = try #require(pair.expanded(by: far))
    #expect(apart.contains(SIMD3(0, 0, 0)) == false)
    #expect(joined.contains(SIMD3(0, 0, 0)))
    let apartVolume = 2 * 4 / 3 * Double.pi * pow(7, 3)
    #expect(abs(apart.volume.cubicMillimeters / apartVolume - 1) < 0.02)
    // A flat ring about z: the hole of radius 6 narrows to 4 in the middle plane.
    let disc = Region.ellipse(centre: .zero, semiAxes: SIMD2(20, 20), corners: 256)
    let hole = Region.ellipse(centre: .zero, semiAxes: SIMD2(6, 6), corners: 256)
    let ring = try Solid(
      planes: (-5...5).map { (Double($0) * 2, try disc.subtracting(hole)) }, endCap: .half)
    let grown = try #require(ring.expanded(by: near))
    let middle = try #require(grown.slabs.min { abs($0.z) < abs($1.z) })
    #expect(abs(middle.region.area.squareMillimeters - Double.pi * (22 * 22 - 4 * 4)) < 3)
    let seven = try #require(Margin(.millimeters(7)))
    let closed = try #require(ring.expanded(by: seven))
    #expect(closed.contains(SIMD3(0, 0, 0)))
  }

  @Test("rounded, joined and unevenly drawn bodies grow as what they are")
  func otherBodies() throws {
    let body = try Bodies.sampledBall(centre: .zero, radius: 10, spacing: 2)
    let three = try #require(Margin(.millimeters(3)))
    let grown = try #require(body.expanded(by: three)).volume.cubicMillimeters
    let rounded = try #require(body.ended(.rounded).expanded(by: three)).volume.cubicMillimeters
    #expect(abs(rounded / grown - 1) < 0.01)
    let shifted = try Bodies.sampledBall(centre: .zero, radius: 10, spacing: 2, phase: 0.9)
    let fine = try Bodies.sampledBall(centre: .zero, radius: 10, spacing: 1, phase: 0.3)
    for other in [shifted, fine] {
      let union = try body.union(other)
      let joined = try #require(union)
      #expect(Set(joined.slabs.map(\.z)).count == joined.slabs.count)
      #expect(joined.ended(.none) == joined)
      let both = try #require(joined.expanded(by: three)).volume.cubicMillimeters
      #expect(both > grown * 0.99 && both < grown * 1.12)
    }
  }

  @Test("an open gap stays open, a single plane grows, asked planes are kept")
  func planes() throws {
    let disc = Region.ellipse(centre: .zero, semiAxes: SIMD2(10, 10), corners: 128)
    let gapped = try Solid(
      planes: [-20.0, -18, -16, 16, 18, 20].map { ($0, disc) }, endCap: .half, gapPolicy: .open)
    let two = try #require(Margin(.millimeters(2)))
    let open = try #require(gapped.expanded(by: two))
    #expect(!open.contains(SIMD3(0, 0, 0)))
    let single = try Solid(planes: [(4, disc)], endCap: .half, singlePlaneThickness: .millimeters(3))
    let grown = try #require(single.expanded(by: two, on: [4, 5]))
    #expect(grown.slabs.map(\.z) == [4, 5])
    #expect(abs(grown.slabs[0].region.area.squareMillimeters - Double.pi * 144) < 2)
    #expect(Margin(.millimeters(0)) == nil)
    #expect(Margin(.millimeters(.nan)) == nil)
  }
}

@Suite("A distance field against slow references")
struct DistanceFieldTests {
  @Test("between two boxes the error stated holds on both sides; bad input makes no field")
  func creaseAndRefusals() throws {
    let left = try Bodies.box(low: SIMD3(-30, -10, -10), high: SIMD3(-10, 10, 10), planes: 10)
    let right = try Bodies.box(low: SIMD3(10, -10, -10), high: SIMD3(30, 10, 10), planes: 10)
    let joined = try left.union(right)
    let pair = try #require(joined)
    let made = DistanceField(
      of: pair, as: .slabs, reach: .millimeters(15), spacing: .millimeters(2.5), levels: [0, 0, 4])
    let field = try #require(made)
    #expect(field.levels == [0, 4])
    for x in stride(from: -9.0, through: 9, by: 0.37) {
      let truth = 10 - abs(x)
      let found = try #require(field.distance(at: SIMD3(x, 0.3, 0)))
      let stated = field.interpolationError(at: .millimeters(truth))
      #expect(found.millimeters <= truth + stated.tooFar.millimeters + 1e-6)
      #expect(found.millimeters >= truth - stated.tooNear.millimeters - 1e-6)
    }
    for (reach, spacing) in [(0.0, 1.0), (5, 0), (.nan, 1), (5, .nan), (5, 1e-4)] {
      let none = DistanceField(
        of: pair, as: .slabs, reach: .millimeters(reach), spacing: .millimeters(spacing))
      #expect(none == nil)
    }
  }

  /// The distance of a point to a stack of slabs, edge by edge.
  private func slow(_ point: SIMD3<Double>, _ solid: Solid) -> Double {
    var best = Double.infinity
    for slab in solid.slabs {
      let gap = max(0, slab.lower - point.z, point.z - slab.upper)
      let planar = SIMD2(point.x, point.y)
      var squared = slab.region.contains(planar) ? 0 : Double.infinity
      for ring in slab.region.rings {
        var a = ring.points[ring.points.count - 1]
        for b in ring.points {
          let edge = b - a
          let t = min(1, max(0, ((planar - a) * edge).sum() / (edge * edge).sum()))
          let away = planar - a - edge * t
          squared = min(squared, (away * away).sum())
          a = b
        }
      }
      best = min(best, gap * gap + squared)
    }
    return best.squareRoot()
  }

  @Test("outside slabs it is exact at nodes", arguments: 1...6)
  func slabs(seed: UInt64) throws {
    var bodies = SeededBodies(seed: seed)
    let body = try bodies.body(around: .zero)
    let made = DistanceField(
      of: body, as: .slabs, reach: .millimeters(12), spacing: .millimeters(1.3),
      levels: [-9, -2.2, 0.4, 3, 8])
    let field = try #require(made)
    let (low, high) = body.bounds
    var checked = 0
    for z in field.levels {
      for j in 0..<22 {
        for i in 0..<22 {
          // The crop starts reach and two steps outside the body; nodes are whole steps from there.
          let place = SIMD3(low.x - 14.6 + 1.3 * Double(i * 2), low.y - 14.6 + 1.3 * Double(j * 2), z)
          guard place.x < high.x + 12, place.y < high.y + 12, let found = field.distance(at: place) else {
            continue
          }
          let expected = slow(place, body)
          if expected == 0 {
            #expect(found.millimeters <= 1e-3)
          } else {
            #expect(abs(found.millimeters - min(12, expected)) < 1e-3)
            checked += 1
          }
        }
      }
    }
    #expect(checked > 200)
  }

  @Test("inside a box it is the distance to the nearest face")
  func inside() throws {
    let box = try Bodies.box(low: SIMD3(-20, -15, -12), high: SIMD3(20, 15, 12), planes: 12)
    let made = DistanceField(
      of: box, as: .slabs, reach: .millimeters(20), spacing: .millimeters(1), levels: [-11, -6, 0, 5])
    let field = try #require(made)
    for point in [SIMD3(0.0, 0, 0), SIMD3(15, 3, 0), SIMD3(2, -13, 5), SIMD3(1, 1, -11), SIMD3(-19, 14, -6)] {
      let depth = min(20 - abs(point.x), 15 - abs(point.y), 12 - abs(point.z))
      let found = try #require(field.distance(at: point))
      #expect(abs(found.millimeters + depth) < 1e-3)
    }
  }

  @Test("around a ball it is the distance to the ball, within the error it states")
  func ball() throws {
    let body = try MarginSpheres.sphere(radius: 10, phase: 0.5)
    let made = DistanceField(
      of: body, as: .interpolated, reach: .millimeters(8), spacing: .millimeters(1))
    let field = try #require(made)
    for (direction, r) in [
      (SIMD3(1.0, 0, 0), 13.0), (SIMD3(0, 0.6, 0.8), 14), (SIMD3(0.48, 0.6, -0.64), 12), (SIMD3(0, 0, 1), 15),
    ] {
      let point = direction * r + SIMD3(0.13, -0.21, 0)
      let found = try #require(field.distance(at: point))
      let stated = field.interpolationError(at: .millimeters(r - 10)).tooFar.millimeters
      // Rounded ends are a guess of up to a tenth of a millimetre here.
      #expect(abs(found.millimeters - (r - 10)) < stated + 0.1)
      #expect(stated < 0.25)
    }
    #expect(field.distance(at: SIMD3(100, 0, 0)) == nil)
  }
}

@Suite("Booleans of solids")
struct BooleanTests {
  @Test("boxes on different planes, in closed form")
  func boxes() throws {
    let a = try Bodies.box(low: SIMD3(0, 0, 0), high: SIMD3(10, 10, 10), planes: 5)
    let b = try Bodies.box(low: SIMD3(5, 5, 3), high: SIMD3(15, 15, 16), planes: 4)
    func volume(_ solid: Solid?) -> Double { solid?.volume.cubicMillimeters ?? 0 }
    #expect(abs(volume(try a.union(b)) - (1000 + 1300 - 175)) < 1e-6)
    #expect(abs(volume(try a.intersection(b)) - 175) < 1e-6)
    #expect(abs(volume(try a.subtracting(b)) - 825) < 1e-6)
    let far = try Bodies.box(low: SIMD3(50, 50, 50), high: SIMD3(60, 60, 60))
    #expect(try a.intersection(far) == nil)
    #expect(try a.subtracting(a) == nil)
    #expect(abs(volume(try a.union(far)) - 2000) < 1e-6)
  }

  @Test("inclusion and exclusion, and membership of points", arguments: 1...10)
  func inclusion(seed: UInt64) throws {
    var bodies = SeededBodies(seed: seed)
    let a = try bodies.body(around: .zero)
    let b = try bodies.body(around: SIMD3(3, 2, 1.5))
    let joined = try a.union(b)
    let union = try #require(joined)
    let shared = try a.intersection(b)?.volume ?? .zero
    #expect(
      abs((union.volume + shared - a.volume - b.volume).cubicMillimeters) < 1e-6
        * union.volume.cubicMillimeters)
    #expect(abs((shared - (try a.overlap(with: b))).cubicMillimeters) < 1e-6)
    let left = try a.subtracting(b)
    for k in 0..<200 {
      let p = SIMD3(Double(k % 17) - 8.03, Double(k % 23) - 11.07, Double(k % 13) - 1.013)
      #expect(union.contains(p) == (a.contains(p) || b.contains(p)))
      #expect((left?.contains(p) ?? false) == (a.contains(p) && !b.contains(p)))
    }
  }
}

@Suite("Rounded ends")
struct DomeTests {
  @Test("domes have half a slab's volume each and stay within the spacing on a disc")
  func volume() throws {
    let cylinder = try Bodies.cylinder(centre: .zero, radius: 8, from: -10, to: 10, planes: 10)
    let rounded = cylinder.ended(.rounded)
    #expect(abs(rounded.volume.cubicMillimeters / cylinder.volume.cubicMillimeters - 1) < 1e-3)
    // The end planes lie at ±9; 0.75 of the spacing of 2 mm beyond them.
    #expect(abs(rounded.bounds.high.z - 10.5) < 0.02)
    #expect(abs(rounded.bounds.low.z + 10.5) < 0.02)
    #expect(
      abs(cylinder.ended(.none).volume.cubicMillimeters / cylinder.volume.cubicMillimeters - 0.9) < 1e-9)
    #expect(
      abs(cylinder.ended(.full).volume.cubicMillimeters / cylinder.volume.cubicMillimeters - 1.1) < 1e-9)
    #expect(cylinder.ended(.half) == cylinder)
  }
}
