internal import Dosimetry
internal import Evidence
internal import Foundation
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// Bands and outcomes in words.
enum SBRTFigures {
  /// "12.3 (9.8–15.0)"; bounds alone where nothing is expected.
  static func band(_ band: DoseBand, digits: Int) -> String {
    func text(_ x: Double) -> String { String(format: "%.\(digits)f", x) }
    guard let expected = band.expected else {
      guard let high = band.high else { return "≥ \(text(band.low))" }
      return band.low > 0 ? "\(text(band.low))–\(text(high)), bounds" : "≤ \(text(high))"
    }
    guard let high = band.high else { return "\(text(expected)) (from \(text(band.low)))" }
    let ends = (text(band.low), text(high))
    return ends.0 == ends.1 ? text(expected) : "\(text(expected)) (\(ends.0)–\(ends.1))"
  }

  static func words(_ check: LimitCheck) -> String {
    let limit = check.limit
    let unit = limit.unit == .percentOfPrescription ? "Gy" : limit.unit.rawValue
    let sex = limit.sex.map { " (\($0))" } ?? ""
    var text =
      "\(limit.set) \(limit.level.rawValue) \(limit.endpoint.name)\(sex) < \(Figures.plain(check.bound)) \(unit) in \(check.fractions): "
    switch check.outcome {
    case .kept: text += "kept"
    case .keptAsExpected: text += "kept as expected, flips in a poor plan"
    case .exceededAsExpected: text += "exceeded as expected, flips in a good plan"
    case .exceeded: text += "exceeded even in a good plan"
    case .unknown: text += "unknown" + (check.why.map { " (\(LimitWords.text($0)))" } ?? "")
    }
    return text
  }

  static func colour(_ outcome: LimitCheck.Outcome?) -> TextStyle.Colour? {
    switch outcome {
    case .exceeded?, .exceededAsExpected?: .red
    case .keptAsExpected?: .yellow
    case .kept?, .unknown?, nil: nil
    }
  }
}

/// What a planned course gives the organs, and what earlier courses gave.
struct SBRTOrganText {
  private let plan: SBRTPlan
  private let touchedFrom: Double
  private let day: String
  private let style: TextStyle

  /// - Parameters:
  ///   - touchedFrom: the EQD2 in gray from which an earlier course counts as reaching an organ.
  ///   - day: to which day intervals were counted, in words.
  init(_ plan: SBRTPlan, touchedFrom: Double, day: String, style: TextStyle) {
    self.plan = plan
    self.day = day
    self.touchedFrom = touchedFrom
    self.style = style
  }

