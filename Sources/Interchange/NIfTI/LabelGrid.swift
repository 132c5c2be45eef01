// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Where the voxels of a label map lie: a grid along the patient's axes, LPS in millimetres.
///
/// The file's axes may run in any order and direction; here every axis is the patient's, and voxels are
/// counted towards growing x, y and z.
struct LabelGrid: Sendable, Hashable {
  /// The number of voxels along the patient's x, y and z.
  let size: SIMD3<Int>
  /// The size of a voxel along x, y and z, in millimetres.
  let spacing: SIMD3<Double>
  /// Which of the file's axes runs along the patient's x, y and z.
  let fileAxis: SIMD3<Int>
  /// Whether the file counts against the patient's x, y and z (1) or with them (0).
  let reversed: SIMD3<Int>
  /// The lower corner of the first voxel.
  private let origin: SIMD3<Double>

  /// What was found odd about the header, in words; none for a clear one.
  private(set) var doubts: [String] = []

  /// How far the file's axes may lean from the patient's, as a ratio.
  static let leaningTolerance = 1e-3

  /// Two affines that differ by more are two places, not two roundings (heuristic, no source).
  private static let farthestDisagreementMM = 10.0

  /// The grid of a file.
  ///
  /// - Throws: `InputError` when its axes do not run along the patient's.
  init(_ file: NIfTIFile) throws(InputError) {
    let unit = file.millimetresPerUnit
    let scale = unit ?? 1
    let axes = try Axes(file, scale)
    var size = SIMD3<Int>.zero
    var origin = SIMD3<Double>.zero
    var spacing = SIMD3<Double>.zero
    var reversed = SIMD3<Int>.zero
    for axis in 0..<3 {
      size[axis] = file.size[axes.fileAxis[axis]]
      spacing[axis] = abs(axes.step[axis])
      reversed[axis] = axes.step[axis] < 0 ? 1 : 0
      let first = axes.firstCentre(along: axis, of: file, scale)
      let last = first + axes.step[axis] * Double(size[axis] - 1)
      origin[axis] = min(first, last) - spacing[axis] / 2
    }
    self.size = size
    self.spacing = spacing
    fileAxis = axes.fileAxis
    self.reversed = reversed
    self.origin = origin
    try requirePlace(file, scale)
    if unit == nil { doubts.append("the header names no unit of length; taken for millimetres") }
    if let unit, unit != 1 {
      doubts.append("the header counts in \(unit > 1 ? "metres" : "micrometres"); converted")
    }
    doubts += self.doubts(about: file, scale, lean: axes.lean)
  }

  /// How the file's axes run along the patient's.
  private struct Axes {
    var fileAxis = SIMD3(-1, -1, -1)
    /// From one voxel to the next along the patient's axes, in millimetres.
    var step = SIMD3<Double>.zero
    /// The most that one leans, as a ratio.
    var lean = 0.0

    /// - Throws: `InputError` when one leans too much.
    init(_ file: NIfTIFile, _ scale: Double) throws(InputError) {
      for column in 0..<3 {
        // NIfTI's x and y run the other way than DICOM's.
        let direction = SIMD3(
          -file.affine(row: 0, column: column), -file.affine(row: 1, column: column),
          file.affine(row: 2, column: column))
        let lengths = SIMD3(abs(direction.x), abs(direction.y), abs(direction.z))
        let main = lengths.x >= lengths.y && lengths.x >= lengths.z ? 0 : lengths.y >= lengths.z ? 1 : 2
        let square = (direction * direction).sum()
        let aside = (max(0, square - direction[main] * direction[main]) / square).squareRoot()
        guard aside <= leaningTolerance, fileAxis[main] < 0 else {
          throw InputError(
            file: file.path, place: file.usesSform ? "sform" : "qform",
            "is oblique: its axis \(column + 1) leans \(degrees(aside)) degrees from the patient's axes",
            advice:
              "resample the label map to the axes of an axial CT (nearest neighbour), or give the CT's own map"
          )
        }
        lean = max(lean, aside)
        fileAxis[main] = column
        step[main] = direction[main] * scale
      }
    }

    /// Where the file's first voxel lies along one of the patient's axes.
    func firstCentre(along axis: Int, of file: NIfTIFile, _ scale: Double) -> Double {
      let sign = axis < 2 ? -1.0 : 1.0
      var first = sign * file.affine(row: axis, column: 3) * scale
      if lean > 0 {
        let fileSize = file.size
        // What the other axes add half-way through the image, so that the error is shared by both ends.
        for column in 0..<3 where column != fileAxis[axis] {
          first += sign * file.affine(row: axis, column: column) * scale * Double(fileSize[column] - 1) / 2
        }
      }
      return first
    }
  }

  /// - Throws: `InputError` for voxels of no patient's size or place, and affines that mean two places.
  private func requirePlace(_ file: NIfTIFile, _ scale: Double) throws(InputError) {
    guard spacing.min() >= 0.05, spacing.max() <= 100,
      (0..<3).allSatisfy({
        abs(origin[$0]) <= LesionRow.farthestMM
          && abs(origin[$0] + spacing[$0] * Double(size[$0])) <= LesionRow.farthestMM
      })
    else {
      throw InputError(
        file: file.path, place: file.usesSform ? "sform" : "qform",
        "voxels of \(spacing.x) × \(spacing.y) × \(spacing.z) mm, or over 10 m from the origin",
        advice: "write the map with its affine in millimetres")
    }
    guard file.disagreement * scale <= Self.farthestDisagreementMM else {
      throw InputError(
        file: file.path, place: "sform and qform",
        "put the image up to \(Self.rounded(file.disagreement * scale)) mm apart, mirrored or moved; which of them holds cannot be known",
        advice: "write the map with one affine, or both alike")
    }
  }

  /// What is odd about the affine, but no more than is taken for granted.
  private func doubts(about file: NIfTIFile, _ scale: Double, lean: Double) -> [String] {
    var doubts: [String] = []
    let reach = (spacing * SIMD3<Double>(size)).max()
    if lean * reach / 2 > 0.1 {
      doubts.append(
        "the axes lean \(Self.degrees(lean)) degrees from the patient's and are taken for straight: up to \(Self.rounded(lean * reach / 2)) mm off at the ends"
      )
    }
    if file.disagreement * scale > 0.1 * spacing.min() {
      doubts.append(
        "sform and qform differ by up to \(Self.rounded(file.disagreement * scale)) mm; the sform counts")
    }
    let stated = file.statedSpacing
    // Written so that NaN differs too.
    if !(0..<3).allSatisfy({ abs(stated[fileAxis[$0]] * scale / spacing[$0] - 1) <= 0.01 }) {
      doubts.append("the stated voxel size differs from the affine's; the affine counts")
    }
    return doubts
  }

  /// The lower side of a voxel along an axis; of the one past the last, the upper side of the last.
  func edge(_ axis: Int, _ index: Int) -> Double { origin[axis] + spacing[axis] * Double(index) }

  /// The centre of a voxel along an axis.
  func centre(_ axis: Int, _ index: Int) -> Double { origin[axis] + spacing[axis] * (Double(index) + 0.5) }

  /// The volume of a voxel, in mm³.
  var voxelVolume: Double { spacing.x * spacing.y * spacing.z }

  private static func degrees(_ sine: Double) -> String { rounded(asin(min(1, sine)) * 180 / .pi) }

  private static func rounded(_ x: Double) -> String { String(format: "%.2f", x) }
}
