// SPDX-License-Identifier: Apache-2.0
extension PlanarIndex {
  /// Some point of the outline, or `nil` for an empty region.
  public var anyPoint: SIMD2<Double>? { points.first }

  /// A point of this region that does not lie inside the other, or `nil` when this region lies within it.
  ///
  /// Outlines that cross leave an end of an edge outside, so the vertices tell, except for a notch between two
  /// vertices, which the distance of the outlines (zero there) tells. A ring of the other that starts inside
  /// this region bounds a hole that this region covers.
  public func pointOutside(_ other: PlanarIndex) -> SIMD2<Double>? {
    points.first { !(other.boxContains($0) && other.region.contains($0)) }
      ?? other.ringStarts.first { boxContains($0) && region.contains($0) }
  }

  /// The squared distance from a point to the outline, or the bound when nothing is nearer.
  public func squaredDistanceToEdges(_ point: SIMD2<Double>, below bound: Double = .infinity) -> Double {
    var best = bound
    for chunk in chunks where Self.squaredGap(point, point, chunk.low, chunk.high) < best {
      for i in chunk.first..<chunk.last {
        best = min(best, SegmentPair.squaredDistance(point, points[i], points[i + 1]))
      }
    }
    return best
  }
}
