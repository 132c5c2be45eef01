// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
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

  /// What an option costs as it is known, and in each cell of its facts that was met.
  private struct Costs {
    let known: CostFigures
    var cells: [CostFigures] = []
  }

  /// How often each choice is the best plan's by lesion, how often the plan stays, and in how many draws others could be
  /// better that were not looked at.
  ///
  /// - Throws: errors of geometry.
  func draw(
    _ best: EvaluatedChoice, _ sampled: [RobustnessAnalysis.Sampled?], _ choosing: inout SampledChoices,
    _ search: inout PlanSearch
  ) throws -> (choices: [[String: Double]], kept: Double, unsettled: Int) {
    var sampled = sampled
    let options = joint.options
    var met = options.indices.map { index in
      Costs(
        known: choosing.figures(joint.translation.cost(options[index], sampled[index]?.judge.known)))
    }
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
    for index in options.indices {
      for source in sampled[index]?.noise.sources ?? []
      where source != .dose && axes[options[index].lesion]?[source] == nil {
        axes[options[index].lesion, default: [:]][source] = strata.axis().map(EvenPoints.normal)
      }
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
    let chosen = try choosing.best(
      of: samples,
      { [cells] number in
        var figures = known
        var lesions: Set<Int> = []
        for (index, cell) in cells[number].enumerated() where cell >= 0 {
          figures[index] = costs[index].cells[Int(cell)]
          if figures[index] != known[index] { lesions.insert(options[index].lesion) }
        }
        return .init(figures: figures, lesions: lesions.sorted(), quality: qualities[number])
      }, &search)
    var counts = [[String: Int]](repeating: [:], count: best.options.count)
    var kept = 0
    for plan in chosen.plans.map(words) {
      for (lesion, word) in plan.enumerated() { counts[lesion][word, default: 0] += 1 }
      if plan == now { kept += 1 }
    }
    let total = Double(max(1, samples))
    return (counts.map { $0.mapValues { Double($0) / total } }, Double(kept) / total, chosen.unsettled)
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
