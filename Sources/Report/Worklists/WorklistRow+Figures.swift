// SPDX-License-Identifier: Apache-2.0
extension WorklistRow {
  /// The largest candidate's diameter: at least, and at most where every size is known; `nil` where none is.
  public var largestMM: [Double]? {
    let sizes = candidates.compactMap(\.sizeMM)
    guard let low = sizes.compactMap(\.first).max(), let high = sizes.compactMap(\.last).max() else {
      return nil
    }
    return sizes.count < candidates.count ? [low] : [low, high]
  }

  /// Who it is about, as people may see it: the patient's id, or the case's place.
  public var name: String { patientID ?? source ?? "?" }
}

extension WorklistRow.Irradiation {
  /// The word for figures that are those of an estimated course on contours.
  static let planned = "planned"

  /// Whether they are, or come from sizes alone.
  var isPlanned: Bool { basis == Self.planned }
}
