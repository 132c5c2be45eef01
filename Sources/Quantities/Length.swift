// SPDX-License-Identifier: Apache-2.0
/// A length: a diameter, a depth, a clearance.
///
/// Stored in millimetres. Any finite or non-finite value can be held; readers of files refuse
/// non-finite values before a `Length` is made.
public struct Length: Sendable, Hashable, Comparable, AdditiveArithmetic {
  /// The length in millimetres.
  public let millimeters: Double

  /// The length in centimetres.
  public var centimeters: Double { millimeters / 10 }

  /// A length given in millimetres.
  public static func millimeters(_ value: Double) -> Length { Length(storage: value) }

  /// A length given in centimetres.
  public static func centimeters(_ value: Double) -> Length { Length(storage: value * 10) }

  /// No length.
  public static let zero = Length(storage: 0)

  private init(storage: Double) { millimeters = storage }

  /// Whether the left length is shorter.
  public static func < (a: Length, b: Length) -> Bool { a.millimeters < b.millimeters }
  /// The sum.
  public static func + (a: Length, b: Length) -> Length { Length(storage: a.millimeters + b.millimeters) }
  /// The difference, which may be negative.
  public static func - (a: Length, b: Length) -> Length { Length(storage: a.millimeters - b.millimeters) }
  /// The length times a number.
  public static func * (a: Length, k: Double) -> Length { Length(storage: a.millimeters * k) }
}
