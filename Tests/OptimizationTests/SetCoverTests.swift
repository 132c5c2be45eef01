// SPDX-License-Identifier: Apache-2.0
import Phantoms
import Testing

@testable import Optimization

@Suite("Set covers against every subset")
struct SetCoverTests {
  /// The cheapest cost over all subsets, from nothing but the statement of the problem.
  private func cheapest(_ cover: SetCover) -> Double? {
    var best: Double?
    for subset in 0..<(1 << cover.candidates.count) {
      let chosen = cover.candidates.indices.filter { subset >> $0 & 1 == 1 }
      guard let cost = cost(cover, chosen) else { continue }
      best = min(best ?? cost, cost)
    }
    return best
  }

  /// What a choice costs, or `nil` when it covers too little or takes too much.
  private func cost(_ cover: SetCover, _ chosen: [Int]) -> Double? {
    let picked = chosen.map { cover.candidates[$0] }
    let groups = Set(picked.compactMap(\.group))
    guard chosen.count <= cover.mostCandidates ?? .max, groups.count <= cover.mostGroups ?? .max,
      Set(picked.flatMap(\.elements)).count == cover.elementCount
    else { return nil }
    return picked.reduce(0) { $0 + $1.cost } + groups.reduce(0) { $0 + cover.openingCosts[$1] }
  }

  private func check(_ cover: SetCover) throws {
    let covered = Set(cover.candidates.flatMap(\.elements))
    let missing = (0..<cover.elementCount).filter { !covered.contains($0) }
    switch try cover.solve() {
    case .uncoverable(let elements): #expect(elements == missing && !missing.isEmpty)
    case .needsMoreThanAllowed: #expect(missing.isEmpty && cheapest(cover) == nil)
    case .limitReachedWithoutCover: Issue.record("no limit was near")
    case .cover(let found):
      // Costs are eighths, so that sums are exact whatever their order.
      #expect(found.cost == cheapest(cover) && found.isProvenCheapest && found.lowerBound == found.cost)
      #expect(cost(cover, found.chosen) == found.cost)
      #expect(found.chosen == found.chosen.sorted())
      #expect(found.openGroups == Set(found.chosen.compactMap { cover.candidates[$0].group }).sorted())
    }
  }

  private func random(seed: UInt64, grouped: Bool, limited: Bool) throws -> SetCover {
    var generator = seededGenerator(seed)
    let elementCount = Int.random(in: 1...16, using: &generator)
    let candidateCount = Int.random(in: 1...13, using: &generator)
    let groupCount = grouped ? Int.random(in: 1...5, using: &generator) : 0
    let density = Double.random(in: 0.1...0.5, using: &generator)
    let isUniform = Bool.random(using: &generator)
    let candidates = (0..<candidateCount).map { _ in
      SetCover.Candidate(
        elements: (0..<elementCount).filter { _ in Double.random(in: 0..<1, using: &generator) < density },
        cost: isUniform ? 1 : Double(Int.random(in: 1...40, using: &generator)) / 8,
        group: grouped && Int.random(in: 0..<6, using: &generator) > 0
          ? Int.random(in: 0..<groupCount, using: &generator) : nil)
    }
    return try SetCover(
      elementCount: elementCount, candidates: candidates,
      openingCosts: (0..<groupCount).map { _ in Double(Int.random(in: 0...16, using: &generator)) / 8 },
      mostCandidates: limited ? Int.random(in: 1...5, using: &generator) : nil,
      mostGroups: limited && grouped ? Int.random(in: 0...3, using: &generator) : nil)
  }

  @Test("random covers", arguments: 1...60)
  func plain(seed: UInt64) throws {
    try check(try random(seed: seed, grouped: false, limited: false))
    try check(try random(seed: seed + 1000, grouped: false, limited: true))
  }

  @Test("random covers with groups", arguments: 1...60)
  func grouped(seed: UInt64) throws {
    try check(try random(seed: seed, grouped: true, limited: false))
    try check(try random(seed: seed + 1000, grouped: true, limited: true))
  }

