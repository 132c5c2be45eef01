// SPDX-License-Identifier: Apache-2.0
/// A regular grid of rectangular cells in a plane of constant z, without end.
///
/// Cell (i, j) spans `origin + (i, j)·spacing` to `origin + (i + 1, j + 1)·spacing`, in millimetres.
public struct PlanarLattice: Sendable, Hashable {
  /// The low corner of cell (0, 0).
  public let origin: SIMD2<Double>
  /// The sides of a cell, both above zero.
  public let spacing: SIMD2<Double>

  /// A lattice; `nil` unless both sides are finite and above zero.
  public init?(origin: SIMD2<Double>, spacing: SIMD2<Double>) {
    guard origin.x.isFinite, origin.y.isFinite, spacing.x.isFinite, spacing.y.isFinite, spacing.x > 0,
      spacing.y > 0
    else { return nil }
    self.origin = origin
    self.spacing = spacing
  }

  /// The area of one cell in square millimetres.
  public var cellArea: Double { spacing.x * spacing.y }

  /// A place in units of cells.
  @inlinable
  public func cellCoordinates(_ point: SIMD2<Double>) -> SIMD2<Double> { (point - origin) / spacing }
}
