// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

// Facts about the patient as a whole: fitness, organ function, history and extent of the disease.
extension FactCatalogue {
  static let patient: [FactDefinition] = fitness + organFunction + history + disease

  private static let fitness: [FactDefinition] = [
    number(.age, .patient, .years, 0...110, "age at the decision"),
    words(.sex, .patient, ["female", "male"], "sex, as lung volumes and risk scores use it"),
    number(.ecog, .patient, .classes, 0...4, "ECOG performance status", usual: 1).titled("ECOG"),
    number(.asa, .patient, .classes, 1...5, "ASA physical status class", usual: 2).titled("ASA class"),
    number(
      .lifeExpectancy, .patient, .months, 0...600, "expected survival apart from this treatment",
      usual: 24
    ).labelled("life expectancy"),
    words(
      .generalAnaesthesia, .patient, ["possible", "highRisk", "impossible"],
      "candidacy for general anaesthesia, as the anaesthetist judges it", usual: "possible"
    ).labelled("anaesthesia"),
    words(
      .consent, .patient, ["given", "refusesSurgery", "refusesIntervention"],
      "what the patient agrees to", usual: "given"
    ).titled("consent to surgery and intervention"),
    words(.canLieStill, .patient, ["yes", "no"], "able to lie still for 30 minutes", usual: "yes"),
    flag(.pacemaker, .patient, "a cardiac pacemaker or defibrillator"),
    flag(.uncontrolledInfection, .patient, "an infection that is not under control"),
    flag(.malignantEffusion, .patient, "a malignant or uncontrolled pleural effusion"),
    flag(.pregnancy, .patient, "pregnancy"),
    flag(.activeConnectiveTissueDisease, .patient, "scleroderma or another active connective-tissue disease")
      .labelled("connective tissue"),
    flag(.ataxiaTelangiectasia, .patient, "ataxia telangiectasia"),
    words(
      .germline, .patient, ["none", "TP53", "NF1"],
      "a germline variant that argues against radiation", usual: "none"
    ).titled("germline TP53 or NF1 variant").alsoSpelt("germlinevariant"),
    flag(.pulmonaryHypertension, .patient, "pulmonary hypertension").labelled("lung hypertension"),
    flag(.recentCardiacEvent, .patient, "myocardial infarction or stent in the last months"),
    number(.ejectionFraction, .patient, .percent, 5...80, "left-ventricular ejection fraction", usual: 60)
      .alsoSpelt("lvef"),
    flag(.anthracyclineAndHeartDose, .patient, "earlier anthracycline together with heart dose"),
  ]

  private static let organFunction: [FactDefinition] = [
    number(.fev1, .patient, .percentPredicted, 5...160, "FEV1 in per cent of predicted", usual: 85).titled(
      "FEV1"),
    number(
      .dlco, .patient, .percentPredicted, 5...160, "diffusing capacity (DLCO) in per cent of predicted",
      usual: 80
    ).titled("DLCO"),
    words(.emphysema, .patient, ["none", "present", "severeBullous"], "emphysema on CT", usual: "none"),
    words(
      .interstitialLungDisease, .patient, ["none", "present", "honeycombing"],
      "interstitial lung disease on CT", usual: "none"
    ).labelled("interstitial lung"),
    words(.singleLung, .patient, ["no", "yes"], "one functioning lung only", usual: "no"),
    number(.inr, .patient, .ratio, 0.5...10, "international normalised ratio", usual: 1).titled("INR"),
    number(.platelets, .patient, .perNanolitre, 1...1500, "platelet count", usual: 250),
    words(
      .bleedingDisorder, .patient, ["none", "correctable", "uncorrectable"],
      "a bleeding disorder or anticoagulation", usual: "none"),
    number(.bilirubin, .patient, .milligramsPerDecilitre, 0.05...40, "total bilirubin", usual: 0.7)
      .inMicromoles(0.05847),
    number(.albumin, .patient, .gramsPerDecilitre, 1...6, "serum albumin", usual: 4),
    number(.creatinine, .patient, .milligramsPerDecilitre, 0.2...15, "serum creatinine", usual: 0.9)
      .inMicromoles(0.01131),
    number(.ast, .patient, .unitsPerLitre, 3...5000, "aspartate aminotransferase", usual: 25).titled("AST"),
    number(.ldh, .patient, .unitsPerLitre, 50...10000, "lactate dehydrogenase", usual: 200).titled("LDH"),
    number(.granulocytes, .patient, .perNanolitre, 0...100, "granulocyte count", usual: 4),
    words(
      .childPugh, .patient, ["none", "A", "B", "C"], "Child-Pugh class; none without liver disease",
      usual: "none"),
    flag(.ascites, .patient, "ascites"),
    flag(.portalHypertension, .patient, "portal hypertension or untreated high-risk varices"),
    words(.portalFlow, .patient, ["normal", "reduced"], "portal venous flow", usual: "normal"),
    number(
      .liverInvolvement, .patient, .percent, 0...100, "share of the liver replaced by tumour", usual: 10),
    number(
      .normalLiverVolume, .patient, .cubicCentimetres, 200...4000, "liver volume less tumour", usual: 1400),
    number(
      .futureLiverRemnant, .patient, .percent, 1...100,
      "future liver remnant in per cent of the tumour-free liver"),
    words(
      .liverParenchyma, .patient, ["normal", "steatosisOrChemotherapy", "fibrosisOrCirrhosis"],
      "state of the liver's parenchyma", usual: "normal"),
    number(
      .radioembolizationLungDose, .patient, .grays, 0...100,
      "lung dose predicted from the shunt study"),
  ]

