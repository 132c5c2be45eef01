// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Foundation
public import Quantities

/// The ablative margin at every point of a lesion's surface.
///
/// At a point within the zones it is the distance to the nearest place they do not reach; outside it is below zero: minus
/// the distance to the nearest zone.
public struct MarginMap: Sendable {
  /// Points of the surface, LPS in millimetres.
  public let points: [SIMD3<Double>]
  /// The margin at each.
  public let margins: [Double]
  /// The least of them.
  public let minimum: Length
  /// Where it is.
  public let place: SIMD3<Double>
  /// The share of the surface with at least 5 and 10 mm, in per cent.
  public let surfacePercent: (at5: Double, at10: Double)
  /// The margin that one in twenty points falls short of.
  public let fifthPercentile: Length

  init?(_ surface: LesionSurface, zones: [Spheroid]) {
    guard !zones.isEmpty, !surface.points.isEmpty else { return nil }
    let union = ZoneUnion(zones)
    let all = surface.points
    let parts = max(1, (all.count + 511) / 512)
    let found = Workers.gather(parts, into: { [(Int, [Double])]() }) { part, found in
      let range = (part * 512)..<min(all.count, (part + 1) * 512)
      found.append((part, range.map { union.margin(at: all[$0]) }))
    }
    let margins = found.joined().sorted { $0.0 < $1.0 }.flatMap(\.1)
    self.margins = margins
    points = all
    var least = 0
    for index in margins.indices where margins[index] < margins[least] { least = index }
    minimum = .millimeters(margins[least])
    place = all[least]
    func share(_ bound: Double) -> Double {
      100 * Double(margins.count { $0 >= bound - 1e-9 }) / Double(margins.count)
    }
    surfacePercent = (share(5), share(10))
    fifthPercentile = .millimeters(margins.sorted()[margins.count / 20])
  }
}

/// Several zones as one body.
struct ZoneUnion: Sendable {
  let zones: [Spheroid]
  /// Points of the zones' surfaces that no other zone covers: the union's own surface.
  private let exposed: [SIMD3<Double>]

  init(_ zones: [Spheroid]) {
    self.zones = zones
    exposed = zones.count < 2 ? [] : Self.surface(zones)
  }

  /// The union's surface, 3000 points a zone, and the seams where zones meet.
  private static func surface(_ zones: [Spheroid]) -> [SIMD3<Double>] {
    let count = 3000
    var points: [SIMD3<Double>] = []
    for (index, zone) in zones.enumerated() {
      let others = zones.indices.filter { $0 != index }.map { zones[$0] }
      let frame = Frame(axis: zone.axis)
      let surface = Directions.even(count).map { d -> SIMD3<Double> in
        zone.centre + zone.axis * (d.z * zone.along.millimeters)
          + (frame.u * d.x + frame.v * d.y) * zone.across.millimeters
      }
      points += surface.filter { p in !others.contains { $0.level(p) < 1 - 1e-9 } }
      // Seams lie deepest between zones: walk covered points back along the surface to where cover ends.
      for (a, b) in zip(surface, surface.dropFirst(Directions.stride)) {
        let (isA, isB) = (others.contains { $0.level(a) < 1 }, others.contains { $0.level(b) < 1 })
        guard isA != isB else { continue }
        var (inside, outside) = isA ? (a, b) : (b, a)
        for _ in 0..<20 {
          var middle = (inside + outside) / 2
          middle = zone.centre + (middle - zone.centre) / zone.level(middle).squareRoot()
          if others.contains(where: { $0.level(middle) < 1 }) { inside = middle } else { outside = middle }
        }
        points.append(outside)
      }
    }
    return points
  }

  func contains(_ point: SIMD3<Double>) -> Bool { zones.contains { $0.level(point) <= 1 } }

  /// The distance to the outside, or minus the distance to the zones.
  func margin(at point: SIMD3<Double>) -> Double {
    var best = -Double.infinity
    var winner = 0
    for (index, zone) in zones.enumerated() {
      let depth = -zone.signedDistance(to: point)
      if depth > best {
        best = depth
        winner = index
      }
    }
    guard best > 0, zones.count > 1 else { return best }
    // One zone's own depth is the answer where the way out does not lead into another.
    let foot = zones[winner].foot(of: point)
    if !zones.enumerated().contains(where: { $0 != winner && $1.level(foot) < 1 - 1e-9 }) { return best }
    var squared = Double.infinity
    for other in exposed {
      let offset = other - point
      squared = min(squared, (offset * offset).sum())
    }
    return max(best, squared.squareRoot())
  }
}

/// Two directions across an axis.
struct Frame: Sendable {
  let axis: SIMD3<Double>
  let u: SIMD3<Double>
  let v: SIMD3<Double>

  init(axis: SIMD3<Double>) {
    self.axis = axis
    let other: SIMD3<Double> = abs(axis.z) < 0.8 ? SIMD3(0, 0, 1) : SIMD3(1, 0, 0)
    var u = other - axis * (other * axis).sum()
    u /= (u * u).sum().squareRoot()
    self.u = u
    v = SIMD3(
      axis.y * u.z - axis.z * u.y, axis.z * u.x - axis.x * u.z, axis.x * u.y - axis.y * u.x)
  }
}

/// Directions spread evenly over the sphere.
enum Directions {
  /// Neighbours of a direction come this many later in the list.
  static let stride = 34

  /// A Fibonacci lattice; the same for the same count.
  static func even(_ count: Int) -> [SIMD3<Double>] {
    let golden = Double.pi * (3 - 5.0.squareRoot())
    return (0..<count).map { index in
      let z = 1 - (2 * Double(index) + 1) / Double(count)
      let r = max(0, 1 - z * z).squareRoot()
      let angle = golden * Double(index)
      return SIMD3(r * cos(angle), r * sin(angle), z)
    }
  }
}
