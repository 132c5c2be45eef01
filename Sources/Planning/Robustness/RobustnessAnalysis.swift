// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Evidence
internal import Ablation
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Quantities
internal import Radiotherapy
internal import Vocabulary

/// Draws measurements anew and sees what becomes of verdicts and of the plan.
struct RobustnessAnalysis {
  private let joint: JointProblem
  private let samples: Int
  private let seed: UInt64
  private let residual: Double?
  /// Seconds that drawing, thresholds and wishes may take together; no limit when `nil`.
  private let timeLimit: Double?

  /// How many even points a verdict's chance rests on.
  static let points = 16_384

  init(
    _ joint: JointProblem, _ ablation: AblationParameters?, samples: Int, seed: UInt64,
    timeLimit: Double? = nil
  ) {
    self.joint = joint
    self.timeLimit = timeLimit
    self.samples = samples
    self.seed = seed
    residual = ablation?.residual.value.millimeters
  }

  private var pool: TherapyPool { joint.pool }

  /// An option with how its facts may be off.
  struct Sampled: Sendable {
    let noise: MeasurementNoise
    var judge: CellJudge
  }

  /// Options as they may be off, with the chances of their verdicts: what does not hang on plans.
  struct Prepared: Sendable {
    /// By option; `nil` for what is no therapy.
    let sampled: [Sampled?]
    let acceptable: [[Modality: Double]]
  }

  /// Plans over draws of the measurements.
  struct Drawing {
    let drawn: PlanSamples.Drawn
    fileprivate var choosing: SampledChoices

    /// The plan to recommend: charged least on average among those acceptable in the protocol's share of draws, that one
    /// which is best as measured where none is charged less.
    ///
    /// - Parameter isPossible: whether a plan keeps every limit and leaves as few lesions as measured.
    func recommended(
      _ parameters: JointParameters.Recommendation, _ isPossible: ([Int]) throws -> Bool
    ) rethrows -> PlanWeighing.Weighed? {
      guard let measured = drawn.weighed.first else { return nil }
      let others = drawn.weighed.dropFirst().filter {
        $0.acceptable >= parameters.acceptableShare
          && ($0.regret < measured.regret - RobustnessAnalysis.leastGain
            || measured.acceptable < parameters.acceptableShare)
      }
      let order = others.sorted { a, b in
        a.regret != b.regret ? a.regret < b.regret : a.options.lexicographicallyPrecedes(b.options)
      }
      return try order.first { try isPossible($0.options) } ?? measured
    }
  }

  /// A proven plan is given up for no less, in points.
  private static let leastGain = 0.25

  /// - Throws: errors of geometry.
  func prepared() throws -> Prepared {
    var sampled = [Sampled?](repeating: nil, count: joint.options.count)
    for index in joint.options.indices where joint.options[index].choice.modality != nil {
      let reading = try joint.reading.read(joint.options[index].group, [joint.options[index]])
      sampled[index] = self.sampled(
        index, joint.reading.table(of: joint.options[index], in: reading), reading)
    }
    return Prepared(sampled: sampled, acceptable: acceptable(sampled))
  }

  /// - Parameters:
  ///   - best: the plan that is best as measured.
  ///   - choices: plans that were met, the best first.
  /// - Throws: errors of geometry.
  func drawing(
    _ best: EvaluatedChoice, _ prepared: Prepared, _ choices: [EvaluatedChoice], _ search: inout PlanSearch
  ) throws -> Drawing {
    var choosing = try SampledChoices(joint, choices, &search)
    choosing.deadline = deadline(0.5)
    let drawn = try PlanSamples(joint, samples: samples, seed: seed).draw(
      best, prepared.sampled, &choosing, &search)
    return Drawing(drawn: drawn, choosing: choosing)
  }

  /// How near the edge a plan stands.
  ///
  /// - Parameters:
  ///   - best: the plan that is best as measured.
  ///   - plan: the plan that is recommended, one of those that were weighed.
  /// - Throws: errors of geometry.
  func read(
    _ best: EvaluatedChoice, recommending plan: EvaluatedChoice, _ prepared: Prepared, _ drawing: Drawing,
    _ search: inout PlanSearch
  ) throws -> PlanRobustness {
    let sampled = prepared.sampled
    let inPlan = try self.inPlan(plan.options)
    let verdicts = chances(inPlan)
    let drawn = drawing.drawn
    var choosing = drawing.choosing
    let lesions = best.options.indices.map { lesion in
      PlanRobustness.Lesion(
        lesion: pool.lesions[lesion].id, verdicts: verdicts[lesion],
        acceptable: prepared.acceptable[lesion],
        choices: drawn.choices[lesion])
    }
    choosing.most += 500
    let wasCut = !choosing.hasTime
    choosing.deadline = deadline(0.3)
    let flips = try ThresholdSearch(joint, sampled, inPlan).flips(best, &choosing, &search)
    choosing.most += 500
    let flipsWereCut = !choosing.hasTime
    choosing.deadline = deadline(0.2)
    let wishes = try MissingInformation(joint).wishes(best, &choosing, &search)
    let measured = drawn.weighed.first
    let own = drawn.weighed.first { $0.options == plan.options } ?? measured
    return PlanRobustness(
      lesions: lesions, flips: flips, wishes: wishes, planProbability: drawn.kept,
      asGoodProbability: own?.asGood ?? 0,
      isRobust: (own?.asGood ?? 0) >= pool.parameters.recommendation.robustShare,
      regretPoints: own?.regret ?? 0,
      regretPointsAsMeasured: plan.options == best.options ? nil : measured?.regret,
      settling: drawn.settling, unsettled: drawn.unsettled,
      isCutShort: wasCut || flipsWereCut || !choosing.hasTime, samples: samples,
      seed: seed)
  }

