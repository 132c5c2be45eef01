// SPDX-License-Identifier: Apache-2.0

/// The functional groups of a multi-frame object: what is said of each frame, or of all at once.
struct FrameGroups {
  /// The number of frames.
  let count: Int
  private let shared: DICOMItem?
  private let perFrame: [DICOMItem]

  /// More frames than any object of a patient has: a SEG of 104 organs over 600 planes has 62,400 (heuristic).
  static let mostFrames = 200_000

  /// - Throws: `InputError` where the number of frames and what is said of them do not agree.
  init(_ data: DICOMItem, _ path: String) throws(InputError) {
    let stated = data.string(.numberOfFrames).flatMap(Int.init) ?? 1
    let perFrame = data.items(.perFrameFunctionalGroupsSequence) ?? []
    guard stated > 0, stated <= Self.mostFrames, perFrame.count == stated else {
      throw InputError(
        file: path, place: DICOMTag.perFrameFunctionalGroupsSequence.text,
        "speaks of \(perFrame.count) frames where the file says \(stated)",
        advice: "the file is damaged or cut short; export it again")
    }
    count = stated
    self.perFrame = perFrame
    shared = data.items(.sharedFunctionalGroupsSequence)?.first
  }

  /// A group of a frame, or the one that all frames share; `nil` where there is neither.
  func item(_ sequence: DICOMTag, _ frame: Int) -> DICOMItem? {
    perFrame[frame].items(sequence)?.first ?? shared?.items(sequence)?.first
  }
}

extension DICOMTag {
  static let sharedFunctionalGroupsSequence = DICOMTag(0x5200, 0x9229)
  static let perFrameFunctionalGroupsSequence = DICOMTag(0x5200, 0x9230)
  static let planePositionSequence = DICOMTag(0x0020, 0x9113)
  static let planeOrientationSequence = DICOMTag(0x0020, 0x9116)
  static let pixelMeasuresSequence = DICOMTag(0x0028, 0x9110)
  static let sliceThickness = DICOMTag(0x0018, 0x0050)
  static let spacingBetweenSlices = DICOMTag(0x0018, 0x0088)
}
