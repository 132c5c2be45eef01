internal import Cases
internal import Eligibility
internal import Facts
internal import Vocabulary

/// What holds for a plan as a whole: whether treating comes first, what is left, and what the plan rests on.
struct PlanRemarks {
  private let pool: TherapyPool
  private let patient: PatientJudgement
  private let plan: PlanVariant

  init(_ pool: TherapyPool, _ patient: PatientJudgement, _ plan: PlanVariant) {
    self.pool = pool
    self.patient = patient
    self.plan = plan
  }

  var all: [String] { [advice] + left + waiting + known + warnings }

  private var advice: String {
    switch patient.advice {
    case .treat:
      plan.assignments.contains { $0.choice.modality != nil }
        ? "nothing told speaks against local therapy as such; whether it is right for this patient the board decides"
        : "nothing told speaks against local therapy as such, but no lesion can be treated"
    case .boardOnly: "whether to treat at all is the board's question; this is what could be done"
    case .observe:
      "observe and restage before anything is treated; the alternative without waiting tells what could be done then"
    case .systemicFirst:
      "systemic treatment comes first, and every lesion waits for it; the alternative without waiting tells what local therapy could be after it"
    case .stageFirst: "staging comes first; this is what local therapy could be after it"
    }
  }

  /// What becomes of complete local therapy.
  private var left: [String] {
    let untreated = plan.assignments.filter { $0.choice == .untreated }.map(\.lesion)
    let treated = plan.assignments.filter { $0.choice.modality != nil }.map(\.lesion)
    guard !untreated.isEmpty else { return [] }
    guard !treated.isEmpty else {
      return ["no lesion can be treated locally by these rules and decisions; the reasons stand with each"]
    }
    return [
      "complete local therapy is not possible: \(untreated.joined(separator: ", ")) stay untreated, for the reasons told with them; what partial treatment could be discussed is that of \(treated.joined(separator: ", ")) as planned here, for symptoms, for what threatens, or after systemic treatment has shown what grows"
    ]
  }

  /// Lesions about which nothing can be judged before something is told.
  private var waiting: [String] {
    let siteless = plan.assignments.filter { $0.site == nil }.map(\.lesion)
    let sideless = plan.assignments.filter { $0.site == .lung && $0.side == nil }.map(\.lesion)
    return
      (siteless.isEmpty
      ? []
      : ["\(siteless.joined(separator: ", ")): the site is unknown, so nothing is judged; tell it first"])
      + (sideless.isEmpty
        ? []
        : [
          "\(sideless.joined(separator: ", ")): the side is unknown, so each is a session of its own, and what operations leave of a lung is reckoned without it; tell the side"
        ])
  }

  private var known: [String] {
    var remarks = [
      "doses are estimates without dosimetry, zones are from charts, function is predicted: the plan is a proposal for the board"
    ]
    if pool.patientCase.structures.isEmpty {
      remarks.append(
        "no organ is contoured: verdicts rest on what was stated, and dose to organs, ways of needles and pieces of lung are unknown"
      )
    }
    return remarks
  }

  /// Where what was told fits neither what was measured nor what is planned.
  private var warnings: [String] {
    var warnings = pool.warnings
    for lesion in pool.lesions {
      guard let planned = plan.facts.lesions[lesion.id] else { continue }
      _ = Assessment.lay(planned, beside: pool.facts.facts(of: lesion), of: lesion.id, &warnings)
    }
    return warnings.map { "warning: \($0)" }
  }
}
