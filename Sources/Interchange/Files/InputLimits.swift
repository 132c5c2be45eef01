// SPDX-License-Identifier: Apache-2.0
/// How much of anything an input may hold.
///
/// None is a limit of therapy, all are heuristics without a source: each lies far above what real files hold and stops, early and with words, what would take
/// the memory or the afternoon of whoever opens it. Documentation/limits.md lists them for users.
enum InputLimits {
  /// Lesions of one patient: the bound of the catalogue's counts.
  static let lesions = 1000
  /// Rows of one patient in a list, those of other scans and those left out among them.
  static let rowsOfPatient = 10_000
  /// Columns of a list: tables of trials have some hundred.
  static let columns = 2000
  /// Bytes of a list or of names in JSON, which takes twenty times as much in memory.
  static let jsonBytes = 32 << 20
  /// Contours of one ROI in one plane: a fully segmented vessel tree has some hundred.
  static let contoursInPlane = 2000
  /// How wide or tall a contoured body may be in millimetres: nobody is.
  static let widestMM = 3000.0
  /// Voxels that the boxes around all labels of a map hold together, as many as 25 times the largest image of a thorax:
  /// each label is searched within its box.
  static let labelledVoxels = 1 << 32
}
