// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Sums earlier courses and the planned one over every organ, and holds cumulative limits against the sum.
struct CumulativeEvaluation {
  let parameters: RadiotherapyParameters
  let options: SBRTOptions
  let site: IrradiatedCase
  let doses: CourseDoses
  let targets: [FallOffTarget]
  /// Whether organs are left out in which no courses meet, which have no limit to keep.
  let isForLimits: Bool

  /// The planned course's parts, for near-maxima and for means.
  private let planned: (peak: [CourseContribution], mean: [CourseContribution])

  init(
    parameters: RadiotherapyParameters, options: SBRTOptions, site: IrradiatedCase, doses: CourseDoses,
    targets: [FallOffTarget], isForLimits: Bool = false
  ) {
    (self.parameters, self.options, self.site, self.doses) = (parameters, options, site, doses)
    (self.targets, self.isForLimits) = (targets, isForLimits)
    planned =
      site.earlier.isEmpty
      ? ([], []) : (Self.planned(doses, isMean: false), Self.planned(doses, isMean: true))
  }

  var earlier: EarlierCourses { site.earlier }

  struct Reading {
    var organs: [CumulativeOrganDose] = []
    var courses: [Reirradiation] = []
  }

  func read(_ bodies: [OrganBody], _ evaluated: [OrganDose]) throws -> Reading {
    guard !earlier.isEmpty else { return Reading() }
    let recovery = try recovery()
    var reading = Reading()
    for body in bodies where body.organ != .contralateralLung {
      guard let ratio = parameters.alphaBeta(of: body.organ) else { continue }
      if let found = try organ(body, ratio.ratio, recovery) { reading.organs.append(found) }
    }
    guard !targets.isEmpty else { return reading }
    reading.courses = reirradiation.read(reading.organs, evaluated)
    return reading
  }

  /// How cumulative limits stand where courses meet, and how the planned course stands to earlier ones as far as volumes
  /// overlap.
  func standings(_ bodies: [OrganBody]) throws -> (organs: [OrganStanding], courses: [Reirradiation]) {
    guard !earlier.isEmpty else { return ([], []) }
    let recovery = try recovery()
    let organs = try bodies.compactMap { body -> OrganStanding? in
      guard body.organ != .contralateralLung, let ratio = parameters.alphaBeta(of: body.organ) else {
        return nil
      }
      return try standing(body, ratio.ratio, recovery)
    }
    return (organs, reirradiation.read([], []))
  }

  private var reirradiation: ReirradiationReader {
    ReirradiationReader(parameters: parameters, earlier: earlier, doses: doses, targets: targets)
  }

  private func recovery() throws(PlanObstacle) -> RecoveryAssumption? {
    guard let found = try options.recovery(among: parameters.recovery) else { return nil }
    for (name, months) in earlier.placed.map({ ($0.name, $0.months) })
      + earlier.unplaced.map({ ($0.name, $0.months) })
    where months == nil {
      throw PlanObstacle(
        "recovery cannot be reckoned: the interval to the course \(name) is not known",
        advice: "import it with date=YYYY-MM-DD, or leave --recovery out")
    }
    return found
  }

