// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Cases
import Foundation
import Phantoms
import Quantities
import Testing
import Vocabulary

@testable import Dosimetry
@testable import Radiotherapy

@Suite("Courses summed as EQD2 against known sums")
struct AccumulationTests {
  /// A dose that is linear in space, so that trilinear reading is exact on any grid.
  private func linear(
    _ gray: Double, _ slope: SIMD3<Double>, from low: SIMD3<Double>, through high: SIMD3<Double>, step: Double
  ) throws -> DoseGrid {
    let count = ((high - low) / step).rounded(.up) + 1
    let (columns, rows, planes) = (Int(count.x), Int(count.y), Int(count.z))
    var values: [Float] = []
    for k in 0..<planes {
      for j in 0..<rows {
        for i in 0..<columns {
          let place = low + SIMD3(Double(i), Double(j), Double(k)) * step
          values.append(Float(gray + (place * slope).sum()))
        }
      }
    }
    return try DoseGrid(
      origin: SIMD2(low.x, low.y), spacing: SIMD2(step, step), columns: columns, rows: rows,
      planes: (0..<planes).map { low.z + Double($0) * step }, gray: values)
  }

  private let organ = SIMD3(12.0, 9, 15)

  private func eqd2(_ gray: Double, _ fractions: Int, _ ratio: Double) -> Double {
    gray * (gray / Double(fractions) + ratio) / (2 + ratio)
  }

  @Test(
    "two grids of different spacing and origin add node by node to the closed form", arguments: [2.0, 2.5, 3])
  func twoGrids(ratio: Double) throws {
    let a = try linear(
      30, SIMD3(0.3, 0, -0.1), from: SIMD3(-33.3, -31, -40), through: SIMD3(37, 35, 41), step: 3)
    let b = try linear(
      12, SIMD3(0, 0.2, 0.15), from: SIMD3(-28, -30.7, -35), through: SIMD3(31, 29, 36), step: 2.2)
    let body = try Shipped.box(organ)
    let alphaBeta = try #require(AlphaBetaRatio(gray: ratio))
    let sum = try AccumulatedDose(
      [
        CourseContribution(measured: a, course: "A", fractions: 10),
        CourseContribution(measured: b, course: "B", fractions: 3),
      ], over: body, alphaBeta: alphaBeta, spacing: .millimeters(1), overlapGray: 3)
    var generator = SplitMix64(seed: 5)
    for _ in 0..<300 {
      let place = SIMD3<Double>(
        .random(in: -11...11, using: &generator), .random(in: -8...8, using: &generator),
        .random(in: -14...14, using: &generator))
      let first = 30 + 0.3 * place.x - 0.1 * place.z
      let second = 12 + 0.2 * place.y + 0.15 * place.z
      let expected = eqd2(first, 10, ratio) + eqd2(second, 3, ratio)
      for grid in sum.sum.grids + [sum.overlap] {
        // EQD2 is a parabola between nodes a millimetre apart.
        #expect(abs(try #require(grid.dose(at: place)).gray - expected) < 0.02)
      }
      #expect(abs(try #require(sum.earlier.nominal.dose(at: place)).gray - expected) < 0.02)
    }
    // The greatest sum in the organ, by its corners.
    var most = 0.0
    for corner in 0..<8 {
      let p = SIMD3(corner & 1 == 0 ? -12.0 : 12, corner & 2 == 0 ? -9.0 : 9, corner & 4 == 0 ? -15.0 : 15)
      most = max(
        most, eqd2(30 + 0.3 * p.x - 0.1 * p.z, 10, ratio) + eqd2(12 + 0.2 * p.y + 0.15 * p.z, 3, ratio))
    }
    let found = try #require(sum.sum.nominal.histograms(of: [body])[0].maximum).gray
    #expect(abs(found - most) < 0.05, "\(found) against \(most)")
  }

  @Test("one course and one fraction count add in gray, anything else as EQD2")
  func grouping() throws {
    let even = try linear(10, .zero, from: SIMD3(repeating: -30), through: SIMD3(repeating: 30), step: 5)
    let body = try Shipped.box(organ)
    let three = try #require(AlphaBetaRatio(gray: 3))
    func sum(_ parts: [(String, Int)]) throws -> Double {
      let dose = try AccumulatedDose(
        parts.map { CourseContribution(measured: even, course: $0.0, fractions: $0.1) }, over: body,
        alphaBeta: three, spacing: .millimeters(3), overlapGray: 3)
      return try #require(dose.sum.nominal.dose(at: .zero)).gray
    }
    #expect(abs(try sum([("A", 5), ("A", 5)]) - eqd2(20, 5, 3)) < 1e-4)
    #expect(abs(try sum([("A", 5), ("A", 3)]) - eqd2(10, 5, 3) - eqd2(10, 3, 3)) < 1e-4)
    #expect(abs(try sum([("A", 5), ("B", 5)]) - 2 * eqd2(10, 5, 3)) < 1e-4)
  }

