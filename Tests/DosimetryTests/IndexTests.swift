// SPDX-License-Identifier: Apache-2.0
import Anatomy
import PlanarGeometry
import Quantities
import Testing

@testable import Dosimetry

@Suite("Conformity and gradient of a cone of dose, and doses at the grid's very edge")
struct IndexTests {
  /// D = 60 − 2r around the centre: every isodose is a ball.
  private func cone(extent: Int = 30, unknown: Bool = false) throws -> DoseGrid {
    var values: [Float] = []
    for k in -extent...extent {
      for j in -extent...extent {
        for i in -extent...extent {
          let r = Double(i * i + j * j + k * k).squareRoot()
          values.append(Float(60 - 2 * r))
        }
      }
    }
    if unknown { values[0] = .nan }
    return try DoseGrid(
      origin: SIMD2(repeating: -Double(extent)), spacing: SIMD2(1, 1), columns: 2 * extent + 1,
      rows: 2 * extent + 1, planes: (-extent...extent).map(Double.init), gray: values)
  }

  private func value(_ grid: DoseGrid, _ body: Solid, _ metric: String) throws -> DoseMetricValue {
    let asked = try #require(DoseMetric(metric))
    return try #require(grid.histograms(of: [body])[0].values(of: asked, in: grid).first)
  }

  @Test("CI, PCI and GI of a ball in closed form")
  func indices() throws {
    // A node without a dose far from the isodose does not matter.
    for grid in [try cone(), try cone(unknown: true)] {
      let target = try Solid.ball(centre: SIMD3(0.2, -0.3, 0.1), diameter: .millimeters(16))
      let isodose = 1000.0 / 512
      #expect(abs(try #require(value(grid, target, "CI40Gy").value) / isodose - 1) < 0.01)
      #expect(abs(try #require(value(grid, target, "PCI40Gy").value) * isodose - 1) < 0.01)
      #expect(abs(try #require(value(grid, target, "GI40Gy").value) / 8 - 1) < 0.01)
    }
  }

  @Test("an isodose that reaches the edge, or a node without a dose, gives no index; none at all gives zero")
  func edges() throws {
    let target = try Solid.ball(centre: .zero, diameter: .millimeters(10))
    let small = try cone(extent: 12)
    #expect(try value(small, target, "CI30Gy").value == nil)
    #expect(try value(small, target, "CI30Gy").why?.contains("edge") == true)
    #expect(try value(small, target, "PCI100Gy").value == 0)
    #expect(try value(small, target, "GI100Gy").value == nil)
  }

  @Test("a hot node on the grid's last row, column and plane counts for a contour that ends there")
  func lastRow() throws {
    for (column, row) in [(5, 10), (10, 5), (5, 0), (0, 5), (10, 10)] {
      var values = [Float](repeating: 0, count: 11 * 11 * 3)
      for plane in 0..<3 { values[(plane * 11 + row) * 11 + column] = 60 }
      let grid = try DoseGrid(
        origin: .zero, spacing: SIMD2(1, 1), columns: 11, rows: 11, planes: [0, 1, 2], gray: values)
      let region = Region.rectangle(low: SIMD2(0, 0), high: SIMD2(10, 10))
      let box = try Solid(planes: [(0.5, region), (1.5, region)], endCap: .half)
      let histogram = grid.histograms(of: [box])[0]
      #expect(histogram.isFullyCovered)
      #expect(abs(try #require(histogram.maximum).gray - 60) < 1e-4, "\(column), \(row)")
      #expect(try #require(histogram.minimum).gray == 0)
    }
  }

  @Test("a body without volume is said to have none, in both units of a volume")
  func flat() throws {
    let grid = try cone(extent: 12)
    let region = Region.rectangle(low: SIMD2(-2, -2), high: SIMD2(2, 2))
    let flat = try Solid(planes: [(0, region)], endCap: .none, singlePlaneThickness: .millimeters(3))
    let volumes = grid.histograms(of: [flat])[0].values(of: .volumeAtDose(20), in: grid)
    #expect(volumes.map(\.unit) == [.percent, .cubicCentimeters])
    #expect(volumes.allSatisfy { $0.value == nil && $0.why == "the structure has no volume" })
  }

  @Test("doses no machine gives are refused")
  func implausible() {
    for dose in [Float.infinity, 1e30, -2e4] {
      #expect(throws: DoseGridDefect.implausibleDose) {
        try DoseGrid(origin: .zero, spacing: SIMD2(1, 1), columns: 1, rows: 1, planes: [0], gray: [dose])
      }
    }
  }
}
