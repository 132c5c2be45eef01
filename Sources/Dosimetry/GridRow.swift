// SPDX-License-Identifier: Apache-2.0

/// A row of places along x among the nodes of a dose grid: what does not change along it is worked out once.
struct GridRow {
  /// The node that the row's first cell begins with.
  let first: Int
  let columns: Int
  /// From a node to its neighbour along y; 0 where there is none.
  let up: Int
  /// From a node to its neighbour along z.
  let layer: Int
  let origin: Double
  let spacing: Double
  /// The share of the neighbours along y and z.
  let y: Double
  let z: Double

  /// The dose in gray; not a number outside the grid and next to unknown nodes.
  @inline(__always)
  func dose(atX x: Double, _ gray: UnsafeBufferPointer<Float>) -> Double {
    guard let (i, u) = Self.split((x - origin) / spacing, columns) else { return .nan }
    let right = columns > 1 ? 1 : 0
    // A node of no weight does not count, so that a known node next to an unknown one stays known.
    func weighted(_ index: Int, _ weight: Double) -> Double {
      weight == 0 ? 0 : Double(gray[index]) * weight
    }
    func plane(_ at: Int) -> Double {
      weighted(at, (1 - u) * (1 - y)) + weighted(at + right, u * (1 - y)) + weighted(at + up, (1 - u) * y)
        + weighted(at + up + right, u * y)
    }
    let below = z == 1 ? 0 : plane(first + i) * (1 - z)
    let above = z == 0 ? 0 : plane(first + layer + i) * z
    return below + above
  }

  /// The cell a coordinate lies in and its share of it; the last node belongs to the last cell.
  static func split(_ x: Double, _ count: Int) -> (Int, Double)? {
    // Places are sums of decimal text: a point on the outermost node must not fall off by rounding.
    let slack = 1e-6
    guard x >= -slack, x <= Double(count - 1) + slack else { return nil }
    let clamped = min(max(x, 0), Double(count - 1))
    let cell = max(0, min(Int(clamped), count - 2))
    return (cell, clamped - Double(cell))
  }
}
