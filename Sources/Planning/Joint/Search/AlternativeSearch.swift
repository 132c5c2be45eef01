// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// Looks for plans of another kind, and tells what each wins and loses.
struct AlternativeSearch {
  private let joint: JointProblem
  private let writer: VariantAssembly
  private let count: Int

  init(_ joint: JointProblem, _ writer: VariantAssembly, count: Int) {
    self.joint = joint
    self.writer = writer
    self.count = count
  }

  struct Found {
    var recommended: PlanVariant
    var variants: [PlanVariant]
    var impossible: [ImpossibleKind]
    /// Every choice that was met, the recommended first: what robustness is reckoned on.
    var pool: [EvaluatedChoice]
  }

  /// Choices that differ from the best, each with all it is called.
  private struct Results {
    let best: ChoiceResult
    var entries: [(titles: [String], result: ChoiceResult)] = []

    mutating func add(_ title: String, _ result: ChoiceResult) {
      if result.choice.options == best.choice.options { return }
      if let index = entries.firstIndex(where: { $0.result.choice.options == result.choice.options }) {
        entries[index].titles.append(title)
      } else {
        entries.append(([title], result))
      }
    }
  }

  /// - Throws: errors of geometry.
  func find(
    _ best: ChoiceResult, _ recommended: PlanVariant, _ search: inout PlanSearch
  ) throws -> Found {
    var results = Results(best: best)
    // Where waiting comes first, plans of one kind tell what could be done after it.
    let isWaiting = best.choice.options.contains { joint.options[$0].choice == .observe }
    let impossible = try addKinds(isWaiting: isWaiting, &results, &search)
    try addLeastBurdens(&results, &search)
    if isWaiting {
      // What could be done after waiting is a plan of its own.
      var request = ChoiceRequest()
      request.allowed = search.allowed.filter { joint.options[$0].choice != .observe }
      if let result = try search.solve(request) { results.add("what could be done then", result) }
    }
    try addNextBest(&results, &search)
    var variants = try results.entries.sorted { $0.result.choice.rank < $1.result.choice.rank }.map { entry in
      (
        try writer.variant(entry.titles.joined(separator: ", "), entry.result, &search).against(recommended),
        entry.result.choice
      )
    }
    let all = [best.choice] + variants.map(\.1)
    var first = recommended
    first.isOnFront = isOnFront(best.choice, all)
    for index in variants.indices { variants[index].0.isOnFront = isOnFront(variants[index].1, all) }
    return Found(recommended: first, variants: variants.map(\.0), impossible: impossible, pool: all)
  }

  /// Adds the plans of one kind of therapy alone.
  ///
  /// - Returns: the kinds that there is no such plan of.
  private func addKinds(
    isWaiting: Bool, _ results: inout Results, _ search: inout PlanSearch
  ) throws -> [ImpossibleKind] {
    var impossible: [ImpossibleKind] = []
    for family in [TherapyFamily.irradiation, .ablation, .surgery] {
      guard let result = try search.solve(ofKind: family) else {
        impossible.append(ImpossibleKind(family: family, reasons: whyNone(of: family, search)))
        continue
      }
      if result.choice.rank.untreated > unavoidable(search) {
        impossible.append(
          ImpossibleKind(family: family, reasons: try reasons(result, family, &search)))
      } else {
        results.add("all \(family.title)\(isWaiting ? ", instead of waiting or after it" : "")", result)
      }
    }
    return impossible
  }

  /// Why no plan of one kind was found: the search was stopped, or decisions forbid it.
  private func whyNone(of family: TherapyFamily, _ search: PlanSearch) -> [Reason] {
    let decided = joint.pool.lesions.flatMap { lesion in
      writer.decisions(on: lesion.id).filter { $0.against.contains(family) }.map {
        Reason(.joint(.ofLesion), of: .lesion(lesion.id), because: [$0.reason])
      }
    }
    return search.wasStopped
      ? [Reason(.joint(.searchCutShort))]
      : decided.isEmpty ? [Reason(.joint(.decisionsLeaveNone))] : decided
  }

  /// Adds the plan that is least in each measure.
  private func addLeastBurdens(_ results: inout Results, _ search: inout PlanSearch) throws {
    for measure in PlanMeasure.allCases {
      var request = ChoiceRequest()
      request.aims = [.acceptable, .measure(measure.rawValue), .treatment, .concerns, .burden, .score]
      guard let result = try search.solve(request),
        try isWhole(result.choice, measure)
      else { continue }
      results.add(measure.title, result)
    }
  }

