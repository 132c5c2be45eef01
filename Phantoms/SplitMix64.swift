// SPDX-License-Identifier: Apache-2.0
/// A small generator of random numbers that gives the same sequence everywhere for the same seed.
///
/// Sebastiano Vigna's splitmix64 (public domain): phantoms must be the same patient on every machine, which
/// the system's generator does not promise.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator that starts at a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next number in 0..<1, from 53 random bits.
  ///
  /// The standard library's `Double.random` may change its recipe between releases; this one does not.
  public mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

extension SplitMix64 {
  /// A shift of less than half a voxel to either side along each axis, in the unit of the voxel's sides.
  mutating func subVoxelShift(voxel: SIMD3<Double>) -> SIMD3<Double> {
    let x = nextUnit() - 0.5
    let y = nextUnit() - 0.5
    let z = nextUnit() - 0.5
    return voxel * SIMD3(x, y, z)
  }
}
