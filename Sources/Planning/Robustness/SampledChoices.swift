// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Vocabulary

/// The best plan when facts are other than they are known: the plans that were met, and what a lesion's change makes of
/// them.
///
/// What company costs a plan is taken as it is known; what is drawn is each lesion's own facts and how good the course of
/// SBRT is. A plan that no step leads to is not seen.
struct SampledChoices {
  let joint: JointProblem
  private(set) var plans: [Plan]
  /// Every plan that was looked at, or that is known not to be possible.
  private var looked: Set<PlanKey> = []
  /// Why plans that were looked at cannot be done: no other with the same options can.
  private var conflicts: Set<ChoiceConflict> = []
  /// How many plans were evaluated.
  private(set) var met = 0
  /// How many plans may be met in all; raised for each question that is asked.
  var most = 2000
  /// When no more plans are met; never when `nil`.
  var deadline: ContinuousClock.Instant?
  private let bound: BurdenBound
  private var bits = ConditionBits()
  private let qualities: CourseQuality
  /// The options of each lesion that the user's decisions leave.
  let own: [[Int]]
  /// What company may take off what an option costs alone: what several operations leave open counts less than what one
  /// leaves known.
  let slack: [CostFigures]
  /// The same by what is done.
  let kinds: [(choice: TherapyChoice, options: [(lesion: Int, option: Int)])]

  /// A plan with what company costs in it: the same whatever facts of single lesions become.
  struct Plan {
    let options: [Int]
    /// What each lesion's option costs here beyond what it costs alone.
    let company: [CostFigures]
    /// What the plan as a whole brings about as it is known.
    let context: CostFigures
    /// The same by the quality of its course of SBRT up to which it does.
    let drawn: [(through: Double, figures: CostFigures)]
    let burden: Int

    /// - Parameter quality: how good the course is; `nil` where nothing is drawn.
    func context(at quality: Double?) -> CostFigures {
      guard let quality else { return context }
      return (drawn.first { quality <= $0.through } ?? drawn.last)?.figures ?? context
    }
  }

  /// - Throws: errors of geometry.
  init(_ joint: JointProblem, _ choices: [EvaluatedChoice], _ search: inout PlanSearch) throws {
    self.joint = joint
    let allowed = search.allowed
    bound = BurdenBound(joint.problem)
    qualities = CourseQuality(joint)
    own = (0..<joint.problem.lesionCount).map { lesion in
      joint.problem.options.indices.filter {
        joint.problem.options[$0].lesion == lesion && allowed.contains($0)
      }
    }
    let known = joint.options.indices.filter(allowed.contains)
    kinds = known.map { joint.options[$0].choice }.uniqued.map { choice in
      (
        choice,
        known.filter { joint.options[$0].choice == choice }.map { (joint.options[$0].lesion, $0) }
      )
    }
    var slack: [CostFigures] = []
    for (index, option) in joint.problem.options.enumerated() {
      let alone = try search.outcome(option.group, [index]).costs[index] ?? OptionCost()
      let floor = joint.problem.floors[index]
      // The patient's conditions are told apart by bits, of which none can be taken off: all or none.
      var least = floor.minus(alone)
      if floor.shared != alone.shared {
        let forBoard = alone.shared.count(where: \.isForBoard)
        least.board -= forBoard
        least.conditions -= alone.shared.count - forBoard
      }
      least.shared = []
      slack.append(bits.figures(least))
    }
    self.slack = slack
    plans = []
    for choice in choices {
      looked.insert(PlanKey(choice.options))
      met += 1
      try add(choice.options, choice.rank.burden, &search)
    }
  }

  private mutating func add(_ options: [Int], _ burden: Int, _ search: inout PlanSearch) throws {
    var company = [CostFigures](repeating: CostFigures(), count: options.count)
    var context: Set<ContextItem> = []
    var rest: Set<ContextItem> = []
    for group in 0..<joint.problem.groupCount {
      let own = options.filter { joint.problem.options[$0].group == group }
      guard !own.isEmpty else { continue }
      let outcome = try search.outcome(group, own)
      context.formUnion(outcome.context)
      if group != PlanOption.Group.irradiation.rawValue { rest.formUnion(outcome.context) }
      for option in own {
        guard let cost = outcome.costs[option] else { continue }
        let alone = try search.outcome(group, [option]).costs[option] ?? OptionCost()
        company[joint.problem.options[option].lesion] = bits.figures(cost.minus(alone))
      }
    }
    let irradiated = options.filter {
      joint.problem.options[$0].group == PlanOption.Group.irradiation.rawValue
    }
    let drawn = try qualities.steps(irradiated).map { step in
      (through: step.through, figures: bits.figures(step.items.union(rest)))
    }
    plans.append(
      Plan(
        options: options, company: company, context: bits.figures(context), drawn: drawn, burden: burden))
  }

  /// How a plan stands with these costs of single options.
  func standing(_ plan: Plan, _ costs: [CostFigures], _ quality: Double?) -> CostFigures.Standing {
    var sum = plan.context(at: quality)
    for (lesion, option) in plan.options.enumerated() {
      sum.add(costs[option])
      sum.add(plan.company[lesion])
    }
    return sum.standing(burden: Int32(clamping: plan.burden))
  }

  /// A cost in the figures that plans are compared by.
  mutating func figures(_ cost: OptionCost) -> CostFigures { bits.figures(cost) }

