// SPDX-License-Identifier: Apache-2.0
/// Tells rings that plainly neither cross nor touch, themselves or one another, without GEOS.
///
/// One sweep along x over all edges. It answers true only where every pair of edges that could meet lies apart
/// beyond rounding; anything doubtful is left to GEOS. Most planes of most files are of this kind.
enum ClearRings {
  private struct Edge {
    let a: SIMD2<Double>
    let b: SIMD2<Double>
    let low: SIMD2<Double>
    let high: SIMD2<Double>
    let ring: Int
    let index: Int
  }

  static func areClear(_ rings: [Contour]) -> Bool {
    guard rings.allSatisfy({ abs($0.doubledSignedArea) > 1e-6 }) else { return false }
    return sweep(rings) { areApart($0, $1, rings) }
  }

  /// Whether rings meet so often that they are no outlines: in a plane more than 1,000 times and more than eight times for
  /// each point.
  ///
  /// A meeting costs GEOS more than a point. A slip of the pen makes a few, outlines drawn twice with some unrest meet about
  /// once a point, corners of voxels that touch twice; lines scribbled at random, and an outline traced a thousand times,
  /// meet a million times (heuristic).
  static func areTangled(_ rings: [Contour]) -> Bool {
    // A ring that is there several times is counted once later on, and so here.
    var seen: Set<Contour> = []
    let distinct = rings.count == 1 ? rings : rings.filter { seen.insert($0.canonical).inserted }
    let points = distinct.reduce(0) { $0 + $1.points.count }
    return meetings(of: distinct, limit: max(1000, 8 * points)) == nil
  }

  /// How many pairs of edges cross, touch or lie upon one another beyond the corners that edges share.
  ///
  /// - Parameter limit: counting ends beyond it.
  /// - Returns: the number, or `nil` for more than the limit and for rings whose edges are too many to be compared.
  static func meetings(of rings: [Contour], limit: Int) -> Int? {
    var count = 0
    let isCounted = sweep(rings) { p, q in
      if !areApart(p, q, rings) { count += 1 }
      return count <= limit
    }
    return isCounted ? count : nil
  }

  /// The most pairs of edges that are looked at: beyond it GEOS, whose work grows less, is quicker.
  private static let mostPairs = 100_000_000

  /// Calls back with every pair of edges whose boxes meet, until `goesOn` says no.
  ///
  /// - Returns: whether all pairs were gone through.
  private static func sweep(_ rings: [Contour], _ goesOn: (Edge, Edge) -> Bool) -> Bool {
    var edges: [Edge] = []
    edges.reserveCapacity(rings.reduce(0) { $0 + $1.points.count })
    for (number, ring) in rings.enumerated() {
      var a = ring.points[ring.points.count - 1]
      for (index, b) in ring.points.enumerated() {
        edges.append(
          Edge(a: a, b: b, low: pointwiseMin(a, b), high: pointwiseMax(a, b), ring: number, index: index))
        a = b
      }
    }
    edges.sort { $0.low.x < $1.low.x }
    var active: [Int] = []
    var pairs = 0
    for (at, edge) in edges.enumerated() {
      var kept = 0
      pairs += active.count
      guard pairs <= mostPairs else { return false }
      for other in active {
        guard edges[other].high.x >= edge.low.x else { continue }
        active[kept] = other
        kept += 1
        if edges[other].high.y < edge.low.y || edges[other].low.y > edge.high.y { continue }
        guard goesOn(edge, edges[other]) else { return false }
      }
      active.removeLast(active.count - kept)
      active.append(at)
    }
    return true
  }

  private static func areApart(_ p: Edge, _ q: Edge, _ rings: [Contour]) -> Bool {
    if p.ring == q.ring {
      let count = rings[p.ring].points.count
      if (p.index + 1) % count == q.index { return turnsForward(p, q) }
      if (q.index + 1) % count == p.index { return turnsForward(q, p) }
    }
    // Both ends of one edge strictly on one side of the other.
    return side(p.a, p.b, q.a) * side(p.a, p.b, q.b) > 0 || side(q.a, q.b, p.a) * side(q.a, q.b, p.b) > 0
  }

  /// Whether two edges that follow one another do not run back over themselves.
  private static func turnsForward(_ first: Edge, _ second: Edge) -> Bool {
    side(first.a, first.b, second.b) != 0
      || ((first.b - first.a) * (second.b - second.a)).sum() > 0
  }

  /// +1, −1, or 0 where rounding could decide.
  private static func side(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ p: SIMD2<Double>) -> Int {
    let u = b - a
    let v = p - a
    let left = u.x * v.y
    let right = u.y * v.x
    let cross = left - right
    let doubt = 1e-12 * (abs(left) + abs(right)) + 1e-12
    return cross > doubt ? 1 : cross < -doubt ? -1 : 0
  }

  /// Whether no ring is nearly as large as one it lies in, which would rather be a ring drawn twice.
  static func areDistinct(_ region: Region, of rings: [Contour]) -> Bool {
    guard rings.count > 1 else { return true }
    let areas = rings.map { abs($0.doubledSignedArea) }.sorted()
    // Comparing neighbours in size is enough to rule out every close pair; close strangers only cost time.
    return zip(areas, areas.dropFirst()).allSatisfy { $0 < 0.8 * $1 } || region.polygons.count == rings.count
  }
}
