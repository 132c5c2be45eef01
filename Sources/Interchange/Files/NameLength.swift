// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// How long a name or an id may be: each is repeated hundreds of times in plans and reports.
///
/// A name is shortened, for it is a drawing's and nothing hangs on its end; an id tells patients or lesions apart and is
/// refused.
enum NameLength {
  static let advice = "is a quotation mark or a separator missing?"

  /// What is wrong with an id; `nil` where it is not too long.
  static func defect(of id: String, _ what: String) -> String? {
    id.utf8.count <= StructureName.longestName
      ? nil : "has a \(what) of \(id.utf8.count) bytes; at most \(StructureName.longestName) are read"
  }

  /// A name, cut where it is too long, with how long it was.
  static func shortened(_ name: String) -> String {
    guard name.utf8.count > StructureName.longestName else { return name }
    var kept = ""
    for character in name {
      guard kept.utf8.count + character.utf8.count <= 64 else { break }
      kept.append(character)
    }
    return "\(kept)… (\(name.utf8.count) bytes)"
  }
}
