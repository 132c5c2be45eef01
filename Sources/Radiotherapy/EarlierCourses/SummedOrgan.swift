// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Quantities

/// An organ's figures in a sum of courses: what it covers is worked out once for all doses of the sum.
struct SummedOrgan {
  /// The doses of a sum.
  enum Part: Int {
    case plannedLow, planned, plannedHigh, sumLow, sum, sumHigh, overlap, highOverlap
  }

  private let grids: [Part: DoseGrid]
  private let histograms: [Part: DoseVolumeHistogram]

  /// - Parameter parts: the doses that are asked for.
  init(_ total: AccumulatedDose, _ solid: Solid, _ parts: [Part]) {
    let all: [Part: DoseGrid] = [
      .plannedLow: total.planned.low, .planned: total.planned.nominal, .plannedHigh: total.planned.high,
      .sumLow: total.sum.low, .sum: total.sum.nominal, .sumHigh: total.sum.high, .overlap: total.overlap,
      .highOverlap: total.highOverlap,
    ]
    grids = all.filter { parts.contains($0.key) }
    let found =
      DoseGrid.histograms(
        of: [solid], in: parts.compactMap { all[$0] }
      ).first ?? []
    histograms = Dictionary(zip(parts, found), uniquingKeysWith: { first, _ in first })
  }

  /// The figure of one dose; of an organ smaller than the near-maximum's volume its greatest dose stands for it.
  func value(_ metric: DoseMetric, _ part: Part, isPercent: Bool? = nil) -> Double? {
    guard let grid = grids[part], let histogram = histograms[part] else { return nil }
    if let isPercent {
      return histogram.values(of: metric, in: grid).first { $0.unit == (isPercent ? .percent : .gray) }?.value
    }
    return Self.value(metric, histogram, grid)
  }

  /// The figure of the planned course.
  func planned(_ metric: DoseMetric) -> DoseBand? { band(metric, [.plannedLow, .planned, .plannedHigh]) }

  /// The figure of all courses.
  ///
  /// - Parameter isPercent: the unit that is asked for; that of the metric when `nil`.
  func sum(_ metric: DoseMetric, isPercent: Bool? = nil) -> DoseBand? {
    band(metric, [.sumLow, .sum, .sumHigh], isPercent: isPercent)
  }

  private func band(_ metric: DoseMetric, _ parts: [Part], isPercent: Bool? = nil) -> DoseBand? {
    let values = parts.compactMap { value(metric, $0, isPercent: isPercent) }
    return values.count == 3 ? DoseBand(expected: values[1], low: values[0], high: values[2]) : nil
  }

  private static func value(_ metric: DoseMetric, _ histogram: DoseVolumeHistogram, _ grid: DoseGrid)
    -> Double?
  {
    histogram.values(of: metric, in: grid).first?.value ?? histogram.maximum?.gray
  }

  /// The figure of one grid.
  static func value(_ grid: DoseGrid, _ metric: DoseMetric, _ solid: Solid) -> Double? {
    grid.histograms(of: [solid]).first.flatMap { value(metric, $0, grid) }
  }

  /// The figures of bounds: at least, nominal, at most; `nil` unless each has one.
  static func values(of metric: DoseMetric, in bounds: AccumulatedBounds, _ solid: Solid) -> [Double]? {
    let all = DoseGrid.histograms(of: [solid], in: bounds.grids).first ?? []
    let values = zip(all, bounds.grids).compactMap { value(metric, $0, $1) }
    return values.count == 3 ? values : nil
  }
}
