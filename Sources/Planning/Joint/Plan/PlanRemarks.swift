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

  init(_ pool: TherapyPool, _ patient: PatientJudgement, _ plan: PlanVariant) {
    self.pool = pool
    self.patient = patient
    self.plan = plan
  }

  var all: [Reason] { [advice] + left + waiting + known + warnings }

  private var isTreated: Bool { plan.assignments.contains { $0.choice.modality != nil } }

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
