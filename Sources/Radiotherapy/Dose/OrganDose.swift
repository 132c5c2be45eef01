// SPDX-License-Identifier: Apache-2.0
public import Dosimetry
public import Quantities
public import Reasons
public import Vocabulary

/// What a planned course is estimated to give one organ, with every limit that asks for it.
public struct OrganDose: Sendable {
  /// The organ.
  public let organ: OrganAtRisk
  /// The structures it is made of.
  public let structures: [String]
  /// What is missing or was taken away.
  public let remarks: [Reason]
  /// The organ's volume.
  public let volume: Volume
  /// The metrics told, by name and unit, in order.
  public let metrics: [Metric]
  /// The limits at the course's fraction count, in the protocol's order.
  public let checks: [LimitCheck]
  /// Its dose–volume curve by the mean law; `nil` for organs of which near-maxima alone are asked, for parts of an organ,
  /// and where no curves were asked for.
  public let curve: Curve?

  /// A cumulative dose–volume curve with its band.
  public struct Curve: Sendable, Hashable {
    /// The doses, growing from nought in equal steps.
    public let gray: [Double]
    /// The share of the organ's volume that gets at least each dose, in per cent: as expected.
    public let expected: [Double]
    /// The same in a good and in a poor plan.
    public let good: [Double]
    /// See `good`.
    public let poor: [Double]
  }

  /// A metric with its band.
  public struct Metric: Sendable, Hashable {
    /// What is measured.
    public let metric: DoseMetric
    /// The unit.
    public let unit: DoseMetricValue.Unit
    /// The value.
    public let value: DoseBand

    /// The shorthand.
    public var name: String { metric.name }
  }

  /// A metric's band in a unit; `nil` where it is not told.
  public func band(of metric: DoseMetric, in unit: DoseMetricValue.Unit) -> DoseBand? {
    metrics.first { $0.metric == metric && $0.unit == unit }?.value
  }

  /// The worst outcome among binding limits that a set gives without reserve; `nil` when the set asks nothing.
  public func worst(in set: String?, including optimal: Bool = false) -> LimitCheck? {
    checks.filter {
      $0.limit.set == set && !$0.limit.isAdvisory && (optimal || $0.limit.level.binds)
        && $0.outcome != .unknown
    }.max { $0.outcome.rank < $1.outcome.rank }
  }
}

extension LimitCheck {
  /// The worst binding check of the set that decides; of any other set where that one has no limit at the fraction
  /// count.
  public static func decisive(_ checks: [LimitCheck], of primarySet: String?) -> LimitCheck? {
    let binding = checks.filter { $0.limit.level.binds && !$0.limit.isAdvisory && $0.outcome != .unknown }
    func worst(_ checks: [LimitCheck]) -> LimitCheck? {
      checks.max { ($0.outcome.rank, $0.share ?? 0) < ($1.outcome.rank, $1.share ?? 0) }
    }
    return worst(binding.filter { $0.limit.set == primarySet }) ?? worst(binding)
  }
}

extension LimitCheck.Outcome {
  /// How bad it is, best first; unknown before all.
  public var rank: Int {
    switch self {
    case .unknown: -1
    case .kept: 0
    case .keptAsExpected: 1
    case .exceededAsExpected: 2
    case .exceeded: 3
    }
  }
}

/// The laws of an estimate that an organ is read by.
enum EstimateLaws: Hashable {
  case mean, envelope, both

  /// The doses needed, in the order of `DoseEstimate.grids`; the good plan's mean is the low end of both laws.
  var kinds: [Int] {
    switch self {
    case .mean: [0, 1, 2]
    case .envelope: [1, 3, 4]
    case .both: [0, 1, 2, 3, 4]
    }
  }
}

