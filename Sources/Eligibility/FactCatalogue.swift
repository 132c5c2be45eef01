internal import Vocabulary

/// The closed list of facts.
///
/// Adding one is a change of code, with its unit, domain and meaning.
public enum FactCatalogue {
  /// Every fact, patient first, then lesion, then clearances.
  public static let all: [FactDefinition] =
    patient + lesion + clearances + radiotherapyPatient + radiotherapyLesion + ablationPatient
    + ablationLesion + resectionPatient + resectionLesion

  /// The definition of a name, or `nil`.
  public static func definition(of name: String) -> FactDefinition? { byName[name] }

  private static let byName: [String: FactDefinition] =
    Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  static func flag(_ name: String, _ scope: FactScope, _ meaning: String) -> FactDefinition {
    FactDefinition(name, scope, .word(["absent", "present"]), meaning, usual: .word("absent"))
  }

  static func words(
    _ name: String, _ scope: FactScope, _ words: [String], _ meaning: String, usual: String? = nil,
    isPlanned: Bool = false
  ) -> FactDefinition {
    FactDefinition(
      name, scope, .word(words), meaning, usual: usual.map { .word($0) }, isPlanned: isPlanned)
  }

  static func number(
    _ name: String, _ scope: FactScope, _ unit: String, _ domain: ClosedRange<Double>, _ meaning: String,
    usual: Double? = nil, isPlanned: Bool = false
  ) -> FactDefinition {
    FactDefinition(
      name, scope, .number(unit: unit, domain: domain), meaning, usual: usual.map { .number($0) },
      isPlanned: isPlanned)
  }

  // MARK: Patient

  private static let patient: [FactDefinition] = fitness + organFunction + history + disease

  private static let fitness: [FactDefinition] = [
    number("age", .patient, "years", 0...110, "age at the decision"),
    words("sex", .patient, ["female", "male"], "sex, as lung volumes and risk scores use it"),
    number("ecog", .patient, "class", 0...4, "ECOG performance status", usual: 1),
    number("asa", .patient, "class", 1...5, "ASA physical status class", usual: 2),
    number(
      "lifeExpectancy", .patient, "months", 0...600, "expected survival apart from this treatment",
      usual: 24),
    words(
      "generalAnaesthesia", .patient, ["possible", "highRisk", "impossible"],
      "candidacy for general anaesthesia, as the anaesthetist judges it", usual: "possible"),
    words(
      "consent", .patient, ["given", "refusesSurgery", "refusesIntervention"],
      "what the patient agrees to", usual: "given"),
    words("canLieStill", .patient, ["yes", "no"], "able to lie still for 30 minutes", usual: "yes"),
    flag("pacemaker", .patient, "a cardiac pacemaker or defibrillator"),
    flag("uncontrolledInfection", .patient, "an infection that is not under control"),
    flag("malignantEffusion", .patient, "a malignant or uncontrolled pleural effusion"),
    flag("pregnancy", .patient, "pregnancy"),
    flag(
      "activeConnectiveTissueDisease", .patient, "scleroderma or another active connective-tissue disease"),
    flag("ataxiaTelangiectasia", .patient, "ataxia telangiectasia"),
    words(
      "germline", .patient, ["none", "TP53", "NF1"],
      "a germline variant that argues against radiation", usual: "none"),
    flag("pulmonaryHypertension", .patient, "pulmonary hypertension"),
    flag("recentCardiacEvent", .patient, "myocardial infarction or stent in the last months"),
    number("ejectionFraction", .patient, "%", 5...80, "left-ventricular ejection fraction", usual: 60),
    flag("anthracyclineAndHeartDose", .patient, "earlier anthracycline together with heart dose"),
  ]

