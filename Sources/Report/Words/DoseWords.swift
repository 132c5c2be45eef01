// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Radiotherapy
internal import Reasons

/// Estimated doses and what they are compared with, in words.
enum DoseWords {
  /// "12.3 Gy (9.8–15.0)"; bounds alone where nothing is expected.
  static func band(_ band: DoseBand, _ unit: String, digits: Int = 1) -> String {
    func text(_ x: Double) -> String { Figures.number(x, digits: digits) }
    let tail = unit.isEmpty ? "" : " \(unit)"
    guard let expected = band.expected else {
      guard let high = band.high else { return "≥ \(text(band.low))\(tail)" }
      return band.low > 0
        ? "\(text(band.low))–\(text(high))\(tail), bounds" : "≤ \(text(high))\(tail)"
    }
    guard let high = band.high else { return "\(text(expected))\(tail) (from \(text(band.low)))" }
    let (low, most) = (text(band.low), text(high))
    return low == most ? "\(text(expected))\(tail)" : "\(text(expected))\(tail) (\(low)–\(most))"
  }

  /// A metric: "V20Gy 32.3 % (29.6–42.9)".
  static func metric(_ metric: OrganDose.Metric) -> String {
    "\(metric.name) \(band(metric.value, metric.unit.rawValue))"
  }

  /// Metrics, one after the other.
  static func metrics(_ metrics: [OrganDose.Metric]) -> String {
    metrics.map(metric).joined(separator: ", ")
  }

  /// The unit a limit's bound and its value are in.
  static func unit(_ check: LimitCheck) -> String {
    check.limit.unit == .percentOfPrescription ? "Gy" : check.limit.unit.rawValue
  }

  /// "46 Gy".
  static func bound(_ check: LimitCheck) -> String { "\(Figures.plain(check.bound)) \(unit(check))" }

  /// The limit by itself: "UK22 mandatory D0.1cc < 46 Gy in 8".
  static func limit(_ check: LimitCheck) -> String {
    "\(check.limit.set) \(check.limit.level.rawValue) \(endpoint(check)) < \(bound(check)) in \(check.fractions)"
  }

  /// "D0.1cc", with the sex where a limit holds for one.
  static func endpoint(_ check: LimitCheck) -> String {
    check.limit.endpoint.name + (check.limit.sex.map { " (\($0))" } ?? "")
  }

  /// What follows a dose: "exceeds 46 Gy in 8 fractions (UK22 mandatory) even at the lower end of the plan-quality band".
  ///
  /// - Parameter namesEndpoint: whether the limit's endpoint is named beside its set, for doses that are not its own.
  static func comparison(_ check: LimitCheck, namesEndpoint: Bool = false) -> String {
    let count = "in \(check.fractions) fraction\(check.fractions == 1 ? "" : "s")"
    let what = namesEndpoint ? " \(endpoint(check))" : ""
    let limit = "\(bound(check)) \(count) (\(check.limit.set) \(check.limit.level.rawValue)\(what))"
    switch check.outcome {
    case .kept: return "keeps \(limit)"
    case .keptAsExpected:
      return "keeps \(limit) as expected, exceeds it at the upper end of the plan-quality band"
    case .exceededAsExpected:
      return "exceeds \(limit) as expected, keeps it at the lower end of the plan-quality band"
    case .exceeded: return "exceeds \(limit) even at the lower end of the plan-quality band"
    case .unknown:
      return "cannot be compared with \(limit)" + (check.why.map { ": \(LimitWords.text($0))" } ?? "")
    }
  }

  /// An organ's dose and its limit: "heart D0.1cc 88.8 Gy (67.0–90.8) exceeds 46 Gy in 8 fractions (UK22 mandatory) …".
  ///
  /// - Parameter organ: its name; `nil` where it stands beside.
  static func sentence(_ organ: String?, _ check: LimitCheck) -> String {
    let value = check.value.map { band($0, unit(check)) } ?? "unknown"
    return (organ.map { $0 + " " } ?? "") + "\(endpoint(check)) \(value) \(comparison(check))"
  }

