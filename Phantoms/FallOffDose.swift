// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Foundation
internal import Quantities

/// A smooth dose around one point: a plateau, a logistic fall-off and a faint bath.
///
/// No planning system made it. It has the steepness of a stereotactic course and a closed form:
/// D(r) = peak / (1 + exp((r − half)/width)) + bath · exp(−r/reach).
struct FallOffDose {
  let centre: SIMD3<Double>
  /// The plateau's dose in gray.
  let peak: Double
  /// Where the dose has fallen to half, in millimetres from the centre.
  let half: Double
  /// The width of the fall-off in millimetres.
  let width: Double
  /// The bath's dose at the centre in gray, and the distance over which it falls to 1/e.
  let bath: Double
  let reach: Double

  func gray(at point: SIMD3<Double>) -> Double {
    let offset = point - centre
    let r = (offset * offset).sum().squareRoot()
    return peak / (1 + exp((r - half) / width)) + bath * exp(-r / reach)
  }

  /// The dose on a grid of cubes that covers a body with one voxel to spare.
  func grid(covering body: Solid, voxel: Double) throws -> DoseGrid {
    let (low, high) = body.bounds
    let count = ((high - low) / voxel).rounded(.up) + 3
    let start = (low / voxel).rounded(.down) * voxel - voxel
    let (columns, rows, planes) = (Int(count.x), Int(count.y), Int(count.z))
    var values: [Float] = []
    values.reserveCapacity(columns * rows * planes)
    for k in 0..<planes {
      for j in 0..<rows {
        for i in 0..<columns {
          values.append(Float(gray(at: start + SIMD3(Double(i), Double(j), Double(k)) * voxel)))
        }
      }
    }
    return try DoseGrid(
      origin: SIMD2(start.x, start.y), spacing: SIMD2(voxel, voxel), columns: columns, rows: rows,
      planes: (0..<planes).map { start.z + Double($0) * voxel }, gray: values)
  }
}
