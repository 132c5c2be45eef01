// Facts of surgery: what exercise tests, scans and comorbidities tell of the reserve, growth between two dated scans, and
// what a plan of resection says. Planned ones rest on estimates of lung function or on where staple lines may run.
extension FactCatalogue {
  static let resectionPatient: [FactDefinition] = [
    number("fev1Volume", .patient, "L", 0.2...8, "FEV1 in litres"),
    number("stairClimb", .patient, "m", 0...60, "height climbed on stairs without a rest"),
    number("shuttleWalk", .patient, "m", 0...1020, "distance of the incremental shuttle walk"),
    number("vo2Peak", .patient, "mL/kg/min", 3...90, "peak oxygen uptake in a cardiopulmonary exercise test"),
    number(
      "vo2PeakPercent", .patient, "% predicted", 10...200,
      "peak oxygen uptake in per cent of predicted"),
    number("perfusionRight", .patient, "%", 0...100, "share of the lungs' perfusion that the right lung has"),
    number(
      "obstructedSegments", .patient, "count", 0...18,
      "lung segments that do not work: obstructed, destroyed or resected before", usual: 0),
    number("mrcDyspnoea", .patient, "class", 0...5, "MRC dyspnoea class"),
    flag("cerebrovascularDisease", .patient, "earlier stroke or transient ischaemic attack"),
    flag("ischaemicHeartDisease", .patient, "ischaemic heart disease"),
    number(
      "thoracoscoreComorbidities", .patient, "count", 0...8,
      "of smoking, history of cancer, COPD, diabetes, hypertension, peripheral vascular disease, obesity, alcoholism"
    ),
    number("bodySurfaceArea", .patient, "m2", 0.4...3.5, "body surface area"),
    words(
      "resectionCompleteness", .patient, ["complete", "board", "unknown", "incomplete"],
      "whether a planned resection clears every lung metastasis: with an extent the board must weigh, or not at all",
      isPlanned: true),
    words(
      "irlmGroup", .patient, ["I", "II", "III", "IV"],
      "group of the International Registry of Lung Metastases, by completeness, interval and number",
      isPlanned: true),
    number(
      "plannedLiverRemnant", .patient, "%", 1...100,
      "future liver remnant after a planned resection, in per cent of the tumour-free liver", isPlanned: true),
  ]

  static let resectionLesion: [FactDefinition] = [
    words(
      "lowDensityAfterChemotherapy", .lesion, ["no", "yes"], "low density on CT after chemotherapy"),
    number(
      "earlierLongestDiameter", .lesion, "mm", 1...300,
      "longest axial diameter on an earlier CT with the same protocol"),
    number("earlierVolume", .lesion, "cc", 0.0005...14000, "volume on an earlier CT with the same protocol"),
    number("growthInterval", .lesion, "days", 1...7300, "days from the earlier CT to this one"),
    words(
      "resectionTechnique", .lesion,
      ["wedge", "deepWedge", "segmentectomy", "lobectomy", "unsettled", "extended"],
      "the least resection that holds the planned margin; extended: more than a lobe, or with a neighbour; unsettled: the contours leave open whether it is more",
      isPlanned: true),
    number(
      "resectionMargin", .lesion, "mm", 0...20, "margin the planned resection is drawn with", isPlanned: true),
    words(
      "thoracoscopicLocalisation", .lesion, ["notNeeded", "advised"],
      "whether the lesion should be marked before a thoracoscopic resection", isPlanned: true),
    number(
      "ppoFEV1", .lesion, "% predicted", 0...160,
      "predicted postoperative FEV1 after the planned resections on this lesion's side", isPlanned: true),
    number(
      "ppoDLCO", .lesion, "% predicted", 0...160,
      "predicted postoperative DLCO after the planned resections on this lesion's side", isPlanned: true),
    number(
      "ppoVO2Peak", .lesion, "mL/kg/min", 0...90,
      "predicted postoperative peak oxygen uptake after the planned resections on this lesion's side",
      isPlanned: true),
    number(
      "ppoVO2PeakPercent", .lesion, "% predicted", 0...200,
      "predicted postoperative peak oxygen uptake in per cent of predicted after the planned resections on this lesion's side",
      isPlanned: true),
    words(
      "operativeRisk", .lesion, ["low", "moderate", "high"],
      "class of the ACCP flow after the planned resections on this lesion's side", isPlanned: true),
  ]
}

