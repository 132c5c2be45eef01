// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Dutch names.
  static let dutch: NameList = [
    (.heart, "hart, hart totaal, hele hart"),
    (.part(of: .heart), "myocard, hartspier, hartoor"),
    (.pericardium, "pericard, hartzakje, hartzak"),
    (.coronaryArtery, "coronairen, kransslagaders, kransslagader"),
    (.greatVessels, "grote vaten, grote bloedvaten"),
    (
      .aorta, "aorta, aorta thoracalis, aortaboog, lichaamsslagader, grote lichaamsslagader, aorta descendens"
    ),
    (KnownStructure("A_Aorta_Asc", .greatVessels), "aorta ascendens"),
    (.pulmonaryArtery, "longslagader, longarterie, pulmonalisarterie, pulmonaalarterie, arteria pulmonalis"),
    (.pulmonaryVein, "longader, longaders, longvene, longvenen, pulmonaalvene, pulmonaalvenen"),
    (.venaCava, "holle ader, vena cava"),
    (.superiorVenaCava, "bovenste holle ader, vcs"),
    (.inferiorVenaCava, "onderste holle ader, vci"),
    (.carotidArtery, "halsslagader, carotis"),
    (.trachea, "luchtpijp, trachea"),
    (
      .bronchialTree,
      """
      bronchiaalboom, bronchusboom, proximale bronchiaalboom, centrale bronchiaalboom, bronchiale boom, \
      proximale bronchiale boom, tracheobronchiale boom, hoofdbronchus, hoofdbronchi, hoofdbronchiën, \
      bronchiën, luchtwegen, centrale luchtwegen, carina
      """
    ),
    (.bronchus, "bronchus, lobaire bronchus, segmentbronchus"),
    (.pulmonaryVessels, "longvaten, longbloedvaten"),
    (.oesophagus, "slokdarm, oesofagus, oesophagus"),
    (.spinalCord, "ruggenmerg, ruggemerg, myelum"),
    (.spinalCanal, "wervelkanaal, spinaalkanaal, spinale kanaal, ruggenmergkanaal, durale zak"),
    (.caudaEquina, "cauda equina"),
    (.brachialPlexus, "plexus brachialis, armplexus, plexus brach"),
    (.phrenicNerve, "middenrifzenuw, nervus phrenicus"),
    (.diaphragm, "middenrif, diafragma, diaphragma"),
    (.chestWall, "borstwand, thoraxwand, borstkaswand"),
    (.rib, "rib, ribben, ribbenkast, ribbenkorf"),
    (.skin, "huid"),
    (.lung, "long, longen, beide longen, longen totaal, long totaal, longen samen, beide longen samen"),
    (.pleura, "pleura, borstvlies, longvlies"),
    (.bulla, "bulla, bullae"),
    (.emphysema, "emfyseem, longemfyseem"),
    (.thyroid, "schildklier"),
    (.external, "lichaam, lichaamscontour, buitencontour, lichaamsomtrek, patiënt, huidcontour"),
    (.mediastinum, "mediastinum"),
    (.breast, "borst, mamma"),
    (
      .unused,
      """
      lymfeklier, lymfeklieren, lymfknoop, lymfknopen, klieren, thymus, pleuravocht, pericardvocht, \
      atelectase, hilus, longhilus, beenmerg, tafel, markers
      """
    ),

    (.liver, "lever, hele lever, lever totaal"),
    (.gallbladder, "galblaas"),
    (.bileDuct, "galgang, galgangen, galweg, galwegen, hoofdgalgang, choledochus, centrale galwegen"),
    (.portalVein, "poortader, vena portae"),
    (.hepaticVein, "levervene, levervenen, leverader, leveraders"),
    (.hepaticArtery, "leverslagader, leverarterie"),
    (.hepaticVessels, "levervaten"),
    (.stomach, "maag"),
    (.stomachAndDuodenum, "maag duodenum, maag en duodenum"),
    (.duodenum, "twaalfvingerige darm, duodenum"),
    (.smallBowel, "dunne darm, darm, darmen, jejunum, ileum, darmlissen, dunnedarmlissen"),
    (.bowelBag, "darmzak, bowelbag"),
    (.colon, "dikke darm, colon, karteldarm"),
    (.part(of: .colon), "blindedarm, blinde darm, caecum, coecum"),
    (.sigmoid, "sigmoïd, sigmoid, sigma"),
    (.rectum, "rectum, endeldarm"),
    (.kidney, "nier, nieren, beide nieren, nieren totaal"),
    (.spleen, "milt"),
    (.pancreas, "pancreas, alvleesklier"),
    (.part(of: .pancreas), "pancreaskop, pancreasstaart"),
    (.adrenal, "bijnier, bijnieren"),
    (.ureter, "ureter, urineleider"),
    (.sacralPlexus, "plexus sacralis"),
    (.bladder, "blaas, urineblaas"),
    (.prostate, "prostaat"),
    (
      .unused,
      """
      baarmoeder, eierstok, buikvlies, buikholte, ascites, niercyste, levercyste, leversegment, leverhilus, \
      anaalkanaal
      """
    ),

    (.bone, "botten, skelet"),
    (.clavicle, "sleutelbeen, clavicula"),
    (.scapula, "schouderblad, scapula"),
    (.humerus, "bovenarm, humerus"),
    (.part(of: .bone), "humeruskop"),
    (.femur, "femur, dijbeen, bovenbeen"),
    (.femoralHead, "femurkop, heupkop, femurkoppen, heupkoppen"),
    (.hipBone, "bekken bot, heupbeen"),
    (.skull, "schedel"),
    (.mandible, "onderkaak, mandibula"),
    (.sacrum, "heiligbeen, sacrum"),
    (.sternum, "borstbeen, sternum"),
    (.vertebra, "wervel, wervellichaam"),
    (.vertebrae, "wervels, wervellichamen, wervelkolom"),
    (.brain, "hersenen, brein"),
    (.brainstem, "hersenstam"),
    (.chiasm, "chiasma, chiasma opticum"),
    (.opticNerve, "oogzenuw"),
    (.eye, "oog, ogen"),
    (.lens, "ooglens"),
    (.parotid, "parotis, oorspeekselklier"),
    (.submandibular, "submandibularis"),
    (.larynx, "larynx, strottenhoofd"),
    (.unused, "mondholte, lippen, tong, keelholte, cochlea, hypofyse, kleine hersenen, hippocampus, spieren"),
  ]
}
