// SPDX-License-Identifier: Apache-2.0
/// The nodes of a square lattice within a rectangle, stored row by row in blocks of eight.
///
/// Millimetres. Rows are padded to a multiple of eight nodes, so that eight neighbours are worked on at a time.
public struct NodeLattice: Sendable, Hashable {
  /// The node (0, 0).
  public let origin: SIMD2<Double>
  /// The distance of neighbouring nodes.
  public let spacing: Double
  /// The nodes along x, a multiple of eight.
  public let columns: Int
  /// The nodes along y.
  public let rows: Int

  /// The nodes that cover a rectangle; `nil` for a spacing that is not above zero or a rectangle turned inside out.
  public init?(covering low: SIMD2<Double>, _ high: SIMD2<Double>, spacing: Double) {
    guard spacing > 0, spacing.isFinite, low.x <= high.x, low.y <= high.y, (high - low).max().isFinite else {
      return nil
    }
    origin = low
    self.spacing = spacing
    columns = (Int(((high.x - low.x) / spacing).rounded(.up)) + 1 + 7) / 8 * 8
    rows = Int(((high.y - low.y) / spacing).rounded(.up)) + 1
  }

  /// All nodes, padding included.
  public var count: Int { columns * rows }

  /// The place of a node.
  public func node(_ column: Int, _ row: Int) -> SIMD2<Double> {
    origin + SIMD2(Double(column), Double(row)) * spacing
  }
}
