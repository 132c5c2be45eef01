// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Vocabulary

/// Draws every lesion's measurements together, and looks for the best plan of each draw.
struct PlanSamples {
  private let joint: JointProblem
  private let samples: Int
  private let seed: UInt64

  init(_ joint: JointProblem, samples: Int, seed: UInt64) {
    self.joint = joint
    self.samples = samples
    self.seed = seed
  }

  private typealias Rank = JudgementTally.Rank

  /// What an option costs as it is known, and in each cell of its facts that was met.
  private struct Costs {
    let known: CostFigures
    var cells: [CostFigures] = []
  }

  /// What draws make of the plan that is best as measured, and of those that are the best of a draw.
  ///
  /// - Throws: errors of geometry.
  func draw(
    _ best: EvaluatedChoice, _ sampled: [RobustnessAnalysis.Sampled?], _ choosing: inout SampledChoices,
    _ search: inout PlanSearch
  ) throws -> Drawn {
    var sampled = sampled
    let options = joint.options
    let tallies = options.indices.map { sampled[$0]?.judge.known }
    var met = joint.translation.costs(tallies).map { Costs(known: choosing.figures($0)) }
    // A cell's score is that of its first facts: those that are known come first.
    for index in options.indices {
      guard let noise = sampled[index]?.noise else { continue }
      _ = sampled[index]?.judge.place(of: noise.changes(noise.sources.map { $0 == .dose ? 0.5 : 0 }))
    }
    let words = { (chosen: [Int]) in chosen.map { options[$0].choice.word } }
    let now = words(best.options)
    var strata = Strata(samples, seed: seed)
    let qualities = strata.axis()
    // One lesion is off in one way, whichever therapy asks.
    var axes: [Int: [MeasurementNoise.Source: [Double]]] = [:]
    var measured: [MeasurementAxis] = []
    for index in options.indices {
      for source in sampled[index]?.noise.sources ?? []
      where source != .dose && axes[options[index].lesion]?[source] == nil {
        let shares = strata.axis()
        axes[options[index].lesion, default: [:]][source] = shares.map(EvenPoints.normal)
        measured.append(MeasurementAxis(lesion: options[index].lesion, source: source, shares: shares))
      }
    }
    if sampled.contains(where: { $0?.noise.sources.contains(.dose) == true }) {
      measured.append(MeasurementAxis(lesion: nil, source: .dose, shares: qualities))
    }
    let off = options.indices.map { index in
      (sampled[index]?.noise.sources ?? []).map { source in
        source == .dose ? qualities : axes[options[index].lesion]?[source] ?? []
      }
    }
    // Which cell of its facts each option is in, by draw.
    var cells = [[Int32]](repeating: [Int32](repeating: -1, count: options.count), count: samples)
    for index in options.indices {
      guard let noise = sampled[index]?.noise else { continue }
      for number in 0..<samples {
        let draw = off[index].map { $0[number] }
        cells[number][index] = Int32(sampled[index]?.judge.place(of: noise.changes(draw)) ?? -1)
      }
      met[index].cells = (sampled[index]?.judge.judgements ?? []).map {
        choosing.figures(joint.translation.cost(options[index], $0))
      }
    }
    let (costs, known) = (met, met.map(\.known))
    let knownRanks = tallies.map { $0.map(\.rank) }
    let cellRanks = sampled.map { ($0?.judge.judgements ?? []).map(\.rank) }
    let optionsOf = joint.pool.lesions.indices.map { lesion in
      options.indices.filter { options[$0].lesion == lesion }
    }
    let moving = optionsOf.indices.filter { lesion in optionsOf[lesion].contains { cellRanks[$0].count > 1 } }
    let scoring = joint.pool.judge.ruleSet.scoring
    let draw: @Sendable (Int) -> SampledChoices.Draw = { [cells] number in
      var figures = known
      var lesions: Set<Int> = []
      for (index, cell) in cells[number].enumerated() where cell >= 0 {
        figures[index] = costs[index].cells[Int(cell)]
        if figures[index] != known[index] { lesions.insert(options[index].lesion) }
      }
      // Which therapy comes first for a lesion is the draw's own question, and only where its judgements changed.
      for lesion in moving {
        let own = optionsOf[lesion]
        var first: Rank?
        for index in own {
          let cell = cells[number][index]
          guard let rank = cell < 0 ? knownRanks[index] : cellRanks[index][Int(cell)] else { continue }
          if first.map({ rank.precedes($0) }) ?? true { first = rank }
        }
        guard let first else { continue }
        for index in own {
          let cell = cells[number][index]
          guard let rank = cell < 0 ? knownRanks[index] : cellRanks[index][Int(cell)] else { continue }
          let figure: Int32 = scoring.isEquivalent(rank, toFirst: first) ? 0 : 1
          if figures[index].sums[3] != figure {
            figures[index].sums[3] = figure
            if figures[index] != known[index] { lesions.insert(lesion) }
          }
        }
      }
      return .init(figures: figures, lesions: lesions.sorted(), quality: qualities[number])
    }
    let chosen = try choosing.best(of: samples, draw, &search)
    var counts = [[String: Int]](repeating: [:], count: best.options.count)
    var kept = 0
    for plan in chosen.plans.map(words) {
      for (lesion, word) in plan.enumerated() { counts[lesion][word, default: 0] += 1 }
      if plan == now { kept += 1 }
    }
    let total = Double(max(1, samples))
    let outcome = PlanWeighing(choosing, joint.pool.parameters.recommendation).weighed(
      [best.options] + chosen.plans.uniqued, over: samples, along: measured, draw)
    return Drawn(
      choices: counts.map { $0.mapValues { Double($0) / total } }, kept: Double(kept) / total,
      unsettled: chosen.unsettled,
      weighed: outcome.plans, settling: outcome.settling.map { settling($0, measured) })
  }

