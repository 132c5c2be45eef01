// SPDX-License-Identifier: Apache-2.0
import Facts
import Planning
import Testing
import Vocabulary

@testable import Triage

@Suite("What a worklist is ordered by")
struct CriterionOrderTests {
  @Test("bands join figures, the greatest first turns them, and what is unknown comes last either way")
  func levels() {
    let days = WorklistParameters.Step(.doublingTime, bands: [40, 120])
    #expect([10, 40, 41, 120, 121, 9e9].map { days.level(of: .figure($0)) } == [0, 0, 1, 1, 2, 2])
    let size = WorklistParameters.Step(.largest, bands: [10, 20], isGreatestFirst: true)
    #expect([5, 10, 15, 25].map { size.level(of: .figure($0)) } == [2, 2, 1, 0])
    let plain = WorklistParameters.Step(.sittings)
    #expect(plain.level(of: .figure(2)) < plain.level(of: .figure(3)))
    let turned = WorklistParameters.Step(.lesions, isGreatestFirst: true)
    #expect(turned.level(of: .figure(3)) < turned.level(of: .figure(2)))
    // A range stands where its later end does.
    #expect(days.level(of: .figure(low: 10, high: 200)) == days.level(of: .figure(200)))
    #expect(size.level(of: .figure(low: 5, high: 25)) == size.level(of: .figure(5)))
    #expect(plain.level(of: .figure(low: 1, high: .infinity)) == .max)
    for step in [days, size, plain, turned] {
      #expect(step.level(of: .unknown) > step.level(of: .figure(1e7)))
      #expect(step.level(of: .unknown) > step.level(of: .figure(0)))
    }
  }

  /// By trying every way in which lesions of an unknown side may lie.
  @Test("sittings: one lung at a time, so many lesions at a time", arguments: 0..<40)
  func sittings(_ seed: Int) {
    let sides: [Side?] = [.right, .left, nil]
    var state = UInt64(seed) &* 0x9E37_79B9 + 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let places: [(site: Site, side: Side?)] = (0..<(1 + next(7))).map { _ in
      next(4) == 0 ? (.liver, nil) : (.lung, sides[next(3)])
    }
    let most = 1 + next(4)
    let open = places.indices.filter { places[$0].site == .lung && places[$0].side == nil }
    var counts: Set<Int> = []
    for bits in 0..<(1 << open.count) {
      var lesions = [0, 0, 0]
      for (index, place) in places.enumerated() {
        if place.site == .liver {
          lesions[2] += 1
        } else if let bit = open.firstIndex(of: index) {
          lesions[bits >> bit & 1] += 1
        } else {
          lesions[place.side == .right ? 0 : 1] += 1
        }
      }
      counts.insert(lesions.reduce(0) { $0 + ($1 + most - 1) / most })
    }
    let range = AblationOutlook.sittings(places, inLung: most, elsewhere: most)
    #expect(range.lowerBound == counts.min() && range.upperBound == counts.max(), "\(places) \(most)")
  }

  @Test("operations: a side of the chest each, the liver by itself; an unknown side may be either")
  func operations() {
    func count(_ places: [(site: Site, side: Side?)]) -> ClosedRange<Int> {
      ResectionOutlook.operations(places)
    }
    #expect(count([(.lung, .right), (.lung, .right)]) == 1...1)
    #expect(count([(.lung, .right), (.lung, .left)]) == 2...2)
    #expect(count([(.lung, .right), (.lung, nil)]) == 1...2)
    #expect(count([(.lung, nil)]) == 1...1)
    #expect(count([(.lung, nil), (.lung, nil), (.liver, nil)]) == 2...3)
    #expect(count([(.liver, nil)]) == 1...1)
  }

  @Test("every technique that a plan names has its words and its place")
  func techniques() throws {
    guard case .word(let words) = Fact.resectionTechnique.definition.kind else {
      Issue.record("the technique is a word")
      return
    }
    let known = try words.map { try #require(ResectionOutlook.Technique($0), "\($0)") }
    #expect(Set(known.map(\.place)).count == words.count && Set(known.map(\.title)).count == words.count)
    #expect(known.sorted().map(\.place) == known.map(\.place).sorted())
  }

  @Test("visits: lesions of one fraction count together, those of different counts one after the other")
  func visits() {
    #expect(IrradiationOutlook.visits([[5], [5]]) == 5...5)
    #expect(IrradiationOutlook.visits([[3], [5]]) == 5...8)
    #expect(IrradiationOutlook.visits([[3, 5, 8]]) == 3...8)
    #expect(IrradiationOutlook.visits([[3, 8], [3, 8]]) == 3...11)
    #expect(IrradiationOutlook.visits([[3], []]) == nil)
  }
}
