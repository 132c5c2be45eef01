// SPDX-License-Identifier: Apache-2.0
/// The count of a test's failures, with its curve errors.
public struct NelmsScore: Sendable {
  /// Statistics off by more than 3 %, a body's volume counted once for both gradients.
  public let failed: Int
  /// All statistics.
  public let statistics: Int
  /// The same of the exact stack of slabs, which no program that takes contours as slabs can better.
  public let floorFailed: Int
  /// Extremes off by more than 3 %.
  public let extremesFailed: Int
  /// All extremes.
  public let extremes: Int
  /// The extremes of the exact stack of slabs.
  public let floorExtremesFailed: Int
  /// The statistics that fail, in words.
  public let failures: [String]
  /// The worst error of a statistic in per cent.
  public let worst: StatisticOutcome?
  /// The widest errors of whole curves in per cent of the volume.
  public let curveError: ClosedRange<Double>
  /// Those of the exact stack of slabs.
  public let floorCurveError: ClosedRange<Double>
  /// The widest errors of curves in per cent of their own volume.
  public let relativeCurveError: ClosedRange<Double>
  /// Those of the exact stack of slabs.
  public let floorRelativeCurveError: ClosedRange<Double>
  /// The widest differences of curves from the exact stack of slabs.
  public let curveErrorOfOurs: ClosedRange<Double>
  /// The greatest difference of a dose statistic from that of the exact stack of slabs, in Gy.
  public let greatestDifferenceFromFloor: Double

  /// Counts outcomes.
  public init(_ outcomes: [NelmsSuite.Outcome]) {
    func counted(_ list: [StatisticOutcome], _ outcome: NelmsSuite.Outcome) -> [StatisticOutcome] {
      list.filter { $0.name != "volumeCC" || outcome.direction == .anteriorPosterior }
    }
    let ours = outcomes.flatMap { outcome in counted(outcome.statistics, outcome).map { ($0, outcome) } }
    statistics = ours.count
    failed = ours.count { $0.0.fails }
    floorFailed = outcomes.reduce(0) { $0 + counted($1.floor, $1).count { $0.fails } }
    extremes = outcomes.reduce(0) { $0 + $1.extremes.count }
    extremesFailed = outcomes.reduce(0) { $0 + $1.extremes.count { $0.fails } }
    floorExtremesFailed = outcomes.reduce(0) { $0 + $1.floorExtremes.count { $0.fails } }
    failures = ours.filter { $0.0.fails }.map { statistic, outcome in
      "\(outcome.shape.rawValue) \(outcome.direction.rawValue), \(outcome.condition.name) mm: \(statistic.name)"
    }
    worst = ours.map(\.0).max { abs($0.errorPercent) < abs($1.errorPercent) }
    func widest(_ ranges: [ClosedRange<Double>]) -> ClosedRange<Double> {
      (ranges.map(\.lowerBound).min() ?? 0)...(ranges.map(\.upperBound).max() ?? 0)
    }
    curveError = widest(outcomes.map(\.curveError))
    floorCurveError = widest(outcomes.map(\.floorCurveError))
    relativeCurveError = widest(outcomes.map(\.relativeCurveError))
    floorRelativeCurveError = widest(outcomes.map(\.floorRelativeCurveError))
    curveErrorOfOurs = widest(outcomes.map(\.curveErrorOfOurs))
    greatestDifferenceFromFloor =
      outcomes.flatMap { outcome in
        zip(outcome.statistics, outcome.floor).filter { $0.0.unit == "Gy" }.map { abs($0.value - $1.value) }
      }.max() ?? 0
  }
}
