// SPDX-License-Identifier: Apache-2.0
import Parallelism
import Anatomy
import Cases
import Eligibility
import Facts
import Foundation
import Testing
import Vocabulary

@testable import Planning

/// What draws and flips make of the plan, against trying every assignment.
@Suite struct DecisionTests {
  /// Every assignment that can be done, with what company costs in it.
  private struct Tried {
    let joint: JointProblem
    var plans: [SampledChoices.Plan] = []
    let search: PlanSearch
    let best: EvaluatedChoice

    init(_ number: String, lesions: Int) throws {
      let folder = try #require(VignetteTests.folders().first { $0.lastPathComponent.hasPrefix(number) })
      var patientCase = try Patients.listed(folder)
      patientCase.lesions = Array(patientCase.lesions.prefix(lesions))
      let pool = try Patients.pool(patientCase)
      let reading = GroupEvaluation(pool)
      let options = try OptionCatalogue(pool, reading, locks: [], advice: .treat).options
      joint = try JointProblem(pool, options, reading)
      var search = try PlanSearch(joint, locks: [])
      best = try #require(try search.solve()).choice
      var all: [EvaluatedChoice] = []
      var choice = [Int](repeating: 0, count: patientCase.lesions.count)
      func go(_ lesion: Int) throws {
        guard lesion < choice.count else {
          let evaluated = try search.evaluate(choice)
          if evaluated.conflicts.isEmpty { all.append(evaluated) }
          return
        }
        for option in options.indices where options[option].lesion == lesion {
          choice[lesion] = option
          try go(lesion + 1)
        }
      }
      try go(0)
      plans = try SampledChoices(joint, all, &search).plans
      self.search = search
    }

    /// The words of the best of all assignments; several where they stand alike.
    func best(_ costs: [OptionCost]) -> Set<[String]> {
      var bits = ConditionBits()
      var least: CostFigures.Standing?
      var words: Set<[String]> = []
      for plan in plans {
        var sum = CostFigures()
        // Conditions of the patient once, all else added.
        var open: Set<SharedCondition> = []
        for option in plan.options {
          var cost = costs[option]
          open.formUnion(cost.shared)
          cost.shared = []
          sum.add(bits.figures(cost))
        }
        for company in plan.company { sum.add(company) }
        sum.add(plan.context)
        sum.sums[2] += Int32(open.count { $0.isForBoard })
        sum.sums[4] += Int32(open.count { !$0.isForBoard })
        let standing = sum.standing(burden: Int32(plan.burden))
        let own = plan.options.map { joint.options[$0].choice.word }
        if least.map({ standing < $0 }) ?? true {
          (least, words) = (standing, [own])
        } else if standing == least {
          words.insert(own)
        }
      }
      return words
    }

    /// What the best plan as measured is charged beyond the least of all assignments.
    func regret(_ costs: [OptionCost], _ charges: JointParameters.Recommendation) -> Double {
      var bits = ConditionBits()
      var (least, own) = (Double.infinity, Double.infinity)
      for plan in plans {
        var sum = CostFigures()
        for option in plan.options { sum.add(bits.figures(costs[option])) }
        for company in plan.company { sum.add(company) }
        sum.add(plan.context)
        let figures = sum.standing(burden: 0).figures
        let points =
          charges.lesionLeft * Double(figures[0]) + charges.boardQuestion * Double(figures[2])
          + charges.outside * Double(figures[3]) + Double(plan.burden) / 1000
        least = min(least, points)
        if plan.options == best.options { own = points }
      }
      return own - least
    }

    func costs(_ change: (PlanOption, FactTable) -> FactTable) throws -> [OptionCost] {
      joint.translation.costs(
        try joint.options.map { option in
          guard let modality = option.choice.modality, let site = option.site else { return nil }
          let table = joint.reading.table(of: option, in: try joint.reading.read(option.group, [option]))
          return joint.pool.judge.judge(modality, at: site, facts: change(option, table)).tally
        })
    }
  }

