// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import Phantoms
import PlanarGeometry
import Quantities
import Testing

@testable import Dosimetry

@Suite("Histograms of random bodies in random doses agree with a slow count of points")
struct HistogramReferenceTests {
  /// A star-shaped ring around a point.
  private static func star(
    _ centre: SIMD2<Double>, _ least: Double, _ most: Double, _ random: inout SplitMix64
  ) throws -> Contour {
    let corners = 5 + Int(random.nextUnit() * 20)
    return try Contour(
      (0..<corners).map { i in
        let angle = 2 * Double.pi * (Double(i) + 0.6 * random.nextUnit()) / Double(corners)
        return centre + SIMD2(cos(angle), sin(angle)) * (least + (most - least) * random.nextUnit())
      })
  }

  /// Uneven planes, each a random ring with a hole in it and an island beside it.
  private static func body(_ random: inout SplitMix64) throws -> Solid {
    var planes: [(z: Double, region: Region)] = []
    var z = -6 + random.nextUnit()
    for _ in 0..<5 {
      let centre = SIMD2(random.nextUnit(), random.nextUnit()) * 3 - 4
      let region = try Region.evenOdd([
        try star(centre, 5, 10, &random), try star(centre, 1, 4, &random),
        try star(SIMD2(12, 9), 1, 3, &random),
      ]).region
      planes.append((z, region))
      z += 1.7 + 0.8 * random.nextUnit()
    }
    return try Solid(planes: planes, endCap: EndCap.allCases[Int(random.nextUnit() * 3)])
  }

  /// Uneven planes again, values without any order.
  private static func dose(_ random: inout SplitMix64) throws -> DoseGrid {
    let spacing = SIMD2(2 + 2 * random.nextUnit(), 2 + 2 * random.nextUnit())
    var planes = [-11.0]
    while planes[planes.count - 1] < 11 {
      planes.append(planes[planes.count - 1] + 1.5 + 2 * random.nextUnit())
    }
    let (columns, rows) = (Int(36 / spacing.x) + 2, Int(36 / spacing.y) + 2)
    return try DoseGrid(
      origin: SIMD2(-18.2, -17.9), spacing: spacing, columns: columns, rows: rows, planes: planes,
      gray: (0..<(columns * rows * planes.count)).map { _ in Float(5 + 40 * random.nextUnit()) })
  }

  @Test("volumes, mean, least and greatest", arguments: 1...8)
  func randomBodies(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (solid, grid) = (try Self.body(&random), try Self.dose(&random))
    let histogram = try #require(grid.histograms(of: [solid]).first)
    #expect(histogram.isFullyCovered)
    #expect(abs(histogram.volume.cubicMillimeters / solid.volume.cubicMillimeters - 1) < 1e-9)

    var doses: [Double] = []
    var weights: [Double] = []
    let (columns, layers) = (140, 7)
    for slab in solid.slabs {
      let bounds = try #require(slab.region.bounds)
      let step = (bounds.high - bounds.low) / Double(columns)
      let rise = (slab.upper - slab.lower) / Double(layers)
      for j in 0..<columns {
        for i in 0..<columns {
          let place = bounds.low + step * SIMD2(Double(i) + 0.5, Double(j) + 0.5)
          guard slab.region.contains(place) else { continue }
          for k in 0..<layers {
            let z = slab.lower + rise * (Double(k) + 0.5)
            doses.append(try #require(grid.dose(at: SIMD3(place.x, place.y, z))).gray)
            weights.append(step.x * step.y * rise)
          }
        }
      }
    }
    let total = weights.reduce(0, +)
    #expect(abs(total / histogram.volume.cubicMillimeters - 1) < 0.005)
    let mean = zip(doses, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    #expect(abs(try #require(histogram.mean).gray - mean) < 0.05)
    for gray in stride(from: 6.0, to: 45, by: 1.5) {
      let share = zip(doses, weights).reduce(0) { $0 + ($1.0 >= gray ? $1.1 : 0) } / total
      let ours =
        histogram.volume(receivingAtLeast: .gray(gray)).cubicMillimeters / histogram.volume.cubicMillimeters
      #expect(abs(ours - share) < 0.004, "\(gray) Gy")
    }
    // No point lies outside the exact extremes, and points come near to them.
    let (least, most) = (try #require(histogram.minimum).gray, try #require(histogram.maximum).gray)
    let (lowest, highest) = (try #require(doses.min()), try #require(doses.max()))
    #expect(lowest >= least - 1e-4 && highest <= most + 1e-4)
    #expect(lowest - least < 1.5 && most - highest < 1.5)
  }
}
