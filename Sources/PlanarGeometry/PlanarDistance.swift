// SPDX-License-Identifier: Apache-2.0
internal import Foundation

extension Region {
  /// The signed distance of every node to the region's edge: below zero inside, above zero outside.
  ///
  /// Exact up to `reach` for the polygons (single precision); farther nodes hold ±`reach`. An empty region is
  /// `reach` away from everything. Every edge is held against the nodes within reach of it, eight at a time.
  public func signedDistances(on lattice: NodeLattice, reach: Double) -> [Float] {
    var squared = [Float](repeating: Float(reach * reach), count: lattice.count)
    squared.withUnsafeMutableBufferPointer { squared in
      for ring in rings {
        var a = ring.points[ring.points.count - 1] - lattice.origin
        for point in ring.points {
          let b = point - lattice.origin
          Self.lower(squared, lattice, a, b, reach)
          a = b
        }
      }
      Self.takeRoots(squared)
    }
    makeInsideNegative(&squared, lattice)
    return squared
  }

  /// Lowers the squared distances of the nodes within reach of one edge.
  private static func lower(
    _ squared: UnsafeMutableBufferPointer<Float>, _ lattice: NodeLattice, _ a: SIMD2<Double>,
    _ b: SIMD2<Double>, _ reach: Double
  ) {
    let spacing = lattice.spacing
    let (lowY, highY) = (min(a.y, b.y), max(a.y, b.y))
    let firstRow = max(0, Int(((lowY - reach) / spacing).rounded(.up)))
    let lastRow = min(lattice.rows - 1, Int(((highY + reach) / spacing).rounded(.down)))
    guard firstRow <= lastRow else { return }
    let edge = b - a
    let length = edge.x * edge.x + edge.y * edge.y
    let (ex, ey) = (Float(edge.x), Float(edge.y))
    let inverse = length > 0 ? Float(1 / length) : 0
    let (lowX, highX) = (min(a.x, b.x), max(a.x, b.x))
    let step = Float(spacing)
    let ramp = SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) * step
    let (zero, one) = (SIMD8<Float>(repeating: 0), SIMD8<Float>(repeating: 1))
    guard let values = squared.baseAddress else { return }
    for row in firstRow...lastRow {
      let y = Double(row) * spacing
      let away = max(0, lowY - y, y - highY)
      let side = max(0, reach * reach - away * away).squareRoot()
      let first = max(0, Int((lowX - side) / spacing)) / 8
      let last = min(lattice.columns - 1, Int((highX + side) / spacing) + 1) / 8
      guard first <= last, highX + side >= 0 else { continue }
      let py = Float(y - a.y)
      let alongY = py * ey
      for block in first...last {
        let at = row * lattice.columns + block * 8
        let old = Lanes.load(values, at)
        let px = ramp + Float(Double(block * 8) * spacing - a.x)
        let t = Lanes.least(Lanes.greatest((px * ex + alongY) * inverse, zero), one)
        let dx = px - t * ex
        let dy = py - t * ey
        let distance = dx * dx + dy * dy
        Lanes.store(Lanes.least(old, distance), values, at)
      }
    }
  }

  private static func takeRoots(_ values: UnsafeMutableBufferPointer<Float>) {
    guard let start = values.baseAddress else { return }
    for at in stride(from: 0, to: values.count, by: 8) {
      Lanes.store(Lanes.load(start, at).squareRoot(), start, at)
    }
  }

  /// Turns the sign of the nodes between each row's pairs of crossings.
  private func makeInsideNegative(_ values: inout [Float], _ lattice: NodeLattice) {
    let lines = crossings(ofRows: 0...(lattice.rows - 1), origin: lattice.origin.y, spacing: lattice.spacing)
    for (row, line) in lines.enumerated() {
      for pair in stride(from: 0, to: line.count - 1, by: 2) {
        let first = max(0, Int(((line[pair] - lattice.origin.x) / lattice.spacing).rounded(.up)))
        let last = min(
          lattice.columns - 1, Int(((line[pair + 1] - lattice.origin.x) / lattice.spacing).rounded(.down)))
        guard first <= last else { continue }
        for column in first...last { values[row * lattice.columns + column].negate() }
      }
    }
  }
}