  /// Adds the next best plans, each of another kind than those before.
  private func addNextBest(_ results: inout Results, _ search: inout PlanSearch) throws {
    let best = results.best
    var request = ChoiceRequest()
    request.atMost = [sameKind(best.choice)]
    for number in 0..<count {
      guard let result = try search.solve(request) else { break }
      // A plan that leaves a lesion for no reason is no alternative.
      if result.choice.rank.unacceptable > best.choice.rank.unacceptable { break }
      results.add(number == 0 ? "next best of another kind" : "another", result)
      request.atMost.append(sameKind(result.choice))
    }
  }

  /// Whether a measure of a choice is all there is of it: the least of what is not known is none.
  private func isWhole(_ choice: EvaluatedChoice, _ measure: PlanMeasure) throws -> Bool {
    let chosen = choice.options.map { joint.options[$0] }
    return try PlanOption.Group.allCases.allSatisfy { group in
      let own = chosen.filter { $0.group == group }
      return try own.isEmpty
        || !joint.reading.read(group, own).unknown.contains { $0.measure == measure }
    }
  }

  /// The options of the same kind as those chosen: not all lesions may keep theirs.
  private func sameKind(_ choice: EvaluatedChoice) -> (options: Set<Int>, count: Int) {
    let kinds = Dictionary(
      choice.options.map { (joint.options[$0].lesion, joint.options[$0].choice.family) },
      uniquingKeysWith: { first, _ in first })
    return (
      Set(
        joint.options.indices.filter { joint.options[$0].choice.family == kinds[joint.options[$0].lesion] }),
      choice.options.count - 1
    )
  }

  /// Lesions that nothing can be done about within the user's decisions.
  private func unavoidable(_ search: PlanSearch) -> Int {
    joint.pool.lesions.indices.count { lesion in
      !search.allowed.contains { index in
        joint.options[index].lesion == lesion && joint.options[index].choice.modality != nil
      }
    }
  }

  private func reasons(
    _ result: ChoiceResult, _ family: TherapyFamily, _ search: inout PlanSearch
  ) throws -> [Reason] {
    let variant = try writer.variant(family.title, result, &search)
    return variant.assignments.filter { $0.choice == .untreated }.compactMap { assignment in
      let isJudged =
        assignment.site.map { site in
          joint.pool.judge.ruleSet.modalities(at: site).contains { TherapyFamily($0) == family }
        } ?? false
      let own = assignment.reasons.filter { $0.against.contains(family) }.map(\.reason)
      let none = Reason(
        .joint(isJudged ? .noneKeepsLimits : .notJudgedAtSite), of: assignment.site.map { .site($0) },
        names: [family.title])
      return Reason(
        .joint(.ofLesion), of: .lesion(assignment.lesion), because: own.isEmpty ? [none] : own)
    }
  }

  /// Whether no other choice is at least as suitable and as light in every measure, and better in one.
  private func isOnFront(_ choice: EvaluatedChoice, _ all: [EvaluatedChoice]) -> Bool {
    !all.contains { other in
      let isAsSuitable = !choice.rank.suitability.lexicographicallyPrecedes(other.rank.suitability)
      let isAsLight = zip(other.burden, choice.burden).allSatisfy { $0 <= $1 }
      let isBetter = other.rank.suitability != choice.rank.suitability || other.burden != choice.burden
      return isAsSuitable && isAsLight && isBetter
    }
  }
}

extension ChoiceRank {
  /// How suitable a choice is, whatever it costs.
  var suitability: [Int] { [unacceptable, untreated, conditions, cautions, acceptables, scoreLoss] }
}

extension PlanSearch {
  /// The best plan of one kind of therapy, lesions that it cannot treat being left.
  mutating func solve(ofKind family: TherapyFamily) throws -> ChoiceResult? {
    var request = ChoiceRequest()
    request.allowed = Set(
      joint.options.indices.filter {
        [family, .none].contains(joint.options[$0].choice.family)
      })
    return try solve(request)
  }
}

extension PlanMeasure {
  /// What the plan with the least of it is called.
  fileprivate var title: String {
    switch self {
    case .visits: "fewest visits"
    case .lungDose: "least lung dose"
    case .segments: "least lung resected"
    case .anaesthetics: "fewest anaesthetics"
    }
  }
}
