// SPDX-License-Identifier: Apache-2.0
import Phantoms
import Reasons

@testable import Planning

/// A choice problem drawn from a seed: options that weigh on one another in their groups, thresholds that open conditions
/// or forbid, and options that lift a threshold.
struct RandomProblem {
  let problem: ChoiceProblem

  /// What one group does with the options chosen in it.
  private struct GroupLaw: Sendable {
    var base: [Int: OptionCost] = [:]
    var own: [Int: [Int]] = [:]
    var weight: [Int: Int] = [:]
    /// Options that lift the group's thresholds.
    var lifting: Set<Int> = []
    /// Two options in company cost the first one more.
    var pairs: [(Int, Int, OptionCost)] = []
    var conditionAbove = 0
    var forbiddenAbove = 0
    var shared = 0
    /// Whether what opens above the threshold is the board's.
    var isForBoard = false
    /// Kinds of visits: one price for each kind that occurs.
    var kind: [Int: Int] = [:]
    var price: [Int] = []

    func outcome(_ chosen: [Int]) -> GroupOutcome {
      let set = Set(chosen)
      let isLifted = !lifting.isDisjoint(with: set)
      let total = chosen.reduce(0) { $0 + (weight[$1] ?? 0) } - (isLifted ? 6 : 0)
      var costs = base.filter { set.contains($0.key) }
      for (a, b, more) in pairs where set.contains(a) && set.contains(b) {
        costs[a]?.conditions += more.conditions
        costs[a]?.board += more.board
        if more.outside > 0 { costs[a]?.outside = 1 }
        costs[a]?.cautions += more.cautions
        costs[a]?.acceptables += more.cautions
        costs[a]?.scoreLoss += more.scoreLoss
      }
      var context: Set<ContextItem> = []
      if total > conditionAbove {
        context = [
          .condition(SharedCondition(number: shared, isForBoard: isForBoard)), .caution(shared),
          .acceptable(shared),
        ]
      }
      var burden = [0, 0]
      for option in chosen { burden[0] += own[option]?[0] ?? 0 }
      for one in Set(chosen.compactMap { kind[$0] }) { burden[1] += price[one] }
      return GroupOutcome(
        costs: costs, context: context, burden: burden,
        conflicts: total > forbiddenAbove
          ? [
            ChoiceConflict(
              all: set, unless: lifting.subtracting(set),
              why: Reason(.joint(.organLimit), names: ["too much"]))
          ] : [],
        exempt: lifting.subtracting(set), exemptFromBurden: [])
    }
  }

