// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry
public import Quantities

extension Solid {
  /// An ellipsoid with axes along x, y and z, as a stack of planes; a ball where all axes are equal.
  ///
  /// The stack keeps the ellipsoid's volume: each plane carries the mean cross-section of its slab, drawn
  /// as an ellipse polygon of exactly that area. The surface is off by at most one spacing in z.
  ///
  /// - Parameters:
  ///   - centre: LPS in millimetres.
  ///   - axes: full axes along x, y, z, each positive.
  ///   - planes: how many planes, at least two.
  ///   - corners: corners of each ellipse, at least eight.
  /// - Throws: `SolidDefect.empty` when an axis is not positive.
  public static func ellipsoid(
    centre: SIMD3<Double>, axes: (Length, Length, Length), planes: Int = 40, corners: Int = 64
  ) throws(SolidDefect) -> Solid {
    let (a, b, c) = (axes.0.millimeters / 2, axes.1.millimeters / 2, axes.2.millimeters / 2)
    guard a > 0, b > 0, c > 0, planes >= 2, corners >= 8 else { throw .empty }
    let spacing = 2 * c / Double(planes)
    var stack: [(z: Double, region: Region)] = []
    for i in 0..<planes {
      let low = -1 + 2 * Double(i) / Double(planes)
      let high = -1 + 2 * Double(i + 1) / Double(planes)
      // Mean of 1 - t² over the slab.
      let share = 1 - (high * high + high * low + low * low) / 3
      let region = Region.ellipse(
        centre: SIMD2(centre.x, centre.y), semiAxes: SIMD2(a, b) * share.squareRoot(), corners: corners)
      stack.append((centre.z - c + (Double(i) + 0.5) * spacing, region))
    }
    return try Solid(planes: stack, endCap: .half)
  }

  /// A ball, as `ellipsoid` makes it.
  public static func ball(
    centre: SIMD3<Double>, diameter: Length, planes: Int = 40, corners: Int = 64
  ) throws(SolidDefect) -> Solid {
    try ellipsoid(centre: centre, axes: (diameter, diameter, diameter), planes: planes, corners: corners)
  }
}
