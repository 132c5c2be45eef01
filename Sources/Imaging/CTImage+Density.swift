// SPDX-License-Identifier: Apache-2.0
public import Anatomy
internal import PlanarGeometry

extension CTImage {
  /// Hounsfield units within a body.
  public struct Density: Sendable, Hashable {
    /// The mean.
    public let mean: Double
    /// The share of voxels above 200, which calcification has.
    public let shareAbove200: Double
    /// The share of voxels below −300, which aerated lung and ground glass have.
    public let shareBelowMinus300: Double
    /// How many voxels were measured.
    public let voxels: Int
  }

  /// The density within a body, by the voxels whose centres lie in it; `nil` where there is none.
  public func density(within solid: Solid) -> Density? {
    var sum = 0
    var dense = 0
    var light = 0
    var count = 0
    let bounds = solid.bounds
    guard let low = grid.clamped(bounds.low), let high = grid.clamped(bounds.high) else { return nil }
    for z in low.z...high.z {
      for y in low.y...high.y {
        for x in low.x...high.x {
          let place = SIMD3(grid.centre(0, x), grid.centre(1, y), grid.centre(2, z))
          guard solid.encloses(place) else { continue }
          let value = Int(self.value(x, y, z))
          sum += value
          count += 1
          if value > 200 { dense += 1 }
          if value < -300 { light += 1 }
        }
      }
    }
    guard count > 0 else { return nil }
    return Density(
      mean: Double(sum) / Double(count), shareAbove200: Double(dense) / Double(count),
      shareBelowMinus300: Double(light) / Double(count), voxels: count)
  }
}

extension VoxelGrid {
  /// The voxel nearest to a place; `nil` for a place farther from the grid than its own extent.
  fileprivate func clamped(_ place: SIMD3<Double>) -> SIMD3<Int>? {
    var found = SIMD3<Int>.zero
    for axis in 0..<2 {
      let index = ((place[axis] - edge(axis, 0)) / spacing[axis]).rounded(.down)
      guard abs(index) < 1e6 else { return nil }
      found[axis] = min(size[axis] - 1, max(0, Int(index)))
    }
    found.z = place.z <= edge(2, 0) ? 0 : plane(at: place.z) ?? size.z - 1
    return found
  }
}
