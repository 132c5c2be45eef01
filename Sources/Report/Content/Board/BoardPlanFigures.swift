// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Planning
internal import Reasons
internal import Vocabulary

/// Drawings of the plan of the patient: its sittings in weeks, its cost beside the alternatives, what would change it.
struct BoardPlanFigures {
  private let plan: PatientPlan

  init(_ plan: PatientPlan) { self.plan = plan }

  private var variants: [(variant: PlanVariant, place: String)] {
    [(plan.recommended, "patient#")]
      + plan.alternatives.enumerated().map { ($0.element, "patient#/alternatives/\($0.offset)") }
  }

  // MARK: Timeline

  /// The sittings of the recommended plan; without rows where nothing is done.
  var timeline: ReportFigure {
    let best = plan.recommended
    let sittings = best.sessions.enumerated().map { number, session in
      ReportFigure.Timeline.Sitting(
        title: Self.title(session), kind: session.modality.family.kind,
        week: PlanFigure(
          Double(session.startWeek), "week \(session.startWeek)",
          at: "patient#/sessions/\(number)/startWeek"),
        visits: session.visits.map {
          PlanFigure(
            Double($0), Self.visits($0, session.modality), at: "patient#/sessions/\(number)/visits")
        } ?? PlanFigure(nil, "visits unknown"), pause: session.weeksAfter,
        before: session.before.isEmpty ? "" : ReasonWords.text(session.before))
    }
    let weeks = PlanFigure(
      Double(best.burden.weeks), "\(best.burden.weeks)", at: "patient#/burden/weeks",
      isLeast: !best.burden.isWhole(.weeks))
    let rows = sittings.enumerated().map { number, sitting in
      [
        ReportTable.Cell("\(number + 1)", .strong), ReportTable.Cell(sitting.title),
        ReportTable.Cell(sitting.week), ReportTable.Cell(sitting.visits),
        ReportTable.Cell(sitting.pause.map { "\($0) weeks after the one before" } ?? ""),
        ReportTable.Cell(sitting.before),
      ]
    }
    return ReportFigure(
      "In this order, in weeks", .timeline(.init(sittings: sittings, weeks: weeks)),
      table: ReportTable(
        [
          .init("no.", width: 4), .init("what", width: 40), .init("begins", width: 8),
          .init("visits", width: 12), .init("not before", width: 14), .init("first", width: 30),
        ], rows),
      note:
        "Operations first, of two lungs the one with the larger metastasis: a convention. All is done and recovered from after \(weeks.isLeast ? "at least " : "")\(weeks.text) weeks; weeks are for planning ahead."
    )
  }

  private static func title(_ session: PlanSession) -> String {
    let side = session.side.map { ", \($0.rawValue)" } ?? ""
    return "\(session.modality.title)\(side): \(TherapyGroups.names(session.lesions))"
  }

  private static func visits(_ count: Int, _ modality: Modality) -> String {
    modality.family == .radiotherapy
      ? "\(count) fraction\(count == 1 ? "" : "s")" : "\(count) visit\(count == 1 ? "" : "s")"
  }

  // MARK: Comparison

  /// What each plan costs, measure by measure.
  var comparison: ReportFigure {
    let all = variants.map { figures($0.variant, $0.place) }
    // A measure that no plan has takes room and says nothing.
    let kept = Self.measures.indices.filter { column in all.contains { !$0[column].isAbsent } }
    let measures = kept.map { Self.measures[$0] }
    let plans = zip(variants, all).map { entry, figures in
      (
        title: PatientPlanPage.title(entry.variant, plan), isRecommended: entry.place == "patient#",
        isOnFront: entry.variant.isOnFront, figures: kept.map { figures[$0] }
      )
    }
    return ReportFigure(
      "What it costs, beside the alternatives", .comparison(.init(measures: measures, plans: plans)),
      table: ReportTable(
        [.init("plan", width: 20)] + measures.map { .init($0, width: 9) },
        plans.map { plan in
          [ReportTable.Cell((plan.isOnFront ? "♦ " : "") + plan.title, .strong)]
            + plan.figures.map { ReportTable.Cell($0) }
        }),
      note:
        "lesions left: without acceptable treatment; ♦ nothing found leaves as few lesions and is lighter in every measure; ≥ something of it is not known; lung dose is estimated, function left is predicted."
    )
  }

