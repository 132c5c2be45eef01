// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry

/// The least and greatest trilinear dose over slabs, exact.
///
/// Within a cell of the grid trilinear dose has no extreme of its own inside a region: it lies at a node, on the
/// region's edge (where, along a straight edge in one plane, dose is a parabola), or where an edge crosses a side
/// of a cell. Along z dose is linear between planes, so the slab's ends and the planes within it suffice.
struct DoseExtremes: Sendable {
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity

  mutating func merge(_ other: DoseExtremes) {
    low = min(low, other.low)
    high = max(high, other.high)
  }

  @inline(__always)
  private mutating func add(_ dose: Double) {
    // Comparisons with an unknown dose are false.
    if dose < low { low = dose }
    if dose > high { high = dose }
  }

  /// Adds one slab, as far as the grid covers it.
  mutating func add(_ slab: Slab, _ grid: DoseGrid) {
    let from = max(slab.lower, grid.planes[0])
    let to = min(slab.upper, grid.planes[grid.planes.count - 1])
    guard from <= to, grid.columns > 1, grid.rows > 1, grid.planes.count > 1 else { return }
    var levels = [from, to]
    levels += grid.planes.filter { $0 > from && $0 < to }
    levels.sort()
    let intervals = levels.compactMap { PlaneInterval(containing: $0, in: grid.planes) }
    addNodes(inside: slab.region, intervals, grid)
    for ring in slab.region.rings { addEdges(of: ring, intervals, grid) }
  }

  private mutating func addNodes(inside region: Region, _ levels: [PlaneInterval], _ grid: DoseGrid) {
    guard let bounds = region.bounds else { return }
    let first = max(0, Int(((bounds.low.y - grid.origin.y) / grid.spacing.y).rounded(.up)))
    let last = min(grid.rows - 1, Int(((bounds.high.y - grid.origin.y) / grid.spacing.y).rounded(.down)))
    guard first <= last else { return }
    let lines = region.crossings(ofRows: first...last, origin: grid.origin.y, spacing: grid.spacing.y)
    var low = SIMD8<Float>(repeating: .infinity)
    var high = -low
    var least = Float.infinity
    var most = -least
    grid.gray.withUnsafeBufferPointer { gray in
      for row in first...last {
        let line = lines[row - first]
        for pair in stride(from: 0, to: line.count - 1, by: 2) {
          let start = max(0, Int(((line[pair] - grid.origin.x) / grid.spacing.x).rounded(.up)))
          let end = min(
            grid.columns - 1, Int(((line[pair + 1] - grid.origin.x) / grid.spacing.x).rounded(.down)))
          guard start <= end else { continue }
          for level in levels {
            let base = (level.lower * grid.rows + row) * grid.columns
            // On a plane itself the other does not count, known or not.
            let share = Float(level.share)
            let (at, above) =
              share == 1
              ? (base + grid.rows * grid.columns, base + grid.rows * grid.columns)
              : (base, share == 0 ? base : base + grid.rows * grid.columns)
            var column = start
            while column + 8 <= end + 1 {
              let lower = Self.eight(gray, at + column)
              let dose = lower + (Self.eight(gray, above + column) - lower) * share
              // Comparisons with an unknown dose are false.
              low.replace(with: dose, where: dose .< low)
              high.replace(with: dose, where: dose .> high)
              column += 8
            }
            while column <= end {
              let dose = gray[at + column] + (gray[above + column] - gray[at + column]) * share
              if dose < least { least = dose }
              if dose > most { most = dose }
              column += 1
            }
          }
        }
      }
    }
    self.low = min(self.low, Double(min(least, low.min())))
    self.high = max(self.high, Double(max(most, high.max())))
  }

  @inline(__always)
  private static func eight(_ gray: UnsafeBufferPointer<Float>, _ at: Int) -> SIMD8<Float> {
    UnsafeRawPointer(gray.baseAddress.unsafelyUnwrapped + at).loadUnaligned(as: SIMD8<Float>.self)
  }

  private mutating func addEdges(of ring: Contour, _ levels: [PlaneInterval], _ grid: DoseGrid) {
    guard var a = ring.points.last else { return }
    for b in ring.points {
      addEdge(
        (a - grid.origin) / grid.spacing, (b - grid.origin) / grid.spacing, levels, grid)
      a = b
    }
  }