  /// Diameters and depths off by chance, 150 times: the pool finds what trying everything finds.
  @Test(arguments: [("06", 4), ("08", 3), ("12", 4)])
  func drawsFindTheBestOfAllAssignments(_ number: String, _ lesions: Int) throws {
    let tried = try Tried(number, lesions: lesions)
    var search = tried.search
    var choosing = try SampledChoices(tried.joint, [tried.best], &search)
    let nominal = try tried.costs { $1 }
    #expect(tried.best(nominal).contains(tried.best.options.map { tried.joint.options[$0].choice.word }))
    var state: UInt64 = 11
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(UInt64(1) << 31) - 0.5
    }
    var missed = 0
    var moved = 0
    for _ in 0..<100 {
      let off = (0..<lesions).map { _ in 24 * next() }
      let costs = try tried.costs { option, table in
        var table = table
        for fact in [Fact.longestAxialDiameter, .depthFromPleura] {
          guard let x = table.number(fact) else { continue }
          table[fact] = .number(max(1, x + off[option.lesion]), table[fact].origin, "")
        }
        return table
      }
      let changed = Set(
        costs.indices.filter { costs[$0] != nominal[$0] }.map { tried.joint.options[$0].lesion })
      let found = try choosing.best(costs, changed: changed.sorted(), &search)
      let all = tried.best(costs)
      if !all.contains(found.map { tried.joint.options[$0].choice.word }) { missed += 1 }
      if !all.contains(tried.best.options.map { tried.joint.options[$0].choice.word }) { moved += 1 }
    }
    #expect(missed <= 1)
    #expect(number != "06" || moved > 15)
  }

  /// How often a plan's choices are the best, against 10 000 draws that are judged anew and tried in every assignment: the
  /// same model, written down once more.
  @Test(arguments: [("06", 3), ("21", 3)])
  func chancesOfChoicesAgreeWithManyDraws(_ number: String, _ lesions: Int) throws {
    let tried = try Tried(number, lesions: lesions)
    var search = tried.search
    let reading = RobustnessAnalysis(tried.joint, nil, samples: 1000, seed: 1)
    let prepared = try reading.prepared()
    let drawing = try reading.drawing(tried.best, prepared, [tried.best], &search)
    let own = try reading.read(tried.best, recommending: tried.best, prepared, drawing, &search)
    let tables = try tried.joint.options.map {
      tried.joint.reading.table(of: $0, in: try tried.joint.reading.read($0.group, [$0]))
    }
    let charges = tried.joint.pool.parameters.recommendation
    let moving = tables.map { table in
      table.recorded.filter { fact in
        table.number(fact) != nil
          && (fact == .longestAxialDiameter || fact == .depthFromPleura || fact == .depthOfInnerEdge
            || fact.name.hasPrefix("clearance("))
      }
    }
    let draws = 10_000
    let facts = (0..<lesions).map { lesion in
      Set(
        tried.joint.options.indices.filter { tried.joint.options[$0].lesion == lesion }.flatMap { moving[$0] }
      )
      .sorted()
    }
    let axes = facts.enumerated().map { lesion, facts in
      RobustnessTests.strata(draws, max(1, facts.count), UInt64(lesion + 3)).map {
        $0.map(RobustnessTests.quantile)
      }
    }
    let parts = Workers.gather(100, into: { [[(words: Set<[String]>, regret: Double)]]() }) { part, found in
      found.append(
        ((part * draws / 100)..<((part + 1) * draws / 100)).map { draw in
          var tallies = [JudgementTally?](repeating: nil, count: tried.joint.options.count)
          for index in tallies.indices {
            let option = tried.joint.options[index]
            guard let modality = option.choice.modality, let site = option.site else { continue }
            var table = tables[index]
            func off(_ fact: Fact) -> Double {
              facts[option.lesion].firstIndex(of: fact).map { axes[option.lesion][$0][draw] } ?? 0
            }
            func put(_ fact: Fact, _ x: Double) {
              table[fact] = .number(
                min(fact.definition.domain.upperBound, max(fact.definition.domain.lowerBound, x)),
                table[fact].origin, "")
            }
            let diameter = table.number(.longestAxialDiameter) ?? 0
            let deviation = diameter < 20 ? 1.73 / (1.96 * 2.0.squareRoot()) : 0.05 * diameter
            let growth = deviation * off(.longestAxialDiameter)
            for fact in moving[index] {
              guard let x = tables[index].number(fact) else { continue }
              switch fact {
              case .longestAxialDiameter: put(fact, x + growth)
              case .depthOfInnerEdge: put(fact, max(0, x + growth / 2 + 1.73 / 1.96 * off(fact)))
              default: put(fact, max(0, x - growth / 2 + 1.73 / 1.96 * off(fact)))
              }
            }
            tallies[index] = tried.joint.pool.judge.judge(modality, at: site, facts: table).tally
          }
          let costs = tried.joint.translation.costs(tallies)
          return (tried.best(costs), tried.regret(costs, charges))
        })
    }
    let drawn = parts.joined().flatMap(\.self)
    let all = drawn.map(\.words)
    #expect(all.count == draws)
    // What the plan costs beyond the lightest one of each draw, on average: the same by trying every assignment.
    let regret = drawn.map(\.regret).reduce(0, +) / Double(draws)
    let read = try #require(drawing.drawn.weighed.first { $0.options == tried.best.options }).regret
    #expect(abs(read - regret) < 0.3, "\(read) \(regret)")
    var isUncertain = false
    for (place, lesion) in own.lesions.enumerated() {
      for word in Set(lesion.choices.keys).union(all.flatMap { $0.map { $0[place] } }) {
        // Where several assignments stand alike either is as right.
        let least = Double(all.count { $0.allSatisfy { $0[place] == word } }) / Double(draws)
        let most = Double(all.count { $0.contains { $0[place] == word } }) / Double(draws)
        let chance = lesion.choices[word] ?? 0
        #expect(
          chance > least - 0.01 && chance < most + 0.01, "\(lesion.lesion) \(word) \(chance) \(least) \(most)"
        )
        if least > 0.02 && least < 0.98 { isUncertain = true }
      }
    }
    #expect(number != "06" || isUncertain)
  }

  /// A decision that a flip tells is the best of all assignments past the edge, and not before it.
  @Test(arguments: ["06", "08"])
  func decisionsFlipWhereTryingEverythingFlips(_ number: String) throws {
    let tried = try Tried(number, lesions: 3)
    var search = tried.search
    let reading = RobustnessAnalysis(tried.joint, nil, samples: 10, seed: 1)
    let prepared = try reading.prepared()
    let drawing = try reading.drawing(tried.best, prepared, [tried.best], &search)
    let robustness = try reading.read(tried.best, recommending: tried.best, prepared, drawing, &search)
    let now = tried.best.options.map { tried.joint.options[$0].choice.word }
    var checked = 0
    for flip in robustness.flips where !flip.decisions.isEmpty {
      func best(_ x: Double) throws -> Set<[String]> {
        tried.best(
          try tried.costs { option, table in
            // A fact of the patient is every lesion's.
            guard flip.lesion.map({ $0 == option.id }) ?? true, table.number(flip.fact) != nil else {
              return table
            }
            var table = table
            table[flip.fact] = .number(x, table[flip.fact].origin, "")
            return table
          })
      }
      var then = now
      for decision in flip.decisions {
        let place = try #require(tried.joint.pool.lesions.firstIndex { $0.id == decision.lesion })
        then[place] = decision.choice
      }
      let step = flip.isRise ? 1e-4 : -1e-4
      let edge = min(
        flip.fact.definition.domain.upperBound, max(flip.fact.definition.domain.lowerBound, flip.edge + step))
      let found = try best(edge)
      #expect(found.contains(then), "\(flip) \(then) \(found) now \(now)")
      for share in [0, 0.25, 0.5, 0.75, 0.98] where flip.distance > 0 {
        #expect(try best(flip.value + share * (flip.edge - flip.value)).contains(now))
      }
      checked += 1
    }
    #expect(checked > 0)
  }
}
