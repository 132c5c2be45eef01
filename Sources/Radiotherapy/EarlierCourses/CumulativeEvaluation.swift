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
      let dose = evaluated.first { $0.organ == body.organ }
      if let found = try organ(body, ratio.ratio, dose, recovery) { reading.organs.append(found) }
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
    _ body: OrganBody, _ ratio: AlphaBetaRatio, _ evaluated: OrganDose?, _ recovery: RecoveryAssumption?
  ) throws -> CumulativeOrganDose? {
    let organ = body.organ
    func kept(_ months: Double?) -> Double { recovery.map { $0.keeping(organ, after: months ?? 0) } ?? 1 }
    func contributions(_ which: (EarlierCourses.Placed) -> CourseContribution) -> [CourseContribution] {
      earlier.placed.map { course in
        var contribution = which(course)
        contribution.keeping = kept(course.months)
        return contribution
      }
    }
    let isMean = organ.isParallel
    let metric = NearMaximum.metric(of: organ)
    func sum(_ which: (EarlierCourses.Placed) -> CourseContribution, isMean: Bool) throws -> AccumulatedDose {
      try AccumulatedDose(
        contributions(which) + planned(isMean: isMean), over: body.solid, alphaBeta: ratio,
        spacing: isMean ? max(.millimeters(4), options.sumSpacing) : options.sumSpacing,
        overlapGray: parameters.reirradiation.overlapGray,
        uncertainty: options.uncertainty)
    }
    let scalars = earlier.unplaced.compactMap { course in
      course.eqd2(of: organ, ratio).map { (course.name, $0 * kept(course.months)) }
    }
    let total = try sum({ isMean ? $0.mean : $0.peak }, isMean: isMean)
    let isOutside = earlier.placed.contains { !$0.isEstimated && !holds($0.peak.nominal.grid, body.solid) }
    let nothing = DoseBand(expected: 0, low: 0, high: 0)
    var past0 = band(total.earlier, metric, body.solid, isBounded: isOutside) ?? nothing
    let added = band(total.planned, metric, body.solid, isBounded: false) ?? nothing
    var whole = band(total.sum, metric, body.solid, isBounded: isOutside && past0.expected == nil) ?? past0
    // The coldest earlier dose that is worth telling.
    guard (past0.high ?? 1) > 0.05 || !scalars.isEmpty else { return nil }
    var overlap = self.overlap(total, metric, body.solid)
    let level = parameters.reirradiation.overlapGray
    for (_, gray) in scalars where isMean {
      // Means add wherever the dose lies.
      let more = DoseBand(expected: gray, low: gray, high: gray)
      (past0, whole) = (past0 + more, whole + more)
      if gray >= level, (added.high ?? 0) > 0 || overlap != nil { overlap = whole }
    }
    for (_, gray) in scalars where !isMean {
      // Without a place both may meet in one point, or nowhere.
      let reaches = gray >= level && (added.high ?? 0) >= level
      let meeting = DoseBand(expected: nil, low: max(whole.low, gray), high: whole.high.map { $0 + gray })
      if reaches { overlap = meeting }
      // One course alone is known; two without a place lie somewhere between apart and in one point.
      let isAlone = (past0.high ?? 1) <= 0.05
      past0 = DoseBand(
        expected: isAlone ? gray : nil, low: max(past0.low, gray),
        high: past0.high.map { $0 + gray })
      whole = meeting
    }
    var remarks = body.remarks
    func say(_ kind: RadiotherapyReason, _ names: [String] = [], because: [Reason] = []) {
      remarks.append(Reason(.radiotherapy(kind), names: names, because: because))
    }
    if isOutside { say(.outsideEarlierDose) }
    for course in earlier.unplaced where course.eqd2(of: organ, ratio) == nil {
      say(.courseSilent, [course.name])
    }
    if !scalars.isEmpty, !isMean { say(.coursesWithoutPlace, scalars.map(\.0)) }
    for course in earlier.placed where course.isEstimated {
      say(.courseEstimated, [course.name], because: course.assumptions)
    }
    if let recovery { say(.recoveryDiscounted, [recovery.id]) }
    let names = earlier.placed.map(\.name) + scalars.map(\.0)
    let limits = parameters.cumulativeLimits.filter { $0.organ == organ }
    let meanTotal =
      try limits.contains { $0.endpoint?.needsWholeOrgan == true } && !isMean && body.isComplete
      ? sum(\.mean, isMean: true) : nil
    let reader = CumulativeLimitCheck(
      limits: limits, ratio: ratio, body: body, total: total, meanTotal: isMean ? total : meanTotal,
      overlap: overlap, added: added, whole: whole, hasRecovery: recovery != nil,
      unplacedMean: isMean && !scalars.isEmpty ? scalars.reduce(0) { $0 + $1.1 } : nil,
      hasUnplaced: !scalars.isEmpty,
      months: (earlier.placed.map(\.months) + earlier.unplaced.map(\.months)).compactMap(\.self).min())
    let (checks, words, more) = reader.read()
    let worst = total.worst.flatMap { anywhere in
      total.worstInside.flatMap { inside -> (anywhere: Double, inside: Double)? in
        guard let a = Self.value(anywhere, metric, body.solid), let b = Self.value(inside, metric, body.solid)
        else { return nil }
        return (a, b)
      }
    }
    let roomLimit = reader.roomLimit
    let room = roomLimit.flatMap { limit in
      limit.bounds.map { bounds in
        DoseBand(
          expected: past0.expected.map { bounds.low - $0 }, low: bounds.low - (past0.high ?? bounds.low),
          high: bounds.low - past0.low)
      }
    }
    let roomGray = room.flatMap { room -> Double? in
      guard !doses.groups.isEmpty else { return nil }
      return EquivalentDose2Gy(gray: max(0, room.expected ?? room.low), alphaBeta: ratio)
        .isoeffectiveDose(fractions: doses.fractions)?.gray
    }
    return CumulativeOrganDose(
      organ: organ, alphaBeta: ratio, courses: names, metric: metric.name, earlier: past0, added: added,
      sum: whole,
      overlap: overlap, worst: worst, checks: checks, words: words, room: room, roomLimit: roomLimit,
      roomGray: roomGray, remarks: remarks + more)
  }

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
