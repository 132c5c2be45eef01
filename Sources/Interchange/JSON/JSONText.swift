// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// JSON as this project writes it: keys sorted, indented, slashes plain, a line break at the end.
enum JSONText {
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    var data = try encoder.encode(value)
    data.append(UInt8(ascii: "\n"))
    return data
  }

  /// Rounded for reading by people and programs alike; coordinates and sizes to a thousandth.
  static func rounded(_ x: Double, digits: Int = 3) -> Double {
    let scale = pow(10, Double(digits))
    return (x * scale).rounded() / scale
  }
}
