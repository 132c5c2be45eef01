// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Dosimetry
internal import Foundation
internal import Quantities
public import Reasons
internal import Vocabulary

/// What a planned course is estimated to cost the lungs, or another organ that works in parallel.
public struct LesionCost: Sendable, Hashable {
  /// The lesion or lesions of one target.
  public let lesions: [String]
  /// What the target alone adds to the organ's mean dose, in gray.
  public let mean: DoseBand
  /// The share of the organ that the target alone gives 20 Gy or more, in per cent.
  public let v20Percent: DoseBand
}

/// Which lesions fit within an organ's limits together.
public struct FittingSubset: Sendable, Hashable {
  /// The lesions of the largest set that fits, in the case's order.
  public let lesions: [String]
  /// Those left out.
  public let leftOut: [String]
  /// Whether no larger set fits; false when the search was cut short.
  public let isProven: Bool
  /// The limits that it keeps.
  public let limits: [Reason]
}

/// Looks for the most targets that keep limits together.
///
/// More targets never give less dose, so a set that fails fails with every target added: the search goes down from
/// all targets, and sets of one size are tried with the dearest left out first.
struct SubsetSearch {
  let count: Int
  /// The targets in the order of their cost, the dearest first.
  let dearestFirst: [Int]
  let fits: ([Int]) -> Bool

  /// The most sets that are tried before the search is cut short.
  static let mostSets = 4000

  func largest() -> (chosen: [Int], isProven: Bool) {
    var tried = 0
    for leftOut in 0...count {
      var found: [Int]?
      let isWhole = combinations(of: leftOut) { left in
        tried += 1
        guard tried <= Self.mostSets else { return false }
        let chosen = (0..<count).filter { !left.contains($0) }
        if fits(chosen) {
          found = chosen
          return false
        }
        return true
      }
      if let found { return (found, true) }
      if !isWhole { break }
    }
    // Cut short: leave out the dearest one after the other until the rest fits.
    for leftOut in 0...count {
      let chosen = (0..<count).filter { !dearestFirst.prefix(leftOut).contains($0) }
      if fits(chosen) { return (chosen, chosen.isEmpty) }
    }
    return ([], true)
  }

  /// Calls `body` for every set of so many targets, dearest first, until it says stop; whether it never did.
  private func combinations(of size: Int, _ body: (Set<Int>) -> Bool) -> Bool {
    var picked: [Int] = []
    func go(_ start: Int) -> Bool {
      if picked.count == size { return body(Set(picked.map { dearestFirst[$0] })) }
      guard start < count else { return true }
      for next in start..<count where count - next >= size - picked.count {
        picked.append(next)
        defer { picked.removeLast() }
        if !go(next + 1) { return false }
      }
      return true
    }
    return go(0)
  }
}

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
