public import Dosimetry
public import Quantities
public import Vocabulary

/// What a planned course is estimated to give one organ, with every limit that asks for it.
public struct OrganDose: Sendable {
  /// The organ.
  public let organ: OrganAtRisk
  /// The structures it is made of.
  public let structures: [String]
  /// What is missing or was taken away.
  public let remarks: [String]
  /// The organ's volume.
  public let volume: Volume
  /// The metrics told, by name and unit, in order.
  public let metrics: [Metric]
  /// The limits at the course's fraction count, in the protocol's order.
  public let checks: [LimitCheck]

  /// A metric with its band.
  public struct Metric: Sendable, Hashable {
    /// The shorthand.
    public let name: String
    /// The unit.
    public let unit: DoseMetricValue.Unit
    /// The value.
    public let value: DoseBand
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

/// One organ's histograms in an estimate: the mean law's and the envelope's.
struct EstimateHistograms {
  let expected: DoseVolumeHistogram
  let good: DoseVolumeHistogram
  let poor: DoseVolumeHistogram
  let envelope: DoseVolumeHistogram
  let poorEnvelope: DoseVolumeHistogram
  private let grid: DoseGrid

  /// Hot volumes up to this are read from the envelope, larger ones from the mean law.
  private static let smallVolumeCC = 10.0

  /// - Parameter all: in the order of `DoseEstimate.grids`.
  init(_ all: [DoseVolumeHistogram], grid: DoseGrid) {
    expected = all[0]
    good = all[1]
    poor = all[2]
    envelope = all[3]
    poorEnvelope = all[4]
    self.grid = grid
  }

  /// The band of a metric in a unit; `nil` with the reason when there is none.
  func band(
    of metric: DoseMetric, unit: DoseMetricValue.Unit, isParallel: Bool
  ) -> (band: DoseBand?, why: String?) {
    let usesEnvelope: Bool =
      switch metric {
      case .maximum: !isParallel
      case .doseToVolume(let cc): !isParallel && cc <= Self.smallVolumeCC
      default: false
      }
    func value(_ histogram: DoseVolumeHistogram) -> DoseMetricValue? {
      histogram.values(of: metric, in: grid).first { $0.unit == unit }
    }
    let answers = [
      value(usesEnvelope ? envelope : expected), value(good), value(usesEnvelope ? poorEnvelope : poor),
    ]
    guard let middle = answers[0]?.value, let low = answers[1]?.value, let high = answers[2]?.value else {
      return (nil, answers[0]?.why ?? "not known")
    }
    return (DoseBand(expected: middle, low: low, high: high), nil)
  }
}

/// Reads limits against a course.
struct LimitReader {
  let limits: [DoseLimit]
  let fractions: Int
  /// The greatest prescription of the course, for limits that are shares of it.
  let prescription: AbsorbedDose?
  /// The patient's sex as facts spell it; `nil` when unknown: then limits of both sexes are read.
  let sex: String?

  /// The limits of an organ at the course's fraction count, each with what a histogram says.
  func checks(
    of organ: OrganAtRisk, isComplete: Bool,
    band: (DoseMetric, DoseMetricValue.Unit) -> (band: DoseBand?, why: String?)
  ) -> [LimitCheck] {
    limits.filter { $0.organ == organ && ($0.sex == nil || sex == nil || $0.sex == sex) }
      .compactMap { limit -> LimitCheck? in
        guard let bound = limit.bound(fractions: fractions, prescription: prescription) else { return nil }
        if let why = limit.unanswerable {
          return LimitCheck(limit, fractions: fractions, bound: bound, value: nil, why: why)
        }
        if limit.endpoint.needsWholeOrgan, !isComplete {
          return LimitCheck(
            limit, fractions: fractions, bound: bound, value: nil, why: "the whole organ is not contoured")
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
