// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Names of the chest in English and TG-263.
  static let englishThorax: NameList = [
    (.heart, "heart, whole heart, heart whole, heart total"),
    (.atrium, "heart atrium"),
    (.ventricle, "heart ventricle"),
    (.part(of: .heart), "atrial appendage, heart myocardium, myocardium"),
    (.pericardium, "pericardium, heart pericardium, pericardial sac"),
    // The vessels of the heart's surface lie within its contour; a contour of one of them alone must not
    // stand for the heart.
    (.coronaryArtery, "coronary arteries, coronary artery, a coronary, coronaries"),
    (
      KnownStructure("A_LAD", .other), "a lad, lad, left anterior descending, left anterior descending artery"
    ),
    (
      .unused,
      """
      valve aortic, aortic valve, valve mitral, mitral valve, valve tricuspid, tricuspid valve, valve \
      pulmonic, pulmonic valve, pulmonary valve, valve, av node, sa node, a circumflex, circumflex artery, a \
      rca, rca, lcx
      """
    ),

    (.greatVessels, "great ves, great vessel, great vessels, gv, mediastinal vessels"),
    (
      .aorta,
      """
      aorta, a aorta, thoracic aorta, aorta thoracic, aortic arch, aorta arch, arch of aorta, a ascendens, \
      descending aorta, aorta descending, aorta desc, desc aorta, a aorta desc, a aorta arch, abdominal \
      aorta, aorta abdominal, aorta abd
      """
    ),
    (
      KnownStructure("A_Aorta_Asc", .greatVessels),
      "a aorta asc, ascending aorta, aorta ascending, aorta asc, asc aorta"
    ),
    (
      .pulmonaryArtery,
      """
      a pulmonary, pulmonary artery, pulmonary arteries, pulmonary trunk, main pulmonary artery, pa, a pulm, \
      pulm artery, pulm art
      """
    ),
    (.pulmonaryVein, "v pulmonary, pulmonary vein, pulmonary veins, v pulm, pulm vein, pulm veins"),
    (.venaCava, "vena cava, v vena cava, v cava, caval vein, venae cavae"),
    (
      .superiorVenaCava,
      """
      svc, superior vena cava, v vena cava s, vena cava superior, vena cava sup, vena cava s, v svc, sup \
      vena cava
      """
    ),
    (
      .inferiorVenaCava,
      """
      ivc, inferior vena cava, v vena cava i, vena cava inferior, vena cava inf, vena cava i, v ivc, inf \
      vena cava
      """
    ),
    (.brachiocephalicTrunk, "brachiocephalic trunk, brachiocephalic artery, a brachiocephls, a brachioceph"),
    (.brachiocephalicVein, "brachiocephalic vein, v brachioceph, innominate vein, v bcv"),
    (.subclavianArtery, "subclavian artery, a subclavian, a subclav"),
    (.subclavianVein, "subclavian vein, subclavian veins, v subclavian, v subclavians, v subclav"),
    (.carotidArtery, "common carotid artery, carotid artery, a carotid, carotid, a cca"),
    (
      KnownStructure("A_Carotid_Int", .greatVessels, isPaired: true), "internal carotid artery, a carotid int"
    ),
    // Drains into the great veins and counts as none of them in published limits.
    (KnownStructure("V_Azygos", .other), "v azygos, azygos vein, azygos"),
    (
      .unused,
      """
      v jugular, v jugular int, v jugular ext, v ijv, internal jugular vein, jugular vein, a vertebral, \
      vertebral artery, vertebral arteries, a intercostal, intercostal artery, external carotid artery, a \
      carotid ext
      """
    ),

    (.trachea, "trachea, windpipe, trach"),
    (
      // "Bronchi" without a word for smaller ones are the main bronchi of a treatment plan.
      .bronchialTree,
      """
      bronch tree, bronchial tree, pbt, pb tree, proximal bronchial tree, proximal bronch tree, prox bronch \
      tree, prox bronchial tree, proximal tracheobronchial tree, tracheobronchial tree, tracheobronch tree, \
      tracheobronch, bronchus main, main bronchus, main bronchi, bronchi main, mainstem bronchus, mainstem \
      bronchi, bronchus mainstem, main stem bronchus, main stem bronchi, bronchus prox, proximal bronchus, \
      proximal bronchi, bronchi prox, prox bronchi, carina, tracheabronchi, trachea and bronchi, airway, \
      airways, proximal airways, central airways, bronch, bronchi, bronchus intermedius, intermediate \
      bronchus
      """
    ),
    (
      .bronchus,
      "bronchus, lobar bronchus, lobar bronchi, segmental bronchus, segmental bronchi, small bronchi"
    ),
    (
      // The zone derived from the tree; a contour of its own, not the tree.
      .unused,
      """
      pbt 2cm, proximal bronchial zone, lung hilum, hilum, \
      pulmonary hilum
      """
    ),
    (.pulmonaryVessels, "pulmonary vessels, lung vessels, pulmonary vessel, lung vessel"),

    (
      .oesophagus,
      """
      esophagus, oesophagus, eso, oes, esoph, oesoph, oeso, esophag, oesophag, esophagus total, esophagus \
      whole
      """
    ),
    (
      .part(of: .oesophagus),
      """
      esophagus s, esophagus i, esophagus m, esophagus up, esophagus mid, esophagus low, upper esophagus, \
      middle esophagus, lower esophagus, cervical esophagus, esophagus cervical, esophagus cerv, esophagus \
      sup, esophagus inf, thoracic esophagus
      """
    ),
    (.spinalCord, "spinal cord, cord, sp cord, spinal crd, spine cord"),
    (
      .part(of: .spinalCord),
      """
      spinal cord cerv, spinal cord thor, spinal cord lum, spinal cord sac, cervical cord, thoracic cord, \
      cervical spinal cord, thoracic spinal cord, lumbar spinal cord
      """
    ),
    (
      .spinalCanal,
      "spinal canal, canal, sp canal, vertebral canal, thecal sac, dural sac"
    ),
    (.caudaEquina, "cauda equina, cauda"),
    (
      .brachialPlexus,
      """
      brachial plex, brachial plexs, brachial plexus, brach plexus, brach plex, bp, \
      brachial plexuses
      """
    ),
    (.phrenicNerve, "phrenic nerve, n phrenic, phrenic, nrv phrenic"),
    (
      .unused,
      "n vagus, vagus nerve, n recurrent laryngeal, recurrent laryngeal nerve, nrv peripheral, nrv root"
    ),
    (.diaphragm, "diaphragm, hemidiaphragm, diaphragms"),
    (.chestWall, "chest wall, thorax wall, thoracic wall, cw"),
    (.rib, "rib, ribs, rib cage, ribs total, all ribs"),
    (.skin, "skin"),
    (
      .lung,
      """
      lung, lungs, lung total, lungs total, total lung, total lungs, both lungs, lungs both, lung both, \
      bilateral lungs, bilateral lung, lung bilat, lungs bilat, whole lung, whole lungs, combined lungs, \
      lungs combined, lung combined
      """
    ),
    (.pleura, "pleura"),
    (.bulla, "bulla, bullae"),
    (.emphysema, "emphysema, low attenuation area, lung emphysema"),
    (.thyroid, "thyroid, thyroid gland, glnd thyroid"),
    (
      .external,
      "external, body, patient, body outline, skin outline, outline, external contour, body contour"
    ),
    (.mediastinum, "mediastinum"),
    (.breast, "breast, breasts"),
    (
      .unused,
      """
      thymus, glnd thymus, thoracic duct, ln, lns, lymph node, lymph nodes, lymphnode, lymphnodes, node, \
      nodes, nodal, pacemaker, leads, icd, port, portacath, nipple, axilla, sternoclavicular joint, thorax, chest, joint \
      glenohum, intervertebral disc, intervertebral discs, atelectasis, pneumothorax, consolidation, bolus, \
      markers, marker, fiducial, fiducials, clip, clips, couch, table top, couch surface, couch interior
      """
    ),
  ]
}
