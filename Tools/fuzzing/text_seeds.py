# SPDX-License-Identifier: Apache-2.0
"""Small files of text made by hand: lists, patient files, histograms, label names, devices, a matrix."""

import words

SIZES = "longest_diameter_mm,short_axis_mm"
DAYS = "2025-11-02_mm\t2026-01-15_mm\t2026-03-10_mm"

LESIONS_CSV = f"""patient_id,patient_name,lesion_id,site,side,lobe,{SIZES},x_mm,y_mm,z_mm,scan_date,comment
P1,{words.NAME},L1,lung,right,RUL,12.5,8,-60,0,0,2026-03-10,near the pleura
P1,{words.NAME},L2,lung,left,LLL,22,15,60,10,-20,2026-03-10,"two parts, one wall"
P1,{words.NAME},L3,liver,,,31,20,-40,-30,-120,2026-03-10,
"""

DATED_TSV = f"""patient_id\tpatient_name\tlesion_id\tsite\t{DAYS}\tdistance_to_heart_mm\tprior_local_therapy
P1\t{words.NAME}\tL1\tlung\t8\t10\t12.5\t30\tno
P1\t{words.NAME}\tL2\tlung\t20\t21\t22\t\tno
\t\tSum\t\t28\t31\t34.5\t\t
"""

LONG_CSV = f"""subject_id;patient_name;nodule;study;size;volume_cc;depth_from_pleura_mm
P1;{words.NAME};1;A;1.2;0.9;5
P1;{words.NAME};2;A;2.5;8.1;0
P2;{words.NAME};1;B;"1.9";;12
"""

LESIONS_JSON = {
    "patient_id": "P1",
    "patient_name": words.NAME,
    "lesions": [
        {
            "lesion_id": "L1",
            "site": "lung",
            "side": "right",
            "lobe": "RUL",
            "longest_diameter_mm": 12.5,
            "x_mm": -60,
            "y_mm": 0,
            "z_mm": 0,
        },
        {
            "lesion_id": "L2",
            "site": "lung",
            "side": "left",
            "longest_diameter_mm": "22 mm",
            "short_axis_mm": 15,
            "prior_local_therapy": "no",
        },
        {"lesion_id": 3, "site": "liver", "volume_cc": 12.5, "scan_date": "2026-03-10"},
    ],
}

LESIONS_JSON_LIST = [
    {"patient_id": "P1", "patient_name": words.NAME, "lesion_id": "L1", "site": "lung", "longest_diameter_mm": 12.5},
    {"patient_id": "P1", "patient_name": words.NAME, "lesion_id": "L2", "site": "lung", "longest_diameter_mm": 30},
]

PATIENT_YAML = f"""patient_id: P1
name: {words.NAME}
age_years: 52
ecog: 1
histology: leiomyosarcoma
inr: 1.0
platelets_10e9_l: 240
fev1_percent_predicted: 88
disease_free_interval_months: 20
prior_therapies:
- {{kind: sbrt, site: lung, side: right, months_ago: 14}}
earlier_courses:
- {{name: SBRT 2024, fractions: 5, date: 2024-03-01, prescription_gy: 50, isodose_percent: 80, targets: [PTV 1]}}
- {{name: thigh, fractions: 25, months_ago: 14, organ_maxima_gy: {{SpinalCord: 2, Heart: 0.5}}}}
notes:
- "as told by the family"
"""

DVH = f"""Patient Name         : {words.NAME}
Patient ID           : P1
Comment              : DVHs for one plan
Date                 : 2023-01-05
Type                 : Cumulative Dose Volume Histogram
Plan: Plan A
Prescribed dose [Gy]: 50.0
% for dose (%): 100.0

Structure: Heart
Approval Status: Approved
Plan: Plan A
Volume [cm\u00b3]: 500.0
Min Dose [Gy]: 0.1
Max Dose [Gy]: 20.0
Mean Dose [Gy]: 4.0

Dose [Gy]   Relative dose [%] Structure Volume [cm\u00b3]
0  0  500.0
5  10  200.0
10  20  50.0
20  40  0.0

Structure: SpinalCord
Approval Status: Approved
Plan: Plan A
Volume [cm\u00b3]: 40.0

Dose [cGy]   Relative dose [%] Ratio of Total Structure Volume [%]
0  0  100.0
500  10  20.0
1000  20  0.0
"""

DEVICES = """schema: oligoplan.devices/1
devices:
- id: ours
  name: "Our antenna"
  energy: microwave
  basis: exVivo
  tissue: lung
  derating: 0.8
  lengthsMM: [150, 200]
  diameterMM: 2.4
  mark: transcribed
  sources: [our-chart]
  settings:
  - {id: "60 W 5 min", longMM: 35, shortMM: 28, pastTipMM: 6}
  - {id: "100 W 10 min", longMM: 46, shortMM: 38, applicators: 2, spacingMM: 15}
- id: ice
  name: "Our probe"
  energy: cryoablation
  basis: nominal
  tissue: any
  derating: 1
  diameterMM: 1.5
  mark: heuristic
  sources: [our-chart]
  settings:
  - {id: "10-8-10", longMM: 50, shortMM: 35, minus20MM: 25, minus40MM: 15}
"""

MATRIX = """1 0 0 5.0
0 1 0 -2.5
0 0 1 0
0 0 0 1
"""

LABEL_NAMES = {
    "names.json": '{"labels": {"1": "lesion", "2": "liver", "3": "heart"}}\n',
    "names.csv": "label,name\n1,lesion\n2,liver\n3,heart\n",
    "names.txt": (
        "# ITK-SnAP Label Description File\n"
        '    0     0    0    0        0  0  0    "Clear Label"\n'
        '    1   255    0    0        1  1  1    "lesion"\n'
        '    2     0  255    0        1  1  1    "liver"\n'
        '    3     0    0  255        1  1  1    "heart"\n'
    ),
}

SITE_PROTOCOL = """schema: oligoplan.protocol/1
id: fuzz-hospital
version: "1"
title: "Extended"
extends: oligoplan-default
sources:
- {key: SITE-1, citation: "c", statement: "s", mark: heuristic, design: practice, unit: none}
rules:
- forEach: {energy: {radiofrequency: {zone: zone}, microwave: {zone: zone}, cryoablation: {zone: ice}}}
  id: site.{energy}.heart
  sites: [lung]
  modalities: ["{energy}"]
  fact: zoneClearance({energy}:Heart)
  unit: mm
  concern: neighbours
  root: site
  sources: [SITE-1]
  limit: {of: lung.heart}
  bands:
  - {below: "{limit}", grade: caution, desirability: 0.5, text: "The {energy.zone} comes within {limit} mm"}
  - {from: "{limit}", grade: favourable, desirability: 1, text: "far"}
  overrides:
  - {for: {energy: cryoablation}, limit: 3, bands: {1: {desirability: 0.75}}}
patches:
- rule: ablation.platelets
  edge: {was: 50, to: 80}
  sources: [SITE-1]
  bands:
    1: {text: "Platelets below 80", obtain: "Platelets raised to 80"}
    2: {text: "Platelets at least 80"}
- {limit: lung.heart, distanceMM: {was: 5, to: 8}, sources: [SITE-1]}
- entry: [radiotherapy, limits, {set: UK22, organ: heart, endpoint: D0.1cc, level: mandatory}]
  gy: {8: {was: 46, to: 40}}
  mark: heuristic
  sources: [SITE-1]
"""
