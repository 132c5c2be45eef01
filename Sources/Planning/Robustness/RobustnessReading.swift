internal import Ablation
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Quantities
internal import Radiotherapy
internal import Vocabulary

/// Draws measurements anew and sees what becomes of verdicts and of the plan.
struct RobustnessReading {
  private let joint: JointProblem
  private let samples: Int
  private let seed: UInt64
  private let residual: Double?

  /// How many even points a verdict's chance rests on.
  static let points = 16_384

  init(_ joint: JointProblem, _ ablation: AblationParameters?, samples: Int, seed: UInt64) {
    self.joint = joint
    self.samples = samples
    self.seed = seed
    residual = ablation?.residual.length.millimeters
  }

  private var pool: TherapyPool { joint.pool }

  /// An option with how its facts may be off.
  struct Sampled {
    let noise: MeasurementNoise
    var judge: CellJudge
  }

  /// - Throws: errors of geometry.
  func read(
    _ best: EvaluatedChoice, _ choices: [EvaluatedChoice], _ search: inout PlanSearch
  ) throws -> PlanRobustness {
    var sampled: [Int: Sampled] = [:]
    for index in joint.options.indices where joint.options[index].choice.modality != nil {
      let reading = try joint.reading.read(joint.options[index].group, [joint.options[index]])
      sampled[index] = self.sampled(
        index, joint.reading.table(of: joint.options[index], in: reading), reading)
    }
    var choosing = try SampledChoices(joint, choices, &search)
    let drawn = try draw(best, sampled, &choosing, &search)
    var lesions: [PlanRobustness.Lesion] = []
    for (lesion, index) in best.options.enumerated() {
      lesions.append(
        PlanRobustness.Lesion(
          lesion: pool.lesions[lesion].id, verdicts: try verdicts(index, among: best.options),
          acceptable: acceptable(lesion, sampled), choices: drawn.choices[lesion]))
    }
    let flips = try FlipSearch(joint, sampled).flips(best, &choosing, &search)
    let wishes = try WishList(joint).wishes(best, &choosing, &search)
    return PlanRobustness(
      lesions: lesions, flips: flips, wishes: wishes, planProbability: drawn.kept, samples: samples,
      seed: seed)
  }

  private func sampled(_ index: Int, _ table: FactTable, _ reading: GroupReading.Result) -> Sampled? {
    let option = joint.options[index]
    guard let modality = option.choice.modality, let site = option.site else { return nil }
    let noise = MeasurementNoise(
      table, errors: pool.parameters.errors, spacing: spacing(option),
      residual: option.choice.family == .ablation ? residual : nil,
      limits: (reading.course?.limits ?? []).filter { $0.lesion == option.id || $0.lesion == nil })
    return Sampled(
      noise: noise,
      judge: CellJudge(pool.judge, modality, at: site, noise))
  }

  /// The distance of the lesion's planes; 0 without contours.
  private func spacing(_ option: PlanOption) -> Double {
    if case .contoured(let solid)? = pool.lesions[option.lesion].body {
      solid.nominalSpacing.millimeters
    } else {
      0
    }
  }

  /// One draw of what may be off about an option, from shares of 0 to 1.
  static func draw(_ noise: MeasurementNoise, _ shares: [Double]) -> [Double] {
    zip(noise.sources, shares).map { $0 == .dose ? $1 : EvenPoints.normal($1) }
  }

  /// The chances of an option's verdicts in the plan that it is part of.
  private func verdicts(_ index: Int, among options: [Int]) throws -> [Verdict: Double] {
    let option = joint.options[index]
    guard option.choice.modality != nil else { return [:] }
    let own = options.map { joint.options[$0] }.filter { $0.group == option.group }
    let reading = try joint.reading.read(option.group, own)
    guard let place = own.firstIndex(where: { $0.id == option.id }),
      var sampled = sampled(
        index, joint.reading.wholeTable(of: own[place], in: reading), reading)
    else { return [:] }
    return Self.chances(&sampled, seed: seed)
  }

