// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Parallelism

/// A set of voxels of a grid, one byte each: 1 where a voxel belongs to it.
struct Mask {
  let size: SIMD3<Int>
  var cells: [UInt8]

  /// The voxels of one plane.
  var plane: Int { size.x * size.y }

  /// How many voxels belong to it.
  var count: Int { cells.reduce(into: 0) { $0 += Int($1) } }

  /// What each voxel says of its number in the stored order.
  init(size: SIMD3<Int>, _ belongs: @Sendable (Int) -> Bool) {
    self.size = size
    let plane = size.x * size.y
    cells =
      Workers.fill(arrays: 1, count: plane * size.z, parts: size.z, into: {}) { z, out, _ in
        for index in 0..<plane { out[0][index] = belongs(z * plane + index) ? 1 : 0 }
      }[0]
  }

  init(size: SIMD3<Int>, cells: [UInt8]) {
    self.size = size
    self.cells = cells
  }

  /// The voxels that belong to both.
  func and(_ other: Mask) -> Mask { combined(other) { $0 & $1 } }

  /// The voxels that belong to either.
  func or(_ other: Mask) -> Mask { combined(other) { $0 | $1 } }

  /// The voxels that belong to it and not to the other.
  func without(_ other: Mask) -> Mask { combined(other) { $0 & ~$1 } }

  private func combined(_ other: Mask, _ body: (UInt8, UInt8) -> UInt8) -> Mask {
    var result = self
    other.cells.withUnsafeBufferPointer { others in
      result.cells.withUnsafeMutableBufferPointer { own in
        for index in own.indices { own[index] = body(own[index], others[index]) }
      }
    }
    return result
  }

  // MARK: Holes

  /// With what it encloses, plane by plane.
  func filledInPlanes() -> Mask {
    let (nx, ny) = (size.x, size.y)
    let plane = plane
    let cells = cells
    let filled = Workers.fill(
      arrays: 1, count: cells.count, parts: size.z, into: { [Int32]() }
    ) { (z: Int, out: [UnsafeMutableBufferPointer<UInt8>], stack: inout [Int32]) in
      cells.withUnsafeBufferPointer { cells in
        // 1 everywhere but where the outside reaches.
        for index in 0..<plane { out[0][index] = 1 }
        stack.removeAll(keepingCapacity: true)
        func open(_ index: Int) {
          guard out[0][index] == 1, cells[z * plane + index] == 0 else { return }
          out[0][index] = 0
          stack.append(Int32(index))
        }
        for x in 0..<nx {
          open(x)
          open((ny - 1) * nx + x)
        }
        for y in 0..<ny {
          open(y * nx)
          open(y * nx + nx - 1)
        }
        while let next = stack.popLast() {
          let index = Int(next)
          let x = index % nx
          if x > 0 { open(index - 1) }
          if x + 1 < nx { open(index + 1) }
          if index >= nx { open(index - nx) }
          if index + nx < plane { open(index + nx) }
        }
      }
    }[0]
    return Mask(size: size, cells: filled)
  }

  // MARK: Runs

  /// Its voxels as runs.
  var voxels: VoxelSet {
    var set = VoxelSet()
    cells.withUnsafeBufferPointer { cells in
      for z in 0..<size.z {
        for y in 0..<size.y {
          let line = z * plane + y * size.x
          var x = 0
          while x < size.x {
            guard cells[line + x] == 1 else {
              x += 1
              continue
            }
            let first = x
            repeat { x += 1 } while x < size.x && cells[line + x] == 1
            set.append(
              VoxelRun(first: Int32(first), last: Int32(x - 1), row: Int32(y), plane: Int32(z)))
          }
        }
      }
    }
    return set
  }
}
