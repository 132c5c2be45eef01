// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Planning
internal import Reasons
internal import Vocabulary

/// What a board reads first of a plan for the whole patient: five answers, the lesions, and the cost beside alternatives.
struct PatientPlanPage {
  private let dossier: Dossier
  private let plan: PatientPlan

  init(_ dossier: Dossier, _ plan: PatientPlan) {
    self.dossier = dossier
    self.plan = plan
  }

  private var best: PlanVariant { plan.recommended }

  /// The answers and the lesions.
  var sections: [ReportSection] {
    [
      ReportSection("", .page, [.answers(answers)]),
      ReportSection("", .page, [.table(table)]),
    ]
  }

  // MARK: Five answers

  private var answers: [(label: String, lines: [ReportLine])] {
    [
      ("Ablation", ablation), ("SBRT", irradiation), ("Surgery", surgery), ("Embolization", embolization),
      ("Not treated", untreated), ("Obtain first", wanted),
    ]
  }

  private func sessions(_ family: Modality.Family) -> [PlanSession] {
    best.sessions.filter { $0.modality.family == family }
  }

  private var ablation: [ReportLine] {
    let own = sessions(.ablation)
    guard !own.isEmpty else { return [] }
    let words = own.map { session in
      let side = session.side.map { " (\($0.rawValue))" } ?? ""
      let punctures = session.punctures.map { ", \($0) puncture\($0 == 1 ? "" : "s")" } ?? ""
      return "\(session.modality.title) of \(TherapyGroups.names(session.lesions))\(side)\(punctures)"
    }
    return [ReportLine(words.joined(separator: "; ") + ": \(own.count) session\(own.count == 1 ? "" : "s")")]
  }

  /// Prescriptions and fractions, then the lungs' dose, then the limit that decides; empty without SBRT.
  var irradiation: [ReportLine] {
    let own = best.assignments.filter { $0.choice.modality == .sbrt }
    guard !own.isEmpty else { return [] }
    let visits = sessions(.radiotherapy).map(\.visits)
    let count =
      visits.contains(nil) || visits.isEmpty
      ? "visits unknown" : "\(visits.compactMap(\.self).reduce(0, +)) fractions"
    let schemes = Dictionary(grouping: own, by: PatientPlanReport.what).map {
      "\($0) of \(TherapyGroups.names($1.map(\.lesion)))"
    }.sorted()
    var lines = [ReportLine(schemes.joined(separator: "; ") + ": \(count)")]
    let dose = best.limits.filter { $0.bound != nil && $0.value != nil }
    if let v20 = dose.first(where: { $0.dose?.organ == .lungs && $0.unit == FactUnit.percent.rawValue }) {
      lines.append(ReportLine(Self.words(v20)))
    }
    if let decides = Self.deciding(best), decides.unit != FactUnit.percent.rawValue || dose.count == 1 {
      lines.append(ReportLine("deciding limit: " + Self.words(decides), decides.isOpen ? .caution : .plain))
    }
    return lines
  }

  /// The limit of dose that decides: the one whose expected value comes nearest to it; `nil` where none is asked.
  static func deciding(_ variant: PlanVariant) -> PlanLimit? {
    variant.limits.filter { $0.bound != nil && $0.value != nil }.max { share($0) < share($1) }
  }

  private static func share(_ limit: PlanLimit) -> Double {
    guard let bound = limit.bound, bound > 0, let value = limit.value else { return 0 }
    return (value.expected ?? value.low) / bound
  }

  static func words(_ limit: PlanLimit) -> String {
    guard let value = limit.value else { return "\(limit.name): unknown" }
    let band = "(\(Figures.plain(value.low))–\(value.high.map(Figures.plain) ?? "?"))"
    let bound = limit.bound.map { ", limit \(Figures.plain($0))" } ?? ""
    return "\(limit.name) \(value.expected.map(Figures.plain) ?? "?") \(limit.unit) \(band)\(bound)"
  }

  /// Operations by side, then what they leave; empty without any.
  var surgery: [ReportLine] {
    let own = sessions(.surgery)
    guard !own.isEmpty else { return [] }
    let words = own.map { session in
      let side = session.side.map { ", \($0.rawValue) lung" } ?? ""
      return "\(session.modality.title)\(side): \(TherapyGroups.names(session.lesions))"
    }
    // What operations leave has no bound but a guideline's class.
    let left = best.limits.filter { $0.bound == nil && $0.unit == "% of predicted FEV1" }.map {
      ReportLine(Self.words($0), $0.isOpen ? .caution : .plain)
    }
    return [ReportLine(words.joined(separator: "; "))] + left
  }

  private var embolization: [ReportLine] {
    sessions(.embolization).map { ReportLine("\($0.modality.title): \(TherapyGroups.names($0.lesions))") }
  }

  /// Lesions that the plan does nothing about, with why.
  var untreated: [ReportLine] {
    best.assignments.filter { $0.choice.modality == nil }.map { assignment in
      let why = assignment.reasons.map { ReasonWords.text($0.reason) }
      return ReportLine(
        "\(assignment.lesion): \(assignment.choice.title)"
          + (why.isEmpty ? "" : " (\(why.prefix(2).joined(separator: "; ")))"), .bad)
    }
  }

