// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Vocabulary

extension SampledChoices {
  /// Costs of one draw.
  struct Draw: Sendable {
    /// What each option costs by itself, in figures.
    let figures: [CostFigures]
    /// The lesions whose costs are other than they are known.
    let lesions: [Int]
    /// How good the course of SBRT is, 0 for a good plan to 1 for a poor one; `nil` as it is known.
    let quality: Double?
  }

  /// How often plans that draws ask for are met, and how many each time.
  private static let rounds = 6
  private static let plansARound = 400

  /// The best plan of each draw, of those met and those that draws ask for most, and how many draws ask for more.
  ///
  /// All draws choose among the same plans: whatever one of them led to serves the others, whichever comes first.
  ///
  /// - Throws: errors of geometry.
  mutating func best(
    of count: Int, _ draw: @Sendable (Int) -> Draw, _ search: inout PlanSearch
  ) throws -> (plans: [[Int]], unsettled: Int) {
    let parts = min(count, Self.parts)
    var best = [Int](repeating: 0, count: count)
    // What steps from the best one lead to: the same as long as it stays the best.
    var wishes = [[PlanKey]](repeating: [], count: count)
    var seen = 0
    for round in 0...Self.rounds {
      let isLast = round == Self.rounds
      // Of very many draws what each asks for is too much to keep: it is found anew.
      let isKept = count <= Self.mostKept
      let (choosing, before, asked, from) = (self, best, wishes, seen)
      let answers = try Workers.map(parts) { part throws -> Asked in
        var found = Asked()
        for number in (part * count / parts)..<((part + 1) * count / parts) {
          let draw = draw(number)
          let own = choosing.best(of: draw, startingAt: before[number], from: from)
          found.best.append(own)
          let left = isKept && own == before[number] ? asked[number].filter { !choosing.isLooked($0) } : []
          let mine = left.isEmpty ? try choosing.asked(from: own, by: draw) : left
          found.wishes.append(isKept || isLast ? mine : [])
          for plan in mine { found.counts[plan, default: 0] += 1 }
        }
        return found
      }
      best = answers.flatMap(\.best)
      wishes = answers.flatMap(\.wishes)
      seen = plans.count
      guard !isLast else { break }
      let counts = answers.dropFirst().reduce(into: answers.first?.counts ?? [:]) { all, part in
        all.merge(part.counts, uniquingKeysWith: +)
      }
      let room = hasTime ? min(Self.plansARound, most - met) : 0
      guard !counts.isEmpty, room > 0 else { break }
      let order = counts.sorted { a, b in
        a.value != b.value ? a.value > b.value : a.key.options.lexicographicallyPrecedes(b.key.options)
      }
      let wanted = Array(allowed(order.prefix(4 * room).map(\.key)).prefix(room))
      try read(wanted)
      for plan in wanted { try meet(plan, &search) }
    }
    return (best.map { plans[$0].options }, wishes.count { !$0.isEmpty })
  }

  private static let parts = 64
  private static let mostKept = 5000

  private struct Asked: Sendable {
    var best: [Int] = []
    var wishes: [[PlanKey]] = []
    var counts: [PlanKey: Int] = [:]
  }

  /// Reads what groups of these plans come to, side by side: it is remembered.
  private func read(_ wanted: [PlanKey]) throws {
    var sets: Set<[Int]> = []
    for plan in wanted {
      for own in Dictionary(grouping: plan.options, by: { joint.problem.options[$0].group }).values {
        sets.insert(own.sorted())
      }
    }
    let all = sets.sorted { $0.lexicographicallyPrecedes($1) }
    _ = try Workers.map(all.count) { index throws in
      let own = all[index].map { joint.options[$0] }
      _ = try joint.reading.read(own[0].group, own)
    }
  }
}
