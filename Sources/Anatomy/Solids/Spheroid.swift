// SPDX-License-Identifier: Apache-2.0
internal import Foundation
package import PlanarGeometry
public import Quantities

/// An ellipsoid of revolution: one axis, two equal ones across it.
///
/// LPS in millimetres. It may be long (prolate), flat (oblate) or a ball.
public struct Spheroid: Sendable, Hashable {
  /// The middle.
  public let centre: SIMD3<Double>
  /// The axis of revolution, of length one.
  public let axis: SIMD3<Double>
  /// The half axis along it.
  public let along: Length
  /// The half axis across it.
  public let across: Length

  /// A spheroid; `nil` for half axes that are not above zero, an axis without direction, or anything not finite.
  public init?(centre: SIMD3<Double>, axis: SIMD3<Double>, along: Length, across: Length) {
    let size = (axis * axis).sum().squareRoot()
    guard along > .zero, across > .zero, along.millimeters.isFinite, across.millimeters.isFinite, size > 0,
      size.isFinite, centre.x.isFinite, centre.y.isFinite, centre.z.isFinite
    else { return nil }
    self.centre = centre
    self.axis = axis / size
    self.along = along
    self.across = across
  }

  /// The volume, in closed form.
  public var volume: Volume {
    let (a, b) = (along.millimeters, across.millimeters)
    return .cubicCentimeters(4 / 3 * Double.pi * a * b * b / 1000)
  }

  /// Half the height in z.
  public var halfHeight: Double {
    let (a, b) = (along.millimeters, across.millimeters)
    return (a * a * axis.z * axis.z + b * b * (1 - axis.z * axis.z)).squareRoot()
  }

  /// Where a point lies, seen from the middle: along the axis and across it.
  private func place(_ point: SIMD3<Double>) -> (u: Double, v: Double) {
    let offset = point - centre
    let u = (offset * axis).sum()
    return (u, max(0, (offset * offset).sum() - u * u).squareRoot())
  }

  /// Whether a point lies inside or on the surface.
  public func contains(_ point: SIMD3<Double>) -> Bool { level(point) <= 1 }

  /// One on the surface, less inside, more outside.
  package func level(_ point: SIMD3<Double>) -> Double {
    let (u, v) = place(point)
    let (x, y) = (u / along.millimeters, v / across.millimeters)
    return x * x + y * y
  }

  /// The distance of a point to the surface, below zero inside; in millimetres, exact.
  public func signedDistance(to point: SIMD3<Double>) -> Double {
    let (u, v) = place(point)
    let near = Self.nearest(abs(u), v, along.millimeters, across.millimeters)
    let distance = ((abs(u) - near.u) * (abs(u) - near.u) + (v - near.v) * (v - near.v)).squareRoot()
    return level(point) <= 1 ? -distance : distance
  }

  /// The nearest point of the surface.
  package func foot(of point: SIMD3<Double>) -> SIMD3<Double> {
    let (u, v) = place(point)
    let near = Self.nearest(abs(u), v, along.millimeters, across.millimeters)
    let offset = point - centre
    var radial = offset - axis * u
    let size = (radial * radial).sum().squareRoot()
    radial = size > 1e-12 ? radial / size : anyPerpendicular
    return centre + axis * (u < 0 ? -near.u : near.u) + radial * near.v
  }

  private var anyPerpendicular: SIMD3<Double> {
    let other: SIMD3<Double> = abs(axis.x) < 0.6 ? SIMD3(1, 0, 0) : SIMD3(0, 1, 0)
    let across = other - axis * (other * axis).sum()
    return across / (across * across).sum().squareRoot()
  }

