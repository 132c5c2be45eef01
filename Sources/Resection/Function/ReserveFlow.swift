// SPDX-License-Identifier: Apache-2.0
public import Eligibility
public import Facts

/// A condition of a flow, three-valued.
public indirect enum FlowCondition: Sendable, Hashable {
  /// On one fact.
  case fact(Rule.Guard)
  /// All of these.
  case all([FlowCondition])
  /// At least one of these.
  case any([FlowCondition])
  /// At least one of those that are known; unknown only where none is: of two tests that stand for one another, one
  /// suffices.
  case anyKnown([FlowCondition])

  /// Whether it holds; `nil` while that is not known.
  func holds(in facts: FactTable) -> Bool? {
    switch self {
    case .fact(let guarding):
      // A planned fact that nothing reckoned is unknown to a flow, not "does not apply".
      return facts[guarding.fact].knowledge == .unknown ? nil : guarding.holds(in: facts)
    case .all(let parts):
      let answers = parts.map { $0.holds(in: facts) }
      if answers.contains(false) { return false }
      return answers.contains(nil) ? nil : true
    case .any(let parts):
      let answers = parts.map { $0.holds(in: facts) }
      if answers.contains(true) { return true }
      return answers.contains(nil) ? nil : false
    case .anyKnown(let parts):
      let answers = parts.compactMap { $0.holds(in: facts) }
      return answers.isEmpty ? nil : answers.contains(true)
    }
  }

  /// The facts it asks for, in order.
  var facts: [Fact] {
    switch self {
    case .fact(let guarding): [guarding.fact]
    case .all(let parts), .any(let parts), .anyKnown(let parts): parts.flatMap(\.facts)
    }
  }

  /// The facts it asks for, in order, that are not known.
  func unknown(in facts: FactTable) -> [Fact] {
    switch self {
    case .fact(let guarding): holds(in: facts) == nil ? [guarding.fact] : []
    case .all(let parts), .any(let parts): parts.flatMap { $0.unknown(in: facts) }
    case .anyKnown(let parts): holds(in: facts) == nil ? parts.flatMap { $0.unknown(in: facts) } : []
    }
  }
}

/// A guideline's way from lung function and exercise tests to a class of risk, as data.
public struct ReserveFlow: Sendable, Hashable {
  /// A class of risk.
  public enum Risk: String, Sendable, Hashable, CaseIterable { case low, moderate, high }

  /// Where a branch leads.
  public enum Target: Sendable, Hashable {
    /// To another step, by id.
    case step(String)
    /// To an end.
    case end(Risk, text: String, sources: [String])
  }

  /// One way on.
  public struct Branch: Sendable, Hashable {
    /// When it is taken.
    public let condition: FlowCondition
    /// Where it leads.
    public let target: Target

    /// A branch.
    public init(condition: FlowCondition, target: Target) {
      self.condition = condition
      self.target = target
    }
  }

  /// A question of the flow.
  public struct Step: Sendable, Hashable {
    /// Its id, unique in the flow.
    public let id: String
    /// The test that answers it, for people.
    public let test: String
    /// Ways on: the first that holds is taken.
    public let branches: [Branch]
    /// Where it goes on when none holds.
    public let otherwise: Target

    /// A step.
    public init(id: String, test: String, branches: [Branch], otherwise: Target) {
      self.id = id
      self.test = test
      self.branches = branches
      self.otherwise = otherwise
    }

    /// The facts its branches ask for, each once, in their order.
    var asked: [Fact] {
      var asked: [Fact] = []
      for fact in branches.flatMap(\.condition.facts) where !asked.contains(fact) { asked.append(fact) }
      return asked
    }
  }

  /// What a flow answers.
  public enum Answer: Sendable, Hashable {
    /// An end was reached.
    case risk(Risk, text: String, sources: [String])
    /// A test is needed next, of which these facts are not known.
    case needs(test: String, facts: [Fact])
  }

  /// Its id, unique.
  public let id: String
  /// Its name for people.
  public let title: String
  /// What must be said beside it.
  public let caveat: String
  /// The steps, the first one first; never empty.
  public let steps: [Step]
  /// Keys of the bibliography.
  public let sources: [String]

  /// A flow.
  public init(id: String, title: String, caveat: String, steps: [Step], sources: [String]) {
    self.id = id
    self.title = title
    self.caveat = caveat
    self.steps = steps
    self.sources = sources
  }

  /// Steps that branches name and that do not exist, or that can be walked in a circle; empty for a sound flow.
  public var defects: [String] {
    let ids = Set(steps.map(\.id))
    var defects = Set(
      steps.flatMap { next(of: $0) }.filter { !ids.contains($0) }.map { "there is no step \($0)" })
    if ids.count < steps.count { defects.insert("two steps have one id") }
    for start in steps {
      var seen: Set<String> = []
      var open = next(of: start)
      while let id = open.popLast() {
        if id == start.id { defects.insert("step \(id) leads back to itself") }
        guard seen.insert(id).inserted, let step = steps.first(where: { $0.id == id }) else { continue }
        open += next(of: step)
      }
    }
    return defects.sorted()
  }

  private func next(of step: Step) -> [String] {
    (step.branches.map(\.target) + [step.otherwise]).compactMap { target in
      if case .step(let id) = target { id } else { nil }
    }
  }

  /// A step that was come through, with what is known of the facts it asks for.
  public struct Passed: Sendable, Hashable {
    /// The test that answers it, for people.
    public let test: String
    /// The facts it asks for that are known, in their order.
    public let known: [Fact]
    /// Their values; as many.
    public let values: [FactValue]
    /// The facts it asks for that are not known.
    public let unknown: [Fact]
  }

  /// Walks the flow as far as what is known leads.
  public func answer(_ facts: FactTable) -> Answer { walk(facts).answer }

  /// Walks the flow as far as what is known leads, and keeps the steps on the way, the last one included.
  ///
  /// At a step the first branch that surely holds is taken; where none does and one may, its test is needed.
  public func walk(_ facts: FactTable) -> (passed: [Passed], answer: Answer) {
    var step = steps[0]
    var passed: [Passed] = []
    // A sound flow ends after at most as many steps as it has.
    for _ in steps {
      let known = step.asked.filter { facts[$0].knowledge != .unknown }
      passed.append(
        Passed(
          test: step.test, known: known, values: known.map { facts[$0] },
          unknown: step.asked.filter { facts[$0].knowledge == .unknown }))
      var target = step.otherwise
      if let taken = step.branches.first(where: { $0.condition.holds(in: facts) == true }) {
        target = taken.target
      } else {
        let open = step.branches.filter { $0.condition.holds(in: facts) == nil }
        if !open.isEmpty {
          var unknown: [Fact] = []
          for fact in open.flatMap({ $0.condition.unknown(in: facts) }) where !unknown.contains(fact) {
            unknown.append(fact)
          }
          return (passed, .needs(test: step.test, facts: unknown))
        }
      }
      switch target {
      case .end(let risk, let text, let sources): return (passed, .risk(risk, text: text, sources: sources))
      case .step(let id):
        guard let next = steps.first(where: { $0.id == id }) else { break }
        step = next
      }
    }
    return (passed, .needs(test: step.test, facts: []))
  }

  /// Every key it cites.
  var citations: [String] {
    let targets = steps.flatMap { $0.branches.map(\.target) + [$0.otherwise] }
    return targets.reduce(sources) { keys, target in
      guard case .end(_, _, let sources) = target else { return keys }
      return keys + sources
    }
  }
}
