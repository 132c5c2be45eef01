// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Reasons
internal import Resection
internal import Vocabulary

/// What all lung operations of a plan leave together: each side by itself, and both.
struct LungReserve {
  /// The sides, and both where both are operated.
  let stages: [StageFunction]
  private let chosen: [PlanOption]

  /// - Throws: errors of geometry.
  init(_ pool: TherapyPool, _ chosen: [PlanOption]) throws {
    let own = chosen.filter { $0.choice.family == .surgery && $0.site == .lung }
    self.chosen = chosen
    guard let resections = pool.resections, !own.isEmpty else {
      stages = []
      return
    }
    stages = try resections.plan(
      of: Set(own.map(\.id)), withVariants: false, othersMayFollow: false
    ).stages
  }

  /// Why the second side has no reserve left after the first, with the lung operations' places; `nil` where it has.
  ///
  /// One side's own reserve is read with its operations.
  var broken: CourseCheck.Broken? {
    guard let both = stages.first(where: { $0.sides.count > 1 }), let flow = both.together.first,
      case .risk(.high, let text, _)? = flow.expected
    else { return nil }
    return CourseCheck.Broken(
      places: chosen.indices.filter { both.lesions.contains(chosen[$0].id) },
      why: Self.noReserve(both, flow.flow.title, text)
    )
  }

  /// That an operation, or two, leave too little by a guideline, with what they leave.
  static func noReserve(_ stage: StageFunction, _ guideline: String, _ text: String) -> Reason {
    Reason(
      .joint(.noReserve),
      figures: [stage.fev1.expected, stage.dlco.expected].map {
        Reason.Figure($0, unit: FactUnit.percentPredicted.rawValue)
      },
      names: [guideline] + (stage.sides.count == 1 ? stage.sides.map(\.rawValue) : []), quote: text)
  }
}