  /// Of what a plan has not.
  private static let none: PlanFigure = {
    var figure = PlanFigure(nil, "–")
    figure.isAbsent = true
    return figure
  }()

  private static let measures = [
    "lesions left", "board questions", "open conditions", "anaesthetics", "visits",
    "hospital days", "punctures", "lung V20, %", "mean lung dose, Gy", "segments", "FEV1 left, %",
    "liver left, %", "weeks",
  ]

  private func figures(_ variant: PlanVariant, _ place: String) -> [PlanFigure] {
    let (burden, standing) = (variant.burden, variant.standing)
    func count(_ value: Int, _ key: String) -> PlanFigure {
      PlanFigure(Double(value), String(value), at: "\(place)/standing/\(key)")
    }
    func figure(_ value: Double, _ measure: PlanMeasure, _ key: String) -> PlanFigure {
      Self.figure(value, isWhole: burden.isWhole(measure), at: "\(place)/burden/\(key)")
    }
    return [
      count(standing.withoutAcceptable, "lesionsWithoutAcceptableTreatment"),
      count(standing.board, "boardQuestions"), count(standing.conditions, "openConditions"),
      figure(Double(burden.anaesthetics), .anaesthetics, "anaesthetics"),
      figure(Double(burden.visits), .visits, "visits"),
      figure(Double(burden.hospitalDays), .hospitalDays, "hospitalDays"),
      figure(Double(burden.punctures), .punctures, "punctures"),
      limit(variant, place, isLeast: false) { limit in
        limit.dose.map { $0.organ == .lungs && $0.metric == .volumeAtDose(20) } ?? false
      },
      figure(burden.lungDoseGray, .lungDose, "meanLungDoseGy"),
      figure(burden.segments, .segments, "segments"),
      limit(variant, place, isLeast: true) { $0.left == .lungFunction },
      limit(variant, place, isLeast: true) { $0.left == .liver },
      figure(Double(burden.weeks), .weeks, "weeks"),
    ]
  }

  /// A figure of burden; of one that is not wholly known the least it can be, and of one of which nothing is known that.
  private static func figure(_ value: Double, isWhole: Bool, at place: String) -> PlanFigure {
    guard value != 0 || isWhole else { return PlanFigure(nil, "?") }
    return PlanFigure(value, (isWhole ? "" : "≥ ") + Figures.plain(value), at: place, isLeast: !isWhole)
  }

  /// The worst of some limits' values; unknown as soon as one is, and a dash where the plan has none of them.
  ///
  /// - Parameter isLeast: whether the least is the worst, as of function that is left.
  private func limit(
    _ variant: PlanVariant, _ place: String, isLeast: Bool, _ isAsked: (PlanLimit) -> Bool
  ) -> PlanFigure {
    let asked = variant.limits.enumerated().filter { isAsked($0.element) }
    guard !asked.isEmpty else { return Self.none }
    let values = asked.compactMap { number, limit in limit.value?.expected.map { (number: number, value: $0) }
    }
    let worst = isLeast ? values.min { $0.value < $1.value } : values.max { $0.value < $1.value }
    guard let worst, values.count == asked.count else { return PlanFigure(nil, "?") }
    return PlanFigure(worst.value, Figures.plain(worst.value), at: "\(place)/limits/\(worst.number)/value")
  }

  /// What is not known of the recommended plan's burden, and so not in its figures.
  var unknown: [ReportLine] {
    plan.recommended.burden.unknown.map {
      ReportLine(
        "not known, and not in the figures: \(ReasonWords.text($0.reason))", .caution, sign: .conditions)
    }
  }

