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
    _ known: ResectionCase, _ lesions: [LesionResection], _ lobes: [LobeResection], isWhole: Bool,
    isLungPlanned: Bool
  ) {
    let patient = known.patient
    let lung = known.patientCase.lesions.filter { known.site($0) == .lung }
    let others = known.patientCase.lesions.filter { known.site($0) != .lung }
    guard isLungPlanned, isWhole, !lung.isEmpty else {
      (completeness, group, thoracoscore, cardiacRisk) = (nil, nil, nil, nil)
      elsewhere = []
      return
    }
    elsewhere = others.map { lesion in
      Reason(.resection(.elsewhere), of: known.site(lesion).map { .site($0) }, names: [lesion.id])
    }
    let extent = Extent(lobes)
    let result = Self.completeness(
      lesions.filter { $0.site == .lung }, listed: lung.count, extent, patient)
    completeness = result
    group = Self.group(result, listed: lung.count, isLungAlone: others.isEmpty, patient)
    thoracoscore = Thoracoscore(Self.answers(patient, extent))
    func isPresent(_ name: Fact) -> Bool? { patient.word(name).map { $0 == "present" } }
    cardiacRisk = ThoracicRevisedCardiacRisk(
      cerebrovascular: isPresent(.cerebrovascularDisease),
      ischaemic: isPresent(.ischaemicHeartDisease), creatinine: patient.number(.creatinine),
      isPneumonectomy: extent.isPneumonectomy)
  }

  /// How far the resections of all lobes go.
  private struct Extent {
    let isBeyondLobe: Bool
    /// Lobes of unknown name may come to a lung.
    let mayTakeMore: Bool
    let isWholeLung: Bool

    init(_ lobes: [LobeResection]) {
      isBeyondLobe = lobes.contains { lobe in
        lobe.isForBoard || lobe.pieces.contains { $0.technique == .extended }
      }
      mayTakeMore = lobes.contains { $0.lobe == nil && $0.pieces.contains { $0.technique >= .lobectomy } }
      isWholeLung = [Side.right, .left].contains { side in
        lobes.filter { $0.side == side && $0.isWhole }.count
          == Lobe.allCases.filter { $0.side == side }.count
      }
    }

    /// `nil` where it is open: an extent beyond the lobe may come to a pneumonectomy.
    var isPneumonectomy: Bool? {
      isWholeLung ? true : (isBeyondLobe || mayTakeMore ? nil : false)
    }
  }

  private static func completeness(
    _ own: [LesionResection], listed: Int, _ extent: Extent, _ patient: FactTable
  ) -> ResectionPlan.Completeness {
    let told = patient.number(.lungMetastasisCount)
    if patient.word(.malignantEffusion) == "present" {
      return .incomplete
    }
    // A lesion that is listed but not placed may be out of reach; lobes of unknown name may come to a lung.
    if own.contains(where: { $0.proposal == nil }) || own.count < listed
      || (told.map { $0 > Double(listed) } ?? true) || extent.mayTakeMore
    {
      return .unknown
    }
    return extent.isBeyondLobe ? .board : .complete
  }

  /// The registry's group; its patients were cleared of all disease, in the lungs and elsewhere: nothing is taken for
  /// granted.
  private static func group(
    _ completeness: ResectionPlan.Completeness, listed: Int, isLungAlone: Bool, _ patient: FactTable
  ) -> IRLMGroup? {
    let isClear =
      isLungAlone && ["none", "controlled"].contains(patient.word(.extrathoracicDisease) ?? "")
      && patient.word(.primaryControl) == "controlled" && patient.word(.mediastinalNodes) != "positive"
    let count = max(patient.number(.lungMetastasisCount) ?? Double(listed), Double(listed))
    return patient.number(.diseaseFreeInterval).flatMap { months in
      switch completeness {
      case .complete where isClear:
        IRLMGroup(isResectable: true, diseaseFreeMonths: months, nodules: Int(min(1000, count)))
      case .incomplete: IRLMGroup.four
      default: nil
      }
    }
  }

  private static func answers(_ patient: FactTable, _ extent: Extent) -> Thoracoscore.Answers {
    var answers = Thoracoscore.Answers()
    answers.age = patient.number(.age)
    answers.isMale = patient.word(.sex).map { $0 == "male" }
    answers.asa = patient.number(.asa)
    answers.performance = patient.number(.ecog)
    answers.dyspnoea = patient.number(.mrcDyspnoea)
    // A history of cancer is one of the eight.
    answers.leastComorbidities = 1
    answers.comorbidities = patient.number(.thoracoscoreComorbidities)
    answers.isPneumonectomy = extent.isPneumonectomy
    return answers
  }
}
