internal import Eligibility
internal import Vocabulary

/// Ranks what nobody told by what it could change.
struct WishList {
  private let joint: JointProblem

  /// How many facts are tried at every value that rules tell apart.
  private static let tried = 12

  init(_ joint: JointProblem) { self.joint = joint }

  /// - Throws: errors of geometry.
  func wishes(
    _ best: EvaluatedChoice, _ choosing: inout SampledChoices, _ search: inout PlanSearch
  ) throws -> [PlanRobustness.Wish] {
    var tables: [Int: FactTable] = [:]
    var judged: [Int: ModalityJudgement] = [:]
    for index in joint.options.indices {
      let option = joint.options[index]
      guard let modality = option.choice.modality, let site = option.site else { continue }
      let table = joint.reading.table(
        of: option, in: try joint.reading.read(option.group, [option]))
      tables[index] = table
      judged[index] = joint.pool.judge.judge(modality, at: site, facts: table)
    }
    let costs = joint.options.indices.map { joint.translation.cost(joint.options[$0], judged[$0]) }
    let now = try choosing.best(costs, changed: [], &search)
    // What is asked for by the therapies of the plan, and by those beside them.
    var asked: [Fact: (lesions: Set<String>, couldExclude: Bool, spread: Double)] = [:]
    for (index, judgement) in judged {
      let isChosen = best.options.contains(index)
      for missing in judgement.missing {
        let own = missing.fact.definition.scope == .lesion ? [joint.options[index].id] : []
        let old = asked[missing.fact] ?? ([], false, 0)
        asked[missing.fact] = (
          old.lesions.union(own), old.couldExclude || (isChosen && missing.couldExclude),
          isChosen ? max(old.spread, missing.scoreSpread) : old.spread
        )
      }
    }
    let order = asked.keys.sorted { a, b in
      let (x, y) = (asked[a], asked[b])
      if x?.couldExclude != y?.couldExclude { return x?.couldExclude == true }
      return (-(x?.spread ?? 0), a) < (-(y?.spread ?? 0), b)
    }
    var wishes: [PlanRobustness.Wish] = []
    for (place, fact) in order.enumerated() {
      guard let entry = asked[fact] else { continue }
      let changes =
        place < Self.tried && (entry.couldExclude || entry.spread > 0)
        ? try changesPlan(fact, tables, costs, now, &choosing, &search) : false
      if !changes, !entry.couldExclude, entry.spread < 1 { continue }
      wishes.append(
        .init(
          fact: fact, lesions: entry.lesions.sorted(), changesPlan: changes,
          couldExclude: entry.couldExclude, scoreSpread: entry.spread))
    }
    return wishes.sorted { a, b in
      if a.changesPlan != b.changesPlan { return a.changesPlan }
      if a.couldExclude != b.couldExclude { return a.couldExclude }
      return (-a.scoreSpread, a.fact) < (-b.scoreSpread, b.fact)
    }
  }

  /// Whether some value of a fact changes what is done about a lesion.
  private func changesPlan(
    _ fact: Fact, _ tables: [Int: FactTable], _ costs: [OptionCost], _ now: [Int],
    _ choosing: inout SampledChoices, _ search: inout PlanSearch
  ) throws -> Bool {
    for value in values(of: fact) {
      var changed = costs
      for (index, table) in tables where table[fact].knowledge == .unknown {
        guard let modality = joint.options[index].choice.modality, let site = joint.options[index].site else {
          continue
        }
        var told = table
        told[fact] = FactValue(.known(value), origin: .stated, source: "")
        changed[index] = joint.translation.cost(
          joint.options[index], joint.pool.judge.judge(modality, at: site, facts: told))
      }
      guard changed != costs else { continue }
      let then = try choosing.best(changed, changed: Array(joint.pool.lesions.indices), &search)
      let words = { (options: [Int]) in options.map { joint.options[$0].choice.word } }
      if words(then) != words(now) { return true }
    }
    return false
  }

  /// One value of each band that a rule on the fact tells apart.
  private func values(of fact: Fact) -> [FactValue.Point] {
    switch fact.definition.kind {
    case .word(let words): return words.map { .word($0) }
    case .number(_, let domain):
      let edges = Set(
        joint.pool.judge.ruleSet.rules.filter { $0.fact == fact }.flatMap(\.bands).flatMap {
          band -> [Double] in
          guard case .numbers(let bounds) = band.match else { return [] }
          return [bounds.lower, bounds.upper].compactMap(\.self)
        }
      ).filter { $0 > domain.lowerBound && $0 < domain.upperBound }.sorted()
      let ends = [domain.lowerBound] + edges + [domain.upperBound]
      return zip(ends, ends.dropFirst()).map { .number(($0 + $1) / 2) }
    }
  }
}
