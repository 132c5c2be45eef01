// SPDX-License-Identifier: Apache-2.0
internal import Resection

/// A patient drawn from the criteria or a series of pulmonary metastasectomy: operated on or not.
///
/// The expectations were written from the evidence, not from the rules; see `TrialPatient`.
struct MetastasectomyPatient: Sendable {
  /// What becomes of the operation.
  enum Class: Sendable {
    /// Advice `treat`, metastasectomy plainly eligible.
    case operates
    /// The board decides or a condition stands.
    case boardDecides
    /// Not operated on now.
    case holds
  }

  /// The id that failures print.
  let id: String
  /// The patient in one line.
  let line: String
  /// The criteria or series, for people.
  let source: String
  /// Keys of the shipped bibliography that hold the figures.
  let keys: [String]
  /// What is known of patient and lesion, by the names of facts.
  let told: [String: Told]
  /// What becomes of the operation.
  let expected: Class
  /// The registry's group; `nil` where no metastasis is proved.
  let irlm: IRLMGroup?
  /// Whether all the lung metastases can be resected.
  var isResectable: Bool = true

  /// The forty: those operated on, those whom the board decides on, and those held.
  static let all: [MetastasectomyPatient] = operated + decided + held
}

extension MetastasectomyPatient {
  /// Patients whom the series operated on.
  static let operated: [MetastasectomyPatient] = [
    MetastasectomyPatient(
      id: "CHUDGAR-1", line: "solitary 18 mm, leiomyosarcoma, interval 60 months, primary 70 mm",
      source: "Chudgar: leiomyosarcoma, solitary, long interval, primary ≤ 10 cm; IRLM group I 61 months",
      keys: ["C-1", "S1-23", "P-23", "P-24"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 18, "largestMetastasis": 18, "depthOfInnerEdge": 28,
        "diseaseFreeInterval": 60, "primaryDiameter": 70,
      ]),
      expected: .operates, irlm: .one),
    MetastasectomyPatient(
      id: "IRLM-1", line: "solitary 15 mm, interval of exactly 36 months",
      source: "IRLM: complete resection 36 % at 5 years; group I is one metastasis and ≥ 36 months",
      keys: ["P-20", "P-22", "P-24", "P-28"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "largestMetastasis": 15, "depthOfInnerEdge": 25,
        "diseaseFreeInterval": 36,
      ]),
      expected: .operates, irlm: .one),
    MetastasectomyPatient(
      id: "IRLM-2", line: "two nodules, one on each side, 12 mm, interval 48 months",
      source: "IRLM group II 34 months; Mizuno: 1–2 nodules favourable; Casson: bilateral 15 months",
      keys: ["P-25", "P-33", "P-34"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 12, "largestMetastasis": 12, "depthOfInnerEdge": 22,
        "diseaseFreeInterval": 48, "metastasisCount": 2, "lungMetastasisCount": 2,
        "lungLaterality": "bilateral",
      ]),
      expected: .operates, irlm: .two),
    MetastasectomyPatient(
      id: "ROTH-1", line: "three nodules on one side, doubling 60 days, interval 20 months",
      source: "Roth: ≤ 4 nodules, doubling ≥ 20 days, interval > 12 months; Casson: ≤ 3 on CT 40 months",
      keys: ["P-30", "P-31", "P-35", "P-37", "P-26"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 14, "largestMetastasis": 14, "depthOfInnerEdge": 24,
        "diseaseFreeInterval": 20, "doublingTime": 60, "metastasisCount": 3, "lungMetastasisCount": 3,
        "lesionsInSameLung": 3,
      ]),
      expected: .operates, irlm: .three),
    MetastasectomyPatient(
      id: "ROTH-2", line: "four nodules on one side, doubling 45 days, interval 12.5 months",
      source: "Roth: on the good side of all three limits; Casson: ≥ 4 is poor, ≥ 40 days and one-sided good",
      keys: ["P-30", "P-35", "P-37", "P-38", "P-34", "OP-PUTNAM"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 13, "largestMetastasis": 13, "depthOfInnerEdge": 23,
        "diseaseFreeInterval": 12.5, "doublingTime": 45, "metastasisCount": 4, "lungMetastasisCount": 4,
        "lesionsInSameLung": 4,
      ]),
      expected: .operates, irlm: .three),
    MetastasectomyPatient(
      id: "NTUH-1", line: "solitary 16 mm, interval 12.5 months, primary controlled",
      source: "NTUH: interval > 12 months better, 5-year survival 62.9 %; Stamenovic: R0 and ≥ 12 months",
      keys: ["P-36", "P-08", "P-25"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 16, "largestMetastasis": 16, "depthOfInnerEdge": 26,
        "diseaseFreeInterval": 12.5,
      ]),
      expected: .operates, irlm: .two),
    MetastasectomyPatient(
      id: "CASSON-1", line: "two nodules on one side, doubling exactly 40 days, pleomorphic sarcoma",
      source: "Casson: ≤ 2 resected 40 months, one-sided 33, ≥ 40 days 37, MFH 33",
      keys: ["P-32", "P-34", "P-38", "P-40"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 17, "largestMetastasis": 17, "depthOfInnerEdge": 27,
        "diseaseFreeInterval": 18, "doublingTime": 40, "metastasisCount": 2, "lungMetastasisCount": 2,
        "lesionsInSameLung": 2, "histology": "undifferentiatedPleomorphicSarcoma", "grade": 3,
      ]),
      expected: .operates, irlm: .three),
    MetastasectomyPatient(
      id: "NAKAMURA-1", line: "solitary 19 mm, interval 40 months, doubling 30 days",
      source: "Nakamura: doubling time and curability independent; one poor factor alone excludes nobody",
      keys: ["P-39", "P-37", "P-38", "OP-PUTNAM"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 19, "largestMetastasis": 19, "depthOfInnerEdge": 29,
        "diseaseFreeInterval": 40, "doublingTime": 30,
      ]),
      expected: .operates, irlm: .one),
    MetastasectomyPatient(
      id: "GEEL-1", line: "solitary 14 mm, aged 34, grade 2, interval 31 months",
      source: "van Geel: interval > 2.5 years, age < 40, grade I or II; 5-year survival 38 %",
      keys: ["S1-24", "P-25"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 14, "largestMetastasis": 14, "depthOfInnerEdge": 24, "age": 34, "grade": 2,
        "diseaseFreeInterval": 31, "histology": "myxofibrosarcoma",
      ]),
      expected: .operates, irlm: .two),
    MetastasectomyPatient(
      id: "MIZUNO-1", line: "two new nodules on the side operated on before, interval 40 months",
      source: "Mizuno: redo 49.7 % at 5 years; Li: repeat against none, hazard ratio of death 0.59",
      keys: ["P-33", "P-41", "P-42", "S1-28"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 13, "largestMetastasis": 13, "depthOfInnerEdge": 23,
        "diseaseFreeInterval": 40, "metastasisCount": 2, "lungMetastasisCount": 2, "lesionsInSameLung": 2,
        "priorSurgerySameSide": "yes", "oligometastaticHistory": "yes", "metastasisProof": "new",
      ]),
      expected: .operates, irlm: .two),
    MetastasectomyPatient(
      id: "BILATERAL-1", line: "four nodules, two on each side, doubling 120 days, interval 50 months",
      source: "IRLM validation: number not significant; ESTS: no limit; Casson: ≥ 4 and bilateral poor",
      keys: ["P-28", "P-07", "P-31", "P-34", "W-02"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 12, "largestMetastasis": 12, "depthOfInnerEdge": 22,
        "diseaseFreeInterval": 50, "doublingTime": 120, "metastasisCount": 4, "lungMetastasisCount": 4,
        "lesionsInSameLung": 2, "lungLaterality": "bilateral",
      ]),
      expected: .operates, irlm: .two),
    MetastasectomyPatient(
      id: "THOMFORD-1", line: "solitary 20 mm, ECOG 1, ASA III, FEV1 72 %, DLCO 68 %, INR 1.4",
      source: "Thomford's four criteria; ACCP: both predicted values > 60 % are low risk; ASA I–III usual",
      keys: ["P-01", "P-03", "A-01", "A-03", "A-06", "T-01"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 20, "largestMetastasis": 20, "depthOfInnerEdge": 30,
        "diseaseFreeInterval": 22, "ecog": 1, "asa": 3, "fev1": 72, "dlco": 68, "inr": 1.4,
        "platelets": 105,
      ]),
      expected: .operates, irlm: .two),
    MetastasectomyPatient(
      id: "PUTNAM-1", line: "solitary 24 mm, aged 66, grade 3, pleomorphic primary of 140 mm, 28 months",
      source: "Putnam: no single criterion excludes; poor by van Geel and Chudgar, yet solitary",
      keys: ["OP-PUTNAM", "S1-23", "S1-24", "P-09"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 24, "largestMetastasis": 24, "depthOfInnerEdge": 34, "age": 66, "grade": 3,
        "diseaseFreeInterval": 28, "primaryDiameter": 140, "primarySite": "trunk",
        "histology": "undifferentiatedPleomorphicSarcoma",
      ]),
      expected: .operates, irlm: .two),
    MetastasectomyPatient(
      id: "MYXOID-1", line: "myxoid liposarcoma, solitary 12 mm, MRI of the spine clear",
      source: "Schwab (in Bui 2019): the spine is staged, and nothing is found; Kanzaki's criteria hold",
      keys: ["S1-10", "P-01"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 12, "largestMetastasis": 12, "depthOfInnerEdge": 22,
        "diseaseFreeInterval": 26, "histology": "myxoidLiposarcoma", "spineMRI": "done",
      ]),
      expected: .operates, irlm: .two),
    MetastasectomyPatient(
      id: "OVERVIEW-1", line: "one lung nodule of 13 mm, a bone metastasis treated and controlled",
      source: "Overview: no extrathoracic metastasis that is neither controlled nor controllable",
      keys: ["P-02"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 13, "largestMetastasis": 13, "depthOfInnerEdge": 23, "metastasisCount": 2,
        "extrathoracicDisease": "controlled", "oligometastaticHistory": "yes",
      ]),
      expected: .operates, irlm: .two),
    MetastasectomyPatient(
      id: "ASPS-1", line: "alveolar soft part sarcoma, three bilateral nodules, doubling 400 days",
      source: "Bui 2019: indolent, chemotherapy answers in 0 %; the brain is staged and free",
      keys: ["S1-11", "S1-12", "S1-13", "P-25"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 11, "largestMetastasis": 11, "depthOfInnerEdge": 21, "age": 24,
        "diseaseFreeInterval": 40, "doublingTime": 400, "metastasisCount": 3, "lungMetastasisCount": 3,
        "lesionsInSameLung": 2, "lungLaterality": "bilateral", "histology": "alveolarSoftPartSarcoma",
        "brainMRI": "done",
      ]),
      expected: .operates, irlm: .two),
  ]
}
