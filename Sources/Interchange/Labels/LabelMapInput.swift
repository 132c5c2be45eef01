// SPDX-License-Identifier: Apache-2.0

/// A label map to be imported: a NIfTI file, or a folder with one file for every organ.
public struct LabelMapInput: Sendable, Hashable {
  /// The file or the folder.
  public let path: String
  /// A file that names the labels; `nil` leaves it to the map itself.
  public let namesFile: String?

  /// A label map, with a file that names its labels.
  public init(path: String, namesFile: String? = nil) {
    self.path = path
    self.namesFile = namesFile
  }
}
