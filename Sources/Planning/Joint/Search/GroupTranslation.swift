// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Eligibility
internal import Evidence
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
  /// How each lesion's first therapy stands by itself; `nil` where none is judged.
  private let firsts: [JudgementTally?]
  /// The options of each lesion.
  private let own: [[Int]]

  /// - Throws: errors of geometry.
  init(_ pool: TherapyPool, _ options: [PlanOption], _ reading: GroupEvaluation) throws {
    self.pool = pool
    self.options = options
    self.reading = reading
    own = pool.lesions.indices.map { lesion in options.indices.filter { options[$0].lesion == lesion } }
    let rules = pool.judge.ruleSet.rules
    let roots = Set(rules.map(\.root)).sorted()
    let numbers = Dictionary(
      roots.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    conditions = Dictionary(
      rules.map { ($0.fact, numbers[$0.root] ?? 0) }, uniquingKeysWith: { first, _ in first })
    let alone = try options.map { try reading.read($0.group, [$0]).judgements[0]?.tally }
    firsts = Self.firsts(options, alone, lesions: pool.lesions.count)
  }

  /// What an option adds in whatever company.
  func ownBurden(_ index: Int) -> [Int] { group(options[index]).ownBurden(options[index]) }

  /// What an option costs at least in whatever company.
  func floor(_ index: Int) throws -> OptionCost {
    var floor = try leastAlone(index)
    // What an operation takes along is not asked whether something else would suit it better.
    if group(options[index]).takesAlong { floor.outside = 0 }
    return floor
  }

  /// What an option costs at least where nothing takes it along.
  private func leastAlone(_ index: Int) throws -> OptionCost {
    let option = options[index]
    var costs = [cost(option, try reading.read(option.group, [option]).judgements[0]?.tally)]
    for other in try group(option).otherJudgements(option, by: reading) {
      costs.append(cost(option, other?.tally))
    }
    return costs.dropFirst().reduce(costs[0]) { $0.least($1) }
  }

  /// Operations by which a lesion is treated by less than its first therapy, with those of one place that may take it along:
  /// such as are a lesion's first therapy beside some others.
  ///
  /// - Throws: errors of geometry.
  func companions() throws -> [ChoiceProblem.Companion] {
    let maker = SessionMaker(pool)
    let along = options.indices.filter { group(options[$0]).takesAlong }
    let isOutside = Dictionary(
      uniqueKeysWithValues: try along.map { ($0, try leastAlone($0).outside > 0) })
    return along.filter { isOutside[$0] == true }.map { index in
      ChoiceProblem.Companion(
        option: index,
        hosts: Set(
          along.filter { other in
            isOutside[other] == false && options[other].group == options[index].group
              && maker.place(of: options[other]) == maker.place(of: options[index])
          }))
    }
  }

  /// The first therapy of each lesion among options judged by themselves.
  static func firsts(
    _ options: [PlanOption], _ alone: [JudgementTally?], lesions: Int
  ) -> [JudgementTally?] {
    var firsts = [JudgementTally?](repeating: nil, count: lesions)
    for (option, tally) in zip(options, alone) {
      guard let tally else { continue }
      if firsts[option.lesion].map({ tally.rank.precedes($0.rank) }) ?? true { firsts[option.lesion] = tally }
    }
    return firsts
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
  private static let summed: [TherapyFamily] = [.irradiation, .ablation, .surgery, .embolization]

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

  /// What one anaesthetic for two families saves: liver lesions are ablated while the liver is open for others.
  var credits: [ChoiceProblem.Credit] {
    let liver = options.indices.filter { options[$0].site == .liver }
    let resected = liver.filter { options[$0].choice.family == .surgery }
    let ablated = liver.filter { options[$0].choice.family == .ablation }
    guard !resected.isEmpty, !ablated.isEmpty else { return [] }
    var burden = PlanMeasure.none
    burden[PlanMeasure.visits.rawValue] = 1
    burden[PlanMeasure.anaesthetics.rawValue] = 1
    burden[PlanMeasure.hospitalDays.rawValue] = pool.parameters.hospitalDays(.ablation)
    burden[PlanMeasure.weeks.rawValue] = pool.parameters.weeks(after: .ablation, at: .liver)
    return [ChoiceProblem.Credit(first: Set(resected), second: Set(ablated), burden: burden)]
  }

  func outcome(_ group: PlanOption.Group, _ chosen: [Int]) throws -> GroupOutcome {
    let own = chosen.map { options[$0] }
    let read = try reading.read(group, own)
    var costs: [Int: OptionCost] = [:]
    for (place, index) in chosen.enumerated() {
      costs[index] = cost(own[place], read.judgements[place]?.tally)
    }
    takeAlong(own, chosen, read, &costs)
    let others = Set(options.indices.filter { options[$0].group == group }).subtracting(chosen)
    let family = pool.group(group.family)
    let exempt = others.map { (index: $0, from: family.exemption(of: options[$0], from: read)) }
    func exempted(_ what: KeyPath<GroupExemption, Bool>) -> Set<Int> {
      Set(exempt.filter { $0.from[keyPath: what] }.map(\.index))
    }
    return GroupOutcome(
      costs: costs, context: context(read.findings).union(boardItems(group, read)), burden: read.burden,
      conflicts: read.incompatibilities.map { conflict($0, chosen, exempted(\.fromIncompatibilities)) },
      exempt: exempted(\.fromJudgements), exemptFromBurden: exempted(\.fromBurden))
  }

  /// An operation that is done for one lesion takes others of the same verdict that lie in its reach: whether something else
  /// would score better for them by itself is no question of theirs then.
  private func takeAlong(
    _ own: [PlanOption], _ chosen: [Int], _ read: GroupEvaluation.Result, _ costs: inout [Int: OptionCost]
  ) {
    guard let first = own.first, own.count > 1, group(first).takesAlong else { return }
    let maker = SessionMaker(pool)
    for members in Dictionary(grouping: own.indices, by: { maker.place(of: own[$0]) }).values
    where members.contains(where: { costs[chosen[$0]]?.outside == 0 }) {
      for place in members {
        guard let judged = read.judgements[place], let best = firsts[own[place].lesion],
          judged.verdict <= best.verdict
        else { continue }
        costs[chosen[place]]?.outside = 0
      }
    }
  }

  /// What only a board can decide about a group's options as a whole.
  private func boardItems(_ group: PlanOption.Group, _ read: GroupEvaluation.Result) -> [ContextItem] {
    read.isForBoard ? [.condition(SharedCondition(number: -1 - group.rawValue, isForBoard: true))] : []
  }

  /// What is found of the plan as a whole, by root.
  func context(_ findings: [Finding]) -> Set<ContextItem> {
    var items: Set<ContextItem> = []
    for finding in findings {
      guard let number = conditions[finding.fact] else { continue }
      if finding.effect == .conditions {
        items.insert(.condition(SharedCondition(number: number, isForBoard: finding.isForBoard)))
      }
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
    cost(option, judgement, first: firsts[option.lesion])
  }

  /// The costs of all options by judgements of each by itself: where facts are other than they are known, a lesion's first
  /// therapy may be another.
  func costs(_ alone: [JudgementTally?]) -> [OptionCost] {
    let firsts = Self.firsts(options, alone, lesions: pool.lesions.count)
    return options.indices.map { cost(options[$0], alone[$0], first: firsts[options[$0].lesion]) }
  }

  /// Brings costs up to date where judgements of one lesion's options, or of any, are others.
  ///
  /// - Parameters:
  ///   - costs: those before, by option.
  ///   - alone: the judgements of all options, each by itself.
  ///   - lesion: whose judgements are others; those of any lesion when `nil`.
  func update(_ costs: inout [OptionCost], _ alone: [JudgementTally?], of lesion: Int?) {
    guard let lesion else {
      costs = self.costs(alone)
      return
    }
    var first: JudgementTally?
    for index in own[lesion] {
      guard let tally = alone[index] else { continue }
      if first.map({ tally.rank.precedes($0.rank) }) ?? true { first = tally }
    }
    for index in own[lesion] { costs[index] = cost(options[index], alone[index], first: first) }
  }

  /// Whether a lesion is treated by less than its first therapy, and those that no evidence tells from it.
  func isOutside(_ judgement: JudgementTally, first: JudgementTally?) -> Bool {
    let scoring = pool.judge.ruleSet.scoring
    return first.map { !scoring.isEquivalent(judgement.rank, toFirst: $0.rank) } ?? false
  }

  private func cost(
    _ option: PlanOption, _ judgement: JudgementTally?, first: JudgementTally?
  ) -> OptionCost {
    guard let judgement else {
      return option.choice == .observe
        ? OptionCost() : OptionCost(unacceptable: 1, untreated: 1, scoreLoss: 1000)
    }
    var cost = OptionCost()
    cost.unacceptable = judgement.verdict <= .conditional ? 0 : 1
    cost.outside = isOutside(judgement, first: first) ? 1 : 0
    // One entry a finding: of two on one fact one may be the board's, the other not.
    var forBoard = judgement.boardConditions
    for fact in judgement.conditions {
      let isForBoard = forBoard.firstIndex(of: fact).map { forBoard.remove(at: $0) } != nil
      if fact.definition.scope == .patient, let number = conditions[fact] {
        cost.shared.insert(SharedCondition(number: number, isForBoard: isForBoard))
      } else if isForBoard {
        cost.board += 1
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
      board: min(board, other.board), outside: min(outside, other.outside),
      conditions: min(conditions, other.conditions), shared: shared.intersection(other.shared),
      cautions: min(cautions, other.cautions), acceptables: min(acceptables, other.acceptables),
      scoreLoss: min(scoreLoss, other.scoreLoss))
  }
}