  @Test("the seeds meet every answer, by reduction alone and by a search")
  func seedsAreVaried() throws {
    var kinds: Set<String> = []
    for seed in UInt64(1)...60 {
      let cover = try random(seed: seed + 1000, grouped: true, limited: true)
      var reduction = CoverReduction(cover)
      reduction.run()
      switch try cover.solve() {
      case .cover: kinds.insert(reduction.openElements.isEmpty ? "reduced" : "searched")
      case .uncoverable: kinds.insert("uncoverable")
      case .needsMoreThanAllowed: kinds.insert("more")
      case .limitReachedWithoutCover: kinds.insert("limit")
      }
    }
    #expect(kinds == ["reduced", "searched", "uncoverable", "more"])
  }

  /// Pairs of the corners of a ring: no element is forced or implied, so that the search itself is asked.
  ///
  /// An even ring needs half its corners, an odd one half of the next even number.
  @Test("rings need every other pair", arguments: 3...12)
  func rings(corners: Int) throws {
    let candidates = (0..<corners).map { SetCover.Candidate(elements: [$0, ($0 + 1) % corners], cost: 1) }
    let cover = try SetCover(elementCount: corners, candidates: candidates)
    guard case .cover(let found) = try cover.solve() else {
      Issue.record("a ring can be covered")
      return
    }
    #expect(found.chosen.count == (corners + 1) / 2 && found.isProvenCheapest)
    let fewer = try SetCover(
      elementCount: corners, candidates: candidates, mostCandidates: (corners + 1) / 2 - 1)
    #expect(try fewer.solve() == .needsMoreThanAllowed)
  }

