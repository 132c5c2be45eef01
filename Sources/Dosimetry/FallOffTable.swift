// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry
internal import Quantities

/// The laws of one target as a table of doses by distance, so that a grid costs no exponentials.
///
/// Entries lie a millimetre apart, one of them on the surface and one at 2 cm, where the laws have their kinks;
/// between them dose is taken as straight, off by under 0.1 % of itself for a halving distance of 8 mm or more.
package struct FallOffTable: Sendable {
  private let entries: [Entry]
  private let offPlaneEntries: [Entry]
  /// The heights of the target's planes.
  private let planes: ClosedRange<Double>
  /// The index of the entry on the surface.
  private let surface: Int

  /// The doses at one distance, each with its growth to the next; 64 bytes, so that a look-up meets one or two lines of
  /// memory.
  private struct Entry: Sendable {
    /// Doses in gray that add over targets: mean as expected, in a good and in a poor plan.
    var sum: SIMD4<Float>
    var sumGrowth = SIMD4<Float>.zero
    /// How far the envelope lies above the mean, as expected and in a poor plan, in gray.
    ///
    /// Of several targets the greatest counts. Beyond the target's planes only the poor plan's goes on.
    var excess: SIMD4<Float>
    var excessGrowth = SIMD4<Float>.zero

    static func withGrowth(_ entries: [Entry]) -> [Entry] {
      var all = entries
      for index in all.indices.dropLast() {
        all[index].sumGrowth = entries[index + 1].sum - entries[index].sum
        all[index].excessGrowth = entries[index + 1].excess - entries[index].excess
      }
      return all
    }
  }

  /// The farthest distance that is told apart, in millimetres.
  private static let farthest = 400

  package init(_ target: FallOffTarget) {
    let fallOff = target.fallOff
    let inside = Int(fallOff.radius.millimeters.rounded(.up)) + 1
    let gray = target.prescription.gray
    var inPlane: [Entry] = []
    var offPlane: [Entry] = []
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
      let sum = SIMD4<Float>(SIMD4(expected, good, poor, 0) * gray)
      inPlane.append(
        Entry(sum: sum, excess: SIMD4<Float>(SIMD4(envelope - expected, worst - poor, 0, 0) * gray)))
      offPlane.append(
        Entry(sum: sum, excess: SIMD4<Float>(SIMD4(beyond - expected, worst - poor, 0, 0) * gray)))
    }
    entries = Entry.withGrowth(inPlane)
    offPlaneEntries = Entry.withGrowth(offPlane)
    let reach = fallOff.far.reach.millimeters
    planes = (target.solid.bounds.low.z - reach)...(target.solid.bounds.high.z + reach)
    surface = inside
  }

  /// The entry below a distance and the share of the one above it.
  @inline(__always)
  private func place(_ distance: Float) -> (whole: Int, share: Float) {
    let shifted = distance + Float(surface)
    let positive = shifted > 0 ? shifted : 0
    let last = Float(entries.count - 2)
    return Lanes.split(positive < last ? positive : last)
  }

  /// Adds the target's doses at the distances of a row: sums add, of the excesses the greatest counts.
  @inline(__always)
  func add(
    _ distances: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>, z: Double,
    to total: UnsafeMutableBufferPointer<SIMD4<Float>>, _ most: UnsafeMutableBufferPointer<SIMD4<Float>>
  ) {
    (planes.contains(z) ? entries : offPlaneEntries).withUnsafeBufferPointer { entries in
      for index in range {
        let (at, share) = place(distances[index])
        let entry = entries[at]
        total[index] += entry.sum + entry.sumGrowth * share
        let here = entry.excess + entry.excessGrowth * share
        let before = most[index]
        most[index] = before.replacing(with: here, where: here .> before)
      }
    }
  }

  /// How far the envelope lies above the mean at a distance and height, as expected and in a poor plan, in gray.
  package func excess(at distance: Double, z: Double) -> SIMD2<Float> {
    let (at, share) = place(Float(distance))
    let entry = (planes.contains(z) ? entries : offPlaneEntries)[at]
    return (entry.excess + entry.excessGrowth * share).lowHalf
  }

  /// The mean law's dose as expected, in a good and in a poor plan, in gray.
  package func mean(at distance: Double) -> SIMD4<Float> {
    let (at, share) = place(Float(distance))
    return entries[at].sum + entries[at].sumGrowth * share
  }
}
