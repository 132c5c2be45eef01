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
  let reading: GroupReading
  /// A number for each fact of the patient that a condition may rest on; facts of one root share it.
  private let conditions: [Fact: Int]

  init(_ pool: TherapyPool, _ options: [PlanOption], _ reading: GroupReading) {
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

  /// What an option adds in whatever company: of SBRT its share of the mean lung dose; nothing where several lesions share
  /// a target, whose dose comes once.
  func ownBurden(_ index: Int) -> [Int] {
    var burden = [Int](repeating: 0, count: GroupReading.Measure.allCases.count)
    guard let regimen = options[index].regimen, let found = pool.courses?.regimens[regimen],
      found.lesions == [options[index].id]
    else { return burden }
    burden[GroupReading.Measure.lungDose.rawValue] = GroupReading.lungDose(found)
    return burden
  }

  /// What an option costs at least in whatever company.
  func floor(_ index: Int) throws -> OptionCost {
    let option = options[index]
    var costs = [cost(option, try reading.read(option.group, [option]).judgements[0]?.tally)]
    switch option.group {
    case .rightLung, .leftLung, .otherSurgery:
      for table in try reading.withoutFunction(option) { costs.append(cost(option, table?.tally)) }
    default: break
    }
    return costs.dropFirst().reduce(costs[0]) { $0.least($1) }
  }

  private func fractions(_ option: PlanOption) -> Int? {
    option.regimen.flatMap { pool.courses?.regimens[$0].scheme.fractionation.fractions }
  }

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

  /// Visits of SBRT by fraction count, sessions of needles by lung and energy.
  var charges: [ChoiceProblem.Charge] {
    var burden = [Int](repeating: 0, count: GroupReading.Measure.allCases.count)
    var charges: [ChoiceProblem.Charge] = []
    let irradiated = options.indices.filter { options[$0].group == .irradiation }
    for count in Set(irradiated.compactMap { fractions(options[$0]) }).sorted() {
      burden[GroupReading.Measure.visits.rawValue] = count
      charges.append(
        .init(
          group: PlanOption.Group.irradiation.rawValue,
          sizes: Dictionary(
            irradiated.filter { fractions(options[$0]) == count }.map { ($0, 1) },
            uniquingKeysWith: { first, _ in first }), capacity: nil, burden: burden))
    }
    burden[GroupReading.Measure.visits.rawValue] = 1
    burden[GroupReading.Measure.anaesthetics.rawValue] = 1
    let maker = SessionMaker(pool)
    let thermal = options.indices.filter { options[$0].group == .ablation }
    for own in Dictionary(grouping: thermal, by: { maker.room(of: options[$0]) }).sorted(by: {
      $0.key < $1.key
    }) {
      charges.append(
        .init(
          group: PlanOption.Group.ablation.rawValue,
          sizes: Dictionary(own.value.map { ($0, 1) }, uniquingKeysWith: { first, _ in first }),
          capacity: maker.lesionsPerSession, burden: burden))
    }
    return charges
  }

  /// What the lung destroyed by needles brings about from some volume on.
  var thresholds: [ChoiceProblem.Threshold] {
    var weights: [Int: Int] = [:]
    for index in options.indices where options[index].group == .ablation && options[index].site == .lung {
      guard let energy = options[index].choice.modality, let plan = pool.ablation else { continue }
      let facts = plan.facts(choosing: [options[index].id: energy])
      // Rounded down: the sum never looks greater than it is.
      if let cc = facts.patient.number(.ablatedLung(energy)) { weights[index] = Int(100 * cc) }
    }
    guard let first = weights.keys.min() else { return [] }
    return Set(Modality.thermal.flatMap { VolumeSteps(pool, options[first], $0, context).steps }).map {
      ChoiceProblem.Threshold(item: $0.item, weights: weights, bound: $0.bound)
    }.sorted { ($0.item, $0.bound) < ($1.item, $1.bound) }
  }

  func outcome(_ group: PlanOption.Group, _ chosen: [Int]) throws -> GroupOutcome {
    let own = chosen.map { options[$0] }
    let read = try reading.read(group, own)
    var costs: [Int: OptionCost] = [:]
    for (place, index) in chosen.enumerated() {
      costs[index] = cost(own[place], read.judgements[place]?.tally)
    }
    let others = Set(options.indices.filter { options[$0].group == group }).subtracting(chosen)
    var exempt: Set<Int> = []
    var exemptFromBurden: Set<Int> = []
    switch group {
    case .irradiation:
      exempt = others.filter { other in
        (fractions(options[other]) ?? 0) > (read.fractions ?? .max)
      }
    case .rightLung, .leftLung, .otherSurgery:
      // What several operations do to one another's verdict has no direction that could be relied on.
      exempt = others
      exemptFromBurden = others.filter { other in
        pool.facts.lobe(of: pool.lesions[options[other].lesion]).map(read.bridged.contains) ?? false
      }
    default: break
    }
    return GroupOutcome(
      costs: costs, context: context(read.findings), burden: read.burden,
      conflicts: read.breaches.map {
        conflict($0, chosen, group == .irradiation ? exempt : exemptFromBurden)
      },
      exempt: exempt, exemptFromBurden: exemptFromBurden)
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
    _ breach: GroupReading.Breach, _ chosen: [Int], _ exempt: Set<Int>
  ) -> ChoiceConflict {
    var unless = breach.isFirm ? [] : exempt
    for index in options.indices {
      let option = options[index]
      if breach.unlessResected.contains(option.id), option.choice.family == .surgery { unless.insert(index) }
      if breach.unlessRegimen.contains(where: { $0.lesion == option.id && $0.regimen == option.regimen }) {
        unless.insert(index)
      }
    }
    let all = Set(breach.all.map { chosen[$0] })
    return ChoiceConflict(all: all, unless: unless.subtracting(all), why: breach.why)
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

extension GroupReading {
  /// An operation judged as it would be where company left its function unknown, or its class of risk open.
  ///
  /// - Throws: errors of geometry.
  func withoutFunction(_ option: PlanOption) throws -> [ModalityJudgement?] {
    guard let modality = option.choice.modality, let site = option.site, let resections = pool.resections
    else { return [] }
    let plan = try resections.plan(of: [option.id], withVariants: false, othersMayFollow: false)
    let own = plan.lesionFacts[option.id] ?? FactTable()
    return [[Fact.operativeRisk], [.operativeRisk, .ppoFEV1, .ppoDLCO]].map { left in
      var facts = FactTable()
      for fact in own.recorded where !left.contains(fact) { facts[fact] = own[fact] }
      return pool.judge.judge(
        modality, at: site,
        facts: pool.table(of: pool.lesions[option.lesion], with: [plan.patientFacts, facts]))
    }
  }
}
