// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Which open lines of an ROI are rings whose last side was not drawn.
enum OpenRings {
  /// Whether the ends of a line (nearly) meet, so that closing it encloses an area: the side that closes it is no
  /// longer than its longest one, or short beside the whole.
  ///
  /// So a square drawn by its four corners is a ring, a bent wire is none.
  static func closes(_ points: [SIMD3<Double>]) -> Bool {
    guard points.count > 2, let first = points.first, let last = points.last,
      points.allSatisfy({ abs($0.z - first.z) <= RTStructureSet.planeToleranceMM })
    else { return false }
    var longest = 0.0
    var drawn = 0.0
    for (a, b) in zip(points, points.dropFirst()) {
      longest = max(longest, length(b - a))
      drawn += length(b - a)
    }
    let gap = length(first - last)
    guard gap <= longest * (1 + roundingShare) || (gap <= shortGapMM && gap <= drawn * shortShare) else {
      return false
    }
    var doubled = 0.0
    for (a, b) in zip(points, points.dropFirst() + [first]) { doubled += a.x * b.y - b.x * a.y }
    return abs(doubled) / 2 > leastShare * longest * longest
  }

  /// How much longer the closing side may be than the longest: coordinates are rounded to text.
  private static let roundingShare = 0.01
  /// Ends this near, in millimetres, and this near beside the line's length, meet (heuristic).
  private static let shortGapMM = 2.0
  private static let shortShare = 0.1
  /// An area of less than this share of the longest side's square is a line there and back.
  private static let leastShare = 0.01

  private static func length(_ v: SIMD3<Double>) -> Double { (v * v).sum().squareRoot() }
}
