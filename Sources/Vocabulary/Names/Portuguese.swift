// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Portuguese names, of Portugal and Brazil.
  static let portuguese: NameList = [
    (.heart, "coração, coração total, coração inteiro, área cardíaca"),
    (.part(of: .heart), "miocárdio"),
    (.pericardium, "pericárdio"),
    (.coronaryArtery, "coronárias, artérias coronárias, artéria coronária"),
    (
      .unused,
      "descendente anterior, artéria descendente anterior, valva aórtica, valva mitral, válvula aórtica"
    ),
    (.greatVessels, "grandes vasos, vasos da base, grandes vasos da base"),
    (
      .aorta,
      """
      aorta, aorta torácica, aorta abdominal, aorta descendente, arco aórtico, crossa da aorta, arco da \
      aorta, croça da aorta
      """
    ),
    (KnownStructure("A_Aorta_Asc", .greatVessels), "aorta ascendente"),
    (
      .pulmonaryArtery,
      "artéria pulmonar, artérias pulmonares, tronco pulmonar, tronco da artéria pulmonar, a pulmonar"
    ),
    (.pulmonaryVein, "veia pulmonar, veias pulmonares, v pulmonar"),
    (.venaCava, "veia cava, cava, veias cavas"),
    (.superiorVenaCava, "veia cava superior, veia cava s, vcs, cava superior, veia cava sup"),
    (.inferiorVenaCava, "veia cava inferior, veia cava i, vci, cava inferior, veia cava inf"),
    (.brachiocephalicTrunk, "tronco braquiocefálico"),
    (.brachiocephalicVein, "veia braquiocefálica, veia inominada"),
    (.subclavianArtery, "artéria subclávia, subclávia"),
    (.subclavianVein, "veia subclávia"),
    (.carotidArtery, "carótida, artéria carótida, carótida comum"),
    (.trachea, "traqueia, traquéia"),
    (
      .bronchialTree,
      """
      árvore brônquica, árvore brônquica proximal, árvore traqueobrônquica, brônquio principal, brônquios \
      principais, brônquios, brônquio fonte, brônquios fonte, brônquios-fonte, via aérea, vias aéreas, vias \
      aéreas proximais, carina, traqueia e brônquios, brônquio intermédio, brônquio intermediário, carena
      """
    ),
    (.bronchus, "brônquio, brônquio lobar, brônquios lobares, brônquio segmentar, brônquios segmentares"),
    (.pulmonaryVessels, "vasos pulmonares, vaso pulmonar"),
    (.oesophagus, "esófago, esôfago, esof"),
    (.spinalCord, "medula, medula espinhal, medula espinal"),
    (
      .spinalCanal,
      """
      canal medular, canal espinhal, canal espinal, canal vertebral, canal raquidiano, saco dural, saco \
      tecal
      """
    ),
    (.caudaEquina, "cauda equina"),
    (.brachialPlexus, "plexo braquial"),
    (.phrenicNerve, "nervo frénico, nervo frênico, frênico"),
    (.diaphragm, "diafragma, hemidiafragma, cúpula diafragmática"),
    (.chestWall, "parede torácica, parede do tórax, parede costal, parede tórax"),
    (
      .rib,
      "costela, costelas, costa, gradil costal, grade costal, caixa torácica, arco costal, arcos costais"
    ),
    (.skin, "pele"),
    (
      .lung,
      """
      pulmão, pulmões, pulmão total, pulmões totais, pulmões total, ambos pulmões, ambos os pulmões, dois \
      pulmões, pulmões soma
      """
    ),
    (.pleura, "pleura"),
    (.bulla, "bolha, bolhas, bula"),
    (.emphysema, "enfisema"),
    (.thyroid, "tiroide, tireoide, tireóide, tiróide, glândula tireoide"),
    (
      .external,
      """
      contorno externo, contorno corporal, corpo, corpo inteiro, contorno do corpo, contorno paciente, \
      externo
      """
    ),
    (.mediastinum, "mediastino"),
    (.breast, "mama, mamas"),
    (
      .unused,
      """
      gânglio, gânglios, linfonodo, linfonodos, linfonodal, adenopatia, adenopatias, timo, derrame pleural, \
      derrame pericárdico, atelectasia, hilo, hilo pulmonar, medula óssea, mesa
      """
    ),

    (.liver, "fígado, fígado total"),
    (.gallbladder, "vesícula biliar, vesícula"),
    (
      .bileDuct,
      """
      colédoco, ducto colédoco, via biliar, vias biliares, via biliar principal, ducto biliar, ducto \
      hepático comum
      """
    ),
    (.portalVein, "veia porta, porta"),
    (.hepaticVein, "veia hepática, veias hepáticas, veias supra-hepáticas, veias suprahepáticas"),
    (.hepaticArtery, "artéria hepática"),
    (.hepaticVessels, "vasos hepáticos, vaso hepático"),
    (.stomach, "estômago"),
    (.stomachAndDuodenum, "estômago duodeno, estômago e duodeno"),
    (.duodenum, "duodeno"),
    (
      .smallBowel,
      """
      intestino delgado, intestino, delgado, jejuno, íleo, alças intestinais, ansas intestinais, alças, \
      ansas, intestinos
      """
    ),
    (.bowelBag, "bolsa intestinal, saco intestinal, cavidade intestinal"),
    (.colon, "cólon, colon, intestino grosso"),
    (.part(of: .colon), "ceco, cego, cólon ascendente, cólon descendente, cólon transverso"),
    (.sigmoid, "sigmoide, sigmóide, cólon sigmoide"),
    (.rectum, "reto"),
    (.kidney, "rins, ambos os rins, dois rins, ambos rins"),
    (.spleen, "baço"),
    (.pancreas, "pâncreas"),
    (.part(of: .pancreas), "cabeça do pâncreas, cauda do pâncreas"),
    (
      .adrenal,
      "suprarrenal, suprarrenais, supra-renal, adrenal, adrenais, glândula adrenal, glândula suprarrenal"
    ),
    (.ureter, "ureter, ureteres"),
    (.sacralPlexus, "plexo sacral"),
    (.bladder, "bexiga"),
    (.prostate, "próstata"),
    (
      .unused,
      """
      útero, ovário, peritônio, peritoneu, cavidade peritoneal, cavidade abdominal, ascite, cisto renal, \
      quisto renal, cisto hepático, segmento hepático, hilo hepático, tronco celíaco, artéria renal, canal \
      anal, ânus
      """
    ),

    (.bone, "osso, ossos, esqueleto"),
    (.clavicle, "clavícula"),
    (.scapula, "escápula, omoplata"),
    (.humerus, "úmero, húmero"),
    (.part(of: .bone), "cabeça umeral, cabeça do úmero"),
    (.femur, "fêmur, fémur, fêmures"),
    (.femoralHead, "cabeça femoral, cabeça do fêmur, cabeças femorais, cabeça de fêmur, cabeça fêmur"),
    (.hipBone, "osso ilíaco, osso coxal, pelve óssea"),
    (.skull, "crânio"),
    (.mandible, "mandíbula"),
    (.sacrum, "osso sacro"),
    // "Esterno" is the sternum here and "outer" in Italian, so it stands for neither.
    (.sternum, "osso esterno"),
    (.vertebra, "vértebra, corpo vertebral"),
    (.vertebrae, "vértebras, corpos vertebrais, coluna vertebral, coluna, ráquis"),
    (.brain, "cérebro, encéfalo"),
    (.brainstem, "tronco cerebral, tronco encefálico"),
    (.chiasm, "quiasma, quiasma óptico"),
    (.opticNerve, "nervo óptico"),
    (.eye, "olho, olhos"),
    (.lens, "cristalino, cristalinos"),
    (.parotid, "parótida, parótidas"),
    (.submandibular, "submandibular, glândula submandibular"),
    (.larynx, "laringe"),
    (.unused, "cavidade oral, lábios, língua, faringe, cóclea, hipófise, cerebelo, hipocampo, músculos"),
  ]
}
