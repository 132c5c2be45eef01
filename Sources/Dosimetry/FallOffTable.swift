internal import Quantities

/// The laws of one target as a table of doses by distance, so that a grid costs no exponentials.
///
/// Entries lie a millimetre apart, one of them on the surface and one at 2 cm, where the laws have their kinks;
/// between them dose is taken as straight, off by under 0.1 % of itself for a halving distance of 8 mm or more.
package struct FallOffTable: Sendable {
  /// Doses in gray: mean as expected, in a good and a poor plan, envelope in a poor plan.
  private let sums: [SIMD4<Float>]
  /// How far the expected envelope lies above the expected mean, in gray.
  private let excess: [Float]
  /// The index of the entry on the surface.
  private let surface: Int

  /// The farthest distance that is told apart, in millimetres.
  private static let farthest = 400

  package init(_ target: FallOffTarget) {
    let fallOff = target.fallOff
    let inside = Int(fallOff.radius.millimeters.rounded(.up)) + 1
    let gray = target.prescription.gray
    var sums: [SIMD4<Float>] = []
    var excess: [Float] = []
    for index in -inside...Self.farthest {
      let s = Double(index)
      let band = fallOff.halving
      let expected = fallOff.mean(at: s, halving: band.expected, isodose: target.isodose)
      let good = fallOff.mean(at: s, halving: band.good, isodose: target.isodose)
      let poor = fallOff.mean(at: s, halving: band.poor, isodose: target.isodose)
      let envelope = fallOff.envelope(
        at: s, d2cm: fallOff.d2cm.expected, halving: band.expected, isodose: target.isodose)
      let worst = fallOff.envelope(
        at: s, d2cm: fallOff.d2cm.poor, halving: band.poor, isodose: target.isodose)
      sums.append(SIMD4<Float>(SIMD4(expected, good, poor, worst) * gray))
      excess.append(Float((envelope - expected) * gray))
    }
    self.sums = sums
    self.excess = excess
    surface = inside
  }

  /// The entry below a distance and the share of the one above it.
  @inline(__always)
  private func place(_ distance: Float) -> (at: Int, share: Float) {
    let position = min(max(distance + Float(surface), 0), Float(sums.count - 2))
    let at = Int(position)
    return (at, position - Float(at))
  }

  /// Adds the target's doses at the distances of a row: sums add, of the excesses the greatest counts.
  @inline(__always)
  func add(
    _ distances: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>,
    to total: UnsafeMutableBufferPointer<SIMD4<Float>>, _ most: UnsafeMutableBufferPointer<Float>
  ) {
    sums.withUnsafeBufferPointer { sums in
      excess.withUnsafeBufferPointer { excess in
        for index in range {
          let (at, share) = place(distances[index])
          let low = sums[at]
          total[index] += low + (sums[at + 1] - low) * share
          let above = excess[at]
          let here = above + (excess[at + 1] - above) * share
          if here > most[index] { most[index] = here }
        }
      }
    }
  }

  /// The mean law's dose as expected, in a good and in a poor plan, in gray.
  package func mean(at distance: Double) -> SIMD4<Float> {
    let (at, share) = place(Float(distance))
    return sums[at] + (sums[at + 1] - sums[at]) * share
  }
}
