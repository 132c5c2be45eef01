// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A stack of polygons as slabs, with the volume beyond a plane in closed form.
///
/// It clips polygons at a straight line and sums trapezoids, and shares nothing with the engine it is to test.
struct PolygonStack: Sendable {
  struct Layer: Sendable {
    /// Outer rings first to last, with +1 for area and -1 for a hole.
    let rings: [(sign: Double, points: [SIMD2<Double>])]
    let low: Double
    let high: Double
  }

  let layers: [Layer]

  /// The places of a direction: x, y or z.
  enum Axis: Int, Sendable, CaseIterable { case x, y, z }

  var volume: Double { volume(beyond: -.infinity, along: .z) }

  /// The mean place along an axis.
  func mean(along axis: Axis) -> Double {
    var (moment, sum) = (0.0, 0.0)
    for layer in layers {
      for ring in layer.rings {
        let (area, first) = Self.areaAndMoment(ring.points)
        let part = ring.sign * area * (layer.high - layer.low)
        sum += part
        switch axis {
        case .x: moment += ring.sign * first.x * (layer.high - layer.low)
        case .y: moment += ring.sign * first.y * (layer.high - layer.low)
        case .z: moment += part * (layer.low + layer.high) / 2
        }
      }
    }
    return moment / sum
  }

  /// The volume at or beyond a place along an axis.
  func volume(beyond t: Double, along axis: Axis) -> Double {
    layers.reduce(0) { sum, layer in
      let height = axis == .z ? max(0, layer.high - max(t, layer.low)) : layer.high - layer.low
      guard height > 0 else { return sum }
      return sum
        + height
        * layer.rings.reduce(0) {
          $0 + $1.sign
            * (axis == .z ? Self.areaAndMoment($1.points).area : Self.area($1.points, beyond: t, axis))
        }
    }
  }

  /// The least and the greatest place along an axis.
  func extent(along axis: Axis) -> (low: Double, high: Double) {
    if axis == .z { return (layers.map(\.low).min() ?? 0, layers.map(\.high).max() ?? 0) }
    let places = layers.flatMap { $0.rings.flatMap { $0.points.map { $0[axis.rawValue] } } }
    return (places.min() ?? 0, places.max() ?? 0)
  }

  /// The place beyond which a share of the volume lies.
  func place(beyondWhichShare share: Double, along axis: Axis) -> Double {
    let wanted = volume * share
    var (low, high) = extent(along: axis)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if volume(beyond: middle, along: axis) >= wanted { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private static func areaAndMoment(_ points: [SIMD2<Double>]) -> (area: Double, moment: SIMD2<Double>) {
    var doubled = 0.0
    var moment = SIMD2<Double>.zero
    var a = points[points.count - 1]
    for b in points {
      let cross = a.x * b.y - b.x * a.y
      doubled += cross
      moment += (a + b) * cross
      a = b
    }
    let sign = doubled < 0 ? -1.0 : 1.0
    return (sign * doubled / 2, moment * (sign / 6))
  }

  /// The area of a polygon beyond a line: each edge counts with the trapezoid between itself and the line.
  private static func area(_ points: [SIMD2<Double>], beyond t: Double, _ axis: Axis) -> Double {
    let (u, v) = axis == .x ? (0, 1) : (1, 0)
    var sum = 0.0
    var a = points[points.count - 1]
    for b in points {
      let (p, q) = (a[u] - t, b[u] - t)
      let run = b[v] - a[v]
      if p >= 0 || q >= 0 {
        if p >= 0, q >= 0 {
          sum += run * (p + q) / 2
        } else {
          // Only the part beyond the line has any height.
          let above = max(p, q)
          sum += run * above / (above - min(p, q)) * above / 2
        }
      }
      a = b
    }
    return abs(sum)
  }
}
