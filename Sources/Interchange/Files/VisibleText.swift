// SPDX-License-Identifier: Apache-2.0
/// Text of files and options as it may be shown: what would steer a terminal, turn the direction of reading or break a
/// line is written out as `<U+001B>`.
public enum VisibleText {
  /// A name or a message, on one line.
  public static func escaped(_ text: String) -> String { escaped(text, keeping: { _ in false }) }

  /// A text of several lines that the program wrote; its own colours are kept where they are used.
  public static func page(_ text: String, keepsColours: Bool) -> String {
    guard keepsColours else { return escaped(text) { $0 == "\n" } }
    // Colours begin with ESC [ and end with m; no name can hold them, since names were escaped when they were read.
    var scalars = Substring(text).unicodeScalars
    var shown = String.UnicodeScalarView()
    while let start = scalars.firstIndex(of: "\u{1B}") {
      shown.append(contentsOf: escaped(String(scalars[..<start])) { $0 == "\n" }.unicodeScalars)
      let rest = scalars[scalars.index(after: start)...]
      if rest.first == "[", let end = rest.firstIndex(of: "m"),
        rest[..<end].dropFirst().allSatisfy({ $0 == ";" || ("0"..."9").contains($0) })
      {
        shown.append(contentsOf: scalars[start...end])
        scalars = scalars[scalars.index(after: end)...]
      } else {
        shown.append(contentsOf: "<U+001B>".unicodeScalars)
        scalars = rest
      }
    }
    shown.append(contentsOf: escaped(String(scalars)) { $0 == "\n" }.unicodeScalars)
    return String(shown)
  }

  /// Whether a text holds anything that is not seen, breaks of lines apart.
  static func hidesAnything(_ text: String) -> Bool {
    text.unicodeScalars.contains { isUnseen($0) && $0 != "\n" }
  }

  /// A text in YAML, in which whatever is not seen stands within double quotes: written as YAML's own escapes, it is shown and
  /// still the same when it is read.
  static func yaml(_ text: String) -> String {
    escaped(text, by: { $0.value > 0xFFFF ? ("\\U", 8) : ("\\u", 4) }, closing: "") { $0 == "\n" }
  }

  private static func escaped(
    _ text: String, by opening: (Unicode.Scalar) -> (mark: String, digits: Int) = { _ in ("<U+", 4) },
    closing: String = ">", keeping: (Unicode.Scalar) -> Bool
  ) -> String {
    guard text.unicodeScalars.contains(where: { isUnseen($0) && !keeping($0) }) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isUnseen(scalar), !keeping(scalar) {
        let (mark, count) = opening(scalar)
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, count - digits.count))
        shown.append(contentsOf: "\(mark)\(zeros)\(digits)\(closing)".unicodeScalars)
      } else {
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// Controls, separators of lines, and what formats text without being seen (Unicode categories Cc, Cf, Zl, Zp); the
  /// two joiners belong to words of several scripts.
  static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    if scalar.value < 0xA0 { return true }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format: return scalar.value != 0x200C && scalar.value != 0x200D
    default: return false
    }
  }
}
