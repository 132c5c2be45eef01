// SPDX-License-Identifier: Apache-2.0
extension DoseGrid {
  /// Whether two grids have the same nodes, within a thousandth of a millimetre.
  public func sharesNodes(with other: DoseGrid) -> Bool {
    let tolerance = 1e-3
    return columns == other.columns && rows == other.rows && planes.count == other.planes.count
      && abs(origin.x - other.origin.x) <= tolerance && abs(origin.y - other.origin.y) <= tolerance
      && abs(spacing.x - other.spacing.x) * Double(columns) <= tolerance
      && abs(spacing.y - other.spacing.y) * Double(rows) <= tolerance
      && zip(planes, other.planes).allSatisfy { abs($0 - $1) <= tolerance }
  }

  /// The physical sum with a grid of the same nodes; `nil` when the nodes differ.
  ///
  /// Only doses of one course may be added so; a node unknown in either is unknown in the sum.
  public func adding(_ other: DoseGrid) -> DoseGrid? {
    guard sharesNodes(with: other) else { return nil }
    return try? DoseGrid(
      origin: origin, spacing: spacing, columns: columns, rows: rows, planes: planes,
      gray: zip(gray, other.gray).map { $0 + $1 })
  }
}
