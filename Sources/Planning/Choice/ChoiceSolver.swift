// SPDX-License-Identifier: Apache-2.0
internal import Optimization

/// What the solver found.
struct ChoiceResult: Sendable {
  /// How far it is proven.
  enum Proof: Sendable, Hashable {
    /// Nothing stands before it.
    case optimal
    /// The search was cut short: no choice can stand before this rank's first figures.
    case gap(ChoiceRequest.Aim, atLeast: Double, reached: Double)
    /// It is charged least on average over draws of the measurements, of so many choices.
    case leastRegret(of: Int)
  }
  let choice: EvaluatedChoice
  let proof: Proof

  /// Whether the search was cut short.
  var isCutShort: Bool { if case .gap = proof { true } else { false } }
}

/// A search that was cut short before it found any choice: whether there is one is not known.
struct ChoiceSearchStopped: Error {}

/// Finds the best choice by a mixed-integer programme whose costs are learnt where they matter.
///
/// The programme holds for each option what it costs at least, in whatever company. Its optimum is evaluated in full;
/// where that costs more, or cannot be done, the programme is told so for this set of options and everything that holds
/// it, and solved again. When nothing more is learnt the optimum is the best of all choices: the programme is never
/// dearer than the truth, and here it is as dear. (Logic-based Benders decomposition; Hooker and Ottosson 2003.)
struct ChoiceSolver {
  private(set) var evaluator: ChoiceEvaluator
  /// What was learnt beyond what options cost at least.
  private(set) var cuts: [ChoiceProgramme.Cut] = []
  private var learnt: Set<Set<Int>> = []
  private var conflicts: Set<ChoiceConflict>
  /// How often a programme was solved, and the seconds that took.
  private(set) var solves = 0
  private(set) var seconds = 0.0

  /// The most rounds of learning before the search is cut short.
  static let mostRounds = 600

  /// - Throws: what the evaluation of single options throws.
  init(_ problem: ChoiceProblem) throws {
    evaluator = ChoiceEvaluator(problem)
    conflicts = Set(problem.conflicts)
    for index in problem.options.indices {
      let alone = try evaluator.outcome(problem.options[index].group, [index])
      conflicts.formUnion(alone.conflicts)
    }
    for index in problem.options.indices { try learn(problem.options[index].group, [index]) }
    for companion in problem.companions {
      let figure = ChoiceProgramme.Cut.Figure.lesion(
        problem.options[companion.option].lesion, figure: ChoiceProgramme.outside)
      add(figure, 1, [companion.option], companion.hosts)
    }
  }

  var problem: ChoiceProblem { evaluator.problem }

  /// A choice in full.
  mutating func evaluate(_ options: [Int]) throws -> EvaluatedChoice { try evaluator.evaluate(options) }

  /// What options of one group cost together.
  mutating func outcome(_ group: Int, _ chosen: [Int]) throws -> GroupOutcome {
    try evaluator.outcome(group, chosen)
  }

  /// Adds what was found to exclude one another beyond what evaluation tells.
  mutating func forbid(_ conflict: ChoiceConflict) {
    conflicts.insert(conflict)
    evaluator.forbid(conflict)
  }

  /// Learns a group's sets anew: what they cost has become more.
  mutating func forget(_ group: Int) {
    evaluator.forget(group)
    learnt = learnt.filter { set in set.first.map { problem.options[$0].group != group } ?? true }
  }

  /// The conflicts that were met so far.
  var known: Set<ChoiceConflict> { conflicts }

