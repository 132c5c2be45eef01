// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry
public import Quantities

extension Solid {
  /// The body with fewer points in its contours, none of which moves by more than a distance; for distances only.
  package func thinned(within tolerance: Length) -> Solid {
    Solid(
      slabs: slabs.map {
        Slab(
          z: $0.z, lower: $0.lower, upper: $0.upper, region: $0.region.thinned(within: tolerance.millimeters))
      }, endCap: endCap, nominalSpacing: nominalSpacing, gaps: gaps) ?? self
  }
}

extension DistanceField {
  /// The distance field of a body at nodes of the caller's choice: even in all directions, the first at `low`, the
  /// last at or beyond `high`.
  ///
  /// Every node of the box has its distance, however far from the body; `reach` is the box's own diagonal and more.
  ///
  /// `nil` for a spacing that is not above zero, a box turned inside out, or more nodes than memory should hold.
  public convenience init?(
    of solid: Solid, as model: BodyModel, from low: SIMD3<Double>, through high: SIMD3<Double>,
    spacing: Length
  ) {
    let step = spacing.millimeters
    guard step > 0, step.isFinite, all(low .<= high), (high - low).max().isFinite,
      let lattice = NodeLattice(
        covering: SIMD2(low.x, low.y), SIMD2(high.x, high.y), spacing: step)
    else { return nil }
    let heights = Int(((high.z - low.z) / step - 1e-9).rounded(.up)) + 1
    let bounds = solid.bounds
    let apart = pointwiseMax(high, bounds.high) - pointwiseMin(low, bounds.low)
    let farthest = (apart * apart).sum().squareRoot() + 4 * step
    self.init(
      of: solid, as: model, lattice: lattice, levels: (0..<heights).map { low.z + Double($0) * step },
      reach: farthest)
  }

  /// The place of the first node, LPS in millimetres.
  public var origin: SIMD3<Double> { SIMD3(lattice.origin.x, lattice.origin.y, levels[0]) }

  /// The nodes of a level along x and y.
  package var counts: (columns: Int, rows: Int) { (lattice.columns, lattice.rows) }

  /// Writes the distances of evenly spaced points along x, in millimetres.
  ///
  /// - Parameters:
  ///   - start: the first point, LPS in millimetres.
  ///   - step: the distance of neighbouring points, above zero.
  ///   - row: where they are put, one a point; points outside the nodes are left as they are.
  /// - Returns: the points that were written.
  package func distances(
    from start: SIMD3<Double>, step: Double, into row: UnsafeMutableBufferPointer<Float>
  ) -> Range<Int> {
    let slack = 1e-6
    let lastX = lattice.origin.x + lattice.spacing * Double(lattice.columns - 1)
    let y = (start.y - lattice.origin.y) / lattice.spacing
    guard let bottom = levels.first, let top = levels.last, start.z >= bottom - slack, start.z <= top + slack,
      y >= -slack, y <= Double(lattice.rows - 1) + slack
    else { return 0..<0 }
    let first = max(0, Int(((lattice.origin.x - start.x) / step - slack).rounded(.up)))
    let last = min(row.count - 1, Int(((lastX - start.x) / step + slack).rounded(.down)))
    guard first <= last else { return 0..<0 }
    let j = max(0, min(Int(y), lattice.rows - 2))
    let v = Float(min(1, max(0, y - Double(j))))
    let level = Self.level(start.z, levels)
    let up = lattice.rows > 1 ? lattice.columns : 0
    let above = levels.count > 1 ? lattice.count : 0
    let w = Float(min(1, max(0, level.share)))
    let ratio = Float(step / lattice.spacing)
    let offset = Float((start.x - lattice.origin.x) / lattice.spacing)
    values.withUnsafeBufferPointer { values in
      let base = level.lower * lattice.count + j * lattice.columns
      let (a, b) = ((1 - v) * (1 - w), v * (1 - w))
      let (c, d) = ((1 - v) * w, v * w)
      guard let nodes = values.baseAddress.map({ $0 + base }) else { return }
      // The row of nodes at this height first, eight at a time; then along it.
      withUnsafeTemporaryAllocation(of: Float.self, capacity: lattice.columns + 1) { line in
        guard let along = line.baseAddress else { return }
        for at in stride(from: 0, to: lattice.columns, by: 8) {
          var sum = Lanes.load(nodes, at) * a
          if b != 0 { sum += Lanes.load(nodes, at + up) * b }
          if c != 0 { sum += Lanes.load(nodes, at + above) * c }
          if d != 0 { sum += Lanes.load(nodes, at + above + up) * d }
          Lanes.store(sum, along, at)
        }
        along[lattice.columns] = along[lattice.columns - 1]
        Self.read(
          along, UnsafeMutableBufferPointer(rebasing: row[first...last]), at: offset + Float(first) * ratio,
          ratio)
      }
    }
    return first..<(last + 1)
  }

  /// Reads a line of nodes at evenly spaced positions.
  ///
  /// Grids whose nodes lie on these, or halfway between them, are the rule, and need no position worked out.
  private static func read(
    _ along: UnsafeMutablePointer<Float>, _ row: UnsafeMutableBufferPointer<Float>, at first: Float,
    _ ratio: Float
  ) {
    let nearest = (first * 2).rounded()
    if ratio == 1 || ratio == 0.5, abs(first * 2 - nearest) < 1e-3, nearest >= 0 {
      let half = Int(nearest)
      if ratio == 1, half.isMultiple(of: 2) {
        for index in row.indices { row[index] = along[half / 2 + index] }
        return
      }
      if ratio == 0.5 {
        // Position halves count up by one a point: from an even one on, points alternate between on and between.
        var index = 0
        var node = half / 2
        if !half.isMultiple(of: 2), !row.isEmpty {
          row[0] = (along[node] + along[node + 1]) / 2
          (index, node) = (1, node + 1)
        }
        while index + 1 < row.count {
          row[index] = along[node]
          row[index + 1] = (along[node] + along[node + 1]) / 2
          (index, node) = (index + 2, node + 1)
        }
        if index < row.count { row[index] = along[node] }
        return
      }
    }
    for index in row.indices {
      let x = first + Float(index) * ratio
      let (i, share) = Lanes.split(x > 0 ? x : 0)
      row[index] = along[i] + (along[i + 1] - along[i]) * share
    }
  }

  private static func level(_ z: Double, _ levels: [Double]) -> (lower: Int, share: Double) {
    guard levels.count > 1 else { return (0, 0) }
    var low = 0
    var high = levels.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if levels[middle] <= z { low = middle } else { high = middle }
    }
    return (low, (z - levels[low]) / (levels[low + 1] - levels[low]))
  }
}
