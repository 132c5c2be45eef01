// SPDX-License-Identifier: Apache-2.0
import Quantities
import Testing

@testable import Dosimetry

@Suite("One dose is told from two by its values")
struct DoseLikenessTests {
  /// A ball of dose that falls off around a centre.
  private func blob(
    at centre: SIMD3<Double>, width: Double = 15, peak: Double = 60, step: Double, size: Int
  ) throws -> DoseGrid {
    let half = step * Double(size - 1) / 2
    let planes = (0..<size).map { -half + step * Double($0) }
    var values: [Float] = []
    for z in planes {
      for j in 0..<size {
        for i in 0..<size {
          let p = SIMD3(-half + step * Double(i), -half + step * Double(j), z) - centre
          let r = (p * p).sum().squareRoot()
          values.append(Float(peak / (1 + (r / width) * (r / width) * (r / width))))
        }
      }
    }
    return try DoseGrid(
      origin: SIMD2(-half, -half), spacing: SIMD2(step, step), columns: size, rows: size, planes: planes,
      gray: values)
  }

  @Test("the same plan on another grid is the same dose, rescaled in proportion")
  func sameDose() throws {
    let fine = try blob(at: .zero, step: 1, size: 61)
    let coarse = try blob(at: .zero, step: 2.5, size: 25)
    let same = try #require(fine.likeness(to: coarse))
    #expect(same.isEqual && same.hasShape)
    let half = try #require(fine.likeness(to: try blob(at: .zero, peak: 30, step: 2.5, size: 25)))
    #expect(abs(half.factor - 0.5) < 0.01 && !half.isEqual)
    let back = try #require(try blob(at: .zero, peak: 30, step: 2.5, size: 25).likeness(to: fine))
    #expect(abs(back.factor - 2) < 0.04)
  }

  @Test("other plans are other doses: moved, wider, or elsewhere")
  func otherDoses() throws {
    let one = try blob(at: .zero, step: 2, size: 31)
    #expect(one.likeness(to: try blob(at: SIMD3(8, 0, 0), step: 2, size: 31)) == nil)
    #expect(one.likeness(to: try blob(at: .zero, width: 20, step: 2, size: 31)) == nil)
    // Too few common points to tell, and a part of the same dose.
    #expect(one.likeness(to: try blob(at: .zero, step: 2, size: 2)) == nil)
    #expect(one.likeness(to: try blob(at: .zero, step: 2, size: 5))?.isEqual == true)
  }

  @Test("a uniform dose has no shape by which to know it")
  func uniform() throws {
    func even(_ gray: Float) throws -> DoseGrid {
      try DoseGrid(
        origin: .zero, spacing: SIMD2(2, 2), columns: 10, rows: 10, planes: (0..<10).map { 2 * Double($0) },
        gray: [Float](repeating: gray, count: 1000))
    }
    let found = try #require(try even(30).likeness(to: even(20)))
    #expect(!found.hasShape && abs(found.factor - 2.0 / 3) < 1e-6)
    #expect(try even(30).likeness(to: even(0)) == nil)
  }
}
