// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Vocabulary

extension TrialPatient {
  /// Lung lesions that a board would treat.
  static let treatedInTheLung: [TrialPatient] = [
    TrialPatient(
      id: "FIN-1", line: "one of two sarcoma metastases, 8 mm, 10 mm below the pleura",
      source: "Fintelmann: 2-year control ≤ 1 cm 95 % (microwave), 98 % (cryo); modality not significant",
      keys: ["M-08"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 8, "largestMetastasis": 11, "metastasisCount": 2, "lungMetastasisCount": 2,
      ]),
      verdicts: [
        .cryoablation: [.eligible], .microwave: [.eligible], .radiofrequency: [.eligible],
        .sbrt: [.eligible], .metastasectomy: [.eligible],
      ],
      first: [.cryoablation, .microwave, .radiofrequency]),
    TrialPatient(
      id: "FIN-2", line: "10 mm, central, 7 mm from the proximal bronchi and 4 mm from a vessel > 3 mm",
      source: "Fintelmann (25 % not peripheral, location not significant), SOLSTICE > 5 mm, HILUS ≤ 1 cm",
      keys: ["M-08", "AB-size.solstice", "RT-hilus", "AB-contra", "AB-margin.lung"],
      board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 10, "depthFromPleura": 38, "clearance(BronchialTree)": 7,
        "clearance(Bronchus)": 4, "clearance(PulmonaryVessel)": 4, "clearance(GreatVessels)": 14,
        "clearance(Heart)": 25, "clearance(ChestWall)": 40,
      ]),
      verdicts: [
        .cryoablation: [.eligible], .microwave: [.eligible, .conditional],
        .radiofrequency: [.conditional], .sbrt: [.conditional],
        .metastasectomy: [.eligible, .conditional],
      ],
      first: [.cryoablation, .microwave], order: [(.cryoablation, .radiofrequency)]),
    TrialPatient(
      id: "SOL-1", line: "18 mm, ECOG 2, platelets 80, INR 1.3, refuses an operation",
      source: "SOLSTICE entry: ≤ 3.5 cm, KPS ≥ 60, platelets > 50, INR < 1.5, > 3 months to live",
      keys: ["AB-size.solstice", "M-09"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 18, "ecog": 2, "platelets": 80, "inr": 1.3, "lifeExpectancy": 12,
        "consent": "refusesSurgery",
      ]),
      verdicts: [
        .cryoablation: [.eligible], .sbrt: [.eligible], .metastasectomy: [.conditional, .ineligible],
      ],
      first: [.cryoablation, .radiofrequency, .microwave, .sbrt]),
    TrialPatient(
      id: "SOL-2", line: "16 mm at the apex, 3 mm from the brachial plexus, 4 mm from the chest wall",
      source: "SOLSTICE: > 5 mm from critical organs, if need be displaced; plexus 3 of 1000",
      keys: ["AB-size.solstice", "AB-kashima", "AB-plexus", "RT-uk22"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 16, "depthFromPleura": 4, "clearance(BrachialPlexus)": 3,
        "clearance(ChestWall)": 4,
      ]),
      verdicts: [
        .cryoablation: [.conditional], .radiofrequency: [.conditional], .microwave: [.conditional],
        .sbrt: [.conditional], .metastasectomy: [.eligible],
      ],
      first: [.metastasectomy]),
    TrialPatient(
      id: "ECL-1", line: "five metastases in both lungs, three on this side, 14 mm",
      source: "ECLIPSE: 1–5 metastases ≤ 3.5 cm, 20 % bilateral, 3-year control 87.9 %",
      keys: ["M-10"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 14, "metastasisCount": 5, "lungMetastasisCount": 5,
        "lesionsInSameLung": 3, "lungLaterality": "bilateral", "diseaseFreeInterval": 26,
      ]),
      verdicts: [
        .cryoablation: [.eligible], .microwave: [.eligible], .radiofrequency: [.eligible],
        .sbrt: [.eligible],
      ]),
    TrialPatient(
      id: "PAL-1", line: "12 mm, one of four bilateral metastases, this lung ablated once before",
      source: "Palussière: sarcoma, ≤ 5 lung metastases; de Baère: retreated safely up to four times",
      keys: ["AB-sarc.count", "AB-debaere"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 12, "histology": "synovialSarcoma", "metastasisCount": 4,
        "lungMetastasisCount": 4, "lesionsInSameLung": 2, "lungLaterality": "bilateral",
        "diseaseFreeInterval": 40, "priorAblationSameSide": "yes",
      ]),
      verdicts: [
        .radiofrequency: [.eligible], .cryoablation: [.eligible], .sbrt: [.eligible],
      ],
      order: [(.radiofrequency, .microwave)]),
    TrialPatient(
      id: "OKA-1", line: "14 mm, moving 16 mm, 4 mm from the diaphragm, 7 mm from the phrenic nerve",
      source: "Okayama: feasible 29/29, efficacy 96.2 %, phrenic injury 3/26; Matsui: < 10 mm",
      keys: ["AB-diaphragm", "AB-phrenic.rfa", "AB-inoue", "RT-gate"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 14, "lungZone": "lower", "respiratoryMotion": 16,
        "clearance(Diaphragm)": 4, "clearance(PhrenicNerve)": 7, "clearance(Heart)": 25,
        "clearance(Stomach)": 30, "clearance(BrachialPlexus)": 200,
      ]),
      verdicts: [
        // Artificial pneumothorax is named near the diaphragm: a manoeuvre, no bar.
        .radiofrequency: [.eligible, .conditional], .cryoablation: [.eligible], .sbrt: [.conditional],
        .metastasectomy: [.eligible],
      ],
      order: [(.cryoablation, .radiofrequency), (.cryoablation, .sbrt)]),
    TrialPatient(
      id: "SAF-1", line: "three metastases, this one 42 mm and away from the central airways",
      source: "SAFRON II: 1–3 lung metastases ≤ 5 cm, not central; Gillams: 7 of 7 > 3.5 cm recurred",
      keys: ["RT-safron", "AB-gillams", "M-10", "P-06"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 42, "ecog": 1, "metastasisCount": 3, "lungMetastasisCount": 3,
        "lesionsInSameLung": 2, "lungLaterality": "bilateral",
      ]),
      verdicts: [
        .sbrt: [.eligible], .metastasectomy: [.eligible], .radiofrequency: [.ineligible],
        .microwave: [.ineligible], .cryoablation: [.ineligible],
      ],
      first: [.sbrt, .metastasectomy]),
    TrialPatient(
      id: "COM-1", line: "24 mm touching the chest wall, two more in the lungs, two adrenal ones treated too",
      source: "SABR-COMET: 1–5 metastases at any site, primary controlled; 55 Gy / 5 beside the chest wall",
      keys: ["RT-comet", "O-02", "AB-cryo.prefer", "AB-zheng"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 24, "ecog": 1, "metastasisCount": 5, "lungMetastasisCount": 3,
        "lungLaterality": "bilateral", "extrathoracicDisease": "controllable", "depthFromPleura": 0,
        "clearance(ChestWall)": 0, "clearance(Skin)": 30,
      ]),
      verdicts: [.sbrt: [.eligible], .metastasectomy: [.eligible]],
      order: [
        (.cryoablation, .radiofrequency), (.cryoablation, .microwave), (.sbrt, .radiofrequency),
      ]),
    TrialPatient(
      id: "S5-1", line: "20 mm, one of two, ECOG 2, eight months to live apart from this",
      source: "SABR-5: ≤ 5 metastases, ECOG 0–2, life expectancy ≥ 6 months",
      keys: ["P-45", "M-18"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 20, "ecog": 2, "lifeExpectancy": 8, "metastasisCount": 2,
        "lungMetastasisCount": 2, "lesionsInSameLung": 2,
      ]),
      verdicts: [.sbrt: [.eligible], .metastasectomy: [.eligible, .conditional]],
      first: [.sbrt], order: [(.sbrt, .metastasectomy)]),
    TrialPatient(
      id: "BR1-1", line: "26 mm, 13 mm from the bronchi, 9 mm from a great vessel, touching a lung vessel",
      source: "NRG-BR001: 50 Gy / 5 central, no dose-limiting toxicity in 35; Gillams on vessels",
      keys: ["RT-br001", "RT-iaslc", "AB-gillams", "AB-contra"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 26, "ecog": 1, "metastasisCount": 3, "lungMetastasisCount": 3,
        "depthFromPleura": 26, "clearance(BronchialTree)": 13, "clearance(GreatVessels)": 9,
        "clearance(Heart)": 22, "clearance(PulmonaryVessel)": 0, "clearance(Bronchus)": 3,
        "clearance(ChestWall)": 28,
      ]),
      verdicts: [.sbrt: [.eligible], .metastasectomy: [.eligible, .conditional]],
      first: [.sbrt, .metastasectomy],
      order: [(.sbrt, .radiofrequency), (.microwave, .radiofrequency), (.cryoablation, .radiofrequency)]),
    TrialPatient(
      id: "NAV-1", line: "27 mm, one of four, ASA IV, general anaesthesia impossible",
      source: "Navarria: sarcoma unfit for surgery, ≤ 4 lung metastases, 5-year control 96 %, no grade 3–4",
      keys: ["S1-31", "A-03", "AB-anaes"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 27, "ecog": 1, "asa": 4, "generalAnaesthesia": "impossible",
        "metastasisCount": 4, "lungMetastasisCount": 4, "lesionsInSameLung": 2,
        "lungLaterality": "bilateral",
      ]),
      verdicts: [.sbrt: [.eligible], .metastasectomy: [.conditional, .ineligible]],
      first: [.sbrt]),
    TrialPatient(
      id: "CHU-1", line: "solitary 22 mm metastasis of a leiomyosarcoma, 48 months after a primary of 80 mm",
      source: "Chudgar: leiomyosarcoma, solitary, long interval, primary ≤ 10 cm; IRLM group I",
      keys: ["C-1", "S1-23", "P-22", "P-23"], board: .treats, site: .lung,
      told: .peripheralLung.but(["longestAxialDiameter": 22, "diseaseFreeInterval": 48]),
      verdicts: [.metastasectomy: [.eligible], .sbrt: [.eligible]],
      first: [.metastasectomy, .sbrt]),
    TrialPatient(
      id: "IRL-1", line: "six metastases in both lungs, all resectable, 40 months after the primary, 15 mm",
      source: "IRLM: completeness counts, number not confirmed; Putnam: no single criterion excludes",
      keys: ["P-22", "P-23", "OP-PUTNAM", "P-07"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 15, "metastasisCount": 6, "lungMetastasisCount": 6,
        "lesionsInSameLung": 3, "lungLaterality": "bilateral", "diseaseFreeInterval": 40,
      ]),
      verdicts: [.metastasectomy: [.eligible], .sbrt: [.eligible, .conditional]]),
    TrialPatient(
      id: "Z40-1", line: "17 mm, FEV1 38 % and DLCO 36 % of predicted, ASA III",
      source: "ACCP 2013: below 60 % tests decide; Z4032 / Z4033: ≤ 50 % is high risk; no floor for SBRT",
      keys: ["T-02", "AB-lungfx", "RT-hunter"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 17, "ecog": 1, "asa": 3, "fev1": 38, "dlco": 36,
      ]),
      verdicts: [
        .metastasectomy: [.conditional], .sbrt: [.eligible], .cryoablation: [.eligible],
        .radiofrequency: [.eligible],
      ],
      first: [.sbrt]),
    TrialPatient(
      id: "MIZ-1", line: "two new metastases on the side operated on before, 19 mm",
      source: "Mizuno: 1–2 nodules favourable, redo 5-year survival 49.7 %; repeat HR of death 0.59",
      keys: ["P-33", "P-41"], board: .treats, site: .lung,
      told: .peripheralLung.but([
        "longestAxialDiameter": 19, "metastasisCount": 2, "lungMetastasisCount": 2, "lesionsInSameLung": 2,
        "priorSurgerySameSide": "yes", "oligometastaticHistory": "yes", "metastasisProof": "new",
      ]),
      verdicts: [.metastasectomy: [.eligible], .sbrt: [.eligible]]),
  ]

  /// Liver lesions that a board would treat.
  static let treatedInTheLiver: [TrialPatient] = [
    TrialPatient(
      id: "COL-1", line: "one of two liver metastases, 24 mm, 3 mm from a hepatic vein",
      source: "COLLISION: ≤ 3 cm, ≤ 10, ECOG 0–2, liver only, HR 1.04; Shady: vessels hurt RFA only",
      keys: ["AB-collision", "H-10", "AB-shady", "H-17"], board: .treats, site: .liver,
      told: .liver.but([
        "longestAxialDiameter": 24, "ecog": 1, "metastasisCount": 2, "liverMetastasisCount": 2,
        "clearance(HepaticVessel)": 3,
      ]),
      verdicts: [
        .microwave: [.eligible], .radiofrequency: [.eligible, .conditional],
        .hepaticResection: [.eligible],
      ],
      first: [.microwave, .radiofrequency, .hepaticResection],
      order: [
        (.microwave, .radiofrequency), (.microwave, .chemoembolization), (.microwave, .radioembolization),
        (.hepaticResection, .chemoembolization),
      ]),
    TrialPatient(
      id: "TIR-1", line: "one liver metastasis of 62 mm, 40 months after the primary, remnant 42 %",
      source: "Tirotta: resected sarcoma liver metastases, 31 % at 5 years, best below 100 mm and liver only",
      keys: ["H-06", "H-08", "RT-liver"], board: .treats, site: .liver,
      told: .liver.but([
        "longestAxialDiameter": 62, "diseaseFreeInterval": 40, "futureLiverRemnant": 42,
        "liverInvolvement": 9, "clearance(HepaticVessel)": 2,
      ]),
      verdicts: [
        .hepaticResection: [.eligible], .microwave: [.conditional, .ineligible],
        .radiofrequency: [.conditional, .ineligible], .sbrt: [.eligible, .conditional],
      ],
      first: [.hepaticResection]),
  ]
}
