// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@Suite("Clinical words")
struct VocabularyTests {
  @Test(
    "names from clinics, TG-263 and TotalSegmentator",
    arguments: [
      ("Lt Lung", "Lung_L", StructureRole.lung), ("lung_left", "Lung_L", .lung), ("Lung_R", "Lung_R", .lung),
      ("LUNGS", "Lung", .lung), ("Lungs-GTV", "Lung", .lung), ("Lung_L-ITV", "Lung_L", .lung),
      ("Lungs minus PTV", "Lung", .lung), ("BODY", "External", .external), ("Heart", "Heart", .heart),
      ("Pericardium", "Pericardium", .heart), ("A_Aorta", "A_Aorta", .greatVessels),
      ("aorta", "A_Aorta", .greatVessels), ("superior_vena_cava", "V_Venacava_S", .greatVessels),
      ("SpinalCord", "SpinalCord", .spinalCord), ("Spinal Cord", "SpinalCord", .spinalCord),
      ("spinal_cord", "SpinalCord", .spinalCord), ("Spinal Canal", "SpinalCanal", .spinalCord),
      ("esophagus", "Esophagus", .oesophagus), ("Oesophagus", "Esophagus", .oesophagus),
      ("lung_trachea_bronchia", "BronchTree", .bronchialTree), ("PBT", "BronchTree", .bronchialTree),
      ("trachea", "Trachea", .trachea), ("BrachialPlex_L", "BrachialPlex_L", .brachialPlexus),
      ("Brachial Plexus Rt", "BrachialPlex_R", .brachialPlexus), ("chest wall", "Chestwall", .chestWall),
      ("Chestwall_R", "Chestwall_R", .chestWall), ("rib_left_7", "Rib07_L", .rib),
      ("vertebrae_T10", "VB_T10", .bone), ("kidney_right", "Kidney_R", .kidney),
      ("Bowel_Small", "Bowel_Small", .bowel), ("small_bowel", "Bowel_Small", .bowel),
      ("Rectum", "Rectum", .colon),
      ("lung_upper_lobe_left", "Lung_LUL", .lobe), ("lung_middle_lobe_right", "Lung_RML", .lobe),
      ("RLL", "Lung_RLL", .lobe), ("Lung_LLL", "Lung_LLL", .lobe),
      ("portal_vein_and_splenic_vein", "V_Portal", .hepaticVessel),
      ("HepaticVein", "V_Hepatic", .hepaticVessel),
      ("Femoral Head Lt", "Femur_Head_L", .bone), ("lung_vessels", "PulmonaryVessels", .pulmonaryVessel),
    ])
  func names(source: String, tg263: String, role: StructureRole) {
    let name = StructureName(recognizing: source)
    #expect(name.tg263 == tg263)
    #expect(name.role == role)
  }

  @Test(
    "what is not in the vocabulary keeps its name and is nothing",
    arguments: [
      "Heart_PRV5", "SpinalCord_PRV05", "SpinalCord_05", "Heart_05", "Breast", "Nodes", "ROI-1", "Hearth",
      "lungworm", "Avoid Heart",
      "z_dose",
      "autochthon_left", "ventricle", "kidney_cyst_left", "liver_segment_1", "pleural_effusion", "PRV rib 7",
      "",
    ])
  func unknownNames(source: String) {
    let name = StructureName(recognizing: source)
    #expect(name.role == .other)
    #expect(name.tg263 == source)
  }

  @Test(
    "lesions, targets and structures",
    arguments: [
      ("GTV", "", RegionOfInterestKind.lesion), ("GTV_Mass_CT", "GTV", .lesion), ("IGTV2", "", .lesion),
      ("lesion 3", "", .lesion), ("Lung met 1", "", .lesion), ("liver metastasis", "", .lesion),
      ("Tumour", "ORGAN", .lesion), ("nodule_RLL", "", .lesion), ("Breast", "GTV", .lesion),
      ("GTV_Lung_R", "", .lesion), ("PTV 50Gy", "", .target), ("ITV", "", .target), ("CTV_GTV1", "", .target),
      ("boosted", "PTV", .target), ("Tumor Bed", "CTV", .structure), ("Tumor Bed Block", "GTV", .structure),
      ("GTV_ring", "", .structure), ("Scar", "AVOIDANCE", .structure), ("avoid tumour", "", .structure),
      ("Lungs-GTV", "ORGAN", .structure), ("Liver minus GTV", "", .structure), ("Lung_L-PTV", "", .structure),
      ("method", "", .structure), ("Metal", "", .structure), ("Heart", "ORGAN", .structure),
    ])
  func kinds(name: String, type: String, kind: RegionOfInterestKind) {
    #expect(RegionOfInterestKind(name: name, interpretedType: type) == kind)
  }

  @Test(
    "sites, sides, lobes and histologies as people write them")
  func words() {
    #expect(Site(word: "Lymph node") == .lymphNode)
    #expect(Site(word: "pulmonary") == .lung)
    #expect(Site(word: "elbow") == nil)
    #expect(Side(word: "Lt") == .left && Side(word: "R") == .right && Side(word: "up") == nil)
    #expect(Lobe(word: "lingula", side: nil) == .leftUpper)
    #expect(Lobe(word: "upper", side: .right) == .rightUpper)
    #expect(Lobe(word: "upper", side: nil) == nil)
    #expect(Histology(word: "UPS") == .undifferentiatedPleomorphicSarcoma)
    #expect(Histology(word: "solitary fibrous tumor") == .solitaryFibrousTumour)
    #expect(Histology(word: "unicorn") == nil)
  }

  @Test("every vocabulary word finds itself")
  func roundTrip() {
    for site in Site.allCases { #expect(Site(word: site.rawValue) == site) }
    for histology in Histology.allCases { #expect(Histology(word: histology.rawValue) == histology) }
    for lobe in Lobe.allCases { #expect(Lobe(word: lobe.abbreviation, side: nil) == lobe) }
  }
}
