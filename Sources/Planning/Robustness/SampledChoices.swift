internal import Eligibility
internal import Vocabulary

/// The best plan when facts are other than they are known: the plans that were met, and what a lesion's change makes of
/// them.
///
/// What company costs a plan is taken as it is known; what is drawn is each lesion's own facts and how good the course of
/// SBRT is. A plan that no step leads to is not seen.
struct SampledChoices {
  let joint: JointProblem
  private(set) var plans: [Plan]
  private var known: Set<[Int]> = []
  private var refused: Set<[Int]> = []
  /// Why plans that were looked at cannot be done: no other with the same options can.
  private var conflicts: Set<ChoiceConflict> = []
  /// Plans that cannot be done for what was known before they were looked at.
  private var forbidden: Set<[Int]> = []
  /// Steps that lead to plans that were looked at: they are asked for again and again.
  private var looked: Set<Way> = []
  /// How many plans may be met in all; raised for each question that is asked.
  var most = 2000
  private var bits = ConditionBits()
  private let qualities: CourseQuality
  /// The options of each lesion that the user's decisions leave.
  let own: [[Int]]
  /// What company may take off what an option costs alone: what several operations leave open counts less than what one
  /// leaves known.
  let slack: [CostFigures]
  /// The same by what is done.
  let kinds: [(choice: TherapyChoice, options: [(lesion: Int, option: Int)])]

  /// A step from a plan by the options it changes to.
  private struct Way: Hashable {
    let start: Int
    let options: [Int]

