// SPDX-License-Identifier: Apache-2.0
internal import Optimization

/// The programme of a choice problem as far as its costs are known.
struct ChoiceProgramme {
  /// What is at least so much where a whole set of options is chosen and nothing that voids it.
  struct Cut: Sendable, Hashable {
    enum Figure: Sendable, Hashable {
      /// What comes on top for a lesion, by the place of the figure.
      case lesion(Int, figure: Int)
      /// What a group's options bring about as a whole.
      case item(ContextItem)
      /// What comes on top of the options' own burden in a group, by measure.
      case burden(group: Int, measure: Int)
    }
    let figure: Figure
    let amount: Int
    let set: Set<Int>
    let unless: Set<Int>
  }

  /// The figures of an option that may grow in company.
  static let figures: [any KeyPath<OptionCost, Int> & Sendable] = [
    \.unacceptable, \.untreated, \.board, \.outside, \.conditions, \.cautions, \.acceptables, \.scoreLoss,
  ]

  /// The place of `OptionCost.outside` among them.
  static let outside = 3

  /// A figure of a lesion, or a measure of a group.
  struct Place: Hashable, Comparable {
    let whose: Int
    let figure: Int

    static func < (a: Place, b: Place) -> Bool { (a.whose, a.figure) < (b.whose, b.figure) }
  }

  let problem: ChoiceProblem
  private var programme = IntegerProgramme()
  private(set) var chosen: [Variable] = []
  /// What comes on top for each lesion, by figure.
  ///
  /// Only what was learnt to come on top has a variable.
  private(set) var extras: [Place: Variable] = [:]
  /// Whether each shared condition is open, each caution of a whole group is there, and so on.
  private(set) var items: [ContextItem: Variable] = [:]
  /// What each group's burden comes to beyond its options' own, by measure.
  private(set) var burdens: [Place: Variable] = [:]
  /// Whether each saving is made.
  private(set) var saved: [Variable] = []
  /// Whether any of a set of options is chosen.
  private var anyOf: [Set<Int>: Variable] = [:]
  private var values: [ChoiceRequest.Aim: Double] = [:]

  init(
    _ problem: ChoiceProblem, conflicts: Set<ChoiceConflict>, request: ChoiceRequest,
    cuts: [Cut]
  ) throws(ProgrammeDefect) {
    self.problem = problem
    let allowed = request.allowed
    // What cannot be chosen stays out of rows by its bounds, and a set that holds it says nothing.
    chosen = try problem.options.indices.map { option throws(ProgrammeDefect) in
      try programme.addInteger(from: 0, through: allowed?.contains(option) ?? true ? 1 : 0)
    }
    let cuts = cuts.filter { cut in allowed.map { cut.set.isSubset(of: $0) } ?? true }
    for lesion in 0..<problem.lesionCount {
      let own = problem.options.indices.filter { problem.options[$0].lesion == lesion }
      try programme.require(LinearExpression(sumOf: own.map { chosen[$0] }), .equal, 1)
    }
    for cut in cuts {
      switch cut.figure {
      case .lesion(let lesion, let figure):
        let place = Place(whose: lesion, figure: figure)
        if extras[place] == nil { extras[place] = try programme.addContinuous(from: 0, through: 1e6) }
      case .burden(let group, let measure): try addBurden(group, measure)
      case .item: break
      }
    }
    for limit in request.atMost {
      try programme.require(
        LinearExpression(sumOf: limit.options.sorted().map { chosen[$0] }), .atMost, Double(limit.count))
    }
    let (pairs, others) = Self.split(conflicts)
    for clique in ConflictCliques(pairs, lesions: problem.options.map(\.lesion)).sets {
      try programme.require(LinearExpression(sumOf: clique.map { chosen[$0] }), .atMost, 1)
    }
    for conflict in others {
      // Of all of them one must be left out, unless another is chosen.
      var terms = conflict.all.sorted().map { LinearExpression.Term(1, chosen[$0]) }
      terms += conflict.unless.sorted().map { LinearExpression.Term(-1, chosen[$0]) }
      try programme.require(LinearExpression(terms), .atMost, Double(conflict.all.count - 1))
    }
    let shared = problem.floors.flatMap(\.shared).map(ContextItem.condition)
    let learnt = cuts.compactMap { if case .item(let item) = $0.figure { item } else { nil } }
    for item in Set(shared + learnt + problem.thresholds.map(\.item)).sorted() {
      let variable = programme.addBinary()
      items[item] = variable
      guard case .condition(let condition) = item else { continue }
      for option in chosen.indices where problem.floors[option].shared.contains(condition) {
        try programme.require(
          LinearExpression([.init(1, variable), .init(-1, chosen[option])]), .atLeast, 0)
      }
    }
    for credit in problem.credits {
      let variable = programme.addBinary()
      saved.append(variable)
      for set in [credit.first, credit.second] {
        let terms = set.sorted().map { LinearExpression.Term(-1, chosen[$0]) }
        try programme.require(LinearExpression(terms + [.init(1, variable)]), .atMost, 0)
      }
    }
    for threshold in problem.thresholds { try add(threshold) }
    for group in 0..<problem.groupCount {
      try add(problem.charges.filter { $0.group == group }, group)
    }
    for cut in cuts { try add(cut) }
  }

