// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Vocabulary

extension TrialPatient {
  /// Patients whom a board would treat only when a plan, a manoeuvre or a question is settled.
  static let treatedConditionally: [TrialPatient] = [
    TrialPatient(
      id: "HIL-1", line: "38 mm, 4 mm from a main bronchus and 6 mm from the great vessels",
      source: "HILUS: ≤ 1 cm from main bronchi, 10 of 65 died of treatment; pneumonectomy only exceptionally",
      keys: ["RT-hilus", "RT-hilus2", "AB-gillams", "G-27"], board: .conditionally, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 38, "depthFromPleura": 34, "clearance(BronchialTree)": 4,
        "clearance(GreatVessels)": 6, "clearance(Heart)": 14, "clearance(Oesophagus)": 16,
        "clearance(Bronchus)": 0, "clearance(PulmonaryVessel)": 0, "clearance(ChestWall)": 45,
      ]),
      verdicts: [
        .sbrt: [.conditional], .metastasectomy: [.conditional], .radiofrequency: [.ineligible],
        .microwave: [.ineligible], .cryoablation: [.ineligible],
      ]),
    TrialPatient(
      id: "IGU-1", line: "16 mm in contact with the heart",
      source: "Iguchi: RFA controls 8.6 % in contact with heart or aorta, 69.3 % at 1–9 mm; SOLSTICE: > 5 mm",
      keys: ["AB-iguchi", "AB-size.solstice", "AB-mediastinum", "RT-uk22"], board: .conditionally,
      site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 16, "clearance(Heart)": 0, "clearance(GreatVessels)": 22,
        "clearance(BronchialTree)": 30, "clearance(PhrenicNerve)": 6, "clearance(ChestWall)": 30,
      ]),
      verdicts: [
        .radiofrequency: [.conditional, .ineligible], .microwave: [.conditional],
        .cryoablation: [.conditional], .sbrt: [.conditional],
        .metastasectomy: [.eligible, .conditional],
      ],
      order: [(.cryoablation, .radiofrequency)]),
    TrialPatient(
      id: "KAS-1", line: "13 mm in a lung with interstitial lung disease, no honeycombing",
      source: "Kashima: 3 of 4 deaths in 1000 sessions interstitial pneumonia; SBRT: > 5 % fatal",
      keys: ["AB-kashima", "RT-ild", "RT-safron", "OP-ILD-META"], board: .conditionally, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 13, "interstitialLungDisease": "present", "dlco": 62,
      ]),
      verdicts: [
        .radiofrequency: [.conditional, .ineligible], .sbrt: [.conditional, .ineligible],
        .cryoablation: [.eligible, .conditional], .metastasectomy: [.eligible, .conditional],
      ]),
    TrialPatient(
      id: "COL-2", line: "22 mm in a cirrhotic liver, Child-Pugh C, ascites, portal hypertension",
      source: "COLLISION excluded ascites and portal hypertension; Child-Pugh C bars TACE and TARE",
      keys: ["AB-collision", "H-13", "H-14", "H-15", "RT-liver"], board: .conditionally, site: .liver,
      told: .liver.but([
        "longestAxialDiameter": 22, "ecog": 2, "childPugh": "C", "ascites": "present",
        "portalHypertension": "present", "portalFlow": "reduced", "liverParenchyma": "fibrosisOrCirrhosis",
        "bilirubin": 2.6, "albumin": 2.4, "inr": 1.7, "platelets": 62, "futureLiverRemnant": 88,
      ]),
      neverEligible: [
        .radiofrequency, .microwave, .cryoablation, .hepaticResection, .sbrt, .chemoembolization,
        .radioembolization,
      ]),
  ]

  /// Patients whom a board would not treat locally now.
  static let held: [TrialPatient] = [
    TrialPatient(
      id: "ROT-1", line: "six bilateral metastases 5 months after the primary, doubling in 15 days",
      source: "Roth: > 4 nodules 6 months, interval ≤ 12 months 10 months, doubling < 20 days 6 months",
      keys: ["P-30", "P-35", "P-37", "P-01"], board: .holds, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 17, "metastasisCount": 6, "lungMetastasisCount": 6, "lesionsInSameLung": 3,
        "lungLaterality": "bilateral", "diseaseFreeInterval": 5, "doublingTime": 15, "grade": 3,
      ]),
      advice: [.observe, .systemicFirst, .boardOnly]),
    TrialPatient(
      id: "CAS-1", line: "four bilateral metastases 8 months after the primary, doubling in 30 days",
      source: "Casson: ≥ 4 nodules 14 months, bilateral 15, < 40 days 15; Kanzaki: observe first",
      keys: ["P-31", "P-34", "P-38", "P-01"], board: .holds, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 16, "metastasisCount": 4, "lungMetastasisCount": 4, "lesionsInSameLung": 2,
        "lungLaterality": "bilateral", "diseaseFreeInterval": 8, "doublingTime": 30, "grade": 3,
        "histology": "undifferentiatedPleomorphicSarcoma",
      ]),
      advice: [.observe, .systemicFirst, .boardOnly]),
    TrialPatient(
      id: "EST-1", line: "12 mm metastasis, primary uncontrolled",
      source: "ESTS survey: unresectable primary an absolute contraindication for 92 %",
      keys: ["P-04", "P-01", "P-02"], board: .holds, site: .lung,
      told: .peripheralLung.but(["longestAxialDiameter": 12, "primaryControl": "uncontrolled"]),
      advice: [.systemicFirst, .boardOnly]),
    TrialPatient(
      id: "MLS-1", line: "myxoid liposarcoma, 14 mm lung metastasis, no MRI of the spine yet",
      source: "Schwab (in Bui 2019): skeletal metastasis near 50 %, MRI of the full spine at diagnosis",
      keys: ["S1-10"], board: .holds, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 14, "histology": "myxoidLiposarcoma", "spineMRI": "notDone",
      ]),
      advice: [.stageFirst]),
    TrialPatient(
      id: "ASP-1", line: "alveolar soft part sarcoma, 9 mm, new headache, no MRI of the brain",
      source: "Bui 2019: penchant for the brain, high suspicion for any new neurological symptom",
      keys: ["S1-11", "S1-12"], board: .holds, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 9, "largestMetastasis": 9, "histology": "alveolarSoftPartSarcoma",
        "age": 22, "brainMRI": "notDone", "neurologicalSymptoms": "present",
      ]),
      advice: [.stageFirst]),
    TrialPatient(
      id: "GIS-1", line: "GIST, 28 mm liver metastasis, no drug yet",
      source: "ESMO: metastatic GIST is treated with imatinib first (recalled)",
      keys: ["OP-GIST"], board: .holds, site: .liver,
      told: .liver.but([
        "longestAxialDiameter": 28, "histology": "gastrointestinalStromalTumour", "primarySite": "viscera",
      ]),
      advice: [.systemicFirst]),
    TrialPatient(
      id: "TIR-2", line: "110 mm in the liver 4 months after the primary, uncontrolled peritoneal disease",
      source: "Tirotta: extrahepatic disease HR 3.7 and 9.1, ≥ 100 mm, short interval: unlikely to benefit",
      keys: ["H-06", "P-02"], board: .holds, site: .liver,
      told: .liver.but([
        "longestAxialDiameter": 110, "diseaseFreeInterval": 4, "extrahepaticDisease": "uncontrolled",
        "metastasisCount": 5, "liverInvolvement": 35, "futureLiverRemnant": 34,
        "primarySite": "retroperitoneum",
      ]),
      neverEligible: [.hepaticResection, .radiofrequency, .microwave, .cryoablation],
      advice: [.systemicFirst, .boardOnly]),
    TrialPatient(
      id: "FLE-1", line: "one 7 mm nodule seen for the first time, neither biopsied nor grown",
      source: "first-seen nodule < 10 mm is rescanned in about 8 weeks; Fleischner; reader limits ± 1.73 mm",
      keys: ["OP-RESCAN", "O-15", "U-01"], board: .holds, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 7, "largestMetastasis": 7, "metastasisProof": "indeterminate",
      ]),
      advice: [.observe]),
  ]
}
