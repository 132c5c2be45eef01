// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Cases
public import Dosimetry
internal import Eligibility
internal import Facts
internal import Quantities
internal import Vocabulary

/// Every lesion's targets and permitted prescriptions made ready, so that what any set of them costs is told at once.
///
/// Parallel organs are read at sample points (6 mm), all others at the point nearest to each target, by the same laws as
/// a planned course; a course on a grid has the last word.
public struct CourseChoices: Sendable {
  /// What there is to choose from: the first choice of each target before its alternatives.
  public let regimens: [CourseRegimen]
  /// Lesions that no target can be made of.
  public let unplanned: [UnplannedLesion]
  /// Pairs of regimens that one composite plan cannot hold: near targets with different fraction counts.
  public let incompatible: [(Int, Int)]
  let planned: [PlannedDraft]
  private struct SampledBody {
    let body: OrganBody
    let samples: SampledOrgan
    let volume: Volume
    /// What a plan of it is held to.
    let limits: [DoseLimit]
  }
  private let organs: [SampledBody]
  private let tables: [FallOffTable]
  private struct Neighbour {
    let organ: OrganAtRisk
    let entry: TargetDraft.StructureDistance
    /// To every target's body, in millimetres.
    let distances: [Double]
  }
  /// For each target its neighbours.
  private let neighbours: [[Neighbour]]
  /// The target of each regimen.
  let targets: [Int]
  /// For each target the others so near that one plan holds both.
  let composites: [[Int]]
  let parameters: RadiotherapyParameters
  let site: IrradiatedCase
  private let sex: String?
  /// How each regimen alone stands to earlier courses, by lesion; none without any.
  var cumulative: [Int: [String: FactValue]] = [:]

  /// The side of the cubes organs are sampled in: coarser than a single course's, for hundreds of sets are told.
  private static let step = Length.millimeters(6)

  init(
    _ drafts: [TargetDraft], _ unplanned: [UnplannedLesion], _ site: IrradiatedCase,
    _ parameters: RadiotherapyParameters, sex: String?, mostRegimens: Int
  ) throws {
    let (planned, targets) = try Self.permitted(drafts, parameters, sex, most: mostRegimens)
    let bodies = try site.bodies(lungLesionSides: []).filter(\.isParallelAndWhole)
    let samples = ParallelBurden.sampled(bodies, planned, parameters, fractions: 1, step: Self.step)
    let organs = zip(bodies, samples).map { body, samples in
      SampledBody(
        body: body, samples: samples, volume: body.solid.volume,
        limits: parameters.limits.filter { $0.organ == body.organ && parameters.decides(by: $0) })
    }
    let lungs = organs.first { $0.body.organ == .lungs }?.samples
    self.site = site
    self.planned = planned
    self.targets = targets
    composites = drafts.map(\.composite)
    self.organs = organs
    self.unplanned = unplanned
    self.parameters = parameters
    self.sex = sex
    tables = planned.map { FallOffTable($0.target) }
    regimens = planned.enumerated().map { index, draft in
      CourseRegimen(
        lesions: draft.draft.target.lesions, scheme: draft.scheme,
        isFirstChoice: targets.firstIndex(of: targets[index]) == index, choice: draft.draft.choice,
        lungMean: lungs.map { $0.mean(ofTarget: index) })
    }
    neighbours = Self.neighbours(drafts)
    incompatible = Self.incompatible(planned, targets, composites)
  }

  /// The prescriptions that are offered, each with the place of its target: the first choice before its alternatives.
  private static func permitted(
    _ drafts: [TargetDraft], _ parameters: RadiotherapyParameters, _ sex: String?, most: Int
  ) throws -> (planned: [PlannedDraft], targets: [Int]) {
    var planned: [PlannedDraft] = []
    var targets: [Int] = []
    for (index, draft) in drafts.enumerated() {
      // Another fraction count is worth asking for where the first choice is too much for a neighbour, or for one plan
      // with a near target.
      let first = try PlannedDraft(draft, parameters)
      let counts = Set(
        draft.composite.compactMap { drafts[$0].choice.scheme?.fractionation.fractions }
          + [first.scheme.fractionation.fractions])
      let limited = Self.limited(first, parameters, sex)
      let isTooMuch = limited.values.contains { $0.outcome.rank >= 2 }
      for choice in draft.choice.permitted(most: counts.count > 1 || isTooMuch ? most : 1) {
        var other = draft
        other.choice = choice
        other.composite = []
        let made = try PlannedDraft(other, parameters)
        // A fraction count for which nobody gives a neighbour's limit is no way around that limit, nor is one for which
        // only others than the set that decides give it.
        let others = Self.limited(made, parameters, sex)
        let isAsLimited = limited.allSatisfy { organ, limit in
          others[organ].map { $0.decides || !limit.decides } ?? false
        }
        guard choice.scheme == first.scheme || isAsLimited else { continue }
        planned.append(made)
        targets.append(index)
      }
    }
    return (planned, targets)
  }