    init(_ start: Int, _ options: [Int]) { (self.start, self.options) = (start, options) }
  }

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
      if floor.shared != alone.shared { least.conditions -= alone.shared.count }
      least.shared = []
      slack.append(bits.figures(least))
    }
    self.slack = slack
    plans = []
    for choice in choices { try add(choice.options, choice.rank.burden, &search) }
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
    known.insert(options)
    plans.append(
      Plan(
        options: options, company: company, context: bits.figures(context), drawn: drawn, burden: burden))
  }

  /// How a plan stands with these costs of single options.
  private func standing(_ plan: Plan, _ costs: [CostFigures], _ quality: Double?) -> CostFigures.Standing {
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
  ///   - quality: how good the course of SBRT is, 0 for a good plan to 1 for a poor one; `nil` as it is known.
  /// - Throws: errors of geometry.
  mutating func best(
    _ costs: [OptionCost], changed lesions: [Int], quality: Double? = nil,
    _ search: inout PlanSearch
  ) throws -> [Int] {
    try best(costs.map { figures($0) }, changed: lesions, quality: quality, &search)
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
  func asked(from best: Int, by draw: Draw) throws -> [[Int]] {
    guard !draw.lesions.isEmpty else { return [] }
    let least = standing(plans[best], draw.figures, draw.quality)
    let steps = PlanSteps(self, from: plans[best], draw.figures, least, draw.quality)
    func worthwhile(_ steps: [[PlanSteps.Step]]) throws -> [[Int]] {
      try steps.compactMap { step in
        var options = plans[best].options
        for (lesion, option) in step { options[lesion] = option }
        return try !isMet(options) && isWorthTrying(options, draw.figures, least) ? options : nil
      }
    }
    let first = try worthwhile(steps.first(draw.lesions))
    return first.isEmpty ? try worthwhile(steps.pairs(draw.lesions)) : first
  }

  /// Whether a plan was looked at.
  func isMet(_ options: [Int]) -> Bool {
    known.contains(options) || refused.contains(options) || forbidden.contains(options)
  }

  /// Those of these plans that nothing known forbids; the others count as looked at.
  mutating func allowed(_ wanted: [[Int]]) -> [[Int]] {
    wanted.filter { options in
      let chosen = Set(options)
      let isForbidden = conflicts.contains { $0.forbids(chosen) }
      if isForbidden { forbidden.insert(options) }
      return !isForbidden
    }
  }

  /// How many plans were looked at.
  var met: Int { plans.count + refused.count }

  /// Evaluates a plan, and adds it to those met where it can be done; whether it can.
  ///
  /// - Throws: errors of geometry.
  @discardableResult
  mutating func meet(_ options: [Int], _ search: inout PlanSearch) throws -> Bool {
    let evaluated = try search.evaluate(options)
    guard evaluated.conflicts.isEmpty else {
      refused.insert(options)
      conflicts.formUnion(evaluated.conflicts)
      return false
    }
    try add(options, evaluated.rank.burden, &search)
    return true
  }

  private mutating func best(
    _ figures: [CostFigures], changed lesions: [Int], quality: Double?, _ search: inout PlanSearch
  ) throws -> [Int] {
    var best = 0
    var least = standing(plans[0], figures, quality)
    for index in plans.indices.dropFirst() {
      let other = standing(plans[index], figures, quality)
      if other < least { (best, least) = (index, other) }
    }
    guard !lesions.isEmpty else { return plans[best].options }
    for _ in 0..<Self.mostPasses {
      let start = best
      let steps = PlanSteps(self, from: plans[best], figures, least, quality)
      for move in steps.first(lesions) + steps.pairs(lesions) {
        let way = Way(start, move.map(\.option))
        guard met < most, !looked.contains(way) else { continue }
        var options = plans[start].options
        for (lesion, option) in move { options[lesion] = option }
        guard !isMet(options) else {
          looked.insert(way)
          continue
        }
        guard try isWorthTrying(options, figures, least) else { continue }
        guard try meet(options, &search) else { continue }
        let other = standing(plans[plans.count - 1], figures, quality)
        if other < least { (best, least) = (plans.count - 1, other) }
      }
      if best == start { break }
    }
    return plans[best].options
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
    return try alone.standing(burden: Int32(clamping: joint.burden(options))) < least
  }

  /// How often moves are looked for anew.
  private static let mostPasses = 4
}

/// Counts of a cost that add up, and the patient's open conditions, which count once.
struct CostFigures: Sendable, Hashable {
  /// Without acceptable treatment, without any, own conditions, cautions, what is acceptable or worse, score missing.
  var sums = SIMD8<Int32>.zero
  var open = SIMD4<UInt64>.zero

  mutating func add(_ other: CostFigures) {
    sums &+= other.sums
    open |= other.open
  }

  /// The figures of a rank, in its order.
  func standing(burden: Int32) -> Standing {
    var conditions = sums[2]
    for word in 0..<4 { conditions += Int32(open[word].nonzeroBitCount) }
    return Standing(
      figures: SIMD8(sums[0], sums[1], conditions, sums[3], sums[4], burden, sums[5], 0))
  }

  /// How a plan stands: compared figure by figure, the fewer the better.
  struct Standing: Comparable {
    let figures: SIMD8<Int32>

    /// The same without burden and score.
    var suitability: Standing {
      Standing(
        figures: figures.replacing(
          with: 0, where: SIMDMask([false, false, false, false, false, true, true, true])))
    }

    static func < (a: Standing, b: Standing) -> Bool {
      for place in 0..<7 where a.figures[place] != b.figures[place] {
        return a.figures[place] < b.figures[place]
      }
      return false
    }
  }
}

/// A bit for each condition of the patient that was met.
struct ConditionBits {
  private var places: [Int: Int] = [:]

  mutating func figures(_ cost: OptionCost) -> CostFigures {
    var figures = CostFigures(
      sums: SIMD8(
        Int32(cost.unacceptable), Int32(cost.untreated), Int32(cost.conditions), Int32(cost.cautions),
        Int32(cost.acceptables), Int32(cost.scoreLoss), 0, 0))
    for number in cost.shared { open(number, &figures) }
    return figures
  }

  mutating func figures(_ items: Set<ContextItem>) -> CostFigures {
    var figures = CostFigures()
    for item in items {
      switch item {
      case .condition(let number): open(number, &figures)
      case .caution: figures.sums[3] += 1
      case .acceptable: figures.sums[4] += 1
      }
    }
    return figures
  }

  private mutating func open(_ number: Int, _ figures: inout CostFigures) {
    let place = places[number] ?? places.count
    places[number] = place
    // Beyond what there are bits for a condition counts each time it comes.
    if place < 256 { figures.open[place >> 6] |= 1 << UInt64(place & 63) } else { figures.sums[2] += 1 }
  }
}

extension OptionCost {
  fileprivate func minus(_ other: OptionCost) -> OptionCost {
    OptionCost(
      unacceptable: unacceptable - other.unacceptable, untreated: untreated - other.untreated,
      conditions: conditions - other.conditions, shared: shared.subtracting(other.shared),
      cautions: cautions - other.cautions, acceptables: acceptables - other.acceptables,
      scoreLoss: scoreLoss - other.scoreLoss)
  }
}
