// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// Ranks what nobody told by what it could change.
struct MissingInformation {
  private let joint: JointProblem

  /// How many facts are tried at every value that rules tell apart.
  private static let tried = 24

  init(_ joint: JointProblem) { self.joint = joint }

  private struct Asked {
    var lesions: Set<String> = []
    /// Whether a therapy of the plan asks for it.
    var isOfPlan = false
    var couldExclude = false
    var spread = 0.0
  }

  /// How every option stands with what is known now, and what is chosen by it.
  private struct Standing {
    var tables: [Int: FactTable] = [:]
    var judged: [Int: ModalityJudgement] = [:]
    var standing: [Int: StandingJudgement] = [:]
    var costs: [OptionCost] = []
    var chosen: [Int] = []
  }

  /// - Throws: errors of geometry.
  func wishes(
    _ best: EvaluatedChoice, _ choosing: inout SampledChoices, _ search: inout PlanSearch
  ) throws -> [PlanRobustness.Wish] {
    let now = try standing(&choosing, &search)
    let order = asked(by: now.judged, best, search).sorted { a, b in
      if a.value.isOfPlan != b.value.isOfPlan { return a.value.isOfPlan }
      if a.value.couldExclude != b.value.couldExclude { return a.value.couldExclude }
      return (-a.value.spread, a.key) < (-b.value.spread, b.key)
    }
    var wishes: [PlanRobustness.Wish] = []
    for (place, (fact, entry)) in order.enumerated() {
      let changes =
        place < Self.tried && choosing.hasTime ? try changesPlan(fact, now, &choosing, &search) : nil
      if changes != true, !entry.couldExclude, entry.spread < 1 { continue }
      wishes.append(
        .init(
          fact: fact, lesions: entry.lesions.sorted(), changesPlan: changes,
          couldExclude: entry.couldExclude, scoreSpread: entry.spread))
    }
    return wishes.sorted { a, b in
      if (a.changesPlan == true) != (b.changesPlan == true) { return a.changesPlan == true }
      if a.couldExclude != b.couldExclude { return a.couldExclude }
      return (-a.scoreSpread, a.fact) < (-b.scoreSpread, b.fact)
    }
  }

  private func standing(
    _ choosing: inout SampledChoices, _ search: inout PlanSearch
  ) throws -> Standing {
    var now = Standing()
    for index in joint.options.indices {
      let option = joint.options[index]
      guard let modality = option.choice.modality, let site = option.site else { continue }
      let table = joint.reading.table(
        of: option, in: try joint.reading.read(option.group, [option]))
      now.tables[index] = table
      now.judged[index] = joint.pool.judge.judge(modality, at: site, facts: table)
      now.standing[index] = StandingJudgement(joint.pool.judge, modality, at: site, facts: table)
    }
    now.costs = joint.translation.costs(joint.options.indices.map { now.standing[$0]?.tally })
    now.chosen = try choosing.best(now.costs, changed: [], &search)
    return now
  }

  /// What is asked for by the therapies of the plan first, then by those beside them.
  private func asked(
    by judged: [Int: ModalityJudgement], _ best: EvaluatedChoice, _ search: PlanSearch
  ) -> [Fact: Asked] {
    var asked: [Fact: Asked] = [:]
    for index in judged.keys.sorted() {
      let isChosen = best.options.contains(index)
      guard let judgement = judged[index], isChosen || search.allowed.contains(index) else { continue }
      for missing in judgement.missing where isChosen || missing.couldExclude || missing.couldCondition {
        var entry = asked[missing.fact] ?? Asked()
        if missing.fact.definition.scope == .lesion { entry.lesions.insert(joint.options[index].id) }
        if isChosen {
          entry.isOfPlan = true
          entry.couldExclude = entry.couldExclude || missing.couldExclude
          entry.spread = max(entry.spread, missing.scoreSpread)
        }
        asked[missing.fact] = entry
      }
    }
    return asked
  }

  /// Whether some value of a fact changes what is done about a lesion.
  private func changesPlan(
    _ fact: Fact, _ now: Standing, _ choosing: inout SampledChoices, _ search: inout PlanSearch
  ) throws -> Bool {
    for value in values(of: fact) {
      var tallies = joint.options.indices.map { now.standing[$0]?.tally }
      for (index, table) in now.tables where table[fact].knowledge == .unknown {
        var told = table
        told[fact] = FactValue(.known(value), origin: .stated, source: "")
        tallies[index] = now.standing[index]?.tally(of: told, changed: CollectionOfOne(fact))
      }
      let changed = joint.translation.costs(tallies)
      guard changed != now.costs else { continue }
      let then = try choosing.best(changed, changed: Array(joint.pool.lesions.indices), &search)
      let words = { (options: [Int]) in options.map { joint.options[$0].choice.word } }
      if words(then) != words(now.chosen) { return true }
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
