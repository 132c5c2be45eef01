// SPDX-License-Identifier: Apache-2.0
extension EquivalentDose2Gy {
  /// The physical dose that has the same effect when given in a number of equal fractions.
  ///
  /// Solves D(1 + D/(n·α/β)) = BED for D; `nil` for a fraction count under one or a negative dose. Beyond 10 Gy a
  /// fraction the linear-quadratic model is outside its validated range (`Fractionation.exceedsLinearQuadraticRange`).
  public func isoeffectiveDose(fractions: Int) -> AbsorbedDose? {
    guard fractions >= 1, gray >= 0, gray.isFinite else { return nil }
    let bed = gray * (1 + 2 / alphaBeta.gray)
    let width = Double(fractions) * alphaBeta.gray
    return .gray(width / 2 * ((1 + 4 * bed / width).squareRoot() - 1))
  }
}
