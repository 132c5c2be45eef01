// SPDX-License-Identifier: Apache-2.0
/// Changes of a plan that could make it better with a draw's costs, if company leaves the others as they are, or rids those
/// that stay of what it costs.
struct PlanSteps {
  typealias Step = (lesion: Int, option: Int)

  private let choices: SampledChoices
  private let plan: SampledChoices.Plan
  private let figures: [CostFigures]
  private let bound: CostFigures.Standing
  /// What the plan comes to.
  private let whole: SIMD8<Int32>
  /// What a change of each lesion alone makes of that.
  private let changes: [[(option: Int, sums: SIMD8<Int32>)]]

  init(
    _ choices: SampledChoices, from plan: SampledChoices.Plan, _ figures: [CostFigures],
    _ least: CostFigures.Standing, _ quality: Double?
  ) {
    self.choices = choices
    self.plan = plan
    self.figures = figures
    bound = least.suitability
    let current = plan.options
    whole = current.enumerated().reduce(plan.context(at: quality).sums) { sum, place in
      sum &+ figures[place.element].sums &+ plan.company[place.offset].sums
    }
    changes = current.indices.map { lesion in
      choices.own[lesion].filter { $0 != current[lesion] }.map { option in
        (option, figures[option].sums &- figures[current[lesion]].sums &- plan.company[lesion].sums)
      }
    }
  }

  private func couldBeBetter(_ sum: SIMD8<Int32>) -> Bool {
    CostFigures(sums: sum).standing(burden: 0).suitability <= bound
  }

  /// Changes of one lesion, and of all that a kind suits at least as well.
  func first(_ lesions: [Int]) -> [[Step]] {
    let current = plan.options
    let group = { (option: Int) in choices.joint.problem.options[option].group }
    var steps: [[Step]] = []
    for lesion in lesions + current.indices.filter({ !lesions.contains($0) }) {
      var rid = SIMD8<Int32>.zero
      let left = group(current[lesion])
      // Whoever shared the group that is left may be rid of what company cost it.
      for other in current.indices where other != lesion && group(current[other]) == left {
        rid &+= pointwiseMax(plan.company[other].sums, .zero)
      }
      for change in changes[lesion]
      where couldBeBetter(whole &- rid &+ choices.slack[change.option].sums &+ change.sums) {
        steps.append([(lesion, change.option)])
      }
    }
    for (_, options) in choices.kinds {
      let step = options.compactMap { lesion, option -> Step? in
        let (mine, theirs) = (figures[option], figures[current[lesion]])
        let isAsGood = mine.standing(burden: 0).suitability <= theirs.standing(burden: 0).suitability
        return option != current[lesion] && isAsGood ? (lesion, option) : nil
      }
      if step.count > 1 { steps.append(step) }
    }
    return steps
  }

  /// Changes of two lesions, one of them of those named.
  func pairs(_ lesions: [Int]) -> [[Step]] {
    var steps: [[Step]] = []
    for lesion in lesions {
      for partner in plan.options.indices
      where partner != lesion && (partner > lesion || !lesions.contains(partner)) {
        for change in changes[lesion] {
          let sum = whole &+ change.sums
          for other in changes[partner] where couldBeBetter(sum &+ other.sums) {
            steps.append([(lesion, change.option), (partner, other.option)])
          }
        }
      }
    }
    return steps
  }
}