  private func settling(
    _ found: (axis: Int, asGood: Double), _ axes: [MeasurementAxis]
  ) -> PlanRobustness.Settling {
    let axis = axes[found.axis]
    let what: PlanRobustness.Settling.What =
      switch axis.source {
      case .diameter: .fact(.longestAxialDiameter)
      case .edge(let fact): .fact(fact)
      case .placement: .placement
      case .dose: .dose
      }
    return PlanRobustness.Settling(
      lesion: axis.lesion.map { joint.pool.lesions[$0].id }, what: what, asGoodProbability: found.asGood)
  }

  /// What draws make of plans.
  struct Drawn {
    /// How often each choice is the best plan's, by lesion.
    let choices: [[String: Double]]
    /// How often the plan that is best as measured is the best.
    let kept: Double
    /// In how many draws others could be better that were not looked at.
    let unsettled: Int
    /// The plan that is best as measured first, then every plan that is the best of a draw.
    let weighed: [PlanWeighing.Weighed]
    /// What would settle the choice among them most; `nil` where nothing measured is in doubt.
    let settling: PlanRobustness.Settling?
  }
}

/// Draws of many numbers at once: of each number one in each of as many equal parts as there are draws, in an order of its
/// own (McKay, Beckman, Conover 1979).
///
/// What hangs on one number alone comes out as evenly as can be; what hangs on several no worse than of plain draws.
struct Strata {
  private let count: Int
  private var draws: Draws

  init(_ count: Int, seed: UInt64) { (self.count, draws) = (count, Draws(seed: seed)) }

  /// The next number's values, one a draw, each above 0 and below 1.
  mutating func axis() -> [Double] {
    var values = (0..<count).map { min(1 - 1e-12, (Double($0) + draws.next()) / Double(count)) }
    for index in values.indices.reversed() {
      values.swapAt(index, min(index, Int(draws.next() * Double(index + 1))))
    }
    return values
  }
}

/// Numbers above 0 and below 1, the same for the same seed.
struct Draws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return min(1 - 1e-12, max(1e-12, Double((z ^ (z >> 31)) >> 11) * 0x1p-53))
  }
}
