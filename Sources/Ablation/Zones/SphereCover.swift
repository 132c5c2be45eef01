// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Equal balls that cover a larger ball: the layouts known in closed form or as best spherical coverings.
///
/// Outer balls lie on a sphere around the middle; each covers a cap of half angle θ of the larger ball's surface. With
/// their middles at r·cot θ the largest covered ball has the radius r / sin θ. Up to θ = 45° they also cover the middle;
/// below, one more ball is put there. 4, 6 and 12 are the Platonic
/// solids, 5 and 7 bipyramids, 8 a snub disphenoid of 48.14° (Hardin, Sloane, Smith: spherical coverings).
public struct SphereCover: Sendable, Hashable {
  /// Middles of the balls for balls of radius one around the origin; the first direction is +z.
  public let centres: [SIMD3<Double>]
  /// The radius of the largest ball they cover together.
  public let reach: Double

  /// The layout that covers most with at most this many balls, at least one.
  public static func best(count: Int) -> SphereCover {
    var best = SphereCover(centres: [.zero], reach: 1)
    for cover in layouts where cover.centres.count <= count && cover.reach > best.reach { best = cover }
    return best
  }

  /// The layout with fewest balls of radius one that covers a ball of this radius; `nil` beyond the known ones.
  public static func fewest(covering radius: Double) -> SphereCover? {
    if radius <= 1 { return SphereCover(centres: [.zero], reach: 1) }
    return layouts.filter { $0.reach >= radius }.min { $0.centres.count < $1.centres.count }
  }

  /// From four balls on; two or three equal balls cover no larger ball than one.
  static let layouts: [SphereCover] = [
    cover(tetrahedron), cover(bipyramid(3)), cover(octahedron), cover(bipyramid(5)), cover(disphenoid),
    cover(icosahedron),
  ]

  /// The layout of outer directions: θ is the farthest any direction lies from the nearest of them.
  ///
  /// That farthest direction is a corner of the directions' Voronoi cells: a point equally far from three of them.
  private static func cover(_ directions: [SIMD3<Double>]) -> SphereCover {
    var least = 1.0
    for i in directions.indices {
      for j in directions.indices where j > i {
        for k in directions.indices where k > j {
          let normal = cross(directions[j] - directions[i], directions[k] - directions[i])
          let size = (normal * normal).sum().squareRoot()
          guard size > 1e-9 else { continue }
          for corner in [normal / size, -normal / size] {
            let near = directions.map { ($0 * corner).sum() }.max() ?? 1
            // A corner only where no other direction is nearer than these three.
            if near <= (directions[i] * corner).sum() + 1e-9 { least = min(least, near) }
          }
        }
      }
    }
    let sine = (1 - least * least).squareRoot()
    let offset = least / sine
    let centres = directions.map { $0 * offset }
    return SphereCover(centres: (offset > 1 ? [.zero] : []) + centres, reach: 1 / sine)
  }

  private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }

  private static func ring(_ count: Int, z: Double, turned: Double = 0) -> [SIMD3<Double>] {
    let r = (1 - z * z).squareRoot()
    return (0..<count).map { index in
      let angle = turned + 2 * Double.pi * Double(index) / Double(count)
      return SIMD3(r * cos(angle), r * sin(angle), z)
    }
  }

  private static let tetrahedron = [SIMD3<Double>(0, 0, 1)] + ring(3, z: -1 / 3)
  private static let octahedron = [SIMD3<Double>(0, 0, 1), SIMD3<Double>(0, 0, -1)] + ring(4, z: 0)
  private static func bipyramid(_ count: Int) -> [SIMD3<Double>] {
    [SIMD3(0, 0, 1), SIMD3(0, 0, -1)] + ring(count, z: 0)
  }
  private static var icosahedron: [SIMD3<Double>] {
    let z = 1 / 5.0.squareRoot()
    return [SIMD3(0, 0, 1), SIMD3(0, 0, -1)] + ring(5, z: z) + ring(5, z: -z, turned: Double.pi / 5)
  }
  /// The snub disphenoid that covers best: two fours of directions, each turned onto itself by the same quarter turns.
  ///
  /// The two angles are found by golden section, one within the other.
  private static var disphenoid: [SIMD3<Double>] {
    func directions(_ a: Double, _ b: Double) -> [SIMD3<Double>] {
      let (p, q) = ((sin(a), cos(a)), (sin(b), cos(b)))
      return [
        SIMD3(p.0, 0, p.1), SIMD3(-p.0, 0, p.1), SIMD3(0, p.0, -p.1), SIMD3(0, -p.0, -p.1),
        SIMD3(0, q.0, q.1), SIMD3(0, -q.0, q.1), SIMD3(q.0, 0, -q.1), SIMD3(-q.0, 0, -q.1),
      ]
    }
    func inner(_ b: Double) -> Double {
      greatest(0.4, 1) { cover(directions($0, b)).reach }
    }
    let b = greatest(1.1, 1.56) { cover(directions(inner($0), $0)).reach }
    return directions(inner(b), b)
  }

  /// Where a function with one summit is greatest, by golden section.
  private static func greatest(_ low: Double, _ high: Double, _ value: (Double) -> Double) -> Double {
    let golden = (5.0.squareRoot() - 1) / 2
    var (low, high) = (low, high)
    var (a, b) = (high - golden * (high - low), low + golden * (high - low))
    var (atA, atB) = (value(a), value(b))
    for _ in 0..<46 {
      if atA > atB {
        (high, b, atB) = (b, a, atA)
        a = high - golden * (high - low)
        atA = value(a)
      } else {
        (low, a, atA) = (a, b, atB)
        b = low + golden * (high - low)
        atB = value(b)
      }
    }
    return (low + high) / 2
  }
}
