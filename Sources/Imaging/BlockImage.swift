// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Parallelism

/// A CT averaged over blocks of voxels: less noise, and surfaces that therapy can compute with.
///
/// Blocks are as large as fits a wanted size, so that a fine and a coarse scan of one patient give like surfaces.
struct BlockImage {
  /// Where the blocks lie: even along x and y, planes as they were or averaged.
  let grid: VoxelGrid
  let values: [Int16]
  /// How many voxels a block has along x, y and z.
  let factors: SIMD3<Int>

  /// How large blocks are along x and y, and along z, at most, in mm, where voxels are smaller (heuristic).
  static let wantedMM = 1.6
  static let wantedPlaneMM = 2.5

  /// Averages an image.
  init(_ image: CTImage) {
    let source = image.grid
    // Two blocks along each axis at least, however thin a slab the image is.
    let fx = min(Self.factor(source.spacing.x, Self.wantedMM), max(1, source.size.x / 2))
    let fy = min(Self.factor(source.spacing.y, Self.wantedMM), max(1, source.size.y / 2))
    let fz = min(Self.factor(source.spacing.z, Self.wantedPlaneMM), max(1, source.size.z / 2))
    factors = SIMD3(fx, fy, fz)
    let columns = source.size.x / fx
    let rows = source.size.y / fy
    let planes = source.size.z / fz
    let centres = (0..<planes).map { plane in
      (source.edge(2, plane * fz) + source.edge(2, (plane + 1) * fz)) / 2
    }
    grid = VoxelGrid(
      columns: columns, rows: rows,
      spacing: SIMD2(source.spacing.x * Double(fx), source.spacing.y * Double(fy)),
      first: SIMD2(
        source.edge(0, 0) + source.spacing.x * Double(fx) / 2,
        source.edge(1, 0) + source.spacing.y * Double(fy) / 2), planes: centres)
    let count = Int32(fx * fy * fz)
    let plane = columns * rows
    values =
      Workers.fill(
        arrays: 1, count: plane * planes, parts: planes, into: { [Int32](repeating: 0, count: plane) }
      ) { (k: Int, out: [UnsafeMutableBufferPointer<Int16>], sums: inout [Int32]) in
        for index in sums.indices { sums[index] = 0 }
        image.hounsfield.withUnsafeBufferPointer { stored in
          for dz in 0..<fz {
            for j in 0..<(rows * fy) {
              let line = ((k * fz + dz) * source.size.y + j) * source.size.x
              let row = (j / fy) * columns
              for i in 0..<columns {
                var sum: Int32 = 0
                for dx in 0..<fx { sum += Int32(stored[line + i * fx + dx]) }
                sums[row + i] += sum
              }
            }
          }
        }
        for index in 0..<plane { out[0][index] = Int16(sums[index] / count) }
      }[0]
  }

  private static func factor(_ spacing: Double, _ wanted: Double) -> Int {
    max(1, Int((wanted / spacing + 0.05).rounded(.down)))
  }
}
