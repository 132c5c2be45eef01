// SPDX-License-Identifier: Apache-2.0
/// Edges of one region in short runs, each with its box: answers "how far, and where" without visiting
/// edges that lie farther than the best found.
///
/// Values in millimetres. Made once a region, asked many times; holds plain values and is `Sendable`.
public struct PlanarIndex: Sendable {
  struct Chunk: Sendable {
    var low: SIMD2<Double>
    var high: SIMD2<Double>
    /// Points `first...last` of `points`; every run shares its last point with the next one's first.
    var first: Int
    var last: Int
  }

  private static let edgesInChunk = 4

  let region: Region
  let points: [SIMD2<Double>]
  let chunks: [Chunk]
  /// One point of every ring.
  let ringStarts: [SIMD2<Double>]
  let low: SIMD2<Double>
  let high: SIMD2<Double>

  /// An index of a region; an empty region has one that is never near anything.
  public init(_ region: Region) {
    self.region = region
    var points: [SIMD2<Double>] = []
    var chunks: [Chunk] = []
    var starts: [SIMD2<Double>] = []
    var low = SIMD2(Double.infinity, Double.infinity)
    var high = -low
    for ring in region.rings {
      let start = points.count
      points.append(contentsOf: ring.points)
      points.append(ring.points[0])
      starts.append(ring.points[0])
      var first = start
      while first < points.count - 1 {
        let last = min(first + Self.edgesInChunk, points.count - 1)
        var boxLow = points[first]
        var boxHigh = boxLow
        for i in first...last {
          boxLow = pointwiseMin(boxLow, points[i])
          boxHigh = pointwiseMax(boxHigh, points[i])
        }
        chunks.append(Chunk(low: boxLow, high: boxHigh, first: first, last: last))
        low = pointwiseMin(low, boxLow)
        high = pointwiseMax(high, boxHigh)
        first = last
      }
    }
    self.points = points
    self.chunks = chunks
    ringStarts = starts
    self.low = low
    self.high = high
  }

  /// A pair of points, one in each region, and the square of their distance in mm².
  public struct NearestPair: Sendable {
    /// The squared distance; 0 when the regions meet.
    public var squaredDistance: Double
    /// The point in or on the first region.
    public var from: SIMD2<Double>
    /// The point in or on the second region.
    public var to: SIMD2<Double>
  }

  /// The nearest pair of points of two regions, or `nil` when none is nearer than the bound.
  ///
  /// - Parameters:
  ///   - other: the other region's index.
  ///   - bound: squared distance in mm² that must be beaten; `.infinity` for no bound.
  public func nearest(to other: PlanarIndex, below bound: Double = .infinity) -> NearestPair? {
    guard !chunks.isEmpty, !other.chunks.isEmpty,
      Self.squaredGap(low, high, other.low, other.high) < bound
    else { return nil }
    if bound > 0, let inside = containedPoint(in: other) {
      return NearestPair(squaredDistance: 0, from: inside, to: inside)
    }
    return nearestEdges(to: other, below: bound)
  }

  /// The nearest pair of points on the two boundaries, or `nil` when none is nearer than the bound.
  ///
  /// Unlike `nearest`, a region wholly inside the other is as far as their outlines are apart.
  public func nearestEdges(to other: PlanarIndex, below bound: Double = .infinity) -> NearestPair? {
    guard !chunks.isEmpty, !other.chunks.isEmpty else { return nil }
    var best = NearestPair(squaredDistance: bound, from: .zero, to: .zero)
    var found = false
    // Only the other's chunks near this whole box can matter; most slabs that are merely near in z have none.
    let facing = other.chunks.indices.filter {
      Self.squaredGap(low, high, other.chunks[$0].low, other.chunks[$0].high) < bound
    }
    guard !facing.isEmpty else { return nil }
    // Candidate chunk pairs by growing box gap, so that the first few settle the bound.
    var candidates: [(gap: Double, a: Int, b: Int)] = []
    for (i, a) in chunks.enumerated() {
      guard Self.squaredGap(a.low, a.high, other.low, other.high) < bound else { continue }
      var nearestGap = Double.infinity
      var nearestChunk = 0
      for j in facing {
        let gap = Self.squaredGap(a.low, a.high, other.chunks[j].low, other.chunks[j].high)
        if gap < nearestGap {
          nearestGap = gap
          nearestChunk = j
        }
      }
      if nearestGap < bound { candidates.append((nearestGap, i, nearestChunk)) }
    }
    candidates.sort { $0.gap < $1.gap }
    for candidate in candidates {
      guard candidate.gap < best.squaredDistance else { break }
      compare(chunks[candidate.a], other, other.chunks[candidate.b], &best, &found)
    }
    for candidate in candidates {
      guard candidate.gap < best.squaredDistance else { break }
      let a = chunks[candidate.a]
      for j in facing where j != candidate.b {
        let b = other.chunks[j]
        guard Self.squaredGap(a.low, a.high, b.low, b.high) < best.squaredDistance else { continue }
        compare(a, other, b, &best, &found)
      }
    }
    return found ? best : nil
  }