  /// The chance of each verdict, over even points.
  static func chances(_ sampled: inout Sampled, seed: UInt64) -> [Verdict: Double] {
    guard !sampled.noise.sources.isEmpty else {
      return [sampled.judge.judgement([]).verdict: 1]
    }
    let points = EvenPoints(dimensions: sampled.noise.sources.count, seed: seed)
    var counts: [Verdict: Int] = [:]
    for number in 0..<Self.points {
      let draw = draw(sampled.noise, points.point(number))
      counts[sampled.judge.judgement(sampled.noise.changes(draw)).verdict, default: 0] += 1
    }
    return counts.mapValues { Double($0) / Double(Self.points) }
  }

  /// The chance that each therapy is eligible or conditional by itself, of several prescriptions the best one's.
  private func acceptable(_ lesion: Int, _ sampled: [Int: Sampled]) -> [Modality: Double] {
    var chances: [Modality: Double] = [:]
    for (index, entry) in sampled where joint.options[index].lesion == lesion {
      guard let modality = joint.options[index].choice.modality else { continue }
      var copy = entry
      let found = Self.chances(&copy, seed: seed)
      let chance = (found[.eligible] ?? 0) + (found[.conditional] ?? 0)
      chances[modality] = max(chances[modality] ?? 0, chance)
    }
    return chances
  }

  /// Draws every lesion's measurements together, and looks for the best plan of each draw.
  private func draw(
    _ best: EvaluatedChoice, _ sampled: [Int: Sampled], _ choosing: inout SampledChoices,
    _ search: inout PlanSearch
  ) throws -> (choices: [[String: Double]], kept: Double) {
    var sampled = sampled
    let translation = joint.translation
    let nominal = joint.options.indices.map { index in
      translation.cost(
        joint.options[index],
        sampled[index].map { entry in
          pool.judge.judge(
            joint.options[index].choice.modality ?? .sbrt, at: joint.options[index].site ?? .other,
            facts: entry.noise.table)
        })
    }
    // A cell's score is that of its first facts: those that are known come first.
    for index in sampled.keys.sorted() {
      guard var entry = sampled[index] else { continue }
      _ = entry.judge.judgement(
        entry.noise.changes(entry.noise.sources.map { $0 == .dose ? 0.5 : 0 }))
      sampled[index] = entry
    }
    var random = Draws(seed: seed)
    var counts = [[String: Int]](repeating: [:], count: best.options.count)
    var kept = 0
    var known: [[OptionCost]: [Int]] = [:]
    for _ in 0..<samples {
      let quality = random.next()
      var costs = nominal
      var changed: Set<Int> = []
      var drawn: [Int: [MeasurementNoise.Source: Double]] = [:]
      for index in joint.options.indices {
        guard var entry = sampled[index] else { continue }
        let lesion = joint.options[index].lesion
        // One lesion is off in one way, whichever therapy asks.
        var own = drawn[lesion] ?? [:]
        let shares = entry.noise.sources.map { source -> Double in
          if source == .dose { return quality }
          if let known = own[source] { return known }
          let p = random.next()
          own[source] = p
          return p
        }
        drawn[lesion] = own
        costs[index] = translation.cost(
          joint.options[index], entry.judge.judgement(entry.noise.changes(Self.draw(entry.noise, shares))))
        sampled[index] = entry
        if costs[index] != nominal[index] { changed.insert(lesion) }
      }
      let chosen: [Int]
      if let found = known[costs] {
        chosen = found
      } else {
        chosen = try choosing.best(costs, changed: changed.sorted(), &search)
        known[costs] = chosen
      }
      for (lesion, option) in chosen.enumerated() {
        counts[lesion][joint.options[option].choice.word, default: 0] += 1
      }
      let words = chosen.map { joint.options[$0].choice.word }
      if words == best.options.map({ joint.options[$0].choice.word }) { kept += 1 }
    }
    let total = Double(max(1, samples))
    return (counts.map { $0.mapValues { Double($0) / total } }, Double(kept) / total)
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
