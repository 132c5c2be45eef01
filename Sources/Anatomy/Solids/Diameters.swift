// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry
public import Quantities

/// The two axes that RECIST 1.1 measures, in one axial plane.
public struct AxialDiameters: Sendable, Hashable {
  /// The longest diameter.
  public let longest: Length
  /// The longest chord perpendicular to it.
  public let shortAxis: Length
  /// The plane they lie in.
  public let z: Double
  /// The ends of the longest diameter.
  public let ends: [SIMD2<Double>]
}

extension Solid {
  /// The longest axial diameter over all planes and its perpendicular short axis in the same plane.
  ///
  /// Measured between contour points, across islands of one plane. Where several diameters are equally long
  /// (a traced outline, a circle) the one with the longest short axis counts, so the answer does not depend on
  /// the order of points. `nil` never occurs for a valid solid.
  public var axialDiameters: AxialDiameters? {
    var longest = 0.0
    let hulls = slabs.map { ConvexHull.of($0.region.polygons.flatMap(\.outer.points)) }
    for hull in hulls {
      for i in hull.indices {
        for j in hull.indices where j > i { longest = max(longest, Self.squared(hull[i] - hull[j])) }
      }
    }
    var best: AxialDiameters?
    for (slab, hull) in zip(slabs, hulls) {
      for i in hull.indices {
        for j in hull.indices where j > i {
          let line = hull[j] - hull[i]
          guard Self.squared(line) >= longest * (1 - 1e-12) else { continue }
          let short = Length.millimeters(Self.longestChord(of: slab.region, perpendicularTo: line))
          if short > best?.shortAxis ?? .millimeters(-1) {
            best = AxialDiameters(
              longest: .millimeters(longest.squareRoot()), shortAxis: short, z: slab.z,
              ends: [hull[i], hull[j]])
          }
        }
      }
    }
    return best
  }

  private static func squared(_ v: SIMD2<Double>) -> Double { v.x * v.x + v.y * v.y }

  /// The greatest distance between two contour points in three dimensions.
  public var greatestDiameter: Length {
    let hulls = slabs.map { slab in
      ConvexHull.of(slab.region.polygons.flatMap(\.outer.points)).map { SIMD3($0.x, $0.y, slab.z) }
    }
    var best = 0.0
    for i in hulls.indices {
      for j in hulls.indices where j >= i {
        for a in hulls[i] {
          for b in hulls[j] {
            let d = a - b
            best = max(best, d.x * d.x + d.y * d.y + d.z * d.z)
          }
        }
      }
    }
    return .millimeters(best.squareRoot())
  }

  /// The longest extent across a region along lines perpendicular to a direction, in millimetres.
  ///
  /// Between two neighbouring vertices the extent is linear, so its maximum lies at a vertex.
  private static func longestChord(of region: Region, perpendicularTo direction: SIMD2<Double>) -> Double {
    let length = (direction.x * direction.x + direction.y * direction.y).squareRoot()
    guard length > 0 else { return 0 }
    let along = direction / length
    let rings = region.polygons.map { polygon in
      ConvexHull.thinned(polygon.outer.points).map { p in
        SIMD2(p.x * along.x + p.y * along.y, p.y * along.x - p.x * along.y)
      }
    }
    var best = 0.0
    for cut in rings.joined() {
      var low = Double.infinity
      var high = -Double.infinity
      for ring in rings {
        var a = ring[ring.count - 1]
        for b in ring {
          if min(a.x, b.x) <= cut.x, max(a.x, b.x) >= cut.x {
            let t = a.x == b.x ? 0 : (cut.x - a.x) / (b.x - a.x)
            let y = a.y + (b.y - a.y) * t
            low = min(low, y)
            high = max(high, y)
          }
          a = b
        }
      }
      best = max(best, high - low)
    }
    return best
  }
}

/// Andrew's monotone chain.
enum ConvexHull {
  /// More corners than this are thinned, since diameters compare them in pairs.
  private static let manyCorners = 2000
  /// Corners nearer than this to the one kept before are dropped when there are many.
  private static let thinningMM = 0.02

  /// The corners of the hull in order; fewer than three for degenerate input.
  ///
  /// A hull of over 2,000 corners keeps those 0.02 mm apart, which moves a diameter by less than that.
  static func of(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    thinned(exact(points))
  }

  /// A ring as it is, or without its closest points when there are many.
  static func thinned(_ ring: [SIMD2<Double>]) -> [SIMD2<Double>] {
    guard ring.count > manyCorners else { return ring }
    var kept: [SIMD2<Double>] = []
    for point in ring {
      if let last = kept.last {
        let step = point - last
        if step.x * step.x + step.y * step.y < thinningMM * thinningMM { continue }
      }
      kept.append(point)
    }
    return kept.count >= 3 ? kept : ring
  }

  private static func exact(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let sorted = points.sorted { $0.x < $1.x || ($0.x == $1.x && $0.y < $1.y) }
    guard sorted.count > 2 else { return sorted }
    func half(_ points: some Sequence<SIMD2<Double>>) -> [SIMD2<Double>] {
      var chain: [SIMD2<Double>] = []
      for p in points {
        while chain.count >= 2 {
          let a = chain[chain.count - 2]
          let b = chain[chain.count - 1]
          guard (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) <= 0 else { break }
          chain.removeLast()
        }
        chain.append(p)
      }
      return chain
    }
    return Array(half(sorted).dropLast() + half(sorted.reversed()).dropLast())
  }
}