  /// When a part of the work ends.
  private func deadline(_ share: Double) -> ContinuousClock.Instant? {
    timeLimit.map { ContinuousClock().now + .seconds(share * $0) }
  }

  private func sampled(_ index: Int, _ table: FactTable, _ reading: GroupEvaluation.Result) -> Sampled? {
    let option = joint.options[index]
    guard let modality = option.choice.modality, let site = option.site else { return nil }
    // Of lesions with one target the first stands for all.
    let target = option.regimen.flatMap { pool.courses?.regimens[$0].lesions.first } ?? option.id
    let noise = MeasurementNoise(
      table, errors: pool.parameters.errors, spacing: spacing(option),
      residual: option.choice.family == .ablation ? residual : nil,
      limits: (reading.course?.limits ?? []).filter { $0.lesion == target || $0.lesion == nil })
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

  /// Each lesion's option as it stands in the plan, with all that the plan tells; `nil` for what is no therapy.
  private func inPlan(_ options: [Int]) throws -> [Sampled?] {
    try options.map { index in
      let option = joint.options[index]
      guard option.choice.modality != nil else { return nil }
      let own = options.map { joint.options[$0] }.filter { $0.group == option.group }
      let reading = try joint.reading.read(option.group, own)
      return sampled(index, joint.reading.wholeTable(of: option, in: reading), reading)
    }
  }

  /// The chances of verdicts, in the entries' order; none without an entry.
  private func chances(_ entries: [Sampled?]) -> [[Verdict: Double]] {
    let dimensions = Set(entries.compactMap { $0?.noise.sources.count }).filter { $0 > 0 }
    let tables = Dictionary(
      uniqueKeysWithValues: dimensions.map {
        ($0, EvenPoints(dimensions: $0, seed: seed).table(Self.points))
      })
    return Workers.map(entries.count) { index in
      guard var entry = entries[index] else { return [:] }
      return Self.chances(&entry, tables[entry.noise.sources.count] ?? [])
    }
  }

  /// The chance of each verdict, over even points of as many dimensions as there are sources.
  static func chances(
    _ sampled: inout Sampled, _ points: [(share: [Double], normal: [Double])]
  ) -> [Verdict: Double] {
    let noise = sampled.noise
    let settled =
      noise.sources.isEmpty || sampled.judge.isOneCell(noise.corners.map { noise.changes($0) })
    if settled {
      let middle = noise.sources.map { $0 == .dose ? 0.5 : 0 }
      return [sampled.judge.judgement(noise.changes(middle)).verdict: 1]
    }
    let doses = noise.sources.indices.filter { noise.sources[$0] == .dose }
    // How often each cell was met, by its place.
    var counts: [Int] = []
    var changes: [MeasurementNoise.Point] = []
    for point in points {
      var draw = point.normal
      for dose in doses { draw[dose] = point.share[dose] }
      noise.changes(draw, into: &changes)
      let cell = sampled.judge.place(of: changes)
      while counts.count <= cell { counts.append(0) }
      counts[cell] += 1
    }
    var verdicts: [Verdict: Double] = [:]
    for (judgement, count) in zip(sampled.judge.judgements, counts) where count > 0 {
      verdicts[judgement.verdict, default: 0] += Double(count) / Double(points.count)
    }
    return verdicts
  }

  /// For each lesion the chance that each therapy is eligible or conditional by itself, of several prescriptions the best
  /// one's.
  private func acceptable(_ sampled: [Sampled?]) -> [[Modality: Double]] {
    var chances = [[Modality: Double]](repeating: [:], count: pool.lesions.count)
    for (index, found) in self.chances(sampled).enumerated() {
      guard let modality = joint.options[index].choice.modality, !found.isEmpty else { continue }
      let chance = (found[.eligible] ?? 0) + (found[.conditional] ?? 0)
      let lesion = joint.options[index].lesion
      chances[lesion][modality] = max(chances[lesion][modality] ?? 0, chance)
    }
    return chances
  }
}
