internal import Cases
internal import Radiotherapy
internal import Vocabulary

/// Looks for plans under a user's decisions; what is learnt for one serves the next.
struct PlanSearch {
  let joint: JointProblem
  private(set) var solver: ChoiceSolver
  /// The options that the user's decisions leave.
  let allowed: Set<Int>
  private let locks: [PlanLock]

  /// - Throws: `JointObstacle` where a decision leaves a lesion nothing; errors of geometry.
  init(_ joint: JointProblem, locks: [PlanLock]) throws {
    self.joint = joint
    self.locks = locks
    solver = try ChoiceSolver(joint.problem)
    allowed = Set(
      joint.options.indices.filter { index in
        let option = joint.options[index]
        return !locks.contains { $0.lesion == option.id && $0.refuses(option.choice) }
      })
    for lesion in joint.pool.lesions {
      let own = joint.options.indices.filter { joint.options[$0].id == lesion.id }
      guard own.allSatisfy({ !allowed.contains($0) }) else { continue }
      let words = locks.filter { $0.lesion == lesion.id }.map {
        "\($0.kind.rawValue) \($0.choices.joined(separator: ", ")) (\($0.reason))"
      }
      throw JointObstacle(
        "\(lesion.id): \(words.joined(separator: "; ")) leaves nothing that could be done",
        advice: "there are "
          + own.map { joint.options[$0].choice.word }.uniqued.joined(separator: ", "))
    }
  }

  /// The best choice under a request within the user's decisions; `nil` where there is none.
  mutating func solve(_ request: ChoiceRequest = ChoiceRequest()) throws -> ChoiceResult? {
    var request = request
    request.allowed = request.allowed.map { $0.intersection(allowed) } ?? allowed
    return try solver.solve(request)
  }

  mutating func evaluate(_ options: [Int]) throws -> EvaluatedChoice { try solver.evaluate(options) }

  /// What options of one group cost together.
  mutating func outcome(_ group: Int, _ chosen: [Int]) throws -> GroupOutcome {
    try solver.outcome(group, chosen)
  }

  /// The best plan whose course of SBRT keeps the limits on a grid as well.
  ///
  /// - Throws: `JointObstacle` where the user's decisions leave no plan, with the limits that stand against it.
  mutating func best(
    checkedBy check: CourseCheck
  ) throws -> (result: ChoiceResult, course: SBRTPlan?) {
    while true {
      guard let result = try solve() else { throw infeasible() }
      let (course, broken) = try check.check(
        result.choice.options.map { joint.options[$0] })
      if broken.isEmpty { return (result, course) }
      for breach in broken {
        solver.forbid(
          ChoiceConflict(
            all: Set(breach.places.map { result.choice.options[$0] }), unless: [], why: breach.why))
      }
    }
  }

  /// What stands against the user's decisions: every limit that only decided lesions break, else all that touch them.
  private func infeasible() -> JointObstacle {
    let fixed = Set(locks.filter { $0.kind == .fix }.map(\.lesion))
    let ids = { (conflict: ChoiceConflict) in Set(conflict.all.map { joint.options[$0].id }) }
    let chosen = solver.known.filter { $0.all.isSubset(of: allowed) }
    let own = chosen.filter { ids($0).isSubset(of: fixed) }
    let touching = own.isEmpty ? chosen.filter { !ids($0).isDisjoint(with: fixed) } : own
    let whys = touching.map(\.why).uniqued.sorted().prefix(4)
    return JointObstacle(
      "no plan is left by what was decided for \(fixed.sorted().joined(separator: ", ")): "
        + (whys.isEmpty ? "the limits of the patient" : whys.joined(separator: "; ")),
      advice: "take one of the decisions back, or decide for untreated")
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, where it comes first.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
