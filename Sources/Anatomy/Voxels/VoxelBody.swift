// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry
internal import Quantities

/// Makes a solid of voxels: in every plane the outline of its voxels, each plane a slab as thick as a voxel.
///
/// So the volume is the number of voxels times the volume of one. A plane without voxels stays empty, however
/// few there are in a row: nothing was segmented there.
public struct VoxelBody: Sendable {
  /// Where the voxels lie.
  public let grid: VoxelGrid

  /// Makes solids of the voxels of a grid.
  public init(grid: VoxelGrid) { self.grid = grid }

  /// The solid; `nil` for no voxels.
  ///
  /// - Parameter isSmoothed: whether outlines run through the middles of the voxels' sides instead of along them: half as
  ///   many corners and no steps, for bodies that are estimates anyway. The volume is then the voxels' but for their corners.
  /// - Throws: `GEOSError`.
  public func solid(of voxels: VoxelSet, isSmoothed: Bool = false) throws -> Solid? {
    guard voxels.count > 0 else { return nil }
    let box = box(of: voxels)
    let planes = split(voxels, box)
    let columns = box.low.x...box.high.x
    let rows = box.low.y...box.high.y
    let xs = columns.map { grid.edge(0, $0) } + [grid.edge(0, box.high.x + 1)]
    let ys = rows.map { grid.edge(1, $0) } + [grid.edge(1, box.high.y + 1)]
    var outline = VoxelOutline(width: columns.count, height: rows.count)
    var slabs: [Slab] = []
    var gaps: [PlaneGap] = []
    for (index, blocks) in planes.enumerated() where !blocks.isEmpty {
      var low = blocks[0]
      for block in blocks {
        low = low.union(block)
        outline.fill(block.columns, block.rows, true)
      }
      let rings = outline.rings(low.columns, low.rows)
      for block in blocks { outline.fill(block.columns, block.rows, false) }
      let contours = try rings.map { ring in
        let corners = ring.map { SIMD2(xs[$0.x], ys[$0.y]) }
        return try Contour(isSmoothed ? smoothed(corners) : corners)
      }
      let plane = box.low.z + index
      if let last = slabs.last, index > 0, planes[index - 1].isEmpty {
        gaps.append(PlaneGap(below: last.z, above: grid.centre(2, plane)))
      }
      slabs.append(
        Slab(
          z: grid.centre(2, plane), lower: grid.edge(2, plane), upper: grid.edge(2, plane + 1),
          region: Region(nesting: contours)))
    }
    return Solid(
      slabs: slabs, endCap: .voxels, nominalSpacing: .millimeters(grid.spacing.z), gaps: gaps)
  }

  /// An outline through the middles of the first and last voxel side between each two corners.
  private func smoothed(_ corners: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let half = SIMD2(grid.spacing.x, grid.spacing.y) / 2
    var points: [SIMD2<Double>] = []
    points.reserveCapacity(2 * corners.count)
    func add(_ point: SIMD2<Double>) {
      // Steps of a slope become one line.
      while points.count >= 2 {
        let a = points[points.count - 1] - points[points.count - 2]
        let b = point - points[points.count - 1]
        guard abs(a.x * b.y - a.y * b.x) <= 1e-9 * half.x * half.y else { break }
        points.removeLast()
      }
      points.append(point)
    }
    for (index, corner) in corners.enumerated() {
      let next = corners[(index + 1) % corners.count]
      let step = next - corner
      let inwards = SIMD2(
        step.x == 0 ? 0 : (step.x > 0 ? half.x : -half.x), step.y == 0 ? 0 : (step.y > 0 ? half.y : -half.y))
      add(corner + inwards)
      // A side of one voxel has one middle.
      if max(abs(step.x) / (2 * half.x), abs(step.y) / (2 * half.y)) > 1.5 { add(next - inwards) }
    }
    return points
  }

  /// The centre of volume, LPS in millimetres.
  public func centroid(of voxels: VoxelSet) -> SIMD3<Double> {
    var sum = SIMD3<Double>.zero
    for run in voxels.runs {
      let middle = SIMD3(
        Double(run.first) + Double(run.last), 2 * Double(run.row), 2 * Double(run.plane))
      sum += middle * (Double(run.count) / 2)
    }
    let mean = sum / Double(voxels.count)
    var centre = SIMD3<Double>.zero
    for axis in 0..<3 {
      let index = mean[grid.fileAxis[axis]]
      let counted = grid.reversed[axis] == 1 ? Double(grid.size[axis] - 1) - index : index
      centre[axis] = grid.edge(axis, 0) + grid.spacing[axis] * (counted + 0.5)
    }
    return centre
  }

  /// The least and greatest voxel along the patient's axes.
  public func box(of voxels: VoxelSet) -> (low: SIMD3<Int>, high: SIMD3<Int>) {
    var low = SIMD3<Int>.zero
    var high = SIMD3<Int>.zero
    for axis in 0..<3 {
      let range = ordered(voxels.low[grid.fileAxis[axis]], voxels.high[grid.fileAxis[axis]], axis)
      low[axis] = range.lowerBound
      high[axis] = range.upperBound
    }
    return (low, high)
  }

  /// How many voxels it is across along x, y and z.
  public func extent(of voxels: VoxelSet) -> SIMD3<Int> {
    let (low, high) = box(of: voxels)
    return high &- low &+ 1
  }

  /// Whether it reaches the outermost voxels of the image, beyond which nothing was seen.
  public func touchesEdge(_ voxels: VoxelSet) -> Bool {
    let (low, high) = box(of: voxels)
    return (0..<3).contains { low[$0] == 0 || high[$0] == grid.size[$0] - 1 }
  }

  /// A block of voxels in a plane, columns and rows counted from the box's first.
  private struct Block {
    var columns: ClosedRange<Int>
    var rows: ClosedRange<Int>

    func union(_ other: Block) -> Block {
      Block(
        columns: min(
          columns.lowerBound, other.columns.lowerBound)...max(columns.upperBound, other.columns.upperBound),
        rows: min(rows.lowerBound, other.rows.lowerBound)...max(rows.upperBound, other.rows.upperBound))
    }
  }

  /// A range of the stored indices as voxels counted towards growing coordinates.
  private func ordered(_ first: Int, _ last: Int, _ axis: Int) -> ClosedRange<Int> {
    guard grid.reversed[axis] == 1 else { return first...last }
    let end = grid.size[axis] - 1
    return (end - last)...(end - first)
  }

  /// The voxels of every plane from the box's lowest to its highest.
  private func split(_ voxels: VoxelSet, _ box: (low: SIMD3<Int>, high: SIMD3<Int>)) -> [[Block]] {
    var planes = [[Block]](repeating: [], count: box.high.z - box.low.z + 1)
    for run in voxels.runs {
      let ranges = [
        Int(run.first)...Int(run.last), Int(run.row)...Int(run.row), Int(run.plane)...Int(run.plane),
      ]
      let x = ordered(ranges[grid.fileAxis.x].lowerBound, ranges[grid.fileAxis.x].upperBound, 0)
      let y = ordered(ranges[grid.fileAxis.y].lowerBound, ranges[grid.fileAxis.y].upperBound, 1)
      let z = ordered(ranges[grid.fileAxis.z].lowerBound, ranges[grid.fileAxis.z].upperBound, 2)
      let block = Block(
        columns: (x.lowerBound - box.low.x)...(x.upperBound - box.low.x),
        rows: (y.lowerBound - box.low.y)...(y.upperBound - box.low.y))
      for plane in z { planes[plane - box.low.z].append(block) }
    }
    return planes
  }
}
