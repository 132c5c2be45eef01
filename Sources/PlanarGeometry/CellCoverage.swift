// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// How much of every cell of a lattice a region covers, and where in the cell the covered part lies.
///
/// Exact for the polygon: each edge is cut at the cells it crosses and the signed area to its right, with its
/// first moments, is accumulated; a sweep along each row over the cells that edges cross turns that into areas.
/// Cells without an edge are wholly in or out and come as runs, so the cost grows with the cells that edges cross
/// and not with the area.
public struct CellCoverage: Sendable {
  /// A cell that an edge crosses and that is covered in part, or wholly up to its side.
  public struct EdgeCell: Sendable {
    /// The cell's column in the lattice.
    public let column: Int
    /// The cell's row in the lattice.
    public let row: Int
    /// The covered share, above 0, at most 1.
    public let share: Double
    /// The covered part's centroid within the cell, 0…1 along each side.
    public let centroid: SIMD2<Double>
  }

  /// Cells side by side in one row, all covered wholly.
  public struct FullRun: Sendable {
    /// The columns in the lattice.
    public let columns: Range<Int>
    /// The row in the lattice.
    public let row: Int
  }

  /// The cells that edges cross or touch, row by row, without those of which nothing is covered.
  public private(set) var edgeCells: [EdgeCell] = []
  /// The cells that are covered wholly and that no edge crosses, row by row.
  public private(set) var fullRuns: [FullRun] = []
  /// The columns that may be covered; empty for an empty region.
  public private(set) var columns = 0..<0
  /// The rows that may be covered.
  public private(set) var rows = 0..<0

  private var sums: [CellSums] = []
  /// The cells of the window that edges touched, by their number.
  private var touched: [Int32] = []

  /// A share below this is rounding, not area.
  private static let negligible = 1e-10

  /// An empty coverage, to be filled again and again without new storage.
  public init() {}

  /// The coverage of a lattice by a region.
  public init(of region: Region, on lattice: PlanarLattice) { fill(with: region, on: lattice) }

  /// Replaces the content by the coverage of another region; the storage is kept.
  ///
  /// An empty region leaves no cells.
  public mutating func fill(with region: Region, on lattice: PlanarLattice) {
    edgeCells.removeAll(keepingCapacity: true)
    fullRuns.removeAll(keepingCapacity: true)
    columns = 0..<0
    rows = 0..<0
    guard let bounds = region.bounds else { return }
    let low = lattice.cellCoordinates(bounds.low)
    let high = lattice.cellCoordinates(bounds.high)
    let first = (Int(low.x.rounded(.down)), Int(low.y.rounded(.down)))
    columns = first.0..<max(first.0 + 1, Int(high.x.rounded(.up)))
    rows = first.1..<max(first.1 + 1, Int(high.y.rounded(.up)))
    let count = columns.count * rows.count
    if sums.count < count { sums = [CellSums](repeating: CellSums(), count: count) }
    let origin = SIMD2(Double(first.0), Double(first.1))
    for polygon in region.polygons {
      add(polygon.outer, isHole: false, lattice, origin)
      for hole in polygon.holes { add(hole, isHole: true, lattice, origin) }
    }
    sweep()
  }

  private mutating func add(
    _ ring: Contour, isHole: Bool, _ lattice: PlanarLattice, _ first: SIMD2<Double>
  ) {
    // Left edges of a ring that is to count as area run downwards when it is drawn counter-clockwise.
    let sign = (ring.doubledSignedArea > 0) == isHole ? 1.0 : -1.0
    let (width, height) = (columns.count, rows.count)
    sums.withUnsafeMutableBufferPointer { sums in
      var edges = EdgeAccumulator(columns: width, rows: height, sums: sums, touched: touched)
      touched = []
      ring.points.withUnsafeBufferPointer { points in
        var a = lattice.cellCoordinates(points[points.count - 1]) - first
        for point in points {
          let b = lattice.cellCoordinates(point) - first
          edges.add(a, b, sign)
          a = b
        }
      }
      touched = edges.touched
    }
  }

