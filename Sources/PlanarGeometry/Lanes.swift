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
}