  /// The nearest point of the quarter ellipse (u ≥ 0, v ≥ 0) with half axes a along u and b along v.
  ///
  /// Bisection on the Lagrange multiplier of the nearest point; it is monotone, so this always ends at the answer.
  private static func nearest(_ u: Double, _ v: Double, _ a: Double, _ b: Double) -> (u: Double, v: Double) {
    // The longer axis first.
    if a < b {
      let swapped = nearest(v, u, b, a)
      return (swapped.v, swapped.u)
    }
    if v <= 0 {
      // On the long axis: near the middle the nearest point lies off it.
      let reach = a * a - b * b
      if a * u < reach {
        let x = a * a * u / reach
        return (x, b * max(0, 1 - x * x / (a * a)).squareRoot())
      }
      return (a, 0)
    }
    if u <= 0 { return (0, b) }
    var low = -b * b + b * v
    var high = -b * b + (a * a * u * u + b * b * v * v).squareRoot()
    var t = (low + high) / 2
    for _ in 0..<60 {
      let x = a * u / (t + a * a)
      let y = b * v / (t + b * b)
      let excess = x * x + y * y - 1
      if excess > 0 { low = t } else { high = t }
      // Newton's step where it stays between the bounds, else halve.
      let slope = -2 * (x * x / (t + a * a) + y * y / (t + b * b))
      let newton = t - excess / slope
      let next = newton > low && newton < high ? newton : (low + high) / 2
      if abs(next - t) <= 1e-12 * (1 + abs(next)) { break }
      t = next
    }
    return (a * a * u / (t + a * a), b * b * v / (t + b * b))
  }

  /// The spheroid in the axial plane at a height; `nil` where it does not reach.
  package func section(at z: Double, corners: Int = 64) -> Region? {
    let (a, b) = (along.millimeters, across.millimeters)
    let dz = z - centre.z
    let (inA, inB) = (1 / (a * a), 1 / (b * b))
    let d = inA - inB
    // (x − c)ᵀ (inB·I + d·uuᵀ) (x − c) = 1 with z fixed is an ellipse in x and y.
    let (mxx, mxy, myy) = (inB + d * axis.x * axis.x, d * axis.x * axis.y, inB + d * axis.y * axis.y)
    let (mxz, myz, mzz) = (d * axis.x * axis.z, d * axis.y * axis.z, inB + d * axis.z * axis.z)
    let determinant = mxx * myy - mxy * mxy
    let shift = SIMD2(
      -(myy * mxz - mxy * myz) * dz / determinant, -(mxx * myz - mxy * mxz) * dz / determinant)
    let rest = 1 - mzz * dz * dz - (mxz * shift.x + myz * shift.y) * dz
    guard rest > 1e-9 else { return nil }
    let mean = (mxx + myy) / 2
    let spread = (((mxx - myy) / 2) * ((mxx - myy) / 2) + mxy * mxy).squareRoot()
    let angle = spread > 1e-15 ? 0.5 * atan2(2 * mxy, mxx - myy) : 0
    let (long, short) = ((rest / (mean + spread)).squareRoot(), (rest / (mean - spread)).squareRoot())
    let (cosine, sine) = (cos(angle), sin(angle))
    let middle = SIMD2(centre.x, centre.y) + shift
    // Corners a little outside, so that the polygon has the ellipse's area.
    let step = 2 * Double.pi / Double(corners)
    let swell = (step / sin(step)).squareRoot()
    let ring = (0..<corners).map { i -> SIMD2<Double> in
      let t = Double(i) * step
      let (p, q) = (long * swell * cos(t), short * swell * sin(t))
      return middle + SIMD2(p * cosine - q * sine, p * sine + q * cosine)
    }
    return (try? Contour(ring)).map { Region(nesting: [$0]) }
  }
}

extension Solid {
  /// The union of spheroids as a stack of planes.
  ///
  /// - Parameter spacing: the distance of planes, above zero.
  /// - Throws: `SolidDefect` when there is none, errors of geometry.
  public init(unionOf spheroids: [Spheroid], spacing: Length = .millimeters(1)) throws {
    let step = spacing.millimeters
    let low = spheroids.map { $0.centre.z - $0.halfHeight }.min() ?? 0
    let high = spheroids.map { $0.centre.z + $0.halfHeight }.max() ?? 0
    let count = max(2, Int(((high - low) / step).rounded()))
    let height = (high - low) / Double(count)
    var planes: [(z: Double, region: Region)] = []
    for index in 0..<count {
      let z = low + (Double(index) + 0.5) * height
      var region = Region.empty
      for section in spheroids.compactMap({ $0.section(at: z) }) {
        region = region.isEmpty ? section : try region.union(section)
      }
      planes.append((z, region))
    }
    try self.init(planes: planes, endCap: .half)
  }
}