  /// Plans by two measures that a patient feels most.
  var front: ReportFigure {
    let points = variants.map { variant, place in
      let (burden, left) = (variant.burden, variant.standing.withoutAcceptable)
      return ReportFigure.Scatter.Point(
        title: PatientPlanPage.title(variant, plan)
          + (left > 0 ? " (\(left) left)" : ""),
        x: Self.figure(
          Double(burden.anaesthetics), isWhole: burden.isWhole(.anaesthetics),
          at: "\(place)/burden/anaesthetics"),
        y: Self.figure(Double(burden.visits), isWhole: burden.isWhole(.visits), at: "\(place)/burden/visits"),
        isRecommended: place == "patient#", isOnFront: variant.isOnFront)
    }
    return ReportFigure(
      "Plans by anaesthetics and visits", .scatter(.init(axes: ("anaesthetics", "visits"), points: points)),
      table: ReportTable(
        [
          .init("plan", width: 30), .init("anaesthetics", width: 12), .init("visits", width: 8),
          .init("front", width: 8),
        ],
        points.count < 2
          ? []
          : points.map {
            [
              ReportTable.Cell($0.title, .strong), ReportTable.Cell($0.x), ReportTable.Cell($0.y),
              ReportTable.Cell($0.isOnFront ? "♦" : ""),
            ]
          }),
      note:
        "♦ on the Pareto front of all measures of burden, of which two are drawn; a plan of which one of the two is not known is not drawn."
    )
  }

  // MARK: Thresholds

  /// How far decision thresholds lie from what is measured, the nearest first.
  var thresholds: ReportFigure {
    let flips = plan.robustness?.flips ?? []
    let known = flips.enumerated().filter { $0.element.deviations != nil }
    let bars = known.prefix(Self.mostThresholds).map { place, flip in
      let distance = flip.deviations ?? 0
      return ReportFigure.ThresholdBar(
        title: "\(flip.lesion.map { "\($0): " } ?? "")\(flip.fact.title)", value: flip.value,
        edge: flip.edge, unit: flip.fact.definition.unit,
        deviations: PlanFigure(
          distance, Figures.number(distance, digits: 1),
          at: "patient#/robustness/flips/\(place)/standardDeviations"),
        isRise: flip.isRise, effect: PatientPlanReport.effect(flip), changesPlan: !flip.decisions.isEmpty)
    }
    return ReportFigure(
      "Decision thresholds, the nearest first", .thresholds(Array(bars)),
      table: ReportTable(
        [
          .init("fact", width: 28), .init("now", width: 8), .init("would change at", width: 10),
          .init("standard deviations away", width: 10), .init("then", width: 40),
        ],
        bars.map { bar in
          let tail = bar.unit.isEmpty || bar.unit == FactUnit.count.rawValue ? "" : " \(bar.unit)"
          return [
            ReportTable.Cell(bar.title, .strong), ReportTable.Cell(Figures.plain(bar.value) + tail),
            ReportTable.Cell(Figures.plain(bar.edge) + tail), ReportTable.Cell(bar.deviations),
            ReportTable.Cell(bar.effect, bar.changesPlan ? .caution : .plain),
          ]
        }),
      note: [
        "A bar within one or two standard deviations of the measurement is a decision that a second reading may turn; filled bars change the plan, open ones a verdict.",
        known.count > bars.count ? "\(known.count - bars.count) farther ones are in the plan's file." : "",
        flips.count > known.count
          ? "\(flips.count - known.count) more have no known error of measurement: all reasons name the nearest."
          : "",
      ].filter { !$0.isEmpty }.joined(separator: " "))
  }

  private static let mostThresholds = 14
}

extension Modality.Family {
  /// How drawings tell it apart.
  var kind: ReportFigure.TherapyKind {
    switch self {
    case .surgery: .surgery
    case .radiotherapy: .radiotherapy
    case .ablation: .ablation
    case .embolization: .embolization
    }
  }
}