  /// Conflicts of two options that nothing lifts, and all others, in a fixed order.
  private static func split(
    _ conflicts: Set<ChoiceConflict>
  ) -> (pairs: [Set<Int>], others: [ChoiceConflict]) {
    let isPair = { (conflict: ChoiceConflict) in conflict.all.count == 2 && conflict.unless.isEmpty }
    return (
      conflicts.filter(isPair).map(\.all),
      conflicts.filter { !isPair($0) }.sorted { $0.key < $1.key }
    )
  }

  /// Σ weights ≤ bound − 1, or the item is there.
  private mutating func add(_ threshold: ChoiceProblem.Threshold) throws(ProgrammeDefect) {
    guard let item = items[threshold.item] else { return }
    var most: [Int: Int] = [:]
    for (option, weight) in threshold.weights {
      most[problem.options[option].lesion] = max(most[problem.options[option].lesion] ?? 0, weight)
    }
    let beyond = most.values.reduce(0, +) - (threshold.bound - 1)
    guard beyond > 0 else { return }
    var terms = threshold.weights.sorted { $0.key < $1.key }.map {
      LinearExpression.Term(Double($0.value), chosen[$0.key])
    }
    terms.append(.init(-Double(beyond), item))
    try programme.require(LinearExpression(terms), .atMost, Double(threshold.bound - 1))
  }

  /// A group's burden holds its units, whole ones.
  private mutating func add(_ charges: [ChoiceProblem.Charge], _ group: Int) throws(ProgrammeDefect) {
    guard !charges.isEmpty else { return }
    var units: [Variable] = []
    for charge in charges {
      let sizes = charge.sizes.sorted { $0.key < $1.key }
      let unit = try programme.addInteger(from: 0, through: max(1, sizes.count))
      units.append(unit)
      if let capacity = charge.capacity {
        let terms = sizes.map { LinearExpression.Term(-Double($0.value), chosen[$0.key]) }
        try programme.require(
          LinearExpression(terms + [.init(Double(capacity), unit)]), .atLeast, 0)
      }
      for (option, _) in sizes where charge.capacity == nil {
        try programme.require(LinearExpression([.init(1, unit), .init(-1, chosen[option])]), .atLeast, 0)
      }
    }
    for measure in 0..<problem.measureCount {
      let charged = zip(charges, units).filter { $0.0.burden[measure] > 0 }
      guard !charged.isEmpty else { continue }
      let burden = try addBurden(group, measure)
      try programme.require(
        LinearExpression(
          [.init(1, burden)] + charged.map { .init(-Double($0.0.burden[measure]), $0.1) }), .atLeast, 0)
    }
  }