  /// What is worth obtaining for this plan.
  var wanted: [ReportLine] {
    let wishes = (plan.robustness?.wishes ?? []).filter { !$0.fact.definition.isPlanned }
    guard !wishes.isEmpty else { return [] }
    let words = wishes.prefix(6).map { wish in
      let whom = wish.lesions.isEmpty ? "" : " of \(TherapyGroups.names(wish.lesions))"
      return wish.fact.title + whom + (wish.changesPlan == true ? " (may change the plan)" : "")
    }
    return [ReportLine(words.joined(separator: "; "), .question)]
  }

  // MARK: Lesions

  private var table: ReportTable {
    let rows = best.assignments.map { assignment -> [ReportTable.Cell] in
      let judgement = assignment.judgement
      let alike = assignment.alike.map(\.title).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }
      return [
        ReportTable.Cell(assignment.lesion, .strong), ReportTable.Cell(place(assignment)),
        ReportTable.Cell(PatientPlanReport.what(assignment)),
        ReportTable.Cell(
          judgement.map { "\($0.verdict.word) \($0.roundedScore)\(marks(assignment))" } ?? "–",
          judgement.map { [.good, .caution, .question, .bad][$0.verdict.rawValue] } ?? .plain),
        ReportTable.Cell(judgement.map(LeadingWords.text) ?? ""),
        ReportTable.Cell(alike.joined(separator: ", ")),
      ]
    }
    return ReportTable(
      [
        .init("lesion", width: 10), .init("where", width: 10), .init("what", width: 18),
        .init("verdict", width: 17), .init("hangs on", width: 16),
        .init("no meaningful difference", width: 19),
      ], rows,
      legend: "* something is taken for granted, ? a decisive fact is unknown, or nothing could be planned")
  }

  private func marks(_ assignment: PlanAssignment) -> String {
    guard let judgement = assignment.judgement else { return "" }
    let isPlanned =
      [.chemoembolization, .radioembolization, .hepaticResection].contains(assignment.choice.modality)
      || !assignment.proposal.isEmpty
    let isOpen = !isPlanned || judgement.missing.contains { $0.need == .decisive }
    let isProvided = !judgement.providedThat.isEmpty || !assignment.provisos.isEmpty
    return (isProvided ? " *" : "") + (isOpen ? " ?" : "")
  }

  private func place(_ assignment: PlanAssignment) -> String {
    let lesion = dossier.patientCase.lesions.first { $0.id == assignment.lesion }
    return lesion.map {
      LesionWords.place($0, dossier.measurements[lesion: assignment.lesion], site: assignment.site)
    } ?? "site unknown"
  }

  // MARK: Alternatives

  /// What a plan is called, the recommended one with the kinds that it is itself.
  static func title(_ variant: PlanVariant, _ plan: PatientPlan) -> String {
    variant.title == plan.recommended.title
      ? ([variant.title] + plan.alsoCalled).joined(separator: ", ") : variant.title
  }

  /// The plan's cost beside that of others that differ in kind.
  var alternatives: ReportSection {
    guard !plan.alternatives.isEmpty else { return ReportSection("", .page, []) }
    func least(_ burden: PlanBurden, _ measure: PlanMeasure, _ text: String) -> ReportTable.Cell {
      ReportTable.Cell((burden.isWhole(measure) ? "" : "≥ ") + text)
    }
    let rows = ([best] + plan.alternatives).map { variant -> [ReportTable.Cell] in
      let burden = variant.burden
      return [
        ReportTable.Cell((variant.isOnFront ? "♦ " : "") + Self.title(variant, plan)),
        ReportTable.Cell(String(variant.standing.withoutAcceptable)),
        ReportTable.Cell(String(variant.standing.board)),
        ReportTable.Cell(String(variant.standing.conditions)),
        least(burden, .anaesthetics, String(burden.anaesthetics)),
        ReportTable.Cell(String(burden.hospitalDays)),
        least(burden, .visits, String(burden.visits)),
        least(burden, .punctures, String(burden.punctures)),
        least(burden, .lungDose, Figures.plain(burden.lungDoseGray)),
        least(burden, .segments, Figures.plain(burden.segments)),
        ReportTable.Cell(String(burden.weeks)),
      ]
    }
    return ReportSection(
      "Beside it", .page,
      [
        .table(
          ReportTable(
            [
              .init("plan", width: 20), .init("left", width: 4), .init("board", width: 5),
              .init("open", width: 4), .init("anaesth.", width: 8), .init("days", width: 4),
              .init("visits", width: 6), .init("needles", width: 7), .init("lung Gy", width: 7),
              .init("segments", width: 8), .init("weeks", width: 5),
            ], rows,
            legend:
              "left: lesions without acceptable treatment; board: questions that only it can settle; open: other open conditions; days: in hospital, for planning ahead; needles: punctures; lung Gy: mean lung dose, estimated; weeks: until all is done and recovered from; ≥ something of it is not known; ♦ nothing found leaves as few lesions and is lighter in every measure"
          ))
      ])
  }

  /// Why there is no plan of one kind alone: the first limit that stands against it.
  var whyNot: ReportSection {
    ReportSection(
      "Why not", .page,
      [
        .list(
          plan.impossible.compactMap { kind in
            kind.reasons.first.map { reason in
              let more = kind.reasons.count - 1
              let rest = more > 0 ? " (and \(more) more: --detail)" : ""
              return ReportLine("all \(kind.family.title): \(ReasonWords.text(reason))\(rest)", sign: .remark)
            }
          })
      ])
  }
}
