// SPDX-License-Identifier: Apache-2.0
/// Dose between the four nodes of a cell's side: constant, along x, along y, and the twist.
struct Bilinear {
  let origin: Double
  let x: Double
  let y: Double
  let twist: Double

  @inline(__always)
  init(_ nodes: UnsafeBufferPointer<Float>, _ at: Int, _ columns: Int) {
    let (low, lowRight) = (nodes[at], nodes[at + 1])
    let (high, highRight) = (nodes[at + columns], nodes[at + columns + 1])
    origin = Double(low)
    x = Double(lowRight) - Double(low)
    y = Double(high) - Double(low)
    twist = Double(highRight) - Double(high) - x
  }

  @inline(__always)
  func value(_ u: Double, _ v: Double) -> Double { origin + x * u + (y + twist * u) * v }
  @inline(__always)
  func alongX(_ v: Double) -> Double { x + twist * v }
  @inline(__always)
  func alongY(_ u: Double) -> Double { y + twist * u }
}

/// Four full cells of the grid side by side along a row.
struct FourCells {
  private let doses: SIMD4<Float>
  private let alongY: SIMD4<Float>
  private let alongX: Float
  private let alongZ: Float

  @inline(__always)
  init(_ means: UnsafeBufferPointer<Float>, _ rises: UnsafeBufferPointer<Float>, _ at: Int, _ above: Int) {
    func four(_ values: UnsafeBufferPointer<Float>, _ at: Int) -> SIMD4<Float> {
      UnsafeRawPointer(values.baseAddress.unsafelyUnwrapped + at).loadUnaligned(as: SIMD4<Float>.self)
    }
    let low = four(means, at) + four(means, at + 1)
    let high = four(means, above) + four(means, above + 1)
    doses = (low + high) * 0.25
    alongY = (high - low) * 0.5
    alongX = (means[at + 4] + means[above + 4] - means[at] - means[above]) * 0.5
    alongZ =
      (four(rises, at) + four(rises, at + 1) + four(rises, above) + four(rises, above + 1)).sum() * 0.0625
  }

  /// Whether dose is linear along the four, so that one box stands for them; false next to an unknown node.
  @inline(__always)
  func isEven(within tolerance: Float) -> Bool {
    let bend = abs(doses.x - doses.y - doses.z + doses.w)
    let sway = abs(doses.x - 3 * doses.y + 3 * doses.z - doses.w)
    return bend <= tolerance && sway <= tolerance && abs(alongY.max() - alongY.min()) <= tolerance
  }

  @inline(__always)
  var dose: Double { Double(doses.sum()) * 0.25 }

  @inline(__always)
  var halfRange: Double {
    let y = alongY.sum() * 0.25
    return Double(0.5 * (alongX * alongX + y * y + alongZ * alongZ).squareRoot())
  }
}
