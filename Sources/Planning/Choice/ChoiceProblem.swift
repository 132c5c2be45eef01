// SPDX-License-Identifier: Apache-2.0
internal import Reasons

/// Choosing one option for every lesion, in whole numbers: what a joint plan is to the solver.
///
/// Options belong to groups; what an option costs may depend on the others that are chosen in its group, and on nothing
/// else. Only a group's evaluation knows how.
struct ChoiceProblem: Sendable {
  /// One thing that can be done about one lesion.
  struct Option: Sendable, Hashable {
    /// The lesion, by index.
    let lesion: Int
    /// The group, by index.
    let group: Int
    /// What it adds to each measure of burden in whatever company.
    let burden: [Int]
  }

  /// How many lesions there are, one or more.
  let lesionCount: Int
  /// The options; every lesion has at least one.
  let options: [Option]
  /// How many groups there are.
  let groupCount: Int
  /// How many measures of burden there are.
  let measureCount: Int
  /// What a unit of each measure counts in the burden as a whole.
  let weights: [Int]
  /// What each option costs at least, in whatever company.
  let floors: [OptionCost]
  /// Pairs and sets that are known beforehand to exclude one another.
  let conflicts: [ChoiceConflict]
  /// What a group brings about as soon as a sum over its options reaches a bound; learnt all the same where not told here.
  let thresholds: [Threshold]
  /// What a group's burden grows by in steps; learnt all the same where not told here.
  let charges: [Charge]
  /// Options that are less than the best that their lesions have, unless others take them along; learnt all the same where not
  /// given here.
  var companions: [Companion] = []
  /// What is saved where options of two groups are done under one anaesthetic.
  var credits: [Credit] = []
  /// Groups whose sets are evaluated quickly enough to look for the smallest that cost as much.
  let reducible: Set<Int>
  /// What the options chosen in a group cost together; the same for the same set, whatever its order.
  let evaluate: @Sendable (_ group: Int, _ chosen: [Int]) throws -> GroupOutcome
}

extension ChoiceProblem {
  /// A group's item that is there whenever the weights of the options chosen come to the bound.
  struct Threshold: Sendable {
    let item: ContextItem
    /// By option.
    let weights: [Int: Int]
    let bound: Int
  }

  /// An option by which a lesion is treated by less than the best that it has, unless one of others is chosen as well.
  struct Companion: Sendable {
    let option: Int
    /// What may take it along; nothing else can.
    let hosts: Set<Int>
  }

  /// Less burden, once, where one option of each of two sets is chosen.
  struct Credit: Sendable {
    let first: Set<Int>
    let second: Set<Int>
    /// What is saved of each measure; never more than the sets' own sessions cost.
    let burden: [Int]

    func applies(to chosen: Set<Int>) -> Bool {
      !first.isDisjoint(with: chosen) && !second.isDisjoint(with: chosen)
    }
  }

  /// What a choice saves of each measure.
  func saved(by chosen: Set<Int>) -> [Int] {
    credits.filter { $0.applies(to: chosen) }.reduce(into: [Int](repeating: 0, count: measureCount)) {
      for index in $0.indices { $0[index] += $1.burden[index] }
    }
  }

  /// Units of burden, each of which holds so much: sessions, or courses that hold everything.
  struct Charge: Sendable {
    let group: Int
    /// The size of each option that needs such a unit.
    let sizes: [Int: Int]
    /// What a unit holds; `nil` for everything.
    let capacity: Int?
    /// What a unit adds to each measure of burden.
    let burden: [Int]
  }
}

/// What an option costs, each count the fewer the better.
struct OptionCost: Sendable, Hashable {
  /// Whether the lesion is left without an acceptable treatment, 0 or 1.
  var unacceptable = 0
  /// Whether it is left without any, 0 or 1.
  var untreated = 0
  /// Questions of this lesion alone that only a board can settle.
  var board = 0
  /// Whether the lesion is treated by less than the best verdict and score that it has, 0 or 1.
  var outside = 0
  /// Other open conditions of this lesion alone.
  var conditions = 0
  /// Open conditions of the patient, which count once however many lesions share them.
  var shared: Set<SharedCondition> = []
  /// Concerns graded as caution.
  var cautions = 0
  /// Concerns graded as acceptable or worse: so that what gets worse never counts less.
  var acceptables = 0
  /// What is missing to a full score, in tenths of a point.
  var scoreLoss = 0
}

/// An open condition of the patient.
struct SharedCondition: Sendable, Hashable, Comparable {
  /// What it rests on.
  let number: Int
  /// Whether only a board can lift it.
  let isForBoard: Bool

  static func < (a: SharedCondition, b: SharedCondition) -> Bool {
    a.number == b.number ? !a.isForBoard && b.isForBoard : a.number < b.number
  }
}

/// What a group's options bring about as a whole, each once: open conditions, cautions, and what is acceptable or worse.
enum ContextItem: Sendable, Hashable, Comparable {
  case condition(SharedCondition)
  case caution(Int)
  case acceptable(Int)
}

/// What the options chosen in a group cost together.
struct GroupOutcome: Sendable {
  /// One for each option chosen.
  let costs: [Int: OptionCost]
  /// What they bring about as a whole.
  let context: Set<ContextItem>
  /// Every measure of burden for the group, its options' own included.
  let burden: [Int]
  /// Why they cannot all be chosen; empty where they can.
  let conflicts: [ChoiceConflict]
  /// Options of the group whose addition could make an option cheaper: with any other added, none gets cheaper.
  let exempt: Set<Int>
  /// The same for the group's burden.
  let exemptFromBurden: Set<Int>
}