  /// A point of this region inside the other or of the other inside this one, when a ring's start tells.
  private func containedPoint(in other: PlanarIndex) -> SIMD2<Double>? {
    for point in ringStarts where other.boxContains(point) && other.region.contains(point) {
      return point
    }
    for point in other.ringStarts where boxContains(point) && region.contains(point) { return point }
    return nil
  }

  func boxContains(_ p: SIMD2<Double>) -> Bool {
    p.x >= low.x && p.x <= high.x && p.y >= low.y && p.y <= high.y
  }

  private func compare(
    _ a: Chunk, _ other: PlanarIndex, _ b: Chunk, _ best: inout NearestPair, _ found: inout Bool
  ) {
    points.withUnsafeBufferPointer { mine in
      other.points.withUnsafeBufferPointer { theirs in
        for i in a.first..<a.last {
          let low = pointwiseMin(mine[i], mine[i + 1])
          let high = pointwiseMax(mine[i], mine[i + 1])
          guard Self.squaredGap(low, high, b.low, b.high) < best.squaredDistance else { continue }
          for j in b.first..<b.last {
            let otherLow = pointwiseMin(theirs[j], theirs[j + 1])
            let otherHigh = pointwiseMax(theirs[j], theirs[j + 1])
            let gap = Self.squaredGap(low, high, otherLow, otherHigh)
            guard gap < best.squaredDistance else { continue }
            let pair = SegmentPair.nearest(
              mine[i], mine[i + 1], theirs[j], theirs[j + 1], mayCross: gap == 0)
            if pair.squaredDistance < best.squaredDistance {
              best = pair
              found = true
            }
          }
        }
      }
    }
  }

  /// The least squared distance that the two boxes allow; infinite when either holds nothing.
  public func squaredBoxGap(to other: PlanarIndex) -> Double {
    chunks.isEmpty || other.chunks.isEmpty ? .infinity : Self.squaredGap(low, high, other.low, other.high)
  }

  /// One corner of every few edges.
  public var someCorners: [SIMD2<Double>] { chunks.map { points[$0.first] } }

  @inline(__always)
  static func squaredGap(
    _ lowA: SIMD2<Double>, _ highA: SIMD2<Double>, _ lowB: SIMD2<Double>, _ highB: SIMD2<Double>
  ) -> Double {
    let gap = pointwiseMax(pointwiseMax(lowB - highA, lowA - highB), SIMD2<Double>.zero)
    return gap.x * gap.x + gap.y * gap.y
  }
}

/// Two segments in a plane.
enum SegmentPair {
  /// The nearest points of segments ab and cd; distance 0 at their crossing, which is looked for only where
  /// their boxes meet.
  @inline(__always)
  static func nearest(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>, _ d: SIMD2<Double>, mayCross: Bool
  ) -> PlanarIndex.NearestPair {
    if mayCross, let crossing = crossing(a, b, c, d) {
      return PlanarIndex.NearestPair(squaredDistance: 0, from: crossing, to: crossing)
    }
    var best = toPoint(a, c, d)
    let second = toPoint(b, c, d)
    if second.squaredDistance < best.squaredDistance { best = second }
    let third = toPoint(c, a, b)
    if third.squaredDistance < best.squaredDistance {
      best = .init(squaredDistance: third.squaredDistance, from: third.to, to: third.from)
    }
    let fourth = toPoint(d, a, b)
    if fourth.squaredDistance < best.squaredDistance {
      best = .init(squaredDistance: fourth.squaredDistance, from: fourth.to, to: fourth.from)
    }
    return best
  }

  @inline(__always)
  private static func toPoint(
    _ p: SIMD2<Double>, _ a: SIMD2<Double>, _ b: SIMD2<Double>
  ) -> PlanarIndex.NearestPair {
    let edge = b - a
    let length = edge.x * edge.x + edge.y * edge.y
    let along = length > 0 ? ((p - a).x * edge.x + (p - a).y * edge.y) / length : 0
    let foot = a + edge * min(1, max(0, along))
    let gap = p - foot
    return .init(squaredDistance: gap.x * gap.x + gap.y * gap.y, from: p, to: foot)
  }

  @inline(__always)
  static func squaredDistance(_ p: SIMD2<Double>, _ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    toPoint(p, a, b).squaredDistance
  }

  @inline(__always)
  private static func crossing(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>, _ d: SIMD2<Double>
  ) -> SIMD2<Double>? {
    let r = b - a
    let s = d - c
    let cross = r.x * s.y - r.y * s.x
    guard cross != 0 else { return nil }
    let w = c - a
    let t = (w.x * s.y - w.y * s.x) / cross
    let u = (w.x * r.y - w.y * r.x) / cross
    guard t >= 0, t <= 1, u >= 0, u <= 1 else { return nil }
    return a + r * t
  }
}