  @Test("nothing to cover costs nothing")
  func empty() throws {
    let nothing = CoverAnswer.cover(Cover(chosen: [], openGroups: [], cost: 0, lowerBound: 0))
    #expect(try SetCover(elementCount: 0, candidates: []).solve() == nothing)
    let idle = SetCover.Candidate(elements: [], cost: 1, group: 0)
    #expect(
      try SetCover(
        elementCount: 0, candidates: [idle], openingCosts: [2], mostCandidates: 0, mostGroups: 0
      ).solve() == nothing)
    #expect(try SetCover(elementCount: 2, candidates: []).solve() == .uncoverable(elements: [0, 1]))
    #expect(
      try SetCover(elementCount: 3, candidates: [.init(elements: [1, 1], cost: 1)]).solve()
        == .uncoverable(elements: [0, 2]))
  }

  @Test("what is forced is chosen, and opens its group for others")
  func forced() throws {
    let cover = try SetCover(
      elementCount: 3,
      candidates: [
        .init(elements: [0], cost: 9, group: 1), .init(elements: [1, 2], cost: 3, group: 0),
        .init(elements: [1, 2], cost: 4, group: 1), .init(elements: [2], cost: 1),
      ], openingCosts: [2, 5])
    // The second would cost 3 + 2; the third only 4, as the first opened its group.
    #expect(
      try cover.solve() == .cover(Cover(chosen: [0, 2], openGroups: [1], cost: 18, lowerBound: 18)))
  }

  /// Only the first group can cover both elements by itself.
  @Test("where groups are limited, a cheap candidate of another group stands in for none")
  func limitedGroups() throws {
    let candidates: [SetCover.Candidate] = [
      .init(elements: [0], cost: 10, group: 0), .init(elements: [0], cost: 1, group: 1),
      .init(elements: [1], cost: 1, group: 0), .init(elements: [1], cost: 1, group: 2),
    ]
    let one = try SetCover(
      elementCount: 2, candidates: candidates, openingCosts: [1, 1, 1], mostGroups: 1)
    #expect(
      try one.solve() == .cover(Cover(chosen: [0, 2], openGroups: [0], cost: 12, lowerBound: 12)))
  }

  @Test("a limit one below the number of elements is a limit")
  func tightLimit() throws {
    let candidates: [SetCover.Candidate] = [
      .init(elements: [0], cost: 1), .init(elements: [1], cost: 1), .init(elements: [0, 1], cost: 5),
    ]
    let one = try SetCover(elementCount: 2, candidates: candidates, mostCandidates: 1)
    #expect(try one.solve() == .cover(Cover(chosen: [2], openGroups: [], cost: 5, lowerBound: 5)))
  }

  @Test("of a choice with candidates to spare the dearest are left out")
  func needless() throws {
    let candidates: [SetCover.Candidate] = [
      .init(elements: [0, 1], cost: 3), .init(elements: [1, 2, 1], cost: 4, group: 0),
      .init(elements: [0, 2], cost: 2),
    ]
    let cover = try SetCover(elementCount: 3, candidates: candidates, openingCosts: [7])
    #expect(
      cover.made([2, 1, 0], lowerBound: 4)
        == Cover(chosen: [0, 2], openGroups: [], cost: 5, lowerBound: 4))
  }

  @Test("of equal candidates the first is chosen, every time")
  func equals() throws {
    let twins = (0..<4).map { SetCover.Candidate(elements: [$0 / 2 * 2, $0 / 2 * 2 + 1], cost: 0.1) }
    let cover = try SetCover(elementCount: 4, candidates: twins)
    guard case .cover(let found) = try cover.solve() else {
      Issue.record("every element has two candidates")
      return
    }
    #expect(found.chosen == [0, 2])
  }

  @Test("a larger cover has the same answer twice, and stopped early its bound holds")
  func repeatable() throws {
    var generator = seededGenerator(11)
    let candidates = (0..<60).map { index in
      SetCover.Candidate(
        elements: [index] + (0..<6).map { _ in Int.random(in: 0..<60, using: &generator) },
        cost: Double(Int.random(in: 8...24, using: &generator)) / 8, group: index % 7)
    }
    let cover = try SetCover(
      elementCount: 60, candidates: candidates, openingCosts: Array(repeating: 1, count: 7))
    let answer = try cover.solve()
    #expect(try cover.solve() == answer)
    guard case .cover(let best) = answer,
      case .cover(let early) = try cover.solve(limit: SolveLimit(nodes: 1))
    else {
      Issue.record("a cover exists")
      return
    }
    #expect(best.isProvenCheapest && !early.isProvenCheapest)
    #expect(early.lowerBound <= best.cost + 1e-6 && best.cost <= early.cost)
    #expect(cost(cover, early.chosen) == early.cost)
  }

  @Test("bad input is refused by name")
  func badInput() throws {
    #expect(throws: CoverDefect.negativeCount) { try SetCover(elementCount: -1, candidates: []) }
    #expect(throws: CoverDefect.negativeCount) {
      try SetCover(elementCount: 0, candidates: [], mostGroups: -1)
    }
    for cost in [0, -1, .nan, .infinity] {
      #expect(throws: CoverDefect.cost(candidate: 0)) {
        try SetCover(elementCount: 1, candidates: [.init(elements: [0], cost: cost)])
      }
    }
    #expect(throws: CoverDefect.openingCost(group: 1)) {
      try SetCover(elementCount: 0, candidates: [], openingCosts: [0, -1])
    }
    #expect(throws: CoverDefect.element(candidate: 0, element: 1)) {
      try SetCover(elementCount: 1, candidates: [.init(elements: [0, 1], cost: 1)])
    }
    #expect(throws: CoverDefect.group(candidate: 0, group: 0)) {
      try SetCover(elementCount: 1, candidates: [.init(elements: [0], cost: 1, group: 0)])
    }
    let cover = try SetCover(elementCount: 0, candidates: [])
    #expect(throws: ProgrammeDefect.limit) { try cover.solve(limit: SolveLimit(nodes: -1)) }
  }
}
