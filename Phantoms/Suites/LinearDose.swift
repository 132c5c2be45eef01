// SPDX-License-Identifier: Apache-2.0
public import Dosimetry

/// A dose that rises by 1 Gy a millimetre, 16 Gy at the origin.
///
/// Trilinear interpolation is exact for it on any grid: what a histogram gets wrong in it is the histogram's own.
public enum LinearDose {
  /// The dose at the origin in gray.
  public static let centre = 16.0

  /// The dose on a grid that covers a box.
  ///
  /// - Parameters:
  ///   - low: the box's least corner in millimetres.
  ///   - high: its greatest corner.
  ///   - voxel: the distances of nodes along x, y and z.
  ///   - shift: how far the nodes lie from multiples of the voxel, in voxels.
  ///   - gradient: the rise in Gy a millimetre along x, y and z.
  public static func grid(
    covering low: SIMD3<Double>, _ high: SIMD3<Double>, voxel: SIMD3<Double>, shift: SIMD3<Double> = .zero,
    gradient: SIMD3<Double>
  ) throws -> DoseGrid {
    // A box that ends on a node needs no further one.
    let first = (low / voxel - shift + 1e-9).rounded(.down)
    let last = (high / voxel - shift - 1e-9).rounded(.up)
    let count = SIMD3<Int>(last - first) &+ 1
    let start = (first + shift) * voxel
    var gray: [Float] = []
    gray.reserveCapacity(count.x * count.y * count.z)
    for k in 0..<count.z {
      for j in 0..<count.y {
        for i in 0..<count.x {
          let place = start + SIMD3(Double(i), Double(j), Double(k)) * voxel
          gray.append(Float(centre + (place * gradient).sum()))
        }
      }
    }
    return try DoseGrid(
      origin: SIMD2(start.x, start.y), spacing: SIMD2(voxel.x, voxel.y), columns: count.x, rows: count.y,
      planes: (0..<count.z).map { start.z + Double($0) * voxel.z }, gray: gray)
  }
}

extension GradientDirection {
  /// The rise in Gy a millimetre along x, y and z.
  public var gradient: SIMD3<Double> {
    switch self {
    case .anteriorPosterior: SIMD3(0, 1, 0)
    case .superiorInferior: SIMD3(0, 0, 1)
    }
  }
}