  private static let organFunction: [FactDefinition] = [
    number("fev1", .patient, "% predicted", 5...160, "FEV1 in per cent of predicted", usual: 85),
    number(
      "dlco", .patient, "% predicted", 5...160, "diffusing capacity (DLCO) in per cent of predicted",
      usual: 80),
    words("emphysema", .patient, ["none", "present", "severeBullous"], "emphysema on CT", usual: "none"),
    words(
      "interstitialLungDisease", .patient, ["none", "present", "honeycombing"],
      "interstitial lung disease on CT", usual: "none"),
    words("singleLung", .patient, ["no", "yes"], "one functioning lung only", usual: "no"),
    number("inr", .patient, "ratio", 0.5...10, "international normalised ratio", usual: 1),
    number("platelets", .patient, "10^9/L", 1...1500, "platelet count", usual: 250),
    words(
      "bleedingDisorder", .patient, ["none", "correctable", "uncorrectable"],
      "a bleeding disorder or anticoagulation", usual: "none"),
    number("bilirubin", .patient, "mg/dL", 0.05...40, "total bilirubin", usual: 0.7),
    number("albumin", .patient, "g/dL", 1...6, "serum albumin", usual: 4),
    number("creatinine", .patient, "mg/dL", 0.2...15, "serum creatinine", usual: 0.9),
    number("ast", .patient, "U/L", 3...5000, "aspartate aminotransferase", usual: 25),
    number("ldh", .patient, "U/L", 50...10000, "lactate dehydrogenase", usual: 200),
    number("granulocytes", .patient, "10^9/L", 0...100, "granulocyte count", usual: 4),
    words(
      "childPugh", .patient, ["none", "A", "B", "C"], "Child-Pugh class; none without liver disease",
      usual: "none"),
    flag("ascites", .patient, "ascites"),
    flag("portalHypertension", .patient, "portal hypertension or untreated high-risk varices"),
    words("portalFlow", .patient, ["normal", "reduced"], "portal venous flow", usual: "normal"),
    number("liverInvolvement", .patient, "%", 0...100, "share of the liver replaced by tumour", usual: 10),
    number("normalLiverVolume", .patient, "cc", 200...4000, "liver volume less tumour", usual: 1400),
    number(
      "futureLiverRemnant", .patient, "%", 1...100,
      "future liver remnant in per cent of the tumour-free liver"),
    words(
      "liverParenchyma", .patient, ["normal", "steatosisOrChemotherapy", "fibrosisOrCirrhosis"],
      "state of the liver's parenchyma", usual: "normal"),
    number(
      "radioembolizationLungDose", .patient, "Gy", 0...100,
      "lung dose predicted from the shunt study"),
  ]

  private static let history: [FactDefinition] = [
    words("histology", .patient, Histology.allCases.map(\.rawValue), "histology of the primary"),
    number("grade", .patient, "grade", 1...3, "FNCLCC grade of the primary"),
    words(
      "primarySite", .patient,
      [
        "extremity", "trunk", "retroperitoneum", "uterus", "viscera",
        "headAndNeck", "other",
      ], "where the primary lay"),
    number("primaryDiameter", .patient, "mm", 1...600, "largest diameter of the primary"),
    words(
      "primaryControl", .patient, ["controlled", "controllable", "uncontrolled"],
      "control of the primary"),
    number(
      "diseaseFreeInterval", .patient, "months", 0...600,
      "end of the primary's treatment to the first metastasis; 0 when synchronous"),
    number("monthsSinceDiagnosis", .patient, "months", 0...600, "months since the cancer was diagnosed"),
    words("polymetastaticHistory", .patient, ["no", "yes"], "ever polymetastatic before"),
    words("oligometastaticHistory", .patient, ["no", "yes"], "oligometastatic before"),
    words("activeSystemicTherapy", .patient, ["no", "yes"], "under active systemic therapy"),
    words("progressing", .patient, ["no", "yes"], "lesions progressive on the current imaging"),
    flag(
      "antiangiogenicTherapy", .patient,
      "bevacizumab, pazopanib or another VEGF inhibitor in the last weeks"),
    flag("concurrentSystemicTherapy", .patient, "cytotoxic or targeted therapy within 14 days"),
    words("intent", .patient, ["curative", "palliative"], "what treatment is for"),
    flag("neurologicalSymptoms", .patient, "new neurological symptoms"),
    words("spineMRI", .patient, ["done", "notDone"], "MRI of the full spine"),
    words("brainMRI", .patient, ["done", "notDone"], "MRI of the brain"),
  ]

