// SPDX-License-Identifier: Apache-2.0
import Quantities
import Testing

@Suite("Quantities")
struct QuantitiesTests {
  @Test("centimetres and millimetres are one length")
  func lengthUnits() {
    #expect(Length.centimeters(3) == .millimeters(30))
    #expect(Length.millimeters(29.9) < .centimeters(3))
    #expect(abs(Length.millimeters(30.1).centimeters - 3.01) < 1e-12)
  }

  @Test("a ball's volume and the equivalent diameter undo each other", arguments: [0.5, 3, 10, 33.3, 250])
  func equivalentSphere(diameter: Double) {
    let volume = Volume.ball(diameter: .millimeters(diameter))
    #expect(abs(volume.equivalentSphereDiameter.millimeters - diameter) < 1e-9 * diameter)
  }

  @Test("no volume has no diameter")
  func emptyVolume() {
    #expect(Volume.zero.equivalentSphereDiameter == .zero)
    #expect(Volume.cubicMillimeters(-1).equivalentSphereDiameter == .zero)
  }

  /// Table 1.2 of the SBRT evidence: scheme, BED10, EQD2 at 10 Gy, EQD2 at 3 Gy.
  @Test(
    "BED and EQD2 of the prescriptions in use",
    arguments: [
      (54.0, 3, 151.2, 126.0, 226.8), (45, 3, 112.5, 93.75, 162), (48, 4, 105.6, 88, 144),
      (55, 5, 115.5, 96.25, 154), (50, 5, 100, 83.33, 130), (60, 8, 105, 87.5, 126),
      (28, 1, 106.4, 88.67, 173.6),
    ])
  func schemes(dose: Double, fractions: Int, bed10: Double, eqd2at10: Double, eqd2at3: Double) throws {
    let course = try #require(Fractionation(total: .gray(dose), fractions: fractions))
    let ten = try #require(AlphaBetaRatio(gray: 10))
    let three = try #require(AlphaBetaRatio(gray: 3))
    #expect(abs(course.bed(ten).gray - bed10) < 0.01)
    #expect(abs(course.eqd2(ten).gray - eqd2at10) < 0.01)
    #expect(abs(course.eqd2(three).gray - eqd2at3) < 0.01)
  }

  @Test("doses of different α/β do not add")
  func alphaBetaIsCarried() throws {
    let course = try #require(Fractionation(total: .gray(50), fractions: 5))
    let ten = try #require(AlphaBetaRatio(gray: 10))
    let three = try #require(AlphaBetaRatio(gray: 3))
    #expect(course.eqd2(ten).adding(course.eqd2(three)) == nil)
    #expect(course.bed(ten).adding(course.bed(three)) == nil)
    #expect(course.eqd2(ten).adding(course.eqd2(ten))?.gray == 2 * course.eqd2(ten).gray)
  }

  @Test("impossible fractionations cannot be made")
  func invalidCourses() {
    #expect(Fractionation(total: .gray(50), fractions: 0) == nil)
    #expect(Fractionation(total: .gray(.nan), fractions: 5) == nil)
    #expect(Fractionation(total: .gray(-1), fractions: 5) == nil)
    #expect(AlphaBetaRatio(gray: 0) == nil)
    #expect(AlphaBetaRatio(gray: .infinity) == nil)
  }

  @Test("10 Gy a fraction is still inside the validated range, more is not")
  func linearQuadraticRange() throws {
    #expect(try #require(Fractionation(total: .gray(50), fractions: 5)).exceedsLinearQuadraticRange == false)
    #expect(try #require(Fractionation(total: .gray(54), fractions: 3)).exceedsLinearQuadraticRange)
    #expect(AbsorbedDose.centigray(5000) == .gray(50))
  }
}
