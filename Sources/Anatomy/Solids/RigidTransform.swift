// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A rotation followed by a shift, from one frame of reference to another.
///
/// Column vectors: `to = R·from + shift`, LPS millimetres on both sides.
public struct RigidTransform: Sendable, Hashable {
  /// The rotation's rows.
  public let rows: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)
  /// The shift in millimetres.
  public let shift: SIMD3<Double>

  /// No change at all.
  public static let identity = RigidTransform(
    uncheckedRows: (SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1)), shift: .zero)

  /// How far a rotation matrix of a file may be from orthonormal; text of six digits stays within it.
  public static let orthonormalTolerance = 1e-4

  private init(uncheckedRows: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>), shift: SIMD3<Double>) {
    rows = uncheckedRows
    self.shift = shift
  }

  /// A pure shift.
  public init(shift: SIMD3<Double>) { self.init(uncheckedRows: Self.identity.rows, shift: shift) }

  /// A transform from the sixteen numbers of a homogeneous 4×4 matrix, row by row.
  ///
  /// `nil` unless the rotation is orthonormal with determinant +1 (no scaling, shearing or mirroring), the last
  /// row is 0 0 0 1, every number is finite and the shift below 10 m.
  public init?(matrix: [Double]) {
    guard matrix.count == 16, matrix.allSatisfy(\.isFinite) else { return nil }
    let rows = (
      SIMD3(matrix[0], matrix[1], matrix[2]), SIMD3(matrix[4], matrix[5], matrix[6]),
      SIMD3(matrix[8], matrix[9], matrix[10])
    )
    let tolerance = Self.orthonormalTolerance
    func dot(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> Double { (a * b).sum() }
    let products = [
      dot(rows.0, rows.0) - 1, dot(rows.1, rows.1) - 1, dot(rows.2, rows.2) - 1, dot(rows.0, rows.1),
      dot(rows.0, rows.2), dot(rows.1, rows.2), matrix[12], matrix[13], matrix[14], matrix[15] - 1,
    ]
    let cross = SIMD3(
      rows.0.y * rows.1.z - rows.0.z * rows.1.y, rows.0.z * rows.1.x - rows.0.x * rows.1.z,
      rows.0.x * rows.1.y - rows.0.y * rows.1.x)
    // Nobody lies 10 m from himself.
    let shift = SIMD3(matrix[3], matrix[7], matrix[11])
    guard products.allSatisfy({ abs($0) <= tolerance }), dot(cross, rows.2) > 0, (shift * shift).sum() <= 1e8
    else { return nil }
    self.init(uncheckedRows: rows, shift: shift)
  }

  /// The image of a point.
  public func callAsFunction(_ point: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3((rows.0 * point).sum(), (rows.1 * point).sum(), (rows.2 * point).sum()) + shift
  }

  /// The way back.
  public var inverse: RigidTransform {
    let columns = (
      SIMD3(rows.0.x, rows.1.x, rows.2.x), SIMD3(rows.0.y, rows.1.y, rows.2.y),
      SIMD3(rows.0.z, rows.1.z, rows.2.z)
    )
    let back = SIMD3((columns.0 * shift).sum(), (columns.1 * shift).sum(), (columns.2 * shift).sum())
    return RigidTransform(uncheckedRows: columns, shift: -back)
  }

  /// This transform after another one.
  public func after(_ first: RigidTransform) -> RigidTransform {
    let columns = (
      SIMD3(first.rows.0.x, first.rows.1.x, first.rows.2.x),
      SIMD3(first.rows.0.y, first.rows.1.y, first.rows.2.y),
      SIMD3(first.rows.0.z, first.rows.1.z, first.rows.2.z)
    )
    func row(_ r: SIMD3<Double>) -> SIMD3<Double> {
      SIMD3((r * columns.0).sum(), (r * columns.1).sum(), (r * columns.2).sum())
    }
    return RigidTransform(uncheckedRows: (row(rows.0), row(rows.1), row(rows.2)), shift: self(first.shift))
  }

  /// The angle it turns by, in degrees, 0…180.
  public var angleDegrees: Double {
    let cosine = (rows.0.x + rows.1.y + rows.2.z - 1) / 2
    return acos(min(1, max(-1, cosine))) * 180 / Double.pi
  }

  /// Whether it only shifts: over a metre, any turn it has moves nothing by a ten-thousandth of a millimetre.
  public var isShift: Bool {
    let identity = Self.identity.rows
    let off = [rows.0 - identity.0, rows.1 - identity.1, rows.2 - identity.2]
    return off.allSatisfy { max($0.max(), -$0.min()) <= 1e-7 }
  }

  /// Whether both have the same numbers.
  public static func == (a: RigidTransform, b: RigidTransform) -> Bool {
    a.rows == b.rows && a.shift == b.shift
  }

  /// Hashes the numbers.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rows.0)
    hasher.combine(rows.1)
    hasher.combine(rows.2)
    hasher.combine(shift)
  }
}
