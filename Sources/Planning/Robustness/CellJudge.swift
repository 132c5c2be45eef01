// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// Judges one option over and over with facts that are a little off: as long as every fact stays between the same edges of
/// rules the verdict stays, so each such cell is judged once.
struct CellJudge: Sendable {
  /// The judgement of the facts as they are known.
  private let standing: StandingJudgement
  /// The edges of every rule of this therapy, by fact.
  private let edges: [Fact: [Double]]
  private let noise: MeasurementNoise
  /// The edges of each fact that changes, in the noise's order; empty where no rule asks for it.
  private let own: [[Double]]
  /// How many cells each fact that changes has.
  private let cells: [UInt128]
  /// Whether a fact's cell begins a word of its own: where all before have more cells than one word tells apart.
  private let begins: [Bool]
  private var met: [Cell: Int] = [:]
  /// The judgements of the cells that were met, in the order they were met.
  private(set) var judgements: [JudgementTally] = []

  init(_ judge: Judge, _ modality: Modality, at site: Site, _ noise: MeasurementNoise) {
    standing = StandingJudgement(judge, modality, at: site, facts: noise.table)
    let rules = judge.ruleSet.rules.filter { $0.concerns(modality, at: site) != nil }
    var edges: [Fact: Set<Double>] = [:]
    func add(_ fact: Fact, _ match: Band.Match) {
      guard case .numbers(let bounds) = match else { return }
      for edge in [bounds.lower, bounds.upper].compactMap(\.self) { edges[fact, default: []].insert(edge) }
    }
    for rule in rules {
      for band in rule.bands { add(rule.fact, band.match) }
      if let applies = rule.applies { add(applies.fact, applies.match) }
    }
    self.edges = edges.mapValues { $0.sorted() }
    self.noise = noise
    let sorted = self.edges
    own = noise.changing.map { sorted[$0] ?? [] }
    let cells = own.map { UInt128(2 * $0.count + 2) }
    var product: UInt128 = 1
    begins = cells.map { count in
      let (next, isOver) = product.multipliedReportingOverflow(by: count)
      product = isOver ? count : next
      return isOver
    }
    self.cells = cells
  }

  /// The edges of a fact, ascending.
  func edges(of fact: Fact) -> [Double] { edges[fact] ?? [] }

  /// The judgement of the facts as they are known.
  var known: JudgementTally { standing.tally }

  /// The judgement with one fact other than it is known, cells aside.
  func judgement(of facts: FactTable, changed fact: Fact) -> JudgementTally {
    standing.tally(of: facts, changed: CollectionOfOne(fact))
  }

  /// The cell that the facts lie in, by its place among those that were met.
  mutating func place(of points: [MeasurementNoise.Point]) -> Int {
    let key = cell(points)
    if let found = met[key] { return found }
    met[key] = judgements.count
    judgements.append(standing.tally(of: noise.facts(points), changed: noise.changing))
    return judgements.count - 1
  }

  /// The judgement of the cell that the facts lie in.
  mutating func judgement(_ points: [MeasurementNoise.Point]) -> JudgementTally {
    judgements[place(of: points)]
  }

  /// Whether facts that lie between these are all of one cell.
  func isOneCell(_ corners: [[MeasurementNoise.Point]]) -> Bool {
    own.indices.allSatisfy { place in
      var (low, high) = (Double.infinity, -Double.infinity)
      var words: Set<Bool> = []
      for corner in corners {
        switch corner[place] {
        case .isKept(let isKept): words.insert(isKept)
        case .number(let x): (low, high) = (min(low, x), max(high, x))
        }
      }
      return words.count < 2 && !own[place].contains { low <= $0 && $0 <= high }
    }
  }

  /// A cell's number; further words where facts have more cells together than one word tells apart.
  private struct Cell: Hashable {
    var word: UInt128 = 0
    var full: [UInt128] = []

    mutating func add(_ place: Int, of count: UInt128, inNewWord begins: Bool) {
      if begins {
        full.append(word)
        word = 0
      }
      word = word * count + UInt128(place)
    }
  }

  private func cell(_ points: [MeasurementNoise.Point]) -> Cell {
    var key = Cell()
    for place in points.indices {
      let edges = own[place]
      var here = 0
      switch points[place] {
      case .isKept(let isKept): here = isKept ? 1 : 0
      case .number(let x):
        // On an edge is neither below nor above it.
        while here < edges.count, edges[here] < x { here += 1 }
        here = 2 * here + (here < edges.count && edges[here] == x ? 1 : 0)
      }
      key.add(here, of: cells[place], inNewWord: begins[place])
    }
    return key
  }
}
