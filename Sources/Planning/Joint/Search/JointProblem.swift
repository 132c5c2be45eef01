// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Eligibility
internal import Facts
internal import Quantities
internal import Radiotherapy
internal import Resection
internal import Vocabulary

/// A pool and its options as a choice problem.
///
/// A class, for it never changes and is handed on with every plan that is looked at.
final class JointProblem: Sendable {
  let pool: TherapyPool
  /// Reads groups, each set once.
  let reading: GroupEvaluation
  let options: [PlanOption]
  let problem: ChoiceProblem
  /// What readings are in the problem's own words.
  let translation: GroupTranslation

  /// - Throws: errors of geometry.
  init(_ pool: TherapyPool, _ options: [PlanOption], _ reading: GroupEvaluation) throws {
    self.pool = pool
    self.options = options
    self.reading = reading
    translation = try GroupTranslation(pool, options, reading)
    let translation = translation
    problem = ChoiceProblem(
      lesionCount: pool.lesions.count,
      options: options.indices.map { index in
        .init(
          lesion: options[index].lesion, group: options[index].group.rawValue,
          burden: translation.ownBurden(index))
      },
      groupCount: PlanOption.Group.allCases.count, measureCount: GroupEvaluation.Measure.allCases.count,
      weights: Self.weights(pool.parameters, of: pool.facts.patient),
      floors: try options.indices.map(translation.floor), conflicts: translation.incompatible,
      thresholds: translation.thresholds, charges: translation.charges,
      companions: try translation.companions(), credits: translation.credits,
      reducible: [PlanOption.Group.irradiation.rawValue, PlanOption.Group.ablation.rawValue]
    ) { group, chosen in
      try translation.outcome(PlanOption.Group(rawValue: group) ?? .none, chosen)
    }
  }

  /// The burden of a choice as a whole, without proposing a course anew.
  ///
  /// - Throws: errors of geometry.
  func burden(_ choice: [Int]) throws -> Int {
    var sum = 0
    for group in PlanOption.Group.allCases {
      let own = choice.map { options[$0] }.filter { $0.group == group }
      guard !own.isEmpty, group != .none else { continue }
      sum += zip(try reading.burden(group, own), problem.weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    guard !problem.credits.isEmpty else { return sum }
    return sum - zip(problem.saved(by: Set(choice)), problem.weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Thousandths of points for a unit of each measure; lung dose and segments are counted in hundredths.
  static func weights(_ parameters: JointParameters, of patient: FactTable) -> [Int] {
    let weights = parameters.burden
    return GroupEvaluation.Measure.allCases.map { measure in
      switch measure {
      case .visits: Int((1000 * weights.visit).rounded())
      case .lungDose: Int((10 * weights.lungGray).rounded())
      case .segments: Int((10 * weights.segment).rounded())
      case .anaesthetics:
        Int((1000 * weights.anaesthetic * parameters.anaestheticRisk.factor(of: patient)).rounded())
      case .hospitalDays: Int((1000 * weights.hospitalDay).rounded())
      case .punctures: Int((1000 * weights.puncture).rounded())
      case .weeks: Int((1000 * weights.week).rounded())
      case .energies: Int((1000 * weights.energy).rounded())
      case .assumed: 1
      }
    }
  }
}