/// One organ's histograms in an estimate: the mean law's and the envelope's, as far as they are asked for.
package struct EstimateHistograms {
  private let byKind: [Int: DoseVolumeHistogram]
  private let grid: DoseGrid

  /// Hot volumes up to this are read from the envelope, larger ones from the mean law (heuristic, no source).
  private static let smallVolumeCC = 10.0

  /// - Parameters:
  ///   - all: in the order of the laws' kinds.
  ///   - laws: which they are.
  ///   - grid: one of the doses, for metrics that ask for one.
  init(_ all: [DoseVolumeHistogram], _ laws: EstimateLaws, grid: DoseGrid) {
    byKind = Dictionary(zip(laws.kinds, all), uniquingKeysWith: { first, _ in first })
    self.grid = grid
  }

  /// Whether a serial organ's metric is read from the envelope: near-maxima and small volumes.
  static func usesEnvelope(_ metric: DoseMetric) -> Bool {
    switch metric {
    case .maximum: true
    case .doseToVolume(let cc): cc <= smallVolumeCC
    default: false
    }
  }

  /// The cumulative curve by the mean law; `nil` where that law was not asked for.
  var curve: OrganDose.Curve? {
    guard let expected = byKind[0], let good = byKind[1], let poor = byKind[2],
      let greatest = [expected, good, poor].compactMap(\.maximum).max(), expected.volume > .zero
    else { return nil }
    // In whole steps of at least half a gray, at most as many as a drawing can show.
    let step = max(0.5, (greatest.gray / Self.curveSteps * 2).rounded(.up) / 2)
    let gray = Array(stride(from: 0, through: greatest.gray + step, by: step))
    func shares(_ histogram: DoseVolumeHistogram) -> [Double] {
      gray.map {
        100 * histogram.volume(receivingAtLeast: .gray($0)).cubicCentimeters
          / histogram.volume.cubicCentimeters
      }
    }
    return OrganDose.Curve(gray: gray, expected: shares(expected), good: shares(good), poor: shares(poor))
  }

  private static let curveSteps = 100.0

  /// The band of a metric in a unit; `nil` with the reason when there is none.
  func band(
    of metric: DoseMetric, unit: DoseMetricValue.Unit, isParallel: Bool
  ) -> (band: DoseBand?, why: LimitCheck.Unanswered?) {
    let usesEnvelope = !isParallel && Self.usesEnvelope(metric)
    let answers = [usesEnvelope ? 3 : 0, 1, usesEnvelope ? 4 : 2].map { kind in
      byKind[kind]?.values(of: metric, in: grid).first { $0.unit == unit }
    }
    guard let middle = answers[0]?.value, let low = answers[1]?.value, let high = answers[2]?.value else {
      return (nil, .histogram(answers[0]?.why))
    }
    return (DoseBand(expected: middle, low: low, high: high), nil)
  }
}

/// Reads limits against a course.
package struct LimitEvaluation {
  let limits: [DoseLimit]
  let fractions: Int
  /// The greatest prescription of the course, for limits that are shares of it.
  let prescription: AbsorbedDose?
  /// The patient's sex as facts spell it; `nil` when unknown: then limits of both sexes are read.
  let sex: String?

  package init(limits: [DoseLimit], fractions: Int, prescription: AbsorbedDose?, sex: String?) {
    self.limits = limits
    self.fractions = fractions
    self.prescription = prescription
    self.sex = sex
  }

  /// The limits of an organ at the course's fraction count, each with what a histogram says.
  func checks(
    of organ: OrganAtRisk, isComplete: Bool,
    band: (DoseMetric, DoseMetricValue.Unit) -> (band: DoseBand?, why: LimitCheck.Unanswered?)
  ) -> [LimitCheck] {
    limits.filter { $0.organ == organ && ($0.sex == nil || sex == nil || $0.sex == sex) }
      .compactMap { limit -> LimitCheck? in
        guard let bound = limit.bound(fractions: fractions, prescription: prescription) else { return nil }
        if let why = limit.unanswerable {
          return LimitCheck(limit, fractions: fractions, bound: bound, value: nil, why: .unanswerable(why))
        }
        if limit.endpoint.needsWholeOrgan, !isComplete {
          return LimitCheck(
            limit, fractions: fractions, bound: bound, value: nil, why: .organIncomplete)
        }
        let unit: DoseMetricValue.Unit =
          switch limit.unit {
          case .gray, .percentOfPrescription: .gray
          case .percent: .percent
          case .cubicCentimeters: .cubicCentimeters
          }
        let (value, why) = band(limit.endpoint, unit)
        return LimitCheck(limit, fractions: fractions, bound: bound, value: value, why: why)
      }
  }
}

extension DoseMetric {
  /// Whether it means nothing unless the whole organ is there.
  var needsWholeOrgan: Bool {
    switch self {
    case .doseToPercent, .volumeAtDose, .volumeAtPercent, .criticalVolumeDose, .volumeBelowDose, .mean,
      .generalisedEUD:
      true
    case .doseToVolume, .minimum, .maximum, .conformity, .paddickConformity, .gradient: false
    }
  }
}

extension DoseEstimate {
  /// The five doses in the order histograms are asked for: mean law as expected, good, poor; envelope, poor envelope.
  var grids: [DoseGrid] { [expected, good, poor, envelope, poorEnvelope] }
}
