internal import Foundation

/// How much of every cell of a lattice a region covers, and where in the cell the covered part lies.
///
/// Exact for the polygon: each edge is cut at the cells it crosses and the signed area to its right, with its
/// first moments, is accumulated; a sweep along each row turns that into areas. The cost grows with the cells
/// that edges cross and the cells of the region's box, not with their product.
public struct CellCoverage: Sendable {
  /// The first column and row of the window, in cells of the lattice.
  public private(set) var firstColumn = 0
  /// The first row of the window.
  public private(set) var firstRow = 0
  /// The window's width in cells; zero for an empty region.
  public private(set) var columns = 0
  /// The window's height in cells.
  public private(set) var rows = 0
  /// The covered share of each cell, 0…1, row by row; meant for the columns of `columns(inRow:)` only.
  public private(set) var share: [Double] = []
  /// The x of the covered part's centroid within its cell, 0…1; 0.5 where nothing is covered.
  public private(set) var centroidX: [Double] = []
  /// The y of the covered part's centroid within its cell, 0…1.
  public private(set) var centroidY: [Double] = []

  /// The columns of each row that edges touch; outside them nothing is covered.
  private var spans: [(first: Int, last: Int)] = []
  private var cover: [Double] = []
  private var coverMoment: [Double] = []

  /// A share below this is rounding, not area.
  private static let negligible = 1e-10

  /// An empty coverage, to be filled again and again without new storage.
  public init() {}

  /// The coverage of a lattice by a region.
  public init(of region: Region, on lattice: PlanarLattice) { fill(with: region, on: lattice) }

  /// Replaces the content by the coverage of another region; the storage is kept.
  ///
  /// An empty region leaves a window without cells.
  public mutating func fill(with region: Region, on lattice: PlanarLattice) {
    clear()
    columns = 0
    rows = 0
    guard let bounds = region.bounds else { return }
    let low = lattice.cellCoordinates(bounds.low)
    let high = lattice.cellCoordinates(bounds.high)
    firstColumn = Int(low.x.rounded(.down))
    firstRow = Int(low.y.rounded(.down))
    columns = max(1, Int(high.x.rounded(.up)) - firstColumn)
    rows = max(1, Int(high.y.rounded(.up)) - firstRow)
    reserve(columns * rows)
    spans = [(first: Int, last: Int)](repeating: (columns, -1), count: rows)
    let first = SIMD2(Double(firstColumn), Double(firstRow))
    for polygon in region.polygons {
      add(polygon.outer, isHole: false, lattice, first)
      for hole in polygon.holes { add(hole, isHole: true, lattice, first) }
    }
    sweep()
  }

  /// The columns of a row that may be covered; empty for a row that nothing covers.
  public func columns(inRow row: Int) -> Range<Int> {
    let span = spans[row]
    return span.last < 0 ? 0..<0 : span.first..<(span.last + 1)
  }

  private mutating func reserve(_ count: Int) {
    guard share.count < count else { return }
    share = [Double](repeating: 0, count: count)
    centroidX = share
    centroidY = share
    cover = share
    coverMoment = share
  }

  /// Zeroes what the last region touched; the rest is zero still.
  private mutating func clear() {
    for row in 0..<rows {
      let touched = columns(inRow: row)
      guard !touched.isEmpty else { continue }
      let cells = (row * columns + touched.lowerBound)..<(row * columns + touched.upperBound)
      share.withUnsafeMutableBufferPointer { $0[cells].update(repeating: 0) }
      centroidX.withUnsafeMutableBufferPointer { $0[cells].update(repeating: 0) }
      centroidY.withUnsafeMutableBufferPointer { $0[cells].update(repeating: 0) }
      cover.withUnsafeMutableBufferPointer { $0[cells].update(repeating: 0) }
      coverMoment.withUnsafeMutableBufferPointer { $0[cells].update(repeating: 0) }
    }
  }

