// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Names of muscles, fat and other soft tissue in English and Latin: known, and asked for by no rule.
  static let englishMuscles: NameList = [
    (
      .unused,
      """
      gluteus maximus, gluteus medius, gluteus minimus, autochthon, iliopsoas, pectoralis major, pectoralis \
      minor, pectoral muscle, rectus abdominis, serratus anterior, latissimus dorsi, trapezius, external \
      oblique, internal oblique, erector spinae, transversospinalis, psoas major, psoas, quadratus lumborum, \
      quadriceps femoris, thigh medial compartment, thigh posterior compartment, sartorius, deltoid, \
      supraspinatus, infraspinatus, subscapularis, coracobrachial, teres major, teres minor, triceps \
      brachii, biceps brachii, intercostal muscles, paraspinal muscles, muscle, muscles
      """
    ),
    (
      .unused,
      """
      masseter, temporalis, lateral pterygoid, medial pterygoid, pterygoid lat, pterygoid med, digastric, \
      sternocleidomastoid, platysma, levator scapulae, anterior scalene, middle scalene, posterior scalene, \
      sterno thyroid, thyrohyoid, prevertebral, lateral rectus muscle, superior oblique muscle, \
      levator palpebrae superioris, superior rectus muscle, medial rectus muscle, inferior oblique muscle, \
      inferior rectus muscle
      """
    ),
    (
      .unused,
      """
      subcutaneous fat, torso fat, visceral fat, skeletal muscle, intermuscular fat, fat, soft tissue, \
      subcutaneous, tendon, joint surface, edema, oedema, seroma, haematoma, hematoma, bowel gas, air, \
      lymphocele
      """
    ),
  ]
}