/// A set of options that cannot all be chosen unless another is chosen as well.
struct ChoiceConflict: Sendable, Hashable {
  /// What cannot be chosen as a whole.
  let all: Set<Int>
  /// What lifts that, if one of it is chosen as well.
  let unless: Set<Int>
  /// Why.
  let why: Reason
  /// What a stable order goes by.
  let key: String

  init(all: Set<Int>, unless: Set<Int>, why: Reason) {
    self.all = all
    self.unless = unless
    self.why = why
    key = (all.sorted() + [-1] + unless.sorted()).map(String.init).joined(separator: " ") + why.order
  }
}

/// How a choice for all lesions stands, best first: compared figure by figure.
struct ChoiceRank: Sendable, Hashable, Comparable {
  /// Lesions without an acceptable treatment.
  var unacceptable = 0
  /// Lesions without any.
  var untreated = 0
  /// Questions that only a board can settle, the patient's once.
  var board = 0
  /// Lesions treated by less than the best that they have.
  var outside = 0
  /// The burden as a whole.
  var burden = 0
  /// Other open conditions, the patient's once.
  var conditions = 0
  /// Concerns of all lesions graded as caution.
  var cautions = 0
  /// Concerns graded as acceptable or worse.
  var acceptables = 0
  /// What is missing to full scores, in tenths of a point.
  var scoreLoss = 0

  var figures: [Int] {
    [unacceptable, untreated, board, outside, burden, conditions, cautions, acceptables, scoreLoss]
  }

  static func < (a: ChoiceRank, b: ChoiceRank) -> Bool { a.figures.lexicographicallyPrecedes(b.figures) }
}

/// One choice for all lesions with what it costs.
struct EvaluatedChoice: Sendable {
  /// The option of each lesion, by index.
  let options: [Int]
  /// How it stands.
  let rank: ChoiceRank
  /// Every measure of burden.
  let burden: [Int]
  /// Why it cannot be done; empty where it can.
  let conflicts: [ChoiceConflict]
}

/// Evaluates choices, each group's sets once.
struct ChoiceEvaluator: Sendable {
  let problem: ChoiceProblem
  private var known: [Set<Int>: GroupOutcome] = [:]
  /// How often a group was evaluated anew.
  private(set) var evaluations = 0
  /// What was found to exclude one another beyond what groups tell.
  private(set) var forbidden: Set<ChoiceConflict> = []

  init(_ problem: ChoiceProblem) { self.problem = problem }

  /// The outcome of the options chosen in a group; of none, nothing.
  mutating func outcome(_ group: Int, _ chosen: [Int]) throws -> GroupOutcome {
    guard !chosen.isEmpty else {
      return GroupOutcome(
        costs: [:], context: [], burden: [Int](repeating: 0, count: problem.measureCount), conflicts: [],
        exempt: [], exemptFromBurden: [])
    }
    // Options belong to one group, so a set names its group.
    let key = Set(chosen)
    if let found = known[key] { return found }
    let found = try problem.evaluate(group, chosen.sorted())
    evaluations += 1
    known[key] = found
    return found
  }

  /// Adds what was found to exclude one another beyond what groups tell.
  mutating func forbid(_ conflict: ChoiceConflict) { forbidden.insert(conflict) }

  /// Evaluates a group's sets anew: what they cost has become more.
  mutating func forget(_ group: Int) {
    known = known.filter { key, _ in key.first.map { problem.options[$0].group != group } ?? true }
  }

  /// A choice with its costs.
  mutating func evaluate(_ options: [Int]) throws -> EvaluatedChoice {
    var rank = ChoiceRank()
    var burden = [Int](repeating: 0, count: problem.measureCount)
    var shared: Set<SharedCondition> = []
    let chosen = Set(options)
    var conflicts = problem.conflicts.filter { $0.forbids(chosen) }
    conflicts += forbidden.filter { $0.forbids(chosen) }.sorted { $0.key < $1.key }
    for group in 0..<problem.groupCount {
      let outcome = try outcome(group, options.filter { problem.options[$0].group == group })
      for cost in outcome.costs.values {
        rank.unacceptable += cost.unacceptable
        rank.untreated += cost.untreated
        rank.board += cost.board
        rank.outside += cost.outside
        rank.conditions += cost.conditions
        rank.cautions += cost.cautions
        rank.acceptables += cost.acceptables
        rank.scoreLoss += cost.scoreLoss
        shared.formUnion(cost.shared)
      }
      for item in outcome.context {
        switch item {
        case .condition(let condition): shared.insert(condition)
        case .caution: rank.cautions += 1
        case .acceptable: rank.acceptables += 1
        }
      }
      for index in burden.indices { burden[index] += outcome.burden[index] }
      conflicts += outcome.conflicts.filter { $0.forbids(chosen) }
    }
    if !problem.credits.isEmpty {
      for (index, saved) in problem.saved(by: chosen).enumerated() { burden[index] -= saved }
    }
    let forBoard = shared.count(where: \.isForBoard)
    rank.board += forBoard
    rank.conditions += shared.count - forBoard
    rank.burden = zip(burden, problem.weights).reduce(0) { $0 + $1.0 * $1.1 }
    return EvaluatedChoice(options: options, rank: rank, burden: burden, conflicts: conflicts)
  }
}

extension ChoiceConflict {
  /// Whether a choice breaks it.
  func forbids(_ chosen: Set<Int>) -> Bool { all.isSubset(of: chosen) && unless.isDisjoint(with: chosen) }
}
