// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Points spread evenly over a unit cube, the same for the same seed: an additive recurrence of the generalised golden
/// ratio (Roberts 2018), shifted at random.
struct EvenPoints {
  private let steps: [Double]
  private let shifts: [Double]

  init(dimensions: Int, seed: UInt64) {
    var root = 2.0
    for _ in 0..<60 { root = pow(1 + root, 1 / Double(dimensions + 1)) }
    steps = (1...max(1, dimensions)).map { pow(1 / root, Double($0)).truncatingRemainder(dividingBy: 1) }
    var draws = Draws(seed: seed)
    shifts = steps.map { _ in draws.next() }
  }

  /// The coordinates of a point, each above 0 and below 1.
  func point(_ index: Int) -> [Double] {
    zip(steps, shifts).map { step, shift in
      let x = (shift + step * Double(index + 1)).truncatingRemainder(dividingBy: 1)
      return min(1 - 1e-12, max(1e-12, x))
    }
  }

  /// The first points in a row, each coordinate also as a standard normal's value below which that share lies.
  func table(_ count: Int) -> [(share: [Double], normal: [Double])] {
    (0..<count).map { number in
      let share = point(number)
      return (share, share.map(Self.normal))
    }
  }

  /// The standard normal's value below which a share lies (Acklam 2003; off by less than 1.2e-9 of itself).
  static func normal(_ p: Double) -> Double {
    let a = [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716,
      2.506628277459239,
    ]
    let b = [
      -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
    ]
    let c = [
      -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
      4.374664141464968, 2.938163982698783,
    ]
    let d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
    func tail(_ q: Double) -> Double {
      c.reduce(0) { $0 * q + $1 } / ((d.reduce(0) { $0 * q + $1 }) * q + 1)
    }
    if p < 0.02425 { return tail((-2 * log(p)).squareRoot()) }
    if p > 1 - 0.02425 { return -tail((-2 * log(1 - p)).squareRoot()) }
    let q = p - 0.5
    let r = q * q
    return a.reduce(0) { $0 * r + $1 } * q / ((b.reduce(0) { $0 * r + $1 }) * r + 1)
  }
}
