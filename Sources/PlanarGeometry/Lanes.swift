// SPDX-License-Identifier: Apache-2.0
/// Eight numbers at a time, by comparison and choice.
///
/// The standard library's pointwise minimum, maximum and clamp go through calls for each lane (measured: half the
/// time of a distance field); these become two instructions each.
public enum Lanes {
  /// The lesser of each pair; the first where either is not a number.
  @inlinable @inline(__always)
  public static func least(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
    a.replacing(with: b, where: b .< a)
  }

  /// The greater of each pair; the first where either is not a number.
  @inlinable @inline(__always)
  public static func greatest(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
    a.replacing(with: b, where: b .> a)
  }

  /// The greatest of the eight.
  @inlinable @inline(__always)
  public static func greatest(of a: SIMD8<Float>) -> Float {
    let four = a.lowHalf.replacing(with: a.highHalf, where: a.highHalf .> a.lowHalf)
    return Swift.max(Swift.max(four.x, four.y), Swift.max(four.z, four.w))
  }

  /// Eight numbers from storage.
  @inlinable @inline(__always)
  public static func load(_ values: UnsafePointer<Float>, _ at: Int) -> SIMD8<Float> {
    UnsafeRawPointer(values + at).loadUnaligned(as: SIMD8<Float>.self)
  }

  /// Eight numbers into storage.
  @inlinable @inline(__always)
  public static func store(_ block: SIMD8<Float>, _ values: UnsafeMutablePointer<Float>, _ at: Int) {
    UnsafeMutableRawPointer(values + at).storeBytes(of: block, as: SIMD8<Float>.self)
  }

  /// A position of zero or more as the whole number below it and the rest, 0…1.
  ///
  /// For positions below two million. Adding 2²³ leaves no bits for fractions, so the sum's last bits are the number:
  /// a conversion would look for infinities and overflow each time. A rest of 1 may stand for the next whole number.
  @inlinable @inline(__always)
  public static func split(_ position: Float) -> (whole: Int, share: Float) {
    let lowered = position - 0.5
    // Just below 2²³ there is room for a half, so a number below zero would not be rounded away.
    let biased = (lowered > 0 ? lowered : 0) + 8_388_608
    return (Int(truncatingIfNeeded: biased.bitPattern & 0x7F_FFFF), position - (biased - 8_388_608))
  }
}
