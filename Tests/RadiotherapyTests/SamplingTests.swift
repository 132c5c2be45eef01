// SPDX-License-Identifier: Apache-2.0
import Foundation
import Phantoms
import Quantities
import Testing

@testable import Anatomy
@testable import Radiotherapy

/// What organs are read by: their points, and how far these lie from a target.
@Suite("Sample points and distances")
struct SamplingTests {
  /// Two bodies side by side on thin planes that do not agree, one with a hole: as lungs are less their lesions.
  private static func lungs() throws -> Solid {
    func half(_ x: Double, _ diameter: Double, planes: Int) throws -> Solid {
      try Solid.ball(
        centre: SIMD3(x, 0, 0), diameter: .millimeters(diameter), planes: planes, corners: 128)
    }
    let right = try #require(
      try half(-70, 110, planes: 71).subtracting(half(-60, 30, planes: 19)))
    let left = try half(70, 100, planes: 64)
    return try #require(
      Solid(
        slabs: right.slabs + left.slabs, endCap: .half, nominalSpacing: .millimeters(1.5), gaps: []))
  }

  @Test("thin planes stand together without changing volume, middle, or what a dose comes to")
  func bundles() throws {
    let body = try Self.lungs()
    let coarse = body.samples(step: .millimeters(6))
    let fine = body.samples(step: .millimeters(1.5))
    #expect(coarse.count * 20 < fine.count)
    let volume = body.volume.cubicMillimeters
    for samples in [coarse, fine] {
      let sum = samples.reduce(0) { $0 + $1.cubicMillimeters }
      #expect(abs(sum - volume) < 0.002 * volume)
      // Each side for itself: a section of one must not stand for both.
      let left = samples.filter { $0.place.x > 0 }.reduce(0) { $0 + $1.cubicMillimeters }
      #expect(abs(left - .pi / 6 * 1_000_000) < 0.01 * .pi / 6 * 1_000_000)
    }
    // Halving every 12 mm around a place in the hole's rim, and the volume nearer than 40 mm.
    func mean(_ samples: [BodySample], _ worth: (Double) -> Double) -> Double {
      samples.reduce(0) { sum, sample in
        let offset = sample.place - SIMD3(-60, 0, 0)
        return sum + sample.cubicMillimeters * worth((offset * offset).sum().squareRoot())
      } / volume
    }
    let (dose, exact) = (mean(coarse) { exp2(-$0 / 12) }, mean(fine) { exp2(-$0 / 12) })
    #expect(abs(dose - exact) < 0.01 * exact)
    let (near, all) = (mean(coarse) { $0 < 40 ? 1 : 0 }, mean(fine) { $0 < 40 ? 1 : 0 })
    // Points of a 6 mm lattice in a ball of 40 mm are up to 2.7 % more or fewer than its volume asks for.
    #expect(abs(near - all) < 0.03 * all)
  }

  /// Against the body's own surface, searched point by point.
  @Test("distances from a target, near, far and inside, of a round and of a long one")
  func distances() throws {
    let round = try Solid.ball(centre: SIMD3(10, -20, 5), diameter: .millimeters(34), planes: 23, corners: 64)
    let long = try Solid.ellipsoid(
      centre: .zero, axes: (.millimeters(70), .millimeters(24), .millimeters(28)), planes: 20, corners: 64)
    var generator = SplitMix64(seed: 5)
    for body in [round, long] {
      let box = SIMD3(repeating: 150.0)
      let distance = TargetDistance(body, from: -box, through: box)
      let prepared = PreparedSolid(body)
      var inside = 0
      for _ in 0..<3000 {
        let place = SIMD3(
          Double.random(in: -140...140, using: &generator), Double.random(in: -140...140, using: &generator),
          Double.random(in: -140...140, using: &generator))
        let found = try #require(distance.millimeters(at: place))
        if body.contains(place) {
          inside += 1
          #expect(found < 1)
          continue
        }
        let exact = prepared.distance(to: place).millimeters
        #expect(abs(found - exact) < (exact < 22 ? 0.6 : 0.4), "\(place): \(found) for \(exact)")
      }
      #expect(inside > 0)
      #expect(distance.millimeters(at: SIMD3(0, 0, 400)) == nil)
    }
  }

  @Test("deep inside a large target the distance goes on")
  func depths() throws {
    let centre = SIMD3(3.0, -4, 10)
    let body = try Solid.ball(centre: centre, diameter: .millimeters(110), planes: 60, corners: 128)
    let box = SIMD3(repeating: 100.0)
    let distance = TargetDistance(body, from: -box, through: box)
    for step in 0...50 {
      for direction in [SIMD3(1.0, 0, 0), SIMD3(0, 0.6, 0.8), SIMD3(-0.48, 0.6, -0.64)] {
        let found = try #require(distance.millimeters(at: centre + direction * Double(step)))
        #expect(abs(found - (Double(step) - 55)) < 2, "\(step): \(found)")
      }
    }
  }
}
