// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Eligibility
internal import Facts
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Resection
internal import Vocabulary

/// Readings of groups in the problem's own words.
struct GroupTranslation: Sendable {
  let pool: TherapyPool
  let options: [PlanOption]
  let reading: GroupEvaluation
  /// A number for each fact of the patient that a condition may rest on; facts of one root share it.
  private let conditions: [Fact: Int]

  init(_ pool: TherapyPool, _ options: [PlanOption], _ reading: GroupEvaluation) {
    self.pool = pool
    self.options = options
    self.reading = reading
    let rules = pool.judge.ruleSet.rules
    let roots = Set(rules.map(\.root)).sorted()
    let numbers = Dictionary(
      roots.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    conditions = Dictionary(
      rules.map { ($0.fact, numbers[$0.root] ?? 0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What an option adds in whatever company.
  func ownBurden(_ index: Int) -> [Int] { group(options[index]).ownBurden(options[index]) }

  /// What an option costs at least in whatever company.
  func floor(_ index: Int) throws -> OptionCost {
    let option = options[index]
    var costs = [cost(option, try reading.read(option.group, [option]).judgements[0]?.tally)]
    for other in try group(option).otherJudgements(option, by: reading) {
      costs.append(cost(option, other?.tally))
    }
    return costs.dropFirst().reduce(costs[0]) { $0.least($1) }
  }

  private func group(_ option: PlanOption) -> any TherapyGroup { pool.group(option.group.family) }

  /// Options of one plan that cannot be given as one: near targets with different fraction counts.
  var incompatible: [ChoiceConflict] {
    (pool.courses?.incompatible ?? []).flatMap { a, b in
      options.indices.filter { options[$0].regimen == a }.flatMap { first in
        options.indices.filter { options[$0].regimen == b && options[$0].lesion != options[first].lesion }
          .map { second in
            ChoiceConflict(
              all: [first, second], unless: [],
              why: Reason(.joint(.oneFractionCount), names: [options[first].id, options[second].id])
            )
          }
      }
    }
  }

  /// Families whose options cost by the session, or add up to something.
  private static let summed: [TherapyFamily] = [.irradiation, .ablation]

  private func options(of family: TherapyFamily) -> [(index: Int, option: PlanOption)] {
    options.enumerated().filter { $0.element.group.family == family }.map { ($0.offset, $0.element) }
  }

  /// What options cost by the session.
  var charges: [ChoiceProblem.Charge] {
    Self.summed.flatMap { pool.group($0).charges(options(of: $0)) }
  }

  /// What sums over options bring about.
  var thresholds: [ChoiceProblem.Threshold] {
    Self.summed.flatMap { pool.group($0).thresholds(options(of: $0), context) }
  }

  func outcome(_ group: PlanOption.Group, _ chosen: [Int]) throws -> GroupOutcome {
    let own = chosen.map { options[$0] }
    let read = try reading.read(group, own)
    var costs: [Int: OptionCost] = [:]
    for (place, index) in chosen.enumerated() {
      costs[index] = cost(own[place], read.judgements[place]?.tally)
    }
    let others = Set(options.indices.filter { options[$0].group == group }).subtracting(chosen)
    let family = pool.group(group.family)
    let exempt = others.map { (index: $0, from: family.exemption(of: options[$0], from: read)) }
    func exempted(_ what: KeyPath<GroupExemption, Bool>) -> Set<Int> {
      Set(exempt.filter { $0.from[keyPath: what] }.map(\.index))
    }
    return GroupOutcome(
      costs: costs, context: context(read.findings), burden: read.burden,
      conflicts: read.incompatibilities.map { conflict($0, chosen, exempted(\.fromIncompatibilities)) },
      exempt: exempted(\.fromJudgements), exemptFromBurden: exempted(\.fromBurden))
  }

  /// What is found of the plan as a whole, by root.
  func context(_ findings: [Finding]) -> Set<ContextItem> {
    var items: Set<ContextItem> = []
    for finding in findings {
      guard let number = conditions[finding.fact] else { continue }
      if finding.effect == .conditions { items.insert(.condition(number)) }
      if let grade = finding.grade, finding.effect != .silenced {
        if grade >= .caution { items.insert(.caution(number)) }
        if grade >= .acceptable { items.insert(.acceptable(number)) }
      }
    }
    return items
  }

  private func conflict(
    _ incompatibility: GroupEvaluation.Incompatibility, _ chosen: [Int], _ exempt: Set<Int>
  ) -> ChoiceConflict {
    var unless = incompatibility.isFirm ? [] : exempt
    for index in options.indices {
      let option = options[index]
      if incompatibility.unlessResected.contains(option.id), option.choice.family == .surgery {
        unless.insert(index)
      }
      if incompatibility.unlessRegimen.contains(where: {
        $0.lesion == option.id && $0.regimen == option.regimen
      }) {
        unless.insert(index)
      }
    }
    let all = Set(incompatibility.all.map { chosen[$0] })
    return ChoiceConflict(all: all, unless: unless.subtracting(all), why: incompatibility.why)
  }

  /// A judgement counted.
  func cost(_ option: PlanOption, _ judgement: JudgementTally?) -> OptionCost {
    guard let judgement else {
      return option.choice == .observe
        ? OptionCost() : OptionCost(unacceptable: 1, untreated: 1, scoreLoss: 1000)
    }
    var cost = OptionCost()
    cost.unacceptable = judgement.verdict <= .conditional ? 0 : 1
    for fact in judgement.conditions {
      if fact.definition.scope == .patient, let number = conditions[fact] {
        cost.shared.insert(number)
      } else {
        cost.conditions += 1
      }
    }
    cost.conditions += judgement.openExclusions
    cost.cautions = judgement.cautions
    cost.acceptables = judgement.acceptables
    cost.scoreLoss = Int((10 * (100 - judgement.score)).rounded())
    return cost
  }
}

extension OptionCost {
  /// Figure by figure the lesser of both.
  fileprivate func least(_ other: OptionCost) -> OptionCost {
    OptionCost(
      unacceptable: min(unacceptable, other.unacceptable), untreated: min(untreated, other.untreated),
      conditions: min(conditions, other.conditions), shared: shared.intersection(other.shared),
      cautions: min(cautions, other.cautions), acceptables: min(acceptables, other.acceptables),
      scoreLoss: min(scoreLoss, other.scoreLoss))
  }
}