  init(seed: UInt64, lesions: Int, choices: Int) {
    var random = SplitMix64(seed: seed)
    func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    var laws = [GroupLaw](repeating: GroupLaw(), count: 4)
    var options: [ChoiceProblem.Option] = []
    for lesion in 0..<lesions {
      for choice in 0..<choices {
        let index = options.count
        // The last choice is to leave the lesion.
        let group = choice == choices - 1 ? 3 : choice % 3
        var cost = OptionCost()
        if group == 3 {
          cost = OptionCost(unacceptable: 1, untreated: 1, scoreLoss: 1000)
        } else {
          cost.conditions = max(0, draw(-2...2))
          cost.board = draw(0...4) == 0 ? 1 : 0
          cost.outside = draw(0...3) == 0 ? 1 : 0
          if draw(0...3) == 0 {
            cost.shared = [SharedCondition(number: draw(10...12), isForBoard: draw(0...2) == 0)]
          }
          cost.cautions = draw(0...2)
          cost.acceptables = cost.cautions + draw(0...2)
          cost.scoreLoss = draw(50...700)
          if draw(0...9) == 0 { cost.unacceptable = 1 }
        }
        let own = group == 3 ? 0 : draw(0...30)
        options.append(.init(lesion: lesion, group: group, burden: [own, 0]))
        laws[group].base[index] = cost
        laws[group].own[index] = [own, 0]
        laws[group].weight[index] = group == 3 ? 0 : draw(0...5)
        laws[group].kind[index] = draw(0...2)
        if group != 3, draw(0...7) == 0 { laws[group].lifting.insert(index) }
      }
    }
    for group in 0..<4 {
      laws[group].conditionAbove = draw(2...8)
      laws[group].forbiddenAbove = group == 3 ? .max : laws[group].conditionAbove + draw(0...8)
      laws[group].shared = group
      laws[group].isForBoard = draw(0...1) == 0
      laws[group].price = group == 3 ? [0, 0, 0] : [draw(0...9), draw(0...9), draw(0...9)]
      let members = laws[group].base.keys.sorted()
      for a in members {
        for b in members where options[a].lesion != options[b].lesion && draw(0...5) == 0 {
          laws[group].pairs.append(
            (
              a, b,
              OptionCost(
                board: draw(0...3) / 3, outside: draw(0...3) / 3, conditions: draw(0...1),
                cautions: draw(0...1), scoreLoss: draw(0...90))
            ))
        }
      }
    }
    var conflicts: [ChoiceConflict] = []
    for _ in 0..<draw(0...3) {
      let a = draw(0...options.count - 1)
      let b = draw(0...options.count - 1)
      let both = options[a].group != 3 && options[b].group != 3 && options[a].lesion != options[b].lesion
      if both {
        conflicts.append(
          ChoiceConflict(all: [a, b], unless: [], why: Reason(.joint(.oneFractionCount), names: ["apart"])))
      }
    }
    // One anaesthetic for options of two groups, which both cost a kind of visit.
    let first = Set(options.indices.filter { options[$0].group == 0 && draw(0...2) == 0 })
    let second = Set(options.indices.filter { options[$0].group == 1 && draw(0...2) == 0 })
    let credits = first.isEmpty || second.isEmpty ? [] : [(first, second)]
    for group in 0..<2 { laws[group].price = laws[group].price.map { $0 + 1 } }
    let fixed = laws
    problem = ChoiceProblem(
      lesionCount: lesions, options: options, groupCount: 4, measureCount: 2, weights: [1, 3],
      floors: options.indices.map { fixed[options[$0].group].base[$0] ?? OptionCost() }, conflicts: conflicts,
      thresholds: [], charges: [],
      credits: credits.map { .init(first: $0, second: $1, burden: [0, 2]) },
      reducible: seed % 2 == 0 ? [0, 1, 2] : [0]
    ) { group, chosen in fixed[group].outcome(chosen) }
  }

  /// Every choice there is, one after the other.
  func forEach(_ body: ([Int]) throws -> Void) rethrows {
    let own = (0..<problem.lesionCount).map { lesion in
      problem.options.indices.filter { problem.options[$0].lesion == lesion }
    }
    var choice = [Int](repeating: 0, count: own.count)
    func go(_ lesion: Int) throws {
      if lesion == own.count { return try body(choice) }
      for option in own[lesion] {
        choice[lesion] = option
        try go(lesion + 1)
      }
    }
    try go(0)
  }

  /// The least rank by trying everything: slow and obvious.
  func bestByTrying(_ isAllowed: ([Int]) -> Bool = { _ in true }) throws -> ChoiceRank? {
    var best: ChoiceRank?
    try forEach { choice in
      guard isAllowed(choice) else { return }
      var rank = ChoiceRank()
      var shared: Set<SharedCondition> = []
      var isFeasible = problem.conflicts.allSatisfy { !$0.forbids(Set(choice)) }
      for group in 0..<problem.groupCount {
        let own = choice.filter { problem.options[$0].group == group }
        guard !own.isEmpty else { continue }
        let outcome = try problem.evaluate(group, own)
        for cost in outcome.costs.values {
          rank.unacceptable += cost.unacceptable
          rank.untreated += cost.untreated
          rank.board += cost.board
          rank.outside += cost.outside
          rank.conditions += cost.conditions
          rank.cautions += cost.cautions
          rank.acceptables += cost.acceptables
          rank.scoreLoss += cost.scoreLoss
          shared.formUnion(cost.shared)
        }
        for item in outcome.context {
          switch item {
          case .condition(let condition): shared.insert(condition)
          case .caution: rank.cautions += 1
          case .acceptable: rank.acceptables += 1
          }
        }
        rank.burden += zip(outcome.burden, problem.weights).reduce(0) { $0 + $1.0 * $1.1 }
        if outcome.conflicts.contains(where: { $0.forbids(Set(choice)) }) { isFeasible = false }
      }
      for credit in problem.credits
      where choice.contains(where: credit.first.contains) && choice.contains(where: credit.second.contains) {
        rank.burden -= zip(credit.burden, problem.weights).reduce(0) { $0 + $1.0 * $1.1 }
      }
      rank.board += shared.count { $0.isForBoard }
      rank.conditions += shared.count { !$0.isForBoard }
      if isFeasible, best.map({ rank < $0 }) ?? true { best = rank }
    }
    return best
  }
}
