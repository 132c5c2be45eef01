// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation

/// How a file's voxels lie in the patient: steps along the stored axes, LPS in millimetres.
struct GridPlacement {
  /// The number of voxels along each stored axis.
  let size: SIMD3<Int>
  /// From one voxel to the next along each stored axis.
  let steps: [SIMD3<Double>]
  /// The centre of the first voxel.
  let first: SIMD3<Double>
  /// The file, and the place in it that says so, for refusals.
  let path: String
  let place: String

  /// How far the stored axes may lean from the patient's, as a ratio.
  static let leaningTolerance = 1e-3

  /// The most that one of the stored axes leans, as a ratio.
  private(set) var lean = 0.0
  /// Which of the stored axes runs along the patient's x, y and z.
  private var fileAxis = SIMD3(-1, -1, -1)

  /// - Throws: `InputError` when an axis does not run along one of the patient's.
  init(
    size: SIMD3<Int>, steps: [SIMD3<Double>], first: SIMD3<Double>, path: String, place: String
  ) throws(InputError) {
    self.size = size
    self.steps = steps
    self.first = first
    self.path = path
    self.place = place
    for (column, direction) in steps.enumerated() {
      let lengths = SIMD3(abs(direction.x), abs(direction.y), abs(direction.z))
      let main = lengths.x >= lengths.y && lengths.x >= lengths.z ? 0 : lengths.y >= lengths.z ? 1 : 2
      let square = (direction * direction).sum()
      let aside = (max(0, square - direction[main] * direction[main]) / square).squareRoot()
      guard aside <= Self.leaningTolerance, fileAxis[main] < 0 else {
        throw InputError(
          file: path, place: place,
          "is oblique: its axis \(column + 1) leans \(Self.degrees(aside)) degrees from the patient's axes",
          advice: "resample it to the axes of an axial CT (labels by nearest neighbour), or give the CT's own"
        )
      }
      lean = max(lean, aside)
      fileAxis[main] = column
    }
  }

  /// The grid.
  ///
  /// - Throws: `InputError` for voxels of no patient's size or place.
  func grid() throws(InputError) -> VoxelGrid {
    var size = SIMD3<Int>.zero
    var corner = SIMD3<Double>.zero
    var spacing = SIMD3<Double>.zero
    var reversed = SIMD3<Int>.zero
    for axis in 0..<3 {
      let step = steps[fileAxis[axis]][axis]
      size[axis] = self.size[fileAxis[axis]]
      spacing[axis] = abs(step)
      reversed[axis] = step < 0 ? 1 : 0
      let start = firstCentre(along: axis)
      corner[axis] = min(start, start + step * Double(size[axis] - 1)) - spacing[axis] / 2
    }
    guard spacing.min() >= 0.05, spacing.max() <= 100,
      (0..<3).allSatisfy({
        abs(corner[$0]) <= LesionRow.farthestMM
          && abs(corner[$0] + spacing[$0] * Double(size[$0])) <= LesionRow.farthestMM
      })
    else {
      throw InputError(
        file: path, place: place,
        "voxels of \(spacing.x) × \(spacing.y) × \(spacing.z) mm, or over 10 m from the origin",
        advice: "write it with its place in millimetres")
    }
    return VoxelGrid(size: size, spacing: spacing, corner: corner, fileAxis: fileAxis, reversed: reversed)
  }

  /// Where the first voxel lies along one of the patient's axes, with half of what the other axes add over the whole
  /// image, so that the error of taking them for straight is shared by both ends.
  private func firstCentre(along axis: Int) -> Double {
    var start = first[axis]
    for column in 0..<3 where column != fileAxis[axis] {
      start += steps[column][axis] * Double(size[column] - 1) / 2
    }
    return start
  }

  /// What is odd about axes that lean, in words; `nil` where it does not matter.
  func leaningDoubt(_ grid: VoxelGrid) -> String? {
    let reach = (grid.spacing * SIMD3<Double>(grid.size)).max()
    guard lean * reach / 2 > 0.1 else { return nil }
    return
      "the axes lean \(Self.degrees(lean)) degrees from the patient's and are taken for straight: up to \(Self.rounded(lean * reach / 2)) mm off at the ends"
  }

  static func degrees(_ sine: Double) -> String { rounded(asin(min(1, sine)) * 180 / .pi) }

  static func rounded(_ x: Double) -> String { String(format: "%.2f", x) }
}
