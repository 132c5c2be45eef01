// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry
internal import Quantities

/// How near each point of an organ, or one further inwards on the way to it, lies to a body.
///
/// Nodes stand in columns along the outward direction. Along a column the least distance so far is kept, and forgotten
/// where the column leaves the organ for more than `leastBreak`.
struct ColumnField: Sendable {
  /// The box that holds every column, LPS in millimetres.
  let bounds: (low: SIMD3<Double>, high: SIMD3<Double>)

  private let origin: SIMD3<Double>
  /// Across, across and along the columns, each of length one.
  private let axes: (u: SIMD3<Double>, v: SIMD3<Double>, w: SIMD3<Double>)
  private let step: Double
  private let counts: (u: Int, v: Int, w: Int)
  /// Columns one after the other, inner end first.
  private let values: [Float]

  /// Gaps in the organ shorter than this are bridged: steps between planes, clefts (a heuristic), in millimetres.
  static let leastBreak = 3.0

  /// The most nodes: 256 megabytes.
  private static let mostNodes = 1 << 26

  /// A body that is drawn outwards along one direction.
  struct Drawing {
    let body: Solid
    let container: Envelope
    /// The body's middle.
    let middle: SIMD3<Double>
    /// Of length one.
    let outward: SIMD3<Double>
    /// From the middle to the organ's surface that way, in millimetres.
    let depth: Double
  }

  /// The nodes' distances.
  ///
  /// - Parameters:
  ///   - field: the distance from the body.
  ///   - pad: how far nodes stand beyond the body, in millimetres.
  ///   - reach: beyond this distance no value is asked for, in millimetres.
  ///   - step: between nodes, in millimetres.
  /// - Returns: `nil` when the body is too large for memory.
  init?(_ field: DistanceField, of drawing: Drawing, by pad: Double, reach: Double, step: Double) {
    let across = Self.across(drawing.outward)
    axes = (across.u, across.v, drawing.outward)
    self.step = step
    var (low, high, widest) = Self.seen(drawing.body, from: drawing.middle, along: axes)
    // Columns farther from the middle than the body's corners and the margin meet nothing.
    let radius = widest.squareRoot() + reach + 2 * step
    low -= pad
    high += pad
    // Beside the middle the surface may lie farther off than there; columns that go on longer are cut.
    let end = max(high.z, drawing.depth + 3 * (high.x - low.x))
    counts = (
      Int(((high.x - low.x) / step).rounded(.up)) + 1, Int(((high.y - low.y) / step).rounded(.up)) + 1,
      Int(((end - low.z) / step).rounded(.up)) + 1
    )
    guard Double(counts.u) * Double(counts.v) * Double(counts.w) <= Double(Self.mostNodes) else { return nil }
    origin = drawing.middle + across.u * low.x + across.v * low.y + drawing.outward * low.z
    let map = OrganMap(drawing.container, around: Self.box(origin, axes, counts, step))
    let grid = Grid(origin: origin, axes: axes, counts: counts, step: step, low: low)
    let farthest: Double
    (values, farthest) = grid.values(field, within: map, radius: radius, reach: reach, tops: high.z)
    let used = (u: counts.u, v: counts.v, w: min(counts.w, Int((farthest - low.z) / step) + 3))
    bounds = Self.box(origin, axes, used, step)
  }

  /// The box around the body's contours seen along the columns, and how far from the middle they reach across, squared.
  private static func seen(
    _ body: Solid, from middle: SIMD3<Double>,
    along axes: (u: SIMD3<Double>, v: SIMD3<Double>, w: SIMD3<Double>)
  ) -> (low: SIMD3<Double>, high: SIMD3<Double>, widest: Double) {
    var low = SIMD3(repeating: Double.infinity)
    var high = -low
    var widest = 0.0
    for slab in body.slabs {
      for ring in slab.region.rings {
        for corner in ring.points {
          for z in [slab.lower, slab.upper] {
            let p = SIMD3(corner.x, corner.y, z) - middle
            let seen = SIMD3((p * axes.u).sum(), (p * axes.v).sum(), (p * axes.w).sum())
            low = pointwiseMin(low, seen)
            high = pointwiseMax(high, seen)
            widest = max(widest, seen.x * seen.x + seen.y * seen.y)
          }
        }
      }
    }
    return (low, high, widest)
  }

  /// Where the nodes stand.
  private struct Grid {
    let origin: SIMD3<Double>
    let axes: (u: SIMD3<Double>, v: SIMD3<Double>, w: SIMD3<Double>)
    let counts: (u: Int, v: Int, w: Int)
    let step: Double
    /// The first node, seen along the columns from the body's middle.
    let low: SIMD3<Double>

