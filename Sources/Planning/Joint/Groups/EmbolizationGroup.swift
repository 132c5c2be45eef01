// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Vocabulary

/// Chemo- and radioembolization: one session each, for all lesions they are chosen for; judged, not planned.
struct EmbolizationGroup: TherapyGroup {
  let pool: TherapyPool

  func read(_ options: [PlanOption], by reading: GroupEvaluation) -> GroupEvaluation.Result {
    var result = GroupEvaluation.Result(judgements: [])
    reading.judge(options, patient: FactTable(), [:], into: &result)
    let kinds = Set(options.compactMap(\.choice.modality)).count
    result[.visits] = kinds
    result[.anaesthetics] = kinds
    result[.hospitalDays] = kinds * pool.parameters.hospitalDays(.embolization)
    result[.weeks] = kinds * pool.parameters.weeks(after: .embolization, at: .liver)
    return result
  }

  /// One session of each kind, whatever it treats.
  func charges(_ options: [(index: Int, option: PlanOption)]) -> [ChoiceProblem.Charge] {
    var burden = PlanMeasure.none
    burden[PlanMeasure.visits.rawValue] = 1
    burden[PlanMeasure.anaesthetics.rawValue] = 1
    burden[PlanMeasure.hospitalDays.rawValue] = pool.parameters.hospitalDays(.embolization)
    burden[PlanMeasure.weeks.rawValue] = pool.parameters.weeks(after: .embolization, at: .liver)
    return Dictionary(grouping: options, by: \.option.choice.word).sorted { $0.key < $1.key }.map { own in
      ChoiceProblem.Charge(
        group: PlanOption.Group.embolization.rawValue,
        sizes: Dictionary(own.value.map { ($0.index, 1) }, uniquingKeysWith: { first, _ in first }),
        capacity: nil, burden: burden)
    }
  }

  func sessions(_ options: [PlanOption], among chosen: [PlanOption]) -> [PlanSession] {
    [Modality.chemoembolization, .radioembolization].compactMap { modality in
      let own = options.filter { $0.choice.modality == modality }
      return own.isEmpty
        ? nil
        : PlanSession(
          modality: modality, lesions: own.map(\.id), side: nil, visits: 1, punctures: nil, weeksAfter: nil,
          before: [], sources: [])
    }
  }
}