  private static let history: [FactDefinition] = [
    words(.histology, .patient, Histology.allCases.map(\.rawValue), "histology of the primary"),
    number(.grade, .patient, .grade, 1...3, "FNCLCC grade of the primary"),
    words(
      .primarySite, .patient,
      [
        "extremity", "trunk", "retroperitoneum", "uterus", "viscera",
        "headAndNeck", "other",
      ], "where the primary lay"),
    number(.primaryDiameter, .patient, .millimetres, 1...600, "largest diameter of the primary"),
    words(
      .primaryControl, .patient, ["controlled", "controllable", "uncontrolled"],
      "control of the primary", usual: "controlled"),
    number(
      .diseaseFreeInterval, .patient, .months, 0...600,
      "end of the primary's treatment to the first metastasis; 0 when synchronous"
    ).alsoSpelt("dfi"),
    number(.monthsSinceDiagnosis, .patient, .months, 0...600, "months since the cancer was diagnosed"),
    words(.polymetastaticHistory, .patient, ["no", "yes"], "ever polymetastatic before"),
    words(.oligometastaticHistory, .patient, ["no", "yes"], "oligometastatic before"),
    words(.activeSystemicTherapy, .patient, ["no", "yes"], "under active systemic therapy"),
    words(.progressing, .patient, ["no", "yes"], "lesions progressive on the current imaging"),
    flag(
      .antiangiogenicTherapy, .patient,
      "bevacizumab, pazopanib or another VEGF inhibitor in the last weeks"),
    flag(.concurrentSystemicTherapy, .patient, "cytotoxic or targeted therapy within 14 days"),
    words(.intent, .patient, ["curative", "palliative"], "what treatment is for"),
    flag(.neurologicalSymptoms, .patient, "new neurological symptoms"),
    words(.spineMRI, .patient, ["done", "notDone"], "MRI of the full spine").titled("spine MRI"),
    words(.brainMRI, .patient, ["done", "notDone"], "MRI of the brain").titled("brain MRI"),
  ]

  private static let disease: [FactDefinition] = [
    number(.metastasisCount, .patient, .count, 1...1000, "metastases at all sites").labelled(
      "number of lesions"
    ).alsoSpelt(
      "numberofmetastases"
    ).counted(per: .patient),
    number(.lungMetastasisCount, .patient, .count, 0...1000, "metastases in both lungs").labelled(
      "number in lungs"
    ).counted(per: .patient),
    number(.liverMetastasisCount, .patient, .count, 0...1000, "metastases in the liver").labelled(
      "number in liver"
    ).counted(per: .patient),
    words(.lungLaterality, .patient, ["none", "unilateral", "bilateral"], "sides of the lung metastases")
      .alsoSpelt("laterality"),
    number(
      .largestMetastasis, .patient, .millimetres, 1...400, "longest axial diameter of the largest metastasis"),
    words(
      .extrathoracicDisease, .patient, ["none", "controlled", "controllable", "uncontrolled"],
      "disease outside the chest"),
    words(
      .extrahepaticDisease, .patient, ["none", "controlled", "controllable", "uncontrolled"],
      "disease outside the liver", usual: "none"),
    number(.doublingTime, .patient, .days, 1...5000, "shortest volume doubling time of the metastases"),
    words(
      .metastasisProof, .patient, ["biopsied", "grew", "new", "indeterminate"],
      "why the lesions are taken for metastases"),
    words(
      .mediastinalNodes, .patient, ["negative", "suspicious", "positive"], "hilar and mediastinal nodes"),
    words(
      .regionalNodes, .patient, ["negative", "suspicious", "positive"],
      "regional nodes of the primary, on PET or biopsy"),
  ]
}