  /// For each target its neighbours, with their distances to all targets.
  private static func neighbours(_ drafts: [TargetDraft]) -> [[Neighbour]] {
    let parts = Workers.gather(
      drafts.count,
      into: { [(Int, [Neighbour])]() }
    ) { index, found in
      let own = NeighbourDoses.entries(of: drafts[index]).map { organ, entry in
        Neighbour(
          organ: organ, entry: entry,
          distances: drafts.map { $0.prepared.distance(to: entry.place).millimeters }
        )
      }
      found.append((index, own))
    }
    return parts.joined().sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Near targets with different fraction counts, which one composite plan cannot hold.
  private static func incompatible(
    _ planned: [PlannedDraft], _ targets: [Int], _ composites: [[Int]]
  ) -> [(Int, Int)] {
    var incompatible: [(Int, Int)] = []
    for i in planned.indices {
      for j in planned.indices
      where j > i && targets[i] != targets[j]
        && planned[i].scheme.fractionation.fractions != planned[j].scheme.fractionation.fractions
        && composites[targets[i]].contains(targets[j])
      {
        incompatible.append((i, j))
      }
    }
    return incompatible
  }

  /// What a set of regimens costs, at most one of each target; in any order.
  public func cost(of chosen: [Int]) -> CourseCost {
    let chosen = chosen.sorted()
    let counts = Set(chosen.map { planned[$0].scheme.fractionation.fractions }).sorted()
    let fractions = counts.last ?? 1
    let reader = LimitEvaluation(
      limits: parameters.limits, fractions: fractions,
      prescription: chosen.map { planned[$0].scheme.fractionation.total }.max(), sex: sex)
    let doses =
      chosen.isEmpty
      ? []
      : organs.map { organ($0, chosen, self.limits($0.limits, reader)) }
    let lungs = zip(organs, doses).first { $0.0.body.organ == .lungs }
    let means = chosen.compactMap { regimens[$0].lungMean }
    let lungMean = lungs.flatMap { _ in
      means.dropFirst().reduce(means.first) { sum, mean in sum.map { $0 + mean } }
    }
    let near = chosen.map { index in (index, neighbourDoses(of: index, among: chosen)) }
    let proposals = near.flatMap { index, neighbours in
      // Only what facts are made of; a course on a grid tells the rest.
      planned[index].proposals(among: planned, neighbours: neighbours.map(\.dose), lungCost: nil)
    }
    var facts = PlannedFacts(
      proposals, organs: doses, lungs: lungs?.1, meanLungDose: lungMean, CumulativeEvaluation.Reading(),
      primarySet: parameters.primarySet)
    for index in chosen {
      for (lesion, value) in cumulative[index] ?? [:] { facts.lesions[lesion]?[Fact.sbrtCumulative] = value }
    }
    var limits = doses.flatMap { dose in
      dose.checks.filter { $0.outcome != .unknown }.map {
        CourseCost.Limit(organ: dose.organ, lesion: nil, check: $0, alone: nil, decides: true)
      }
    }
    for (index, neighbours) in near {
      for neighbour in neighbours {
        guard let check = LimitCheck.decisive(neighbour.dose.checks, of: parameters.primarySet) else {
          continue
        }
        limits.append(
          CourseCost.Limit(
            organ: neighbour.dose.organ, lesion: planned[index].draft.target.lesions.first, check: check,
            alone: LimitCheck.standing(of: neighbour.own, below: check.bound),
            decides: check.limit.set == parameters.primarySet))
      }
    }
    return CourseCost(
      fractions: fractions,
      groups: counts.map { count in
        FractionGroup(
          fractions: count,
          lesions: chosen.filter { planned[$0].scheme.fractionation.fractions == count }.flatMap {
            planned[$0].draft.target.lesions
          })
      }, patientFacts: facts.patient, lesionFacts: facts.lesions, limits: limits, lungMean: lungMean,
      lungV20Percent: lungs?.1.band(of: .volumeAtDose(20), in: .percent))
  }

  /// How a limit of a course's cost stands for another set of regimens in the same fraction count; `nil` where it is not
  /// read.
  ///
  /// Of a whole organ only whether it is kept or exceeded as expected: sets are tried by the dozen, and what a good and a poor
  /// plan give lies on either side.
  public func outcome(of limit: CourseCost.Limit, for chosen: [Int]) -> LimitCheck.Outcome? {
    guard limit.lesion == nil else {
      let index = chosen.first { planned[$0].draft.target.lesions.first == limit.lesion }
      guard let index else { return nil }
      return neighbourDoses(of: index, among: chosen).first { $0.dose.organ == limit.organ }?.dose.checks
        .first { $0.limit == limit.check.limit }?.outcome
    }
    guard let organ = organs.first(where: { $0.body.organ == limit.organ }) else { return nil }
    var samples = organ.samples
    samples.fractions = limit.check.fractions
    return samples.value(of: limit.check.limit.endpoint, samples.sum(chosen, plan: 0)).map {
      $0 < limit.check.bound ? .keptAsExpected : .exceededAsExpected
    }
  }

  private func organ(
    _ organ: SampledBody, _ chosen: [Int], _ reader: LimitEvaluation
  ) -> OrganDose {
    let body = organ.body
    var samples = organ.samples
    samples.fractions = reader.fractions
    let sums = (0..<3).map { samples.sum(chosen, plan: $0) }
    // Several limits ask for one metric.
    var known: [DoseMetric: DoseBand?] = [:]
    func band(_ metric: DoseMetric) -> DoseBand? {
      if let found = known[metric] { return found }
      let values = sums.compactMap { samples.value(of: metric, $0) }
      let band = values.count == 3 ? DoseBand(expected: values[0], low: values[1], high: values[2]) : nil
      known[metric] = .some(band)
      return band
    }
    let metrics: [DoseMetric] = [.mean, .volumeAtDose(20)]
    return OrganDose(
      organ: body.organ, structures: body.structures, remarks: [], volume: organ.volume,
      metrics: metrics.compactMap { metric in
        let unit: DoseMetricValue.Unit = metric == .mean ? .gray : .percent
        return band(metric).map { .init(metric: metric, unit: unit, value: $0) }
      },
      checks: reader.checks(of: body.organ, isComplete: true) { metric, unit in
        // Points tell volumes in per cent only.
        if case .volumeAtDose = metric, unit != .percent { return (nil, .samplesOnly) }
        return (band(metric), .samplesOnly)
      }, curve: nil)
  }

  private func neighbourDoses(
    of index: Int, among chosen: [Int]
  ) -> [(dose: NeighbourDose, own: DoseBand)] {
    let draft = planned[index]
    let count = draft.scheme.fractionation.fractions
    let others = chosen.filter { planned[$0].scheme.fractionation.fractions == count }
    let reader = LimitEvaluation(beside: draft, fractions: count, parameters, sex: sex)
    return neighbours[targets[index]].map { neighbour in
      let entry = neighbour.entry
      let own = NeighbourDoses.own(draft, at: entry.distance)
      var dose = own
      if others.count > 1, entry.distance > .zero {
        var sum = SIMD4<Float>.zero
        var most = SIMD2<Float>.zero
        for other in others {
          let distance = neighbour.distances[targets[other]]
          sum += tables[other].mean(at: distance)
          most = pointwiseMax(most, tables[other].excess(at: distance, z: entry.place.z))
        }
        dose = own.atLeast(
          expected: Double(sum.x + most.x), low: Double(sum.y), high: Double(sum.z + most.y))
      }
      return (NeighbourDoses.neighbour(neighbour.organ, entry, dose, heldTo: reader), own)
    }
  }
}
