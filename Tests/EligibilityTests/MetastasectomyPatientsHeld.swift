// SPDX-License-Identifier: Apache-2.0
internal import Resection

extension MetastasectomyPatient {
  /// Patients on whom the board decides, or for whom a condition stands.
  static let decided: [MetastasectomyPatient] = [
    MetastasectomyPatient(
      id: "INTERVAL-1", line: "solitary 15 mm, interval 8 months, doubling 120 days under observation",
      source: "Roth: ≤ 12 months 10 months; Kanzaki: short interval, observe (done here), then the board",
      keys: ["P-01", "P-35", "P-22", "P-36"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "largestMetastasis": 15, "depthOfInnerEdge": 25,
        "diseaseFreeInterval": 8, "doublingTime": 120,
      ]),
      expected: .boardDecides, irlm: .two),
    MetastasectomyPatient(
      id: "SYNCHRONOUS-1", line: "synchronous, two nodules on one side, primary resected, doubling 110 days",
      source: "interval 0 is the shortest (IRLM 0–11 months 33 %); slow, so the board and not a bar",
      keys: ["P-01", "P-22", "P-26", "O-03"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 12, "largestMetastasis": 12, "depthOfInnerEdge": 22,
        "diseaseFreeInterval": 0, "progressing": "no", "doublingTime": 110, "metastasisCount": 2,
        "lungMetastasisCount": 2,
        "lesionsInSameLung": 2,
      ]),
      expected: .boardDecides, irlm: .three),
    MetastasectomyPatient(
      id: "MANY-1", line: "six nodules, three on each side, all resectable, interval 40 months",
      source: "Roth: > 4 nodules 6 months; IRLM validation and ESTS: no maximum; a question for the board",
      keys: ["P-30", "P-23", "P-28", "P-07"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 13, "largestMetastasis": 13, "depthOfInnerEdge": 23,
        "diseaseFreeInterval": 40, "doublingTime": 100, "metastasisCount": 6, "lungMetastasisCount": 6,
        "lesionsInSameLung": 3, "lungLaterality": "bilateral",
      ]),
      expected: .boardDecides, irlm: .two),
    MetastasectomyPatient(
      id: "NTUH-2", line: "solitary 14 mm and a local recurrence that can be resected",
      source: "NTUH: local recurrence at metastasectomy is worse; overview: a controllable primary will do",
      keys: ["P-36", "P-02", "P-01"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 14, "largestMetastasis": 14, "depthOfInnerEdge": 24,
        "primaryControl": "controllable",
      ]),
      expected: .boardDecides, irlm: .two),
    MetastasectomyPatient(
      id: "OVERVIEW-2", line: "solitary 16 mm and an adrenal metastasis that can be treated",
      source: "Kanzaki: none outside the lung; overview: controllable will do, if it is treated too",
      keys: ["P-01", "P-02"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 16, "largestMetastasis": 16, "depthOfInnerEdge": 26, "metastasisCount": 2,
        "extrathoracicDisease": "controllable",
      ]),
      expected: .boardDecides, irlm: .two),
    MetastasectomyPatient(
      id: "ACCP-1", line: "solitary 17 mm at 10 mm depth, FEV1 38 %, DLCO 36 %, ASA III",
      source: "ACCP: 30–60 % asks for a stair or shuttle test; one wedge costs little, so it is no bar",
      keys: ["T-02", "T-03", "W-03"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 17, "largestMetastasis": 17, "depthOfInnerEdge": 27, "ecog": 1, "asa": 3,
        "fev1": 38, "dlco": 36,
      ]),
      expected: .boardDecides, irlm: .two),
    MetastasectomyPatient(
      id: "ECOG-2", line: "solitary 15 mm, ECOG 2",
      source: "ECOG 0–1 usual for metastasectomy, 2 by the board", keys: ["A-01", "P-01"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "largestMetastasis": 15, "depthOfInnerEdge": 25, "ecog": 2,
      ]),
      expected: .boardDecides, irlm: .two),
    MetastasectomyPatient(
      id: "BONE-1", line: "osteosarcoma, aged 19, two nodules on one side, interval 20 months",
      source: "not the soft-tissue series' disease; resected 39.6 months, chemotherapy 20.0",
      keys: ["P-11", "OP-BONE"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 13, "largestMetastasis": 13, "depthOfInnerEdge": 23, "age": 19, "grade": 3,
        "diseaseFreeInterval": 20, "metastasisCount": 2, "lungMetastasisCount": 2, "lesionsInSameLung": 2,
        "histology": "osteosarcoma",
      ]),
      expected: .boardDecides, irlm: .three),
    MetastasectomyPatient(
      id: "CENTRAL-1", line: "solitary 30 mm, 5 mm from a main bronchus, interval 48 months",
      source: "lung-sparing resection preferred; pneumonectomy for metastases only exceptionally",
      keys: ["P-06", "G-27", "G-23"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 30, "largestMetastasis": 30, "depthFromPleura": 38, "depthOfInnerEdge": 68,
        "diseaseFreeInterval": 48, "clearance(BronchialTree)": 5, "clearance(Bronchus)": 0,
        "clearance(PulmonaryVessel)": 0, "clearance(GreatVessels)": 8, "clearance(Heart)": 20,
        "clearance(ChestWall)": 45,
      ]),
      expected: .boardDecides, irlm: .one),
    MetastasectomyPatient(
      id: "NODES-1", line: "solitary 18 mm, mediastinal node positive",
      source: "ESTS: positive nodes contraindicate for 65 %; a negative factor, no agreed bar",
      keys: ["P-04", "P-02"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 18, "largestMetastasis": 18, "depthOfInnerEdge": 28,
        "mediastinalNodes": "positive",
      ]),
      expected: .boardDecides, irlm: .two),
  ]

  /// Patients who are not operated on now.
  static let held: [MetastasectomyPatient] = [
    MetastasectomyPatient(
      id: "ECOG-3", line: "solitary 15 mm, ECOG 3 after amputation",
      source: "good general condition is a criterion; Thoracoscore: performance status ≥ 3 raises death",
      keys: ["A-01", "K-03", "OP-PUTNAM"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "largestMetastasis": 15, "depthOfInnerEdge": 25, "ecog": 3,
      ]),
      expected: .holds, irlm: .two),
    MetastasectomyPatient(
      id: "INOPERABLE-1", line: "solitary 15 mm, ASA IV, no general anaesthesia, FEV1 34 %, DLCO 31 %",
      source:
        "Thomford: fit for resection; the review: candidacy for anaesthesia; none is possible here",
      keys: ["P-03", "P-01", "A-03", "T-02"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "largestMetastasis": 15, "depthOfInnerEdge": 25, "ecog": 2, "asa": 4,
        "generalAnaesthesia": "impossible", "fev1": 34, "dlco": 31, "lifeExpectancy": 18,
      ]),
      expected: .holds, irlm: .two),
    MetastasectomyPatient(
      id: "ROTH-3", line: "six bilateral nodules 5 months after the primary, doubling in 17 days",
      source: "Roth: > 4 nodules 6 months, ≤ 12 months 10 months, < 20 days 6 months",
      keys: ["P-30", "P-35", "P-37", "P-01"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 16, "largestMetastasis": 16, "depthOfInnerEdge": 26, "grade": 3,
        "diseaseFreeInterval": 5, "progressing": "no", "doublingTime": 17, "metastasisCount": 6,
        "lungMetastasisCount": 6,
        "lesionsInSameLung": 3, "lungLaterality": "bilateral",
      ]),
      expected: .holds, irlm: .three),
    MetastasectomyPatient(
      id: "CASSON-2", line: "five bilateral nodules, doubling in 25 days, interval 14 months",
      source: "Casson: ≥ 4 14 months, bilateral 15, < 40 days 15; Kanzaki: several poor factors, observe",
      keys: ["P-01", "P-31", "P-34", "P-38"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 14, "largestMetastasis": 14, "depthOfInnerEdge": 24, "grade": 3,
        "diseaseFreeInterval": 14, "doublingTime": 25, "metastasisCount": 5, "lungMetastasisCount": 5,
        "lesionsInSameLung": 3, "lungLaterality": "bilateral", "histology": "synovialSarcoma",
      ]),
      expected: .holds, irlm: .three),
    MetastasectomyPatient(
      id: "SYNCHRONOUS-2", line: "synchronous, two nodules on one side, doubling in 24 days",
      source: "interval 0 and < 40 days: several poor factors, observe before deciding",
      keys: ["P-01", "P-22", "P-35", "P-38"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 13, "largestMetastasis": 13, "depthOfInnerEdge": 23, "grade": 3,
        "diseaseFreeInterval": 0, "progressing": "no", "doublingTime": 24, "metastasisCount": 2,
        "lungMetastasisCount": 2,
        "lesionsInSameLung": 2,
      ]),
      expected: .holds, irlm: .three),
    MetastasectomyPatient(
      id: "NAKAMURA-2", line: "three nodules on one side, doubling in 14 days, interval 24 months",
      source: "Roth: < 20 days 6 months; Nakamura: doubling time independent; Bui: rapidity selects",
      keys: ["P-37", "P-39", "S1-26"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "largestMetastasis": 15, "depthOfInnerEdge": 25,
        "diseaseFreeInterval": 24, "doublingTime": 14, "metastasisCount": 3, "lungMetastasisCount": 3,
        "lesionsInSameLung": 3,
      ]),
      expected: .holds, irlm: .three),
    MetastasectomyPatient(
      id: "ESTS-1", line: "solitary 12 mm, unresectable local recurrence of the primary",
      source: "ESTS: unresectable primary an absolute contraindication for 92 %",
      keys: ["P-04", "P-03", "P-01", "P-02"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 12, "largestMetastasis": 12, "depthOfInnerEdge": 22,
        "primaryControl": "uncontrolled",
      ]),
      expected: .holds, irlm: .two),
    MetastasectomyPatient(
      id: "OVERVIEW-3", line: "solitary 14 mm, peritoneal metastases that cannot be controlled",
      source: "Thomford: none outside the thorax; overview: not even if neither controlled nor controllable",
      keys: ["P-03", "P-02", "P-01"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 14, "largestMetastasis": 30, "depthOfInnerEdge": 24, "metastasisCount": 9,
        "extrathoracicDisease": "uncontrolled", "primarySite": "retroperitoneum",
      ]),
      expected: .holds, irlm: .two),
    MetastasectomyPatient(
      id: "EFFUSION-1", line: "three nodules on one side and a malignant effusion, interval 15 months",
      source: "incomplete resection predicted: absolute contraindication for 74 %; IRLM incomplete 15 months",
      keys: ["P-04", "P-21", "P-27"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "largestMetastasis": 15, "depthOfInnerEdge": 25,
        "diseaseFreeInterval": 15, "metastasisCount": 3, "lungMetastasisCount": 3, "lesionsInSameLung": 3,
        "malignantEffusion": "present",
      ]),
      expected: .holds, irlm: .four, isResectable: false),
    MetastasectomyPatient(
      id: "IRLM-3", line: "25 nodules about both hila, doubling in 25 days, interval 9 months",
      source: "IRLM group IV 14 months, incomplete resection 7 % at 10 years; short and fast besides",
      keys: ["P-04", "P-21", "P-27", "P-35", "P-38"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 16, "largestMetastasis": 22, "depthFromPleura": 40, "depthOfInnerEdge": 56,
        "diseaseFreeInterval": 9, "doublingTime": 25, "metastasisCount": 25, "lungMetastasisCount": 25,
        "lesionsInSameLung": 13, "lungLaterality": "bilateral", "clearance(BronchialTree)": 0,
        "clearance(Bronchus)": 0, "clearance(PulmonaryVessel)": 0, "clearance(GreatVessels)": 0,
        "clearance(ChestWall)": 45,
      ]),
      expected: .holds, irlm: .four, isResectable: false),
    MetastasectomyPatient(
      id: "ECOG-4", line: "solitary 15 mm, bed-bound",
      source: "Kanzaki: good general condition; Thoracoscore: performance status raises in-hospital death",
      keys: ["P-01", "P-03", "A-01", "K-03"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "largestMetastasis": 15, "depthOfInnerEdge": 25, "ecog": 4,
      ]),
      expected: .holds, irlm: .two),
    MetastasectomyPatient(
      id: "GIST-1", line: "GIST, solitary lung metastasis of 15 mm, no drug yet",
      source: "the indication rests on histology; metastatic GIST is treated with imatinib first (recalled)",
      keys: ["OP-GIST", "P-09"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "largestMetastasis": 15, "depthOfInnerEdge": 25,
        "histology": "gastrointestinalStromalTumour", "primarySite": "viscera",
      ]),
      expected: .holds, irlm: .two),
    MetastasectomyPatient(
      id: "FLEISCHNER-1", line: "one 6 mm nodule seen for the first time, neither biopsied nor grown",
      source: "reader limits ± 1.73 mm, < 2 mm is error: growth on a further CT decides",
      keys: ["O-15", "U-01", "P-01"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 6, "largestMetastasis": 6, "depthOfInnerEdge": 16,
        "metastasisProof": "indeterminate",
      ]),
      expected: .holds, irlm: nil),
    MetastasectomyPatient(
      id: "MYXOID-2", line: "myxoid liposarcoma, solitary 12 mm, no MRI of the spine",
      source: "Schwab (in Bui 2019): skeletal metastasis near 50 %, MRI of the full spine first",
      keys: ["S1-10"],
      told: .peripheralLung.but([
        "longestAxialDiameter": 12, "largestMetastasis": 12, "depthOfInnerEdge": 22,
        "diseaseFreeInterval": 26, "histology": "myxoidLiposarcoma", "spineMRI": "notDone",
      ]),
      expected: .holds, irlm: .two),
  ]
}
