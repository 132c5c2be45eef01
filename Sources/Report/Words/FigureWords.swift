// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Reasons

extension ReasonWords {
  /// A figure by a format; "unknown" where it is not known.
  static func figure(_ reason: Reason, _ place: Int, _ format: String) -> String {
    guard place < reason.figures.count, let value = reason.figures[place].value else { return "unknown" }
    return String(format: format, value)
  }

  /// A figure to one decimal, whole where it is whole.
  static func tenths(_ reason: Reason, _ place: Int) -> String {
    guard place < reason.figures.count, let value = reason.figures[place].value else { return "unknown" }
    return shortTenths(value)
  }

  /// A figure with all its digits, whole where it is whole.
  static func plain(_ reason: Reason, _ place: Int) -> String {
    guard place < reason.figures.count, let value = reason.figures[place].value else { return "unknown" }
    return value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : String(value)
  }

  /// A number to one decimal, whole where that is whole.
  static func shortTenths(_ x: Double) -> String {
    let tenths = (x * 10).rounded() / 10
    return tenths == tenths.rounded() && abs(tenths) < 1e9 ? String(Int(tenths)) : String(tenths)
  }

  /// A figure to two decimals at most.
  static func hundredths(_ reason: Reason, _ place: Int) -> String {
    guard place < reason.figures.count, let value = reason.figures[place].value else { return "unknown" }
    return String((value * 100).rounded() / 100)
  }

  /// A figure to one decimal, always with it.
  static func inTenths(_ reason: Reason, _ place: Int) -> String {
    guard place < reason.figures.count, let value = reason.figures[place].value else { return "unknown" }
    return inTenths(value)
  }

  /// A number to one decimal, always with it.
  static func inTenths(_ x: Double) -> String { String((x * 10).rounded() / 10) }
}
