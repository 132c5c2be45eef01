// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Spanish names.
  static let spanish: NameList = [
    (.heart, "corazón, corazón total, corazón entero"),
    (.part(of: .heart), "miocardio, orejuela"),
    (.pericardium, "pericardio"),
    (.coronaryArtery, "coronarias, arterias coronarias, arteria coronaria"),
    (.unused, "descendente anterior, arteria descendente anterior, válvula aórtica, válvula mitral"),
    (.greatVessels, "grandes vasos, vasos grandes, vasos mediastínicos"),
    (
      .aorta,
      """
      aorta, aorta torácica, aorta abdominal, aorta descendente, cayado aórtico, arco aórtico, cayado de la \
      aorta
      """
    ),
    (KnownStructure("A_Aorta_Asc", .greatVessels), "aorta ascendente"),
    (
      .pulmonaryArtery,
      "arteria pulmonar, arterias pulmonares, tronco pulmonar, tronco de la arteria pulmonar, a pulmonar"
    ),
    (.pulmonaryVein, "vena pulmonar, venas pulmonares, v pulmonar"),
    (.venaCava, "vena cava, cava"),
    (.superiorVenaCava, "vena cava superior, vcs, cava superior, vena cava sup"),
    (.inferiorVenaCava, "vena cava inferior, vci, cava inferior, vena cava inf"),
    (.brachiocephalicTrunk, "tronco braquiocefálico"),
    (.brachiocephalicVein, "vena braquiocefálica, tronco venoso braquiocefálico, vena innominada"),
    (.subclavianArtery, "arteria subclavia, subclavia"),
    (.subclavianVein, "vena subclavia"),
    (.carotidArtery, "carótida, arteria carótida, carótida común, arteria carótida común"),
    (.trachea, "tráquea"),
    (
      .bronchialTree,
      """
      árbol bronquial, árbol bronquial proximal, árbol traqueobronquial, bronquio principal, bronquios \
      principales, bronquios, bronquio fuente, vía aérea, vías aéreas, vía aérea proximal, vía aérea \
      central, carina, tráquea y bronquios, bronquio intermediario
      """
    ),
    (.bronchus, "bronquio, bronquio lobar, bronquios lobares, bronquio segmentario, bronquios segmentarios"),
    (.pulmonaryVessels, "vasos pulmonares, vaso pulmonar"),
    (.oesophagus, "esófago, esof"),
    (.spinalCord, "médula, médula espinal, med espinal"),
    (.spinalCanal, "canal medular, canal espinal, canal raquídeo, canal vertebral, saco tecal, saco dural"),
    (.caudaEquina, "cola de caballo, cauda equina"),
    (.brachialPlexus, "plexo braquial"),
    (.phrenicNerve, "nervio frénico, frénico"),
    (.diaphragm, "diafragma, hemidiafragma"),
    (.chestWall, "pared torácica, pared del tórax, pared costal, pared tórax"),
    (.rib, "costilla, costillas, parrilla costal, reja costal, caja torácica, arco costal, arcos costales"),
    (.skin, "piel"),
    (
      .lung,
      """
      pulmón, pulmones, pulmón total, pulmones totales, pulmones total, ambos pulmones, dos pulmones, \
      pulmones suma, pulmón bilateral
      """
    ),
    (.pleura, "pleura"),
    (.bulla, "bula, bulas, bulla, bullas"),
    (.emphysema, "enfisema"),
    (.thyroid, "tiroides, glándula tiroides"),
    (
      .external,
      """
      externo, contorno externo, contorno corporal, cuerpo, cuerpo entero, contorno del cuerpo, contorno \
      paciente
      """
    ),
    (.mediastinum, "mediastino"),
    (.breast, "mama, mamas"),
    (
      .unused,
      """
      ganglio, ganglios, ganglio linfático, ganglios linfáticos, adenopatía, adenopatías, timo, derrame \
      pleural, derrame pericárdico, atelectasia, hilio, hilio pulmonar, marcapasos, médula ósea, mesa
      """
    ),

    (.liver, "hígado, hígado total"),
    (.gallbladder, "vesícula biliar, vesícula"),
    (
      .bileDuct,
      """
      colédoco, conducto colédoco, vía biliar, vías biliares, vía biliar principal, conducto biliar, \
      conducto hepático común
      """
    ),
    (.portalVein, "vena porta, porta, vena portal"),
    (
      .hepaticVein, "vena hepática, venas hepáticas, venas suprahepáticas, vena suprahepática, suprahepáticas"
    ),
    (.hepaticArtery, "arteria hepática"),
    (.hepaticVessels, "vasos hepáticos, vaso hepático"),
    (.stomach, "estómago"),
    (.stomachAndDuodenum, "estómago duodeno, estómago y duodeno"),
    (.duodenum, "duodeno"),
    (
      .smallBowel,
      """
      intestino delgado, intestino, delgado, yeyuno, íleon, asas intestinales, asas de delgado, asas, \
      intestinos
      """
    ),
    (.bowelBag, "bolsa intestinal, saco intestinal, cavidad intestinal"),
    (.colon, "colon, intestino grueso, marco cólico"),
    (
      .part(of: .colon),
      "ciego, colon ascendente, colon descendente, colon transverso, colon derecho, colon izquierdo"
    ),
    (.sigmoid, "sigma, sigmoide, sigmoides, colon sigmoide"),
    (.rectum, "recto"),
    (.kidney, "riñón, riñones, ambos riñones, dos riñones"),
    (.spleen, "bazo"),
    (.pancreas, "páncreas"),
    (.part(of: .pancreas), "cabeza de páncreas, cola de páncreas, cabeza del páncreas"),
    (
      .adrenal,
      """
      suprarrenal, suprarrenales, glándula suprarrenal, glándulas suprarrenales, adrenal, glándula adrenal, \
      adrenales
      """
    ),
    (.ureter, "uréter, uréteres"),
    (.sacralPlexus, "plexo sacro"),
    (.bladder, "vejiga"),
    (.prostate, "próstata"),
    (
      .unused,
      """
      útero, ovario, peritoneo, cavidad peritoneal, cavidad abdominal, ascitis, quiste renal, quiste \
      hepático, segmento hepático, hilio hepático, tronco celíaco, arteria renal, canal anal, ano
      """
    ),

    (.bone, "hueso, huesos, esqueleto"),
    (.clavicle, "clavícula"),
    (.scapula, "escápula, omóplato"),
    (.humerus, "húmero"),
    (.part(of: .bone), "cabeza humeral, cabeza del húmero"),
    (.femur, "fémur, fémures"),
    (.femoralHead, "cabeza femoral, cabeza del fémur, cabezas femorales, cabeza fémur"),
    (.hipBone, "hueso coxal, hueso ilíaco, pelvis ósea"),
    (.skull, "cráneo"),
    (.mandible, "mandíbula"),
    (.sacrum, "hueso sacro"),
    (.sternum, "esternón"),
    (.vertebra, "vértebra, cuerpo vertebral"),
    (.vertebrae, "vértebras, cuerpos vertebrales, columna vertebral, columna, raquis"),
    (.brain, "cerebro, encéfalo"),
    (.brainstem, "tronco cerebral, tronco encefálico, tronco del encéfalo, troncoencéfalo"),
    (.chiasm, "quiasma, quiasma óptico"),
    (.opticNerve, "nervio óptico"),
    (.eye, "ojo, ojos"),
    (.lens, "cristalino, cristalinos"),
    (.parotid, "parótida, parótidas"),
    (.submandibular, "submandibular, submaxilar, glándula submandibular"),
    (.larynx, "laringe"),
    (.unused, "cavidad oral, labios, lengua, faringe, cóclea, hipófisis, cerebelo, hipocampo, músculos"),
  ]
}
