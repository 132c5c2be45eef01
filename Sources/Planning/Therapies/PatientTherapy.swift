// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Reasons
public import Vocabulary

/// Plans the patient as a whole: one choice for each lesion, of all therapies the protocol speaks of.
public struct PatientTherapy: TherapyPlanner {
  /// A planner.
  public init() {}

  /// The therapies it may choose from.
  public var modalities: [Modality] { Modality.allCases }

  /// The plan of a case.
  ///
  /// - Throws: `PlanObstacle` for options that name nothing there is, and for a protocol without a part on this therapy;
  ///   errors of geometry.
  public func plan(_ context: PlanningContext) throws -> TherapyPlan {
    var options = context.options.joint
    options.sbrt = context.options.sbrt
    options.ablation = context.options.ablation
    let plan = try JointPlanner(context.careProtocol, options: options).plan(
      context.patientCase, context.measurements, context.facts)
    let best = plan.recommended
    return TherapyPlan(
      modalities: context.careProtocol.ruleSet.modalities, content: .patient(plan),
      proposals: best.assignments.map {
        TherapyProposal(
          lesion: $0.lesion, modality: $0.choice.modality,
          why: $0.choice.modality == nil ? $0.reasons.first?.reason : nil)
      },
      facts: best.facts, reasons: plan.remarks, citations: plan.cited)
  }
}