extension Fact {
  /// See the catalogue.
  public static let fev1 = Fact("fev1")
  /// See the catalogue.
  public static let fev1Volume = Fact("fev1Volume")
  /// See the catalogue.
  public static let dlco = Fact("dlco")
  /// See the catalogue.
  public static let perfusionRight = Fact("perfusionRight")
  /// See the catalogue.
  public static let obstructedSegments = Fact("obstructedSegments")
  /// See the catalogue.
  public static let diseaseFreeInterval = Fact("diseaseFreeInterval")
  /// See the catalogue.
  public static let doublingTime = Fact("doublingTime")
  /// See the catalogue.
  public static let bodySurfaceArea = Fact("bodySurfaceArea")
  /// See the catalogue.
  public static let futureLiverRemnant = Fact("futureLiverRemnant")
  /// See the catalogue.
  public static let lowDensityAfterChemotherapy = Fact("lowDensityAfterChemotherapy")
  /// See the catalogue.
  public static let earlierLongestDiameter = Fact("earlierLongestDiameter")
  /// See the catalogue.
  public static let earlierVolume = Fact("earlierVolume")
  /// See the catalogue.
  public static let growthInterval = Fact("growthInterval")
  /// See the catalogue.
  public static let resectionTechnique = Fact("resectionTechnique")
  /// See the catalogue.
  public static let resectionMargin = Fact("resectionMargin")
  /// See the catalogue.
  public static let thoracoscopicLocalisation = Fact("thoracoscopicLocalisation")
  /// See the catalogue.
  public static let ppoFEV1 = Fact("ppoFEV1")
  /// See the catalogue.
  public static let ppoDLCO = Fact("ppoDLCO")
  /// See the catalogue.
  public static let ppoVO2Peak = Fact("ppoVO2Peak")
  /// See the catalogue.
  public static let ppoVO2PeakPercent = Fact("ppoVO2PeakPercent")
  /// See the catalogue.
  public static let vo2Peak = Fact("vo2Peak")
  /// See the catalogue.
  public static let vo2PeakPercent = Fact("vo2PeakPercent")
  /// See the catalogue.
  public static let operativeRisk = Fact("operativeRisk")
  /// See the catalogue.
  public static let resectionCompleteness = Fact("resectionCompleteness")
  /// See the catalogue.
  public static let irlmGroup = Fact("irlmGroup")
  /// See the catalogue.
  public static let plannedLiverRemnant = Fact("plannedLiverRemnant")

  /// See the catalogue.
  public static let age = Fact("age")
  /// See the catalogue.
  public static let sex = Fact("sex")
  /// See the catalogue.
  public static let ecog = Fact("ecog")
  /// See the catalogue.
  public static let asa = Fact("asa")
  /// See the catalogue.
  public static let creatinine = Fact("creatinine")
  /// See the catalogue.
  public static let malignantEffusion = Fact("malignantEffusion")
  /// See the catalogue.
  public static let mrcDyspnoea = Fact("mrcDyspnoea")
  /// See the catalogue.
  public static let thoracoscoreComorbidities = Fact("thoracoscoreComorbidities")
  /// See the catalogue.
  public static let cerebrovascularDisease = Fact("cerebrovascularDisease")
  /// See the catalogue.
  public static let ischaemicHeartDisease = Fact("ischaemicHeartDisease")
  /// See the catalogue.
  public static let primaryControl = Fact("primaryControl")

  /// See the catalogue.
  public static let extrathoracicDisease = Fact("extrathoracicDisease")

  /// See the catalogue.
  public static let singleLung = Fact("singleLung")

  /// See the catalogue.
  public static let monthsSinceDiagnosis = Fact("monthsSinceDiagnosis")

  /// See the catalogue.
  public static let mediastinalNodes = Fact("mediastinalNodes")

  /// All of the above, for the test that holds them against the catalogue.
  static let namedOfResection: [Fact] = [
    mediastinalNodes, monthsSinceDiagnosis, singleLung, extrathoracicDisease, primaryControl, age, sex, ecog,
    asa, creatinine,
    malignantEffusion,
    mrcDyspnoea, thoracoscoreComorbidities,
    cerebrovascularDisease, ischaemicHeartDisease,
    fev1, fev1Volume, dlco, perfusionRight, obstructedSegments, diseaseFreeInterval, doublingTime,
    bodySurfaceArea, futureLiverRemnant, lowDensityAfterChemotherapy, earlierLongestDiameter, earlierVolume,
    growthInterval, resectionTechnique, resectionMargin, thoracoscopicLocalisation, ppoFEV1, ppoDLCO,
    ppoVO2Peak, ppoVO2PeakPercent, vo2Peak, vo2PeakPercent, operativeRisk, resectionCompleteness, irlmGroup,
    plannedLiverRemnant,
  ]
}
