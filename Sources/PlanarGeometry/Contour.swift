// SPDX-License-Identifier: Apache-2.0
/// What is wrong with a ring of points.
public enum ContourDefect: Error, Sendable, Hashable {
  /// A coordinate is NaN or infinite; the index of the point.
  case notFinite(index: Int)
  /// Fewer than three distinct points remain.
  case tooFewPoints(distinct: Int)
}

/// A closed ring in one plane: at least three distinct, finite points, stored without the closing repeat.
///
/// Coordinates are x, y in millimetres of the patient frame (DICOM LPS). A contour may cross itself;
/// `Region` makes it valid. Consecutive repeats are dropped when the ring is made.
public struct Contour: Sendable, Hashable {
  /// The points in drawing order, the first not repeated at the end.
  public let points: [SIMD2<Double>]

  /// A ring of these points.
  ///
  /// - Parameter points: x, y in millimetres, open or closed.
  /// - Throws: `ContourDefect` for a non-finite coordinate or fewer than three distinct points.
  public init(_ points: [SIMD2<Double>]) throws(ContourDefect) {
    var ring: [SIMD2<Double>] = []
    ring.reserveCapacity(points.count)
    for (index, point) in points.enumerated() {
      guard point.x.isFinite, point.y.isFinite else { throw .notFinite(index: index) }
      if ring.last != point { ring.append(point) }
    }
    while ring.count > 1, ring.first == ring.last { ring.removeLast() }
    let distinct = ring.count < 8 ? Set(ring).count : ring.count
    guard ring.count >= 3, distinct >= 3 else { throw .tooFewPoints(distinct: min(distinct, ring.count)) }
    self.points = ring
  }

  /// A ring already known to hold three or more finite, distinct points.
  init(unchecked points: [SIMD2<Double>]) { self.points = points }

  /// Twice the signed area: positive when the ring runs from x towards y.
  ///
  /// The first point is subtracted from all, which keeps rounding small far from the origin.
  package var doubledSignedArea: Double {
    let origin = points[0]
    var sum = 0.0
    for i in points.indices {
      let a = points[i] - origin
      let b = points[i + 1 == points.count ? 0 : i + 1] - origin
      sum += a.x * b.y - b.x * a.y
    }
    return sum
  }

  /// The ring starting at its least point, running with positive area: equal for equal curves.
  public var canonical: Contour {
    let oriented = doubledSignedArea < 0 ? points.reversed() : points
    var least = 0
    for i in oriented.indices where Self.precedes(oriented[i], oriented[least]) { least = i }
    return Contour(unchecked: Array(oriented[least...] + oriented[..<least]))
  }

  private static func precedes(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Bool {
    a.x < b.x || (a.x == b.x && a.y < b.y)
  }
}
