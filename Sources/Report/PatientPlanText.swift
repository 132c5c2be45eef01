internal import Cases
internal import Eligibility
public import Planning
internal import Radiotherapy
internal import Vocabulary

/// `plan` for people: the patient as a whole, the alternatives, and what would change the plan.
public struct PatientPlanText {
  private let dossier: Dossier
  private let plan: PatientPlan
  private let style: TextStyle
  private let notice: String

  /// The text of a planned dossier; `nil` when it holds no plan of the patient.
  public init?(_ dossier: Dossier, notice: String, style: TextStyle = .plain) {
    guard let plan = dossier.patientPlan else { return nil }
    self.dossier = dossier
    self.plan = plan
    self.style = style
    self.notice = notice
  }

  /// The whole text, ending in a line break.
  public var text: String {
    let parts = [head, table(plan.recommended), reasons, sessions, limits, alternatives, effort, notice]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    let title = style.paint(
      "Plan for patient \(dossier.patientCase.patientID ?? "(no ID)"): \(plan.patient.advice.title)", .bold)
    let remarks = plan.remarks.map { "  " + wrapped("· " + $0, indent: "    ") }
    return ([title] + remarks).joined(separator: "\n")
  }

  private func table(_ variant: PlanVariant) -> String {
    var table = TextTable(["lesion", "where", "what", "verdict", "no meaningful difference"])
    for assignment in variant.assignments {
      let place = [assignment.site?.title ?? "site unknown", assignment.side?.rawValue].compactMap(\.self)
      let scheme = assignment.scheme.map { " " + $0.words } ?? ""
      table.rows.append([
        .init(assignment.lesion), .init(place.joined(separator: " ")),
        .init(assignment.choice.title + scheme),
        .init(
          assignment.judgement.map { "\($0.verdict.word) \($0.roundedScore)" } ?? "–",
          assignment.judgement?.verdict.colour),
        .init(assignment.alike.map(\.title).joined(separator: ", ")),
      ])
    }
    return table.text(style) + "\n" + summary(variant)
  }

  private func summary(_ variant: PlanVariant) -> String {
    let (standing, burden) = (variant.standing, variant.burden)
    return
      "\(standing.withoutAcceptable) without acceptable treatment, \(standing.conditions) open conditions, \(standing.cautions) cautions; \(burden.visits) visits, mean lung dose \(burden.lungDoseGray) Gy, \(burden.segments) segments, \(burden.anaesthetics) anaesthetics; \(variant.proof)"
      + (burden.unknown.isEmpty ? "" : "\nnot known: " + burden.unknown.joined(separator: "; "))
  }

  private var reasons: String {
    plan.recommended.assignments.filter { !$0.why.isEmpty }.map {
      "\($0.lesion): " + wrapped($0.why.joined(separator: "; "), indent: "    ")
    }.joined(separator: "\n")
  }

  private var sessions: String {
    plan.recommended.sessions.enumerated().map { number, session in
      "\(number + 1). \(session.modality.title) \(session.side?.rawValue ?? ""): \(session.lesions.joined(separator: ", ")) \(session.visits.map { "\($0) visits" } ?? "") \(session.before.joined(separator: "; "))"
    }.joined(separator: "\n")
  }

  private var limits: String {
    plan.recommended.limits.map { limit in
      "\(limit.name): \(limit.value.map { "\($0.expected ?? $0.low)" } ?? "unknown") \(limit.unit) \(limit.bound.map { "of \($0)" } ?? ""): \(limit.standing)"
    }.joined(separator: "\n")
  }

  private var alternatives: String {
    plan.alternatives.map { variant in
      style.paint(variant.title, .bold) + (variant.isOnFront ? " (front)" : "") + "\n" + table(variant) + "\nwon: "
        + variant.won.joined(separator: ", ") + "; lost: " + variant.lost.joined(separator: ", ")
    }.joined(separator: "\n\n") + "\n"
      + plan.impossible.map { "all \($0.family.title) cannot be had: " + $0.reasons.joined(separator: "\n   ") }.joined(separator: "\n")
  }

  private var effort: String {
    "\(plan.effort.programmes) programmes, \(plan.effort.evaluations) evaluations, solver \(plan.effort.solverSeconds) s of \(plan.effort.seconds) s"
  }
}
