// SPDX-License-Identifier: Apache-2.0
public import Anatomy

/// A CT image along the patient's axes: Hounsfield units, x fastest, y and z ascending (LPS).
///
/// Planes may be uneven; a voxel reaches half-way to its neighbours. Nothing of whom it shows is kept with it.
public struct CTImage: Sendable, Hashable {
  /// Where the voxels lie, in the order in which they are stored.
  public let grid: VoxelGrid
  /// Hounsfield units, x fastest, then y, then z; as many as the grid has voxels.
  public let hounsfield: [Int16]
  /// The window that the image asks to be shown with, if it does: centre and width in Hounsfield units.
  public let window: Window?

  /// A grey-scale window.
  public struct Window: Sendable, Hashable {
    /// The middle of the window, in Hounsfield units.
    public let centre: Double
    /// Its width, above zero.
    public let width: Double

    /// A window.
    public init(centre: Double, width: Double) {
      self.centre = centre
      self.width = width
    }
  }

  /// The least and the greatest value that a CT has: air and below, and metal, which is cut off.
  public static let range: ClosedRange<Int16> = -1024...16_383

  /// An image.
  ///
  /// - Parameters:
  ///   - grid: in the patient's order, with as many voxels as there are values.
  ///   - hounsfield: x fastest.
  public init(grid: VoxelGrid, hounsfield: [Int16], window: Window? = nil) {
    precondition(hounsfield.count == grid.size.x * grid.size.y * grid.size.z, "a value for each voxel")
    self.grid = grid
    self.hounsfield = hounsfield
    self.window = window
  }

  /// The value of a voxel by its place on each axis.
  public func value(_ x: Int, _ y: Int, _ z: Int) -> Int16 {
    hounsfield[(z * grid.size.y + y) * grid.size.x + x]
  }

  /// Two images are told apart by their grids alone: values are compared only where grids agree.
  public func hash(into hasher: inout Hasher) { hasher.combine(grid) }
}