  /// What a group's burden comes to beyond its options' own: one variable however often it is asked for.
  @discardableResult
  private mutating func addBurden(_ group: Int, _ measure: Int) throws(ProgrammeDefect) -> Variable {
    let place = Place(whose: group, figure: measure)
    if let known = burdens[place] { return known }
    let made = try programme.addContinuous(from: 0, through: 1e9)
    burdens[place] = made
    return made
  }

  /// Whether any of options is chosen; at most so.
  ///
  /// One variable for all cuts that the same options void: to name each of them in each cut makes programmes ten times as long.
  private mutating func whetherAny(of options: Set<Int>) throws(ProgrammeDefect) -> Variable {
    if let known = anyOf[options] { return known }
    let own = options.sorted().map { chosen[$0] }
    guard own.count > 1 else { return own[0] }
    let variable = try programme.addContinuous(from: 0, through: 1)
    anyOf[options] = variable
    try programme.require(
      LinearExpression([.init(1, variable)] + own.map { .init(-1, $0) }), .atMost, 0)
    return variable
  }

  /// Requires figure ≥ amount · (1 − Σ (1 − x) over the set − Σ x over what voids it).
  private mutating func add(_ cut: Cut) throws(ProgrammeDefect) {
    let variable: Variable? =
      switch cut.figure {
      case .lesion(let lesion, let figure): extras[Place(whose: lesion, figure: figure)]
      case .item(let item): items[item]
      case .burden(let group, let measure): burdens[Place(whose: group, figure: measure)]
      }
    guard let variable else { return }
    let amount = Double(cut.amount)
    var terms = [LinearExpression.Term(1, variable)]
    terms += cut.set.sorted().map { .init(-amount, chosen[$0]) }
    if !cut.unless.isEmpty { terms.append(.init(amount, try whetherAny(of: cut.unless))) }
    try programme.require(LinearExpression(terms), .atLeast, amount * (1 - Double(cut.set.count)))
  }

  /// What chooses best under the aims so far.
  struct Optimum {
    /// The options, by lesion.
    let options: [Int]
    /// What the aim came to.
    let value: Double
  }

  enum Answer {
    case optimum(Optimum)
    case infeasible
    /// The solver's limit came first.
    case stopped
  }

  /// Makes an aim least, and holds it there from now on.
  ///
  /// - Parameter deadline: when the solver gives up; never when `nil`.
  mutating func minimise(
    _ aim: ChoiceRequest.Aim, until deadline: ContinuousClock.Instant? = nil
  ) throws(ProgrammeDefect) -> Answer {
    let expression = expression(aim)
    // Figures are whole, so an aim moves by what all its weights are multiples of.
    let step = expression.terms.reduce(0) { Self.commonDivisor($0, abs(Int($1.coefficient))) }
    try programme.minimise(expression, step: step > 0 ? Double(step) : nil)
    let left = deadline.map { max(0.01, ContinuousClock().now.duration(to: $0).inSeconds) }
    let solution = try programme.solve(.choice, limit: SolveLimit(seconds: left))
    if case .infeasible = solution.status { return .infeasible }
    guard case .optimal = solution.status, let value = solution.objective else { return .stopped }
    let found = chosen.indices.filter { solution.isSet(chosen[$0]) }
    let reached = value.rounded()
    try hold(aim, at: reached)
    return .optimum(
      Optimum(
        options: found.sorted { problem.options[$0].lesion < problem.options[$1].lesion }, value: reached))
  }

  /// Holds an aim at what it came to before more was learnt, which is the least it can come to.
  mutating func hold(_ aim: ChoiceRequest.Aim, at value: Double) throws(ProgrammeDefect) {
    values[aim] = value
    try programme.require(expression(aim), .atMost, value + 0.01)
  }

  private static func commonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : commonDivisor(b, a % b) }

  /// What an aim came to.
  func reached(_ aim: ChoiceRequest.Aim) -> Double { values[aim] ?? 0 }
}
