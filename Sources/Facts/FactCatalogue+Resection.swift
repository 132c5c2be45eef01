// SPDX-License-Identifier: Apache-2.0
// Facts of surgery: what exercise tests, scans and comorbidities tell of the reserve, growth between two dated scans, and
// what a plan of resection says. Planned ones rest on estimates of lung function or on where staple lines may run.
extension FactCatalogue {
  static let resectionPatient: [FactDefinition] = [
    number(.fev1Volume, .patient, .litres, 0.2...8, "FEV1 in litres").titled("FEV1 in litres").alsoSpelt(
      "fev1"),
    number(.stairClimb, .patient, .metres, 0...60, "height climbed on stairs without a rest"),
    number(.shuttleWalk, .patient, .metres, 0...1020, "distance of the incremental shuttle walk"),
    number(
      .vo2Peak, .patient, .millilitresPerKilogramMinute, 3...90,
      "peak oxygen uptake in a cardiopulmonary exercise test"
    ).titled("peak oxygen uptake").alsoSpelt("peakvo2"),
    number(
      .vo2PeakPercent, .patient, .percentPredicted, 10...200,
      "peak oxygen uptake in per cent of predicted"
    ).titled("peak oxygen uptake in per cent of predicted").alsoSpelt("vo2peak", "peakvo2").written(
      "vo2_peak"),
    number(
      .perfusionRight, .patient, .percent, 0...100, "share of the lungs' perfusion that the right lung has"
    ).titled("perfusion of the right lung").alsoSpelt("perfusionrightlung").mistakenForShare(),
    number(
      .obstructedSegments, .patient, .count, 0...18,
      "lung segments that do not work: obstructed, destroyed or resected before", usual: 0),
    number(.mrcDyspnoea, .patient, .classes, 0...5, "MRC dyspnoea class").titled("MRC dyspnoea class"),
    flag(.cerebrovascularDisease, .patient, "earlier stroke or transient ischaemic attack"),
    flag(.ischaemicHeartDisease, .patient, "ischaemic heart disease"),
    number(
      .thoracoscoreComorbidities, .patient, .count, 0...8,
      "of smoking, history of cancer, COPD, diabetes, hypertension, peripheral vascular disease, obesity, alcoholism"
    ).titled("comorbidities that Thoracoscore counts"),
    number(.bodySurfaceArea, .patient, .squareMetres, 0.4...3.5, "body surface area").alsoSpelt("bsa"),
    words(
      .resectionCompleteness, .patient, ["complete", "board", "unknown", "incomplete"],
      "whether a planned resection clears every lung metastasis: with an extent the board must weigh, or not at all",
      isPlanned: true),
    words(
      .irlmGroup, .patient, ["I", "II", "III", "IV"],
      "group of the International Registry of Lung Metastases, by completeness, interval and number",
      isPlanned: true
    ).titled("IRLM group"),
    number(
      .plannedLiverRemnant, .patient, .percent, 1...100,
      "future liver remnant after a planned resection, in per cent of the tumour-free liver", isPlanned: true),
  ]

  static let resectionLesion: [FactDefinition] = [
    words(.lowDensityAfterChemotherapy, .lesion, ["no", "yes"], "low density on CT after chemotherapy"),
    number(
      .earlierLongestDiameter, .lesion, .millimetres, 1...300,
      "longest axial diameter on an earlier CT with the same protocol"
    ).alsoSpelt("earlierlongestaxialdiameter", "previouslongestdiameter"),
    number(
      .earlierVolume, .lesion, .cubicCentimetres, 0.0005...14000,
      "volume on an earlier CT with the same protocol"),
    number(.growthInterval, .lesion, .days, 1...7300, "days from the earlier CT to this one"),
    words(
      .resectionTechnique, .lesion,
      ["wedge", "deepWedge", "segmentectomy", "lobectomy", "unsettled", "extended"],
      "the least resection that holds the planned margin; extended: more than a lobe, or with a neighbour; unsettled: the contours leave open whether it is more",
      isPlanned: true),
    number(
      .resectionMargin, .lesion, .millimetres, 0...20, "margin the planned resection is drawn with",
      isPlanned: true),
    words(
      .thoracoscopicLocalisation, .lesion, ["notNeeded", "advised"],
      "whether the lesion should be marked before a thoracoscopic resection", isPlanned: true),
    number(
      .ppoFEV1, .lesion, .percentPredicted, 0...160,
      "predicted postoperative FEV1 after the planned resections on this lesion's side", isPlanned: true
    ).titled("predicted postoperative FEV1"),
    number(
      .ppoDLCO, .lesion, .percentPredicted, 0...160,
      "predicted postoperative DLCO after the planned resections on this lesion's side", isPlanned: true
    ).titled("predicted postoperative DLCO"),
    number(
      .ppoVO2Peak, .lesion, .millilitresPerKilogramMinute, 0...90,
      "predicted postoperative peak oxygen uptake after the planned resections on this lesion's side",
      isPlanned: true),
    number(
      .ppoVO2PeakPercent, .lesion, .percentPredicted, 0...200,
      "predicted postoperative peak oxygen uptake in per cent of predicted after the planned resections on this lesion's side",
      isPlanned: true),
    words(
      .operativeRisk, .lesion, ["low", "moderate", "high"],
      "class of the ACCP flow after the planned resections on this lesion's side", isPlanned: true),
  ]
}
