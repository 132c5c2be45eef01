// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

/// The classes of TotalSegmentator's tasks as of version 2.18; those of "total" are in `LabelNamesTests`.
@Suite("Classes of TotalSegmentator's tasks")
struct SegmentationClassesTests {
  private static let unsided: [String: String] = [
    "total_mr":
      """
    lung_left lung_right vertebrae intervertebral_discs spinal_cord heart aorta \
    portal_vein_and_splenic_vein
    """,
    "total_v1":
      """
    heart_myocardium heart_atrium_left heart_ventricle_left heart_atrium_right heart_ventricle_right \
    pulmonary_artery face
    """,
    "lung_vessels": "lung_airways lung_airways_wall lung_arteries lung_veins",
    "lung_vessels_LEGACY": "lung_vessels lung_trachea_bronchia",
    "body": "body body_trunc body_extremities skin",
    "pleural_pericard_effusion": "lung_pleural pleural_effusion pericardial_effusion",
    "liver_vessels": "liver_vessels liver_tumor",
    "vertebrae_body": "vertebrae_body intervertebral_discs",
    "lung_nodules": "lung lung_nodules",
    "kidney_cysts": "kidney_cyst_left kidney_cyst_right",
    "breasts": "breast",
    "trunk_cavities": "abdominal_cavity thoracic_cavity pericardium mediastinum",
    "liver_segments": (1...8).map { "liver_segment_\($0)" }.joined(separator: " "),
    "liver_lesions": "liver_lesions",
    "heartchambers_highres":
      """
    heart_myocardium heart_atrium_left heart_ventricle_left heart_atrium_right heart_ventricle_right \
    aorta pulmonary_artery
    """,
    "coronary_arteries": "coronary_arteries",
    "aortic_sinuses":
      "left_ventricular_outflow_tract right_coronary_cusp left_coronary_cusp non_coronary_cusp",
    "aorta_annulus": "annulus_proper sinotubular_junction",
    "aortic_dissection": "aorta_true_lumen aorta_false_lumen",
    "pulmonary_artery_landmarks":
      """
    annulus sinotubular_junction pul_annulus pul_sinotubular_junction pul_bifurcation pul_left_start \
    pul_right_start
    """,
    "renal_arteries": "celiac_trunk superior_mesenteric_artery renal_arteries",
    "tissue_4_types": "subcutaneous_fat torso_fat skeletal_muscle intermuscular_fat",
    "appendicular_bones":
      """
    patella tibia fibula tarsal metatarsal phalanges_feet ulna radius carpal metacarpal phalanges_hand \
    humerus femur
    """,
    "hip_implant": "hip_implant",
    "covid": "lung_covid_infiltrate",
    "cerebral_bleed": "intracerebral_hemorrhage",
    "brain_aneurysm": "brain_aneurysm aneurysm",
    "face": "face",
    "brain_structures": """
    brainstem subarachnoid_space venous_sinuses septum_pellucidum cerebellum caudate_nucleus \
    lentiform_nucleus insular_cortex internal_capsule ventricle central_sulcus frontal_lobe parietal_lobe \
    occipital_lobe temporal_lobe thalamus
    """,
    "craniofacial_structures": "mandible teeth_lower skull head sinus_maxillary sinus_frontal teeth_upper",
    "teeth": """
    lower_jawbone upper_jawbone left_inferior_alveolar_canal right_inferior_alveolar_canal \
    left_maxillary_sinus right_maxillary_sinus pharynx bridge crown implant \
    upper_right_central_incisor_fdi11 upper_left_third_molar_fdi28 lower_left_canine_fdi33 \
    left_mandibular_incisive_canal_fdi103 right_mandibular_incisive_canal_fdi104 lingual_canal \
    lower_right_third_molar_pulp_fdi148
    """,
    "vertebrae_pp":
      ((1...7).map { "vertebrae_C\($0)" } + (1...12).map { "vertebrae_T\($0)" }
      + (1...6).map { "vertebrae_L\($0)" }).joined(separator: " "),
  ]

  private static let sided: [String: String] = [
    "head_glands_cavities":
      "eye eye_lens optic_nerve parotid_gland submandibular_gland nasal_cavity auditory_canal",
    "headneck_bones_vessels": "zygomatic_arch styloid_process internal_carotid_artery internal_jugular_vein",
    "head_muscles": "masseter temporalis lateral_pterygoid medial_pterygoid digastric",
    "headneck_muscles": """
    sternocleidomastoid trapezius platysma levator_scapulae anterior_scalene middle_scalene \
    posterior_scalene sterno_thyroid thyrohyoid prevertebral
    """,
    "oculomotor_muscles": """
    eyeball lateral_rectus_muscle superior_oblique_muscle levator_palpebrae_superioris \
    superior_rectus_muscle medial_rectus_muscle inferior_oblique_muscle inferior_rectus_muscle optic_nerve
    """,
    "thigh_shoulder_muscles":
      "quadriceps_femoris thigh_medial_compartment thigh_posterior_compartment sartorius",
    "abdominal_muscles": """
    pectoralis_major rectus_abdominis serratus_anterior latissimus_dorsi trapezius external_oblique \
    internal_oblique erector_spinae transversospinalis psoas_major quadratus_lumborum
    """,
    "ventricle_parts": """
    ventricle_frontal_horn ventricle_occipital_horn ventricle_body ventricle_temporal_horn ventricle_trigone
    """,
  ]