  /// One line an organ, then the limits that are not kept, set by set.
  var text: String {
    guard !plan.organs.isEmpty else { return "" }
    var table = TextTable(["organ", "estimated", "limits at \(plan.fractions) fractions", "room"])
    for organ in plan.organs {
      let asked = organ.checks.filter { $0.limit.set == plan.primarySet && $0.outcome != .unknown }
      let decisive =
        LimitCheck.decisive(asked, of: plan.primarySet) ?? asked.max { $0.outcome.rank < $1.outcome.rank }
      let told = organ.metrics.filter { $0.metric != .maximum || organ.metrics.count == 1 }
      table.rows.append([
        .init(organ.organ.title + (organ.remarks.isEmpty ? "" : " ¹")),
        .init(
          told.map { "\($0.name) \(SBRTFigures.band($0.value, digits: 1)) \($0.unit.rawValue)" }.joined(
            separator: ", ")),
        .init(
          decisive.map(SBRTFigures.words) ?? "none in \(plan.primarySet ?? "the deciding set")",
          SBRTFigures.colour(decisive?.outcome)),
        .init(decisive.flatMap(room) ?? ""),
      ])
    }
    var lines = [style.paint("Organs", .bold), table.text(style)]
    let notes = plan.organs.filter { !$0.remarks.isEmpty }
    lines += notes.map {
      "¹ " + wrapped("\($0.organ.title): \(ReasonWords.text($0.remarks))", indent: "  ")
    }
    let missing = OrganAtRisk.allCases.filter { organ in
      Self.expected.contains(organ) && !plan.organs.contains { $0.organ == organ }
    }
    if !missing.isEmpty {
      lines.append(
        wrapped(
          "? not contoured, so no limit is asked: " + missing.map(\.title).joined(separator: ", "),
          indent: "  "))
    }
    let others = plan.organs.flatMap { organ in
      organ.checks.filter { [.exceeded, .exceededAsExpected].contains($0.outcome) }.map { (organ.organ, $0) }
    }
    if !others.isEmpty {
      let flips = plan.organs.flatMap(\.checks).filter { $0.outcome == .keptAsExpected }.count
      lines.append(
        style.paint("Limits exceeded as expected, all sets", .bold)
          + (flips == 0
            ? "" : "; \(flips) more are kept as expected and flip in a poor plan (--format csv lists them)"))
      lines += others.map { organ, check in
        let line =
          "\(organ.title) \(SBRTFigures.words(check)); estimated \(check.value.map { SBRTFigures.band($0, digits: 1) } ?? "?") [\(check.limit.sources.joined(separator: ", ")), \(check.limit.mark.rawValue)]"
          + (check.limit.isAdvisory ? ", advisory" : "")
        return "  " + wrapped(line, indent: "    ")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Organs a thoracic or hepatic course is asked about; what else is missing would only be noise.
  private static let expected: Set<OrganAtRisk> = [
    .spinalCord, .brachialPlexus, .oesophagus, .heart, .greatVessels, .airways, .chestWall, .skin, .lungs,
  ]

  private func room(_ check: LimitCheck) -> String? {
    guard let expected = check.value?.expected else { return nil }
    let unit = check.limit.unit == .percentOfPrescription ? "Gy" : check.limit.unit.rawValue
    return "\(Figures.plain(check.bound - expected)) \(unit)"
  }

  /// Earlier courses: what organs had, would get and have left.
  var earlier: String {
    guard !plan.reirradiation.isEmpty || !plan.cumulative.isEmpty else { return "" }
    var lines = [style.paint("Earlier courses", .bold) + ", intervals to \(day)"]
    for course in plan.reirradiation {
      let kind: String =
        switch course.kind {
        case .typeI: "re-irradiation type I"
        case .typeII: "re-irradiation type II"
        case .repeatOrgan: "repeat organ irradiation"
        case .repeatIrradiation: "repeat irradiation"
        case .unknown: "cannot be classified"
        }
      let interval = course.months.map { String(format: "%.1f months ago", $0) } ?? "interval unknown"
      lines.append(
        "  "
          + wrapped(
            "\(course.course), \(interval): \(kind); \(ReasonWords.text(course.why))"
              + (course.isTooSoon == true
                ? " — sooner than the cumulative limits suppose: stop and review" : ""),
            indent: "    "))
    }
    guard !plan.cumulative.isEmpty else { return lines.joined(separator: "\n") }
    var table = TextTable([
      "organ (α/β)", "EQD2 of", "earlier", "added", "sum", "where both reach", "room before",
    ])
    // Organs that earlier courses hardly touched are named in one line.
    let (touched, spared) = (
      plan.cumulative.filter(isTouched), plan.cumulative.filter { !isTouched($0) }
    )
    for organ in touched {
      table.rows.append([
        .init("\(organ.organ.title) (\(Figures.plain(organ.alphaBeta.gray)))"), .init(organ.metric),
        .init(SBRTFigures.band(organ.earlier, digits: 1)), .init(SBRTFigures.band(organ.added, digits: 1)),
        .init(SBRTFigures.band(organ.sum, digits: 1)),
        .init(organ.overlap.map { SBRTFigures.band($0, digits: 1) } ?? "nowhere"),
        .init(
          organ.room.map {
            SBRTFigures.band($0, digits: 1) + " Gy to \(organ.roomLimit?.set ?? "")"
              + (organ.roomGray.map { ", \(Figures.plain($0)) Gy in \(plan.fractions)" } ?? "")
          } ?? "no limit given"),
      ])
    }
    if !touched.isEmpty { lines.append(table.text(style)) }
    if !spared.isEmpty {
      lines.append(
        "  "
          + wrapped(
            "hardly touched before (EQD2): "
              + spared.map { "\($0.organ.title) \(SBRTFigures.band($0.earlier, digits: 1)) Gy" }.joined(
                separator: ", "),
            indent: "    "))
    }
    for organ in touched {
      if let worst = organ.worst {
        lines.append(
          "  "
            + wrapped(
              String(
                format:
                  "%@ with the earlier dose at its worst within the registration's ellipsoid: %.1f Gy, inside the organ %.1f Gy (as registered %@)",
                organ.organ.title, worst.anywhere, worst.inside, SBRTFigures.band(organ.sum, digits: 1)),
              indent: "    "))
      }
      for check in organ.checks where check.outcome != .kept || check.isWithinRange {
        lines.append("  " + wrapped("\(organ.organ.title) \(words(check))", indent: "    "))
      }
      for remark in organ.remarks {
        lines.append("  " + wrapped("· \(organ.organ.title): \(ReasonWords.text(remark))", indent: "    "))
      }
    }
    return lines.joined(separator: "\n")
  }

  private func isTouched(_ organ: CumulativeOrganDose) -> Bool {
    organ.overlap != nil || (organ.earlier.high ?? .infinity) >= touchedFrom
  }

  private func words(_ check: CumulativeCheck) -> String {
    let limit = check.limit
    let unit = limit.isPercent ? "%" : "Gy EQD2"
    let bounds =
      limit.bounds.map {
        $0.low == $0.high ? Figures.plain($0.high) : "\(Figures.plain($0.low))–\(Figures.plain($0.high))"
      } ?? ""
    var text =
      "cumulative \(limit.set) \(limit.endpoint?.name ?? "") < \(bounds) \(unit): \(SBRTFigures.band(check.value, digits: 1)), "
    switch check.outcome {
    case .kept: text += check.isWithinRange ? "within the range of its authors" : "kept"
    case .keptAsExpected: text += "kept as expected, flips in a poor plan"
    case .exceededAsExpected: text += "exceeded as expected, flips in a good plan"
    case .exceeded: text += "exceeded even in a good plan"
    case .unknown: text += "bounds only: it may be kept or not"
    }
    return text + (limit.isConsensus ? "" : " (no consensus)") + " [\(limit.sources.joined(separator: ", "))]"
  }
}
