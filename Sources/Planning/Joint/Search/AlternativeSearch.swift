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
    /// Plans that differ from the best, each with all it is called, in the order of the kinds.
    var entries: [(titles: [String], result: ChoiceResult)]
    var impossible: [ImpossibleKind]
    /// What the best plan is called beside being the best.
    var titlesOfBest: [String]
  }

  /// Choices that differ from the best, each with all it is called.
  private struct Results {
    let best: ChoiceResult
    var titlesOfBest: [String] = []
    var entries: [(titles: [String], result: ChoiceResult)] = []

    mutating func add(_ title: String, _ result: ChoiceResult) {
      if result.choice.options == best.choice.options {
        titlesOfBest.append(title)
      } else if let index = entries.firstIndex(where: { $0.result.choice.options == result.choice.options }) {
        entries[index].titles.append(title)
      } else {
        entries.append(([title], result))
      }
    }
  }

  /// - Throws: errors of geometry.
  func find(_ best: ChoiceResult, _ search: inout PlanSearch) throws -> Found {
    var results = Results(best: best)
    // Where something else comes first, one plan tells what could be done if the board decides otherwise.
    if best.choice.options.contains(where: { joint.options[$0].choice == .observe }) {
      var request = ChoiceRequest()
      request.allowed = search.allowed.filter { joint.options[$0].choice != .observe }
      if let result = try search.solve(request) { results.add("if the board decides otherwise", result) }
      return Found(entries: results.entries, impossible: [], titlesOfBest: [])
    }
    let impossible = try addKinds(&results, &search)
    try addLeastBurdens(&results, &search)
    return Found(
      entries: results.entries, impossible: impossible, titlesOfBest: results.titlesOfBest)
  }

  /// The alternatives to a plan, written out: those that nothing else is lighter than first, in the order of the kinds, as many
  /// as are asked for.
  ///
  /// - Throws: errors of geometry.
  func variants(
    _ found: Found, beside recommended: PlanVariant, _ chosen: EvaluatedChoice, _ search: inout PlanSearch
  ) throws -> (recommended: PlanVariant, others: [PlanVariant]) {
    let entries = found.entries.filter { $0.result.choice.options != chosen.options }
    let all = [chosen] + entries.map(\.result.choice)
    let light = entries.filter { isOnFront($0.result.choice, all) }
    let heavy = entries.filter { !isOnFront($0.result.choice, all) }
    var first = recommended
    first.isOnFront = isOnFront(chosen, all)
    let others = try (light + heavy).prefix(count).map { entry in
      var variant = try writer.variant(entry.titles.joined(separator: ", "), entry.result, &search).against(
        recommended)
      variant.isOnFront = isOnFront(entry.result.choice, all)
      return variant
    }
    return (first, Array(others))
  }

  /// Adds the plans of one kind of therapy alone.
  ///
  /// - Returns: the kinds that there is no such plan of.
  private func addKinds(_ results: inout Results, _ search: inout PlanSearch) throws -> [ImpossibleKind] {
    var impossible: [ImpossibleKind] = []
    for family in [TherapyFamily.surgery, .irradiation, .ablation] {
      guard let result = try search.solve(ofKind: family) else {
        impossible.append(ImpossibleKind(family: family, reasons: whyNone(of: family, search)))
        continue
      }
      if result.choice.rank.untreated > unavoidable(search) {
        impossible.append(
          ImpossibleKind(family: family, reasons: try reasons(result, family, &search)))
      } else {
        results.add("all \(family.title)", result)
        if family == .irradiation { results.add("no anaesthetic", result) }
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

  /// The measures that a person would choose a plan by.
  private static let measures: [PlanMeasure] = [.visits, .lungDose, .weeks]

  /// Adds the plan that is least in each measure.
  private func addLeastBurdens(_ results: inout Results, _ search: inout PlanSearch) throws {
    for measure in Self.measures {
      var request = ChoiceRequest()
      request.aims = [.acceptable, .measure(measure.rawValue)] + ChoiceRequest.usual
      guard let result = try search.solve(request), try isWhole(result.choice, measure) else { continue }
      // A plan that leaves a lesion for no reason is no alternative.
      guard result.choice.rank.unacceptable <= results.best.choice.rank.unacceptable else { continue }
      results.add(measure.title, result)
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

  /// Whether no other choice that leaves as few lesions is as light in every measure, and lighter in one.
  private func isOnFront(_ choice: EvaluatedChoice, _ all: [EvaluatedChoice]) -> Bool {
    !all.contains { other in
      let leavesNoMore = other.rank.unacceptable <= choice.rank.unacceptable
      let isAsLight = zip(other.burden, choice.burden).allSatisfy { $0 <= $1 }
      return leavesNoMore && isAsLight && other.burden != choice.burden
    }
  }
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
    case .hospitalDays: "fewest days in hospital"
    case .punctures: "fewest punctures"
    case .weeks: "shortest"
    case .energies: "fewest energies"
    case .assumed: "least that is not known"
    }
  }
}
