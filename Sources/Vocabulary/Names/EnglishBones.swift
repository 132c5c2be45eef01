// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Names of bones in English and TG-263.
  static let englishBones: NameList = [
    (.bone, "bone, bones, all bones, skeleton"),
    (.clavicle, "clavicle, clavicles"),
    (.scapula, "scapula, scapulae"),
    (.humerus, "humerus, humeri"),
    (.part(of: .bone), "humeral head, humerus head, head humerus"),
    (.femur, "femur, femurs, femora"),
    (.femoralHead, "femoral head, femur head, head femur, femoral heads, femur heads, head of femur"),
    (.part(of: .bone), "femoral neck, femur neck, femur shaft, femur shafts, femoral shaft, femur base"),
    (.hipBone, "hip, bone pelvic, pelvic bone, pelvic bones, hip bone, bony pelvis"),
    (
      .part(of: .bone),
      "bone ilium, ilium, bone ischium, ischium, pubis, acetabulum, acetabulums, pubic symphys"
    ),
    (.skull, "skull, cranium"),
    (.mandible, "bone mandible, mandible, jaw"),
    (
      .part(of: .bone),
      """
      lower jawbone, upper jawbone, maxilla, bone ethmoid, bone frontal, bone hyoid, hyoid, bone nasal, \
      bone occipital, bone palatine, bone parietal, bone sphenoid, bone temporal, bone zygomatic, \
      bone zygomatics, zygomatic arch, bone mastoid, mastoid, styloid process, dens
      """
    ),
    (.sacrum, "sacrum"),
    (.part(of: .bone), "coccyx"),
    (.sternum, "sternum, manubrium, costal cartilages, costal cartilage, breastbone"),
    (
      .part(of: .bone),
      """
      patella, tibia, fibula, tarsal, tarsals, metatarsal, metatarsals, phalanges feet, phalanges foot, \
      ulna, radius, carpal, carpals, metacarpal, metacarpals, phalanges hand, elbow, knee
      """
    ),
    (.vertebra, "vb, vertebra, vertebral body, vert body"),
    (.vertebrae, "vbs, vertebrae, vertebral bodies, spine, spinal column, vertebral column, bone spine"),
    (
      .part(of: .bone),
      """
      vb c, vb t, vb l, vertebrae body, vertebrae bodies, vertebrae cervical, vertebrae thoracic, vertebrae \
      lumbar, cervical vertebrae, thoracic vertebrae, lumbar vertebrae, cervical spine, thoracic spine, \
      lumbar spine, c spine, t spine, l spine, ls spine, pedicle, lamina, spinous process
      """
    ),
    (.unused, "bone marrow, bone marrow act, growth plate, hip implant, hip prosthesis, prosthesis, implant"),
  ]
}