  /// The same for a page, where the band says what its ends do: "heart D0.1cc 88.8 Gy (67.0–90.8) exceeds 46 Gy in 8 (UK22 mandatory)".
  static func short(_ organ: String?, _ check: LimitCheck) -> String {
    let value = check.value.map { band($0, unit(check)) } ?? "unknown"
    let verb =
      switch check.outcome {
      case .kept, .keptAsExpected: "keeps"
      case .exceeded, .exceededAsExpected: "exceeds"
      case .unknown: "beside"
      }
    return (organ.map { $0 + " " } ?? "")
      + "\(endpoint(check)) \(value) \(verb) \(bound(check)) in \(check.fractions) (\(check.limit.set) \(check.limit.level.rawValue))"
  }

  /// A standing in a table's cell.
  static func standing(_ outcome: LimitCheck.Outcome) -> String {
    switch outcome {
    case .kept: "kept"
    case .keptAsExpected: "kept, ends differ"
    case .exceededAsExpected: "exceeded, ends differ"
    case .exceeded: "exceeded"
    case .unknown: "unknown"
    }
  }

  /// How a standing is meant.
  static func tone(_ outcome: LimitCheck.Outcome?) -> ReportLine.Tone {
    switch outcome {
    case .exceeded?, .exceededAsExpected?: .bad
    case .keptAsExpected?: .caution
    case .kept?, .unknown?, nil: .plain
    }
  }

  /// How a planned course stands to an earlier one.
  static func kind(_ kind: Reirradiation.Kind) -> String {
    switch kind {
    case .typeI: "re-irradiation type I"
    case .typeII: "re-irradiation type II"
    case .repeatOrgan: "repeat organ irradiation"
    case .repeatIrradiation: "repeat irradiation"
    case .unknown: "cannot be classified"
    }
  }

  /// A course before the planned one: "first, 14.0 months ago: re-irradiation type I".
  static func course(_ course: Reirradiation) -> String {
    let interval =
      course.months.map { "\(Figures.number($0, digits: 1)) months ago" } ?? "interval unknown"
    return "\(course.course), \(interval): \(kind(course.kind))"
  }

  /// A cumulative limit and the sum: "cumulative D0.1cc 61.2 Gy EQD2 (50.1–63.0) exceeds 50 Gy EQD2 (ARS) …".
  ///
  /// - Parameter isShort: whether the band alone says what its ends do.
  static func cumulative(_ check: CumulativeCheck, isShort: Bool = false) -> String {
    let limit = check.limit
    let unit = limit.isPercent ? "%" : "Gy EQD2"
    let bounds =
      limit.bounds.map {
        $0.low == $0.high ? Figures.plain($0.high) : "\(Figures.plain($0.low))–\(Figures.plain($0.high))"
      } ?? ""
    let origin = limit.isConsensus ? limit.set : "\(limit.set), no consensus"
    let head = "cumulative \(limit.endpoint?.name ?? "") \(band(check.value, unit))"
    let against = "\(bounds) \(unit) (\(origin))"
    let (upper, lower) =
      isShort
      ? ("", "")
      : (
        ", exceeds it at the upper end of the plan-quality band",
        ", keeps it at the lower end of the plan-quality band"
      )
    switch check.outcome {
    case .kept:
      return check.isWithinRange
        ? "\(head) lies within the range of its authors, \(against)" : "\(head) keeps \(against)"
    case .keptAsExpected: return "\(head) keeps \(against) as expected\(upper)"
    case .exceededAsExpected: return "\(head) exceeds \(against) as expected\(lower)"
    case .exceeded:
      return "\(head) exceeds \(against)"
        + (isShort ? "" : " even at the lower end of the plan-quality band")
    case .unknown: return "\(head) compared with \(against): bounds only, it may be kept or not"
    }
  }

  /// The largest set of lesions that keeps limits together.
  static func subset(_ subset: FittingSubset) -> String {
    let lesions =
      subset.leftOut.isEmpty
      ? "all planned lesions fit together"
      : "\(TherapyGroups.names(subset.lesions)) fit together without \(TherapyGroups.names(subset.leftOut))"
    return lesions + " within " + ReasonWords.text(subset.limits)
      + (subset.isProven ? "" : " (the search was cut short: a larger set may fit)")
  }
}
