// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Parallelism

extension Mask {
  /// The voxels within a distance of it, itself among them.
  ///
  /// - Parameters:
  ///   - reach: in millimetres.
  ///   - grid: where the voxels lie; planes may be uneven.
  func grown(by reach: Double, on grid: VoxelGrid) -> Mask {
    let limit = Float(reach * reach) * 1.0001
    let nz = size.z
    let plane = plane
    let flat = squaredInPlanes(reach, grid)
    let centres = (0..<nz).map { grid.centre(2, $0) }
    let result = Workers.fill(
      arrays: 1, count: plane * nz, parts: nz, into: { [Float](repeating: 0, count: plane) }
    ) { (z: Int, out: [UnsafeMutableBufferPointer<UInt8>], best: inout [Float]) in
      let target = out[0]
      flat.withUnsafeBufferPointer { flat in
        best.withUnsafeMutableBufferPointer { best in
          guard let best = best.baseAddress, let flat = flat.baseAddress, let target = target.baseAddress
          else {
            return
          }
          for index in 0..<plane { best[index] = flat[z &* plane &+ index] }
          for direction in [-1, 1] {
            var other = z + direction
            while other >= 0, other < nz, abs(centres[other] - centres[z]) <= reach {
              let away = Float(centres[other] - centres[z])
              Self.lower(best, to: flat + other * plane, plus: away * away, count: plane)
              other += direction
            }
          }
          for index in 0..<plane { target[index] = best[index] <= limit ? 1 : 0 }
        }
      }
    }[0]
    return Mask(size: size, cells: result)
  }

  /// The squared distances within each plane, in mm²; of what lies beyond the reach any greater number.
  private func squaredInPlanes(_ reach: Double, _ grid: VoxelGrid) -> [Float] {
    let (nx, ny) = (size.x, size.y)
    let plane = plane
    let cells = cells
    let sx = Float(grid.spacing.x)
    let wy = Int(reach / grid.spacing.y)
    let far = Float(1e12)
    return Workers.fill(
      arrays: 1, count: plane * size.z, parts: size.z, into: { [Float](repeating: 0, count: plane) }
    ) { (z: Int, out: [UnsafeMutableBufferPointer<Float>], rows: inout [Float]) in
      cells.withUnsafeBufferPointer { cells in
        rows.withUnsafeMutableBufferPointer { rows in
          guard let rows = rows.baseAddress, let target = out[0].baseAddress else { return }
          var holds = [Bool](repeating: false, count: ny)
          for y in 0..<ny {
            let line = z &* plane &+ y &* nx
            let row = rows + y * nx
            var since = Float(1e5)
            for x in 0..<nx {
              since = cells[line &+ x] == 1 ? 0 : since + 1
              row[x] = since
            }
            // The last one says whether the row held any.
            holds[y] = row[nx - 1] < 1e5
            since = 1e5
            for x in (0..<nx).reversed() {
              since = cells[line &+ x] == 1 ? 0 : since + 1
              let nearest = (since < row[x] ? since : row[x]) * sx
              row[x] = nearest * nearest
            }
          }
          for y in 0..<ny {
            let row = target + y * nx
            if holds[y] {
              row.update(from: rows + y * nx, count: nx)
            } else {
              row.update(repeating: far, count: nx)
            }
            for other in max(0, y - wy)...min(ny - 1, y + wy) where other != y && holds[other] {
              let away = Float(Double(other - y) * grid.spacing.y)
              Self.lower(row, to: rows + other * nx, plus: away * away, count: nx)
            }
          }
        }
      }
    }[0]
  }

  /// Lowers numbers to those of another row where these, with something added, are lower.
  @inline(__always)
  private static func lower(
    _ row: UnsafeMutablePointer<Float>, to other: UnsafePointer<Float>, plus add: Float, count: Int
  ) {
    var index = 0
    while index &+ 8 <= count {
      let own = UnsafeRawPointer(row + index).loadUnaligned(as: SIMD8<Float>.self)
      let sum = UnsafeRawPointer(other + index).loadUnaligned(as: SIMD8<Float>.self) + add
      UnsafeMutableRawPointer(row + index).storeBytes(
        of: own.replacing(with: sum, where: sum .< own), as: SIMD8<Float>.self)
      index &+= 8
    }
    while index < count {
      let sum = other[index] + add
      if sum < row[index] { row[index] = sum }
      index &+= 1
    }
  }

  /// The voxels farther than a distance from all that does not belong to it; beyond the image nothing takes away.
  func shrunk(by reach: Double, on grid: VoxelGrid) -> Mask { inverted.grown(by: reach, on: grid).inverted }

  var inverted: Mask {
    var result = self
    result.cells.withUnsafeMutableBufferPointer { cells in
      for index in cells.indices { cells[index] = 1 - cells[index] }
    }
    return result
  }
}
