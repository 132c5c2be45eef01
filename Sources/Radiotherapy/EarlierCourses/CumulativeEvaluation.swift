// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Sums earlier courses and the planned one over every organ, and holds cumulative limits against the sum.
struct CumulativeEvaluation {
  let parameters: RadiotherapyParameters
  let options: SBRTOptions
  let patientCase: PatientCase
  let earlier: EarlierCourses
  let doses: CourseDoses
  let targets: [FallOffTarget]

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
    reading.courses = ReirradiationReader(
      parameters: parameters, earlier: earlier, doses: doses, targets: targets
    ).read(reading.organs, evaluated)
    return reading
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
    let total = try total(body, ratio, recovery, isMean: isMean)
    let isOutside = earlier.placed.contains { !$0.isEstimated && !holds($0.peak.nominal.grid, body.solid) }
    var sums = sums(total, metric, body.solid, isOutside: isOutside)
    // The coldest earlier dose that is worth telling.
    guard (sums.past.high ?? 1) > 0.05 || !unplaced.isEmpty else { return nil }
    sums.overlap = overlap(total, metric, body.solid)
    let level = parameters.reirradiation.overlapGray
    for (_, gray) in unplaced {
      if isMean { sums.addMean(gray, level) } else { sums.addNearMaximum(gray, level) }
    }
    let remarks = remarks(body, ratio, recovery, unplaced: unplaced.map(\.name), isOutside: isOutside)
    let limits = parameters.cumulativeLimits.filter { $0.organ == organ }
    let meanTotal =
      try limits.contains { $0.endpoint?.needsWholeOrgan == true } && !isMean && body.isComplete
      ? self.total(body, ratio, recovery, isMean: true) : nil
    let reader = CumulativeLimitCheck(
      limits: limits, ratio: ratio, body: body, total: total, meanTotal: isMean ? total : meanTotal,
      overlap: sums.overlap, added: sums.added, whole: sums.whole, hasRecovery: recovery != nil,
      unplacedMean: isMean && !unplaced.isEmpty ? unplaced.reduce(0) { $0 + $1.gray } : nil,
      hasUnplaced: !unplaced.isEmpty,
      months: (earlier.placed.map(\.months) + earlier.unplaced.map(\.months)).compactMap(\.self).min())
    let (checks, words, more) = reader.read()
    let roomLimit = reader.roomLimit
    let room = room(below: roomLimit, sums.past)
    return CumulativeOrganDose(
      organ: organ, alphaBeta: ratio, courses: earlier.placed.map(\.name) + unplaced.map(\.name),
      metric: metric.name, earlier: sums.past, added: sums.added, sum: sums.whole, overlap: sums.overlap,
      worst: worst(total, metric, body.solid), checks: checks, words: words, room: room,
      roomLimit: roomLimit, roomGray: roomGray(room, ratio), remarks: remarks + more)
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

  /// The sum of all courses with a place, for means or for near-maxima.
  private func total(
    _ body: OrganBody, _ ratio: AlphaBetaRatio, _ recovery: RecoveryAssumption?, isMean: Bool
  ) throws -> AccumulatedDose {
    let contributions = earlier.placed.map { course in
      var contribution = isMean ? course.mean : course.peak
      contribution.keeping = Self.kept(body.organ, after: course.months, recovery)
      return contribution
    }
    return try AccumulatedDose(
      contributions + planned(isMean: isMean), over: body.solid, alphaBeta: ratio,
      spacing: isMean ? max(.millimeters(4), options.sumSpacing) : options.sumSpacing,
      overlapGray: parameters.reirradiation.overlapGray,
      uncertainty: options.uncertainty)
  }

  /// The share of an earlier course's effect that is left.
  private static func kept(
    _ organ: OrganAtRisk, after months: Double?, _ recovery: RecoveryAssumption?
  ) -> Double {
    recovery.map { $0.keeping(organ, after: months ?? 0) } ?? 1
  }

  /// An organ's figures by the sums of courses with a place; where they overlap is asked later.
  private func sums(
    _ total: AccumulatedDose, _ metric: DoseMetric, _ solid: Solid, isOutside: Bool
  ) -> OrganSums {
    let nothing = DoseBand(expected: 0, low: 0, high: 0)
    let past = band(total.earlier, metric, solid, isBounded: isOutside) ?? nothing
    let added = band(total.planned, metric, solid, isBounded: false) ?? nothing
    let whole = band(total.sum, metric, solid, isBounded: isOutside && past.expected == nil) ?? past
    return OrganSums(past: past, added: added, whole: whole)
  }

  // MARK: What is told beside them

