// SPDX-License-Identifier: Apache-2.0
/// An interval of numbers with ends that are included or not.
public struct Bounds: Sendable, Hashable {
  /// The lower end, or `nil` for none.
  public let lower: Double?
  /// Whether the lower end belongs to it.
  public let includesLower: Bool
  /// The upper end, or `nil` for none.
  public let upper: Double?
  /// Whether the upper end belongs to it.
  public let includesUpper: Bool

  /// An interval.
  public init(lower: Double?, includesLower: Bool, upper: Double?, includesUpper: Bool) {
    self.lower = lower
    self.includesLower = includesLower
    self.upper = upper
    self.includesUpper = includesUpper
  }

  /// Whether a number belongs to it.
  public func contains(_ x: Double) -> Bool {
    if let lower, x < lower || (x == lower && !includesLower) { return false }
    if let upper, x > upper || (x == upper && !includesUpper) { return false }
    return true
  }

  /// Both intervals as one where the next begins where this one ends; `nil` where they do not touch.
  public func joined(_ next: Bounds) -> Bounds? {
    guard let upper, let lower = next.lower, upper == lower, includesUpper != next.includesLower else {
      return nil
    }
    return Bounds(
      lower: self.lower, includesLower: includesLower, upper: next.upper, includesUpper: next.includesUpper)
  }
}
