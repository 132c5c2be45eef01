// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Evidence
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Vocabulary

/// Drawings of the SBRT of all lesions: curves with their band, limits, what each lesion adds to the lungs.
struct BoardDoseFigures {
  private let plan: SBRTPlan

  init(_ plan: SBRTPlan) { self.plan = plan }

  /// Curves of the organs of which volumes or means are asked, with the limits that a curve can show.
  var curves: ReportFigure {
    // As many as have a line of their own; those of the lungs, liver and kidneys come first.
    let all = plan.organs.filter { $0.curve != nil }
    let organs = Array(all.prefix(CurveDrawing.styles))
    let curves = organs.compactMap { organ in
      organ.curve.map {
        ReportFigure.CurveChart.Curve(
          title: organ.organ.title, gray: $0.gray, expected: $0.expected, low: $0.good, high: $0.poor)
      }
    }
    let marks = organs.enumerated().flatMap { place, organ in
      organ.checks.compactMap { check -> ReportFigure.CurveChart.Mark? in
        guard case .volumeAtDose(let gray) = check.limit.endpoint, check.limit.unit == .percent else {
          return nil
        }
        return .init(
          title:
            "\(DoseWords.endpoint(check)) < \(DoseWords.bound(check)) (\(check.limit.set), \(organ.organ.title))",
          gray: gray, percent: check.bound,
          curve: place)
      }
    }
    return ReportFigure(
      "Dose–volume curves, all lesions irradiated (estimated)", .curves(.init(curves: curves, marks: marks)),
      table: ReportTable(
        [.init("organ", width: 24), .init("figures", width: 50), .init("limits of volume", width: 40)],
        organs.enumerated().map { place, organ in
          [
            ReportTable.Cell(organ.organ.title, .strong),
            ReportTable.Cell(organ.metrics.map(DoseWords.metric).joined(separator: "\n")),
            ReportTable.Cell(marks.filter { $0.curve == place }.map(\.title).joined(separator: "\n")),
          ]
        }),
      note: [
        "Lines as expected, bands from the lower to the upper end of the plan-quality band; marks are limits of volume. No dosimetry.",
        all.count > organs.count ? "\(all.count - organs.count) more curves are in the plan's file." : "",
      ].filter { !$0.isEmpty }.joined(separator: " "))
  }

  /// Every organ with the limit that decides, the nearest to its limit first.
  var limits: ReportFigure {
    let bars =
      plan.organs.enumerated().compactMap {
        place, organ -> (share: Double, bar: ReportFigure.LimitBar)? in
        guard let check = SBRTPage.decisive(organ, in: plan),
          let number = organ.checks.firstIndex(where: { $0.limit == check.limit }), let value = check.value
        else { return nil }
        let at = "sbrt#/burden/organs/\(place)/limits/\(number)/value/expected"
        return (
          check.share ?? 0,
          ReportFigure.LimitBar(
            title: "\(organ.organ.title) \(check.limit.endpoint.name)",
            value: PlanFigure(
              value.expected, value.expected.map { Figures.number($0, digits: 1) } ?? "?", at: at),
            low: value.low, high: value.high, limit: check.bound, unit: DoseWords.unit(check),
            tone: DoseWords.tone(check.outcome),
            standing: "\(DoseWords.standing(check.outcome)), \(check.limit.set) \(check.limit.level.rawValue)"
          )
        )
      }.sorted { $0.share > $1.share }.map(\.bar) + unanswered
    return ReportFigure(
      "Limits, all lesions irradiated (estimated)", .limits(bars), table: Self.table(bars),
      note:
        "Each bar is the value as expected, the whisker the plan-quality band, the line the limit; drawn as shares of the limit, an arrow beyond twice the limit."
    )
  }

  /// Organs of which limits are asked and none is answered.
  private var unanswered: [ReportFigure.LimitBar] {
    plan.organs.compactMap { organ in
      guard SBRTPage.decisive(organ, in: plan) == nil, let check = organ.checks.first
      else {
        return nil
      }
      let why = check.why.map(LimitWords.text) ?? "no limit that binds"
      return ReportFigure.LimitBar(
        title: "\(organ.organ.title) \(check.limit.endpoint.name)", value: PlanFigure(nil, "unknown"),
        low: nil,
        high: nil, limit: nil, unit: "", tone: .question, standing: why)
    }
  }

  /// What each lesion adds to the lungs' mean dose.
  var lungDose: ReportFigure {
    let bars = plan.lungCosts.enumerated().map { place, cost in
      ReportFigure.LimitBar(
        title: cost.lesions.joined(separator: ", "),
        value: PlanFigure(
          cost.mean.expected, cost.mean.expected.map { Figures.number($0, digits: 2) } ?? "?",
          at: "sbrt#/burden/lungCosts/\(place)/meanGy/expected"),
        low: cost.mean.low, high: cost.mean.high, limit: nil, unit: "Gy", tone: .plain, standing: "")
    }
    return ReportFigure(
      "Mean lung dose by lesion (estimated)", .ranges(bars), table: Self.table(bars),
      note: "What each target alone gives both lungs; whiskers are the plan-quality band.")
  }

  static func table(_ bars: [ReportFigure.LimitBar]) -> ReportTable {
    let hasLimit = bars.contains { $0.limit != nil }
    return ReportTable(
      [.init("what", width: 30), .init("expected", width: 10), .init("band", width: 16)]
        + (hasLimit ? [.init("limit", width: 10), .init("standing", width: 34)] : []),
      bars.map { bar in
        let band = bar.low.map { "\(Figures.plain($0))–\(bar.high.map(Figures.plain) ?? "?")" } ?? ""
        let value = PlanFigure(bar.value.value, "\(bar.value.text) \(bar.unit)", at: bar.value.place)
        return [
          ReportTable.Cell(bar.title, .strong), ReportTable.Cell(value, bar.tone), ReportTable.Cell(band),
        ]
          + (hasLimit
            ? [
              ReportTable.Cell(bar.limit.map { "\(Figures.plain($0)) \(bar.unit)" } ?? ""),
              ReportTable.Cell(bar.standing, bar.tone),
            ] : [])
      })
  }
}
