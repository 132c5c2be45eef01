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

  init?(
    _ field: DistanceField, around body: Solid, by pad: Double, middle: SIMD3<Double>,
    outward: SIMD3<Double>, container: Envelope, depth: Double, reach: Double, step: Double
  ) {
    let across = Self.across(outward)
    axes = (across.u, across.v, outward)
    self.step = step
    // The body's contours seen along the columns.
    var low = SIMD3(repeating: Double.infinity)
    var high = -low
    var widest = 0.0
    for slab in body.slabs {
      for ring in slab.region.rings {
        for corner in ring.points {
          for z in [slab.lower, slab.upper] {
            let p = SIMD3(corner.x, corner.y, z) - middle
            let seen = SIMD3((p * across.u).sum(), (p * across.v).sum(), (p * outward).sum())
            low = pointwiseMin(low, seen)
            high = pointwiseMax(high, seen)
            widest = max(widest, seen.x * seen.x + seen.y * seen.y)
          }
        }
      }
    }
    // Columns farther from the middle than the body's corners and the margin meet nothing.
    let radius = widest.squareRoot() + reach + 2 * step
    low -= pad
    high += pad
    // Beside the middle the surface may lie farther off than there; columns that go on longer are cut.
    let end = max(high.z, depth + 3 * (high.x - low.x))
    counts = (
      Int(((high.x - low.x) / step).rounded(.up)) + 1, Int(((high.y - low.y) / step).rounded(.up)) + 1,
      Int(((end - low.z) / step).rounded(.up)) + 1
    )
    guard Double(counts.u) * Double(counts.v) * Double(counts.w) <= Double(Self.mostNodes) else { return nil }
    origin = middle + across.u * low.x + across.v * low.y + outward * low.z
    let tops = high.z
    let (start, axes, counts) = (origin, self.axes, self.counts)
    let map = OrganMap(container, around: Self.box(start, axes, counts, step))
    var farthest = tops
    values = [Float](unsafeUninitializedCapacity: counts.u * counts.v * counts.w) { buffer, initialized in
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
              if outside > Self.leastBreak { within = Double(WedgeField.far) }
            }
            // Just outside, the value goes on, so that what is interpolated at the surface is right.
            buffer[at + k] = Float(min(within, near))
            // Neighbours still need what lies a little beyond reach.
            if within > reach + 2 * step, height > tops { break }
          }
        }
      }
    }
    let used = (u: counts.u, v: counts.v, w: min(counts.w, Int((farthest - low.z) / step) + 3))
    bounds = Self.box(start, axes, used, step)
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

/// Which points of a box lie in an organ, to within half a cell: for walking through it quickly.
struct OrganMap: Sendable {
  private let origin: SIMD2<Double>
  private let columns: Int
  private let rows: Int
  private let cells: [Bool]
  /// Which slab stands for each half millimetre of height; −1 for none.
  private let levels: [Int32]
  private let bottom: Double

  /// The side of a cell, in millimetres.
  private static let side = 0.75
  private static let height = 0.5

  init(_ container: Envelope, around wanted: (low: SIMD3<Double>, high: SIMD3<Double>)) {
    var (low, high) = (SIMD3(repeating: Double.infinity), SIMD3(repeating: -Double.infinity))
    for slab in container.slabs where slab.upper > wanted.low.z && slab.lower < wanted.high.z {
      guard let bounds = slab.region.bounds else { continue }
      low = pointwiseMin(low, SIMD3(bounds.low.x, bounds.low.y, slab.lower))
      high = pointwiseMax(high, SIMD3(bounds.high.x, bounds.high.y, slab.upper))
    }
    let box = (low: pointwiseMax(wanted.low, low), high: pointwiseMin(wanted.high, high))
    guard all(box.low .< box.high) else {
      (origin, columns, rows, cells, levels, bottom) = (.zero, 0, 0, [], [], 0)
      return
    }
    origin = SIMD2(box.low.x, box.low.y)
    bottom = box.low.z
    columns = Int(((box.high.x - box.low.x) / Self.side).rounded(.up)) + 1
    rows = Int(((box.high.y - box.low.y) / Self.side).rounded(.up)) + 1
    let slabs = container.slabs.filter { $0.upper > box.low.z && $0.lower < box.high.z }
    let count = Int(((box.high.z - box.low.z) / Self.height).rounded(.up)) + 1
    levels = (0..<count).map { index in
      let z = box.low.z + (Double(index) + 0.5) * Self.height
      return Int32(slabs.firstIndex { $0.lower <= z && z < $0.upper } ?? -1)
    }
    var cells = [Bool](repeating: false, count: slabs.count * columns * rows)
    for (level, slab) in slabs.enumerated() {
      let lines = slab.region.crossings(
        ofRows: 0...(rows - 1), origin: box.low.y + Self.side / 2, spacing: Self.side)
      for (row, line) in lines.enumerated() {
        let at = (level * rows + row) * columns
        for pair in stride(from: 0, to: line.count - 1, by: 2) {
          let first = max(0, Int(((line[pair] - box.low.x) / Self.side - 0.5).rounded(.up)))
          let last = min(columns - 1, Int(((line[pair + 1] - box.low.x) / Self.side - 0.5).rounded(.down)))
          if first <= last { for column in first...last { cells[at + column] = true } }
        }
      }
    }
    self.cells = cells
  }

  func contains(_ point: SIMD3<Double>) -> Bool {
    let x = (point.x - origin.x) / Self.side
    let y = (point.y - origin.y) / Self.side
    let z = (point.z - bottom) / Self.height
    guard x >= 0, y >= 0, z >= 0, x < Double(columns), y < Double(rows), z < Double(levels.count) else {
      return false
    }
    let level = Int(levels[Int(z)])
    return level >= 0 && cells[(level * rows + Int(y)) * columns + Int(x)]
  }
}
