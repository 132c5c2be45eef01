// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Imaging

/// A CT in a NIfTI file as an image along the patient's axes.
enum NIfTIImage {
  /// An image in which nothing is lighter has no air, and is no CT in Hounsfield units (heuristic: fat measures −100).
  private static let airless: Int16 = -200

  /// Reads a CT.
  ///
  /// - Returns: the image, and what was found odd about its header, in words.
  /// - Throws: `InputError` for an image that is oblique, damaged, or holds no Hounsfield units.
  static func read(_ path: String) throws(InputError) -> (image: CTImage, doubts: [String]) {
    let file = try NIfTIFile(path: path)
    let placed = try file.placed()
    let grid = placed.grid
    guard grid.size.x * grid.size.y * grid.size.z <= 1 << 30, grid.size.z > 1 else {
      throw InputError(
        file: path, place: "dim", "holds one plane, or over a thousand million voxels",
        advice: "give a CT of two planes or more")
    }
    try ImageStore.check(grid, file: path)
    let size = file.size
    // Where the stored voxel (0, 0, 0) and its neighbours go in the patient's order.
    let strides = SIMD3(1, grid.size.x, grid.size.x * grid.size.y)
    var start = 0
    var step = SIMD3<Int>.zero
    for axis in 0..<3 {
      let isReversed = grid.reversed[axis] == 1
      step[grid.fileAxis[axis]] = isReversed ? -strides[axis] : strides[axis]
      if isReversed { start += strides[axis] * (grid.size[axis] - 1) }
    }
    var failure: InputError?
    var hasAir = false
    let values = [Int16](unsafeUninitializedCapacity: size.x * size.y * size.z) { buffer, filled in
      do throws(InputError) {
        try file.forEachRowOfValues { row, values in
          var at = start + (row % size.y) * step.y + (row / size.y) * step.z
          for value in values {
            // What is no number is padding.
            let units = value.isFinite ? Int16(max(-1024, min(16_383, value.rounded()))) : -1024
            if units < airless, value.isFinite { hasAir = true }
            buffer[at] = units
            at += step.x
          }
        }
        filled = buffer.count
      } catch { failure = error }
    }
    if let failure { throw failure }
    guard hasAir else {
      throw InputError(
        file: path, "holds no value under \(airless): without air it is no CT in Hounsfield units",
        advice: "give the CT itself; label maps come with --labels")
    }
    return (
      CTImage(
        grid: VoxelGrid(
          columns: grid.size.x, rows: grid.size.y, spacing: SIMD2(grid.spacing.x, grid.spacing.y),
          first: SIMD2(grid.centre(0, 0), grid.centre(1, 0)),
          planes: (0..<grid.size.z).map { grid.centre(2, $0) }), hounsfield: values), placed.doubts
    )
  }
}
