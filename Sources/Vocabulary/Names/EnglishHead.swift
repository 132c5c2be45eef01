// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Names of head and neck in English and TG-263: none has a part in a rule of the chest or liver.
  static let englishHead: NameList = [
    (.brain, "brain, whole brain"),
    (.brainstem, "brainstem, brain stem, brstem, brst, brainstm"),
    (.chiasm, "optic chiasm, chiasm, chiasma, optic chiasma, opt chiasm, chiasm optic"),
    (.opticNerve, "optic nerve, optic nrv, opt nerve, opt nrv, optic nerves"),
    (.eye, "eye, eyes, eyeball, globe"),
    (.lens, "lens, lenses, eye lens"),
    (.parotid, "parotid, parotids, parotid gland, glnd parotid"),
    (.submandibular, "submandibular, submandibular gland, glnd submand, glnd submands, smg, submand"),
    (.larynx, "larynx"),
    (
      .unused,
      """
      larynx sg, larynx air, larynx wall, laryngl pharynx, supraglottis, glottis, cricoid, cricoid \
      cartilage, cartlg cricoid, thyroid cartilage, cartlg thyroid, cricopharyngeus, arytenoid, arytenoids, \
      vocal cord, vocal cords, epiglottis, pharynx, nasopharynx, oropharynx, hypopharynx, pharyngeal \
      constrictor, pharyngeal constrictors, superior pharyngeal constrictor, middle pharyngeal constrictor, \
      inferior pharyngeal constrictor, constrictors, cavity oral, oral cavity, cavity nasal, nasal cavity, \
      lips, lip, tongue, tongue all, tongue base, tongue oral, base of tongue, tonsil, palate soft, soft \
      palate, hard palate, hardpalate, buccal mucosa, glnd lacrimal, glnd lacrimals, lacrimal, lacrimal \
      gland, glnd subling, glnd sublings, glnd parathyroid, auditory canal, cochlea, cochleae, ear external, \
      ear internal, ear middle, middle ear, inner ear, external ear, joint tm, tmj
      """
    ),
    (
      .unused,
      """
      pituitary, hypophysis, hypothalamus, hypothalmus, hippocampus, hippocampi, cerebellum, cerebrum, pons, \
      pineal, thalamus, brainstem core, brainstem surf, cornea, retina, retinas, orbit, orbits, scalp, face, \
      head, neck, nose, teeth, tooth, teeth lower, teeth upper, bridge, crown, lobe frontal, lobe occipital, \
      lobe parietal, lobe temporal, frontal lobe, occipital lobe, parietal lobe, temporal lobe, hemisphere, \
      hemispheres, sinus maxilry, sinus maxillary, maxillary sinus, sinus frontal, frontal sinus, sinus \
      ethmoid, sinus sphenoid, inferior alveolar canal, mandibular incisive canal, lingual canal, sys \
      ventricular
      """
    ),
    (
      .unused,
      """
      subarachnoid space, venous sinuses, septum pellucidum, caudate nucleus, lentiform nucleus, insular \
      cortex, internal capsule, ventricle, central sulcus, ventricle frontal horn, ventricle occipital horn, \
      ventricle body, ventricle temporal horn, ventricle trigone, third ventricle, fourth ventricle, lateral \
      ventricle, intracerebral hemorrhage, intracerebral haemorrhage, brain aneurysm, aneurysm, white \
      matter, gray matter, csf
      """
    ),
  ]
}
