// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// German names, with the compounds that are written as one word.
  static let german: NameList = [
    (.heart, "Herz, Herz gesamt, ganzes Herz, Cor"),
    (.part(of: .heart), "Myokard, Herzmuskel, Herzohr"),
    (.atrium, "Herzvorhof"),
    (.pericardium, "Perikard, Herzbeutel, Pericard"),
    (.coronaryArtery, "Koronarien, Koronararterien, Herzkranzgefäße, Koronararterie, Koronargefäße"),
    (.unused, "RIVA, Aortenklappe, Mitralklappe"),
    (.greatVessels, "große Gefäße, grosse Gefäße, große Gefässe, mediastinale Gefäße, Gefäße Mediastinum"),
    (
      .aorta,
      """
      Aorta, Aorta thorakal, Aorta abdominal, Aorta descendens, Aortenbogen, Hauptschlagader, Bauchaorta, \
      thorakale Aorta, abdominelle Aorta
      """
    ),
    (KnownStructure("A_Aorta_Asc", .greatVessels), "Aorta ascendens"),
    (
      .pulmonaryArtery,
      """
      Pulmonalarterie, Pulmonalarterien, Lungenarterie, Lungenschlagader, Pulmonalishauptstamm, Pulmonalis, \
      Pulmonalstamm
      """
    ),
    (.pulmonaryVein, "Pulmonalvene, Pulmonalvenen, Lungenvene, Lungenvenen"),
    (.venaCava, "Hohlvene, Hohlvenen, Vena cava, V cava"),
    (.superiorVenaCava, "obere Hohlvene, VCS"),
    (.inferiorVenaCava, "untere Hohlvene, VCI"),
    (.carotidArtery, "Karotis, Halsschlagader, Carotis"),
    (.trachea, "Luftröhre, Trachea"),
    (
      .bronchialTree,
      """
      Bronchialbaum, proximaler Bronchialbaum, Bronchialbaum proximal, Bronchialbaum prox, zentraler \
      Bronchialbaum, Bronchialbaum zentral, Tracheobronchialbaum, Tracheobronchialsystem, Bronchialsystem, \
      Hauptbronchus, Hauptbronchien, Hauptbronchi, Bronchien, Atemwege, zentrale Atemwege, Luftwege, Karina, \
      Carina, Trachea und Hauptbronchien, Trachea Bronchien, Trachea und Bronchien, Bronchus intermedius, \
      Intermediärbronchus, zentrale Bronchien
      """
    ),
    (.bronchus, "Bronchus, Lappenbronchus, Segmentbronchus, Lappenbronchien, Segmentbronchien"),
    (.pulmonaryVessels, "Lungengefäße, Lungengefäss, Lungengefässe, Pulmonalgefäße"),
    (.oesophagus, "Ösophagus, Oesophagus, Ösoph, Speiseröhre"),
    (.spinalCord, "Rückenmark, Myelon, Spinalmark"),
    (.spinalCanal, "Spinalkanal, Wirbelkanal, Rückenmarkskanal, Duralsack, Myelonkanal"),
    (.caudaEquina, "Cauda, Kauda"),
    (.brachialPlexus, "Armplexus, Plexus brach, Brachialplexus, Armnervengeflecht"),
    (.phrenicNerve, "Zwerchfellnerv, Phrenikus"),
    (.diaphragm, "Zwerchfell, Diaphragma, Zwerchfellkuppel"),
    (.chestWall, "Brustwand, Thoraxwand, Brustkorbwand"),
    (.rib, "Rippe, Rippen, Rippenthorax, Brustkorb"),
    (.skin, "Haut"),
    (
      .lung,
      """
      Lunge, Lungen, Lunge gesamt, Lungen gesamt, Gesamtlunge, beide Lungen, Lunge beidseits, Lunge bds, \
      Lungen bds, Lungenflügel, Lunge ges, Lungen ges, Lunge total
      """
    ),
    (.pleura, "Pleura, Brustfell, Rippenfell, Lungenfell"),
    (.bulla, "Bulla, Bullae, Emphysemblase, Bullen"),
    (.emphysema, "Emphysem, Lungenemphysem"),
    (.thyroid, "Schilddrüse"),
    (
      .external,
      """
      Körper, Körperkontur, Außenkontur, Aussenkontur, Körperaußenkontur, Körperaussenkontur, \
      Patientenkontur, Körperumriss, Körperoutline, äußere Kontur, Patient, Patientenoutline, \
      Körperoberfläche
      """
    ),
    (.mediastinum, "Mediastinum"),
    (.breast, "Brust, Mamma, Brustdrüse"),
    (
      .unused,
      """
      Lymphknoten, LK, Lymphabfluss, Thymus, Pleuraerguss, Perikarderguss, Atelektase, Hilus, Lungenhilus, \
      Marker, Herzschrittmacher, Schrittmacher, Tisch, Tischplatte, Knochenmark, Weichteile
      """
    ),

    (.liver, "Leber, Leber gesamt, Gesamtleber"),
    (.gallbladder, "Gallenblase"),
    (
      .bileDuct,
      """
      Gallengang, Gallengänge, Gallenwege, Hauptgallengang, zentrale Gallengänge, zentraler Gallengang, \
      Hepatikusgabel
      """
    ),
    (.portalVein, "Pfortader, Portalvene, Pfortaderhauptstamm"),
    (.hepaticVein, "Lebervene, Lebervenen"),
    (.hepaticArtery, "Leberarterie"),
    (.hepaticVessels, "Lebergefäße, Lebergefäss, Lebergefässe"),
    (.stomach, "Magen"),
    (.stomachAndDuodenum, "Magen Duodenum, Magen und Duodenum"),
    (.duodenum, "Zwölffingerdarm, Duodenum"),
    (.smallBowel, "Dünndarm, Darm, Jejunum, Ileum, Dünndarmschlingen, Darmschlingen"),
    (.bowelBag, "Darmsack, Darmraum, Peritonealraum Darm"),
    (.colon, "Dickdarm, Kolon, Colon"),
    (.part(of: .colon), "Zökum, Zäkum, Blinddarm, Kolonflexur, linke Kolonflexur, rechte Kolonflexur"),
    (.sigmoid, "Sigma, Sigmoid"),
    (.rectum, "Rektum, Enddarm, Mastdarm"),
    (.kidney, "Niere, Nieren, beide Nieren, Nieren bds, Niere bds, Nieren gesamt, Nieren beidseits"),
    (.spleen, "Milz"),
    (.pancreas, "Pankreas, Bauchspeicheldrüse"),
    (.part(of: .pancreas), "Pankreaskopf, Pankreasschwanz, Pankreaskörper"),
    (.adrenal, "Nebenniere, Nebennieren"),
    (.ureter, "Ureter, Harnleiter"),
    (.sacralPlexus, "Sakralplexus"),
    (.bladder, "Harnblase, Blase"),
    (.prostate, "Prostata"),
    (
      .unused,
      """
      Uterus, Ovar, Peritoneum, Bauchfell, Peritonealhöhle, Bauchhöhle, Aszites, Nierenzyste, Leberzyste, \
      Lebersegment, Leberhilus, Analkanal, Milzvene, Nierenarterie, Nierenbecken
      """
    ),

    (.bone, "Knochen, Skelett"),
    (.clavicle, "Schlüsselbein, Klavikula"),
    (.scapula, "Schulterblatt, Skapula"),
    (.humerus, "Oberarm, Oberarmknochen"),
    (.part(of: .bone), "Humeruskopf, Oberarmkopf, Schenkelhals"),
    (.femur, "Femur, Oberschenkelknochen"),
    (.femoralHead, "Hüftkopf, Femurkopf, Femurköpfe, Hüftköpfe"),
    (.hipBone, "Beckenknochen, Hüftbein, knöchernes Becken"),
    (.skull, "Schädel"),
    (.mandible, "Unterkiefer, Mandibula"),
    (.sacrum, "Kreuzbein, Sakrum"),
    (.sternum, "Brustbein, Sternum"),
    (.vertebra, "Wirbel, Wirbelkörper"),
    (.vertebrae, "Wirbelsäule"),
    (.part(of: .bone), "HWS, BWS, LWS, Brustwirbelsäule, Lendenwirbelsäule, Halswirbelsäule, BWK, LWK, HWK"),
    (.brain, "Gehirn, Hirn"),
    (.brainstem, "Hirnstamm"),
    (.chiasm, "Chiasma, Sehnervenkreuzung"),
    (.opticNerve, "Sehnerv"),
    (.eye, "Auge, Augen"),
    (.lens, "Linse, Linsen, Augenlinse"),
    (.parotid, "Parotis, Ohrspeicheldrüse"),
    (.submandibular, "Submandibularis"),
    (.larynx, "Larynx, Kehlkopf"),
    (
      .unused,
      "Mundhöhle, Lippen, Zunge, Pharynx, Rachen, Cochlea, Hypophyse, Kleinhirn, Hippocampus, Muskel, Muskeln"
    ),
  ]
}
