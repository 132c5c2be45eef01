// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons

extension ReasonWords {
  private static func share(_ reason: Reason) -> String {
    "\(Int((reason.figures.first?.value ?? 0).rounded())) %"
  }

  private static func drawn(_ reason: Reason) -> String {
    String(Int(reason.figures.last?.value ?? 0))
  }

  private static func lesion(_ reason: Reason) -> String {
    if case .lesion(let id)? = reason.subject { id } else { "?" }
  }

  /// What a plan for the whole patient says as a whole, in words.
  static func plan(_ kind: PlanReason, _ reason: Reason) -> String {
    let names = reason.names.joined(separator: ", ")
    let quote = reason.quote ?? ""
    func after(_ separator: String) -> String { reason.because.map { separator + text($0) }.joined() }
    switch kind {
    case .treat:
      return
        "no reported fact advises against local therapy; whether it is right for this patient the board decides"
    case .treatNone:
      return "no reported fact advises against local therapy, but no lesion can be treated"
    case .boardOnly:
      return "whether to treat at all is the board's question; this is what could be done"
    case .observe:
      return
        "observe and restage before anything is treated; the alternative without waiting tells what could be done then"
    case .systemicFirst:
      return
        "systemic treatment comes first, and every lesion waits for it; the alternative without waiting tells what local therapy could be after it"
    case .palliative:
      return
        "best supportive care; what local therapy could still do for symptoms is the board's question"
    case .stageFirst:
      return
        "staging comes first, and every lesion waits for it; the alternative tells what could be done then"
    case .ifBoardLifts:
      let questions = reason.because.isEmpty ? "what it alone can decide" : text(reason.because)
      return "the plan stands only if the board lifts: \(questions)"
    case .robust:
      return
        "robust within measurement error: as good as any plan in \(share(reason)) of \(drawn(reason)) draws"
    case .fragile:
      let hangs =
        reason.because.isEmpty
        ? "no single measurement decides it"
        : "it hangs on " + reason.because.map(text).joined(separator: " and ")
      return "fragile: as good as any plan in \(share(reason)) of \(drawn(reason)) draws; \(hangs)"
    case .settledBy:
      return
        "\(text(reason.because)) would settle it: with that known, the plan chosen is as good as any in \(share(reason)) of draws"
    case .notSettled:
      guard !reason.because.isEmpty else { return "no single measurement would settle it" }
      return
        "no single measurement would settle it; the most telling is \(text(reason.because)): with that known, the plan chosen is as good as any in \(share(reason)) of draws"
    case .knownFact: return "\(reason.facts.first?.title ?? "") of \(lesion(reason)), measured again"
    case .knownPlacement: return "the position of the zone in \(lesion(reason)) (control scan)"
    case .knownDose: return "a calculated plan of SBRT"
    case .sameAnaesthetic: return "in the same anaesthetic as the resection of the liver"
    case .hangsOn:
      let lesion = if case .lesion(let id)? = reason.subject { "\(id): " } else { "" }
      let figures = reason.figures.map { $0.value.map(Figures.plain) ?? "?" }
      let unit = reason.figures.first.map(\.unit) ?? ""
      let tail = unit.isEmpty || unit == FactUnit.count.rawValue ? "" : " \(unit)"
      return
        "\(lesion)\(reason.facts.first?.title ?? "") \(figures.first ?? "?")\(tail) (edge at \(figures.last ?? "?"))"
    case .leastRegret:
      let points = reason.figures.map { $0.value.map(Figures.plain) ?? "?" }
      return
        "at the values as measured another plan stands first; over the draws it would cost \(points.last ?? "?") points more than the best of each on average, this one \(points.first ?? "?")"
    case .severalEnergies:
      return
        "\(reason.names.dropFirst().joined(separator: " and ")) in one place (\(reason.names.first ?? "")): "
        + reason.because.map(text).joined(separator: "; ")
    case .notByOther:
      return "\(lesion(reason)) not by \(names)" + after(": ")
    case .samplesCutShort:
      return
        "the time limit cut the draws' search, thresholds or missing facts short: a better plan may exist (--time-limit)"
    case .reserveOfLiverUnknown:
      return "several liver lesions are resected (\(names)), and what remains of the liver is not known"
    case .noneTreated:
      return
        "no lesion can be treated locally by these rules and decisions; the reasons stand with each"
    case .partlyTreated:
      return
        "complete local therapy is not possible: \(names) not treated, for the reasons beside the lesion; treating \(text(reason.because)) alone is for the board to weigh: for symptoms, for what threatens, or once systemic treatment has shown what grows"
    case .treated: return names
    case .sitesUnknown: return "\(names): the site is unknown, so nothing is judged; report it first"
    case .sidesUnknown:
      return
        "\(names): the side is unknown, so each is a session of its own, and what operations leave of a lung is calculated without it; report the side"
    case .estimates:
      return
        "doses are estimates without dosimetry, zones are from charts, function is predicted: the plan is a proposal for the board"
    case .noOrganContoured:
      return
        "no organ is contoured: verdicts rest on what was reported, and dose to organs, needle paths and resection specimens are unknown"
    case .warning: return "warning: \(quote)"
    case .alternativesCutShort:
      return "a search for an alternative was cut short: other plans than those listed may exist"
    case .kept: return "kept" + after(", ")
    case .keptAsExpected:
      return "kept as expected, not at the upper end of the plan-quality band" + after(", ")
    case .exceededAsExpected:
      return "exceeded as expected, kept at the lower end of the plan-quality band" + after(", ")
    case .exceeded: return "exceeded even at the lower end of the plan-quality band" + after(", ")
    case .unknown: return "unknown" + after(", ")
    case .lowerCount:
      return lowerCount(
        limit: Int(reason.figures.first?.value ?? 0), course: Int(reason.figures.last?.value ?? 0))
    case .without: return "without \(names)"
    case .asPlanned: return "as planned"
    case .atMost: return "at most"
    case .reserve: return answers(reason)
    case .reserveOfBoth: return answers(reason) + "; measured again before the second side"
    case .risk: return "\(names) risk: \(quote)"
    case .nextTest: return "next test: \(quote)"
    case .reserveUnknown: return "unknown" + (names.isEmpty ? "" : ": \(names) could not be planned")
    case .sumOfCourses: return "earlier \(band(reason, 0)), added \(band(reason, 1))" + after("; ")
    case .roomLeft: return "\(band(reason, 0)) Gy were left before this course to the limit of \(names)"
    case .noOverlap: return "no place gets enough of both courses to count as an overlap"
    case .segmentsOfLobe:
      let lesions = reason.names.dropFirst().joined(separator: ", ")
      return "segments of \(reason.names.first ?? "") (\(lesions))"
    case .segmentsOfUnknownLobe: return "segments of an unknown lobe (\(names))"
    case .segments: return "segments of \(names)"
    case .punctures: return "punctures for \(names)"
    case .lungDose: return "dose to the lungs of \(names)"
    case .lungsNotContoured: return "mean lung dose: both lungs are not contoured"
    case .fractions: return "fractions of \(names)"
    case .functionAgain: return "FEV1 and DLCO again, and a CT of the other lung, before this side"
    case .otherLungExpanded:
      return "re-expansion of the lung treated before, confirmed on an X-ray or CT"
    case .sameLungExpanded:
      return "another day than the session before, re-expansion of this lung confirmed"
    case .sideBeforeSession:
      return "the side, which is not known: pauses between the lungs are calculated as for the other lung"
    case .prescriptionBeforeSession: return "a prescription: what would choose it is not known"
    case .unacceptableLesions:
      return difference(
        reason, "lesion without acceptable treatment", "lesions without acceptable treatment")
    case .untreatedLesions:
      return difference(reason, "lesion without any treatment", "lesions without any treatment")
    case .openConditions: return difference(reason, "open condition", "open conditions")
    case .cautions: return difference(reason, "caution", "cautions")
    case .acceptables:
      return difference(reason, "concern short of favourable", "concerns short of favourable")
    case .visits: return difference(reason, "visit", "visits")
    case .anaesthetics: return difference(reason, "anaesthetic", "anaesthetics")
    case .lungDoseDifference:
      let (least, size, isLess) = size(reason)
      return "\(least)\(inTenths(size)) Gy \(isLess ? "less" : "more") mean lung dose"
    case .segmentsDifference:
      let (least, size, isLess) = size(reason)
      return "\(least)\(inTenths(size)) \(isLess ? "fewer" : "more") segments of lung"
    case .score:
      let (_, size, isLess) = size(reason)
      return "\(Int((size / 5).rounded()) * 5) points of mean score \(isLess ? "less" : "more")"
    }
  }

  /// "2 fewer visits".
  private static func difference(_ reason: Reason, _ one: String, _ more: String) -> String {
    let (_, size, isLess) = size(reason)
    return "\(Int(size)) \(isLess ? "fewer" : "more") \(size == 1 ? one : more)"
  }

  private static func size(_ reason: Reason) -> (least: String, size: Double, isLess: Bool) {
    let value = reason.figures.first?.value ?? 0
    return (reason.limit == nil ? "" : "at least ", abs(value), value < 0)
  }

  private static func answers(_ reason: Reason) -> String {
    reason.because.map(text).joined(separator: "; at worst ")
  }

  /// "12.3 (9.8–15.0)"; "?" for an end that is not known.
  static func band(_ reason: Reason, _ place: Int) -> String {
    guard place < reason.figures.count, let band = reason.figures[place].band else { return "unknown" }
    let high = band.upperBound.isFinite ? inTenths(band.upperBound) : "?"
    return
      "\(reason.figures[place].value.map(inTenths) ?? "unknown") (\(inTenths(band.lowerBound))–\(high))"
  }
}
