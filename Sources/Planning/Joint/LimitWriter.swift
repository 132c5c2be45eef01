internal import Dosimetry
internal import Radiotherapy
internal import Resection
internal import Vocabulary

/// The limits of the patient as a group's reading shows them.
enum LimitWriter {
  static func limits(_ reading: GroupReading.Result) -> [PlanLimit] {
    var limits: [PlanLimit] = []
    for limit in reading.course?.limits ?? [] where limit.lesion == nil {
      let check = limit.check
      let rest =
        (LimitReading.lowerCount(check, in: reading.course).map {
          ", by the limit for \(check.fractions) fractions and the dose of equal effect in them: nobody gives one for \($0) (heuristic)"
        } ?? "") + (reading.unplanned.isEmpty ? "" : ", without \(reading.unplanned.joined(separator: ", "))")
      limits.append(
        PlanLimit(
          name: "\(limit.organ.title) \(check.limit.endpoint.name)",
          value: check.value.map { ($0.expected, $0.low, $0.high) }, bound: check.bound,
          unit: check.limit.unit.rawValue, standing: check.outcome.words + rest,
          isOpen: check.outcome != .kept || !rest.isEmpty, sources: check.limit.sources)
      )
    }
    if let liver = reading.resection?.liver, let remnant = liver.remnantPercent {
      limits.append(
        PlanLimit(
          name: "liver that remains", value: (remnant, liver.isExact ? remnant : 0, remnant), bound: nil,
          unit: "% of tumour-free liver", standing: liver.isExact ? "as planned" : "at most",
          isOpen: !liver.isExact, sources: []))
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
        let why =
          stage.without.isEmpty ? "" : ": \(stage.without.joined(separator: ", ")) could not be planned"
        return PlanLimit(
          name: "\(name), function left", value: range(stage.fev1), bound: nil, unit: "% of predicted FEV1",
          standing: "unknown\(why)", isOpen: true, sources: [])
      }
      let expected = flow.expected.map(words) ?? "unknown"
      let worst = flow.worst.map(words) ?? "unknown"
      return PlanLimit(
        name: "\(name), \(flow.flow.title)", value: range(stage.fev1), bound: nil,
        unit: "% of predicted FEV1",
        standing: (worst == expected ? expected : "\(expected); at worst \(worst)")
          + (isBoth ? "; measured again before the second side" : ""),
        isOpen: !isLow(flow.expected) || !isLow(flow.worst), sources: flow.flow.sources)
    }
  }

  /// What earlier courses and this one come to together in every organ that both concern, against an agreed limit where
  /// there is one.
  static func limits(_ course: SBRTPlan) -> [PlanLimit] {
    course.cumulative.flatMap { organ -> [PlanLimit] in
      func text(_ band: DoseBand) -> String {
        return
          "\(band.expected.map(\.inTenths) ?? "unknown") (\(band.low.inTenths)–\(band.high.map(\.inTenths) ?? "?"))"
      }
      let agreed = organ.checks.filter(\.limit.isConsensus).map { check in
        PlanLimit(
          name: "\(organ.organ.title) with earlier courses, \(check.limit.set)",
          value: (check.value.expected, check.value.low, check.value.high), bound: check.limit.bounds?.high,
          unit: check.limit.isPercent ? "%" : "Gy (EQD2)", standing: check.outcome.words,
          isOpen: check.outcome != .kept,
          sources: check.limit.sources)
      }
      let room = organ.room.flatMap { room in
        organ.roomLimit.map { "; \(text(room)) Gy were left before this course to the limit of \($0.set)" }
      }
      let sum = PlanLimit(
        name: "\(organ.organ.title) \(organ.metric) with earlier courses",
        value: (organ.sum.expected, organ.sum.low, organ.sum.high), bound: nil, unit: "Gy (EQD2)",
        standing: "earlier \(text(organ.earlier)), added \(text(organ.added))\(room ?? "")"
          + (organ.overlap == nil ? "; no place gets enough of both courses to count as an overlap" : ""),
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

  private static func words(_ answer: ReserveFlow.Answer) -> String {
    switch answer {
    case .risk(let risk, let text, _): "\(risk.rawValue) risk: \(text)"
    case .needs(let test, _): "next test: \(test)"
    }
  }
}

extension LimitCheck.Outcome {
  /// The words for people.
  var words: String {
    switch self {
    case .kept: "kept"
    case .keptAsExpected: "kept as expected, not in a poor plan"
    case .exceededAsExpected: "exceeded as expected, kept in a good plan"
    case .exceeded: "exceeded even in a good plan"
    case .unknown: "unknown"
    }
  }
}
