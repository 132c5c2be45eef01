// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import Phantoms
import PlanarGeometry
import Quantities

/// Random stacks of stars with uneven planes, from a seed.
struct SeededBodies {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func shift() -> SIMD3<Double> {
    SIMD3(
      .random(in: -40...40, using: &generator), .random(in: -40...40, using: &generator),
      .random(in: -40...40, using: &generator))
  }

  mutating func body(around centre: SIMD3<Double>) throws -> Solid {
    var planes: [(z: Double, region: Region)] = []
    var z = centre.z
    for _ in 0..<Int.random(in: 2...6, using: &generator) {
      let count = Int.random(in: 5...24, using: &generator)
      let radius = Double.random(in: 3...12, using: &generator)
      let points = (0..<count).map { i -> SIMD2<Double> in
        let angle = 2 * Double.pi * Double(i) / Double(count)
        let r = radius * Double.random(in: 0.5...1, using: &generator)
        return SIMD2(centre.x + r * cos(angle), centre.y + r * sin(angle))
      }
      planes.append((z, try Region.evenOdd([Contour(points)]).region))
      z += Double.random(in: 1...3, using: &generator)
    }
    return try Solid(planes: planes, endCap: .half)
  }
}
