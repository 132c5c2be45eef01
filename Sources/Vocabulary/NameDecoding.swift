// SPDX-License-Identifier: Apache-2.0
/// Names whose UTF-8 was read as Latin-1 or Windows-1252 on its way here ("LÃ¤sion", "CÅ“ur").
enum NameDecoding {
  /// The name as it was meant; the name itself where it was read rightly.
  ///
  /// Nothing is guessed: text that was read rightly is never valid UTF-8 when taken for bytes, unless it is
  /// ASCII.
  static func repaired(_ name: String) -> String {
    guard name.unicodeScalars.contains(where: { (0xC2...0xF4).contains($0.value) }) else { return name }
    var bytes: [UInt8] = []
    for scalar in name.unicodeScalars {
      if let byte = UInt8(exactly: scalar.value) ?? windows[scalar.value] {
        bytes.append(byte)
      } else {
        return name
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? name
  }

  /// What Windows-1252 puts between 0x80 and 0x9F.
  private static let windows: [UInt32: UInt8] = [
    0x20AC: 0x80, 0x201A: 0x82, 0x0192: 0x83, 0x201E: 0x84, 0x2026: 0x85, 0x2020: 0x86, 0x2021: 0x87,
    0x02C6: 0x88, 0x2030: 0x89, 0x0160: 0x8A, 0x2039: 0x8B, 0x0152: 0x8C, 0x017D: 0x8E, 0x2018: 0x91,
    0x2019: 0x92, 0x201C: 0x93, 0x201D: 0x94, 0x2022: 0x95, 0x2013: 0x96, 0x2014: 0x97, 0x02DC: 0x98,
    0x2122: 0x99, 0x0161: 0x9A, 0x203A: 0x9B, 0x0153: 0x9C, 0x017E: 0x9E, 0x0178: 0x9F,
  ]
}