  @Test("beyond a grid dose is bounded by the face that is passed, and never taken for zero")
  func outside() throws {
    // 2 Gy at the lower x face, 50 at the upper.
    let grid = try linear(
      26, SIMD3(0.8, 0, 0), from: SIMD3(repeating: -30), through: SIMD3(repeating: 30), step: 5)
    let bounded = BoundedDose(grid)
    func near(_ a: (low: Double, high: Double), _ low: Double, _ high: Double) -> Bool {
      abs(a.low - low) < 1e-4 && abs(a.high - high) < 1e-4
    }
    #expect(near(bounded.bounds(at: SIMD3(-200, 0, 0)), 0, 2))
    #expect(near(bounded.bounds(at: SIMD3(200, 0, 0)), 0, 50))
    #expect(near(bounded.bounds(at: SIMD3(0, 0, 200)), 0, 50))
    #expect(near(bounded.bounds(at: SIMD3(-200, -200, 0)), 0, 50))
    #expect(near(bounded.bounds(at: SIMD3(10, 0, 0)), 34, 34))
    // A node without a dose on a face leaves the grid's greatest dose as bound.
    var gray = grid.gray
    gray[0] = .nan
    let holed = BoundedDose(
      try DoseGrid(
        origin: grid.origin, spacing: grid.spacing, columns: grid.columns, rows: grid.rows,
        planes: grid.planes,
        gray: gray))
    #expect(near(holed.bounds(at: SIMD3(-200, 0, 0)), 0, 50))
  }

  @Test("an organ half outside the earlier grid has bounds and no expected sum from it")
  func partlyOutside() throws {
    let grid = try linear(20, .zero, from: SIMD3(-30, -30, -30), through: SIMD3(0, 30, 30), step: 5)
    let body = try Shipped.box(organ)
    let three = try #require(AlphaBetaRatio(gray: 3))
    let sum = try AccumulatedDose(
      [CourseContribution(measured: grid, course: "A", fractions: 10)], over: body, alphaBeta: three,
      spacing: .millimeters(3), overlapGray: 3)
    let beyond = SIMD3(9.0, 0, 0)
    #expect(try #require(sum.earlier.low.dose(at: beyond)).gray == 0)
    #expect(abs(try #require(sum.earlier.high.dose(at: beyond)).gray - eqd2(20, 10, 3)) < 1e-4)
  }

  @Test("the registration's ellipsoid: along a gradient the worst is the dose its half axis away")
  func ellipsoid() throws {
    // Steep along x only; EQD2 with α/β 2 in one fraction count.
    let grid = try linear(
      30, SIMD3(1, 0, 0), from: SIMD3(repeating: -40), through: SIMD3(repeating: 40), step: 2)
    let body = try Shipped.box(organ)
    let two = try #require(AlphaBetaRatio(gray: 2))
    let uncertainty = try #require(
      RegistrationUncertainty(x: .millimeters(3), y: .millimeters(5), z: .millimeters(2)))
    let sum = try AccumulatedDose(
      [CourseContribution(measured: grid, course: "A", fractions: 5)], over: body, alphaBeta: two,
      spacing: .millimeters(1), overlapGray: 3, uncertainty: uncertainty)
    let worst = try #require(sum.worst)
    let inside = try #require(sum.worstInside)
    #expect(abs(try #require(worst.dose(at: .zero)).gray - eqd2(33, 5, 2)) < 0.05)
    // At the organ's hot face the worst lies outside it, and inside it nothing is hotter than the face itself.
    let face = SIMD3(12.0, 0, 0)
    #expect(abs(try #require(worst.dose(at: face)).gray - eqd2(45, 5, 2)) < 0.1)
    #expect(try #require(inside.dose(at: face)).gray < eqd2(42.6, 5, 2))
    #expect(try #require(inside.dose(at: face)).gray >= eqd2(42, 5, 2) - 0.1)
    #expect(RegistrationUncertainty(x: .millimeters(-1), y: .zero, z: .zero) == nil)
    #expect(RegistrationUncertainty(x: .millimeters(51), y: .zero, z: .zero) == nil)
  }

  @Test("recovery leaves a share of the earlier effect, and only of the earlier one")
  func recovery() throws {
    let even = try linear(20, .zero, from: SIMD3(repeating: -30), through: SIMD3(repeating: 30), step: 5)
    let body = try Shipped.box(organ)
    let two = try #require(AlphaBetaRatio(gray: 2))
    var earlier = CourseContribution(measured: even, course: "A", fractions: 10)
    earlier.keeping = 0.75
    let bounded = BoundedDose(even)
    let planned = CourseContribution(
      course: "new", fractions: 5, low: bounded, nominal: bounded, high: bounded, isEarlier: false)
    let sum = try AccumulatedDose(
      [earlier, planned], over: body, alphaBeta: two, spacing: .millimeters(3), overlapGray: 3)
    let found = try #require(sum.sum.nominal.dose(at: .zero)).gray
    #expect(abs(found - 0.75 * eqd2(20, 10, 2) - eqd2(20, 5, 2)) < 1e-3)
    let nieder = try #require(try Shipped.parameters().recovery.first { $0.id == "nieder-cord" })
    #expect(nieder.keeping(.spinalCord, after: 5.9) == 1)
    #expect(nieder.keeping(.spinalCord, after: 6) == 0.75)
    #expect(nieder.keeping(.spinalCord, after: 12) == 0.5)
    #expect(nieder.keeping(.heart, after: 24) == 1)
  }
}
