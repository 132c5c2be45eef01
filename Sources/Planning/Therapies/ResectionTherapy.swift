// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Facts
internal import Reasons
internal import Resection
public import Vocabulary

/// Plans the resection of every lesion, of the lung, the liver, or both.
public struct ResectionTherapy: TherapyPlanner {
  /// The therapies it plans.
  public let modalities: [Modality]

  /// A planner of metastasectomy, hepatic resection, or both.
  public init(_ modalities: [Modality]) { self.modalities = modalities }

  /// The plan of a case.
  ///
  /// - Throws: `PlanObstacle` for options that name nothing there is, and for a protocol without a part on this therapy;
  ///   errors of geometry.
  public func plan(_ context: PlanningContext) throws -> TherapyPlan {
    let parameters = try context.part(context.careProtocol.resection, "resection")
    let plan = try ResectionPlanner(parameters, options: context.options.resection).plan(
      context.patientCase, context.measurements, by: modalities, settings: context.lesionContexts,
      patient: context.facts.patient)
    return TherapyPlan(
      modalities: modalities, content: .resection(plan),
      proposals: plan.lesions.map { entry in
        let modality: Modality = entry.site == .liver ? .hepaticResection : .metastasectomy
        return TherapyProposal(
          lesion: entry.lesion, modality: modalities.contains(modality) ? modality : nil, why: entry.why)
      },
      facts: PlannedFactTables(plan), reasons: plan.remarks,
      citations: Set(parameters.citations.map(\.key)))
  }
}
