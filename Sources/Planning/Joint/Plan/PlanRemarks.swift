// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// What holds for a plan as a whole: whether treating comes first, what is left, and what the plan rests on.
struct PlanRemarks {
  private let pool: TherapyPool
  private let patient: PatientJudgement
  private let plan: PlanVariant

  private let robustness: PlanRobustness?

  init(
    _ pool: TherapyPool, _ patient: PatientJudgement, _ plan: PlanVariant, _ robustness: PlanRobustness?
  ) {
    self.pool = pool
    self.patient = patient
    self.plan = plan
    self.robustness = robustness
  }

  var all: [Reason] { [advice] + board + sureness + plan.remarks + left + waiting + known + warnings }

  /// What the board has to lift before the plan stands.
  private var board: [Reason] {
    guard plan.standing.board > 0 else { return [] }
    let questions = plan.assignments.flatMap { $0.judgement?.findings ?? [] }.filter(\.isForBoard)
    return [Reason(.plan(.ifBoardLifts), because: questions.map(\.reason).uniqued)]
  }

  /// Whether the plan stands within measurement error, and what it hangs on where it does not.
  private var sureness: [Reason] {
    guard let robustness, isTreated else { return [] }
    let figures = [
      Reason.Figure(100 * robustness.asGoodProbability, unit: FactUnit.percent.rawValue),
      Reason.Figure(Double(robustness.samples), unit: FactUnit.count.rawValue),
    ]
    let hangs = robustness.flips.filter { !$0.decisions.isEmpty && $0.deviations != nil }.prefix(2).map {
      flip in
      Reason(
        .plan(.hangsOn), of: flip.lesion.map { .lesion($0) }, facts: [flip.fact],
        figures: [flip.value, flip.edge].map { .init($0, unit: flip.fact.definition.unit) })
    }
    let regret = robustness.regretPointsAsMeasured.map { measured in
      Reason(
        .plan(.leastRegret),
        figures: [robustness.regretPoints, measured].map { .init($0, unit: "points") })
    }
    return [
      robustness.isRobust
        ? Reason(.plan(.robust), figures: figures)
        : Reason(.plan(.fragile), figures: figures, because: Array(hangs))
    ] + [robustness.isRobust ? nil : settling(robustness), regret].compactMap(\.self)
      + (robustness.isCutShort ? [Reason(.plan(.samplesCutShort))] : [])
  }

  private var isTreated: Bool { plan.assignments.contains { $0.choice.modality != nil } }

  /// What single thing, known better, would settle which plan to choose, or tells most of it.
  private func settling(_ robustness: PlanRobustness) -> Reason? {
    robustness.settling.map { found in
      let subject = found.lesion.map(Reason.Subject.lesion)
      let what =
        switch found.what {
        case .fact(let fact): Reason(.plan(.knownFact), of: subject, facts: [fact])
        case .placement: Reason(.plan(.knownPlacement), of: subject)
        case .dose: Reason(.plan(.knownDose))
        }
      let isEnough = found.asGoodProbability >= pool.parameters.recommendation.robustShare
      // What hardly tells more than is known already is not worth naming.
      let isTelling = isEnough || found.asGoodProbability >= robustness.asGoodProbability + Self.telling
      return Reason(
        .plan(isEnough ? .settledBy : .notSettled),
        figures: [.init(100 * found.asGoodProbability, unit: FactUnit.percent.rawValue)],
        because: isTelling ? [what] : [])
    }
  }

  /// How much surer a choice must get for what is known to be named, as a share of draws (heuristic: what is printed, no
  /// plan hangs on it).
  private static let telling = 0.1

  private var advice: Reason {
    let kind: PlanReason =
      switch patient.advice {
      case .treat: isTreated ? .treat : .treatNone
      case .boardOnly: .boardOnly
      case .observe: .observe
      case .systemicFirst: .systemicFirst
      case .stageFirst: .stageFirst
      case .palliative: .palliative
      }
    return Reason(.plan(kind))
  }

  /// What becomes of complete local therapy.
  private var left: [Reason] {
    let untreated = plan.assignments.filter { $0.choice == .untreated }.map(\.lesion)
    let treated = plan.assignments.filter { $0.choice.modality != nil }.map(\.lesion)
    guard !untreated.isEmpty else { return [] }
    guard !treated.isEmpty else { return [Reason(.plan(.noneTreated))] }
    return [
      Reason(.plan(.partlyTreated), names: untreated, because: [Reason(.plan(.treated), names: treated)])
    ]
  }

  /// Lesions about which nothing can be judged before something is reported.
  private var waiting: [Reason] {
    let siteless = plan.assignments.filter { $0.site == nil }.map(\.lesion)
    let sideless = plan.assignments.filter { $0.site == .lung && $0.side == nil }.map(\.lesion)
    return [(PlanReason.sitesUnknown, siteless), (.sidesUnknown, sideless)]
      .filter { !$0.1.isEmpty }.map { Reason(.plan($0.0), names: $0.1) }
  }

  private var known: [Reason] {
    [Reason(.plan(.estimates))]
      + (pool.patientCase.structures.isEmpty ? [Reason(.plan(.noOrganContoured))] : [])
  }

  /// Where what was reported fits neither what was measured nor what is planned.
  private var warnings: [Reason] {
    var warnings = pool.warnings
    for lesion in pool.lesions {
      guard let planned = plan.facts.lesions[lesion.id] else { continue }
      _ = Assessment.lay(planned, beside: pool.facts.facts(of: lesion), of: lesion.id, &warnings)
    }
    return warnings.map { Reason(.plan(.warning), quote: $0) }
  }
}
