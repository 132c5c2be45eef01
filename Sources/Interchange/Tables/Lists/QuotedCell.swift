// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A cell's text as an error may quote it.
///
/// Where a number is expected a name may have slipped in, and names never leave the file: only what looks like a number
/// with its unit is shown, all else is described.
enum QuotedCell {
  /// Words that stand beside numbers, besides units.
  private static let words: Set = [
    "x", "e", "ca", "approx", "about", "nan", "inf", "infinity", "none", "unknown", "min", "max", "mean",
    "sd",
  ]

  /// The text in quotes, or how long it is.
  ///
  /// - Parameter showsDates: whether a date is what was expected; a day elsewhere may be one of birth.
  static func words(_ text: String, showsDates: Bool = false) -> String {
    let trimmed = text.trimmed
    let isDate = trimmed.contains(/[0-9]{1,4}[.\/\-][0-9]{1,2}[.\/\-][0-9]{2,4}/)
    let letters = trimmed.lowercased().split { !($0.isLetter || "²³µ".contains($0)) }.map(String.init)
    let isFigure =
      trimmed.count <= 24 && letters.allSatisfy { words.contains($0) || StatementParser.units.contains($0) }
    guard isFigure, showsDates || !isDate else {
      return "a text of \(trimmed.count) character\(trimmed.count == 1 ? "" : "s")"
    }
    return "\"\(trimmed)\""
  }
}
