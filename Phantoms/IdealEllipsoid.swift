// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry

/// An ellipsoid with axes along x, y and z, as it is before it is drawn on planes.
///
/// LPS, millimetres.
struct IdealEllipsoid: Sendable {
  let centre: SIMD3<Double>
  /// Half axes.
  let semiAxes: SIMD3<Double>

  init(centre: SIMD3<Double>, semiAxes: SIMD3<Double>) {
    self.centre = centre
    self.semiAxes = semiAxes
  }

  /// A ball.
  init(centre: SIMD3<Double>, diameter: Double) {
    self.init(centre: centre, semiAxes: SIMD3(repeating: diameter / 2))
  }

  /// The ellipsoid with every half axis longer by this much; near to, but not quite, a parallel surface.
  func grown(by margin: Double) -> IdealEllipsoid {
    IdealEllipsoid(centre: centre, semiAxes: semiAxes + margin)
  }

  /// The volume in cubic millimetres.
  var volume: Double { 4 / 3 * Double.pi * semiAxes.x * semiAxes.y * semiAxes.z }

  /// The section at a height; empty above and below.
  func section(at z: Double, corners: Int) -> Region {
    let t = (z - centre.z) / semiAxes.z
    guard abs(t) < 1 else { return .empty }
    return ellipse(share: 1 - t * t, corners: corners)
  }

  /// The ellipsoid drawn on planes so that its volume is kept exactly.
  ///
  /// Each plane carries the mean cross-section of its slab. Where the ellipsoid reaches past its last plane's
  /// slab, by less than half a spacing, that rest is added to the last slab: so the height of the drawing is
  /// off by at most half a spacing at either end.
  func drawing(on planes: AxialPlanes, corners: Int) -> OrganDrawing {
    let within = planes.positions.filter { abs($0 - centre.z) < semiAxes.z }
    let half = planes.spacing / 2
    return OrganDrawing(on: planes) { z in
      guard abs(z - centre.z) < semiAxes.z else { return .empty }
      let low = z == within.first ? -1 : (z - half - centre.z) / semiAxes.z
      let high = z == within.last ? 1 : (z + half - centre.z) / semiAxes.z
      // The integral of 1 - t² over the slab, as a share of the slab's height.
      let integral = (high - high * high * high / 3) - (low - low * low * low / 3)
      return ellipse(share: integral * semiAxes.z / planes.spacing, corners: corners)
    }
  }

  /// The surface point in a direction, with the surface's outward normal there.
  ///
  /// - Parameter toward: the direction once the ellipsoid is squeezed to a ball; of any length but zero.
  func surfacePoint(toward: SIMD3<Double>) -> (point: SIMD3<Double>, normal: SIMD3<Double>) {
    let unit = toward / length(toward)
    let normal = unit / semiAxes
    return (centre + semiAxes * unit, normal / length(normal))
  }

  private func ellipse(share: Double, corners: Int) -> Region {
    Region.ellipse(
      centre: SIMD2(centre.x, centre.y),
      semiAxes: SIMD2(semiAxes.x, semiAxes.y) * max(0, share).squareRoot(), corners: corners)
  }
}

/// The length of a vector.
func length(_ v: SIMD3<Double>) -> Double { (v * v).sum().squareRoot() }
