// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import PlanarGeometry
import Quantities
import Testing

@testable import Dosimetry

@Suite("Metrics of a linear dose in a box have closed forms")
struct MetricClosedFormTests {
  // A box of 20 × 10 × 8 mm; dose from 10 to 50 Gy along x, 2 Gy/mm; voxels that do not divide it.
  private static let grid: DoseGrid? = {
    var gray: [Float] = []
    for _ in 0..<6 {
      for _ in 0..<8 {
        for i in 0..<12 { gray.append(Float(30 + 2 * (-13 + 2.3 * Double(i)))) }
      }
    }
    return try? DoseGrid(
      origin: SIMD2(-13, -7), spacing: SIMD2(2.3, 1.9), columns: 12, rows: 8,
      planes: [-6, -4.2, -1, 0.5, 3, 6],
      gray: gray)
  }()
  private static let box: Solid? = {
    let side = Region.rectangle(low: SIMD2(-10, -5), high: SIMD2(10, 5))
    return try? Solid(planes: [-3, -1, 1, 3].map { ($0, side) }, endCap: .half)
  }()

  private func value(_ text: String, unit: DoseMetricValue.Unit? = nil) throws -> Double {
    let (grid, box) = (try #require(Self.grid), try #require(Self.box))
    let histogram = try #require(grid.histograms(of: [box]).first)
    let metric = try #require(DoseMetric(text))
    let values = histogram.values(of: metric, in: grid, prescription: .gray(40))
    return try #require(values.first { unit == nil || $0.unit == unit }?.value)
  }

  @Test("doses of shares, volumes and the rest", arguments: [99.0, 95, 80, 50, 20, 5, 2, 1])
  func doses(percent: Double) throws {
    let expected = 50 - 40 * percent / 100
    #expect(abs(try value("D\(percent)%") - expected) < 0.02)
    let cc = 1.6 * percent / 100
    #expect(abs(try value("D\(cc)cc") - expected) < 0.02)
    // The greatest dose of the coldest part: what the rest, the hottest, has at least.
    #expect(abs(try value("CV\(cc)cc") - (10 + 40 * percent / 100)) < 0.02)
  }

  @Test("volumes at doses", arguments: [10.0, 12, 25, 30, 49.5])
  func volumes(gray: Double) throws {
    let share = (50 - gray) / 40
    #expect(abs(try value("V\(gray)Gy", unit: .percent) - 100 * share) < 0.05)
    #expect(abs(try value("V\(gray)Gy", unit: .cubicCentimeters) - 1.6 * share) < 0.001)
    #expect(abs(try value("CV\(gray)Gy") - 1.6 * (1 - share)) < 0.001)
    #expect(abs(try value("V\(100 * gray / 40)%", unit: .percent) - 100 * share) < 0.05)
  }

  @Test("least, mean and greatest dose are exact")
  func extremes() throws {
    #expect(abs(try value("Dmin") - 10) < 1e-4)
    #expect(abs(try value("Dmean") - 30) < 1e-4)
    #expect(abs(try value("Dmax") - 50) < 1e-4)
  }

  @Test("generalised EUD", arguments: [-10.0, -2, 0.5, 1, 2, 8, 20])
  func uniformDose(a: Double) throws {
    // The mean of D^a over 10…50: (50^(a+1) - 10^(a+1)) / (40 (a+1)).
    let expected = pow((pow(50, a + 1) - pow(10, a + 1)) / (40 * (a + 1)), 1 / a)
    #expect(abs(try value("gEUD(\(a))") - expected) < 0.003 * expected)
  }

  @Test("along an edge that crosses a cell, dose is a parabola with its own greatest value")
  func parabola() throws {
    // D = 4 + 8xy in one cell; on the edge from (0, 1) to (1, 0) it is 4 + 8t(1 - t), greatest half-way.
    let grid = try DoseGrid(
      origin: .zero, spacing: SIMD2(1, 1), columns: 2, rows: 2, planes: [0, 1],
      gray: [4, 4, 4, 12, 4, 4, 4, 12])
    let triangle = try Region.evenOdd([try Contour([SIMD2(0, 0), SIMD2(1, 0), SIMD2(0, 1)])]).region
    let solid = try Solid(planes: [(0.3, triangle), (0.7, triangle)], endCap: .half)
    let histogram = try #require(grid.histograms(of: [solid]).first)
    #expect(abs(try #require(histogram.maximum).gray - 6) < 1e-6)
    #expect(abs(try #require(histogram.minimum).gray - 4) < 1e-6)
    // The mean of xy over the triangle is 1/12.
    #expect(abs(try #require(histogram.mean).gray - (4 + 8.0 / 12)) < 1e-3)
  }

  @Test("a dose of one value has it everywhere")
  func uniform() throws {
    let grid = try DoseGrid(
      origin: SIMD2(-12, -7), spacing: SIMD2(24, 14), columns: 2, rows: 2, planes: [-6, 6],
      gray: [Float](repeating: 12, count: 8))
    let box = try #require(Self.box)
    let histogram = try #require(grid.histograms(of: [box]).first)
    for part in [0.0, 0.1, 1, 1.6] {
      #expect(abs(try #require(histogram.dose(toHottest: .cubicCentimeters(part))).gray - 12) < 1e-5)
    }
    #expect(abs(histogram.volume(receivingAtLeast: .gray(12)).cubicCentimeters - 1.6) < 1e-9)
    #expect(histogram.volume(receivingAtLeast: .gray(12.001)) == .zero)
  }
}
