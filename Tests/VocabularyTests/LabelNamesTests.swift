// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

/// The classes of TotalSegmentator as its map_to_binary.py lists them, and TG-263's names as mCODE lists them.
@Suite("Names of label maps")
struct LabelNamesTests {
  private static let sides = ["left", "right"]

  /// The 117 classes of the task "total" of version 2.
  private static let total: [String] = {
    var names = [
      "spleen", "gallbladder", "liver", "stomach", "pancreas", "esophagus", "trachea", "thyroid_gland",
      "small_bowel", "duodenum", "colon", "urinary_bladder", "prostate", "sacrum", "vertebrae_S1", "heart",
      "aorta", "pulmonary_vein", "brachiocephalic_trunk", "atrial_appendage_left", "superior_vena_cava",
      "inferior_vena_cava", "portal_vein_and_splenic_vein", "spinal_cord", "brain", "skull", "sternum",
      "costal_cartilages", "lung_upper_lobe_left", "lung_lower_lobe_left", "lung_upper_lobe_right",
      "lung_middle_lobe_right", "lung_lower_lobe_right",
    ]
    for pair in [
      "kidney", "adrenal_gland", "kidney_cyst", "subclavian_artery", "common_carotid_artery",
      "brachiocephalic_vein", "iliac_artery", "iliac_vena", "humerus", "scapula", "clavicula", "femur", "hip",
      "gluteus_maximus", "gluteus_medius", "gluteus_minimus", "autochthon", "iliopsoas",
    ] {
      names += sides.map { "\(pair)_\($0)" }
    }
    names += (1...12).flatMap { number in sides.map { "rib_\($0)_\(number)" } }
    names += (1...7).map { "vertebrae_C\($0)" } + (1...12).map { "vertebrae_T\($0)" }
    names += (1...5).map { "vertebrae_L\($0)" }
    return names
  }()

  @Test("the 117 classes have 117 names")
  func distinct() {
    #expect(Self.total.count == 117)
    #expect(Set(Self.total.map { StructureName(recognizing: $0).tg263 }).count == 117)
  }

  @Test("a class without a part in any rule is one of those known to have none")
  func roles() {
    let none = Self.total.filter { StructureName(recognizing: $0).role == .other }
    let expected = ["urinary_bladder", "prostate", "brain"]
    let paired = [
      "kidney_cyst", "iliac_artery", "iliac_vena", "gluteus_maximus", "gluteus_medius", "gluteus_minimus",
      "autochthon", "iliopsoas",
    ]
    #expect(Set(none) == Set(expected + paired.flatMap { pair in Self.sides.map { "\(pair)_\($0)" } }))
  }

  @Test(
    "ribs, vertebrae, vessels and bones have TG-263's names, whoever wrote them",
    arguments: [
      ("rib_left_1", "Rib01_L", StructureRole.rib, Side?.some(.left)),
      ("Rib12_R", "Rib12_R", .rib, .right), ("left rib 3", "Rib03_L", .rib, .left),
      ("Ribs", "Rib", .rib, nil),
      ("Rib_L", "Rib_L", .rib, .left), ("vertebrae_L5", "VB_L5", .bone, nil),
      ("VB_T01", "VB_T01", .bone, nil),
      ("vertebrae_T1", "VB_T01", .bone, nil), ("vertebrae_S1", "VB_S1", .bone, nil),
      ("sacrum", "Sacrum", .bone, nil), ("hip_right", "Bone_Pelvic_R", .bone, .right),
      ("clavicula_left", "Clavicle_L", .bone, .left), ("sternum", "sternum", .bone, nil),
      ("subclavian_artery_left", "A_Subclavian_L", .greatVessels, .left),
      ("common_carotid_artery_right", "A_Carotid_R", .greatVessels, .right),
      ("brachiocephalic_vein_left", "V_Brachioceph_L", .greatVessels, .left),
      ("brachiocephalic_trunk", "A_Brachiocephls", .greatVessels, nil),
      ("pulmonary_vein", "V_Pulmonary", .greatVessels, nil),
      ("pulmonary_artery", "A_Pulmonary", .greatVessels, nil),
      ("heart_atrium_left", "Atrium_L", .heart, .left), ("Ventricle_R", "Ventricle_R", .heart, .right),
      ("heart_myocardium", "heart_myocardium", .heart, nil),
      ("atrial_appendage_left", "atrial_appendage_left", .heart, .left),
      ("iliac_vena_right", "V_Iliac_R", .other, .right), ("urinary_bladder", "Bladder", .other, nil),
      ("lung_vessels", "PulmonaryVessels", .pulmonaryVessel, nil), ("lung", "Lung", .lung, nil),
      ("lung_left", "Lung_L", .lung, .left), ("liver_vessels", "HepaticVessels", .hepaticVessel, nil),
      ("body", "External", .external, nil), ("body_trunc", "body_trunc", .external, nil),
      ("skin", "Skin", .skin, nil),
    ])
  func names(source: String, tg263: String, role: StructureRole, side: Side?) {
    let name = StructureName(recognizing: source)
    #expect(name.tg263 == tg263)
    #expect(name.role == role)
    #expect(name.side == side)
    // A TG-263 name means itself.
    #expect(StructureName(recognizing: name.tg263).tg263 == name.tg263)
  }

  @Test(
    "labels of lesions are lesions, and cysts, effusions and organs none",
    arguments: [
      ("lung_nodules", true), ("liver_tumor", true), ("liver_lesions", true), ("lung_tumor_2", true),
      ("kidney_cyst_left", false), ("pleural_effusion", false), ("Label_7", false), ("lung_vessels", false),
    ])
  func lesions(name: String, isLesion: Bool) {
    #expect((RegionOfInterestKind(name: name, interpretedType: "") == .lesion) == isLesion)
  }
}