    /// The nodes' values, and how far out one within reach lies.
    ///
    /// - Parameters:
    ///   - radius: columns farther from the middle than this meet nothing.
    ///   - tops: above this the body's distance is not asked for.
    func values(
      _ field: DistanceField, within map: OrganMap, radius: Double, reach: Double, tops: Double
    ) -> (values: [Float], farthest: Double) {
      let (start, axes, counts, step, low) = (origin, self.axes, self.counts, self.step, self.low)
      var farthest = tops
      let values = [Float](unsafeUninitializedCapacity: counts.u * counts.v * counts.w) {
        buffer, initialized in
        initialized = counts.u * counts.v * counts.w
        buffer.initialize(repeating: WedgeField.far)
        for i in 0..<counts.u {
          for j in 0..<counts.v {
            let across = SIMD2(low.x + Double(i) * step, low.y + Double(j) * step)
            guard (across * across).sum() <= radius * radius else { continue }
            let foot = start + axes.u * (Double(i) * step) + axes.v * (Double(j) * step)
            let at = (i * counts.v + j) * counts.w
            var within = Double(WedgeField.far)
            var outside = 0.0
            for k in 0..<counts.w {
              let height = low.z + Double(k) * step
              let point = foot + axes.w * (Double(k) * step)
              let near =
                height <= tops
                ? field.millimeters(at: point, outside: Double(WedgeField.far)) : Double(WedgeField.far)
              if near <= 0 || map.contains(point) {
                outside = 0
                within = min(within, near)
                if within < reach + step { farthest = max(farthest, height) }
              } else {
                outside += step
                if outside > ColumnField.leastBreak { within = Double(WedgeField.far) }
              }
              // Just outside, the value goes on, so that what is interpolated at the surface is right.
              buffer[at + k] = Float(min(within, near))
              // Neighbours still need what lies a little beyond reach.
              if within > reach + 2 * step, height > tops { break }
            }
          }
        }
      }
      return (values, farthest)
    }
  }

  /// The value at a point, linear between nodes; `WedgeField.far` outside them.
  func value(_ point: SIMD3<Double>) -> Float {
    let p = point - origin
    let x = (p * axes.u).sum() / step
    let y = (p * axes.v).sum() / step
    let z = (p * axes.w).sum() / step
    guard x >= 0, y >= 0, z >= 0, x < Double(counts.u - 1), y < Double(counts.v - 1), z < Double(counts.w - 1)
    else { return WedgeField.far }
    let (i, j, k) = (Int(x), Int(y), Int(z))
    let (u, v, w) = (Float(x - Double(i)), Float(y - Double(j)), Float(z - Double(k)))
    let at = (i * counts.v + j) * counts.w + k
    return values.withUnsafeBufferPointer { values in
      @inline(__always) func along(_ at: Int) -> Float { values[at] + (values[at + 1] - values[at]) * w }
      let a = along(at) + (along(at + counts.w) - along(at)) * v
      let next = at + counts.v * counts.w
      let b = along(next) + (along(next + counts.w) - along(next)) * v
      return a + (b - a) * u
    }
  }

  private static func box(
    _ origin: SIMD3<Double>, _ axes: (u: SIMD3<Double>, v: SIMD3<Double>, w: SIMD3<Double>),
    _ counts: (u: Int, v: Int, w: Int), _ step: Double
  ) -> (low: SIMD3<Double>, high: SIMD3<Double>) {
    var low = SIMD3(repeating: Double.infinity)
    var high = -low
    for corner in 0..<8 {
      var p = origin
      if corner & 1 != 0 { p += axes.u * (Double(counts.u - 1) * step) }
      if corner & 2 != 0 { p += axes.v * (Double(counts.v - 1) * step) }
      if corner & 4 != 0 { p += axes.w * (Double(counts.w - 1) * step) }
      low = pointwiseMin(low, p)
      high = pointwiseMax(high, p)
    }
    return (low, high)
  }

  /// Two directions across a third, all at right angles and of length one.
  private static func across(_ w: SIMD3<Double>) -> (u: SIMD3<Double>, v: SIMD3<Double>) {
    let other = abs(w.x) < 0.6 ? SIMD3(1.0, 0, 0) : SIMD3(0, 1.0, 0)
    let raw = other - w * (other * w).sum()
    let u = raw / (raw * raw).sum().squareRoot()
    return (u, SIMD3(w.y * u.z - w.z * u.y, w.z * u.x - w.x * u.z, w.x * u.y - w.y * u.x))
  }
}