  private func organ(
    _ body: OrganBody, _ ratio: AlphaBetaRatio, _ recovery: RecoveryAssumption?
  ) throws -> CumulativeOrganDose? {
    let organ = body.organ
    let isMean = organ.isParallel
    let metric = NearMaximum.metric(of: organ)
    let unplaced = unplaced(organ, ratio, recovery)
    let past = try self.past(body, ratio, recovery, isMean: isMean)
    let planned = isMean ? planned.mean : planned.peak
    if isForLimits, unplaced.isEmpty, !past.dose.mayOverlap(with: planned) { return nil }
    // The coldest earlier dose that is worth reporting, in Gy of EQD2 (heuristic: half of the last digit printed).
    guard (past.figures?[2] ?? 0) > 0.05 || !unplaced.isEmpty else { return nil }
    let total = try AccumulatedDose(past.dose, with: planned)
    let isMet = (total.highOverlap.maximum?.dose.gray ?? 0) > 0
    let read = SummedOrgan(
      total, body.solid,
      [.plannedLow, .planned, .plannedHigh, .sumLow, .sum, .sumHigh]
        + (isMet ? [.overlap, .highOverlap] : []))
    var sums = sums(past, read, metric)
    if isMet { sums.overlap = overlap(read, metric) }
    let level = parameters.reirradiation.overlapGray
    for (_, gray) in unplaced {
      if isMean { sums.addMean(gray, level) } else { sums.addNearMaximum(gray, level) }
    }
    let remarks = remarks(
      body, ratio, recovery, unplaced: unplaced.map(\.name), isOutside: past.isOutside)
    let reader = try limitCheck(
      body, ratio, recovery, read, sums,
      unplacedMean: isMean && !unplaced.isEmpty ? unplaced.reduce(0) { $0 + $1.gray } : nil,
      hasUnplaced: !unplaced.isEmpty)
    let (checks, words, more) = reader.checked()
    let roomLimit = reader.roomLimit
    let room = room(below: roomLimit, sums.past)
    return CumulativeOrganDose(
      organ: organ, alphaBeta: ratio, courses: earlier.placed.map(\.name) + unplaced.map(\.name),
      metric: metric.name, earlier: sums.past, added: sums.added, sum: sums.whole, overlap: sums.overlap,
      worst: worst(total, metric, body.solid), checks: checks, words: words, room: room,
      roomLimit: roomLimit, roomGray: roomGray(room, ratio), remarks: remarks + more)
  }

  /// How an organ's cumulative limits stand, without the figures beside them; `nil` where no courses meet in it.
  private func standing(
    _ body: OrganBody, _ ratio: AlphaBetaRatio, _ recovery: RecoveryAssumption?
  ) throws -> OrganStanding? {
    let isMean = body.organ.isParallel
    // What has no place may meet anything: that takes all figures.
    guard unplaced(body.organ, ratio, recovery).isEmpty else {
      return try organ(body, ratio, recovery)?.standing
    }
    let past = try past(body, ratio, recovery, isMean: isMean)
    let planned = isMean ? planned.mean : planned.peak
    guard past.dose.mayOverlap(with: planned) else { return nil }
    let read = SummedOrgan(
      try AccumulatedDose(past.dose, with: planned), body.solid,
      isMean ? [.sumLow, .sum, .sumHigh, .overlap, .highOverlap] : [.sumLow, .overlap, .highOverlap])
    let nothing = DoseBand(expected: 0, low: 0, high: 0)
    let sums = OrganSums(
      past: nothing, added: nothing, whole: nothing,
      overlap: overlap(read, NearMaximum.metric(of: body.organ)))
    let reader = try limitCheck(body, ratio, recovery, read, sums, unplacedMean: nil, hasUnplaced: false)
    return OrganStanding(organ: body.organ, overlap: sums.overlap, checks: reader.checked().checks)
  }

  private func limitCheck(
    _ body: OrganBody, _ ratio: AlphaBetaRatio, _ recovery: RecoveryAssumption?, _ read: SummedOrgan,
    _ sums: OrganSums, unplacedMean: Double?, hasUnplaced: Bool
  ) throws -> CumulativeLimitCheck {
    let limits = parameters.cumulativeLimits.filter { $0.organ == body.organ }
    // Only where courses overlap limits are read.
    let asksMeans =
      sums.overlap != nil && body.isComplete && limits.contains { $0.endpoint?.needsWholeOrgan == true }
    return CumulativeLimitCheck(
      limits: limits, ratio: ratio, body: body, read: read,
      means: body.organ.isParallel ? read : asksMeans ? try means(body, ratio, recovery) : nil,
      overlap: sums.overlap, added: sums.added, whole: sums.whole, hasRecovery: recovery != nil,
      unplacedMean: unplacedMean, hasUnplaced: hasUnplaced,
      months: (earlier.placed.map(\.months) + earlier.unplaced.map(\.months)).compactMap(\.self).min())
  }

