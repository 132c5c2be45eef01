// SPDX-License-Identifier: Apache-2.0
import Anatomy
import PlanarGeometry

/// A slow, obvious implementation of what the library does fast: every slab pair, every edge pair, no
/// pruning, crossing by orientation, containment by winding number.
enum ReferenceGeometry {
  static func clearance(_ a: Solid, _ b: Solid) -> Double {
    var best = Double.infinity
    for slab in a.slabs {
      for other in b.slabs {
        let gap = max(0, other.lower - slab.upper, slab.lower - other.upper)
        let planar = distance(slab.region, other.region)
        best = min(best, (gap * gap + planar * planar).squareRoot())
      }
    }
    return best
  }

  static func distance(_ a: Region, _ b: Region) -> Double {
    let edgesA = edges(a)
    let edgesB = edges(b)
    for (p, _) in edgesA where inside(p, edgesB) { return 0 }
    for (p, _) in edgesB where inside(p, edgesA) { return 0 }
    var best = Double.infinity
    for (p, q) in edgesA {
      for (r, s) in edgesB {
        if cross(p, q, r, s) { return 0 }
        best = min(best, toSegment(p, r, s), toSegment(q, r, s), toSegment(r, p, q), toSegment(s, p, q))
      }
    }
    return best
  }

  /// How far the solid's planes lie within the container's, walked on a grid of directions: the least
  /// distance from any contour point to a point outside, by marching outwards.
  static func depthByMarching(_ point: SIMD3<Double>, in solid: Solid, step: Double) -> Double {
    var radius = 0.0
    while radius < 200 {
      for i in 0..<48 {
        for j in 0..<24 {
          let azimuth = 2 * Double.pi * Double(i) / 48
          let polar = Double.pi * (Double(j) + 0.5) / 24
          let direction = SIMD3(sine(polar) * cosine(azimuth), sine(polar) * sine(azimuth), cosine(polar))
          if !solid.contains(point + direction * radius) { return radius }
        }
      }
      radius += step
    }
    return radius
  }

  private static func edges(_ region: Region) -> [(SIMD2<Double>, SIMD2<Double>)] {
    region.rings.flatMap { ring in
      ring.points.indices.map { (ring.points[$0], ring.points[($0 + 1) % ring.points.count]) }
    }
  }

  /// Winding parity by summing signed crossings of a ray to the right.
  private static func inside(_ p: SIMD2<Double>, _ edges: [(SIMD2<Double>, SIMD2<Double>)]) -> Bool {
    var crossings = 0
    for (a, b) in edges {
      let upward = a.y <= p.y && b.y > p.y
      let downward = b.y <= p.y && a.y > p.y
      guard upward || downward else { continue }
      let side = (b.x - a.x) * (p.y - a.y) - (p.x - a.x) * (b.y - a.y)
      if upward ? side > 0 : side < 0 { crossings += 1 }
    }
    return crossings % 2 == 1
  }

  private static func cross(
    _ p: SIMD2<Double>, _ q: SIMD2<Double>, _ r: SIMD2<Double>, _ s: SIMD2<Double>
  ) -> Bool {
    func turn(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Double {
      (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }
    return turn(p, q, r) * turn(p, q, s) < 0 && turn(r, s, p) * turn(r, s, q) < 0
  }

  private static func toSegment(_ p: SIMD2<Double>, _ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    let d = b - a
    let squared = d.x * d.x + d.y * d.y
    let t = squared == 0 ? 0 : max(0, min(1, ((p.x - a.x) * d.x + (p.y - a.y) * d.y) / squared))
    let gap = p - (a + d * t)
    return (gap.x * gap.x + gap.y * gap.y).squareRoot()
  }
}
