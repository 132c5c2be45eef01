// SPDX-License-Identifier: Apache-2.0
internal import Facts

/// What one thing is off by in each draw of the measurements.
struct MeasurementAxis: Sendable {
  /// The lesion, by index; `nil` for the quality of the course of SBRT.
  let lesion: Int?
  let source: MeasurementNoise.Source
  /// By draw, as the share of its distribution that lies below, 0 to 1.
  let shares: [Double]

  /// Into how many equal parts its distribution is divided to see what knowing it would do (heuristic: with 1000 draws 125 in
  /// each).
  static let parts = 8

  /// The part that a draw lies in.
  func part(of draw: Int) -> Int { min(Self.parts - 1, Int(shares[draw] * Double(Self.parts))) }
}

/// What becomes of the choice of a plan where one thing is known: in each part of its distribution the plan is chosen that is
/// charged least there.
///
/// Chosen on every other draw and weighed on the rest, both ways, so that chance does not pass for knowledge (expected value of
/// partial perfect information: Felli and Hazen 1998; in blocks of sorted draws: Strong and Oakley 2011).
struct SettlingSums: Sendable {
  private let axes: Int
  private let plans: Int
  /// By axis, part, parity of the draw and plan: thousandths of points of regret, and draws in which it is as good as any.
  ///
  /// Whole numbers: their sums are the same in whatever order.
  private var sums: [SIMD2<Int>]

  init(axes: Int, plans: Int) {
    (self.axes, self.plans) = (axes, plans)
    sums = [SIMD2<Int>](repeating: .zero, count: axes * MeasurementAxis.parts * 2 * plans)
  }

  mutating func add(_ axis: Int, part: Int, draw: Int, plan: Int, regret: Double, isAsGood: Bool) {
    sums[index(axis, part, draw & 1) + plan] &+= SIMD2(Int((1000 * regret).rounded()), isAsGood ? 1 : 0)
  }

  mutating func add(_ other: SettlingSums) {
    for place in sums.indices { sums[place] &+= other.sums[place] }
  }

  /// The axis that leaves least regret where it is known, with the draws in which the plan chosen then is as good as any.
  var best: (axis: Int, asGood: Double)? {
    guard plans > 0 else { return nil }
    return (0..<axes).map { axis -> (axis: Int, regret: Int, asGood: Int) in
      var whole = SIMD2<Int>.zero
      for part in 0..<MeasurementAxis.parts {
        for parity in 0...1 {
          let (here, there) = (index(axis, part, parity), index(axis, part, 1 - parity))
          let chosen = (0..<plans).min { sums[here + $0].x < sums[here + $1].x } ?? 0
          whole &+= sums[there + chosen]
        }
      }
      return (axis, whole.x, whole.y)
    }.min { $0.regret < $1.regret }.map { ($0.axis, Double($0.asGood)) }
  }

  private func index(_ axis: Int, _ part: Int, _ parity: Int) -> Int {
    ((axis * MeasurementAxis.parts + part) * 2 + parity) * plans
  }
}
