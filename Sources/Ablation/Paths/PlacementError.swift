// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Foundation
internal import Quantities

/// Chances under errors of placement, reckoned on fixed nodes so that the same plan has the same figures.
enum PlacementError {
  /// Rings of equal chance and directions on each, for errors across a way.
  private static let rings = 48
  private static let spokes = 24

  /// Errors across a way, each as likely as any other: two normal errors of one standard deviation.
  static func planar(sigma: Double) -> [SIMD2<Double>] {
    (0..<rings).flatMap { ring -> [SIMD2<Double>] in
      // The middle of each ring's share of a Rayleigh distribution.
      let share = (Double(ring) + 0.5) / Double(rings)
      let radius = sigma * (-2 * log(1 - share)).squareRoot()
      return (0..<spokes).map { spoke in
        // Turned from ring to ring, so that directions do not line up.
        let angle = 2 * Double.pi * (Double(spoke) + Double(ring) * 0.381966) / Double(spokes)
        return SIMD2(cos(angle), sin(angle)) * radius
      }
    }
  }

  /// Displacements in space, each as likely as any other: three normal errors of one standard deviation.
  static func spatial(sigma: Double, shells: Int = 32, directions: Int = 48) -> [SIMD3<Double>] {
    let even = Directions.even(directions)
    return (0..<shells).flatMap { shell -> [SIMD3<Double>] in
      let radius = sigma * chi3((Double(shell) + 0.5) / Double(shells))
      let angle = Double(shell) * 2.39996
      let (c, s) = (cos(angle), sin(angle))
      return even.map { d in SIMD3(d.x * c - d.y * s, d.x * s + d.y * c, d.z) * radius }
    }
  }

  /// The length of a standard normal vector in space that this share does not exceed.
  static func chi3(_ share: Double) -> Double {
    var (low, high) = (0.0, 12.0)
    for _ in 0..<60 {
      let r = (low + high) / 2
      let below = erf(r / 2.0.squareRoot()) - (2 / Double.pi).squareRoot() * r * exp(-r * r / 2)
      if below < share { low = r } else { high = r }
    }
    return (low + high) / 2
  }

  /// The chance that a path from the skin to a tip touches nothing it must not, when the tip is missed across the way.
  ///
  /// The entry holds; the tip moves across the way with this standard deviation in each direction, and the way with it.
  static func clear(
    _ path: NeedlePath, sigma: Double, through space: NeedleSpace, _ setting: PathSearch.Setting
  ) -> Double {
    guard sigma > 0 else { return path.clearRadius > .zero ? 1 : 0 }
    let frame = Frame(axis: path.direction)
    let nodes = planar(sigma: sigma)
    let safe = path.clearRadius.millimeters
    let parts = Workers.gather(rings, into: { 0 }) { ring, count in
      for node in nodes[(ring * spokes)..<((ring + 1) * spokes)] {
        if (node * node).sum().squareRoot() < safe {
          count += 1
          continue
        }
        let tip = path.tip + frame.u * node.x + frame.v * node.y
        if !touches(from: path.entry, to: tip, space, setting) { count += 1 }
      }
    }
    return Double(parts.reduce(0, +)) / Double(nodes.count)
  }

  /// Whether a straight line comes nearer than the applicator's radius to anything it must not cross.
  static func touches(
    from entry: SIMD3<Double>, to tip: SIMD3<Double>, _ space: NeedleSpace, _ setting: PathSearch.Setting
  ) -> Bool {
    let way = tip - entry
    let length = (way * way).sum().squareRoot()
    let count = max(2, Int(length / 1.0) + 1)
    for index in 0...count {
      let point = entry + way * (Double(index) / Double(count))
      var bits = space.nearby(point) & setting.guarded
      while bits != 0 {
        let which = bits.trailingZeroBitCount
        bits &= bits - 1
        guard setting.limits[which]?.forbidsCrossing == true else { continue }
        if space.obstacles[which].value(point) < setting.request.radius { return true }
      }
    }
    return false
  }

  /// The chance that zones displaced as one still leave the margin everywhere.
  ///
  /// - Parameter needed: points the zones must hold, the lesion's surface moved outward by the margin.
  static func margin(_ zones: [Spheroid], holds needed: [SIMD3<Double>], sigma: Double) -> Double {
    guard !needed.isEmpty else { return 0 }
    let nodes = spatial(sigma: sigma)
    // The worst points first: most displacements fail on them.
    let union = ZoneUnion(zones)
    let ordered = needed.map { point in
      (point, zones.map { $0.level(point) }.min() ?? .infinity)
    }.sorted { $0.1 > $1.1 }.map(\.0)
    let parts = Workers.gather(16, into: { 0 }) { part, count in
      for index in stride(from: part, to: nodes.count, by: 16) {
        let shift = nodes[index]
        if ordered.allSatisfy({ union.contains($0 - shift) }) { count += 1 }
      }
    }
    return Double(parts.reduce(0, +)) / Double(nodes.count)
  }
}
