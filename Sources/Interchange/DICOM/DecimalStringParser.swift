// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Reads DICOM decimal strings (VR DS) straight from bytes: one scanner over the whole value, no text per
/// number.
///
/// Numbers may be longer than the standard's 16 bytes, as real files have them.
struct DecimalStringParser {
  /// What is wrong with a value.
  struct Defect: Error, Hashable {
    let index: Int
    let text: String
  }

  /// The numbers of a value, separated by backslashes and padded with spaces.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(Defect) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(bytes.count / 6 + 1)
    var start = 0
    while start <= bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\\") { end += 1 }
      guard let value = number(bytes, start, end), value.isFinite else {
        let shown = bytes[start..<end].prefix(24)
        throw Defect(
          index: values.count,
          text: String(shown.map { $0 >= 0x20 && $0 < 0x7F ? Character(Unicode.Scalar($0)) : "\u{FFFD}" }))
      }
      values.append(value)
      start = end + 1
    }
    return values
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ last: Int) -> Double? {
    var i = first
    var end = last
    while i < end, bytes[i] == 0x20 { i += 1 }
    while end > i, bytes[end - 1] == 0x20 || bytes[end - 1] == 0 { end -= 1 }
    guard i < end else { return nil }
    let start = i
    var negative = false
    if bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") {
      negative = bytes[i] == UInt8(ascii: "-")
      i += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = 0
    var point = false
    while i < end {
      let byte = bytes[i]
      if byte == UInt8(ascii: "."), !point {
        point = true
      } else if byte >= 0x30, byte <= 0x39 {
        digits += 1
        if digits > 18 { return slow(bytes, start, end) }
        mantissa = mantissa * 10 + UInt64(byte - 0x30)
        if point { decimals += 1 }
      } else {
        return digits > 0 ? slow(bytes, start, end) : nil
      }
      i += 1
    }
    // Exact for a mantissa below 2^53 and a power of ten up to 22; else the slow way.
    guard digits > 0, mantissa < 1 << 53, decimals < powersOfTen.count else {
      return digits > 0 ? slow(bytes, start, end) : nil
    }
    let value = Double(mantissa) / powersOfTen[decimals]
    return negative ? -value : value
  }

  private static let powersOfTen: [Double] = (0...22).map { pow(10, Double($0)) }

  /// Exponents and long numbers, in the syntax of DS only: no "nan", "inf" or hexadecimal.
  private static func slow(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Double? {
    let allowed = Set("0123456789+-.eE".utf8)
    guard bytes[start..<end].allSatisfy(allowed.contains) else { return nil }
    return Double(String(decoding: bytes[start..<end], as: UTF8.self))
  }
}
