// SPDX-License-Identifier: Apache-2.0
import Anatomy
import PlanarGeometry
import Quantities
import Testing

@Suite("Solids from planes")
struct SolidTests {
  private static let square = Region.rectangle(low: .zero, high: SIMD2(10, 10))

  private static func stack(_ heights: [Double], _ endCap: EndCap, _ policy: GapPolicy = .open) throws
    -> Solid
  {
    try Solid(planes: heights.map { ($0, square) }, endCap: endCap, gapPolicy: policy)
  }

  @Test(
    "end caps decide what the end planes count",
    arguments: [(EndCap.half, 12.0), (.none, 9.0), (.full, 15.0)])
  func endCaps(endCap: EndCap, height: Double) throws {
    let volume = try Self.stack([0, 3, 6, 9], endCap).volume
    #expect(abs(volume.cubicMillimeters - 100 * height) < 1e-9)
  }

  @Test("uneven spacing reaches half-way to the actual neighbours")
  func unevenSpacing() throws {
    // 0–1 and 1–3: slabs −0.5…0.5, 0.5…2, 2…4 with half caps; 3 and 1 are within 1.5 × the median of 2.
    let solid = try Self.stack([0, 2, 5, 7], .half)
    #expect(solid.slabs.map(\.lower) == [-1, 1, 3.5, 6])
    #expect(solid.slabs.map(\.upper) == [1, 3.5, 6, 8])
    #expect(solid.gaps.isEmpty)
    #expect(abs(solid.volume.cubicMillimeters - 900) < 1e-9)
  }

  @Test("order does not matter, planes without area do not count")
  func order() throws {
    let solid = try Solid(
      planes: [(6, Self.square), (0, Self.square), (9, .empty), (3, Self.square)], endCap: .half)
    #expect(solid.slabs.map(\.z) == [0, 3, 6])
  }

  @Test("a missing plane is a gap, bridged only when asked")
  func gaps() throws {
    let open = try Self.stack([0, 3, 6, 12, 15], .half)
    #expect(open.gaps == [PlaneGap(below: 6, above: 12)])
    #expect(abs(open.volume.cubicMillimeters - 100 * 15) < 1e-9)
    let bridged = try Self.stack([0, 3, 6, 12, 15], .half, .bridged)
    #expect(bridged.gaps.count == 1)
    #expect(abs(bridged.volume.cubicMillimeters - 100 * 18) < 1e-9)
    // A gap at the end is no measure for the cap: 0 alone, then 12, 15, 18.
    let end = try Self.stack([0, 12, 15, 18], .half, .bridged)
    #expect(end.slabs.first?.lower == -1.5)
  }

  @Test("1.5 times the spacing is not yet a gap, more is", arguments: [(4.5, 0), (4.51, 1)])
  func gapThreshold(distance: Double, count: Int) throws {
    #expect(try Self.stack([0, 3, 6, 9, 9 + distance], .half).gaps.count == count)
  }

  @Test("2.999 and 3.000 are one spacing")
  func nearlyEvenSpacing() throws {
    let solid = try Self.stack([0, 2.999, 5.999, 8.998], .half)
    #expect(solid.gaps.isEmpty)
  }

