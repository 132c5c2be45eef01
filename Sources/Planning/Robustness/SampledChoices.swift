internal import Eligibility
internal import Vocabulary

/// The best plan when facts are other than they are known: the plans that were met, and what a lesion's change makes of
/// them.
///
/// What company costs a plan is taken as it is known; what is drawn is each lesion's own facts and how good the course of
/// SBRT is. A plan that was neither met nor differs by one lesion from the best of those met is not seen.
struct SampledChoices {
  let joint: JointProblem
  private(set) var plans: [Plan]
  private let allowed: Set<Int>
  private var known: Set<[Int]> = []
  private var refused: Set<[Int]> = []
  private var bits = ConditionBits()
  private let qualities: CourseQuality
  /// The options of each lesion that the user's decisions leave.
  private let own: [[Int]]

  /// A plan with what company costs in it: the same whatever facts of single lesions become.
  struct Plan {
    let options: [Int]
    /// What options cost together beyond what each costs alone.
    let company: CostFigures
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
    self.allowed = allowed
    qualities = CourseQuality(joint)
    own = (0..<joint.problem.lesionCount).map { lesion in
      joint.problem.options.indices.filter {
        joint.problem.options[$0].lesion == lesion && allowed.contains($0)
      }
    }
    plans = []
    for choice in choices { try add(choice.options, choice.rank.burden, &search) }
  }

  private mutating func add(_ options: [Int], _ burden: Int, _ search: inout PlanSearch) throws {
    var company = CostFigures()
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
        company.add(bits.figures(cost.minus(alone)))
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
  private func standing(_ plan: Plan, _ costs: [CostFigures], _ quality: Double?) -> [Int32] {
    var sum = plan.company
    for option in plan.options { sum.add(costs[option]) }
    sum.add(plan.context(at: quality))
    return sum.standing(burden: Int32(clamping: plan.burden))
  }

  /// The best plan with these costs: of those met, and of those that differ from it by what became of the lesions named.
  ///
  /// - Parameter quality: how good the course of SBRT is, 0 for a good plan to 1 for a poor one; `nil` as it is known.
  /// - Throws: errors of geometry.
  mutating func best(
    _ costs: [OptionCost], changed lesions: [Int], quality: Double? = nil,
    _ search: inout PlanSearch
  ) throws -> [Int] {
    let figures = costs.map { bits.figures($0) }
    var best = 0
    var least = standing(plans[0], figures, quality)
    for index in plans.indices.dropFirst() {
      let other = standing(plans[index], figures, quality)
      if other.lexicographicallyPrecedes(least) { (best, least) = (index, other) }
    }
    // One change may make another worth while.
    for _ in 0..<Self.mostPasses {
      let start = best
      for lesion in lesions {
        for option in own[lesion] {
          let current = plans[best].options
          guard option != current[lesion] else { continue }
          var options = current
          options[lesion] = option
          guard !known.contains(options), !refused.contains(options) else { continue }
          // Only what could be better is proposed anew: company adds nothing less than nothing.
          var alone = CostFigures()
          for chosen in options { alone.add(figures[chosen]) }
          guard !least.prefix(5).lexicographicallyPrecedes(alone.standing(burden: 0).prefix(5)) else {
            continue
          }
          let evaluated = try search.evaluate(options)
          guard evaluated.conflicts.isEmpty else {
            refused.insert(options)
            continue
          }
          try add(options, evaluated.rank.burden, &search)
          let other = standing(plans[plans.count - 1], figures, quality)
          if other.lexicographicallyPrecedes(least) { (best, least) = (plans.count - 1, other) }
        }
      }
      if best == start { break }
    }
    return plans[best].options
  }

  /// How often the lesions that changed are gone through.
  private static let mostPasses = 3
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
  func standing(burden: Int32) -> [Int32] {
    var conditions = sums[2]
    for word in 0..<4 { conditions += Int32(open[word].nonzeroBitCount) }
    return [sums[0], sums[1], conditions, sums[3], sums[4], burden, sums[5]]
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
