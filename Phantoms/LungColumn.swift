// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry

/// A lung before heart, vessels and diaphragm are cut out of it: an upright column of elliptic section that
/// closes to an apex.
///
/// LPS, millimetres.
struct LungColumn: Sendable {
  let centre: SIMD2<Double>
  /// Half axes of the section below the shoulder.
  let semiAxes: SIMD2<Double>
  /// Below this height the wall stands upright; above it the section shrinks.
  let shoulder: Double
  let apex: Double
  /// Where the column is cut off below.
  let floor: Double

  /// The column's size at a height against its full size: half an ellipsoid above the shoulder.
  func scale(at z: Double) -> Double {
    guard z > shoulder else { return 1 }
    let u = (z - shoulder) / (apex - shoulder)
    return u < 1 ? (1 - u * u).squareRoot() : 0
  }

  /// The section at a height.
  ///
  /// - Parameters:
  ///   - margin: how much longer the half axes are made; above the apex this alone remains, for the wall.
  ///   - above: how far above the apex the chest wall goes on.
  func section(at z: Double, grownBy margin: Double = 0, above: Double = 0, corners: Int) -> Region {
    guard z >= floor, z < apex + above else { return .empty }
    return Region.ellipse(centre: centre, semiAxes: semiAxes * scale(at: z) + margin, corners: corners)
  }

  /// A point of the upright wall below the shoulder, with the direction into the lung.
  ///
  /// - Parameters:
  ///   - degrees: the ellipse's parameter from +x (left) towards +y (posterior).
  ///   - z: a height at or below the shoulder.
  func pleura(degrees: Double, z: Double) -> (point: SIMD3<Double>, inward: SIMD3<Double>) {
    let angle = degrees * Double.pi / 180
    let outward = SIMD3(cos(angle) / semiAxes.x, sin(angle) / semiAxes.y, 0)
    let point = SIMD3(centre.x + semiAxes.x * cos(angle), centre.y + semiAxes.y * sin(angle), z)
    return (point, outward / -length(outward))
  }
}

/// One half of the diaphragm: an ellipsoid's upper half, drawn out towards the midline.
///
/// The dome runs on to the midline as the central tendon does; a dome that rose as an island within the
/// lung's section would be a hole there.
struct DiaphragmDome: Sendable {
  let ellipsoid: IdealEllipsoid
  /// How far the section is drawn out along x, towards the midline; negative to the patient's right.
  let reach: Double

  /// The section at a height.
  ///
  /// - Parameter depth: how far beneath the dome; organs lie a few millimetres below it.
  func section(at z: Double, below depth: Double = 0, corners: Int) throws -> Region {
    let shape = ellipsoid.grown(by: -depth)
    let t = (z - shape.centre.z) / shape.semiAxes.z
    guard t < 1 else { return .empty }
    // Beneath its widest height the dome stands upright: belly wall.
    let scale = t > 0 ? (1 - t * t).squareRoot() : 1
    return try Region.convex(
      (0..<corners).map { i in
        let angle = 2 * Double.pi * (Double(i) + 0.5) / Double(corners)
        let drawnOut = cos(angle) * reach > 0 ? reach : 0
        return SIMD2(
          shape.centre.x + drawnOut + shape.semiAxes.x * scale * cos(angle),
          shape.centre.y + shape.semiAxes.y * scale * sin(angle))
      })
  }
}
