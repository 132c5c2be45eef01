// SPDX-License-Identifier: Apache-2.0
import PlanarGeometry
import Quantities
import Testing

@Suite("Distance between planar regions")
struct PlanarIndexTests {
  @Test("the kernel agrees with GEOS", arguments: 0..<200)
  func agreesWithGEOS(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let a = try RandomRegions.region(around: .zero, using: &generator)
    let shift = SIMD2(
      Double.random(in: -60...60, using: &generator), Double.random(in: -60...60, using: &generator))
    let b = try RandomRegions.region(around: shift, using: &generator)
    guard !a.isEmpty, !b.isEmpty else { return }
    let oracle = try #require(try a.distanceByGEOS(to: b)).millimeters
    let found = try #require(PlanarIndex(a).nearest(to: PlanarIndex(b)))
    #expect(abs(found.squaredDistance.squareRoot() - oracle) < 1e-9)
    // The nearest points realise the distance.
    let gap = found.from - found.to
    #expect(abs((gap.x * gap.x + gap.y * gap.y).squareRoot() - oracle) < 1e-9)
    // Symmetry.
    let back = try #require(PlanarIndex(b).nearest(to: PlanarIndex(a)))
    #expect(abs(back.squaredDistance - found.squaredDistance) < 1e-9)
  }

  @Test("a bound hides what is not nearer", arguments: 0..<40)
  func bound(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let a = PlanarIndex(try RandomRegions.region(around: .zero, using: &generator))
    let b = PlanarIndex(try RandomRegions.region(around: SIMD2(70, 10), using: &generator))
    let free = try #require(a.nearest(to: b))
    #expect(a.nearest(to: b, below: free.squaredDistance) == nil)
    let just = try #require(a.nearest(to: b, below: free.squaredDistance * (1 + 1e-9) + 1e-12))
    #expect(just.squaredDistance == free.squaredDistance)
  }

  @Test("inside a hole is not contact")
  func insideAHole() throws {
    let ring = try Region.ellipse(centre: .zero, semiAxes: SIMD2(20, 20), corners: 256)
      .subtracting(Region.ellipse(centre: .zero, semiAxes: SIMD2(15, 15), corners: 256))
    let disc = Region.ellipse(centre: .zero, semiAxes: SIMD2(5, 5), corners: 256)
    let found = try #require(PlanarIndex(disc).nearest(to: PlanarIndex(ring)))
    #expect(abs(found.squaredDistance.squareRoot() - 10) < 0.01)
  }

  @Test("wholly inside is contact, and the outlines' distance is told apart")
  func containment() throws {
    let big = PlanarIndex(Region.rectangle(low: SIMD2(-50, -50), high: SIMD2(50, 50)))
    let small = PlanarIndex(Region.rectangle(low: SIMD2(-5, -5), high: SIMD2(5, 5)))
    #expect(try #require(small.nearest(to: big)).squaredDistance == 0)
    #expect(try #require(big.nearest(to: small)).squaredDistance == 0)
    #expect(try #require(small.nearestEdges(to: big)).squaredDistance == 45 * 45)
    #expect(small.pointOutside(big) == nil)
    #expect(big.pointOutside(small) != nil)
  }
}
