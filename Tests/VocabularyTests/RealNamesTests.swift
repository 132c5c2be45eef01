// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

/// Names of real structure sets: suffixes of scans and plans, abbreviations, and bodies that are another
/// structure.
@Suite("Names of real structure sets")
struct RealNamesTests {
  @Test(
    "what says scan, plan, phase or copy leaves the structure what it is",
    arguments: [
      ("Stomach_duo_planCT", "Stomach_Duodenum", StructureRole.stomach),
      ("Bowel_sm_planCT", "Bowel_Small", .bowel),
      ("Carina_c40", "BronchTree", .bronchialTree), ("Heart_planCT", "Heart", .heart),
      ("Heart_CT1", "Heart", .heart),
      ("Heart_CT01", "Heart", .heart), ("Heart_c00", "Heart", .heart), ("Heart_p50", "Heart", .heart),
      ("Heart_50%", "Heart", .heart), ("Heart 0%", "Heart", .heart), ("Heart_ph50", "Heart", .heart),
      ("Heart_T0", "Heart", .heart), ("Heart_T00", "Heart", .heart), ("Heart_MIP", "Heart", .heart),
      ("Heart AVG", "Heart", .heart), ("Heart_AIP", "Heart", .heart), ("Lung_L_4DCT", "Lung_L", .lung),
      ("Lung_R_exp", "Lung_R", .lung), ("Lung_R_insp", "Lung_R", .lung),
      ("Heart_2024-01-31", "Heart", .heart),
      ("Heart_20240131", "Heart", .heart), ("Heart 31.01.2024", "Heart", .heart),
      ("Heart_new", "Heart", .heart),
      ("Heart_copy", "Heart", .heart), ("Poumon_D_CT2", "Lung_R", .lung), ("Leber_planCT", "Liver", .liver),
      ("Esophagus_c50", "Esophagus", .oesophagus), ("LSD_planCT", "Lung_RUL", .lobe),
      ("Rib 7 L CT", "Rib07_L", .rib),
    ])
  func qualifiers(source: String, tg263: String, role: StructureRole) {
    let name = StructureName(recognizing: source)
    #expect(name.tg263 == tg263)
    #expect(name.role == role)
  }

  @Test(
    "abbreviations",
    arguments: [
      ("SpCord", "SpinalCord"), ("Esoph", "Esophagus"), ("Bronch", "BronchTree"), ("Trach", "Trachea"),
      ("Stom", "Stomach"), ("Duo", "Duodenum"), ("BRSTEM", "Brainstem"), ("Optic Chiasm", "OpticChiasm"),
      ("BrainStem", "Brainstem"), ("Kid_L", "Kidney_L"), ("V_SVC", "V_Venacava_S"),
      ("A_CCA_L", "A_Carotid_L"),
      ("Bowel_lg", "Colon"), ("PB Tree", "BronchTree"), ("Vertebral canal", "SpinalCanal"),
    ])
  func abbreviations(source: String, tg263: String) {
    let name = StructureName(recognizing: source)
    #expect(name.tg263 == tg263)
    #expect(name.isRecognized)
  }

  @Test(
    "a margin, risk volume, ring, crop or outdated contour is another structure",
    arguments: [
      "05", "PRV05", "PRV5", "PRV", "PRV_05", "Ring", "ring_1", "avoid", "opt", "old", "5mm", "exp5", "0.5",
      "V20",
      "20Gy", "Avoidance", "alt",
    ], ["Heart", "SpinalCord", "Lung_L", "Poumon_D", "Leber", "Polmone sx", "Moelle"])
  func otherBodies(suffix: String, organ: String) {
    let source = "\(organ)_\(suffix)"
    let name = StructureName(recognizing: source)
    #expect(name.role == .other)
    #expect(name.tg263 == source)
    #expect(name.isRecognized == suffix.hasPrefix("PRV"))
  }

  @Test("an organ less a target with margins lacks its nearest part; less the lesion it does not")
  func crops() {
    for source in ["Heart-PTV", "Esophagus-ITV", "Coeur - PTV", "SpinalCord minus PTV", "Magen ohne PTV"] {
      #expect(StructureName(recognizing: source).role == .other, "\(source)")
      #expect(StructureName(recognizing: source).tg263 == source)
    }
    #expect(StructureName(recognizing: "Esophagus-GTV").role == .oesophagus)
    #expect(StructureName(recognizing: "Foie-PTV").role == .liver)
    #expect(StructureName(recognizing: "Rein D-PTV").tg263 == "Kidney_R")
  }

