// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry
internal import Quantities

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
