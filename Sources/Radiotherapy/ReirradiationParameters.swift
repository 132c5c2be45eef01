// SPDX-License-Identifier: Apache-2.0
public import Dosimetry
public import Quantities
public import Vocabulary

/// A published limit of the sum of several courses, as equivalent dose in 2 Gy fractions.
///
/// For sums only: one stereotactic course at a single-course limit may exceed it by itself.
public struct CumulativeLimit: Sendable, Hashable {
  /// Who gives it.
  public let set: String
  /// The organ.
  public let organ: OrganAtRisk
  /// The α/β it was reckoned with; `nil` where the source does not say.
  public let alphaBeta: AlphaBetaRatio?
  /// What is measured; `nil` where the source gives words only.
  public let endpoint: DoseMetric?
  /// The limit's lower and upper end in gray, or in per cent for volumes; `nil` where the source gives words only.
  public let bounds: (low: Double, high: Double)?
  /// Whether the bounds are per cent of the organ's volume.
  public let isPercent: Bool
  /// Whether those who gave it agreed.
  public let isConsensus: Bool
  /// The interval it assumes already, in months; `nil` where none is told.
  public let assumesMonths: Double?
  /// The least interval between courses it holds for, in months.
  public let minimumMonths: Double?
  /// What the new course alone may give at most, as EQD2 in gray.
  public let newCourseMost: Double?
  /// The new course's greatest share of the sum, 0…1.
  public let newCourseShare: Double?
  /// Keys of the bibliography.
  public let sources: [String]
  /// What the source says beside the number.
  public let note: String?

  /// A limit.
  public init(
    set: String, organ: OrganAtRisk, alphaBeta: AlphaBetaRatio?, endpoint: DoseMetric?,
    bounds: (low: Double, high: Double)?, isPercent: Bool, isConsensus: Bool, assumesMonths: Double?,
    minimumMonths: Double? = nil, newCourseMost: Double? = nil, newCourseShare: Double? = nil,
    sources: [String], note: String?
  ) {
    self.minimumMonths = minimumMonths
    self.newCourseMost = newCourseMost
    self.newCourseShare = newCourseShare
    self.set = set
    self.organ = organ
    self.alphaBeta = alphaBeta
    self.endpoint = endpoint
    self.bounds = bounds
    self.isPercent = isPercent
    self.isConsensus = isConsensus
    self.assumesMonths = assumesMonths
    self.sources = sources
    self.note = note
  }

  /// Whether all parts are the same.
  public static func == (a: CumulativeLimit, b: CumulativeLimit) -> Bool {
    a.set == b.set && a.organ == b.organ && a.alphaBeta == b.alphaBeta && a.endpoint == b.endpoint
      && a.bounds?.low == b.bounds?.low && a.bounds?.high == b.bounds?.high && a.isPercent == b.isPercent
      && a.isConsensus == b.isConsensus && a.assumesMonths == b.assumesMonths && a.sources == b.sources
      && a.note == b.note && a.minimumMonths == b.minimumMonths && a.newCourseMost == b.newCourseMost
      && a.newCourseShare == b.newCourseShare
  }

  /// Hashes what tells limits apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(set)
    hasher.combine(organ)
    hasher.combine(endpoint)
    hasher.combine(bounds?.low)
    hasher.combine(bounds?.high)
  }
}

/// When earlier and new dose count as meeting.
public struct ReirradiationRule: Sendable, Hashable {
  /// Below this many months apart: stop and review.
  public let minimumMonths: Double
  /// The same for the spinal cord.
  public let cordMinimumMonths: Double
  /// The isodose whose volumes' overlap makes re-irradiation of type I, in per cent of each prescription.
  public let isodosePercent: Double
  /// A course reaches a place in an organ from this EQD2 on.
  public let overlapGray: Double
  /// Keys of the bibliography.
  public let sources: [String]

  /// A rule.
  public init(
    minimumMonths: Double, cordMinimumMonths: Double, isodosePercent: Double, overlapGray: Double,
    sources: [String]
  ) {
    self.minimumMonths = minimumMonths
    self.cordMinimumMonths = cordMinimumMonths
    self.isodosePercent = isodosePercent
    self.overlapGray = overlapGray
    self.sources = sources
  }
}

/// An assumption of how much of an earlier course's effect has gone after a time.
public struct RecoveryAssumption: Sendable, Hashable {
  /// A step: from so many months on, so many per cent have recovered.
  public struct Step: Sendable, Hashable {
    /// From how many months on.
    public let months: Double
    /// Per cent of the effect that has gone.
    public let percent: Double

    /// A step.
    public init(months: Double, percent: Double) {
      self.months = months
      self.percent = percent
    }
  }

  /// Its id, as `nieder-cord`.
  public let id: String
  /// The organs it is for; empty for all.
  public let organs: [OrganAtRisk]
  /// The steps by growing time.
  public let steps: [Step]
  /// Keys of the bibliography.
  public let sources: [String]

  /// An assumption.
  public init(id: String, organs: [OrganAtRisk], steps: [Step], sources: [String]) {
    self.id = id
    self.organs = organs
    self.steps = steps
    self.sources = sources
  }

  /// The share of the effect that is left in an organ after so many months.
  public func keeping(_ organ: OrganAtRisk, after months: Double) -> Double {
    guard organs.isEmpty || organs.contains(organ) else { return 1 }
    let recovered = steps.last { months >= $0.months }?.percent ?? 0
    return 1 - recovered / 100
  }
}
