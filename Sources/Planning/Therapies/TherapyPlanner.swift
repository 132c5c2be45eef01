// SPDX-License-Identifier: Apache-2.0
public import Ablation
internal import Facts
public import Radiotherapy
public import Reasons
public import Resection
public import Vocabulary

/// Something that makes a plan of a case: of one therapy, of several of one kind, or of the patient as a whole.
///
/// A new kind of therapy is a type of this shape, a case of `TherapyPlan.Content` and, in the joint plan, a `TherapyGroup`.
public protocol TherapyPlanner: Sendable {
  /// The therapies it plans.
  var modalities: [Modality] { get }

  /// The plan of a case.
  ///
  /// - Throws: `PlanObstacle` for options that name nothing there is, and for a protocol without a part on this therapy;
  ///   errors of geometry.
  func plan(_ context: PlanningContext) throws -> TherapyPlan
}

/// What became of one lesion in a plan.
public struct TherapyProposal: Sendable, Hashable {
  /// The lesion, by id.
  public let lesion: String
  /// The therapy; `nil` where none is planned for it, or where nothing could be planned by any.
  public let modality: Modality?
  /// Why nothing is proposed; `nil` where something is.
  public let why: Reason?
}

/// A plan in the shape that all plans share.
public struct TherapyPlan: Sendable {
  /// What is particular to its kind.
  public enum Content: Sendable {
    case irradiation(SBRTPlan)
    case ablation(AblationPlan)
    case resection(ResectionPlan)
    /// The patient as a whole.
    case patient(PatientPlan)
  }

  /// The kinds of plan, as their files name them.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case sbrt, ablation, resection, patient
  }

  /// The therapies planned.
  public let modalities: [Modality]
  /// What is particular to its kind.
  public let content: Content
  /// What became of each lesion that was planned for: in the case's order, once for each therapy that is proposed.
  public let proposals: [TherapyProposal]
  /// What the plan tells the rules.
  public let facts: PlannedFactTables
  /// What holds for the plan as a whole.
  public let reasons: [Reason]
  /// Keys of the bibliography that it rests on.
  public let citations: Set<String>

  /// The kind.
  public var kind: Kind {
    switch content {
    case .irradiation: .sbrt
    case .ablation: .ablation
    case .resection: .resection
    case .patient: .patient
    }
  }

  /// Whether lesions are assessed anew with its facts; a plan of the patient as a whole holds its own judgements.
  public var isAssessed: Bool { kind != .patient }
}

extension PlanningContext {
  /// A part of the protocol that a planner cannot do without.
  ///
  /// - Parameter name: what the part is called in a protocol's file.
  /// - Throws: `PlanObstacle` where the protocol has none.
  func part<Part>(_ part: Part?, _ name: String) throws(PlanObstacle) -> Part {
    guard let part else {
      throw PlanObstacle(
        "says nothing about \(name)", of: .careProtocol,
        advice: "add its \(name) part (oligoplan protocol show)")
    }
    return part
  }
}