  /// Carries the cover of the touched cells to the right along each row, and turns moments into centroids.
  ///
  /// Leaves the sums zero again.
  private mutating func sweep() {
    touched.sort()
    let width = columns.count
    var row = -1
    var carried = 0.0
    var carriedMoment = 0.0
    var following = 0
    for number in touched {
      let index = Int(number)
      let (cellRow, column) = (index / width, index % width)
      if cellRow != row {
        row = cellRow
        carried = 0
        carriedMoment = 0
        following = column
      }
      if following < column { fill(following..<column, row, carried, carriedMoment) }
      following = column + 1
      let sum = sums[index]
      sums[index] = CellSums()
      let area = sum.share + carried
      if area > Self.negligible {
        // A covered part cannot have its centre outside the cell; rounding can put slivers there.
        let centroid = SIMD2((sum.moment.x + carried / 2) / area, (sum.moment.y + carriedMoment) / area)
        edgeCells.append(
          EdgeCell(
            column: columns.lowerBound + column, row: rows.lowerBound + row, share: min(1, area),
            centroid: centroid.clamped(lowerBound: SIMD2(0, 0), upperBound: SIMD2(1, 1))))
      }
      carried += sum.cover
      carriedMoment += sum.coverMoment
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// The cells between two touched ones: no slanting edge passes, so all have the cover that was carried there.
  ///
  /// That is all or nothing, but along a level edge within the row a part.
  private mutating func fill(_ window: Range<Int>, _ row: Int, _ carried: Double, _ carriedMoment: Double) {
    guard carried > Self.negligible else { return }
    let range = (columns.lowerBound + window.lowerBound)..<(columns.lowerBound + window.upperBound)
    guard carried < 1 - 1e-9 else {
      fullRuns.append(FullRun(columns: range, row: rows.lowerBound + row))
      return
    }
    let height = min(1, max(0, carriedMoment / carried))
    for column in range {
      edgeCells.append(
        EdgeCell(
          column: column, row: rows.lowerBound + row, share: carried, centroid: SIMD2(0.5, height)))
    }
  }

  /// The covered area in square millimetres.
  public func area(on lattice: PlanarLattice) -> Double {
    var cells = 0.0
    for cell in edgeCells { cells += cell.share }
    for run in fullRuns { cells += Double(run.columns.count) }
    return cells * lattice.cellArea
  }
}

/// What the edges in one cell add up to.
private struct CellSums: Sendable {
  var share = 0.0
  var moment = SIMD2<Double>.zero
  /// What the cells to the right get.
  var cover = 0.0
  var coverMoment = 0.0
  var isTouched = false
}

/// Adds edges, in cell coordinates of the window, to the accumulators of the cells they cross.
private struct EdgeAccumulator {
  let columns: Int
  let rows: Int
  let sums: UnsafeMutableBufferPointer<CellSums>
  var touched: [Int32]

  mutating func add(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ sign: Double) {
    guard a.y != b.y else { return }
    // Upwards only: the sign keeps the direction.
    let (low, high, sign) = a.y < b.y ? (a, b, sign) : (b, a, -sign)
    let slope = (high.x - low.x) / (high.y - low.y)
    var row = min(rows - 1, max(0, Int(low.y)))
    var from = low
    while true {
      let top = Double(row + 1)
      let last = high.y <= top || row == rows - 1
      let to = last ? high : SIMD2(low.x + slope * (top - low.y), top)
      addWithinRow(row, from, to, sign)
      if last { return }
      from = to
      row += 1
    }
  }

  private mutating func addWithinRow(_ row: Int, _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ sign: Double) {
    let step = b.x > a.x ? 1 : -1
    var column = min(columns - 1, max(0, Int(a.x)))
    let end = min(columns - 1, max(0, Int(b.x)))
    if column == end {
      addWithinCell(row, column, a, b, sign)
      return
    }
    let rise = (b.y - a.y) / (b.x - a.x)
    var from = a
    while column != end {
      let wall = Double(step > 0 ? column + 1 : column)
      let to = SIMD2(wall, min(b.y, max(from.y, a.y + rise * (wall - a.x))))
      addWithinCell(row, column, from, to, sign)
      from = to
      column += step
    }
    addWithinCell(row, column, from, b, sign)
  }

  @inline(__always)
  private mutating func addWithinCell(
    _ row: Int, _ column: Int, _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ sign: Double
  ) {
    let height = sign * (b.y - a.y)
    let (u0, u1) = (a.x - Double(column), b.x - Double(column))
    let (v0, v1) = (a.y - Double(row), b.y - Double(row))
    let index = row * columns + column
    // Integrals over the strip to the right of the edge, within the cell: 1, x and y.
    sums[index].share += height * (1 - (u0 + u1) / 2)
    sums[index].moment += SIMD2(
      height * (1 - (u0 * u0 + u0 * u1 + u1 * u1) / 3) / 2,
      height * ((v0 + v1) / 2 - (2 * u0 * v0 + 2 * u1 * v1 + u0 * v1 + u1 * v0) / 6))
    sums[index].cover += height
    sums[index].coverMoment += height * (v0 + v1) / 2
    if !sums[index].isTouched {
      sums[index].isTouched = true
      touched.append(Int32(truncatingIfNeeded: index))
    }
  }
}
