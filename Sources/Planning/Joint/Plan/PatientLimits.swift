// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Radiotherapy
internal import Reasons
internal import Resection
internal import Vocabulary

/// The limits of the patient as a group's reading shows them.
enum PatientLimits {
  static func limits(_ reading: GroupEvaluation.Result) -> [PlanLimit] {
    var limits: [PlanLimit] = []
    for limit in reading.course?.limits ?? [] where limit.lesion == nil {
      let check = limit.check
      let lower = LimitConflicts.lowerCount(check, in: reading.course).map {
        Reason(.plan(.lowerCount), figures: [check.fractions, $0].map { .init(Double($0), unit: "") })
      }
      let rest =
        [lower].compactMap(\.self)
        + (reading.unplanned.isEmpty ? [] : [Reason(.plan(.without), names: reading.unplanned)])
      limits.append(
        PlanLimit(
          name: "\(limit.organ.title) \(check.limit.endpoint.name)",
          value: check.value.map { ($0.expected, $0.low, $0.high) }, bound: check.bound,
          unit: check.limit.unit.rawValue, standing: Reason(.plan(check.outcome.reason), because: rest),
          isOpen: check.outcome != .kept || !rest.isEmpty, sources: check.limit.sources,
          dose: (limit.organ, check.limit.endpoint))
      )
    }
    if let liver = reading.resection?.liver, let remnant = liver.remnantPercent {
      limits.append(
        PlanLimit(
          name: "liver that remains", value: (remnant, liver.isExact ? remnant : 0, remnant), bound: nil,
          unit: "% of tumour-free liver", standing: Reason(.plan(liver.isExact ? .asPlanned : .atMost)),
          isOpen: !liver.isExact, sources: [], left: .liver))
    }
    return limits
  }

  /// What each operation leaves of lung function, and both; at worst as well.
  static func limits(_ reserve: LungReserve) -> [PlanLimit] {
    reserve.stages.map { stage in
      let isBoth = stage.sides.count > 1
      let name =
        isBoth ? "both lungs, one after the other" : "\(stage.sides.first?.rawValue ?? "unknown") lung"
      guard let flow = (isBoth ? stage.together : stage.flows).first else {
        return PlanLimit(
          name: "\(name), function left", value: range(stage.fev1), bound: nil, unit: "% of predicted FEV1",
          standing: Reason(.plan(.reserveUnknown), names: stage.without), isOpen: true, sources: [],
          left: .lungFunction)
      }
      let expected = answer(flow.expected)
      let worst = answer(flow.worst)
      return PlanLimit(
        name: "\(name), \(flow.flow.title)", value: range(stage.fev1), bound: nil,
        unit: "% of predicted FEV1",
        standing: Reason(
          .plan(isBoth ? .reserveOfBoth : .reserve),
          because: worst == expected ? [expected] : [expected, worst]),
        isOpen: !isLow(flow.expected) || !isLow(flow.worst), sources: flow.flow.sources,
        left: .lungFunction)
    }
  }

  /// What earlier courses and this one come to together in every organ that both concern, against an agreed limit where
  /// there is one.
  static func limits(_ course: SBRTPlan) -> [PlanLimit] {
    course.cumulative.flatMap { organ -> [PlanLimit] in
      func figure(_ band: DoseBand) -> Reason.Figure {
        .init(band.expected, band: band.low...max(band.low, band.high ?? .infinity), unit: "Gy")
      }
      let agreed = organ.checks.filter(\.limit.isConsensus).map { check in
        PlanLimit(
          name: "\(organ.organ.title) with earlier courses, \(check.limit.set)",
          value: (check.value.expected, check.value.low, check.value.high), bound: check.limit.bounds?.high,
          unit: check.limit.isPercent ? "%" : "Gy (EQD2)", standing: Reason(.plan(check.outcome.reason)),
          isOpen: check.outcome != .kept,
          sources: check.limit.sources)
      }
      let room = organ.room.flatMap { room in
        organ.roomLimit.map {
          Reason(.plan(.roomLeft), figures: [figure(room)], names: [$0.set], sources: $0.sources)
        }
      }
      let sum = PlanLimit(
        name: "\(organ.organ.title) \(organ.metric) with earlier courses",
        value: (organ.sum.expected, organ.sum.low, organ.sum.high), bound: nil, unit: "Gy (EQD2)",
        standing: Reason(
          .plan(.sumOfCourses), figures: [figure(organ.earlier), figure(organ.added)],
          because: [room].compactMap(\.self) + (organ.overlap == nil ? [Reason(.plan(.noOverlap))] : [])),
        isOpen: false, sources: []
      )
      return [sum] + agreed
    }
  }

  /// What is expected and what may be worse; unknown above where only one end is known.
  private static func range(
    _ pair: (expected: Double?, worst: Double?)
  ) -> (expected: Double?, low: Double, high: Double?)? {
    guard pair.expected != nil || pair.worst != nil else { return nil }
    return (pair.expected, pair.worst ?? 0, pair.expected)
  }

  private static func isLow(_ answer: ReserveFlow.Answer?) -> Bool {
    if case .risk(.low, _, _)? = answer { true } else { false }
  }

  private static func answer(_ answer: ReserveFlow.Answer?) -> Reason {
    switch answer {
    case .risk(let risk, let text, let sources)?:
      Reason(.plan(.risk), names: [risk.rawValue], quote: text, sources: sources)
    case .needs(let test, let facts)?: Reason(.plan(.nextTest), facts: facts, quote: test)
    case nil: Reason(.plan(.reserveUnknown))
    }
  }
}

extension LimitCheck.Outcome {
  /// How a limit stands.
  var reason: PlanReason {
    switch self {
    case .kept: .kept
    case .keptAsExpected: .keptAsExpected
    case .exceededAsExpected: .exceededAsExpected
    case .exceeded: .exceeded
    case .unknown: .unknown
    }
  }
}
