// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Columns of sizes that are headed by a day, as trial software writes them: one column a scan.
enum DatedColumns {
  /// What such a header says.
  struct Header: Hashable {
    /// YYYY-MM-DD.
    let day: String
    /// What a size is to be multiplied with to be in millimetres; `nil` where the header names no unit.
    let factor: Double?
  }

  /// What is wrong with a header that is a date.
  struct Ambiguous: Error {}

  /// The day and unit of a header that is nothing but these; `nil` for other headers.
  ///
  /// - Throws: `Ambiguous` where day and month cannot be told apart.
  static func header(_ text: String) throws(Ambiguous) -> Header? {
    var rest = text.trimmed.lowercased()
    var factor: Double?
    for (unit, value) in [("mm", 1.0), ("cm", 10.0)] {
      guard let found = rest.range(of: "[ _(\\[]*\(unit)[)\\]]*$", options: .regularExpression) else {
        continue
      }
      let before = rest[..<found.lowerBound]
      guard before.last?.isNumber ?? false else { continue }
      rest = String(before)
      factor = value
    }
    guard let day = try day(rest.trimmed) else { return nil }
    return Header(day: day, factor: factor)
  }

  /// Whether a header that cannot be read as a day seems to be one: a year or a month's name with numbers, and nothing
  /// else but words for a scan.
  static func looksLikeDay(_ header: String) -> Bool {
    let words = header.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard words.contains(where: { $0.first?.isNumber ?? false }) else { return false }
    var days = 0
    for word in words {
      if word.wholeMatch(of: /(19|20)[0-9]{2}([01][0-9]([0-3][0-9])?)?(t[0-9]+)?/) != nil
        || months.contains(word)
      {
        days += 1
      } else if word.wholeMatch(of: /[0-9]{1,2}(t[0-9]{2})?/) == nil, !scanWords.contains(word) {
        return false
      }
    }
    return days > 0
  }

  private static let months: Set = [
    "jan", "feb", "mar", "mär", "mrz", "apr", "mai", "may", "jun", "jul", "aug", "sep", "sept", "okt", "oct",
    "nov",
    "dez", "dec", "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "januar", "februar", "märz", "juni", "juli", "oktober", "dezember",
  ]
  private static let scanWords: Set = [
    "ct", "mr", "mri", "mrt", "pet", "scan", "mm", "cm", "size", "date", "on",
  ]

  private static func day(_ text: String) throws(Ambiguous) -> String? {
    if let match = text.wholeMatch(of: /([0-9]{4})[-.\/]?([0-9]{2})[-.\/]?([0-9]{2})/) {
      return iso(String(match.1), String(match.2), String(match.3))
    }
    // Dots stand between day and month in this order only.
    if let match = text.wholeMatch(of: /([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})/) {
      return iso(String(match.3), String(match.2), String(match.1))
    }
    if let match = text.wholeMatch(of: /([0-9]{1,2})[\/-]([0-9]{1,2})[\/-]([0-9]{4})/) {
      let (a, b) = (Int(match.1) ?? 0, Int(match.2) ?? 0)
      if a > 12 { return iso(String(match.3), String(match.2), String(match.1)) }
      if b > 12 || a == b { return iso(String(match.3), String(match.1), String(match.2)) }
      throw Ambiguous()
    }
    return nil
  }

  private static func iso(_ year: String, _ month: String, _ day: String) -> String? {
    func two(_ x: String) -> String { x.count < 2 ? "0" + x : x }
    let text = "\(year)-\(two(month))-\(two(day))"
    return CourseDate.isDate(text) && year >= "1970" ? text : nil
  }
}
