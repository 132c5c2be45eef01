// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Gauss–Legendre quadrature, for truths whose last integral has no closed form.
struct Quadrature: Sendable {
  /// Nodes in -1…1.
  let nodes: [Double]
  let weights: [Double]

  /// Enough for 1e-6 of the volume even where a section's area has a kink.
  static let fine = Quadrature(points: 200)

  /// The rule of so many points, its nodes by Newton's iteration on the Legendre polynomial.
  init(points n: Int) {
    var nodes: [Double] = []
    var weights: [Double] = []
    for i in 0..<n {
      var x = cos(Double.pi * (Double(i) + 0.75) / (Double(n) + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        var (p, before) = (1.0, 0.0)
        for k in 1...n {
          (p, before) = (((2 * Double(k) - 1) * x * p - (Double(k) - 1) * before) / Double(k), p)
        }
        slope = Double(n) * (x * p - before) / (x * x - 1)
        let step = p / slope
        x -= step
        if abs(step) < 1e-15 { break }
      }
      nodes.append(x)
      weights.append(2 / ((1 - x * x) * slope * slope))
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// Places and weights between two limits, denser towards both.
  ///
  /// The place goes as a sine: so a section that closes like a circle, with a square root at its end, stays smooth.
  func places(from low: Double, to high: Double) -> [(place: Double, weight: Double)] {
    guard high > low else { return [] }
    let (middle, half) = ((low + high) / 2, (high - low) / 2)
    return zip(nodes, weights).map { node, weight in
      let angle = node * Double.pi / 2
      return (middle + half * sin(angle), weight * half * Double.pi / 2 * cos(angle))
    }
  }
}
