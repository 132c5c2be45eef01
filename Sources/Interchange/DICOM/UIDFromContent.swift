// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// UIDs of the 2.25 kind (a UUID as a number) that follow from what they name, so the same content gives the
/// same file.
enum UIDFromContent {
  static func uid(_ seed: String) -> String {
    var digits: [UInt8] = [0]
    for character in FileAccess.sha256(Data(seed.utf8)).prefix(32) {
      var carry = UInt16(character.hexDigitValue ?? 0)
      for i in digits.indices {
        let value = UInt16(digits[i]) * 16 + carry
        digits[i] = UInt8(value % 10)
        carry = value / 10
      }
      while carry > 0 {
        digits.append(UInt8(carry % 10))
        carry /= 10
      }
    }
    return "2.25." + digits.reversed().map(String.init).joined()
  }
}