  /// What the sums take for granted or leave out.
  private func remarks(
    _ body: OrganBody, _ ratio: AlphaBetaRatio, _ recovery: RecoveryAssumption?, unplaced: [String],
    isOutside: Bool
  ) -> [Reason] {
    let organ = body.organ
    var remarks = body.remarks
    func say(_ kind: RadiotherapyReason, _ names: [String] = [], because: [Reason] = []) {
      remarks.append(Reason(.radiotherapy(kind), names: names, because: because))
    }
    if isOutside { say(.outsideEarlierDose) }
    for course in earlier.unplaced where course.eqd2(of: organ, ratio) == nil {
      say(.courseSilent, [course.name])
    }
    if !unplaced.isEmpty, !organ.isParallel { say(.coursesWithoutPlace, unplaced) }
    for course in earlier.placed where course.isEstimated {
      say(.courseEstimated, [course.name], because: course.assumptions)
    }
    if let recovery { say(.recoveryDiscounted, [recovery.id]) }
    return remarks
  }

  /// The sum with earlier doses at their worst within the registration's error.
  private func worst(
    _ total: AccumulatedDose, _ metric: DoseMetric, _ solid: Solid
  ) -> (anywhere: Double, inside: Double)? {
    total.worst.flatMap { anywhere in
      total.worstInside.flatMap { inside -> (anywhere: Double, inside: Double)? in
        guard let a = Self.value(anywhere, metric, solid), let b = Self.value(inside, metric, solid)
        else { return nil }
        return (a, b)
      }
    }
  }

  /// What can still be given before a limit.
  private func room(below limit: CumulativeLimit?, _ past: DoseBand) -> DoseBand? {
    limit.flatMap { limit in
      limit.bounds.map { bounds in
        DoseBand(
          expected: past.expected.map { bounds.low - $0 }, low: bounds.low - (past.high ?? bounds.low),
          high: bounds.low - past.low)
      }
    }
  }

  /// The same as physical dose in the course's fraction count.
  private func roomGray(_ room: DoseBand?, _ ratio: AlphaBetaRatio) -> Double? {
    room.flatMap { room -> Double? in
      guard !doses.groups.isEmpty else { return nil }
      return EquivalentDose2Gy(gray: max(0, room.expected ?? room.low), alphaBeta: ratio)
        .isoeffectiveDose(fractions: doses.fractions)?.gray
    }
  }

  // MARK: Readings of doses

  /// The planned course as contributions, one a fraction count.
  private func planned(isMean: Bool) -> [CourseContribution] {
    doses.groups.map { group in
      let estimate = group.estimate
      return CourseContribution(
        course: "planned SBRT", fractions: group.fractions, low: BoundedDose(estimate.good),
        nominal: BoundedDose(isMean ? estimate.expected : estimate.envelope),
        high: BoundedDose(isMean ? estimate.poor : estimate.poorEnvelope), isEarlier: false)
    }
  }

  private func holds(_ grid: DoseGrid, _ solid: Solid) -> Bool {
    let (a, b) = (grid.bounds, solid.bounds)
    return all(a.low .<= b.low) && all(b.high .<= a.high)
  }

  static func value(_ grid: DoseGrid, _ metric: DoseMetric, _ solid: Solid) -> Double? {
    guard let histogram = grid.histograms(of: [solid]).first else { return nil }
    // An organ smaller than the near-maximum's volume is told by its greatest dose.
    return histogram.values(of: metric, in: grid).first?.value ?? histogram.maximum?.gray
  }

  /// - Parameter isBounded: whether a difference of the ends is ignorance, not the band of plans.
  private func band(
    _ bounds: AccumulatedBounds, _ metric: DoseMetric, _ solid: Solid, isBounded: Bool
  ) -> DoseBand? {
    let all = DoseGrid.histograms(of: [solid], in: bounds.grids).first ?? []
    let values = zip(all, bounds.grids).compactMap { histogram, grid in
      histogram.values(of: metric, in: grid).first?.value ?? histogram.maximum?.gray
    }
    guard values.count == 3 else { return nil }
    let isKnown = !isBounded || values[2] - values[1] < 0.5
    return DoseBand(expected: isKnown ? values[1] : nil, low: values[0], high: values[2])
  }

  private func overlap(_ total: AccumulatedDose, _ metric: DoseMetric, _ solid: Solid) -> DoseBand? {
    guard let most = total.highOverlap.maximum?.dose.gray, most > 0 else { return nil }
    // Where a mean is asked the whole sum counts, once courses meet anywhere.
    if metric == .mean { return band(total.sum, metric, solid, isBounded: false) }
    guard let most = Self.value(total.highOverlap, .maximum, solid), most > 0 else { return nil }
    let high = Self.value(total.highOverlap, metric, solid) ?? most
    let nominal = Self.value(total.overlap, metric, solid) ?? 0
    let low = min(nominal, Self.value(total.sum.low, metric, solid) ?? 0)
    return DoseBand(expected: nominal, low: low, high: high)
  }
}
