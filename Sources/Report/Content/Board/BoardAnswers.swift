// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Planning
internal import Radiotherapy
internal import Reasons
internal import Resection
internal import Vocabulary

/// The ten questions that a board asks of a patient, each answered in a line or two.
///
/// Where there is a plan of the patient it answers; where there is none, the plans of single therapies and the assessment.
struct BoardAnswers {
  private let board: BoardDossier
  private let assessment: Assessment

  init(_ board: BoardDossier, _ assessment: Assessment) {
    self.board = board
    self.assessment = assessment
  }

  private var patientPage: PatientPlanPage? {
    guard let dossier = board[.patient], let plan = dossier.patientPlan else { return nil }
    return PatientPlanPage(dossier, plan)
  }

  private var plan: PatientPlan? { board[.patient]?.patientPlan }
  private var course: SBRTPlan? { board[.sbrt]?.sbrtPlan }
  private var resection: ResectionPlan? { board[.resection]?.resectionPlan }

  /// The questions in their order; those without an answer are left out by the block.
  var block: ReportBlock {
    .answers([
      ("Recommended", recommended),
      ("Ablation", TherapyGroups(assessment, .ablation).lines),
      ("SBRT", fractions), ("Lung dose", lungDose), ("Deciding limit", decidingLimit),
      ("Surgery takes", surgery), ("Function left", function),
      ("Embolization", TherapyGroups(assessment, .embolization).lines),
      ("Not treated", untreated),
      ("Obtain first", wanted),
      ("What else", others), ("How sure", sureness),
    ])
  }

  // MARK: The plan

  /// What was decided beforehand, what is done about which lesions, and what the board must lift.
  private var recommended: [ReportLine] {
    guard let plan else { return [] }
    let decided = plan.locks.map { lock in
      ReportLine(
        "decided beforehand: \(lock.lesion) \(lock.kind == .fix ? "" : "not ")\(lock.choices.joined(separator: " or ")), because: \(lock.reason)",
        .caution)
    }
    let groups = Self.grouped(plan.recommended).joined(separator: "; ")
    return said([.boardOnly, .observe, .systemicFirst, .stageFirst, .palliative, .noneTreated]) + decided
      + [ReportLine(groups, plan.status == .recommended ? .strong : .plain)] + said([.ifBoardLifts])
  }

  /// What the plan says as a whole, of some kinds.
  private func said(_ kinds: [PlanReason], _ tone: ReportLine.Tone = .caution) -> [ReportLine] {
    (plan?.remarks ?? []).filter { reason in kinds.contains { reason.kind == .plan($0) } }.map {
      ReportLine(ReasonWords.text($0), tone)
    }
  }

  /// "cryoablation L1, L2".
  static func grouped(_ variant: PlanVariant) -> [String] {
    var order: [String] = []
    var members: [String: [String]] = [:]
    for assignment in variant.assignments {
      let what = PatientPlanReport.what(assignment)
      if members[what] == nil { order.append(what) }
      members[what, default: []].append(assignment.lesion)
    }
    return order.map { "\($0) \(TherapyGroups.names(members[$0] ?? []))" }
  }

  private func limits(_ isAsked: (PlanLimit) -> Bool) -> [ReportLine] {
    (plan?.recommended.limits ?? []).filter(isAsked).map {
      ReportLine(
        PatientPlanPage.words($0) + ": " + ReasonWords.text($0.standing), $0.isOpen ? .caution : .plain)
    }
  }

  // MARK: SBRT

  private var fractions: [ReportLine] {
    var lines = TherapyGroups(assessment, .radiotherapy).lines
    if let own = patientPage?.irradiation.first {
      lines.append(ReportLine("in the plan: " + own.text, own.tone))
    }
    if let course, !course.proposals.isEmpty {
      let all = course.proposals.count
      lines.append(
        ReportLine(
          "all \(all) that can be irradiated: \(course.visits) fraction\(course.visits == 1 ? "" : "s")",
          .faint))
    }
    return lines
  }

  private var lungDose: [ReportLine] {
    let planned = limits { $0.dose?.organ == .lungs }
    var lines = planned.map { ReportLine("in the plan: " + $0.text, $0.tone) }
    let metrics = course?.lungs?.metrics ?? []
    let own = metrics.filter { $0.metric == .volumeAtDose(20) || $0.metric == .mean }
    if !own.isEmpty {
      lines.append(
        ReportLine("both lungs, all irradiated (estimated): " + DoseWords.metrics(own), .faint))
    }
    return lines
  }

