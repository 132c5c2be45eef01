// SPDX-License-Identifier: Apache-2.0
/// Rings with fewer points, for drawing alone: every figure is calculated from the contours as they are.
enum OutlineSimplification {
  /// The ring with fewer points, none of those left out farther than the tolerance from what is left (Douglas and Peucker
  /// 1973); never fewer than three.
  static func simplified(_ ring: [SIMD2<Double>], tolerance: Double) -> [SIMD2<Double>] {
    guard ring.count > 4, tolerance > 0 else { return ring }
    // Two points far apart divide the ring into two lines.
    let far = farthest(from: ring[0], in: ring)
    guard far > 0 else { return ring }
    var keeps = [Bool](repeating: false, count: ring.count + 1)
    let closed = ring + [ring[0]]
    (keeps[0], keeps[far], keeps[ring.count]) = (true, true, true)
    var open = [(0, far), (far, ring.count)]
    while let (start, end) = open.popLast() {
      guard end - start > 1 else { continue }
      var (worst, place) = (tolerance * tolerance, -1)
      for index in (start + 1)..<end {
        let distance = squaredDistance(of: closed[index], from: closed[start], closed[end])
        if distance > worst { (worst, place) = (distance, index) }
      }
      guard place > 0 else { continue }
      keeps[place] = true
      open += [(start, place), (place, end)]
    }
    let kept = ring.indices.filter { keeps[$0] }.map { ring[$0] }
    return kept.count >= 3 ? kept : ring
  }

  private static func farthest(from point: SIMD2<Double>, in ring: [SIMD2<Double>]) -> Int {
    ring.indices.max { a, b in
      let (u, v) = (ring[a] - point, ring[b] - point)
      return (u * u).sum() < (v * v).sum()
    } ?? 0
  }

  private static func squaredDistance(
    of point: SIMD2<Double>, from a: SIMD2<Double>, _ b: SIMD2<Double>
  ) -> Double {
    let way = b - a
    let length = (way * way).sum()
    let share = length > 0 ? max(0, min(1, ((point - a) * way).sum() / length)) : 0
    let off = point - (a + way * share)
    return (off * off).sum()
  }
}
