// SPDX-License-Identifier: Apache-2.0
import Foundation
import Quantities
import Testing

@testable import PlanarGeometry

@Suite("Cell coverage is the area GEOS finds cell by cell")
struct CellCoverageTests {
  @Test("random regions with holes on odd lattices", arguments: 1...25)
  func againstGEOS(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let region = try RandomRegions.region(around: SIMD2(3, -7), using: &generator)
    let lattice = try #require(
      PlanarLattice(
        origin: SIMD2(.random(in: -5...5, using: &generator), .random(in: -5...5, using: &generator)),
        spacing: SIMD2(.random(in: 0.7...6, using: &generator), .random(in: 0.7...6, using: &generator))))
    try check(region, lattice)
  }

  /// Level and upright edges, on and off the lattice's lines: what slanting edges never show.
  @Test("boxes whose sides lie on and off the lattice's lines")
  func boxes() throws {
    let lattice = try #require(PlanarLattice(origin: SIMD2(0.5, -0.25), spacing: SIMD2(1, 1.5)))
    for low in [SIMD2(0.5, -0.25), SIMD2(0.7, 0.1), SIMD2(1.5, 0.3), SIMD2(0.9, 1.25)] {
      for size in [SIMD2(3.0, 3.0), SIMD2(5.3, 4.1), SIMD2(0.2, 0.2), SIMD2(7, 0.4)] {
        try check(Region.rectangle(low: low, high: low + size), lattice)
      }
    }
    let stairs = try Contour([
      SIMD2(0, 0), SIMD2(6, 0), SIMD2(6, 2), SIMD2(4.2, 2), SIMD2(4.2, 3.3), SIMD2(2, 3.3), SIMD2(2, 5),
      SIMD2(0, 5),
    ])
    try check(try Region.evenOdd([stairs]).region, lattice)
  }

  private func check(_ region: Region, _ lattice: PlanarLattice) throws {
    let coverage = CellCoverage(of: region, on: lattice)
    #expect(abs(coverage.area(on: lattice) - region.area.squareMillimeters) < 1e-6)
    var shares: [SIMD2<Int>: (Double, SIMD2<Double>)] = [:]
    for cell in coverage.edgeCells {
      #expect(shares.updateValue((cell.share, cell.centroid), forKey: SIMD2(cell.column, cell.row)) == nil)
    }
    for run in coverage.fullRuns {
      for column in run.columns {
        #expect(shares.updateValue((1, SIMD2(0.5, 0.5)), forKey: SIMD2(column, run.row)) == nil)
      }
    }
    for row in coverage.rows {
      for column in coverage.columns {
        let low = lattice.origin + lattice.spacing * SIMD2(Double(column), Double(row))
        let part = try region.intersection(Region.rectangle(low: low, high: low + lattice.spacing))
        let (share, centroid) = shares[SIMD2(column, row)] ?? (0, .zero)
        #expect(abs(share * lattice.cellArea - part.area.squareMillimeters) < 1e-7)
        if share > 1e-4, let centre = part.centroid {
          let found = low + lattice.spacing * centroid
          #expect(abs(found.x - centre.x) < 1e-5 && abs(found.y - centre.y) < 1e-5)
        }
      }
    }
  }

  @Test("storage used again gives the same as new storage")
  func reuse() throws {
    var generator = SeededGenerator(seed: 99)
    let lattice = try #require(PlanarLattice(origin: .zero, spacing: SIMD2(1.1, 0.9)))
    var kept = CellCoverage()
    for _ in 0..<20 {
      let region = try RandomRegions.region(around: SIMD2(0, 0), using: &generator)
      kept.fill(with: region, on: lattice)
      let fresh = CellCoverage(of: region, on: lattice)
      #expect(abs(kept.area(on: lattice) - fresh.area(on: lattice)) < 1e-12)
    }
    kept.fill(with: .empty, on: lattice)
    #expect(kept.columns.isEmpty && kept.area(on: lattice) == 0)
  }
}

@Suite("Rings that are plain need no GEOS, and others still get it")
struct ClearRingsTests {
  private func ring(_ points: [(Double, Double)]) throws -> Contour {
    try Contour(points.map { SIMD2($0.0, $0.1) })
  }

  @Test("a square is clear; bow-ties, touching rings, spikes and doubled rings are not")
  func telling() throws {
    let square = try ring([(0, 0), (10, 0), (10, 10), (0, 10)])
    let inner = try ring([(3, 3), (6, 3), (6, 6), (3, 6)])
    let touching = try ring([(10, 2), (14, 2), (14, 6)])
    #expect(ClearRings.areClear([square]))
    #expect(ClearRings.areClear([square, inner]))
    #expect(!ClearRings.areClear([try ring([(0, 0), (10, 10), (10, 0), (0, 10)])]))
    #expect(!ClearRings.areClear([square, touching]))
    #expect(!ClearRings.areClear([square, square]))
    #expect(!ClearRings.areClear([try ring([(0, 0), (10, 0), (5, 0), (5, 8)])]))
    // A keyhole runs back along itself.
    #expect(
      !ClearRings.areClear([
        try ring([
          (0, 0), (10, 0), (10, 10), (0, 10), (0, 5), (3, 5), (3, 7), (7, 7), (7, 3), (3, 3), (3, 5), (0, 5),
        ])
      ]))
  }

  @Test("what is called clear is valid to GEOS and has its area", arguments: 1...40)
  func agreement(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rings = try (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      try RandomRegions.ring(
        SIMD2(.random(in: -20...20, using: &generator), .random(in: -20...20, using: &generator)),
        radius: .random(in: 2...12, using: &generator), points: Int.random(in: 5...40, using: &generator),
        using: &generator)
    }
    guard ClearRings.areClear(rings) else { return }
    let nested = Region(nesting: rings)
    // Even-odd, point by point.
    for k in 0..<300 {
      let p = SIMD2(Double(k % 29) * 2.1 - 30.3, Double(k % 31) * 2.03 - 31.1)
      let odd = rings.filter { $0.encloses(p) }.count % 2 == 1
      #expect(nested.contains(p) == odd)
    }
    let (region, repairs) = try Region.evenOdd(rings, combining: .exclusiveOr)
    #expect(repairs.isEmpty)
    #expect(abs((region.area - nested.area).squareMillimeters) < 1e-9)
  }
}
