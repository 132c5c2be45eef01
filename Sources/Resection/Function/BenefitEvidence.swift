// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// What a plan says of completeness and of the registry's group, and the risk scores: information beside the rules.
struct BenefitEvidence {
  let completeness: ResectionPlan.Completeness?
  let group: IRLMGroup?
  let thoracoscore: Thoracoscore?
  let cardiacRisk: ThoracicRevisedCardiacRisk?
  /// Metastases outside the lungs, by id with their site.
  let elsewhere: [Reason]

  init(
    _ patientCase: PatientCase, _ lesions: [LesionResection], _ lobes: [LobeResection],
    _ settings: [String: LesionContext], _ patient: FactTable, isWhole: Bool, isLungPlanned: Bool
  ) {
    let lung = patientCase.lesions.filter { settings[$0.id]?.site == .lung }
    let others = patientCase.lesions.filter { settings[$0.id]?.site != .lung }
    guard isLungPlanned, isWhole, !lung.isEmpty else {
      (completeness, group, thoracoscore, cardiacRisk) = (nil, nil, nil, nil)
      elsewhere = []
      return
    }
    elsewhere = others.map { lesion in
      Reason(
        .resection(.elsewhere), of: settings[lesion.id]?.site.map { .site($0) }, names: [lesion.id])
    }
    let listed = Double(lung.count)
    let told = patient.number(.lungMetastasisCount)
    let own = lesions.filter { $0.site == .lung }
    let sides = [Side.right, .left].map { side in
      lobes.filter { $0.side == side && $0.isWhole }.count
        == Lobe.allCases.filter { $0.side == side }.count
    }
    let isBeyondLobe = lobes.contains { lobe in
      lobe.isForBoard || lobe.pieces.contains { $0.technique == .extended }
    }
    let mayTakeMore = lobes.contains { $0.lobe == nil && $0.pieces.contains { $0.technique >= .lobectomy } }
    let result: ResectionPlan.Completeness
    if patient.word(.malignantEffusion) == "present" {
      result = .incomplete
    } else if own.contains(where: { $0.proposal == nil }) || own.count < lung.count
      || (told.map { $0 > listed } ?? true) || mayTakeMore
    {
      // A lesion that is listed but not placed may be out of reach; lobes of unknown name may come to a lung.
      result = .unknown
    } else {
      result = isBeyondLobe ? .board : .complete
    }
    completeness = result
    // The registry's patients were cleared of all disease, in the lungs and elsewhere: nothing is taken for granted.
    let isClear =
      others.isEmpty && ["none", "controlled"].contains(patient.word(.extrathoracicDisease) ?? "")
      && patient.word(.primaryControl) == "controlled" && patient.word(.mediastinalNodes) != "positive"
    let count = max(told ?? listed, listed)
    group = patient.number(.diseaseFreeInterval).flatMap { months in
      switch result {
      case .complete where isClear:
        IRLMGroup(isResectable: true, diseaseFreeMonths: months, nodules: Int(min(1000, count)))
      case .incomplete: IRLMGroup.four
      default: nil
      }
    }
    var answers = Thoracoscore.Answers()
    func yes(_ name: Fact, _ word: String) -> Bool? { patient.word(name).map { $0 == word } }
    answers.age = patient.number(.age)
    answers.isMale = yes(.sex, "male")
    answers.asa = patient.number(.asa)
    answers.performance = patient.number(.ecog)
    answers.dyspnoea = patient.number(.mrcDyspnoea)
    // A history of cancer is one of the eight.
    answers.leastComorbidities = 1
    answers.comorbidities = patient.number(.thoracoscoreComorbidities)
    // An extent beyond the lobe may come to a pneumonectomy.
    answers.isPneumonectomy = sides.contains(true) ? true : (isBeyondLobe || mayTakeMore ? nil : false)
    thoracoscore = Thoracoscore(answers)
    cardiacRisk = ThoracicRevisedCardiacRisk(
      cerebrovascular: yes(.cerebrovascularDisease, "present"),
      ischaemic: yes(.ischaemicHeartDisease, "present"), creatinine: patient.number(.creatinine),
      isPneumonectomy: answers.isPneumonectomy)
  }
}