  // MARK: The sums

  /// What courses without a place gave an organ, as EQD2 that is left.
  private func unplaced(
    _ organ: OrganAtRisk, _ ratio: AlphaBetaRatio, _ recovery: RecoveryAssumption?
  ) -> [(name: String, gray: Double)] {
    earlier.unplaced.compactMap { course in
      course.eqd2(of: organ, ratio).map {
        (course.name, $0 * Self.kept(organ, after: course.months, recovery))
      }
    }
  }

  /// What courses with a place left in an organ, for means or for near-maxima.
  private func past(
    _ body: OrganBody, _ ratio: AlphaBetaRatio, _ recovery: RecoveryAssumption?, isMean: Bool
  ) throws -> EarlierOrganSum {
    try site.sum(
      in: body, ratio, recovery, isMean: isMean,
      spacing: isMean ? max(.millimeters(4), options.sumSpacing) : options.sumSpacing)
  }

  /// The sum of all courses with a place for means and volumes of an organ that is held to near-maxima.
  private func means(
    _ body: OrganBody, _ ratio: AlphaBetaRatio, _ recovery: RecoveryAssumption?
  ) throws -> SummedOrgan {
    let past = try past(body, ratio, recovery, isMean: true)
    return SummedOrgan(
      try AccumulatedDose(past.dose, with: planned.mean), body.solid, [.sumLow, .sum, .sumHigh])
  }

  /// The share of an earlier course's effect that is left.
  static func kept(
    _ organ: OrganAtRisk, after months: Double?, _ recovery: RecoveryAssumption?
  ) -> Double {
    recovery.map { $0.keeping(organ, after: months ?? 0) } ?? 1
  }

  /// An organ's figures by the sums of courses with a place; where they overlap is asked later.
  private func sums(_ past: EarlierOrganSum, _ read: SummedOrgan, _ metric: DoseMetric) -> OrganSums {
    let nothing = DoseBand(expected: 0, low: 0, high: 0)
    let earlier =
      past.figures.map {
        DoseBand(expected: Self.isKnown($0[1], $0[2], past) ? $0[1] : nil, low: $0[0], high: $0[2])
      }
      ?? nothing
    var whole = read.sum(metric)
    if let sum = whole, earlier.expected == nil, let high = sum.high, let middle = sum.expected,
      !Self.isKnown(middle, high, past)
    {
      whole = DoseBand(expected: nil, low: sum.low, high: sum.high)
    }
    return OrganSums(past: earlier, added: read.planned(metric) ?? nothing, whole: whole ?? earlier)
  }

  /// Whether a difference of the ends is the band of plans, not ignorance of what lies beyond a measured dose.
  private static func isKnown(_ middle: Double, _ high: Double, _ past: EarlierOrganSum) -> Bool {
    !past.isOutside || high - middle < 0.5
  }

  // MARK: Readings of doses

  /// The planned course as contributions, one a fraction count.
  private static func planned(_ doses: CourseDoses, isMean: Bool) -> [CourseContribution] {
    doses.groups.map { group in
      let estimate = group.estimate
      return CourseContribution(
        course: "planned SBRT", fractions: group.fractions, low: BoundedDose(estimate.good),
        nominal: BoundedDose(isMean ? estimate.expected : estimate.envelope),
        high: BoundedDose(isMean ? estimate.poor : estimate.poorEnvelope), isEarlier: false)
    }
  }

  /// The figure where courses meet; `nil` where they do so nowhere in the organ itself.
  private func overlap(_ read: SummedOrgan, _ metric: DoseMetric) -> DoseBand? {
    // Where a mean is asked the whole sum counts, once courses meet anywhere.
    if metric == .mean { return read.sum(metric) }
    guard let most = read.value(.maximum, .highOverlap), most > 0 else { return nil }
    let high = read.value(metric, .highOverlap) ?? most
    let nominal = read.value(metric, .overlap) ?? 0
    return DoseBand(expected: nominal, low: min(nominal, read.value(metric, .sumLow) ?? 0), high: high)
  }
}
