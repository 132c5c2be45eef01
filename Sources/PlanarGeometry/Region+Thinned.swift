// SPDX-License-Identifier: Apache-2.0
extension Region {
  /// The region with the points left out that lie within a distance of the line between those kept.
  ///
  /// For distances, which it changes by at most that much; rings are not checked for touching one another, so it
  /// serves no boolean operation.
  public func thinned(within tolerance: Double) -> Region {
    guard tolerance > 0 else { return self }
    return Region(
      polygons: polygons.map { polygon in
        PlanarPolygon(
          outer: polygon.outer.thinned(within: tolerance),
          holes: polygon.holes.map { $0.thinned(within: tolerance) })
      })
  }

  /// The region with fewer points, none of them moved by more than a distance in millimetres, and still sound for boolean
  /// operations; itself where leaving points out would make rings meet.
  ///
  /// - Throws: `GEOSError` if GEOS fails.
  public func coarsened(within tolerance: Double) throws(GEOSError) -> Region {
    let thinned = thinned(within: tolerance)
    return try thinned.isSound() ? thinned : self
  }
}

extension Contour {
  /// The ring without points that lie near the line from the last one kept to the next one kept.
  fileprivate func thinned(within tolerance: Double) -> Contour {
    guard points.count > 8 else { return self }
    let squared = tolerance * tolerance
    // A longer stretch would ask for the square of its points.
    let longest = min(points.count / 3, 256)
    var kept: [SIMD2<Double>] = [points[0]]
    var start = 0
    while start < points.count - 1 {
      var end = start + 1
      // As far as every point between stays near the line; never so far that a ring collapses.
      while end + 1 < points.count, end - start < longest,
        (start + 1...end).allSatisfy({
          SegmentPair.squaredDistance(points[$0], points[start], points[end + 1]) <= squared
        })
      {
        end += 1
      }
      kept.append(points[end])
      start = end
    }
    return kept.count >= 3 ? Contour(unchecked: kept) : self
  }
}
