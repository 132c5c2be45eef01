// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Dosimetry
internal import Quantities
internal import Reasons
internal import Vocabulary

/// What targets cost the organs that work in parallel, one by one and in every combination.
struct ParallelBurden {
  private let targets: [PlannedDraft]
  private let organs: [(organ: OrganAtRisk, samples: SampledOrgan, checks: [LimitCheck])]

  /// The side of the cubes an organ is sampled in: mean doses change by under a hundredth of themselves from there to half
  /// of it; a volume at a dose around one target, 30 to 250 cc, by half a hundredth to two.
  static let step = Length.millimeters(5)

  init(
    _ parameters: RadiotherapyParameters, _ limits: LimitEvaluation, _ bodies: [OrganBody],
    _ targets: [PlannedDraft]
  ) {
    self.targets = targets
    let whole = bodies.filter(\.isParallelAndWhole)
    let samples = Self.sampled(whole, targets, parameters, fractions: limits.fractions, step: Self.step)
    organs = zip(whole, samples).map { body, samples in
      let checks = limits.checks(of: body.organ, isComplete: true) { _, _ in (nil, nil) }.filter {
        parameters.decides(by: $0.limit)
      }
      return (body.organ, samples, checks)
    }
  }

  /// Each organ's points with the doses of every target there, in the organs' order.
  ///
  /// Targets with one body have their distances worked out once.
  static func sampled(
    _ bodies: [OrganBody], _ targets: [PlannedDraft], _ parameters: RadiotherapyParameters, fractions: Int,
    step: Length
  ) -> [SampledOrgan] {
    guard let box = box(bodies) else { return [] }
    let points = bodies.map { $0.solid.samples(step: step) }
    let tables = targets.map { FallOffTable($0.target) }
    let work = Dictionary(grouping: targets.indices) { targets[$0].draft.target.lesions }.values.sorted {
      $0[0] < $1[0]
    }
    let parts = Workers.map(work.count) { index in
      let solid = targets[work[index][0]].draft.target.solid
      let distance = TargetDistance(solid, from: box.low, through: box.high)
      let distances = points.map { $0.map { distance.millimeters(at: $0.place) ?? Self.outOfReach } }
      return work[index].map { target in
        (target: target, doses: distances.map { Self.doses(tables[target], $0) })
      }
    }
    let doses = parts.joined().sorted { $0.target < $1.target }.map(\.doses)
    return bodies.indices.map { organ in
      SampledOrgan(
        weights: points[organ].map(\.cubicMillimeters),
        volume: max(1e-9, points[organ].reduce(0) { $0 + $1.cubicMillimeters }),
        targets: targets.indices.map { target in
          TargetSamples(
            lesions: targets[target].draft.target.lesions,
            fractions: targets[target].scheme.fractionation.fractions, doses: doses[target][organ])
        },
        alphaBeta: parameters.alphaBeta(of: bodies[organ].organ)?.ratio.gray
          ?? parameters.tumourAlphaBeta.gray,
        fractions: fractions)
    }
  }

  /// Farther than any table of a fall-off goes, in millimetres.
  private static let outOfReach = 1000.0

  /// The doses at distances, as expected, in a good and in a poor plan.
  private static func doses(_ table: FallOffTable, _ distances: [Double]) -> [[Float]] {
    var doses = [[Float]](repeating: [], count: 3)
    for kind in doses.indices { doses[kind].reserveCapacity(distances.count) }
    for distance in distances {
      let dose = table.mean(at: distance)
      for kind in doses.indices { doses[kind].append(dose[kind]) }
    }
    return doses
  }

  /// The box around the bodies; `nil` without any.
  private static func box(_ bodies: [OrganBody]) -> (low: SIMD3<Double>, high: SIMD3<Double>)? {
    let all = bodies.map(\.solid.bounds)
    guard let first = all.first else { return nil }
    return all.dropFirst().reduce((first.low, first.high)) {
      (pointwiseMin($0.0, $1.low), pointwiseMax($0.1, $1.high))
    }
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
          Reason(
            .radiotherapy(.limitOfSet), figures: [.init($0.bound, unit: $0.limit.unit.rawValue)],
            names: [organ.organ.title, $0.limit.endpoint.name, $0.limit.set]
              + [$0.limit.sex].compactMap(\.self), sources: $0.limit.sources)
        }
      })
  }

  /// What a target costs the organs, summed as shares of their mean dose.
  private func dearness(_ target: Int, _ plan: Int) -> Double {
    organs.reduce(0) { $0 + $1.samples.mean($1.samples.targets[target].doses[plan]) }
  }
}

extension OrganBody {
  /// Whether what it gets as a whole is what counts, and it is contoured as a whole.
  var isParallelAndWhole: Bool { [.lungs, .liver, .kidneys].contains(organ) && isComplete }
}
