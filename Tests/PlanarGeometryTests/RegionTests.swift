// SPDX-License-Identifier: Apache-2.0
import PlanarGeometry
import Quantities
import Testing

@Suite("Contours and regions")
struct RegionTests {
  private static func square(_ low: Double, _ high: Double) throws -> Contour {
    try Contour([SIMD2(low, low), SIMD2(high, low), SIMD2(high, high), SIMD2(low, high)])
  }

  @Test("a ring needs three distinct finite points")
  func strictContours() {
    #expect(throws: ContourDefect.notFinite(index: 1)) {
      try Contour([SIMD2(0, 0), SIMD2(.nan, 1), SIMD2(1, 1)])
    }
    #expect(throws: ContourDefect.notFinite(index: 0)) {
      try Contour([SIMD2(.infinity, 0), SIMD2(0, 1), SIMD2(1, 1)])
    }
    #expect(throws: ContourDefect.tooFewPoints(distinct: 2)) {
      try Contour([SIMD2(0, 0), SIMD2(1, 1), SIMD2(0, 0), SIMD2(1, 1)])
    }
    #expect(throws: ContourDefect.tooFewPoints(distinct: 1)) { try Contour([SIMD2(2, 2), SIMD2(2, 2)]) }
    #expect(throws: ContourDefect.tooFewPoints(distinct: 0)) { try Contour([]) }
  }

  @Test("open and closed drawings of one ring are one contour; orientation and start do not matter")
  func closing() throws {
    let open = try Contour([SIMD2(0, 0), SIMD2(4, 0), SIMD2(4, 4)])
    let closed = try Contour([SIMD2(0, 0), SIMD2(4, 0), SIMD2(4, 4), SIMD2(0, 0)])
    let turned = try Contour([SIMD2(4, 4), SIMD2(4, 0), SIMD2(0, 0)])
    #expect(open == closed)
    #expect(open.canonical == turned.canonical)
  }

  @Test("a ring in a ring is a hole, a ring in the hole an island")
  func evenOdd() throws {
    let (region, repairs) = try Region.evenOdd([
      Self.square(0, 10), Self.square(2, 8), Self.square(4, 6),
    ])
    #expect(repairs.isEmpty)
    #expect(abs(region.area.squareMillimeters - (100 - 36 + 4)) < 1e-9)
    #expect(region.contains(SIMD2(1, 1)))
    #expect(!region.contains(SIMD2(3, 3)))
    #expect(region.contains(SIMD2(5, 5)))
  }

  @Test("the same ring twice is counted once and said")
  func duplicateRings() throws {
    let reversed = try Contour([SIMD2(0, 10), SIMD2(10, 10), SIMD2(10, 0), SIMD2(0, 0)])
    let (region, repairs) = try Region.evenOdd([Self.square(0, 10), reversed])
    #expect(region.area == .squareMillimeters(100))
    #expect(repairs == [.duplicateRing(ring: 1)])
  }

  @Test("a ring drawn twice with a shift is counted once and said")
  func shiftedDuplicate() throws {
    let shifted = try Contour([SIMD2(0.01, 0), SIMD2(10.01, 0), SIMD2(10.01, 10), SIMD2(0.01, 10)])
    let (region, repairs) = try Region.evenOdd([Self.square(0, 10), shifted])
    #expect(abs(region.area.squareMillimeters - 100) < 0.2)
    #expect(repairs == [.nearDuplicate(ring: 1)])
  }

  @Test("rings that overlap in part are united, unless exclusive or is meant")
  func partialOverlap() throws {
    let rings = [
      try Self.square(0, 10), try Self.square(5, 15), try Self.square(20, 25), try Self.square(21, 24),
    ]
    let (region, repairs) = try Region.evenOdd(rings)
    #expect(abs(region.area.squareMillimeters - (175 + 25 - 9)) < 1e-9)
    #expect(repairs == [.overlapping(ring: 1)])
    #expect(region.contains(SIMD2(7, 7)))
    let exclusive = try Region.evenOdd(rings, combining: .exclusiveOr)
    #expect(abs(exclusive.region.area.squareMillimeters - (150 + 25 - 9)) < 1e-9)
  }

  @Test("a bow-tie has the area of both wings, not none")
  func bowTie() throws {
    let (region, repairs) = try Region.evenOdd([
      Contour([SIMD2(0, 0), SIMD2(10, 10), SIMD2(10, 0), SIMD2(0, 10)])
    ])
    #expect(repairs == [.selfCrossing(ring: 0)])
    #expect(abs(region.area.squareMillimeters - 50) < 1e-9)
  }

  @Test("a keyhole is opened to a hole")
  func keyhole() throws {
    let (region, repairs) = try Region.evenOdd([
      Contour([
        SIMD2(0, 0), SIMD2(10, 0), SIMD2(10, 10), SIMD2(0, 10), SIMD2(0, 5), SIMD2(4, 5), SIMD2(4, 6),
        SIMD2(6, 6), SIMD2(6, 4), SIMD2(4, 4), SIMD2(4, 5), SIMD2(0, 5),
      ])
    ])
    #expect(repairs == [.selfCrossing(ring: 0)])
    #expect(abs(region.area.squareMillimeters - 96) < 1e-9)
    #expect(!region.contains(SIMD2(5, 5)))
  }

  @Test("a ring that retraces an edge is filled by even-odd too")
  func retracedEdge() throws {
    let ring = [(1.0, 4.0), (2, 3), (2, 4), (2, 0), (1, 3), (3, 5)].map { SIMD2($0.0, $0.1) }
    let (region, repairs) = try Region.evenOdd([Contour(ring)])
    #expect(repairs == [.selfCrossing(ring: 0)])
    #expect(abs(region.area.squareMillimeters - 2.5) < 1e-9)
  }

  @Test("self-crossing rings hold the area that counting crossings on a fine raster finds", arguments: 0..<30)
  func rasterOracle(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let ring = (0..<9).map { _ in
      SIMD2(
        Double(Int.random(in: 0...6, using: &generator)), Double(Int.random(in: 0...6, using: &generator)))
    }
    guard let contour = try? Contour(ring) else { return }
    let region = try Region.evenOdd([contour]).region
    let cells = 240
    var inside = 0
    for i in 0..<cells {
      for j in 0..<cells {
        let p = SIMD2((Double(i) + 0.4987) * 6 / Double(cells), (Double(j) + 0.5021) * 6 / Double(cells))
        var crossings = 0
        for k in ring.indices {
          let a = ring[k]
          let b = ring[(k + 1) % ring.count]
          if (a.y > p.y) != (b.y > p.y), p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y) {
            crossings += 1
          }
        }
        if crossings % 2 == 1 { inside += 1 }
      }
    }
    let raster = Double(inside) * 36 / Double(cells * cells)
    #expect(abs(region.area.squareMillimeters - raster) < 0.12)
  }

  @Test("points on a line enclose nothing and are said to")
  func flatRing() throws {
    let (region, repairs) = try Region.evenOdd([Contour([SIMD2(0, 0), SIMD2(1, 1), SIMD2(2, 2)])])
    #expect(region.isEmpty)
    #expect(repairs.contains(.noArea(ring: 0)))
  }

  @Test("nothing is far from everything: no distance to an empty region")
  func emptyIsNotNear() throws {
    let square = try Region.evenOdd([Self.square(0, 10)]).region
    #expect(try square.distanceByGEOS(to: .empty) == nil)
    #expect(PlanarIndex(square).nearest(to: PlanarIndex(.empty)) == nil)
    #expect(Region.empty.area == .zero)
    #expect(Region.empty.centroid == nil)
    #expect(Region.empty.bounds == nil)
  }

  @Test("an ellipse polygon has the ellipse's area", arguments: [8, 24, 64, 256])
  func ellipseArea(corners: Int) {
    let region = Region.ellipse(centre: SIMD2(50, -20), semiAxes: SIMD2(7, 3), corners: corners)
    #expect(abs(region.area.squareMillimeters - Double.pi * 21) < 1e-9)
    #expect(abs((region.centroid?.x ?? 0) - 50) < 1e-9)
  }

  @Test("the centroid of an L is that of its two boxes, also far from the origin", arguments: [0.0, 1e4])
  func centroid(shift: Double) throws {
    let points = [(0.0, 0.0), (4, 0), (4, 1), (1, 1), (1, 3), (0, 3)]
    let region = try Region.evenOdd([Contour(points.map { SIMD2($0.0 + shift, $0.1 - shift) })]).region
    let centre = try #require(region.centroid)
    // Boxes 4×1 at (2, 0.5) and 1×2 at (0.5, 2).
    #expect(abs(centre.x - shift - 9.0 / 6) < 1e-6)
    #expect(abs(centre.y + shift - 6.0 / 6) < 1e-6)
  }

  @Test("margins are monotone: more margin, more area, and never nearer than told", arguments: 0..<20)
  func monotoneMargins(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let region = try RandomRegions.region(around: .zero, using: &generator)
    var last = 0.0
    for margin in [-3.0, -1, 0, 0.5, 2, 5, 10] {
      let grown = try region.buffered(by: .millimeters(margin))
      #expect(grown.area.squareMillimeters >= last)
      last = grown.area.squareMillimeters
      guard margin > 0 else { continue }
      // The grown outline lies a margin away from the region, within the arcs' 24 segments a quadrant.
      let outline = try #require(PlanarIndex(region).nearestEdges(to: PlanarIndex(grown)))
      #expect(abs(outline.squaredDistance.squareRoot() - margin) < 0.002 * margin)
    }
  }

  @Test("a grown and shrunk disc keeps to the closed form")
  func buffer() throws {
    let disc = Region.ellipse(centre: .zero, semiAxes: SIMD2(10, 10), corners: 512)
    let grown = try disc.buffered(by: .millimeters(5)).area.squareMillimeters
    #expect(abs(grown / (Double.pi * 225) - 1) < 0.002)
    #expect(try disc.buffered(by: .millimeters(-10.5)).isEmpty)
  }
}