  private static let further: [String: String] = [
    "head_glands_cavities": "nasopharynx oropharynx hypopharynx soft_palate hard_palate",
    "headneck_bones_vessels": "larynx_air thyroid_cartilage hyoid cricoid_cartilage",
    "head_muscles": "tongue",
    "headneck_muscles":
      "superior_pharyngeal_constrictor middle_pharyngeal_constrictor inferior_pharyngeal_constrictor",
    "thigh_shoulder_muscles": """
    deltoid supraspinatus infraspinatus subscapularis coracobrachial trapezius pectoralis_minor \
    serratus_anterior teres_major triceps_brachii
    """,
    "ventricle_parts": "third_ventricle fourth_ventricle", "oculomotor_muscles": "skull",
  ]

  private static func classes(_ task: String) -> [String] {
    let pairs = (sided[task] ?? "").split(separator: " ").flatMap { ["\($0)_left", "\($0)_right"] }
    let single = "\(unsided[task] ?? "") \(further[task] ?? "")".split(separator: " ").map(String.init)
    return single + pairs
  }

  private static let tasks = Set(unsided.keys).union(sided.keys).sorted()

  @Test("every class is recognised, and no two of a task share a name", arguments: tasks)
  func recognised(task: String) {
    let names = Self.classes(task).map { StructureName(recognizing: $0) }
    #expect(!names.isEmpty)
    for (source, name) in zip(Self.classes(task), names) { #expect(name.isRecognized, "\(source)") }
    #expect(Set(names.map(\.tg263)).count == names.count)
  }

  @Test(
    "roles",
    arguments: [
      ("lung_airways", StructureRole.bronchialTree), ("lung_airways_wall", .bronchialTree),
      ("lung_trachea_bronchia", .bronchialTree), ("lung_arteries", .pulmonaryVessel),
      ("lung_veins", .pulmonaryVessel),
      ("pericardium", .heart), ("aorta_true_lumen", .greatVessels), ("aorta_false_lumen", .greatVessels),
      ("body", .external), ("body_trunc", .external), ("skin", .skin), ("vertebrae_body", .bone),
      ("patella", .bone),
      ("mandible", .bone), ("lung", .lung), ("liver_vessels", .hepaticVessel), ("body_extremities", .other),
      ("liver_segment_1", .other), ("liver_segment_8", .other), ("mediastinum", .other),
      ("thoracic_cavity", .other),
      ("abdominal_cavity", .other), ("pleural_effusion", .other), ("pericardial_effusion", .other),
      ("lung_pleural", .other), ("kidney_cyst_left", .other), ("coronary_arteries", .other),
      ("hip_implant", .other),
      ("left_ventricular_outflow_tract", .other), ("ventricle", .other), ("ventricle_body_left", .other),
      ("skeletal_muscle", .other), ("renal_arteries", .other), ("breast", .other),
      ("intervertebral_discs", .other),
      ("lung_nodules", .other), ("liver_tumor", .other), ("lung_covid_infiltrate", .other),
      ("implant", .other),
    ])
  func roles(source: String, role: StructureRole) {
    #expect(StructureName(recognizing: source).role == role)
  }

  @Test("the proximal tree drawn by hand stands for the whole airways, and their wall beside them")
  func airways() {
    #expect(StructureName(recognizing: "lung_airways").tg263 == StructureName(recognizing: "PBT").tg263)
    #expect(StructureName(recognizing: "lung_airways_wall").tg263 == "BronchTree_Wall")
    for source in ["lung_airways", "lung_airways_wall", "lung_trachea_bronchia"] {
      #expect(StructureName.isWholeAirwayTree(source))
    }
    #expect(!StructureName.isWholeAirwayTree("BronchTree"))
    #expect(!StructureName.isWholeAirwayTree("trachea"))
  }

  @Test("vessels down to the periphery are no great vessels")
  func peripheralVessels() {
    #expect(OrganAtRisk(StructureName(recognizing: "lung_arteries")) == nil)
    #expect(OrganAtRisk(StructureName(recognizing: "lung_veins")) == nil)
    #expect(OrganAtRisk(StructureName(recognizing: "pulmonary_vein")) == .greatVessels)
  }
}
