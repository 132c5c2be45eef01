// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Quantities

/// Numbers as people read them.
enum Figures {
  static func millimeters(_ length: Length) -> String { number(length.millimeters, digits: 1) + " mm" }

  static func volume(_ volume: Volume) -> String {
    let cc = volume.cubicCentimeters
    return number(cc, digits: cc < 1 ? 3 : (cc < 100 ? 2 : 0)) + " cc"
  }

  static func number(_ x: Double, digits: Int) -> String { String(format: "%.\(digits)f", x) }

  /// At most one decimal, none where it is zero.
  static func plain(_ x: Double) -> String {
    let text = number(x, digits: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
