// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// Looks for plans under a user's decisions; what is learnt for one serves the next.
struct PlanSearch {
  let joint: JointProblem
  private(set) var solver: ChoiceSolver
  /// The options that the user's decisions leave.
  let allowed: Set<Int>
  /// Whether a search was cut short with nothing in hand, so that what it looked for may be there.
  private(set) var wasStopped = false
  /// When a search ends with the best choice found so far.
  var deadline: ContinuousClock.Instant?
  private let locks: [ClinicianChoice]
  /// Whether every two lung operations were looked at.
  var arePairsRead = false
  /// What the parts of a plan are held against beyond what groups tell; `nil` where nothing is.
  private var check: CourseCheck?

  /// How many courses are held against a grid before the search is cut short.
  private static let mostChecks = 50

  /// - Throws: `PlanObstacle` where a decision leaves a lesion nothing; errors of geometry.
  init(_ joint: JointProblem, locks: [ClinicianChoice], checkedBy check: CourseCheck? = nil) throws {
    self.joint = joint
    self.locks = locks
    self.check = check
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
      throw PlanObstacle(
        "\(lesion.id): \(words.joined(separator: "; ")) leaves nothing that could be done",
        advice: "there are "
          + own.map { joint.options[$0].choice.word }.uniqued.joined(separator: ", "))
    }
  }

  /// The best choice under a request within the user's decisions that keeps the limits on a grid and of both lungs as well;
  /// `nil` where there is none, or none was found before the search was cut short.
  ///
  /// - Parameter isFine: whether a course's nodes lie as close as in one planned by itself.
  /// - Throws: what planning a course throws; errors of geometry.
  mutating func solve(
    _ request: ChoiceRequest = ChoiceRequest(), isFine: Bool = false
  ) throws -> ChoiceResult? {
    var request = request
    request.allowed = request.allowed.map { $0.intersection(allowed) } ?? allowed
    request.deadline = deadline
    do {
      for _ in 0..<Self.mostChecks {
        guard let result = try solver.solve(request) else { return nil }
        if try isKept(result.choice, isFine) { return result }
      }
    } catch is ChoiceSearchStopped {}
    wasStopped = true
    return nil
  }

  /// Whether a choice keeps what groups cannot tell; where not, that is told to the solver.
  private mutating func isKept(_ choice: EvaluatedChoice, _ isFine: Bool) throws -> Bool {
    guard check != nil else { return true }
    let chosen = choice.options.map { joint.options[$0] }
    let irradiated = chosen.filter { $0.group == .irradiation }
    let read = irradiated.isEmpty ? nil : try joint.reading.read(.irradiation, irradiated)
    let found = try check?.check(chosen, read: read, isFine: isFine)
    let reserve = try LungReserve(joint.pool, chosen)
    for conflict in try reserveConflicts(chosen, reserve) { solver.forbid(conflict) }
    for incompatibility in found?.broken ?? [] {
      solver.forbid(
        ChoiceConflict(
          all: Set(incompatibility.places.map { choice.options[$0] }), unless: [], why: incompatibility.why))
    }
    if let sums = found?.sums, !sums.isEmpty {
      joint.reading.learn(sums)
      solver.forget(PlanOption.Group.irradiation.rawValue)
      return false
    }
    return (found?.broken ?? []).isEmpty && reserve.broken == nil && unproven(reserve, chosen) == nil
  }

  /// Operations whose reserve is not known, unless the user decided for all of them.
  func unproven(_ reserve: LungReserve, _ chosen: [PlanOption]) -> CourseCheck.Broken? {
    reserve.unknown.flatMap { unknown in
      let areDecided = unknown.places.allSatisfy { place in
        locks.contains { $0.lesion == chosen[place].id && $0.kind == .fix }
      }
      return areDecided ? nil : unknown
    }
  }

  /// A choice that was met, where it keeps what groups cannot tell on fine nodes as well; `nil` where it does not.
  ///
  /// - Throws: what planning a course throws; errors of geometry.
  mutating func verified(_ options: [Int]) throws -> EvaluatedChoice? {
    let choice = try solver.evaluate(options)
    guard choice.conflicts.isEmpty else { return nil }
    guard try isKept(choice, true) else { return nil }
    let again = try solver.evaluate(options)
    return again.conflicts.isEmpty ? again : nil
  }

  /// The course of SBRT of a choice, on a grid; `nil` without any.
  ///
  /// - Parameter isWhole: whether organs in which it meets no earlier course are in its sums as well.
  /// - Throws: what planning a course throws.
  mutating func course(_ choice: EvaluatedChoice, isWhole: Bool) throws -> SBRTPlan? {
    let chosen = choice.options.map { joint.options[$0] }
    return try check?.course(chosen, isWhole: isWhole)
  }

  mutating func evaluate(_ options: [Int]) throws -> EvaluatedChoice { try solver.evaluate(options) }

  /// What options of one group cost together.
  mutating func outcome(_ group: Int, _ chosen: [Int]) throws -> GroupOutcome {
    try solver.outcome(group, chosen)
  }

  /// The best plan.
  ///
  /// - Throws: `PlanObstacle` where the user's decisions leave no plan, with the limits that stand against it, or where the
  ///   search was cut short.
  mutating func best() throws -> ChoiceResult {
    guard let result = try solve(isFine: true) else { throw wasStopped ? stopped() : infeasible() }
    return result
  }

  private func stopped() -> PlanObstacle {
    PlanObstacle(
      "the search was cut short before it found a plan that keeps every limit; whether there is one is not known",
      advice: "decide for some of the lesions (--fix, --forbid), or plan fewer")
  }

  /// What stands against the user's decisions: every limit that only decided lesions break, else all that touch them.
  ///
  /// Limits with their figures come before what merely lies near.
  private func infeasible() -> PlanObstacle {
    let fixed = Set(locks.map(\.lesion))
    let ids = { (conflict: ChoiceConflict) in Set(conflict.all.map { joint.options[$0].id }) }
    let chosen = solver.known.filter { $0.all.isSubset(of: allowed) }
    let own = chosen.filter { ids($0).isSubset(of: fixed) }
    let touching = own.isEmpty ? chosen.filter { !ids($0).isDisjoint(with: fixed) } : own
    let given = Set(joint.problem.conflicts.map(\.why))
    let whys = touching.map(\.why).uniqued.sorted {
      (given.contains($0) ? 1 : 0, $0.order) < (given.contains($1) ? 1 : 0, $1.order)
    }.prefix(4)
    return PlanObstacle(
      "no plan is left by what was decided for \(fixed.sorted().joined(separator: ", "))"
        + (whys.isEmpty ? ": the limits of the patient" : ""), because: Array(whys),
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