  @Test(
    "known names without a part in any rule",
    arguments: [
      "LN_c40", "LN", "LN_Ax_L1_L", "LN_Mediastinals", "Nodes", "Musc_Constrict", "A_LAD", "V_Azygos",
      "Breast_L",
      "Larynx", "Cricoid", "Eye_L", "Lens_R", "OpticNrv_L", "Parotid_R", "Brainstem", "Cavity_Oral",
      "Cochlea_L",
      "SpinalCord_PRV05", "PRV moelle", "BronchTree_20mm", "Mediastinum", "Ureter_L", "SacralPlex", "Bladder",
      "Lymphknoten", "Linfonodos", "GTV_ring", "Tumor bed", "ventricle", "Glnd_Submand_L", "Lips", "Bolus",
    ])
  func unused(source: String) {
    let name = StructureName(recognizing: source)
    #expect(name.role == .other)
    #expect(name.isRecognized)
  }

  @Test(
    "parts of organs count as the organ and keep their own name",
    arguments: [
      ("Esophagus_S", StructureRole.oesophagus), ("SpinalCord_Cerv", .spinalCord),
      ("Pancreas_Head", .pancreas),
      ("Colon_Ascending", .colon), ("VB_T", .bone), ("vertebrae_T1_T5", .bone), ("heart_myocardium", .heart),
    ])
  func parts(source: String, role: StructureRole) {
    let name = StructureName(recognizing: source)
    #expect(name.role == role)
    #expect(name.tg263 == source)
  }

  @Test(
    "TG-263 names of the chest and abdomen mean themselves",
    arguments: [
      "A_Aorta", "A_Aorta_Asc", "A_Brachiocephls", "A_Carotid_L", "A_Coronary", "A_LAD", "A_Pulmonary",
      "A_Subclavian_R",
      "Atrium_L", "Bag_Bowel", "BileDuct_Common", "Bladder", "Bone_Mandible", "Bone_Pelvic_L", "Bowel_Small",
      "BrachialPlex_R", "Brain", "Brainstem", "Breast_R", "Bronchus", "Bronchus_L", "CaudaEquina",
      "Chestwall_L",
      "Colon", "Colon_Sigmoid", "Diaphragm", "Duodenum", "Esophagus", "External", "Eye_L", "Femur_Head_L",
      "Gallbladder",
      "Glnd_Adrenal_L", "Glnd_Thyroid", "GreatVes", "Heart", "Kidney_L", "Kidney_R", "Larynx", "Liver",
      "Lung_L", "Lung_R",
      "Lung_LLL", "Lung_LUL", "Lung_RLL", "Lung_RML", "Lung_RUL", "N_Phrenic_L", "OpticChiasm", "OpticNrv_L",
      "Pancreas",
      "Parotid_L", "Pericardium", "Pleura_L", "Rectum", "Rib", "Rib07_L", "SacralPlex", "Sacrum", "Skin",
      "Skull",
      "Spc_Bowel", "SpinalCanal", "SpinalCord", "Spleen", "Stomach", "Trachea", "Ureter_L", "V_Azygos",
      "V_Portal",
      "V_Pulmonary", "V_Subclavian_L", "V_Venacava_I", "V_Venacava_S", "VB_T07", "Ventricle_R", "BronchTree",
      "BronchTree_Wall", "Lung_Arteries", "Lung_Veins", "A_Aorta_TrueLumen", "Stomach_Duodenum",
      "PulmonaryVessels",
    ])
  func themselves(source: String) {
    let name = StructureName(recognizing: source)
    #expect(name.tg263 == source)
    #expect(name.isRecognized)
  }

  @Test("what a name was known for survives writing and reading")
  func readBack() {
    for source in [
      "Coeur", "liver_segment_4", "LN_c40", "Heart_PRV05", "Foo", "", "Rim 1", "body_extremities",
    ] {
      let name = StructureName(recognizing: source)
      let read = StructureName(tg263: name.tg263, role: name.role, side: name.side, lobe: name.lobe)
      #expect(read == name)
      #expect(read.isRecognized == name.isRecognized)
    }
    #expect(!StructureName(recognizing: "Foo").isRecognized)
    #expect(!StructureName(recognizing: "").isRecognized)
  }

  @Test("limits are found by organs in any language")
  func limits() {
    #expect(OrganAtRisk(StructureName(recognizing: "Moelle épinière")) == .spinalCord)
    #expect(OrganAtRisk(StructureName(recognizing: "uréter")) == .ureter)
    #expect(OrganAtRisk(StructureName(recognizing: "Queue de cheval")) == .caudaEquina)
    #expect(OrganAtRisk(StructureName(recognizing: "Poumon_D")) == .lungs)
    #expect(OrganAtRisk(StructureName(recognizing: "V_Azygos")) == nil)
  }
}
