// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Quantities
import Testing

@testable import Dosimetry

@Suite("A dose grid knows its dose between its nodes and nowhere else")
struct DoseGridTests {
  /// D = 1 + 2x + 3y + 5z on an uneven stack of planes: trilinear interpolation is exact for it.
  private func linear() throws -> DoseGrid {
    let planes = [-4.0, -1, 0, 2.5, 7]
    var values: [Float] = []
    for z in planes {
      for j in 0..<4 {
        for i in 0..<5 {
          values.append(Float(1 + 2 * (10 + 2 * Double(i)) + 3 * (-3 + 1.5 * Double(j)) + 5 * z))
        }
      }
    }
    return try DoseGrid(
      origin: SIMD2(10, -3), spacing: SIMD2(2, 1.5), columns: 5, rows: 4, planes: planes, gray: values)
  }

  @Test("a linear dose is met exactly, on uneven planes too")
  func linearDose() throws {
    let grid = try linear()
    for point in [SIMD3(10.0, -3, -4), SIMD3(18, 1.5, 7), SIMD3(13.3, -0.2, 1.1), SIMD3(17.9, 1.4, 6.9)] {
      let expected = 1 + 2 * point.x + 3 * point.y + 5 * point.z
      let dose = try #require(grid.dose(at: point))
      #expect(abs(dose.gray - expected) < 1e-5)
    }
  }

  @Test("outside the outermost nodes dose is unknown, never zero")
  func outside() throws {
    let grid = try linear()
    for point in [
      SIMD3(9.9, 0, 0), SIMD3(18.1, 0, 0), SIMD3(12, -3.1, 0), SIMD3(12, 1.6, 0), SIMD3(12, 0, 7.1),
    ] {
      #expect(grid.dose(at: point) == nil)
    }
  }

  @Test("next to a node without a value dose is unknown, on a known node it is known")
  func unknownNode() throws {
    let grid = try linear()
    var values = grid.gray
    values[0] = .nan
    let holed = try DoseGrid(
      origin: grid.origin, spacing: grid.spacing, columns: 5, rows: 4, planes: grid.planes, gray: values)
    #expect(holed.dose(at: SIMD3(10.5, -2.5, -3.5)) == nil)
    #expect(holed.dose(at: SIMD3(12, -3, -4))?.gray == grid.dose(at: SIMD3(12, -3, -4))?.gray)
  }

  @Test("numbers that make no grid are refused")
  func defects() {
    #expect(throws: DoseGridDefect.wrongCount(expected: 8, found: 7)) {
      try DoseGrid(
        origin: .zero, spacing: SIMD2(1, 1), columns: 2, rows: 2, planes: [0, 1],
        gray: [Float](repeating: 0, count: 7))
    }
    #expect(throws: DoseGridDefect.unorderedPlanes(index: 1)) {
      try DoseGrid(origin: .zero, spacing: SIMD2(1, 1), columns: 1, rows: 1, planes: [1, 1], gray: [0, 0])
    }
    #expect(throws: DoseGridDefect.noExtent) {
      try DoseGrid(origin: .zero, spacing: SIMD2(0, 1), columns: 1, rows: 1, planes: [1], gray: [0])
    }
  }

  @Test("a shift moves the nodes, a rotation carries a linear dose along")
  func registration() throws {
    let grid = try linear()
    let shifted = try grid.moved(by: RigidTransform(shift: SIMD3(1, 2, 3)))
    #expect(shifted.dose(at: SIMD3(14.3, 1.8, 4.1))?.gray == grid.dose(at: SIMD3(13.3, -0.2, 1.1))?.gray)
    let angle = 0.3
    let (c, s) = (0.955336489125606, 0.29552020666133955)
    #expect(abs(c * c + s * s - 1) < 1e-12 && angle > 0)
    let turn = try #require(RigidTransform(matrix: [c, -s, 0, 4, s, c, 0, -1, 0, 0, 1, 2, 0, 0, 0, 1]))
    let turned = try grid.moved(by: turn)
    let here = SIMD3(14.0, -0.5, 1)
    let there = turn(here)
    let dose = try #require(turned.dose(at: there))
    #expect(abs(dose.gray - (1 + 2 * here.x + 3 * here.y + 5 * here.z)) < 1e-3)
    let back = turn.inverse.after(turn)(here)
    #expect((back - here).max() < 1e-12 && (here - back).max() < 1e-12)
  }

  @Test(
    "matrices that are not rigid are refused",
    arguments: [
      [2.0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
      [-1.0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
      [1.0, 0.1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
      [1.0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1],
      [1.0, 0, 0, .nan, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    ])
  func notRigid(matrix: [Double]) {
    #expect(RigidTransform(matrix: matrix) == nil)
  }
}