  private mutating func add(
    _ ring: Contour, isHole: Bool, _ lattice: PlanarLattice, _ first: SIMD2<Double>
  ) {
    // Left edges of a ring that is to count as area run downwards when it is drawn counter-clockwise.
    let sign = (ring.doubledSignedArea > 0) == isHole ? 1.0 : -1.0
    let columns = self.columns
    let rows = self.rows
    share.withUnsafeMutableBufferPointer { share in
      centroidX.withUnsafeMutableBufferPointer { momentX in
        centroidY.withUnsafeMutableBufferPointer { momentY in
          cover.withUnsafeMutableBufferPointer { cover in
            coverMoment.withUnsafeMutableBufferPointer { coverMoment in
              spans.withUnsafeMutableBufferPointer { spans in
                let edges = EdgeAccumulator(
                  columns: columns, rows: rows, share: share, momentX: momentX, momentY: momentY,
                  cover: cover,
                  coverMoment: coverMoment, spans: spans)
                ring.points.withUnsafeBufferPointer { points in
                  var a = lattice.cellCoordinates(points[points.count - 1]) - first
                  for point in points {
                    let b = lattice.cellCoordinates(point) - first
                    edges.add(a, b, sign)
                    a = b
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Carries the cover of the cells to the left along each row, and turns moments into centroids.
  private mutating func sweep() {
    let columns = self.columns
    let ranges = (0..<rows).map { self.columns(inRow: $0) }
    share.withUnsafeMutableBufferPointer { share in
      centroidX.withUnsafeMutableBufferPointer { centroidX in
        centroidY.withUnsafeMutableBufferPointer { centroidY in
          cover.withUnsafeBufferPointer { cover in
            coverMoment.withUnsafeBufferPointer { coverMoment in
              for (row, range) in ranges.enumerated() {
                var carried = 0.0
                var carriedMoment = 0.0
                for index in (row * columns + range.lowerBound)..<(row * columns + range.upperBound) {
                  let area = share[index] + carried
                  if area > Self.negligible {
                    // A covered part cannot have its centre outside the cell; rounding can put slivers there.
                    centroidX[index] = min(1, max(0, (centroidX[index] + carried / 2) / area))
                    centroidY[index] = min(1, max(0, (centroidY[index] + carriedMoment) / area))
                    share[index] = min(1, area)
                  } else {
                    share[index] = 0
                    centroidX[index] = 0.5
                    centroidY[index] = 0.5
                  }
                  carried += cover[index]
                  carriedMoment += coverMoment[index]
                }
              }
            }
          }
        }
      }
    }
  }

  /// The covered area in square millimetres.
  public func area(on lattice: PlanarLattice) -> Double {
    var sum = 0.0
    for row in 0..<rows {
      let touched = columns(inRow: row)
      for index in (row * columns + touched.lowerBound)..<(row * columns + touched.upperBound) {
        sum += share[index]
      }
    }
    return sum * lattice.cellArea
  }
}

/// Adds edges, in cell coordinates of the window, to the accumulators of the cells they cross.
private struct EdgeAccumulator {
  let columns: Int
  let rows: Int
  let share: UnsafeMutableBufferPointer<Double>
  let momentX: UnsafeMutableBufferPointer<Double>
  let momentY: UnsafeMutableBufferPointer<Double>
  let cover: UnsafeMutableBufferPointer<Double>
  let coverMoment: UnsafeMutableBufferPointer<Double>
  let spans: UnsafeMutableBufferPointer<(first: Int, last: Int)>

  func add(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ sign: Double) {
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

  private func addWithinRow(_ row: Int, _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ sign: Double) {
    let step = b.x > a.x ? 1 : -1
    var column = min(columns - 1, max(0, Int(a.x)))
    let end = min(columns - 1, max(0, Int(b.x)))
    spans[row] = (min(spans[row].first, column, end), max(spans[row].last, column, end))
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
  private func addWithinCell(
    _ row: Int, _ column: Int, _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ sign: Double
  ) {
    let height = sign * (b.y - a.y)
    let (u0, u1) = (a.x - Double(column), b.x - Double(column))
    let (v0, v1) = (a.y - Double(row), b.y - Double(row))
    let index = row * columns + column
    // Integrals over the strip to the right of the edge, within the cell: 1, x and y.
    share[index] += height * (1 - (u0 + u1) / 2)
    momentX[index] += height * (1 - (u0 * u0 + u0 * u1 + u1 * u1) / 3) / 2
    momentY[index] += height * ((v0 + v1) / 2 - (2 * u0 * v0 + 2 * u1 * v1 + u0 * v1 + u1 * v0) / 6)
    cover[index] += height
    coverMoment[index] += height * (v0 + v1) / 2
  }
}
