// SPDX-License-Identifier: Apache-2.0

/// Why a file of a folder is not of the time or the frame of reference that is used, worded here alone.
enum FolderExclusion: Hashable {
  /// Contours of another frame of reference or day.
  case contours(day: String?)
  /// A CT of another frame of reference or study than the contours.
  case image(day: String?)
  /// A dose in another frame of reference.
  case dose
  /// A report from before the contours.
  case report(day: String, contours: String)

  /// What a reader of the case must know of it.
  var note: String {
    switch self {
    case .contours(let day):
      "contours of another frame of reference or time\(day.map { ", \($0)" } ?? "")"
    case .image(let day):
      "CT in another frame of reference or study than the contours\(day.map { ", \($0)" } ?? "")"
    case .dose: "a dose in another frame of reference"
    case .report(let day, let contours): "a report of \(day), before the contours of \(contours)"
    }
  }

  /// The same with what takes the file over.
  var text: String {
    switch self {
    case .contours, .image: note
    case .dose: "\(note): --dose FILE,registration=… takes it over"
    case .report: "\(note): --lesions FILE takes its lesions for those of now"
    }
  }
}
