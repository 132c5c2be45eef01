// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Parallelism

/// Bone in a CT: by half the way from soft tissue to the densest bone beside a voxel, filled.
///
/// One threshold for all would make thick bones too thick and thin ones vanish.
struct BoneMask {
  let mask: Mask

  /// What soft tissue measures, in Hounsfield units (heuristic).
  private static let soft = 40.0
  /// Nothing below this is bone, in Hounsfield units: above contrast-free tissue (heuristic).
  private static let least: Int16 = 150
  /// A body that never reaches this is contrast in a vessel or a drain, not bone (heuristic).
  private static let cortical: Int16 = 300
  /// Smaller bodies are calcifications and noise, in mm³ (heuristic).
  private static let leastMM3 = 400.0

  /// The bone within a body.
  init(_ blocks: BlockImage, in body: Mask) {
    let grid = blocks.grid
    let size = grid.size
    let peaks = Self.peaks(blocks)
    let candidate = Mask(size: size) { index in
      guard body.cells[index] == 1, blocks.values[index] >= Self.least else { return false }
      return Double(blocks.values[index]) >= (Double(peaks[index]) + Self.soft) / 2
    }
    let (parts, labels) = candidate.parts()
    var densest = [Int16](repeating: .min, count: parts.count + 1)
    for (index, label) in labels.enumerated() where label > 0 {
      densest[Int(label)] = max(densest[Int(label)], blocks.values[index])
    }
    let kept = parts.filter {
      Double($0.count) * grid.voxelVolume >= Self.leastMM3 && densest[Int($0.number)] >= Self.cortical
    }
    guard !kept.isEmpty else {
      mask = Mask(size: size, cells: [UInt8](repeating: 0, count: labels.count))
      return
    }
    let bone = Mask.of(Set(kept.map(\.number)), labels, size)
    // Marrow is enclosed by cortex; the spinal canal opens to neither side in most planes and is no bone, so only small
    // holes are filled.
    mask = bone.or(Self.smallHoles(of: bone, grid))
  }

  /// The densest value within a voxel's neighbours, plane by plane.
  private static func peaks(_ blocks: BlockImage) -> [Int16] {
    let size = blocks.grid.size
    let plane = size.x * size.y
    return Workers.fill(
      arrays: 1, count: plane * size.z, parts: size.z, into: { [Int16](repeating: 0, count: plane) }
    ) {
      (z: Int, out: [UnsafeMutableBufferPointer<Int16>], rows: inout [Int16]) in
      blocks.values.withUnsafeBufferPointer { values in
        for y in 0..<size.y {
          for x in 0..<size.x {
            let line = z * plane + y * size.x
            var most = values[line + x]
            for other in max(0, x - 2)...min(size.x - 1, x + 2) { most = max(most, values[line + other]) }
            rows[y * size.x + x] = most
          }
        }
        for y in 0..<size.y {
          for x in 0..<size.x {
            var most = rows[y * size.x + x]
            for other in max(0, y - 2)...min(size.y - 1, y + 2) { most = max(most, rows[other * size.x + x]) }
            out[0][y * size.x + x] = most
          }
        }
      }
    }[0]
  }

  /// Holes of a plane of at most 1.5 cm² (heuristic: the spinal canal has 2 to 3).
  private static func smallHoles(of bone: Mask, _ grid: VoxelGrid) -> Mask {
    bone.filledInPlanes().without(bone).partsInPlanes(upTo: Int(150 / (grid.spacing.x * grid.spacing.y)))
  }
}
