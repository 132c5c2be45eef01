// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Dosimetry
internal import Facts
internal import Radiotherapy
internal import Reasons
public import Vocabulary

/// Plans one course of SBRT for all lesions.
public struct SBRTTherapy: TherapyPlanner {
  /// A planner.
  public init() {}

  /// The therapies it plans.
  public var modalities: [Modality] { [.sbrt] }

  /// The plan of a case.
  ///
  /// - Throws: `PlanObstacle` for options that name nothing there is, and for a protocol without a part on this therapy;
  ///   errors of geometry.
  public func plan(_ context: PlanningContext) throws -> TherapyPlan {
    let parameters = try context.part(context.careProtocol.radiotherapy, "radiotherapy")
    let plan = try SBRTPlanner(parameters, options: context.options.sbrt).plan(
      context.patientCase, settings: context.lesionContexts, patient: context.facts.patient)
    let unplanned = Dictionary(
      plan.unplanned.map { ($0.lesion, $0.why) }, uniquingKeysWith: { first, _ in first })
    let planned = Set(plan.proposals.map(\.lesion))
    return TherapyPlan(
      modalities: modalities, content: .irradiation(plan),
      proposals: context.patientCase.lesions.compactMap { lesion in
        planned.contains(lesion.id) || unplanned[lesion.id] != nil
          ? TherapyProposal(lesion: lesion.id, modality: .sbrt, why: unplanned[lesion.id]) : nil
      },
      facts: PlannedFactTables(plan), reasons: plan.remarks,
      citations: Self.cited(plan).union(parameters.fallOffSources))
  }

  private static func cited(_ plan: SBRTPlan) -> Set<String> {
    var cited: Set<String> = []
    for proposal in plan.proposals {
      cited.formUnion(proposal.scheme.sources + proposal.target.sources)
      cited.formUnion(proposal.choice.candidates.flatMap(\.sources))
      cited.formUnion(proposal.neighbours.flatMap { $0.checks.flatMap(\.limit.sources) })
    }
    for lesion in plan.unplanned {
      cited.formUnion(
        lesion.choice.map { ($0.scheme?.sources ?? []) + $0.candidates.flatMap(\.sources) } ?? [])
    }
    for organ in plan.organs { cited.formUnion(organ.checks.flatMap(\.limit.sources)) }
    for organ in plan.cumulative {
      cited.formUnion(organ.checks.flatMap(\.limit.sources) + organ.words.flatMap(\.sources))
    }
    cited.formUnion(plan.pneumonitis?.thresholds.flatMap(\.threshold.sources) ?? [])
    cited.formUnion(plan.pneumonitis?.readings.flatMap(\.curve.sources) ?? [])
    return cited
  }
}
