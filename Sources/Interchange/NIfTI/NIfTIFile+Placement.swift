// SPDX-License-Identifier: Apache-2.0
internal import Anatomy

extension NIfTIFile {
  /// Two affines that differ by more are two places, not two roundings (heuristic, no source).
  private static let farthestDisagreementMM = 10.0

  /// The field that says where the voxels lie.
  var placementField: String { usesSform ? "sform" : "qform" }

  /// Where the voxels lie, with what was found odd about the header, in words.
  ///
  /// - Throws: `InputError` when the axes do not run along the patient's, for voxels of no patient's size or place, and for
  ///   affines that mean two places.
  func placed() throws(InputError) -> (grid: VoxelGrid, doubts: [String]) {
    let unit = millimetresPerUnit
    let scale = unit ?? 1
    // NIfTI's x and y run the other way than DICOM's.
    func point(_ column: Int) -> SIMD3<Double> {
      SIMD3(
        -affine(row: 0, column: column), -affine(row: 1, column: column), affine(row: 2, column: column))
        * scale
    }
    let placement = try GridPlacement(
      size: size, steps: (0..<3).map(point), first: point(3), path: path, place: placementField)
    let grid = try placement.grid()
    guard disagreement * scale <= Self.farthestDisagreementMM else {
      throw InputError(
        file: path, place: "sform and qform",
        "put the image up to \(GridPlacement.rounded(disagreement * scale)) mm apart, mirrored or moved; which of them holds cannot be known",
        advice: "write the map with one affine, or both alike")
    }
    var doubts: [String] = []
    if unit == nil { doubts.append("the header names no unit of length; taken for millimetres") }
    if let unit, unit != 1 {
      doubts.append("the header counts in \(unit > 1 ? "metres" : "micrometres"); converted")
    }
    if let doubt = placement.leaningDoubt(grid) { doubts.append(doubt) }
    if disagreement * scale > 0.1 * grid.spacing.min() {
      doubts.append(
        "sform and qform differ by up to \(GridPlacement.rounded(disagreement * scale)) mm; the sform counts"
      )
    }
    let stated = statedSpacing
    // Written so that NaN differs too.
    if !(0..<3).allSatisfy({ abs(stated[grid.fileAxis[$0]] * scale / grid.spacing[$0] - 1) <= 0.01 }) {
      doubts.append("the stated voxel size differs from the affine's; the affine counts")
    }
    return (grid, doubts)
  }
}
