// SPDX-License-Identifier: Apache-2.0
/// Bounds beyond which a lesion is read but doubted.
///
/// Heuristics of ours: they warn of a slip of unit or of two lesions in one, and judge nothing.
enum PlausibleSize {
  /// A metastasis this large is rare among those that local therapy is discussed for.
  static let unusuallyLargeMM = 100.0
  /// A nodule smaller than this is hardly measured on CT.
  static let unusuallySmallMM = 3.0
  /// A volume over this many times the ball of the axial diameter does not belong to it.
  static let mostBalls = 3.0
  /// A volume under this share of the ball is doubted.
  static let fewestBalls = 0.05
  /// A stated place this far from the contours of its name is another lesion's, or in another frame.
  static let farFromContoursMM = 10.0
}
