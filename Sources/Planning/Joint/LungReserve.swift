internal import Cases
internal import Eligibility
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
      why:
        "no reserve for both lungs, one after the other: \(flow.flow.title) high risk (\(text)); \(LimitWriter.left(both))"
    )
  }
}
