// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Holds the cumulative limits of one organ against the sum of courses; only where courses overlap.
struct CumulativeLimitCheck {
  let limits: [CumulativeLimit]
  let ratio: AlphaBetaRatio
  let body: OrganBody
  /// The sum for near-maxima, of parallel organs for means.
  let read: SummedOrgan
  /// The sum for means and volumes; `nil` where none is asked.
  let means: SummedOrgan?
  let overlap: DoseBand?
  let added: DoseBand
  let whole: DoseBand
  let hasRecovery: Bool
  /// The mean EQD2 of a parallel organ by courses without a place, which adds wherever it lies; `nil` without such
  /// courses.
  let unplacedMean: Double?
  /// Whether such a course tells this organ, so that sums at places leave something out.
  let hasUnplaced: Bool
  /// The shortest interval to an earlier course; `nil` when none is known.
  let months: Double?

  /// The strictest limit of a near-maximum, those agreed upon before others.
  var roomLimit: CumulativeLimit? {
    let asked = limits.filter { limit in
      guard limit.bounds != nil, !limit.isPercent, let endpoint = limit.endpoint else { return false }
      // As in `checked`: recovery must not count twice, and α/β do not mix.
      if hasRecovery, limit.assumesMonths != nil { return false }
      if let own = limit.alphaBeta, own != ratio { return false }
      return endpoint.needsWholeOrgan == body.organ.isParallel
    }
    let agreed = asked.filter(\.isConsensus)
    return (agreed.isEmpty ? asked : agreed).min { ($0.bounds?.low ?? 0) < ($1.bounds?.low ?? 0) }
  }

  func checked() -> (checks: [CumulativeCheck], words: [CumulativeLimit], remarks: [Reason]) {
    let words = limits.filter { $0.bounds == nil }
    guard let overlap else {
      return ([], words, [Reason(.radiotherapy(.noOverlap))])
    }
    var remarks: [Reason] = []
    let checks = limits.compactMap { limit -> CumulativeCheck? in
      guard let bounds = limit.bounds, let endpoint = limit.endpoint else { return nil }
      if hasRecovery, limit.assumesMonths != nil {
        remarks.append(Reason(.radiotherapy(.recoveryCountedTwice), names: [limit.set]))
        return nil
      }
      if let own = limit.alphaBeta, own != ratio {
        remarks.append(
          Reason(
            .radiotherapy(.otherAlphaBeta),
            figures: [.init(own.gray, unit: "Gy"), .init(ratio.gray, unit: "Gy")], names: [limit.set]))
        return nil
      }
      guard let value = value(endpoint, limit, overlap) else {
        if hasUnplaced, endpoint.needsWholeOrgan || body.organ.isParallel {
          remarks.append(Reason(.radiotherapy(.limitWithoutPlace), names: [limit.set, endpoint.name]))
        }
        return nil
      }
      let outcome = LimitCheck.standing(of: value, below: bounds.high)
      let middle = value.expected ?? value.high ?? value.low
      return CumulativeCheck(
        limit: limit, value: value, outcome: outcome,
        isWithinRange: bounds.low < bounds.high && middle >= bounds.low && middle < bounds.high)
    }
    for limit in limits { remarks += newCourse(limit) }
    return (checks, words, remarks)
  }

  private func value(_ endpoint: DoseMetric, _ limit: CumulativeLimit, _ overlap: DoseBand) -> DoseBand? {
    if endpoint.needsWholeOrgan {
      guard body.isComplete, let means else { return nil }
      // Volumes at a dose cannot be told without a place, nor means from a greatest dose.
      guard !hasUnplaced || endpoint == .mean && unplacedMean != nil else { return nil }
      let more = unplacedMean ?? 0
      return means.sum(endpoint, isPercent: limit.isPercent).map {
        $0 + DoseBand(expected: more, low: more, high: more)
      }
    }
    // What the organ's own near-maximum tells is told; a greatest dose is read anew.
    guard endpoint != NearMaximum.metric(of: body.organ) else { return overlap }
    // A mean says nothing of a greatest dose.
    let isMean = body.organ.isParallel
    guard overlap.expected != nil, !isMean || !hasUnplaced else { return isMean ? nil : overlap }
    guard let nominal = read.value(endpoint, .overlap), let high = read.value(endpoint, .highOverlap) else {
      return isMean ? nil : overlap
    }
    return DoseBand(expected: nominal, low: min(nominal, overlap.low), high: high)
  }

