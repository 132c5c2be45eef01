// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Quantities
internal import Vocabulary

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
    let counts = Set(chosen.map { targets[$0].fractions }).sorted()
    let isPlain = counts.allSatisfy { $0 == fractions }
    let own = chosen.map { (fractions: targets[$0].fractions, doses: targets[$0].doses[plan]) }
    let (points, width) = (weights.count, Float(fractions) * Float(alphaBeta))
    return [Float](unsafeUninitializedCapacity: points) { total, filled in
      total.initialize(repeating: 0)
      filled = points
      guard !isPlain else {
        for target in own { Self.add(target.doses, to: total) }
        return
      }
      withUnsafeTemporaryAllocation(of: Float.self, capacity: points) { group in
        // In a fixed order: sums come out the same to the last bit.
        for count in counts {
          group.initialize(repeating: 0)
          for target in own where target.fractions == count { Self.add(target.doses, to: group) }
          let each = 1 / (Float(count) * Float(alphaBeta))
          for index in 0..<points { total[index] += group[index] * (1 + group[index] * each) }
        }
      }
      let (half, four) = (width / 2, 4 / width)
      for index in 0..<points { total[index] = half * ((1 + total[index] * four).squareRoot() - 1) }
    }
  }

  /// Without a check of bounds at each point: hundreds of sets are summed.
  @inline(__always)
  private static func add(_ doses: [Float], to total: UnsafeMutableBufferPointer<Float>) {
    precondition(doses.count == total.count)
    doses.withUnsafeBufferPointer { doses in
      for index in 0..<doses.count { total[index] += doses[index] }
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

  /// A metric of doses at the points; `nil` for one that points cannot answer.
  func value(of metric: DoseMetric, _ doses: [Float]) -> Double? {
    switch metric {
    case .mean: mean(doses)
    case .volumeAtDose(let gray): percent(doses, atLeast: Float(gray))
    case .criticalVolumeDose(let cc): coldest(cc, doses)
    default: nil
    }
  }

  /// The greatest dose in the coldest volume; `nil` for an organ smaller than that.
  ///
  /// Points are counted in bins and put in order only within the bin that the volume ends in. A bin holds what agrees in
  /// the leading bits of a dose: the order of doses that are not negative is the order of their bits.
  private func coldest(_ cc: Double, _ doses: [Float]) -> Double? {
    guard volume / 1000 >= cc, !doses.isEmpty else { return nil }
    precondition(doses.count == weights.count)
    var left = cc * 1000
    let within = weights.withUnsafeBufferPointer { weights in
      doses.withUnsafeBufferPointer { doses in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.bins) { filled in
          filled.initialize(repeating: 0)
          for index in 0..<doses.count {
            filled[min(Self.bins - 1, Int(doses[index].bitPattern >> Self.binShift))] += weights[index]
          }
          var bin = 0
          while bin < Self.bins - 1, filled[bin] < left {
            left -= filled[bin]
            bin += 1
          }
          var within: [(dose: Float, weight: Double)] = []
          for index in 0..<doses.count
          where min(Self.bins - 1, Int(doses[index].bitPattern >> Self.binShift)) == bin {
            within.append((doses[index], weights[index]))
          }
          return within
        }
      }
    }
    for point in within.sorted(by: { $0.dose < $1.dose }) {
      left -= point.weight
      if left <= 0 { return Double(point.dose) }
    }
    return doses.max().map(Double.init)
  }

  /// A bin holds the doses between two that differ by an eighth to a sixteenth of themselves.
  private static let binShift = UInt32(20)
  private static let bins = Int(Float.infinity.bitPattern >> binShift) + 1

  /// The mean dose of one target, in gray.
  func mean(ofTarget target: Int) -> DoseBand {
    let values = (0..<3).map { mean(targets[target].doses[$0]) }
    return DoseBand(expected: values[0], low: values[1], high: values[2])
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