  private var decidingLimit: [ReportLine] {
    if let plan, let decides = PatientPlanPage.deciding(plan.recommended) {
      return [
        ReportLine(
          PatientPlanPage.words(decides) + ": " + ReasonWords.text(decides.standing),
          decides.isOpen ? .caution : .plain)
      ]
    }
    guard let course else { return [] }
    let checks = course.organs.compactMap { organ in
      SBRTPage.decisive(organ, in: course).map { (organ.organ, $0) }
    }
    let worst = checks.max {
      ($0.1.outcome.rank, $0.1.share ?? 0) < ($1.1.outcome.rank, $1.1.share ?? 0)
    }
    return worst.map { organ, check in
      [
        ReportLine(
          "all irradiated: " + DoseWords.sentence(organ.title, check),
          check.outcome.rank > 0 ? .caution : .plain)
      ]
    } ?? []
  }

  // MARK: Surgery

  private var surgery: [ReportLine] {
    var lines = TherapyGroups(assessment, .surgery).lines
    if let own = patientPage?.surgery.first { lines.append(ReportLine("in the plan: " + own.text, own.tone)) }
    let stages = resection?.stages ?? []
    if !stages.isEmpty {
      let words = stages.filter { $0.sides.count == 1 }.map { stage in
        "\(ResectionStages.title(stage).lowercased()) \(ResectionWords.segments(stage.segments))"
      }
      lines.append(ReportLine("all that can be resected: " + words.joined(separator: "; "), .faint))
    }
    return lines
  }

  private var function: [ReportLine] {
    let planned = limits { $0.left != nil }
    if !planned.isEmpty { return planned.map { ReportLine("in the plan: " + $0.text, $0.tone) } }
    return (resection?.stages ?? []).map { stage in
      let left = ResectionWords.range(stage.fev1.expected, stage.fev1.worst, " % of predicted FEV1")
      return ReportLine("all resected, \(ResectionStages.title(stage).lowercased()): \(left)", .faint)
    }
  }

  // MARK: What is left

  /// What could change the plan or a verdict; that nothing is asked is an answer, too.
  private var wanted: [ReportLine] {
    let lines = (patientPage?.wanted ?? []) + MissingFacts(assessment).lines
    return lines.isEmpty
      ? [ReportLine("no fact that is missing could exclude a therapy or make it conditional", .faint)] : lines
  }

  private var untreated: [ReportLine] {
    let none = AssessmentPage(board.assessed, assessment).untreatable
    guard let plan else { return none }
    let left = patientPage?.untreated ?? []
    let words = left + said([.partlyTreated], .plain)
    return plan.recommended.assignments.contains { $0.choice.modality == nil }
      ? words : [ReportLine("every lesion is treated in the plan", .faint)]
  }

  private var others: [ReportLine] {
    guard let plan else { return [] }
    let titles = plan.alternatives.map { "\($0.isOnFront ? "♦ " : "")\($0.title)" }
    let beside =
      titles.isEmpty ? [] : [ReportLine(titles.joined(separator: "; ") + ": what they cost stands below")]
    return beside + whyNot
  }

  /// Which lesions stand against a plan of one kind alone; the reasons stand in the plan's own chapter.
  private var whyNot: [ReportLine] {
    let kinds = (plan?.impossible ?? []).map { kind in
      var lesions: [String] = []
      for reason in kind.reasons {
        if case .lesion(let id)? = reason.subject, !lesions.contains(id) { lesions.append(id) }
      }
      return kind.family.title + (lesions.isEmpty ? "" : " (\(TherapyGroups.names(lesions)))")
    }
    return kinds.isEmpty
      ? [] : [ReportLine("not all by " + kinds.joined(separator: ", ") + ": the plan says why", .faint)]
  }

  private var sureness: [ReportLine] {
    guard !board.plans.isEmpty else {
      return [
        ReportLine(
          "no plan was made: fractions, doses, needle paths, specimens and the function left are not known",
          .question)
      ]
    }
    return said([.robust], .good) + said([.fragile, .settledBy, .notSettled, .leastRegret, .samplesCutShort])
      + said([
        .sitesUnknown, .sidesUnknown, .noOrganContoured, .alternativesCutShort, .warning,
        .reserveOfLiverUnknown,
      ])
      + said([.severalEnergies], .plain)
  }
}
