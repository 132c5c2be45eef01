// SPDX-License-Identifier: Apache-2.0
public import Anatomy
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// Margins around spheres, as Eaton and Alty 2017 (BJR 90:20170633) asked of planning systems.
///
/// Spheres of 2 to 10 mm radius on planes 1 mm apart, at several phases against the planes, grown by 1 to 5 mm;
/// the truth is 4/3·π·(r + m)³, and every point of the new surface r + m from the centre.
public enum MarginSpheres {
  /// One sphere, margin and phase.
  public struct Outcome: Sendable {
    /// The sphere's radius in millimetres.
    public let radius: Double
    /// The half axes of the margin in millimetres.
    public let margin: SIMD3<Double>
    /// Volume over truth, less one, in per cent.
    public let volumeErrorPercent: Double
    /// The share of the surface's corners that lie within 0.1 mm of the true distance.
    public let cornersWithinTenthMM: Double
    /// The surface's corners, for pooling.
    public let corners: Int
  }

  /// The phases of the sphere's centre against the planes, in planes.
  public static let phases = stride(from: 0.0, to: 1, by: 0.1).map { $0 }
  /// The radii in millimetres.
  public static let radii = [2.0, 3, 4, 5, 7, 10]
  /// The margins in millimetres.
  public static let margins = [1.0, 2, 3, 4, 5]

  /// The sphere contoured on planes 1 mm apart: exact circles as polygons of 128 corners of the same area.
  public static func sphere(radius: Double, phase: Double) throws -> Solid {
    var planes: [(z: Double, region: Region)] = []
    for k in -Int(radius + 2)...Int(radius + 2) {
      let z = Double(k) + phase
      let section = radius * radius - z * z
      guard section > 0 else { continue }
      planes.append(
        (
          z,
          Region.ellipse(
            centre: SIMD2(0.13, -0.21), semiAxes: SIMD2(repeating: section.squareRoot()), corners: 128)
        ))
    }
    return try Solid(planes: planes, endCap: .half, singlePlaneThickness: .millimeters(1))
  }

  /// One outcome.
  ///
  /// - Parameters:
  ///   - radius: the sphere's.
  ///   - axes: the margin's half axes; for a ball all three alike.
  ///   - phase: the centre's place between planes, 0…1.
  public static func outcome(radius: Double, axes: SIMD3<Double>, phase: Double) throws -> Outcome? {
    guard
      let margin = Margin(x: .millimeters(axes.x), y: .millimeters(axes.y), z: .millimeters(axes.z)),
      let grown = try sphere(radius: radius, phase: phase).expanded(by: margin)
    else { return nil }
    let isBall = axes == SIMD3(repeating: axes.x)
    // A sphere grown by an ellipsoid is no ellipsoid: its volume follows from support functions, below.
    let truth = isBall ? 4 / 3 * Double.pi * pow(radius + axes.x, 3) : grownVolume(radius, axes)
    var within = 0
    var corners = 0
    for slab in grown.slabs {
      for ring in slab.region.rings {
        for point in ring.points {
          let place = SIMD3(point.x - 0.13, point.y + 0.21, slab.z)
          let error = surfaceError(place, radius, axes)
          corners += 1
          if abs(error) <= 0.1 { within += 1 }
        }
      }
    }
    return Outcome(
      radius: radius, margin: axes,
      volumeErrorPercent: 100 * (grown.volume.cubicMillimeters / truth - 1),
      cornersWithinTenthMM: corners > 0 ? Double(within) / Double(corners) : 0, corners: corners)
  }

  /// The volume of a ball grown by an ellipsoid, by Steiner's formula for mixed volumes.
  ///
  /// V = V(E) + r·S(E) + r²·M(E) + 4/3·π·r³ with the ellipsoid's surface S and its integral of mean curvature M,
  /// both by quadrature over directions.
  static func grownVolume(_ r: Double, _ axes: SIMD3<Double>) -> Double {
    // h is the ellipsoid's support function; M = ∫ h dω, and S = ∫ over its own surface.
    let steps = 400
    var meanCurvature = 0.0
    var surface = 0.0
    for i in 0..<steps {
      let cosine = -1 + 2 * (Double(i) + 0.5) / Double(steps)
      let sine = (1 - cosine * cosine).squareRoot()
      for j in 0..<steps {
        let angle = 2 * Double.pi * (Double(j) + 0.5) / Double(steps)
        let n = SIMD3(sine * cos(angle), sine * sin(angle), cosine)
        let weight = 4 * Double.pi / Double(steps * steps)
        meanCurvature += ((axes * n) * (axes * n)).sum().squareRoot() * weight
        // The unit sphere's point n lies at axes·n; its area grows by abc·|n/axes|.
        let stretch = n / axes
        surface += axes.x * axes.y * axes.z * (stretch * stretch).sum().squareRoot() * weight
      }
    }
    return 4 / 3 * Double.pi * (axes.x * axes.y * axes.z + r * r * r) + r * surface + r * r * meanCurvature
  }

  /// How far a point lies outside the grown sphere, approximately: the greatest excess over all directions of
  /// n·p over the support function r + |axes·n|.
  static func surfaceError(_ p: SIMD3<Double>, _ r: Double, _ axes: SIMD3<Double>) -> Double {
    if axes == SIMD3(repeating: axes.x) { return (p * p).sum().squareRoot() - r - axes.x }
    var n = p / (axes + r)
    n /= (n * n).sum().squareRoot()
    // The excess is concave around its greatest value; a few projected gradient steps find it.
    func excess(_ n: SIMD3<Double>) -> Double {
      (n * p).sum() - r - ((axes * n) * (axes * n)).sum().squareRoot()
    }
    var best = excess(n)
    var step = 0.3
    while step > 1e-4 {
      let slope = p - axes * axes * n / ((axes * n) * (axes * n)).sum().squareRoot()
      var next = n + slope * step / (p * p).sum().squareRoot()
      next /= (next * next).sum().squareRoot()
      let value = excess(next)
      if value > best {
        best = value
        n = next
      } else {
        step /= 2
      }
    }
    return best
  }
}
