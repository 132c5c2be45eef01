// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// French names.
  static let french: NameList = [
    (.heart, "cœur, coeur, cœur entier, coeur total"),
    (.part(of: .heart), "myocarde, auricule"),
    (.pericardium, "péricarde"),
    (.coronaryArtery, "coronaires, artères coronaires, artère coronaire"),
    (.unused, "iva, artère interventriculaire antérieure, valve aortique, valve mitrale"),
    (.greatVessels, "gros vaisseaux, grands vaisseaux, gros vx"),
    (
      .aorta,
      """
      aorte, aorte thoracique, aorte abdominale, aorte descendante, crosse aortique, crosse de l'aorte, arc \
      aortique, arche aortique
      """
    ),
    (KnownStructure("A_Aorta_Asc", .greatVessels), "aorte ascendante"),
    (
      .pulmonaryArtery,
      """
      artère pulmonaire, artères pulmonaires, tronc pulmonaire, tronc artère pulmonaire, art pulmonaire, a \
      pulmonaire, tronc de l'artère pulmonaire
      """
    ),
    (.pulmonaryVein, "veine pulmonaire, veines pulmonaires, v pulmonaire, v pulmonaires"),
    (.venaCava, "veine cave, veines caves"),
    (
      .superiorVenaCava,
      "veine cave supérieure, veine cave sup, veine cave s, vcs, v cave sup, v cave supérieure"
    ),
    (
      .inferiorVenaCava,
      "veine cave inférieure, veine cave inf, veine cave i, vci, v cave inf, v cave inférieure"
    ),
    (.brachiocephalicTrunk, "tronc brachiocéphalique, tronc artériel brachiocéphalique, tabc"),
    (.brachiocephalicVein, "tronc veineux brachiocéphalique, veine brachiocéphalique, tvbc"),
    (.subclavianArtery, "artère sous-clavière, artère subclavière, a sous-clavière"),
    (.subclavianVein, "veine sous-clavière, veine subclavière, v sous-clavière"),
    (
      .carotidArtery,
      "carotide, artère carotide, carotide commune, carotide primitive, artère carotide commune"
    ),
    (.trachea, "trachée"),
    (
      .bronchialTree,
      """
      arbre bronchique, arbre bronchique proximal, arbre trachéobronchique, arbre trachéo-bronchique, arbre \
      bronchique central, abp, bronche souche, bronches souches, bronche principale, bronches principales, \
      bronches proximales, bronches, carène, voies aériennes, voies aériennes proximales, trachée et \
      bronches, tronc intermédiaire, bronche intermédiaire
      """
    ),
    (.bronchus, "bronche, bronche lobaire, bronches lobaires, bronche segmentaire, bronches segmentaires"),
    (.pulmonaryVessels, "vaisseaux pulmonaires, vaisseau pulmonaire"),
    (.oesophagus, "œsophage, oesophage, esophage, œso, oeso"),
    (.spinalCord, "moelle, moelle épinière, moelle epi, moelle spinale"),
    (
      .spinalCanal,
      """
      canal médullaire, canal rachidien, canal vertébral, canal med, canal spinal, canal medull, canal \
      rachid, fourreau dural
      """
    ),
    (.caudaEquina, "queue de cheval"),
    (.brachialPlexus, "plexus brachial, plexus brach, plexus brachiaux"),
    (.phrenicNerve, "nerf phrénique, n phrénique, phrénique"),
    (.diaphragm, "diaphragme, coupole diaphragmatique, hémidiaphragme, coupole"),
    (.chestWall, "paroi thoracique, paroi thorax, paroi thoraco, paroi costale"),
    (.rib, "côte, côtes, gril costal, grill costal, cage thoracique, arc costal, arcs costaux"),
    (.skin, "peau"),
    (
      .lung,
      """
      poumon, poumons, poumon total, poumons totaux, poumons total, deux poumons, 2 poumons, les deux \
      poumons, poumons entiers, poumons somme
      """
    ),
    (.pleura, "plèvre, plèvres"),
    (.bulla, "bulle, bulles, bulle emphysème"),
    (.emphysema, "emphysème"),
    (.thyroid, "thyroïde, glande thyroïde"),
    (
      .external,
      """
      externe, contour externe, contour ext, corps, corps entier, contour corps, contour du corps, contour \
      patient, enveloppe externe
      """
    ),
    (.mediastinum, "médiastin"),
    (.breast, "sein, seins"),
    (
      .unused,
      """
      ganglion, ganglions, adénopathie, adénopathies, aires ganglionnaires, thymus, épanchement pleural, \
      épanchement péricardique, atélectasie, hile, hile pulmonaire, marqueurs, moelle osseuse, table
      """
    ),

    (.liver, "foie, foie total, foie entier"),
    (.gallbladder, "vésicule biliaire, vésicule"),
    (
      .bileDuct,
      """
      cholédoque, canal cholédoque, voie biliaire principale, vbp, voies biliaires, canal hépatique, canaux \
      biliaires, voie biliaire
      """
    ),
    (.portalVein, "veine porte, v porte, tronc porte"),
    (
      .hepaticVein,
      "veine hépatique, veines hépatiques, veine sus-hépatique, veines sus-hépatiques, veines sushépatiques"
    ),
    (.hepaticArtery, "artère hépatique"),
    (.hepaticVessels, "vaisseaux hépatiques, vaisseaux du foie"),
    (.stomach, "estomac"),
    (.stomachAndDuodenum, "estomac duodénum, estomac et duodénum"),
    (.duodenum, "duodénum"),
    (
      .smallBowel,
      """
      intestin grêle, grêle, intestin, intestins, anses grêles, anses, jéjunum, iléon, anses intestinales, \
      anses digestives
      """
    ),
    (.bowelBag, "sac intestinal, cavité intestinale, sac digestif"),
    (.colon, "côlon, colon, gros intestin, cadre colique"),
    (
      .part(of: .colon),
      """
      côlon ascendant, côlon descendant, côlon transverse, caecum, cæcum, angle colique, côlon droit, côlon \
      gauche
      """
    ),
    (.sigmoid, "sigmoïde, côlon sigmoïde"),
    (.rectum, "rectum"),
    (.kidney, "rein, reins, deux reins, les deux reins, reins totaux"),
    (.spleen, "rate"),
    (.pancreas, "pancréas"),
    (.part(of: .pancreas), "tête du pancréas, queue du pancréas, corps du pancréas"),
    (.adrenal, "surrénale, surrénales, glande surrénale, glandes surrénales"),
    (.ureter, "uretère, uretères"),
    (.sacralPlexus, "plexus sacré"),
    (.bladder, "vessie"),
    (.prostate, "prostate"),
    (
      .unused,
      "utérus, ovaire, péritoine, cavité péritonéale, cavité abdominale, ascite, kyste rénal, kyste hépatique"
    ),
    (
      .unused, "segment hépatique, segment du foie, hile hépatique, tronc cœliaque, artère rénale, canal anal"
    ),

    (.bone, "os, structures osseuses, squelette"),
    (.clavicle, "clavicule"),
    (.scapula, "omoplate, scapula"),
    (.humerus, "humérus"),
    (.part(of: .bone), "tête humérale"),
    (.femur, "fémur, fémurs"),
    (.femoralHead, "tête fémorale, tête du fémur, têtes fémorales, tête fémur"),
    (.hipBone, "os iliaque, os coxal, bassin osseux"),
    (.skull, "crâne"),
    (.mandible, "mandibule"),
    (.sacrum, "sacrum"),
    (.sternum, "sternum"),
    (.vertebra, "vertèbre, corps vertébral"),
    (.vertebrae, "vertèbres, corps vertébraux, rachis, colonne vertébrale, colonne"),
    (.part(of: .bone), "rachis cervical, rachis dorsal, rachis lombaire, rachis thoracique"),
    (.brain, "cerveau, encéphale"),
    (.brainstem, "tronc cérébral"),
    (.chiasm, "chiasma, chiasma optique"),
    (.opticNerve, "nerf optique"),
    (.eye, "œil, yeux"),
    (.lens, "cristallin"),
    (.parotid, "parotide"),
    (.submandibular, "sous-maxillaire, sous-mandibulaire, glande sous-maxillaire"),
    (.larynx, "larynx"),
    (
      .unused,
      """
      cavité buccale, cavité orale, lèvres, langue, pharynx, cochlée, hypophyse, cervelet, hippocampe, \
      muscles
      """
    ),
  ]
}
