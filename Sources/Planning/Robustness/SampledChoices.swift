internal import Eligibility
internal import Vocabulary

/// The best plan when facts are other than they are known: the plans that were met, and what a lesion's change makes of
/// them.
struct SampledChoices {
  let joint: JointProblem
  private(set) var plans: [Plan]
  private let allowed: Set<Int>

  /// A plan with what company costs in it: the same whatever facts of single lesions become.
  struct Plan {
    let options: [Int]
    /// What each lesion's option costs here beyond what it costs alone.
    let company: [OptionCost]
    let context: Set<ContextItem>
    let burden: Int
  }

  /// - Throws: errors of geometry.
  init(_ joint: JointProblem, _ choices: [EvaluatedChoice], _ search: inout PlanSearch) throws {
    self.joint = joint
    allowed = search.allowed
    plans = []
    for choice in choices { plans.append(try Self.plan(choice.options, choice.rank.burden, joint, &search)) }
  }

  private static func plan(
    _ options: [Int], _ burden: Int, _ joint: JointProblem, _ search: inout PlanSearch
  ) throws -> Plan {
    var company = [OptionCost](repeating: OptionCost(), count: options.count)
    var context: Set<ContextItem> = []
    for group in 0..<joint.problem.groupCount {
      let own = options.filter { joint.problem.options[$0].group == group }
      let outcome = try search.outcome(group, own)
      context.formUnion(outcome.context)
      for option in own {
        guard let cost = outcome.costs[option] else { continue }
        let alone = try search.outcome(group, [option]).costs[option] ?? OptionCost()
        company[joint.problem.options[option].lesion] = cost.minus(alone)
      }
    }
    return Plan(options: options, company: company, context: context, burden: burden)
  }

  /// How a plan stands with these costs of single options.
  private func rank(_ plan: Plan, _ costs: [OptionCost]) -> ChoiceRank {
    var rank = ChoiceRank()
    var shared: Set<Int> = []
    for (lesion, option) in plan.options.enumerated() {
      let (cost, more) = (costs[option], plan.company[lesion])
      rank.unacceptable += cost.unacceptable + more.unacceptable
      rank.untreated += cost.untreated + more.untreated
      rank.conditions += cost.conditions + more.conditions
      rank.cautions += cost.cautions + more.cautions
      rank.acceptables += cost.acceptables + more.acceptables
      rank.scoreLoss += cost.scoreLoss + more.scoreLoss
      shared.formUnion(cost.shared)
    }
    for item in plan.context {
      switch item {
      case .condition(let number): shared.insert(number)
      case .caution: rank.cautions += 1
      case .acceptable: rank.acceptables += 1
      }
    }
    rank.conditions += shared.count
    rank.burden = plan.burden
    return rank
  }

  /// The patient's open conditions that a plan has without one lesion.
  private func conditions(_ plan: Plan, _ costs: [OptionCost], without lesion: Int) -> Set<Int> {
    var shared: Set<Int> = []
    for (other, option) in plan.options.enumerated() where other != lesion {
      shared.formUnion(costs[option].shared)
    }
    for case .condition(let number) in plan.context { shared.insert(number) }
    return shared
  }

  /// The best plan with these costs: of those met, and of those that differ from it by what became of the lesions named.
  ///
  /// - Throws: errors of geometry.
  mutating func best(
    _ costs: [OptionCost], changed lesions: [Int], _ search: inout PlanSearch
  ) throws -> [Int] {
    var best = 0
    var rank = rank(plans[0], costs)
    for index in plans.indices.dropFirst() {
      let other = self.rank(plans[index], costs)
      if other < rank { (best, rank) = (index, other) }
    }
    for lesion in lesions {
      let current = plans[best].options
      for option in joint.problem.options.indices
      where joint.problem.options[option].lesion == lesion && allowed.contains(option)
        && option != current[lesion]
      {
        var options = current
        options[lesion] = option
        if plans.contains(where: { $0.options == options }) { continue }
        // Only what could be better is proposed anew: what company adds is never less than nothing.
        let others = conditions(plans[best], costs, without: lesion)
        guard !costs[current[lesion]].isBetter(than: costs[option], beside: others) else { continue }
        let evaluated = try search.evaluate(options)
        guard evaluated.conflicts.isEmpty else { continue }
        let plan = try Self.plan(options, evaluated.rank.burden, joint, &search)
        let other = self.rank(plan, costs)
        plans.append(plan)
        if other < rank { (best, rank) = (plans.count - 1, other) }
      }
    }
    return plans[best].options
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

  /// Whether an option stands before another whatever both burden, the patient's conditions being open already.
  fileprivate func isBetter(than other: OptionCost, beside open: Set<Int>) -> Bool {
    func figures(_ cost: OptionCost) -> [Int] {
      [
        cost.unacceptable, cost.untreated, cost.conditions + cost.shared.subtracting(open).count,
        cost.cautions, cost.acceptables,
      ]
    }
    return figures(self).lexicographicallyPrecedes(figures(other))
  }
}
