internal import Cases
internal import Eligibility
internal import Vocabulary

/// What a plan says of completeness and of the registry's group, and the risk scores: information beside the rules.
struct BenefitReading {
  let completeness: ResectionPlan.Completeness?
  let group: IRLMGroup?
  let thoracoscore: Thoracoscore?
  let cardiacRisk: ThoracicRevisedCardiacRisk?

  init(
    _ patientCase: PatientCase, _ lesions: [LesionResection], _ lobes: [LobeResection],
    _ settings: [String: LesionSetting], _ patient: FactTable, isWhole: Bool, isLungPlanned: Bool
  ) {
    let lung = patientCase.lesions.filter { settings[$0.id]?.site == .lung }
    guard isLungPlanned, isWhole, !lung.isEmpty else {
      (completeness, group, thoracoscore, cardiacRisk) = (nil, nil, nil, nil)
      return
    }
    let own = lesions.filter { $0.site == .lung }
    let listed = patient.number(.lungMetastasisCount)
    var result: ResectionPlan.Completeness
    if own.contains(where: { $0.proposal == nil }) || own.count < lung.count
      || (listed.map { $0 > Double(lung.count) } ?? true)
    {
      // A lesion that is listed but not placed may be out of reach.
      result = .unknown
    } else if own.contains(where: { $0.proposal?.choice.technique == .extended }) {
      result = .board
    } else {
      result = .complete
    }
    if patient.word(Fact.malignantEffusion) == "present" { result = .incomplete }
    completeness = result
    let count = listed ?? Double(lung.count)
    group = patient.number(.diseaseFreeInterval).flatMap { months in
      switch result {
      case .complete: IRLMGroup(isResectable: true, diseaseFreeMonths: months, nodules: Int(count))
      case .incomplete: IRLMGroup.four
      case .board, .unknown: nil
      }
    }
    var answers = Thoracoscore.Answers()
    func yes(_ name: Fact, _ word: String) -> Bool? { patient.word(name).map { $0 == word } }
    answers.age = patient.number(.age)
    answers.isMale = yes(.sex, "male")
    answers.asa = patient.number(.asa)
    answers.performance = patient.number(.ecog)
    answers.dyspnoea = patient.number(.dyspnoeaMRC)
    answers.comorbidities = patient.number(.thoracoscoreComorbidities)
    // An extent beyond the lobe may come to a pneumonectomy.
    answers.isPneumonectomy =
      lobes.contains { $0.pieces.contains { $0.technique == .extended } } ? nil : false
    thoracoscore = Thoracoscore(answers)
    cardiacRisk = ThoracicRevisedCardiacRisk(
      cerebrovascular: yes(.cerebrovascularDisease, "present"),
      ischaemic: yes(.ischaemicHeartDisease, "present"), creatinine: patient.number(.creatinine),
      isPneumonectomy: answers.isPneumonectomy)
  }
}