  /// The best plan with these costs: of those met, and of those that are reached from it by changing a lesion, two of them,
  /// or all that one kind of therapy suits as well, as long as that is better.
  ///
  /// - Parameters:
  ///   - lesions: those whose costs are other than they are known.
  /// - Throws: errors of geometry.
  mutating func best(
    _ costs: [OptionCost], changed lesions: [Int], _ search: inout PlanSearch
  ) throws -> [Int] {
    let draw = Draw(figures: costs.map { figures($0) }, lesions: lesions, quality: nil)
    var best = best(of: draw, startingAt: 0, from: 0)
    guard !lesions.isEmpty else { return plans[best].options }
    var least = standing(plans[best], draw.figures, draw.quality)
    for _ in 0..<Self.mostPasses {
      let before = best
      for start in nearest(to: best, of: draw) {
        let steps = PlanSteps(self, from: plans[start], draw.figures, least, draw.quality)
        for step in steps.first(lesions) + pairs(steps, lesions) where met < most && hasTime {
          let plan = plan(step, from: plans[start])
          guard !isLooked(plan), try isWorthTrying(plan.options, draw.figures, least), try meet(plan, &search)
          else { continue }
          let other = standing(plans[plans.count - 1], draw.figures, draw.quality)
          if other < least { (best, least) = (plans.count - 1, other) }
        }
      }
      if best == before || !hasTime { break }
    }
    return plans[best].options
  }

  /// The best plan and those that stand next to it: a plan may be two steps from the best one, and one from another.
  private func nearest(to best: Int, of draw: Draw) -> [Int] {
    let others = plans.indices.filter { $0 != best }.map {
      (index: $0, standing: standing(plans[$0], draw.figures, draw.quality))
    }
    return [best] + others.sorted { $0.standing < $1.standing }.prefix(Self.mostStarts).map(\.index)
  }

  /// What a step makes of a plan.
  private func plan(_ step: [PlanSteps.Step], from plan: Plan) -> PlanKey {
    var options = plan.options
    for (lesion, option) in step { options[lesion] = option }
    return PlanKey(options)
  }

  /// The plan that stands best with a draw's costs, by its place among those met.
  ///
  /// - Parameters:
  ///   - start: the best of those before `from`.
  ///   - from: the first that was not looked at.
  func best(of draw: Draw, startingAt start: Int, from: Int) -> Int {
    var best = start
    var least = standing(plans[best], draw.figures, draw.quality)
    for index in plans.indices.dropFirst(from) where index != start {
      let other = standing(plans[index], draw.figures, draw.quality)
      if other < least { (best, least) = (index, other) }
    }
    return best
  }

  /// Plans not met so far that a step from the best one leads to and that could be better: steps of a lesion or of a kind
  /// first, of two lesions where none of those is left.
  ///
  /// - Throws: errors of geometry.
  func asked(from best: Int, by draw: Draw) throws -> [PlanKey] {
    guard !draw.lesions.isEmpty else { return [] }
    let least = standing(plans[best], draw.figures, draw.quality)
    let steps = PlanSteps(self, from: plans[best], draw.figures, least, draw.quality)
    func worthwhile(_ steps: [[PlanSteps.Step]]) throws -> [PlanKey] {
      try steps.compactMap { step in
        let plan = plan(step, from: plans[best])
        return try !isLooked(plan) && isWorthTrying(plan.options, draw.figures, least) ? plan : nil
      }
    }
    let first = try worthwhile(steps.first(draw.lesions))
    return first.isEmpty ? try worthwhile(pairs(steps, draw.lesions)) : first
  }

  /// Steps of two lesions, where there are not so many lesions that such steps are without end.
  private func pairs(_ steps: PlanSteps, _ lesions: [Int]) -> [[PlanSteps.Step]] {
    own.count <= Self.mostForPairs ? steps.pairs(lesions) : []
  }

  /// Whether the deadline has not passed.
  var hasTime: Bool { deadline.map { ContinuousClock().now < $0 } ?? true }

  /// Whether a plan was looked at, or is known not to be possible.
  func isLooked(_ plan: PlanKey) -> Bool { looked.contains(plan) }

  /// Those of these plans that nothing known forbids; the others count as looked at.
  mutating func allowed(_ wanted: [PlanKey]) -> [PlanKey] {
    wanted.filter { plan in
      let chosen = Set(plan.options)
      let isForbidden = conflicts.contains { $0.forbids(chosen) }
      if isForbidden { looked.insert(plan) }
      return !isForbidden
    }
  }

  /// Evaluates a plan, and adds it to those met where it can be done; whether it can.
  ///
  /// - Throws: errors of geometry.
  @discardableResult
  mutating func meet(_ plan: PlanKey, _ search: inout PlanSearch) throws -> Bool {
    looked.insert(plan)
    met += 1
    let options = plan.options
    let evaluated = try search.evaluate(options)
    guard evaluated.conflicts.isEmpty else {
      conflicts.formUnion(evaluated.conflicts)
      return false
    }
    try add(options, evaluated.rank.burden, &search)
    return true
  }

  /// Whether a plan could be better by what its options cost at least and its burden, which is told
  /// without proposing anything anew.
  private func isWorthTrying(
    _ options: [Int], _ figures: [CostFigures], _ least: CostFigures.Standing
  ) throws -> Bool {
    var alone = CostFigures()
    for chosen in options {
      alone.add(figures[chosen])
      alone.add(slack[chosen])
    }
    let (suitability, bound) = (alone.standing(burden: 0).suitability, least.suitability)
    // The burden is asked for only where it decides.
    if suitability != bound { return suitability < bound }
    guard alone.standing(burden: Int32(clamping: self.bound.least(options))) < least else { return false }
    return try alone.standing(burden: Int32(clamping: joint.burden(options))) < least
  }

  /// The most lesions of which two are treated otherwise at a time.
  private static let mostForPairs = 16
  /// From how many plans beside the best moves are looked for.
  private static let mostStarts = 3
  /// How often moves are looked for anew.
  private static let mostPasses = 4
}
