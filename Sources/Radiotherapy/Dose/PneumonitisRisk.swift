// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Dosimetry
internal import Foundation
internal import Quantities

/// The risk of symptomatic pneumonitis as published series let it be read.
public struct PneumonitisRisk: Sendable, Hashable {
  /// A published threshold against the estimate.
  public struct Reached: Sendable, Hashable {
    /// The threshold.
    public let threshold: PneumonitisThreshold
    /// The estimate, in the threshold's unit.
    public let value: DoseBand
    /// Whether it lies above: as expected, and whether the answer changes within the band.
    public let outcome: LimitCheck.Outcome
  }

  /// A curve's reading.
  public struct Reading: Sendable, Hashable {
    /// The curve.
    public let curve: PneumonitisCurve
    /// The risk in per cent.
    public let percent: DoseBand

    /// Whether it lies beyond the risks that the curve was drawn through.
    public var isContinued: Bool { percent.expected.map { !curve.points.contains($0) } ?? true }
  }

  /// The thresholds that can be read, in the protocol's order.
  public let thresholds: [Reached]
  /// The curves that hold for this number of lesions; empty for fewer than their series had.
  public let readings: [Reading]

  init(
    _ thresholds: [PneumonitisThreshold], _ curves: [PneumonitisCurve], lungLesions: Int,
    targetVolume: Volume, band: (DoseMetric) -> DoseBand?
  ) {
    self.thresholds = thresholds.compactMap { threshold in
      let value: DoseBand?
      switch threshold.quantity {
      case .lungs(let metric): value = band(metric)
      case .targetVolume:
        let cc = targetVolume.cubicCentimeters
        value = DoseBand(expected: cc, low: cc, high: cc)
      case .unread: value = nil
      }
      return value.map {
        Reached(threshold: threshold, value: $0, outcome: LimitCheck.standing(of: $0, below: threshold.above))
      }
    }
    readings = curves.compactMap { curve in
      guard lungLesions >= curve.lesionsAtLeast, let value = band(curve.metric) else { return nil }
      func risk(_ x: Double) -> Double { 100 / (1 + exp(-curve.slope * (x - curve.midpoint))) }
      return Reading(
        curve: curve,
        percent: DoseBand(
          expected: value.expected.map(risk), low: risk(value.low), high: value.high.map(risk)))
    }
  }
}
