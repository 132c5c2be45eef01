// SPDX-License-Identifier: Apache-2.0
/// Where the values of an object's keys stand in its bytes: a part is taken out without reading the rest.
struct JSONParts {
  private var places: [String: Range<Int>] = [:]

  /// - Parameter bytes: an object that is known to be valid JSON.
  init(_ bytes: UnsafeRawBufferPointer) {
    var key: Range<Int>?
    var start: Int?
    var depth = 0
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        let end = Self.endOfString(bytes, place)
        if depth == 1, key == nil { key = place + 1..<end }
        place = end
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { keep(bytes, key, start, place) }
      case UInt8(ascii: ":") where depth == 1: start = place + 1
      case UInt8(ascii: ",") where depth == 1:
        keep(bytes, key, start, place)
        (key, start) = (nil, nil)
      default: break
      }
      place += 1
    }
  }

  /// The bytes of a key's value; `nil` where there is no such key.
  subscript(key: String) -> Range<Int>? { places[key] }

  private mutating func keep(
    _ bytes: UnsafeRawBufferPointer, _ key: Range<Int>?, _ start: Int?, _ end: Int
  ) {
    guard let key, let start else { return }
    places[String(decoding: UnsafeRawBufferPointer(rebasing: bytes[key]), as: UTF8.self)] = start..<end
  }

  /// The place of the quotation mark that ends the string which begins here.
  private static func endOfString(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var place = start + 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(place, bytes.count)
  }
}
