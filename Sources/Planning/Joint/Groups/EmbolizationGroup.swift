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
    return result
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
