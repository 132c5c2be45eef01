// SPDX-License-Identifier: Apache-2.0
import Foundation
import Quantities
import Testing

@testable import PlanarGeometry

@Suite("Rings that cross, and regions that do not")
struct CrossingTests {
  private static func random(_ seed: Int) -> () -> Double {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    return {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31) * 100
    }
  }

  @Test("crossings are counted as pairs of edges say, one by one", arguments: 1...10)
  func counting(seed: Int) throws {
    let next = Self.random(seed)
    let rings = try (0..<3).map { _ in try Contour((0..<12).map { _ in SIMD2(next(), next()) }) }
    var edges: [(SIMD2<Double>, SIMD2<Double>)] = []
    for ring in rings {
      for (a, b) in zip(ring.points, ring.points.dropFirst() + ring.points.prefix(1)) { edges.append((a, b)) }
    }
    func side(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ p: SIMD2<Double>) -> Double {
      (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
    }
    var expected = 0
    for (i, p) in edges.enumerated() {
      for q in edges[(i + 1)...] {
        let crosses =
          side(p.0, p.1, q.0) * side(p.0, p.1, q.1) < 0 && side(q.0, q.1, p.0) * side(q.0, q.1, p.1) < 0
        // Neighbours share a corner and never cross.
        if crosses, p.0 != q.0, p.1 != q.1, p.0 != q.1, p.1 != q.0 { expected += 1 }
      }
    }
    #expect(expected > 10)
    #expect(ClearRings.meetings(of: rings, limit: 10_000) == expected)
    #expect(ClearRings.meetings(of: rings, limit: expected) == expected)
    #expect(ClearRings.meetings(of: rings, limit: expected - 1) == nil)
  }

  @Test("a scribble is told, a slip of the pen is mended as before")
  func tangles() throws {
    let next = Self.random(3)
    let scribble = try Contour((0..<1000).map { _ in SIMD2(next(), next()) })
    let (region, repairs) = try Region.evenOdd([scribble])
    #expect(region.isEmpty && repairs == [.tangled])
    // An outline traced a thousand times crosses nowhere and lies upon itself everywhere.
    let corners = [SIMD2(0.0, 0), SIMD2(10, 0), SIMD2(10, 10), SIMD2(0, 10)]
    let traced = try Contour((0..<4000).map { corners[$0 % 4] })
    #expect(try Region.evenOdd([traced]).repairs == [.tangled])
    // The same ring several times is one, however often.
    let square = try Contour(corners)
    let repeated = try Region.evenOdd([Contour](repeating: square, count: 9))
    #expect(repeated.repairs.count == 8 && abs(repeated.region.area.squareMillimeters - 100) < 1e-9)
    let bow = try Contour([SIMD2(0, 0), SIMD2(10, 10), SIMD2(10, 0), SIMD2(0, 10)])
    let mended = try Region.evenOdd([bow])
    #expect(mended.repairs == [.selfCrossing(ring: 0)])
    #expect(abs(mended.region.area.squareMillimeters - 50) < 1e-9)
  }

  @Test("stored polygons: sound, crossing, and with a hole outside")
  func soundness() throws {
    func square(_ x: Double, _ y: Double, _ side: Double) throws -> Contour {
      try Contour([SIMD2(x, y), SIMD2(x + side, y), SIMD2(x + side, y + side), SIMD2(x, y + side)])
    }
    let outer = try square(0, 0, 10)
    #expect(try Region(storedPolygons: [(outer, [try square(2, 2, 3)])]).isSound())
    #expect(try !Region(storedPolygons: [(outer, [try square(20, 2, 3)])]).isSound())
    #expect(try !Region(storedPolygons: [(outer, [try square(8, 8, 4)])]).isSound())
    let bow = try Contour([SIMD2(0, 0), SIMD2(10, 10), SIMD2(10, 0), SIMD2(0, 10)])
    #expect(try !Region(storedPolygons: [(bow, [])]).isSound())
    #expect(try !Region(storedPolygons: [(outer, []), (try square(2, 2, 3), [])]).isSound())
    #expect(
      try Region(storedPolygons: [(outer, [try square(2, 2, 6)]), (try square(4, 4, 2), [])]).isSound())
    // Voxels that touch by a corner are sound.
    #expect(try Region(storedPolygons: [(try square(0, 0, 1), []), (try square(1, 1, 1), [])]).isSound())
  }

  @Test("many regions united at once: as one after the other", arguments: 1...5)
  func union(seed: Int) throws {
    let next = Self.random(seed)
    let regions = (0..<12).map { _ in
      let low = SIMD2(next(), next())
      return Region.rectangle(low: low, high: low + SIMD2(1 + next() / 4, 1 + next() / 4))
    }
    var one = Region.empty
    for region in regions { one = try one.union(region) }
    let all = try Region.union(regions)
    #expect(abs(all.area.squareMillimeters - one.area.squareMillimeters) < 1e-6)
    #expect(try all.subtracting(one).area.squareMillimeters < 1e-6)
    #expect(try Region.union([]).isEmpty)
    let hull = try Region.convexHull(of: regions)
    #expect(abs(hull.area.squareMillimeters - (try one.convexHull().area.squareMillimeters)) < 1e-6)
  }

  @Test("fewer points: within the tolerance, and as it was where rings would meet")
  func coarsening() throws {
    let circle = Region.ellipse(centre: SIMD2(3, 4), semiAxes: SIMD2(60, 60), corners: 5000)
    let coarse = try circle.coarsened(within: 0.01)
    #expect(coarse.rings[0].points.count < 300)
    #expect(try coarse.isSound())
    // Points are left out, none is moved.
    #expect(Set(coarse.rings[0].points).isSubset(of: circle.rings[0].points))
    // Chords lie inside the circle by the tolerance at most.
    let lost = circle.area.squareMillimeters - coarse.area.squareMillimeters
    #expect(lost > 0 && lost < 0.01 * 2 * .pi * 60)
    // Two outlines 0.002 mm apart on a curve: fewer points would let one cross the other.
    let inner = try Contour(
      (0..<4000).map { i in
        let angle = 0.02 + 2 * .pi * Double(i) / 4000
        return SIMD2(3, 4) + 59.998 * SIMD2(cos(angle), sin(angle))
      })
    let ring = Region(storedPolygons: [(circle.rings[0], [inner])])
    #expect(try ring.isSound() && !ring.thinned(within: 0.01).isSound())
    #expect(try ring.coarsened(within: 0.01) == ring)
  }

  @Test("regions whose boxes lie apart need no GEOS, and say the same")
  func apart() throws {
    let a = Region.rectangle(low: SIMD2(0, 0), high: SIMD2(1, 1))
    let b = Region.rectangle(low: SIMD2(2, 0), high: SIMD2(3, 1))
    #expect(try a.union(b).area.squareMillimeters == 2 && a.intersection(b).isEmpty)
    #expect(try a.subtracting(b) == a)
    let touching = Region.rectangle(low: SIMD2(1, 0), high: SIMD2(2, 1))
    #expect(try a.union(touching).polygons.count == 1)
  }
}
