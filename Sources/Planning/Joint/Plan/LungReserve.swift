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
  /// Whether more than a lobe goes in all, as expected.
  private let takesMoreThanALobe: Bool
  private let chosen: [PlanOption]

  /// - Throws: errors of geometry.
  init(_ pool: TherapyPool, _ chosen: [PlanOption]) throws {
    let own = chosen.filter { $0.choice.family == .surgery && $0.site == .lung }
    self.chosen = chosen
    guard let resections = pool.resections, !own.isEmpty else {
      stages = []
      takesMoreThanALobe = false
      return
    }
    let plan = try resections.plan(of: Set(own.map(\.id)), withVariants: false, othersMayFollow: false)
    stages = plan.stages
    // Of what is not known a wedge counts one segment for each lesion; all else, and what could not be planned, a lobe.
    let segments = plan.lobes.reduce(0.0) { sum, lobe in
      let areWedges = lobe.pieces.allSatisfy { $0.technique == .wedge }
      let assumed = areWedges ? Double(lobe.lesions.count) : Self.mostSegmentsOfALobe
      return sum + (lobe.segments.expected ?? min(lobe.segments.worst ?? .infinity, assumed))
    }
    let unplanned = plan.lesions.count { $0.site == .lung && $0.proposal == nil }
    takesMoreThanALobe =
      plan.lobes.count(where: \.isWhole) > 1 || plan.lobes.contains(where: \.isForBoard)
      || segments + Self.mostSegmentsOfALobe * Double(unplanned) > Self.mostSegmentsOfALobe
  }

  /// No lobe has more segments.
  private static let mostSegmentsOfALobe = 5.0

  /// Why operations that take more than a lobe cannot be proposed: whether the lungs bear it is not known; `nil` where it is,
  /// or where less goes.
  var unknown: CourseCheck.Broken? {
    guard takesMoreThanALobe else { return nil }
    let open = stages.filter { stage in
      let flow = (stage.sides.count > 1 ? stage.together : stage.flows).first
      if case .risk? = flow?.expected { return false }
      return true
    }
    guard !open.isEmpty || stages.isEmpty else { return nil }
    // Lesions whose operation could not be planned are in no stage, and take something as well.
    let places = chosen.indices.filter { chosen[$0].choice.family == .surgery && chosen[$0].site == .lung }
    let facts = open.flatMap { stage -> [Fact] in
      let flow = (stage.sides.count > 1 ? stage.together : stage.flows).first
      if case .needs(_, let facts)? = flow?.expected { return facts }
      return []
    }
    return CourseCheck.Broken(
      places: places,
      why: Reason(
        .joint(.unknownReserve), facts: facts.isEmpty ? [.fev1, .dlco] : facts.uniqued,
        names: places.map { chosen[$0].id }))
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
