// SPDX-License-Identifier: Apache-2.0
internal import Foundation
public import Quantities

/// How much of a body receives how much dose.
///
/// Doses lie at the edges of even bins between the least and the greatest dose of the part of the body the grid
/// covers; within a bin the volume is taken as evenly spread. What lies outside the grid has no dose.
public struct DoseVolumeHistogram: Sendable, Hashable {
  /// The body's whole volume.
  public let volume: Volume
  /// The volume whose dose is known.
  public let coveredVolume: Volume
  /// The least dose in the covered part, exact for the trilinear dose; `nil` when nothing is covered.
  public let minimum: AbsorbedDose?
  /// The greatest dose in the covered part, exact for the trilinear dose.
  public let maximum: AbsorbedDose?
  /// The mean dose of the covered part.
  public let mean: AbsorbedDose?
  /// The sides of the cells the body was cut into, for the record.
  public let cellSides: SIMD3<Double>

  let binWidth: Double
  /// The volume in cubic millimetres that receives at least the dose of each bin edge; falls from the covered
  /// volume to zero.
  let cumulative: [Double]

  init(
    volume: Volume, coveredVolume: Volume, minimum: AbsorbedDose?, maximum: AbsorbedDose?,
    mean: AbsorbedDose?, cellSides: SIMD3<Double>, binWidth: Double, cumulative: [Double]
  ) {
    self.volume = volume
    self.coveredVolume = coveredVolume
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
    self.cellSides = cellSides
    self.binWidth = binWidth
    self.cumulative = cumulative
  }

  /// The covered share of the volume, 0…1; zero for a body without volume.
  public var coveredShare: Double {
    guard volume > .zero else { return 0 }
    return min(1, coveredVolume.cubicMillimeters / volume.cubicMillimeters)
  }

  /// Whether the dose is known everywhere, but for rounding.
  public var isFullyCovered: Bool { coveredShare > 1 - 1e-6 }

  /// The covered volume that receives at least a dose.
  public func volume(receivingAtLeast dose: AbsorbedDose) -> Volume {
    guard let minimum, let maximum else { return .zero }
    if dose <= minimum { return coveredVolume }
    if dose > maximum { return .zero }
    let position = (dose.gray - minimum.gray) / binWidth
    let bin = min(cumulative.count - 2, Int(position))
    let share = min(1, position - Double(bin))
    return .cubicMillimeters(cumulative[bin] + (cumulative[bin + 1] - cumulative[bin]) * share)
  }

  /// The least dose in the hottest part of this volume; `nil` when less than that is covered.
  ///
  /// Zero volume gives the greatest dose, the covered volume the least.
  public func dose(toHottest part: Volume) -> AbsorbedDose? {
    guard let minimum, let maximum else { return nil }
    let wanted = part.cubicMillimeters
    let covered = coveredVolume.cubicMillimeters
    guard wanted <= covered * (1 + 1e-9) else { return nil }
    if wanted <= 0 { return maximum }
    if wanted >= covered { return minimum }
    // The last edge that still receives at least the volume.
    var low = 0
    var high = cumulative.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if cumulative[middle] >= wanted { low = middle } else { high = middle }
    }
    let drop = cumulative[low] - cumulative[high]
    let share = drop > 0 ? (cumulative[low] - wanted) / drop : 0
    return min(maximum, .gray(minimum.gray + binWidth * (Double(low) + share)))
  }

  /// The generalised equivalent uniform dose of the covered part, (Σ vᵢ Dᵢᵃ)^(1/a), Niemierko 1997.
  ///
  /// `nil` when nothing is covered, for an exponent of zero or not finite. With a negative exponent any part
  /// without dose gives zero.
  public func generalisedEUD(exponent a: Double) -> AbsorbedDose? {
    guard let minimum, let maximum, a.isFinite, a != 0, coveredVolume > .zero else { return nil }
    if maximum.gray <= 0 { return .zero }
    if a < 0, minimum.gray <= 0 { return .zero }
    // Scaled by the dose that weighs most, so that high exponents neither overflow nor vanish.
    let scale = a > 0 ? maximum.gray : minimum.gray
    var sum = 0.0
    for bin in 0..<(cumulative.count - 1) {
      let dose = max(0, minimum.gray + binWidth * (Double(bin) + 0.5)) / scale
      sum += (cumulative[bin] - cumulative[bin + 1]) * pow(dose, a)
    }
    return .gray(min(maximum.gray, max(minimum.gray, scale * pow(sum / cumulative[0], 1 / a))))
  }

  /// The covered volume that receives at least each dose, from zero to the first dose beyond the maximum.
  ///
  /// - Parameter step: the distance of neighbouring doses; at or below zero gives no points.
  public func curve(step: AbsorbedDose) -> [(dose: AbsorbedDose, volume: Volume)] {
    guard let maximum, step > .zero else { return [] }
    let last = Int((max(0, maximum.gray) / step.gray).rounded(.down)) + 1
    return (0...last).map { index in
      let dose = AbsorbedDose.gray(step.gray * Double(index))
      return (dose, volume(receivingAtLeast: dose))
    }
  }
}
