// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Reasons
internal import Vocabulary

/// One family of therapies in a plan of the patient as a whole: all that such a plan asks of it.
///
/// A family more is a type of this shape and its case in `TherapyPool.group`.
protocol TherapyGroup: Sendable {
  /// What options come to when they are chosen together; at most one for each lesion.
  ///
  /// - Throws: errors of geometry.
  func read(_ options: [PlanOption], by reading: GroupEvaluation) throws -> GroupEvaluation.Result

  /// Their burden by measure, without reading more than it takes.
  ///
  /// - Throws: errors of geometry.
  func burden(_ options: [PlanOption], by reading: GroupEvaluation) throws -> [Int]

  /// What an option adds to the burden in whatever company; zeroes where that depends on it.
  func ownBurden(_ option: PlanOption) -> [Int]

  /// Whether one option chosen takes others of its group along: a side that is open anyway.
  var takesAlong: Bool { get }

  /// How an option would be judged where company changes what is known of it: the least of these and of the option alone is
  /// what it costs at least.
  ///
  /// - Throws: errors of geometry.
  func otherJudgements(_ option: PlanOption, by reading: GroupEvaluation) throws -> [ModalityJudgement?]

  /// What options cost by the session, whichever of them are chosen.
  ///
  /// - Parameter options: by their place in the problem.
  func charges(_ options: [(index: Int, option: PlanOption)]) -> [ChoiceProblem.Charge]

  /// What a sum over options brings about from some figure on.
  ///
  /// - Parameter context: what findings are in the problem's words.
  func thresholds(
    _ options: [(index: Int, option: PlanOption)], _ context: ([Finding]) -> Set<ContextItem>
  ) -> [ChoiceProblem.Threshold]

  /// What of a reading an option that was not in it voids by joining.
  func exemption(of other: PlanOption, from read: GroupEvaluation.Result) -> GroupExemption

  /// When the options are treated, in order.
  ///
  /// - Parameter chosen: all options of the plan.
  func sessions(_ options: [PlanOption], among chosen: [PlanOption]) -> [PlanSession]

  /// What is proposed; empty where nothing could be planned.
  func proposal(_ option: PlanOption) -> [Reason]

  /// What a proposal takes for granted, and what it leaves to the board.
  func provisos(_ option: PlanOption) -> [Reason]
}

/// What of a reading does not hold once another option joins.
struct GroupExemption {
  /// The judgements.
  var fromJudgements = false
  /// The burden.
  var fromBurden = false
  /// That its sets cannot stay.
  var fromIncompatibilities = false
}

extension TherapyGroup {
  func burden(_ options: [PlanOption], by reading: GroupEvaluation) throws -> [Int] {
    // By the reading, which remembers what it read.
    try options.first.map { try reading.read($0.group, options).burden } ?? PlanMeasure.none
  }

  func ownBurden(_ option: PlanOption) -> [Int] { PlanMeasure.none }

  var takesAlong: Bool { false }

  func otherJudgements(_ option: PlanOption, by reading: GroupEvaluation) throws -> [ModalityJudgement?] {
    []
  }

  func charges(_ options: [(index: Int, option: PlanOption)]) -> [ChoiceProblem.Charge] { [] }

  func thresholds(
    _ options: [(index: Int, option: PlanOption)], _ context: ([Finding]) -> Set<ContextItem>
  ) -> [ChoiceProblem.Threshold] { [] }

  func exemption(of other: PlanOption, from read: GroupEvaluation.Result) -> GroupExemption {
    GroupExemption()
  }

  func sessions(_ options: [PlanOption], among chosen: [PlanOption]) -> [PlanSession] { [] }

  func proposal(_ option: PlanOption) -> [Reason] { [] }

  func provisos(_ option: PlanOption) -> [Reason] { [] }
}

extension PlanMeasure {
  /// No burden by any measure.
  static var none: [Int] { [Int](repeating: 0, count: allCases.count) }
}

/// Lesions without therapy: nothing is read, nothing weighs.
struct UntreatedGroup: TherapyGroup {
  func read(_ options: [PlanOption], by reading: GroupEvaluation) -> GroupEvaluation.Result {
    GroupEvaluation.Result(judgements: options.map { _ in nil })
  }
}

extension TherapyPool {
  /// What answers for a family.
  func group(_ family: TherapyFamily) -> any TherapyGroup {
    switch family {
    case .surgery: SurgeryGroup(pool: self)
    case .irradiation: IrradiationGroup(pool: self)
    case .ablation: AblationGroup(pool: self)
    case .embolization: EmbolizationGroup(pool: self)
    case .observation, .none: UntreatedGroup()
    }
  }
}

extension PlanOption.Group {
  /// The family of its therapies.
  var family: TherapyFamily {
    switch self {
    case .none: .none
    case .irradiation: .irradiation
    case .ablation: .ablation
    case .rightLung, .leftLung, .otherSurgery: .surgery
    case .embolization: .embolization
    }
  }
}
