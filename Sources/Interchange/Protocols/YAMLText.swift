// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// The one door by which YAML comes in.
///
/// An alias stands for all that its anchor holds, so that a page of aliases of aliases is worked through for hours; a file
/// as large as a list of patients is no patient's.
enum YAMLText {
  /// The most bytes of a YAML file: the shipped protocol has half a million.
  static let mostBytes = 16 << 20
  /// The most aliases: with so many, what they stand for grows at most 3^8-fold.
  static let mostAliases = 24

  /// The document's root; `nil` where it is empty.
  ///
  /// - Throws: `InputError` beyond the limits, and what Yams finds wrong.
  static func compose(_ text: String, file: String) throws -> Node? {
    guard text.utf8.count <= mostBytes else {
      throw InputError(
        file: file, "holds over \(mostBytes >> 20) MB of YAML", advice: "check that it is the right file")
    }
    guard aliases(in: text) <= mostAliases else {
      throw InputError(
        file: file, "holds over \(mostAliases) aliases (*name)", advice: "write out what they stand for")
    }
    // Readers ask for a text, a number or a list themselves: what a scalar looks like is not matched beforehand, which for the
    // shipped protocol takes longer than all else.
    return try Yams.compose(yaml: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text, .basic)
  }

  /// How many aliases a text can hold at most: asterisks that begin a word, be they in quotes or not.
  private static func aliases(in text: String) -> Int {
    let before = Set(" \t\r\n[{,:".utf8)
    var last = UInt8(ascii: "\n")
    var isAsterisk = false
    var count = 0
    for byte in text.utf8 {
      // Names begin with a letter or digit; what libYAML takes for a letter beyond ASCII counts, too.
      if isAsterisk, byte >= 0x80 || isWord(byte) { count += 1 }
      isAsterisk = byte == UInt8(ascii: "*") && before.contains(last)
      last = byte
    }
    return count
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == 0x5F
      || byte == 0x2D
  }
}