  /// The best choice; `nil` where the request leaves none.
  ///
  /// - Throws: `ChoiceSearchStopped` where the search is cut short with nothing in hand; what evaluation throws.
  mutating func solve(_ request: ChoiceRequest = ChoiceRequest()) throws -> ChoiceResult? {
    var request = request
    request.aims = request.aims.flatMap { $0.parts(lesions: problem.lesionCount) }
    var best: EvaluatedChoice?
    var bound: (aim: ChoiceRequest.Aim, value: Double)?
    // What the first aims came to. Learning only makes choices dearer, so it stays the least they can come to: each round
    // goes on from there, and goes back an aim where that is no longer feasible.
    var held: [Double] = []
    rounds: for _ in 0..<Self.mostRounds {
      guard request.hasTime else { break }
      var programme = try ChoiceProgramme(
        problem, conflicts: conflicts, request: request, cuts: cuts)
      for (aim, value) in zip(request.aims, held) { try programme.hold(aim, at: value) }
      while held.count < request.aims.count {
        let aim = request.aims[held.count]
        let clock = ContinuousClock().now
        guard request.hasTime else { break rounds }
        let answer = try programme.minimise(aim, until: request.deadline)
        solves += 1
        seconds += clock.duration(to: ContinuousClock().now).inSeconds
        let found: ChoiceProgramme.Optimum
        switch answer {
        case .optimum(let optimum): found = optimum
        case .infeasible:
          if held.popLast() != nil { continue rounds }
          return nil
        case .stopped: break rounds
        }
        if held.isEmpty { bound = (aim, found.value) }
        let choice = try evaluator.evaluate(found.options)
        if choice.conflicts.isEmpty, request.prefers(choice, to: best) { best = choice }
        let isDearer = request.aims[0...held.count].contains {
          Double($0.value(choice)) > programme.reached($0) + 0.5
        }
        if !choice.conflicts.isEmpty || isDearer {
          let before = cuts.count + conflicts.count
          conflicts.formUnion(choice.conflicts)
          for group in 0..<problem.groupCount {
            try learn(group, found.options.filter { problem.options[$0].group == group })
          }
          // Nothing new would be the same round again.
          if cuts.count + conflicts.count == before { break rounds }
          continue rounds
        }
        held.append(found.value)
        if held.count == request.aims.count { return ChoiceResult(choice: choice, proof: .optimal) }
      }
    }
    guard let best = try LocalSearch(request).improved(best, &evaluator) else { throw ChoiceSearchStopped() }
    let aim = bound?.aim ?? request.aims[0]
    return ChoiceResult(
      choice: best, proof: .gap(aim, atLeast: bound?.value ?? 0, reached: Double(aim.value(best))))
  }

  /// Tells the programme what a set costs more than its options alone, for as small a part of it as still does.
  private mutating func learn(_ group: Int, _ chosen: [Int]) throws {
    let set = Set(chosen)
    guard !set.isEmpty, learnt.insert(set).inserted else { return }
    let outcome = try evaluator.outcome(group, chosen)
    for option in chosen {
      guard let cost = outcome.costs[option] else { continue }
      let floor = problem.floors[option]
      for (figure, path) in ChoiceProgramme.figures.enumerated() {
        let more = cost[keyPath: path] - floor[keyPath: path]
        guard more > 0 else { continue }
        let part = try smallest(group, set, keeping: [option]) { other in
          (other.costs[option]?[keyPath: path] ?? 0) >= cost[keyPath: path]
        }
        add(.lesion(problem.options[option].lesion, figure: figure), more, part.set, part.outcome.exempt)
      }
      for condition in cost.shared.subtracting(floor.shared).sorted() {
        add(.item(.condition(condition)), 1, set, outcome.exempt)
      }
    }
    for item in outcome.context.sorted() {
      let part = try smallest(group, set) { $0.context.contains(item) }
      add(.item(item), 1, part.set, part.outcome.exempt)
    }
    let problem = problem
    func beyondOwn(_ outcome: GroupOutcome, _ chosen: some Sequence<Int>, _ measure: Int) -> Int {
      chosen.reduce(outcome.burden[measure]) { $0 - problem.options[$1].burden[measure] }
    }
    for measure in 0..<problem.measureCount {
      let more = beyondOwn(outcome, chosen, measure)
      guard more > 0 else { continue }
      let part = try smallest(group, set) { other in
        beyondOwn(other, other.costs.keys, measure) >= more
      }
      add(.burden(group: group, measure: measure), more, part.set, part.outcome.exemptFromBurden)
    }
  }

  private mutating func add(
    _ figure: ChoiceProgramme.Cut.Figure, _ amount: Int, _ set: Set<Int>, _ unless: Set<Int>
  ) {
    let cut = ChoiceProgramme.Cut(figure: figure, amount: amount, set: set, unless: unless)
    if !cuts.contains(cut) { cuts.append(cut) }
  }

  /// As small a part of a set as still does something: what burdens least is left out first.
  private mutating func smallest(
    _ group: Int, _ set: Set<Int>, keeping kept: Set<Int> = [], _ does: (GroupOutcome) -> Bool
  ) throws -> (set: Set<Int>, outcome: GroupOutcome) {
    var best = set
    var outcome = try evaluator.outcome(group, set.sorted())
    guard problem.reducible.contains(group) else { return (best, outcome) }
    let order = set.subtracting(kept).sorted { a, b in
      let (x, y) = (problem.options[a].burden.reduce(0, +), problem.options[b].burden.reduce(0, +))
      return (x, a) < (y, b)
    }
    for option in order where best.count > 1 {
      let fewer = best.subtracting([option])
      let other = try evaluator.outcome(group, fewer.sorted())
      // What the rest of the set would void says nothing about the set.
      let isVoid =
        !other.exempt.isDisjoint(with: set) || !other.exemptFromBurden.isDisjoint(with: set)
      if !isVoid, does(other) { (best, outcome) = (fewer, other) }
    }
    return (best, outcome)
  }
}
