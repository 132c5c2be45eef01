// SPDX-License-Identifier: Apache-2.0
import Foundation
import PlanarGeometry

/// A small seeded generator, so that a failing seed can be run again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

enum RandomRegions {
  /// A star-shaped ring around a centre.
  static func ring(
    _ centre: SIMD2<Double>, radius: Double, points: Int, using generator: inout SeededGenerator
  ) throws -> Contour {
    try Contour(
      (0..<points).map { i in
        let angle = 2 * Double.pi * Double(i) / Double(points)
        let r = radius * Double.random(in: 0.5...1, using: &generator)
        return centre + SIMD2(cos(angle), sin(angle)) * r
      })
  }

  /// One to three stars, some with a hole, by even-odd.
  static func region(
    around centre: SIMD2<Double>, using generator: inout SeededGenerator
  ) throws -> Region {
    var rings: [Contour] = []
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let offset = SIMD2(
        Double.random(in: -20...20, using: &generator), Double.random(in: -20...20, using: &generator))
      let radius = Double.random(in: 4...15, using: &generator)
      let count = Int.random(in: 5...60, using: &generator)
      rings.append(try ring(centre + offset, radius: radius, points: count, using: &generator))
      if Bool.random(using: &generator) {
        rings.append(try ring(centre + offset, radius: radius * 0.4, points: 12, using: &generator))
      }
    }
    return try Region.evenOdd(rings).region
  }
}
