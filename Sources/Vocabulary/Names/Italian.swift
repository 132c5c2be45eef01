// SPDX-License-Identifier: Apache-2.0
extension NameTable {
  /// Italian names.
  static let italian: NameList = [
    (.heart, "cuore, cuore totale, cuore intero"),
    (.part(of: .heart), "miocardio, auricola"),
    (.pericardium, "pericardio"),
    (.coronaryArtery, "coronarie, arterie coronarie, arteria coronaria"),
    (.unused, "discendente anteriore, valvola aortica, valvola mitrale, iva"),
    (.greatVessels, "grandi vasi, grossi vasi, vasi mediastinici, vasi grandi"),
    (.aorta, "aorta, aorta toracica, aorta addominale, aorta discendente, arco aortico, arco dell'aorta"),
    (KnownStructure("A_Aorta_Asc", .greatVessels), "aorta ascendente"),
    (.pulmonaryArtery, "arteria polmonare, arterie polmonari, tronco polmonare, a polmonare"),
    (.pulmonaryVein, "vena polmonare, vene polmonari, v polmonare"),
    (.venaCava, "vena cava, cava"),
    (.superiorVenaCava, "vena cava superiore, vcs, cava superiore, vena cava sup"),
    (.inferiorVenaCava, "vena cava inferiore, vci, cava inferiore, vena cava inf"),
    (.brachiocephalicTrunk, "tronco brachiocefalico, arteria anonima"),
    (.brachiocephalicVein, "vena brachiocefalica, vena anonima, tronco venoso brachiocefalico"),
    (.subclavianArtery, "arteria succlavia, succlavia"),
    (.subclavianVein, "vena succlavia"),
    (.carotidArtery, "carotide, arteria carotide, carotide comune"),
    (.trachea, "trachea"),
    (
      .bronchialTree,
      """
      albero bronchiale, albero bronchiale prossimale, albero tracheobronchiale, albero tracheo-bronchiale, \
      bronco principale, bronchi principali, bronchi, vie aeree, vie aeree centrali, vie aeree prossimali, \
      carena, trachea e bronchi, bronco intermedio, bronchi prossimali
      """
    ),
    (.bronchus, "bronco, bronco lobare, bronchi lobari, bronco segmentale, bronchi segmentali"),
    (.pulmonaryVessels, "vasi polmonari, vaso polmonare"),
    (.oesophagus, "esofago, esof"),
    (.spinalCord, "midollo, midollo spinale"),
    (
      .spinalCanal,
      "canale midollare, canale spinale, canale vertebrale, speco vertebrale, sacco durale, sacco tecale"
    ),
    (.caudaEquina, "cauda equina, cauda"),
    (.brachialPlexus, "plesso brachiale, plesso brach"),
    (.phrenicNerve, "nervo frenico, frenico"),
    (.diaphragm, "diaframma, diafragma, emidiaframma"),
    (.chestWall, "parete toracica, parete costale, parete torace"),
    (.rib, "costa, coste, costola, costole, gabbia toracica, arco costale, archi costali"),
    (.skin, "pelle, cute"),
    (
      .lung,
      """
      polmone, polmoni, polmone totale, polmoni totali, polmoni tot, entrambi i polmoni, polmoni totale, due \
      polmoni, polmoni somma, polmone tot
      """
    ),
    (.pleura, "pleura"),
    (.bulla, "bolla, bolle"),
    (.emphysema, "enfisema"),
    (.thyroid, "tiroide, ghiandola tiroide"),
    (
      .external,
      """
      contorno esterno, profilo esterno, corpo, corpo intero, contorno corpo, profilo corporeo, contorno \
      paziente
      """
    ),
    (.mediastinum, "mediastino"),
    (.breast, "mammella, seno, mammelle"),
    (
      .unused,
      """
      linfonodo, linfonodi, linfonodale, adenopatia, adenopatie, timo, versamento pleurico, versamento \
      pericardico, atelettasia, ilo, ilo polmonare, pacemaker, midollo osseo, tavolo, lettino
      """
    ),

    (.liver, "fegato, fegato totale, fegato in toto"),
    (.gallbladder, "colecisti, cistifellea"),
    (
      .bileDuct,
      """
      coledoco, dotto coledoco, via biliare, vie biliari, via biliare principale, dotto biliare, dotto \
      epatico comune
      """
    ),
    (.portalVein, "vena porta, porta"),
    (.hepaticVein, "vena epatica, vene epatiche, vene sovraepatiche, vena sovraepatica, sovraepatiche"),
    (.hepaticArtery, "arteria epatica"),
    (.hepaticVessels, "vasi epatici, vaso epatico"),
    (.stomach, "stomaco"),
    (.stomachAndDuodenum, "stomaco duodeno, stomaco e duodeno"),
    (.duodenum, "duodeno"),
    (
      .smallBowel,
      """
      intestino tenue, piccolo intestino, intestino, tenue, digiuno, ileo, anse intestinali, anse, anse \
      ileali
      """
    ),
    (.bowelBag, "sacco intestinale, cavità intestinale"),
    (.colon, "colon, intestino crasso, grosso intestino, crasso"),
    (.part(of: .colon), "cieco, colon ascendente, colon discendente, colon trasverso"),
    (.sigmoid, "sigma, sigmoide, colon sigmoideo"),
    (.rectum, "retto"),
    (.kidney, "rene, reni, entrambi i reni, due reni"),
    (.spleen, "milza"),
    (.pancreas, "pancreas"),
    (.part(of: .pancreas), "testa del pancreas, coda del pancreas, testa pancreas"),
    (
      .adrenal,
      """
      surrene, surreni, ghiandola surrenale, ghiandole surrenali, surrenale, surrenali, ghiandola \
      surrenalica
      """
    ),
    (.ureter, "uretere, ureteri"),
    (.sacralPlexus, "plesso sacrale"),
    (.bladder, "vescica"),
    (.prostate, "prostata"),
    (
      .unused,
      """
      utero, ovaio, peritoneo, cavità peritoneale, cavità addominale, ascite, cisti renale, cisti epatica, \
      segmento epatico, ilo epatico, tripode celiaco, arteria renale, canale anale, ano
      """
    ),

    (.bone, "osso, ossa, scheletro"),
    (.clavicle, "clavicola"),
    (.scapula, "scapola"),
    (.humerus, "omero"),
    (.part(of: .bone), "testa omerale, testa omero"),
    (.femur, "femore, femori"),
    (.femoralHead, "testa femorale, testa del femore, teste femorali, testa femore"),
    (.hipBone, "osso iliaco, osso dell'anca, bacino osseo"),
    (.skull, "cranio"),
    (.mandible, "mandibola"),
    (.sacrum, "osso sacro"),
    (.sternum, "sterno"),
    // "Vertebre" is one in French and several here; both are bone.
    (.vertebra, "vertebra, corpo vertebrale, soma vertebrale, vertebre"),
    (.vertebrae, "corpi vertebrali, colonna vertebrale, colonna, rachide, somi vertebrali"),
    (.brain, "cervello, encefalo"),
    (.brainstem, "tronco encefalico, tronco cerebrale, tronco encefalo"),
    (.chiasm, "chiasma, chiasma ottico"),
    (.opticNerve, "nervo ottico"),
    (.eye, "occhio, occhi"),
    (.lens, "cristallino, cristallini"),
    (.parotid, "parotide, parotidi"),
    (.submandibular, "sottomandibolare, ghiandola sottomandibolare"),
    (.larynx, "laringe"),
    (.unused, "cavo orale, labbra, lingua, faringe, coclea, ipofisi, cervelletto, ippocampo, muscoli"),
  ]
}
