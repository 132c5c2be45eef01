// SPDX-License-Identifier: Apache-2.0
/// Where a field of nodes falls below a level, as a region.
public enum IsoLines {
  /// The region whose nodes lie below the level, its edge linear between nodes.
  ///
  /// Rings never cross: each passes through cells of the lattice, inside to the left; where opposite corners of
  /// a cell lie below the level, the mean of its corners decides whether they are joined. The field must not
  /// fall below the level at the lattice's border: a part that does has no closed ring and is left out.
  public static func region(
    below level: Float, of values: UnsafeBufferPointer<Float>, on lattice: NodeLattice
  ) -> Region {
    var tracer = Tracer(level: level, values: values, lattice: lattice)
    return Region(nesting: tracer.rings())
  }

  private struct Tracer {
    let level: Float
    let values: UnsafeBufferPointer<Float>
    let lattice: NodeLattice
    /// For each crossed side of the lattice the side that the ring goes to; −1 where nothing crosses.
    ///
    /// Side 2·n runs from node n along x, side 2·n + 1 along y.
    private var next: [Int32] = []

    init(level: Float, values: UnsafeBufferPointer<Float>, lattice: NodeLattice) {
      self.level = level
      self.values = values
      self.lattice = lattice
    }

    mutating func rings() -> [Contour] {
      let columns = lattice.columns
      next = [Int32](repeating: -1, count: 2 * lattice.count)
      var starts: [Int] = []
      for row in 0..<(lattice.rows - 1) {
        var left = (isBelow(row * columns) ? 1 : 0) | (isBelow((row + 1) * columns) ? 2 : 0)
        for column in 0..<(columns - 1) {
          let at = row * columns + column
          let right = (isBelow(at + 1) ? 1 : 0) | (isBelow(at + columns + 1) ? 2 : 0)
          let corners = left | right << 2
          left = right
          if corners == 0 || corners == 15 { continue }
          link(corners, at, &starts)
        }
      }
      return trace(starts)
    }

    private func isBelow(_ at: Int) -> Bool { values[at] < level }

    /// Joins the crossed sides of a cell, inside to the left.
    ///
    /// Bits: 1 low left, 2 high left, 4 low right, 8 high right.
    private mutating func link(_ corners: Int, _ at: Int, _ starts: inout [Int]) {
      let columns = lattice.columns
      let bottom = 2 * at
      let top = 2 * (at + columns)
      let left = 2 * at + 1
      let right = 2 * (at + 1) + 1
      func join(_ from: Int, _ to: Int) {
        next[from] = Int32(truncatingIfNeeded: to)
        starts.append(from)
      }
      switch corners {
      case 1: join(bottom, left)
      case 2: join(left, top)
      case 3: join(bottom, top)
      case 4: join(right, bottom)
      case 5: join(right, left)
      case 7: join(right, top)
      case 8: join(top, right)
      case 10: join(left, right)
      case 11: join(bottom, right)
      case 12: join(top, bottom)
      case 13: join(top, left)
      case 14: join(left, bottom)
      default:
        let mean = (values[at] + values[at + 1] + values[at + columns] + values[at + columns + 1]) / 4
        let joined = mean < level
        if corners == 9 {
          // Low left and high right are inside.
          join(bottom, joined ? right : left)
          join(top, joined ? left : right)
        } else {
          join(left, joined ? bottom : top)
          join(right, joined ? top : bottom)
        }
      }
    }

    private func point(_ side: Int) -> SIMD2<Double> {
      let at = side / 2
      let column = at % lattice.columns
      let row = at / lattice.columns
      let isAlongY = side % 2 == 1
      let a = Double(values[at])
      let b = Double(values[at + (isAlongY ? lattice.columns : 1)])
      // Off the nodes, so that two rings never share a point.
      let share = min(1 - 1e-6, max(1e-6, (Double(level) - a) / (b - a)))
      return lattice.node(column, row) + (isAlongY ? SIMD2(0, share) : SIMD2(share, 0)) * lattice.spacing
    }

    private mutating func trace(_ starts: [Int]) -> [Contour] {
      var rings: [Contour] = []
      for start in starts where next[start] >= 0 {
        var points: [SIMD2<Double>] = []
        var side = start
        while next[side] >= 0 {
          points.append(point(side))
          let following = Int(next[side])
          next[side] = -1
          side = following
        }
        // A ring that ends elsewhere than it began ran out of the lattice.
        if side == start, let ring = try? Contour(points) { rings.append(ring) }
      }
      return rings
    }
  }
}

extension Region {
  /// The region with its coordinates multiplied, each axis by its own factor above zero.
  public func scaled(by factors: SIMD2<Double>) -> Region {
    Region(
      polygons: polygons.map { polygon in
        PlanarPolygon(
          outer: Contour(unchecked: polygon.outer.points.map { $0 * factors }),
          holes: polygon.holes.map { Contour(unchecked: $0.points.map { $0 * factors }) })
      })
  }
}
