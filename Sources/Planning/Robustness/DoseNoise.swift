// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Radiotherapy
internal import Vocabulary

/// What facts of dose come to between a good plan and a poor one: ranges of the lungs' figures, and words for limits that
/// are kept or not.
struct DoseNoise: Sendable {
  /// The facts that change, ranges before words.
  let facts: [Fact]
  private let ranges: [ClosedRange<Double>]
  private let checked: [[(band: DoseBand, bound: Double)]]

  init(_ table: FactTable, _ limits: [CourseCost.Limit]) {
    var ranges: [(fact: Fact, range: ClosedRange<Double>)] = []
    for fact in [Fact.sbrtLungV20, .sbrtMeanLungDose] {
      if let range = table.interval(fact), range.upperBound > 0 { ranges.append((fact, range)) }
    }
    var checked: [Fact: [(band: DoseBand, bound: Double)]] = [:]
    for limit in limits {
      guard let band = limit.check.value, let fact = Self.fact(limit), table.word(fact) != nil else {
        continue
      }
      checked[fact, default: []].append((band, limit.check.bound))
    }
    let order = checked.keys.sorted()
    facts = ranges.map(\.fact) + order
    self.ranges = ranges.map(\.range)
    self.checked = order.compactMap { checked[$0] }
  }

  private static func fact(_ limit: CourseCost.Limit) -> Fact? {
    switch (limit.lesion, limit.organ) {
    case (nil, .lungs): .sbrtLungLimits
    case (nil, .liver): .sbrtLiverLimits
    case (nil, _): nil
    default: .sbrtDose(limit.organ)
    }
  }

  /// What the facts come to in a plan between good (0) and poor (1).
  func points(_ quality: Double) -> [MeasurementNoise.Point] {
    ranges.map { .number($0.lowerBound + ($0.upperBound - $0.lowerBound) * quality) }
      + checked.map { bands in .isKept(bands.allSatisfy { Self.value($0.band, quality) < $0.bound }) }
  }

  /// A band's value in a plan between good (0) and poor (1), the expected one in the middle.
  static func value(_ band: DoseBand, _ quality: Double) -> Double {
    let middle = band.expected ?? (band.low + (band.high ?? band.low)) / 2
    let high = band.high ?? middle
    return quality < 0.5
      ? band.low + (middle - band.low) * 2 * quality : middle + (high - middle) * (2 * quality - 1)
  }
}
