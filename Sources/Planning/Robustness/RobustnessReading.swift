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
  struct Sampled: Sendable {
    let noise: MeasurementNoise
    var judge: CellJudge
  }

  /// - Throws: errors of geometry.
  func read(
    _ best: EvaluatedChoice, _ choices: [EvaluatedChoice], _ search: inout PlanSearch
  ) throws -> PlanRobustness {
    var sampled = [Sampled?](repeating: nil, count: joint.options.count)
    for index in joint.options.indices where joint.options[index].choice.modality != nil {
      let reading = try joint.reading.read(joint.options[index].group, [joint.options[index]])
      sampled[index] = self.sampled(
        index, joint.reading.table(of: joint.options[index], in: reading), reading)
    }
    let inPlan = try self.inPlan(best.options)
    var choosing = try SampledChoices(joint, choices, &search)
    let drawn = try PlanDraws(joint, samples: samples, seed: seed).draw(best, sampled, &choosing, &search)
    let acceptable = acceptable(sampled)
    let verdicts = chances(inPlan)
    let lesions = best.options.indices.map { lesion in
      PlanRobustness.Lesion(
        lesion: pool.lesions[lesion].id, verdicts: verdicts[lesion], acceptable: acceptable[lesion],
        choices: drawn.choices[lesion])
    }
    choosing.most += 500
    let flips = try FlipSearch(joint, sampled, inPlan).flips(best, &choosing, &search)
    choosing.most += 500
    let wishes = try WishList(joint).wishes(best, &choosing, &search)
    return PlanRobustness(
      lesions: lesions, flips: flips, wishes: wishes, planProbability: drawn.kept, samples: samples,
      seed: seed)
  }

  private func sampled(_ index: Int, _ table: FactTable, _ reading: GroupReading.Result) -> Sampled? {
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
    let parts = Workers.gather(entries.count, into: { [(Int, [Verdict: Double])]() }) { index, found in
      guard var entry = entries[index] else { return }
      found.append((index, Self.chances(&entry, tables[entry.noise.sources.count] ?? [])))
    }
    var all = [[Verdict: Double]](repeating: [:], count: entries.count)
    for (index, chances) in parts.joined() { all[index] = chances }
    return all
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
    var counts: [Verdict: Int] = [:]
    for point in points {
      var draw = point.normal
      for dose in doses { draw[dose] = point.share[dose] }
      counts[sampled.judge.judgement(noise.changes(draw)).verdict, default: 0] += 1
    }
    return counts.mapValues { Double($0) / Double(points.count) }
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
