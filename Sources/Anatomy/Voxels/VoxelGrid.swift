// SPDX-License-Identifier: Apache-2.0

/// Where the voxels of an image lie: a grid along the patient's axes, LPS in millimetres.
///
/// A file may store its axes in any order and direction; here every axis is the patient's, and voxels are counted towards
/// growing x, y and z.
public struct VoxelGrid: Sendable, Hashable {
  /// The number of voxels along the patient's x, y and z.
  public let size: SIMD3<Int>
  /// The size of a voxel along x, y and z, in millimetres; along z the mean where planes are uneven.
  public let spacing: SIMD3<Double>
  /// Which of the stored axes runs along the patient's x, y and z.
  public let fileAxis: SIMD3<Int>
  /// Whether the stored order counts against the patient's x, y and z (1) or with them (0).
  public let reversed: SIMD3<Int>
  /// The lower corner of the first voxel.
  private let corner: SIMD3<Double>
  /// The planes' centres, and their sides half-way between them, where they are uneven; else empty.
  private let planes: [Double]
  private let sides: [Double]

  /// An even grid.
  ///
  /// - Parameters:
  ///   - size: the number of voxels along the patient's axes.
  ///   - spacing: the size of a voxel, above zero.
  ///   - corner: the lower corner of the first voxel.
  ///   - fileAxis: which of the stored axes runs along x, y and z; as they stand when not given.
  ///   - reversed: 1 for each of the patient's axes against which the stored order counts.
  public init(
    size: SIMD3<Int>, spacing: SIMD3<Double>, corner: SIMD3<Double>,
    fileAxis: SIMD3<Int> = SIMD3(0, 1, 2), reversed: SIMD3<Int> = .zero
  ) {
    self.size = size
    self.spacing = spacing
    self.corner = corner
    self.fileAxis = fileAxis
    self.reversed = reversed
    planes = []
    sides = []
  }

  /// A grid in the patient's order whose planes may be uneven.
  ///
  /// A plane reaches half-way to its neighbours, the outermost as far outwards as inwards.
  ///
  /// - Parameters:
  ///   - columns: the number of voxels along x.
  ///   - rows: the number of voxels along y.
  ///   - spacing: the size of a voxel along x and y.
  ///   - first: the centre of the first voxel along x and y.
  ///   - planes: the planes' z, ascending, two or more.
  public init(
    columns: Int, rows: Int, spacing: SIMD2<Double>, first: SIMD2<Double>, planes: [Double]
  ) {
    precondition(planes.count > 1, "a grid of planes has two or more")
    let last = planes.count - 1
    let middles = zip(planes, planes.dropFirst()).map { ($0 + $1) / 2 }
    let sides =
      [planes[0] - (middles[0] - planes[0])] + middles + [planes[last] + (planes[last] - middles[last - 1])]
    size = SIMD3(columns, rows, planes.count)
    self.spacing = SIMD3(spacing.x, spacing.y, (planes[last] - planes[0]) / Double(last))
    corner = SIMD3(first.x - spacing.x / 2, first.y - spacing.y / 2, sides[0])
    fileAxis = SIMD3(0, 1, 2)
    reversed = .zero
    self.planes = planes
    self.sides = sides
  }

  /// The lower side of a voxel along an axis; of the one past the last, the upper side of the last.
  public func edge(_ axis: Int, _ index: Int) -> Double {
    axis == 2 && !sides.isEmpty ? sides[index] : corner[axis] + spacing[axis] * Double(index)
  }

  /// The centre of a voxel along an axis.
  public func centre(_ axis: Int, _ index: Int) -> Double {
    axis == 2 && !planes.isEmpty ? planes[index] : corner[axis] + spacing[axis] * (Double(index) + 0.5)
  }

  /// The volume of a voxel in mm³; the mean where planes are uneven.
  public var voxelVolume: Double { spacing.x * spacing.y * spacing.z }

  /// The voxel that holds a place, by the patient's axes; `nil` outside.
  public func voxel(at place: SIMD3<Double>) -> SIMD3<Int>? {
    var found = SIMD3<Int>.zero
    for axis in 0..<2 {
      let index = ((place[axis] - corner[axis]) / spacing[axis]).rounded(.down)
      guard index >= 0, index < Double(size[axis]) else { return nil }
      found[axis] = Int(index)
    }
    guard let plane = plane(at: place.z) else { return nil }
    found.z = plane
    return found
  }

  /// The plane that holds a z; `nil` outside.
  public func plane(at z: Double) -> Int? {
    guard z >= edge(2, 0), z < edge(2, size.z) else { return nil }
    guard !sides.isEmpty else { return min(size.z - 1, max(0, Int((z - corner.z) / spacing.z))) }
    var low = 0
    var high = size.z
    while high - low > 1 {
      let middle = (low + high) / 2
      if sides[middle] <= z { low = middle } else { high = middle }
    }
    return low
  }
}
