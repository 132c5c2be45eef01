internal import Anatomy
internal import Quantities

/// The laws of one target as a table of doses by distance, so that a grid costs no exponentials.
///
/// Entries lie a millimetre apart, one of them on the surface and one at 2 cm, where the laws have their kinks;
/// between them dose is taken as straight, off by under 0.1 % of itself for a halving distance of 8 mm or more.
package struct FallOffTable: Sendable {
  /// Doses in gray that add over targets: mean as expected, in a good and in a poor plan.
  private let sums: [SIMD4<Float>]
  /// How far the envelope lies above the mean, as expected and in a poor plan, in gray: of several targets the greatest
  /// counts. Beyond the target's planes only the poor plan's goes on.
  private let excess: [SIMD2<Float>]
  private let offPlaneExcess: [SIMD2<Float>]
  /// The heights of the target's planes.
  private let planes: ClosedRange<Double>
  /// The index of the entry on the surface.
  private let surface: Int

  /// The farthest distance that is told apart, in millimetres.
  private static let farthest = 400

  package init(_ target: FallOffTarget) {
    let fallOff = target.fallOff
    let inside = Int(fallOff.radius.millimeters.rounded(.up)) + 1
    let gray = target.prescription.gray
    var sums: [SIMD4<Float>] = []
    var excess: [SIMD2<Float>] = []
    var offPlane: [SIMD2<Float>] = []
    for index in -inside...Self.farthest {
      let s = Double(index)
      let band = fallOff.halving
      let expected = fallOff.mean(at: s, halving: band.expected, isodose: target.isodose)
      let good = fallOff.mean(at: s, halving: band.good, isodose: target.isodose)
      let poor = fallOff.mean(at: s, halving: band.poor, isodose: target.isodose)
      let envelope = fallOff.envelope(
        at: s, d2cm: fallOff.d2cm.expected, halving: band.expected, isodose: target.isodose,
        far: fallOff.far.inPlane)
      let beyond = fallOff.envelope(
        at: s, d2cm: fallOff.d2cm.expected, halving: band.expected, isodose: target.isodose,
        far: fallOff.far.offPlane)
      let worst = fallOff.envelope(
        at: s, d2cm: fallOff.d2cm.poor, halving: band.poor, isodose: target.isodose,
        far: fallOff.far.inPlane)
      sums.append(SIMD4<Float>(SIMD4(expected, good, poor, 0) * gray))
      excess.append(SIMD2<Float>(SIMD2(envelope - expected, worst - poor) * gray))
      offPlane.append(SIMD2<Float>(SIMD2(beyond - expected, worst - poor) * gray))
    }
    offPlaneExcess = offPlane
    let reach = fallOff.far.reach.millimeters
    planes = (target.solid.bounds.low.z - reach)...(target.solid.bounds.high.z + reach)
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
    _ distances: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>, z: Double,
    to total: UnsafeMutableBufferPointer<SIMD4<Float>>, _ most: UnsafeMutableBufferPointer<SIMD2<Float>>
  ) {
    sums.withUnsafeBufferPointer { sums in
      (planes.contains(z) ? excess : offPlaneExcess).withUnsafeBufferPointer { excess in
        for index in range {
          let (at, share) = place(distances[index])
          let low = sums[at]
          total[index] += low + (sums[at + 1] - low) * share
          let above = excess[at]
          let here = above + (excess[at + 1] - above) * share
          most[index] = pointwiseMax(most[index], here)
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
