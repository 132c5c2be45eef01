// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What the columns of a clinic's lists mean, in this program's headers: "Größe=longest_diameter_mm".
public enum ColumnMapping {
  /// Reads one such line.
  ///
  /// - Throws: `InputError` for a line without a sign of equality, or with nothing on one of its sides.
  public static func pair(
    _ text: String, file: String = "--column", place: String = "its text"
  ) throws(InputError) -> (own: String, meaning: String) {
    // The last sign counts: a clinic's header may hold one, this program's do not.
    guard let sign = text.lastIndex(of: "=") else {
      throw InputError(
        file: file, place: place, "\(QuotedCell.words(text)) has no \"=\"",
        advice: "write it as \"Größe=longest_diameter_mm\"")
    }
    let own = text[..<sign].trimmingCharacters(in: .whitespaces)
    let meaning = text[text.index(after: sign)...].trimmingCharacters(in: .whitespaces)
    guard !own.isEmpty, !meaning.isEmpty else {
      throw InputError(
        file: file, place: place, "a side of the \"=\" is empty",
        advice: "write it as \"Größe=longest_diameter_mm\"")
    }
    return (own, meaning)
  }

  /// Reads a file of such lines; empty ones and those that begin with # are passed over.
  ///
  /// - Throws: `InputError` naming the line.
  public static func read(_ path: String) throws(InputError) -> [String: String] {
    let data = try FileAccess.read(path, limit: 1 << 20)
    guard let text = String(validating: data, as: UTF8.self) else {
      throw InputError(file: path, "holds bytes that are not UTF-8", advice: "save it as UTF-8")
    }
    var columns: [String: String] = [:]
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      let (own, meaning) = try pair(trimmed, file: path, place: "line \(index + 1)")
      if let other = columns.updateValue(meaning, forKey: own), other != meaning {
        throw InputError(
          file: path, place: "line \(index + 1)", "gives a column a second meaning", advice: "keep one")
      }
    }
    return columns
  }
}
