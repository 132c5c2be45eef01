// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry

/// A straight tube with round ends (a capsule), as it is before it is drawn on planes.
///
/// LPS, millimetres.
struct IdealCapsule: Sendable {
  let start: SIMD3<Double>
  let end: SIMD3<Double>
  let radius: Double

  /// The distance from a point outside to the tube's surface; negative inside.
  func distance(from point: SIMD3<Double>) -> Double {
    let axis = end - start
    let squared = (axis * axis).sum()
    let along = squared > 0 ? min(1, max(0, ((point - start) * axis).sum() / squared)) : 0
    return length(point - start - axis * along) - radius
  }

  /// The section at a height, its corners on the tube's surface; empty above and below.
  ///
  /// A capsule is the union of balls along its axis and convex, so its section is the union of discs and
  /// convex too. For every direction the farthest disc is found in closed form, which gives the point where a
  /// line of that direction touches.
  func section(at z: Double, corners: Int) throws -> Region {
    let axis = end - start
    // Heights of the disc's ball centre against the plane, u = 0 where the axis pierces the plane.
    let low = max(-radius, min(start.z, end.z) - z)
    let high = min(radius, max(start.z, end.z) - z)
    guard low < high || (axis.z == 0 && abs(start.z - z) < radius) else { return .empty }
    return try Region.convex(
      (0..<corners).map { i in
        let angle = 2 * Double.pi * (Double(i) + 0.5) / Double(corners)
        let normal = SIMD2(cos(angle), sin(angle))
        let climb = axis.x * normal.x + axis.y * normal.y
        let u: Double
        let along: Double
        if axis.z == 0 {
          u = start.z - z
          along = climb > 0 ? 1 : 0
        } else {
          // Farthest in the direction: u k + √(r² - u²) is greatest at u = r k / √(1 + k²).
          let k = climb / axis.z
          u = min(high, max(low, radius * k / (1 + k * k).squareRoot()))
          along = (z + u - start.z) / axis.z
        }
        let reach = max(0, radius * radius - u * u).squareRoot()
        let centre = start + axis * along
        return SIMD2(centre.x, centre.y) + normal * reach
      })
  }
}

/// A bent or branching tube: capsules that overlap at their ends.
///
/// LPS, millimetres.
struct IdealTube: Sendable {
  let capsules: [IdealCapsule]

  /// A tube through points in order.
  init(through points: [SIMD3<Double>], radius: Double) {
    capsules = zip(points, points.dropFirst()).map { IdealCapsule(start: $0, end: $1, radius: radius) }
  }

  /// Several tubes as one.
  init(_ tubes: [IdealTube]) { capsules = tubes.flatMap(\.capsules) }

  /// The tube with a radius larger by this much.
  func grown(by margin: Double) -> IdealTube {
    IdealTube(capsules: capsules.map { .init(start: $0.start, end: $0.end, radius: $0.radius + margin) })
  }

  private init(capsules: [IdealCapsule]) { self.capsules = capsules }

  /// The distance from a point outside to the nearest surface; negative inside.
  func distance(from point: SIMD3<Double>) -> Double {
    capsules.map { $0.distance(from: point) }.min() ?? .infinity
  }

  /// The tube drawn on planes: its section at each plane's height.
  func drawing(on planes: AxialPlanes, corners: Int = 32) throws -> OrganDrawing {
    try OrganDrawing(on: planes) { z in
      var sum = Region.empty
      for capsule in capsules { sum = try sum.union(try capsule.section(at: z, corners: corners)) }
      return sum
    }
  }
}