  @Test("a lone plane needs a thickness; a plane twice is refused; nothing is refused")
  func defects() throws {
    #expect(throws: SolidDefect.onePlaneWithoutThickness) {
      try Solid(planes: [(0, Self.square)], endCap: .half)
    }
    let lone = try Solid(
      planes: [(0, Self.square)], endCap: .half, singlePlaneThickness: .millimeters(3))
    #expect(lone.volume == .cubicMillimeters(300))
    #expect(throws: SolidDefect.repeatedPlane(z: 1)) {
      try Solid(planes: [(1, Self.square), (1, Self.square)], endCap: .half)
    }
    #expect(throws: SolidDefect.empty) { try Solid(planes: [(1, .empty)], endCap: .half) }
  }

  @Test(
    "sampled balls with half caps are unbiased over the phase of the planes",
    arguments: [(5.0, 1.0), (10, 2.5), (15, 3)])
  func ballVolume(radius: Double, spacing: Double) throws {
    var sum = 0.0
    let phases = 20
    for i in 0..<phases {
      let phase = (Double(i) + 0.5) / Double(phases)
      sum += try Bodies.sampledBall(
        centre: SIMD3(3, -7, 11), radius: radius, spacing: spacing, phase: phase
      ).volume.cubicMillimeters
    }
    let truth = 4 / 3 * Double.pi * radius * radius * radius
    #expect(abs(sum / Double(phases) / truth - 1) < 0.002)
  }

  @Test("the ellipsoid maker keeps the volume exactly and the axes within a plane")
  func ellipsoid() throws {
    let solid = try Solid.ellipsoid(
      centre: SIMD3(1, 2, 3), axes: (.millimeters(20), .millimeters(12), .millimeters(8)))
    let truth = Double.pi / 6 * 20 * 12 * 8
    #expect(abs(solid.volume.cubicMillimeters / truth - 1) < 1e-9)
    let centre = try #require(solid.centroid)
    #expect(abs(centre.x - 1) + abs(centre.y - 2) + abs(centre.z - 3) < 1e-9)
    let axes = try #require(solid.axialDiameters)
    #expect(abs(axes.longest.millimeters - 20) < 0.05)
    #expect(abs(axes.shortAxis.millimeters - 12) < 0.05)
    #expect(throws: SolidDefect.empty) {
      try Solid.ellipsoid(centre: .zero, axes: (.zero, .millimeters(1), .millimeters(1)))
    }
  }

  @Test("diameters of a box: the diagonal in the plane, the space diagonal between planes")
  func boxDiameters() throws {
    let box = try Bodies.box(low: .zero, high: SIMD3(30, 40, 20), planes: 10)
    let axes = try #require(box.axialDiameters)
    #expect(abs(axes.longest.millimeters - 50) < 1e-9)
    // The chord perpendicular to the diagonal, at its middle: 30 · 50 / 40.
    #expect(abs(axes.shortAxis.millimeters - 37.5) < 1e-9)
    // Contour points lie on planes 18 mm apart at most.
    #expect(abs(box.greatestDiameter.millimeters - (2500.0 + 324).squareRoot()) < 1e-9)
  }

  @Test("of equally long diameters the one with the longest short axis counts, whatever the order of points")
  func tiedDiameters() throws {
    // Two diagonals of 50 mm; across the steeper one the body is wider.
    let ring = [(0.0, 0.0), (40, 0), (40, 30), (20, 40), (0, 30)].map { SIMD2($0.0, $0.1) }
    var found: Set<Double> = []
    for turn in ring.indices {
      for points in [ring, ring.reversed()] {
        let contour = try Contour(Array(points[turn...] + points[..<turn]))
        let region = try Region.evenOdd([contour]).region
        let solid = try Solid(planes: [(0, region), (3, region)], endCap: .half)
        let axes = try #require(solid.axialDiameters)
        #expect(abs(axes.longest.millimeters - 50) < 1e-9)
        found.insert((axes.shortAxis.millimeters * 1e6).rounded())
      }
    }
    #expect(found.count == 1)
  }

  @Test("turning and moving a body changes no measure", arguments: [0.3, 1.1, 2.9])
  func rigidMotion(angle: Double) throws {
    let solid = try Solid.ellipsoid(
      centre: .zero, axes: (.millimeters(22), .millimeters(14), .millimeters(10)))
    let moved = try Bodies.moved(solid, angle: angle, by: SIMD3(120, -80, 333))
    let a = try #require(solid.axialDiameters)
    let b = try #require(moved.axialDiameters)
    #expect(abs(a.longest.millimeters - b.longest.millimeters) < 1e-9)
    // Several diameters of a polygon may be equal but for rounding; their chords differ by little.
    #expect(abs(a.shortAxis.millimeters - b.shortAxis.millimeters) < 0.1)
    #expect(abs(solid.volume.cubicMillimeters - moved.volume.cubicMillimeters) < 1e-6)
    #expect(abs(solid.greatestDiameter.millimeters - moved.greatestDiameter.millimeters) < 1e-9)
  }
}
