internal import Anatomy
public import Dosimetry
internal import Foundation
internal import Quantities
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
  /// The limits it was held to, in words.
  public let limits: [String]
}

/// One target's mean-law doses at the sample points of an organ.
struct TargetSamples: Sendable {
  let lesions: [String]
  let fractions: Int
  /// As expected, in a good and in a poor plan, in gray.
  let doses: [[Float]]
}

/// The organ's points with every target's dose there: what any set of targets would give it.
struct SampledOrgan: Sendable {
  let weights: [Double]
  let volume: Double
  let targets: [TargetSamples]
  let alphaBeta: Double
  /// The greatest fraction count of the course: what several counts are expressed in.
  var fractions: Int

  /// The dose of a set of targets at each point: added in gray where all have one fraction count, otherwise as the
  /// dose of equal effect in the course's greatest fraction count.
  ///
  /// - Parameter plan: 0 as expected, 1 good, 2 poor.
  func sum(_ chosen: [Int], plan: Int) -> [Float] {
    var total = [Float](repeating: 0, count: weights.count)
    let counts = Set(chosen.map { targets[$0].fractions })
    guard counts.count > 1 || counts.contains(where: { $0 != fractions }) else {
      for target in chosen { Self.add(targets[target].doses[plan], to: &total) }
      return total
    }
    // In a fixed order: sums come out the same to the last bit.
    for count in counts.sorted() {
      var group = [Float](repeating: 0, count: weights.count)
      for target in chosen where targets[target].fractions == count {
        Self.add(targets[target].doses[plan], to: &group)
      }
      let width = Float(count) * Float(alphaBeta)
      for index in group.indices { group[index] *= 1 + group[index] / width }
      Self.add(group, to: &total)
    }
    let width = Float(fractions) * Float(alphaBeta)
    for index in total.indices {
      total[index] = width / 2 * ((1 + 4 * total[index] / width).squareRoot() - 1)
    }
    return total
  }

  /// Without a check of bounds at each point: hundreds of sets are summed.
  private static func add(_ doses: [Float], to total: inout [Float]) {
    precondition(doses.count == total.count)
    total.withUnsafeMutableBufferPointer { total in
      doses.withUnsafeBufferPointer { doses in
        for index in 0..<doses.count { total[index] += doses[index] }
      }
    }
  }

  func mean(_ doses: [Float]) -> Double { weighed(doses) { Double($0) } / volume }

  func percent(_ doses: [Float], atLeast gray: Float) -> Double {
    100 * weighed(doses) { $0 >= gray ? 1 : 0 } / volume
  }

  /// The sum over all points of their weights times a worth of their dose.
  @inline(__always)
  private func weighed(_ doses: [Float], _ worth: (Float) -> Double) -> Double {
    precondition(doses.count == weights.count)
    return weights.withUnsafeBufferPointer { weights in
      doses.withUnsafeBufferPointer { doses in
        var sum = SIMD4<Double>.zero
        let whole = doses.count & ~3
        var index = 0
        while index < whole {
          sum +=
            SIMD4(weights[index], weights[index + 1], weights[index + 2], weights[index + 3])
            * SIMD4(
              worth(doses[index]), worth(doses[index + 1]), worth(doses[index + 2]),
              worth(doses[index + 3]))
          index += 4
        }
        var rest = sum.sum()
        while index < doses.count {
          rest += weights[index] * worth(doses[index])
          index += 1
        }
        return rest
      }
    }
  }

  /// The volume in cubic centimetres below a dose.
  func below(_ doses: [Float], _ gray: Float) -> Double {
    var sum = 0.0
    for index in weights.indices where doses[index] < gray { sum += weights[index] }
    return sum / 1000
  }

  /// Whether a limit is kept by these doses; `nil` for an endpoint that points cannot answer.
  func keeps(_ limit: DoseLimit, bound: Double, _ doses: [Float]) -> Bool? {
    switch limit.endpoint {
    case .mean: mean(doses) < bound
    case .volumeAtDose(let gray) where limit.unit == .percent:
      percent(doses, atLeast: Float(gray)) < bound
    case .criticalVolumeDose(let cc): volume / 1000 >= cc ? below(doses, Float(bound)) >= cc : nil
    default: nil
    }
  }

  func cost(of target: Int) -> LesionCost {
    func band(_ value: ([Float]) -> Double) -> DoseBand {
      let values = (0..<3).map { value(sum([target], plan: $0)) }
      return DoseBand(expected: values[0], low: values[1], high: values[2])
    }
    return LesionCost(
      lesions: targets[target].lesions, mean: band(mean),
      v20Percent: band { percent($0, atLeast: 20) })
  }
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
      if let metric = threshold.metric {
        value = band(metric)
      } else if threshold.name == "PTV" {
        let cc = targetVolume.cubicCentimeters
        value = DoseBand(expected: cc, low: cc, high: cc)
      } else {
        value = nil
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
