// SPDX-License-Identifier: Apache-2.0
/// The outline of the voxels of one plane: rings along voxel sides, neither crossing nor overlapping.
///
/// Voxels that share a side belong together; those that share a corner only become polygons that touch there.
/// A ring visits no corner twice, so each is simple, and corners on a straight line are left out. The area is
/// the voxels' own, to the last one.
struct VoxelOutline {
  /// A corner of the plane's voxels, counted from the first voxel's lower one.
  struct Corner: Hashable {
    var x: Int
    var y: Int
  }

  /// Cells of the plane with one empty cell around it; 1 where there is a voxel.
  private var cells: [UInt8]
  private var visited: [Bool]
  private let width: Int
  private let height: Int

  /// An empty plane of so many voxels.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    cells = [UInt8](repeating: 0, count: (width + 2) * (height + 2))
    // One flag a lower side.
    visited = [Bool](repeating: false, count: (width + 2) * (height + 2))
  }

  /// Sets or clears a block of voxels.
  mutating func fill(_ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>, _ value: Bool) {
    for y in rows {
      let start = (y + 1) * (width + 2) + 1
      for x in columns { cells[start + x] = value ? 1 : 0 }
    }
  }

  /// The rings around the voxels in these rows and columns, which must be all there are.
  mutating func rings(_ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>) -> [[Corner]] {
    let stride = width + 2
    var found: [[Corner]] = []
    cells.withUnsafeBufferPointer { cells in
      visited.withUnsafeMutableBufferPointer { visited in
        // Sides are visited once each and their flags cleared at the end, so planes can share the arrays.
        for y in (rows.lowerBound + 1)...(rows.upperBound + 1) {
          for x in (columns.lowerBound + 1)...(columns.upperBound + 1) {
            let cell = y * stride + x
            guard cells[cell] != 0, cells[cell - stride] == 0, !visited[cell] else { continue }
            Self.trace(from: x, y, cells, &visited, stride, into: &found)
          }
        }
        for y in (rows.lowerBound + 1)...(rows.upperBound + 1) {
          for x in (columns.lowerBound + 1)...(columns.upperBound + 1) { visited[y * stride + x] = false }
        }
      }
    }
    return found
  }

  /// Follows the outline from the lower side of a cell, voxels on the left hand, and adds its rings.
  private static func trace(
    from x: Int, _ y: Int, _ cells: UnsafeBufferPointer<UInt8>,
    _ visited: inout UnsafeMutableBufferPointer<Bool>, _ stride: Int, into found: inout [[Corner]]
  ) {
    // Corner (cx, cy) is the lower left one of cell (cx, cy); directions: 0 east, 1 north, 2 west, 3 south.
    var cx = x
    var cy = y
    var direction = 0
    var path = [Corner(x: x - 1, y: y - 1)]
    // Corners where two voxels meet by a corner only; a ring that comes back to one is cut off there.
    var pinches: [Corner: Int] = [:]
    if isPinch(x, y, cells, stride) { pinches[path[0]] = 0 }
    while true {
      switch direction {
      case 0:
        visited[cy * stride + cx] = true
        cx += 1
      case 1: cy += 1
      case 2: cx -= 1
      default: cy -= 1
      }
      let northEast = cells[cy * stride + cx] != 0
      let northWest = cells[cy * stride + cx - 1] != 0
      let southEast = cells[(cy - 1) * stride + cx] != 0
      let southWest = cells[(cy - 1) * stride + cx - 1] != 0
      let (left, right) =
        switch direction {
        case 0: (northEast, southEast)
        case 1: (northWest, northEast)
        case 2: (southWest, northWest)
        default: (southEast, southWest)
        }
      let next = !left ? (direction + 1) & 3 : right ? (direction + 3) & 3 : direction
      if cx == x, cy == y, next == 0 {
        found.append(path)
        return
      }
      guard next != direction else { continue }
      let corner = Corner(x: cx - 1, y: cy - 1)
      if northEast == southWest, northWest == southEast, northEast != northWest {
        if let start = pinches[corner] {
          found.append(Array(path[start...]))
          for old in path[(start + 1)...] { pinches[old] = nil }
          path.removeSubrange((start + 1)...)
          direction = next
          continue
        }
        pinches[corner] = path.count
      }
      path.append(corner)
      direction = next
    }
  }

  private static func isPinch(_ x: Int, _ y: Int, _ cells: UnsafeBufferPointer<UInt8>, _ stride: Int) -> Bool
  {
    let northEast = cells[y * stride + x]
    let southWest = cells[(y - 1) * stride + x - 1]
    let northWest = cells[y * stride + x - 1]
    let southEast = cells[(y - 1) * stride + x]
    return northEast == southWest && northWest == southEast && northEast != northWest
  }
}
