// SPDX-License-Identifier: Apache-2.0
internal import CGEOS
public import Quantities

/// One outer ring and the holes in it.
public struct PlanarPolygon: Sendable, Hashable {
  /// The outer ring.
  public let outer: Contour
  /// The holes, inside the outer ring and apart from one another.
  public let holes: [Contour]
}

/// How the rings of one plane combine.
public enum RingCombination: Sendable, Hashable {
  /// Nested rings alternate; rings that overlap in part are united.
  case evenOdd
  /// Exclusive or throughout (DICOM CLOSEDPLANAR_XOR).
  case exclusiveOr
}

/// What was mended when contours became a region; each is to be reported, never silent.
public enum RegionRepair: Sendable, Hashable {
  /// A ring crossed or touched itself and was filled by even-odd (a keyhole is opened to a hole).
  case selfCrossing(ring: Int)
  /// A ring repeats an earlier one point by point; counting both would cancel them.
  case duplicateRing(ring: Int)
  /// A ring covers nearly the same area as an earlier one and was counted once.
  case nearDuplicate(ring: Int)
  /// A ring overlaps an earlier one in part: neither hole nor island, so both were united.
  case overlapping(ring: Int)
  /// A ring encloses no area.
  case noArea(ring: Int)
  /// The rings cross themselves or one another so often that they are no outlines; nothing was made of them.
  case tangled
}

/// A valid area in one plane: polygons with holes, apart from one another.
///
/// May be empty.
///
/// Coordinates in millimetres. Made from contours by even-odd, so a ring within a ring is a hole and a
/// ring within that an island. GEOS does the work (`GEOSUnaryUnion_r`, `GEOSPolygonize_r`, `GEOSSymDifference_r`).
public struct Region: Sendable, Hashable {
  /// The polygons; none for an empty region.
  public let polygons: [PlanarPolygon]

  /// The region without area.
  public static let empty = Region(polygons: [])

  init(polygons: [PlanarPolygon]) { self.polygons = polygons }

  /// The even-odd area of these contours, with what had to be mended.
  ///
  /// A ring within a ring is a hole. Rings that overlap in part, or that repeat one another but for a shift,
  /// would erase what they share; they are united or counted once, and that is told, unless the file says
  /// that they are meant as exclusive or.
  ///
  /// - Throws: `GEOSError` if GEOS fails.
  public static func evenOdd(
    _ contours: [Contour], combining: RingCombination = .evenOdd
  ) throws(GEOSError) -> (region: Region, repairs: [RegionRepair]) {
    if ClearRings.areClear(contours) {
      let region = Region(nesting: contours)
      if ClearRings.areDistinct(region, of: contours) { return (region, []) }
    }
    guard !ClearRings.areTangled(contours) else { return (.empty, [.tangled]) }
    let context = try GEOSContext()
    var repairs: [RegionRepair] = []
    var seen: Set<Contour> = []
    var parts: [GEOSGeometry] = []
    var indices: [Int] = []
    for (index, contour) in contours.enumerated() {
      guard contours.count == 1 || seen.insert(contour.canonical).inserted else {
        repairs.append(.duplicateRing(ring: index))
        continue
      }
      var polygon = try GEOSGeometry.polygon(contour.points, holes: [], context)
      switch GEOSisValid_r(context.handle, polygon.pointer) {
      case 1: break
      case 0:
        repairs.append(.selfCrossing(ring: index))
        polygon = try contour.evenOddArea(context)
      default: throw context.error("GEOSisValid_r")
      }
      if try Region(polygonalPartOf: polygon).polygons.isEmpty {
        repairs.append(.noArea(ring: index))
        continue
      }
      parts.append(polygon)
      indices.append(index)
    }
    if combining == .evenOdd {
      parts = try OverlappingRings.settle(parts, indices, context, &repairs)
    }
    // In pairs, so that thousands of rings in a plane cost no more than their number times its logarithm.
    while parts.count > 1 {
      var next: [GEOSGeometry] = []
      for i in stride(from: 0, to: parts.count - 1, by: 2) {
        next.append(
          try GEOSGeometry(
            GEOSSymDifference_r(context.handle, parts[i].pointer, parts[i + 1].pointer), context,
            from: "GEOSSymDifference_r"))
      }
      if parts.count % 2 == 1, let last = parts.last { next.append(last) }
      parts = next
    }
    guard let sum = parts.first else { return (.empty, repairs) }
    return (try Region(polygonalPartOf: sum), repairs)
  }

  /// Whether there is no area.
  public var isEmpty: Bool { polygons.isEmpty }

  /// All rings, outer and holes.
  public var rings: [Contour] { polygons.flatMap { [$0.outer] + $0.holes } }

  /// The area; zero when empty.
  public var area: Area {
    .squareMillimeters(
      polygons.reduce(0) { sum, polygon in
        sum + abs(polygon.outer.doubledSignedArea) / 2
          - polygon.holes.reduce(0) { $0 + abs($1.doubledSignedArea) / 2 }
      })
  }

  /// The centre of the area, or `nil` when empty.
  public var centroid: SIMD2<Double>? {
    guard let origin = polygons.first?.outer.points.first else { return nil }
    var moment = SIMD2<Double>.zero
    var doubled = 0.0
    for polygon in polygons {
      for (ring, isHole) in [(polygon.outer, false)] + polygon.holes.map({ ($0, true) }) {
        var ringMoment = SIMD2<Double>.zero
        var ringDoubled = 0.0
        for i in ring.points.indices {
          let a = ring.points[i] - origin
          let b = ring.points[i + 1 == ring.points.count ? 0 : i + 1] - origin
          let cross = a.x * b.y - b.x * a.y
          ringDoubled += cross
          ringMoment += (a + b) * cross
        }
        let sign = (ringDoubled < 0) == isHole ? 1.0 : -1.0
        moment += ringMoment * sign
        doubled += ringDoubled * sign
      }
    }
    guard doubled != 0 else { return nil }
    return origin + moment / (3 * doubled)
  }

  /// The least box with sides along x and y, or `nil` when empty.
  public var bounds: (low: SIMD2<Double>, high: SIMD2<Double>)? {
    guard var low = polygons.first?.outer.points.first else { return nil }
    var high = low
    for polygon in polygons {
      for point in polygon.outer.points {
        low = pointwiseMin(low, point)
        high = pointwiseMax(high, point)
      }
    }
    return (low, high)
  }

  /// Whether a point lies inside (even-odd over all rings; a point on the edge may go either way).
  public func contains(_ point: SIMD2<Double>) -> Bool {
    var inside = false
    for polygon in polygons {
      if polygon.outer.encloses(point) { inside.toggle() }
      for hole in polygon.holes where hole.encloses(point) { inside.toggle() }
    }
    return inside
  }

  /// The region without its holes: what the outer rings enclose.
  public func filled() throws(GEOSError) -> Region {
    guard polygons.contains(where: { !$0.holes.isEmpty }) else { return self }
    var sum = Region.empty
    for polygon in polygons {
      let solid = Region(polygons: [PlanarPolygon(outer: polygon.outer, holes: [])])
      sum = sum.isEmpty ? solid : try sum.union(solid)
    }
    return sum
  }
}
