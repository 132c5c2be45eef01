// SPDX-License-Identifier: Apache-2.0
public import Reasons
internal import Vocabulary

/// A case with every plan that was made of it, and one assessment that rests on the plans of single therapies.
public struct BoardDossier: Sendable {
  /// A kind of plan that could not be made, with what to do about it.
  public struct Unplanned: Sendable {
    /// The kind.
    public let kind: TherapyPlan.Kind
    /// Why not.
    public let obstacle: PlanObstacle
  }

  /// The case with its assessment; of plans it names those that the assessment rests on.
  public let assessed: Dossier
  /// The plans, each with the case, at most one of a kind: what the dossier of one plan says of its own assessment rests
  /// on that plan alone.
  public let plans: [Dossier]
  /// The kinds of plan that were asked for and could not be made.
  public let unplanned: [Unplanned]

  /// The dossier that holds a kind of plan; `nil` where none was made.
  public subscript(kind: TherapyPlan.Kind) -> Dossier? { plans.first { $0.plan?.kind == kind } }

  /// Plans of one case by one protocol.
  ///
  /// - Parameters:
  ///   - context: of that case; the assessment is made from its facts and from the plans'.
  ///   - plans: made of that case by that protocol.
  ///   - sources: the files that the plans were read from; empty where they were made in this run.
  public init(
    _ context: PlanningContext, plans: [Dossier], sources: [PlanSource] = [], unplanned: [Unplanned] = []
  ) {
    self.plans = plans
    self.unplanned = unplanned
    let facts = plans.compactMap(\.plan).filter(\.isAssessed).map(\.facts)
    let planned = facts.first.map { first in facts.dropFirst().reduce(first) { $0.merging($1) } }
    let assessment = Assessment(
      of: context.patientCase, context.facts, by: context.careProtocol, planned: planned, plans: sources)
    // A plan of one therapy treats every lesion by it, and what all of them break together says nothing of one. The plan of
    // the patient has judged each therapy for each lesion alone.
    let alone = plans.compactMap(\.patientPlan).first?.alone
    assessed = Dossier(
      patientCase: context.patientCase, measurements: context.measurements,
      assessment: alone.map(assessment.judging) ?? assessment,
      careProtocol: context.careProtocol, caseHash: context.caseHash, request: context.request,
      plans: sources)
  }
}

extension PlanningContext {
  /// Every plan of the case: SBRT, ablation and resection of every lesion, and the patient as a whole.
  ///
  /// What cannot be planned by one kind is named and keeps none of the others back.
  ///
  /// - Parameters:
  ///   - requests: for each kind what its file says that it was asked for.
  ///   - progress: called before each kind.
  /// - Throws: errors of geometry.
  public func board(
    requests: (TherapyPlan.Kind) -> PlanRequest, progress: (TherapyPlan.Kind) -> Void = { _ in }
  ) throws -> BoardDossier {
    var plans: [Dossier] = []
    var unplanned: [BoardDossier.Unplanned] = []
    for kind in TherapyPlan.Kind.allCases {
      progress(kind)
      do {
        plans.append(try asked(requests(kind)).dossier(of: kind))
      } catch let obstacle as PlanObstacle {
        unplanned.append(.init(kind: kind, obstacle: obstacle))
      }
    }
    return BoardDossier(self, plans: plans, unplanned: unplanned)
  }

  private func dossier(of kind: TherapyPlan.Kind) throws -> Dossier {
    switch kind {
    case .sbrt: try dossier(by: SBRTTherapy())
    case .ablation: try dossier(by: AblationTherapy())
    case .resection: try dossier(by: ResectionTherapy([.metastasectomy, .hepaticResection]))
    case .patient: try dossier(by: PatientTherapy())
    }
  }
}
