// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Evidence
internal import Facts
internal import Reasons
public import Vocabulary

/// Plans ablation of every lesion by one or more energies.
public struct AblationTherapy: TherapyPlanner {
  /// The therapies it plans; `nil` for every energy that the protocol has devices of.
  private let energies: [Modality]?

  /// A planner of these energies, each once; of every energy that the protocol has devices of without them.
  public init(_ energies: [Modality]? = nil) { self.energies = energies }

  /// The therapies it may plan.
  public var modalities: [Modality] { energies ?? Modality.ablations }

  /// The plan of a case.
  ///
  /// - Throws: `PlanObstacle` for options that name nothing there is, and for a protocol without a part on this therapy;
  ///   errors of geometry.
  public func plan(_ context: PlanningContext) throws -> TherapyPlan {
    let parameters = try context.part(context.careProtocol.ablation, "ablation")
    let energies = energies ?? parameters.energies
    let plan = try AblationPlanner(parameters, options: context.options.ablation).plan(
      context.patientCase, by: energies, settings: context.lesionContexts)
    return TherapyPlan(
      modalities: energies, content: .ablation(plan),
      proposals: plan.lesions.flatMap { lesion -> [TherapyProposal] in
        lesion.why != nil
          ? [TherapyProposal(lesion: lesion.lesion, modality: nil, why: lesion.why)]
          : lesion.proposals.map { TherapyProposal(lesion: lesion.lesion, modality: $0.energy, why: nil) }
      },
      facts: PlannedFactTables(plan), reasons: plan.remarks,
      citations: Set(parameters.citations.map(\.key)))
  }
}
