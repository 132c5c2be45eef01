// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Quantities
internal import Reasons
internal import Vocabulary

extension CumulativeEvaluation {
  /// What the sums take for granted or leave out.
  func remarks(
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
  func worst(
    _ total: AccumulatedDose, _ metric: DoseMetric, _ solid: Solid
  ) -> (anywhere: Double, inside: Double)? {
    total.worst.flatMap { anywhere in
      total.worstInside.flatMap { inside -> (anywhere: Double, inside: Double)? in
        guard let a = SummedOrgan.value(anywhere, metric, solid),
          let b = SummedOrgan.value(inside, metric, solid)
        else { return nil }
        return (a, b)
      }
    }
  }

  /// What can still be given before a limit.
  func room(below limit: CumulativeLimit?, _ past: DoseBand) -> DoseBand? {
    limit.flatMap { limit in
      limit.bounds.map { bounds in
        DoseBand(
          expected: past.expected.map { bounds.low - $0 }, low: bounds.low - (past.high ?? bounds.low),
          high: bounds.low - past.low)
      }
    }
  }

  /// The same as physical dose in the course's fraction count.
  func roomGray(_ room: DoseBand?, _ ratio: AlphaBetaRatio) -> Double? {
    room.flatMap { room -> Double? in
      guard !doses.groups.isEmpty else { return nil }
      return EquivalentDose2Gy(gray: max(0, room.expected ?? room.low), alphaBeta: ratio)
        .isoeffectiveDose(fractions: doses.fractions)?.gray
    }
  }
}
