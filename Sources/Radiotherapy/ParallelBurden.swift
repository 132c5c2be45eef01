internal import Anatomy
internal import Dosimetry
internal import Quantities
internal import Vocabulary

/// What targets cost the organs that work in parallel, one by one and in every combination.
struct ParallelBurden {
  private let targets: [PlannedDraft]
  private let organs: [(organ: OrganAtRisk, samples: SampledOrgan, checks: [LimitCheck])]

  /// The side of the cubes an organ is sampled in: mean doses and volumes at a dose change by under a hundredth of
  /// themselves from there to half of it.
  static let step = Length.millimeters(5)

  init(
    _ parameters: RadiotherapyParameters, _ limits: LimitReader, _ bodies: [OrganBody],
    _ targets: [PlannedDraft]
  ) {
    self.targets = targets
    let primary = parameters.primarySet
    organs = bodies.filter { [.lungs, .liver, .kidneys].contains($0.organ) && $0.isComplete }.map { body in
      let samples = Self.sampled(
        body, targets, parameters, fractions: limits.fractions, step: Self.step)
      // The set that decides, and the critical volume by sex, which it does not have.
      let checks = limits.checks(of: body.organ, isComplete: true) { _, _ in (nil, nil) }.filter { check in
        let isCritical = if case .criticalVolumeDose = check.limit.endpoint { true } else { false }
        return check.limit.level.binds && !check.limit.isAdvisory
          && (check.limit.set == primary || (isCritical && check.limit.sex != nil))
      }
      return (body.organ, samples, checks)
    }
  }

  /// Every target's doses at the points; targets with one body have their distances worked out once.
  static func doses(
    of targets: [PlannedDraft], at points: [BodySample], in solid: Solid, step: Length
  ) -> [TargetSamples] {
    let bodies = Dictionary(grouping: targets.indices) { targets[$0].draft.target.lesions }
    let work = bodies.values.sorted { $0[0] < $1[0] }
    let parts = Workers.gather(work.count, into: { [(Int, TargetSamples)]() }) { index, found in
      let distances = Self.distances(
        to: targets[work[index][0]].draft.target.solid, at: points, in: solid, step: step)
      for target in work[index] {
        let planned = targets[target]
        let table = FallOffTable(planned.target)
        var doses = [[Float]](repeating: [], count: 3)
        for kind in doses.indices { doses[kind].reserveCapacity(points.count) }
        for distance in distances {
          let dose = table.mean(at: distance)
          doses[0].append(dose.x)
          doses[1].append(dose.y)
          doses[2].append(dose.z)
        }
        found.append(
          (
            target,
            TargetSamples(
              lesions: planned.draft.target.lesions, fractions: planned.scheme.fractionation.fractions,
              doses: doses)
          ))
      }
    }
    return parts.joined().sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static func distances(
    to body: Solid, at points: [BodySample], in solid: Solid, step: Length
  ) -> [Double] {
    let bounds = solid.bounds
    let reach = body.bounds
    let field = DistanceField(
      of: body, as: .slabs, from: pointwiseMin(bounds.low, reach.low),
      through: pointwiseMax(bounds.high, reach.high), spacing: step)
    return points.map { field?.distance(at: $0.place)?.millimeters ?? 1000 }
  }

  /// An organ's points with the doses of every target there.
  static func sampled(
    _ body: OrganBody, _ targets: [PlannedDraft], _ parameters: RadiotherapyParameters, fractions: Int,
    step: Length
  ) -> SampledOrgan {
    let points = body.solid.samples(step: step)
    return SampledOrgan(
      weights: points.map(\.cubicMillimeters),
      volume: max(1e-9, points.reduce(0) { $0 + $1.cubicMillimeters }),
      targets: doses(of: targets, at: points, in: body.solid, step: step),
      alphaBeta: parameters.alphaBeta(of: body.organ)?.ratio.gray ?? parameters.tumourAlphaBeta.gray,
      fractions: fractions)
  }

  /// What each target alone costs the lungs, one a target in order; empty without both lungs.
  var lungCosts: [LesionCost] {
    guard let lungs = organs.first(where: { $0.organ == .lungs })?.samples else { return [] }
    return targets.indices.map { lungs.cost(of: $0) }
  }

  /// The most targets that keep the binding limits of lungs, liver and kidneys together; `nil` where none is whole.
  ///
  /// - Parameter plan: 0 as expected, 2 in a poor plan.
  func subset(plan: Int) -> FittingSubset? {
    let asked = organs.filter { !$0.checks.isEmpty }
    guard !asked.isEmpty else { return nil }
    func fits(_ chosen: [Int]) -> Bool {
      asked.allSatisfy { organ in
        let doses = organ.samples.sum(chosen, plan: plan)
        return organ.checks.allSatisfy { check in
          organ.samples.keeps(check.limit, bound: check.bound, doses) ?? true
        }
      }
    }
    let order = targets.indices.sorted { a, b in dearness(a, plan) > dearness(b, plan) }
    let (chosen, isProven) = SubsetSearch(count: targets.count, dearestFirst: order, fits: fits).largest()
    func lesions(_ indices: [Int]) -> [String] { indices.flatMap { targets[$0].draft.target.lesions } }
    return FittingSubset(
      lesions: lesions(chosen), leftOut: lesions(targets.indices.filter { !chosen.contains($0) }),
      isProven: isProven,
      limits: asked.flatMap { organ in
        organ.checks.map {
          "\(organ.organ.title) \($0.limit.endpoint.name) < \(Self.number($0.bound)) \($0.limit.unit.rawValue) (\($0.limit.set)\($0.limit.sex.map { ", \($0)" } ?? ""))"
        }
      })
  }

  /// What a target costs the organs, summed as shares of their mean dose.
  private func dearness(_ target: Int, _ plan: Int) -> Double {
    organs.reduce(0) { $0 + $1.samples.mean($1.samples.targets[target].doses[plan]) }
  }

  private static func number(_ x: Double) -> String { x == x.rounded() ? String(Int(x)) : String(x) }
}
