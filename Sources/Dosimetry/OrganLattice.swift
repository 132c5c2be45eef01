// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry

/// The nodes around an organ that its doses are read from, and those inside it.
struct OrganLattice: Sendable {
  let low: SIMD3<Double>
  let size: SIMD3<Int>
  let step: Double
  /// The corners of every cell that the organ covers in part, plane by plane, as runs along x.
  private(set) var runs: [[Run]] = []
  /// How many nodes the runs hold.
  private(set) var count = 0
  private var needed: [Bool]
  private var inside: [Bool]

  /// Nodes side by side.
  struct Run: Sendable {
    let row: Int
    let columns: Range<Int>
    /// The place of its first node among the nodes of all runs.
    let first: Int
  }

  init(_ organ: Solid, step: Double) throws(DoseGridDefect) {
    let bounds = organ.bounds
    guard step > 0, (bounds.high - bounds.low).max().isFinite else { throw .noExtent }
    let rim = SIMD3(repeating: 2 * step)
    low = bounds.low - rim
    self.step = step
    let extent: SIMD3<Double> = (bounds.high - low + rim) / step
    let count = extent.rounded(.up) + SIMD3(repeating: 1)
    guard count.x * count.y * count.z <= Double(DoseGrid.mostNodes) else { throw .tooLarge }
    size = SIMD3(Int(count.x), Int(count.y), Int(count.z))
    needed = [Bool](repeating: false, count: size.x * size.y * size.z)
    inside = needed
    guard let cells = PlanarLattice(origin: SIMD2(low.x, low.y), spacing: SIMD2(step, step)) else {
      throw .noExtent
    }
    var coverage = CellCoverage()
    for slab in organ.slabs {
      coverage.fill(with: slab.region, on: cells)
      let first = max(0, Int(((slab.lower - low.z) / step).rounded(.down)))
      let last = min(size.z - 1, Int(((slab.upper - low.z) / step).rounded(.up)))
      guard first <= last else { continue }
      for plane in first...last {
        for cell in coverage.edgeCells { mark(cell.column..<(cell.column + 1), cell.row, plane) }
        for run in coverage.fullRuns { mark(run.columns, run.row, plane) }
      }
      markInside(slab)
    }
    collectRuns()
  }

  /// The place of a node.
  func place(_ column: Int, _ row: Int, _ plane: Int) -> SIMD3<Double> {
    low + SIMD3(Double(column), Double(row), Double(plane)) * step
  }

  private mutating func collectRuns() {
    for plane in 0..<size.z {
      var found: [Run] = []
      for row in 0..<size.y {
        let line = (plane * size.y + row) * size.x
        var column = 0
        while column < size.x {
          guard needed[line + column] else {
            column += 1
            continue
          }
          let from = column
          while column < size.x, needed[line + column] { column += 1 }
          found.append(Run(row: row, columns: from..<column, first: count))
          count += column - from
        }
      }
      runs.append(found)
    }
    needed = []
  }

  private mutating func mark(_ columns: Range<Int>, _ row: Int, _ plane: Int) {
    for j in row...(row + 1) where j >= 0 && j < size.y {
      let line = (plane * size.y + j) * size.x
      for i in max(0, columns.lowerBound)...min(size.x - 1, columns.upperBound) { needed[line + i] = true }
    }
  }

  private mutating func markInside(_ slab: Slab) {
    let first = max(0, Int(((slab.lower - low.z) / step).rounded(.up)))
    let last = min(size.z - 1, Int(((slab.upper - low.z) / step).rounded(.down)))
    guard first <= last else { return }
    let lines = slab.region.crossings(ofRows: 0...(size.y - 1), origin: low.y, spacing: step)
    for (row, line) in lines.enumerated() {
      for pair in stride(from: 0, to: line.count - 1, by: 2) {
        let from = max(0, Int(((line[pair] - low.x) / step).rounded(.up)))
        let to = min(size.x - 1, Int(((line[pair + 1] - low.x) / step).rounded(.down)))
        guard from <= to else { continue }
        for plane in first...last {
          for column in from...to { inside[(plane * size.y + row) * size.x + column] = true }
        }
      }
    }
  }

  /// Whether the node nearest to a point lies inside the organ.
  func isInside(_ point: SIMD3<Double>) -> Bool {
    let nearest: SIMD3<Double> = (point - low) / step
    let place = nearest.rounded(.toNearestOrEven)
    let (i, j, k) = (Int(place.x), Int(place.y), Int(place.z))
    guard i >= 0, j >= 0, k >= 0, i < size.x, j < size.y, k < size.z else { return false }
    return inside[(k * size.y + j) * size.x + i]
  }
}