  /// Adds an edge in units of cells, cut where it crosses the sides of cells.
  private mutating func addEdge(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ levels: [PlaneInterval], _ grid: DoseGrid
  ) {
    // Most edges cannot widen what is known already, and need not be cut to tell.
    let low = pointwiseMin(a, b)
    let high = pointwiseMax(a, b)
    guard high.x >= 0, high.y >= 0, low.x <= Double(grid.columns - 1), low.y <= Double(grid.rows - 1) else {
      return
    }
    let columns = max(0, Int(low.x))...min(grid.columns - 1, Int(high.x) + 1)
    let rows = max(0, Int(low.y))...min(grid.rows - 1, Int(high.y) + 1)
    guard columns.count * rows.count > 64 || mayWiden(grid, columns, rows, levels) else { return }
    let delta = b - a
    var t = 0.0
    while t < 1 {
      let here = a + delta * t
      // The next side in the direction of travel; a step from a side never stops on that side again.
      let tx = Self.nextCrossing(a.x, delta.x, t)
      let ty = Self.nextCrossing(a.y, delta.y, t)
      let end = min(1, tx, ty)
      let there = a + delta * end
      let middle = (here + there) / 2
      addPiece(here, there, Int(middle.x.rounded(.down)), Int(middle.y.rounded(.down)), levels, grid)
      t = end
    }
  }

  private static func nextCrossing(_ start: Double, _ delta: Double, _ t: Double) -> Double {
    guard delta != 0 else { return .infinity }
    let here = start + delta * t
    // Rounding may leave `here` a hair short of the side just crossed.
    let side = delta > 0 ? (here + 1e-9).rounded(.down) + 1 : (here - 1e-9).rounded(.up) - 1
    return max((side - start) / delta, t.nextUp)
  }

  /// Whether any node around, on the slab's planes, lies beyond what is known already, or is unknown.
  @inline(__always)
  private func mayWiden(
    _ grid: DoseGrid, _ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>, _ levels: [PlaneInterval]
  ) -> Bool {
    let (low, high) = (Float(self.low).nextUp, Float(self.high).nextDown)
    let planes = levels[0].lower...(levels[levels.count - 1].lower + 1)
    return grid.gray.withUnsafeBufferPointer { gray in
      for plane in planes {
        for row in rows {
          let line = (plane * grid.rows + row) * grid.columns
          for column in columns {
            let dose = gray[line + column]
            // Not a number is not within.
            if !(dose >= low && dose <= high) { return true }
          }
        }
      }
      return false
    }
  }

  private mutating func addPiece(
    _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ i: Int, _ j: Int, _ levels: [PlaneInterval], _ grid: DoseGrid
  ) {
    // A piece along the grid's last row or column belongs to the last cell, of which it is the side.
    let middle = (a + b) / 2
    guard i >= 0, j >= 0, middle.x <= Double(grid.columns - 1) + 1e-9,
      middle.y <= Double(grid.rows - 1) + 1e-9
    else { return }
    let (i, j) = (min(i, grid.columns - 2), min(j, grid.rows - 2))
    let corner = SIMD2(Double(i), Double(j))
    let (p, q) = (a - corner, b - corner)
    let plane = grid.rows * grid.columns
    for level in levels {
      let at = level.lower * plane + j * grid.columns + i
      let share = level.share
      let dose = grid.gray.withUnsafeBufferPointer { gray -> SIMD4<Double> in
        func corners(_ at: Int) -> SIMD4<Double> {
          SIMD4(SIMD4<Float>(gray[at], gray[at + 1], gray[at + grid.columns], gray[at + grid.columns + 1]))
        }
        if share == 0 { return corners(at) }
        if share == 1 { return corners(at + plane) }
        return corners(at) * (1 - share) + corners(at + plane) * share
      }
      // Most cells cannot widen what is known already.
      if dose.min() >= low, dose.max() <= high { continue }
      func value(_ p: SIMD2<Double>) -> Double {
        (dose.x * (1 - p.x) + dose.y * p.x) * (1 - p.y) + (dose.z * (1 - p.x) + dose.w * p.x) * p.y
      }
      let (first, last) = (value(p), value(q))
      add(first)
      add(last)
      // Along the piece dose is first + slope·t + bend·t².
      let bend = (dose.x - dose.y - dose.z + dose.w) * (q.x - p.x) * (q.y - p.y)
      let slope = last - first - bend
      if bend != 0 {
        let t = -slope / (2 * bend)
        if t > 0, t < 1 { add(first + (slope + bend * t) * t) }
      }
    }
  }
}