  /// What a source asks of the new course alone.
  private func newCourse(_ limit: CumulativeLimit) -> [Reason] {
    var remarks: [Reason] = []
    func say(_ kind: RadiotherapyReason, _ figures: [Double], _ unit: String) {
      remarks.append(
        Reason(.radiotherapy(kind), figures: figures.map { .init($0, unit: unit) }, names: [limit.set]))
    }
    if let most = limit.newCourseMost, let gray = added.expected, gray > most {
      say(.newCourseExceeds, [gray, most], "Gy")
    }
    if let share = limit.newCourseShare, let new = added.expected, let sum = whole.expected ?? whole.high,
      sum > 0, new / sum > share
    {
      say(.newCourseShare, [100 * new / sum, 100 * share], "%")
    }
    if let least = limit.minimumMonths {
      if let months, months < least {
        say(.intervalTooShort, [months, least], "months")
      } else if months == nil {
        say(.intervalUnknown, [least], "months")
      }
    }
    return remarks
  }
}

/// Tells how the planned course stands to each earlier one.
struct ReirradiationReader {
  let parameters: RadiotherapyParameters
  let earlier: EarlierCourses
  let doses: CourseDoses
  let targets: [FallOffTarget]

  func read(_ organs: [CumulativeOrganDose], _ evaluated: [OrganDose]) -> [Reirradiation] {
    let rule = parameters.reirradiation
    func made(
      _ name: String, _ months: Double?, _ kind: Reirradiation.Kind, _ why: RadiotherapyReason,
      _ names: [String] = [], _ figures: [Reason.Figure] = []
    ) -> Reirradiation {
      Reirradiation(
        course: name, kind: kind, why: Reason(.radiotherapy(why), figures: figures, names: names),
        months: months, isTooSoon: months.map { $0 < rule.minimumMonths })
    }
    var found: [Reirradiation] = []
    for course in earlier.placed {
      if let place = meeting(course) {
        found.append(
          made(
            course.name, course.months, .typeI, .volumesOverlap, [],
            [.init(rule.isodosePercent, unit: "%")]
              + [place.x, place.y, place.z].map { .init($0, unit: "mm") }))
        continue
      }
      let shared = organs.filter {
        $0.courses.contains(course.name) && ($0.earlier.high ?? 0) >= rule.overlapGray
      }
      if let organ = shared.first(where: { exceedsOneCourse($0, evaluated) }) {
        found.append(
          made(course.name, course.months, .typeII, .sumExceedsOneCourse, [organ.organ.title]))
      } else if !shared.isEmpty {
        found.append(
          made(course.name, course.months, .repeatOrgan, .organsAgain, shared.map(\.organ.title)))
      } else {
        found.append(made(course.name, course.months, .repeatIrradiation, .noOrganShared))
      }
    }
    for course in earlier.unplaced {
      found.append(made(course.name, course.months, .unknown, .doseWithoutPlace))
    }
    return found
  }

  /// A node in half the prescription's volume of both courses.
  private func meeting(_ course: EarlierCourses.Placed) -> SIMD3<Double>? {
    let share = parameters.reirradiation.isodosePercent / 100
    let level = course.reference * share
    for group in doses.groups {
      let least = group.drafts.map { targets[$0].prescription.gray }.min() ?? .infinity
      let threshold = Float(least * share)
      let grid = group.estimate.expected
      let (columns, rows) = (grid.columns, grid.rows)
      for (index, dose) in grid.gray.enumerated() where dose >= threshold {
        let plane = index / (columns * rows)
        let inPlane = index - plane * columns * rows
        let place = SIMD3(
          grid.origin.x + Double(inPlane % columns) * grid.spacing.x,
          grid.origin.y + Double(inPlane / columns) * grid.spacing.y, grid.planes[plane])
        if course.mean.nominal.bounds(at: place).low >= level { return place }
      }
    }
    return nil
  }

  /// Whether an organ's sum exceeds the binding limit of one course, as EQD2.
  private func exceedsOneCourse(_ organ: CumulativeOrganDose, _ evaluated: [OrganDose]) -> Bool {
    guard let dose = evaluated.first(where: { $0.organ == organ.organ }) else { return false }
    let sum = organ.overlap?.expected ?? organ.sum.expected ?? organ.sum.high ?? 0
    return dose.checks.contains { check in
      guard check.limit.set == parameters.primarySet, check.limit.level.binds, check.limit.unit == .gray,
        check.limit.endpoint == NearMaximum.metric(of: organ.organ),
        let one = Fractionation(total: .gray(check.bound), fractions: check.fractions)
      else { return false }
      return sum > one.eqd2(organ.alphaBeta).gray
    }
  }
}