  private static let disease: [FactDefinition] = [
    number("metastasisCount", .patient, "count", 1...1000, "metastases at all sites"),
    number("lungMetastasisCount", .patient, "count", 0...1000, "metastases in both lungs"),
    number("liverMetastasisCount", .patient, "count", 0...1000, "metastases in the liver"),
    words("lungLaterality", .patient, ["none", "unilateral", "bilateral"], "sides of the lung metastases"),
    number("largestMetastasis", .patient, "mm", 1...400, "longest axial diameter of the largest metastasis"),
    words(
      "extrathoracicDisease", .patient, ["none", "controlled", "controllable", "uncontrolled"],
      "disease outside the chest"),
    words(
      "extrahepaticDisease", .patient, ["none", "controlled", "controllable", "uncontrolled"],
      "disease outside the liver"),
    number("doublingTime", .patient, "days", 1...5000, "shortest volume doubling time of the metastases"),
    words(
      "metastasisProof", .patient, ["biopsied", "grew", "new", "indeterminate"],
      "why the lesions are taken for metastases"),
    words(
      "mediastinalNodes", .patient, ["negative", "suspicious", "positive"], "hilar and mediastinal nodes"),
    words(
      "regionalNodes", .patient, ["negative", "suspicious", "positive"],
      "regional nodes of the primary, on PET or biopsy"),
  ]

  // MARK: Lesion

  private static let lesion: [FactDefinition] = [
    number("longestAxialDiameter", .lesion, "mm", 1...300, "longest diameter in an axial plane (RECIST 1.1)"),
    number("shortAxis", .lesion, "mm", 1...300, "longest diameter perpendicular to it, in the same plane"),
    number("volume", .lesion, "cc", 0.0005...14000, "volume"),
    number(
      "depthFromPleura", .lesion, "mm", 0...150,
      "nearest visceral pleura to the lesion's nearest edge, fissures included where lobes are contoured"),
    number(
      "depthOfInnerEdge", .lesion, "mm", 1...250,
      "nearest visceral pleura to the lesion's inner edge"),
    words("lungZone", .lesion, ["upper", "middle", "lower"], "zone of the lung by lobe"),
    number("respiratoryMotion", .lesion, "mm", 0...60, "peak-to-peak respiratory motion", usual: 6),
    number("lesionsInSameLung", .lesion, "count", 1...500, "metastases in this lesion's lung"),
    words(
      "priorTherapyHere", .lesion, ["none", "resection", "ablation", "sbrt", "radiotherapy"],
      "earlier local therapy to this lesion or its area", usual: "none"),
    words("priorSurgerySameSide", .lesion, ["no", "yes"], "earlier surgery on this lung", usual: "no"),
    words("priorAblationSameSide", .lesion, ["no", "yes"], "earlier ablation in this lung", usual: "no"),
    words(
      "priorRadiotherapyOverlap", .lesion, ["none", "nearby", "overlap"],
      "earlier radiotherapy: none near, within the same organ, or overlapping the lesion", usual: "none"),
    number(
      "monthsSinceRadiotherapy", .lesion, "months", 0...600,
      "months since the earlier radiotherapy that overlaps or lies nearby"),
    flag("endobronchial", .lesion, "endobronchial growth"),
    words("perfusedVesselInTrack", .lesion, ["no", "yes"], "a vessel in the only needle track", usual: "no"),
  ]

  private static let clearances: [FactDefinition] = StructureRole.allCases.map { role in
    FactDefinition(
      Fact.clearance(role).name, .lesion, .number(unit: "mm", domain: 0...400),
      "least distance between the lesion and the \(role.title); 0 in contact")
  }
}
