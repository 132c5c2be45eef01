internal import Eligibility
internal import Vocabulary

/// Draws every lesion's measurements together, and looks for the best plan of each draw.
struct PlanDraws {
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

  /// How often each choice is the best plan's by lesion, and how often the plan stays.
  ///
  /// - Throws: errors of geometry.
  func draw(
    _ best: EvaluatedChoice, _ sampled: [RobustnessReading.Sampled?], _ choosing: inout SampledChoices,
    _ search: inout PlanSearch
  ) throws -> (choices: [[String: Double]], kept: Double) {
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
    var counts = [[String: Int]](repeating: [:], count: best.options.count)
    var kept = 0
    for number in 0..<samples {
      let quality = qualities[number]
      var costs = met.map(\.known)
      var changed: Set<Int> = []
      for index in options.indices {
        guard let noise = sampled[index]?.noise else { continue }
        let lesion = options[index].lesion
        let draw = off[index].map { $0[number] }
        guard let cell = sampled[index]?.judge.place(of: noise.changes(draw)) else { continue }
        for place in met[index].cells.count..<max(met[index].cells.count, cell + 1) {
          met[index].cells.append(
            choosing.figures(
              joint.translation.cost(options[index], sampled[index]?.judge.judgements[place])))
        }
        costs[index] = met[index].cells[cell]
        if costs[index] != met[index].known { changed.insert(lesion) }
      }
      let chosen = words(
        try choosing.best(costs, changed: changed.sorted(), quality: quality, &search))
      for (lesion, word) in chosen.enumerated() { counts[lesion][word, default: 0] += 1 }
      if chosen == now { kept += 1 }
    }
    let total = Double(max(1, samples))
    return (counts.map { $0.mapValues { Double($0) / total } }, Double(kept) / total)
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
    var values = (0..<count).map { (Double($0) + draws.next()) / Double(count) }
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
