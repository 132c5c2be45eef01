// SPDX-License-Identifier: Apache-2.0
import Phantoms
import Testing

@testable import Radiotherapy

@Suite("The largest set of targets that fits")
struct SubsetTests {
  @Test("the search finds what trying every set finds, for 200 seeded cases")
  func bruteForce() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<200 {
      let count = Int.random(in: 1...9, using: &generator)
      let costs = (0..<count).map { _ in Double.random(in: 0.2...3, using: &generator) }
      let other = (0..<count).map { _ in Double.random(in: 0.2...3, using: &generator) }
      let (limit, second) = (
        Double.random(in: 0.5...9, using: &generator), Double.random(in: 0.5...9, using: &generator)
      )
      func fits(_ chosen: [Int]) -> Bool {
        chosen.reduce(0) { $0 + costs[$1] } < limit && chosen.reduce(0) { $0 + other[$1] } < second
      }
      var best = 0
      for mask in 0..<(1 << count) {
        let chosen = (0..<count).filter { (mask >> $0) & 1 == 1 }
        if fits(chosen) { best = max(best, chosen.count) }
      }
      let order = (0..<count).sorted { costs[$0] > costs[$1] }
      let found = SubsetSearch(count: count, dearestFirst: order, fits: fits).largest()
      #expect(found.chosen.count == best && found.isProven)
      #expect(found.chosen.isEmpty || fits(found.chosen))
    }
  }

  @Test("a search that is cut short says so, and what it gives still fits")
  func cutShort() {
    let count = 24
    func fits(_ chosen: [Int]) -> Bool { chosen.count <= 6 }
    let found = SubsetSearch(count: count, dearestFirst: Array(0..<count), fits: fits).largest()
    #expect(!found.isProven && fits(found.chosen))
    #expect(SubsetSearch(count: 3, dearestFirst: [0, 1, 2]) { _ in false }.largest().chosen.isEmpty)
  }

  @Test("several fraction counts are brought together at equal effect")
  func equalEffect() {
    let organ = SampledOrgan(
      weights: [1000, 3000], volume: 4000,
      targets: [
        TargetSamples(lesions: ["A"], fractions: 3, doses: [[9, 0], [9, 0], [9, 0]]),
        TargetSamples(lesions: ["B"], fractions: 8, doses: [[8, 8], [8, 8], [8, 8]]),
      ], alphaBeta: 3, fractions: 8)
    let both = organ.sum([0, 1], plan: 0)
    // BED 9·(1+3/3) = 18 and 8·(1+1/3) = 10.667; D(1 + D/24) = 28.667.
    let expected = 12 * ((1 + 4 * 28.6667 / 24).squareRoot() - 1)
    #expect(abs(Double(both[0]) - expected) < 1e-3)
    #expect(abs(both[1] - 8) < 1e-4)
    #expect(organ.percent(both, atLeast: 8.001) == 25)
    #expect(abs(organ.mean(both) - (expected + 3 * 8) / 4) < 1e-3)
    #expect(organ.below(both, 8.001) == 3)
    let alone = organ.sum([1], plan: 0)
    #expect(alone == [8, 8])
  }
}
