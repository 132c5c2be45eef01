// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Planning

@Suite("Pairs that exclude one another, as sets of which one at most is chosen")
struct ConflictCliqueTests {
  /// Every pair lies in a set, and of no set two could be chosen.
  @Test(arguments: 0..<60)
  func setsSayWhatPairsSay(_ seed: Int) {
    var generator = Draws(seed: UInt64(seed))
    let count = 4 + seed % 20
    let lesions = (0..<count).map { _ in Int(generator.next() * Double(count)) }
    let density = generator.next()
    var pairs: Set<Set<Int>> = []
    for first in 0..<count {
      for second in (first + 1)..<max(first + 1, count)
      where lesions[first] != lesions[second] && generator.next() < density {
        pairs.insert([first, second])
      }
    }
    let sets = ConflictCliques(Array(pairs), lesions: lesions).sets
    for pair in pairs { #expect(sets.contains { pair.isSubset(of: $0) }) }
    for set in sets {
      for (place, first) in set.enumerated() {
        for second in set.dropFirst(place + 1) {
          #expect(lesions[first] == lesions[second] || pairs.contains([first, second]))
        }
      }
    }
  }

  /// Options that all exclude one another are one row.
  @Test func allPairsAreOneSet() {
    let pairs = (0..<30).flatMap { first in ((first + 1)..<30).map { Set([first, $0]) } }
    #expect(ConflictCliques(pairs, lesions: Array(0..<30)).sets == [Array(0..<30)])
    #expect(ConflictCliques([], lesions: [0, 1]).sets.isEmpty)
  }
}

@Suite("What would settle the choice of a plan")
struct SettlingTests {
  /// Of two plans one is right where the first thing is small, the other where it is large; the second thing tells nothing.
  @Test func theThingThatDecidesIsFound() throws {
    let count = 4000
    var strata = Strata(count, seed: 3)
    let axes = (0..<2).map { MeasurementAxis(lesion: $0, source: .diameter, shares: strata.axis()) }
    var sums = SettlingSums(axes: 2, plans: 2)
    for draw in 0..<count {
      for plan in 0..<2 {
        let isRight = (axes[0].shares[draw] < 0.5) == (plan == 0)
        for (axis, measured) in axes.enumerated() {
          sums.add(
            axis, part: measured.part(of: draw), draw: draw, plan: plan, regret: isRight ? 0 : 10,
            isAsGood: isRight)
        }
      }
    }
    let best = try #require(sums.best)
    #expect(best.axis == 0 && abs(best.asGood - Double(count)) < 1e-9)
  }

  /// Where nothing tells, chance does not pass for knowledge: half stays half.
  @Test(arguments: 0..<6)
  func chanceIsNoKnowledge(_ seed: Int) throws {
    let count = 2000
    var strata = Strata(count, seed: UInt64(seed))
    let hidden = strata.axis()
    let axes = (0..<6).map { MeasurementAxis(lesion: $0, source: .diameter, shares: strata.axis()) }
    var sums = SettlingSums(axes: 6, plans: 2)
    for draw in 0..<count {
      for plan in 0..<2 {
        let isRight = (hidden[draw] < 0.5) == (plan == 0)
        for (axis, measured) in axes.enumerated() {
          sums.add(
            axis, part: measured.part(of: draw), draw: draw, plan: plan, regret: isRight ? 0 : 1,
            isAsGood: isRight)
        }
      }
    }
    let share = try #require(sums.best).asGood / Double(count)
    #expect(share > 0.4 && share < 0.6, "\(share)")
  }
}
