// SPDX-License-Identifier: Apache-2.0
internal import Parallelism

/// Weighs plans over draws of the measurements: what each is charged beyond the best of the draw.
struct PlanWeighing {
  private let choosing: SampledChoices
  private let charges: JointParameters.Recommendation

  init(_ choosing: SampledChoices, _ charges: JointParameters.Recommendation) {
    self.choosing = choosing
    self.charges = charges
  }

  /// A plan over all draws.
  struct Weighed {
    /// The option of each lesion.
    let options: [Int]
    /// What it is charged beyond the least of the draw, on average, in points.
    var regret = 0.0
    /// In which share of draws it leaves no more lesions without acceptable treatment than the best one.
    var acceptable = 0.0
    /// In which share no other is better in what comes before cautions.
    var asGood = 0.0
  }

  private static let parts = 32
  /// Among how many plans, the first, it is asked what would settle the choice: a limit of memory.
  private static let mostSettling = 100

  /// Plans over all draws, and what would settle the choice among them.
  struct Outcome {
    let plans: [Weighed]
    /// The axis by its place, with the share of draws in which the plan chosen by it is as good as any; `nil` without axes.
    var settling: (axis: Int, asGood: Double)?
  }

  /// The plans, in their order.
  ///
  /// - Parameters:
  ///   - options: plans that were met; others are left out.
  ///   - count: how many draws there are.
  ///   - axes: what was drawn.
  func weighed(
    _ options: [[Int]], over count: Int, along axes: [MeasurementAxis],
    _ draw: @Sendable (Int) -> SampledChoices.Draw
  ) -> Outcome {
    let places = Dictionary(
      choosing.plans.enumerated().map { ($1.options, $0) }, uniquingKeysWith: { first, _ in first })
    let plans = options.uniqued.compactMap { places[$0] }
    guard count > 0 else { return Outcome(plans: plans.map { Weighed(options: choosing.plans[$0].options) }) }
    let parts = min(count, Self.parts)
    typealias Sum = (regret: Double, acceptable: Int, asGood: Int)
    // Plans' sums by part, in whose order they are added; of what would settle the choice one table a task.
    let tasks = Workers.gather(
      parts,
      into: {
        (
          sums: [(part: Int, plans: [Sum])](),
          settling: SettlingSums(axes: axes.count, plans: min(plans.count, Self.mostSettling))
        )
      }
    ) { part, state in
      var sums = [Sum](repeating: (0, 0, 0), count: plans.count)
      for number in (part * count / parts)..<((part + 1) * count / parts) {
        let draw = draw(number)
        let standings = plans.map { choosing.standing(choosing.plans[$0], draw.figures, draw.quality) }
        guard let best = standings.min() else { continue }
        let points = standings.map(charge)
        let least = points.min() ?? 0
        for (place, standing) in standings.enumerated() {
          sums[place].regret += points[place] - least
          if standing.figures[0] <= best.figures[0] { sums[place].acceptable += 1 }
          let isAsGood = standing.suitability == best.suitability && standing.burden <= best.burden
          if isAsGood { sums[place].asGood += 1 }
          guard place < Self.mostSettling else { continue }
          for (axis, measured) in axes.enumerated() {
            state.settling.add(
              axis, part: measured.part(of: number), draw: number, plan: place,
              regret: points[place] - least, isAsGood: isAsGood)
          }
        }
      }
      state.sums.append((part, sums))
    }
    let sums = tasks.flatMap(\.sums).sorted { $0.part < $1.part }
    let settling = tasks.dropFirst().reduce(into: tasks[0].settling) { $0.add($1.settling) }.best
    let weighed = plans.indices.map { place in
      var weighed = Weighed(options: choosing.plans[plans[place]].options)
      for part in sums {
        weighed.regret += part.plans[place].regret / Double(count)
        weighed.acceptable += Double(part.plans[place].acceptable) / Double(count)
        weighed.asGood += Double(part.plans[place].asGood) / Double(count)
      }
      return weighed
    }
    return Outcome(plans: weighed, settling: settling.map { ($0.axis, $0.asGood / Double(count)) })
  }

  /// What a standing is charged, in points.
  private func charge(_ standing: CostFigures.Standing) -> Double {
    charges.lesionLeft * Double(standing.figures[0]) + charges.boardQuestion * Double(standing.figures[2])
      + charges.outside * Double(standing.figures[3]) + Double(standing.burden) / 1000
  }
}
