// SPDX-License-Identifier: Apache-2.0
/// Words for sites and the midline in the languages of the vocabulary.
enum SiteWords {
  /// A word's letters, folded.
  static func key(_ word: String) -> String { NameWords.key(word).filter(\.isLetter) }

  /// Sites by folded word.
  static let table: [String: Site] = {
    var table: [String: Site] = [:]
    for (site, words) in rows {
      for word in words.split(separator: ",") {
        for spelling in NameWords.keys(String(word)) { table[spelling.filter(\.isLetter)] = site }
      }
    }
    for site in Site.allCases { table[key(site.rawValue)] = site }
    return table
  }()

  /// Words for the midline.
  static let midline: Set<String> = [
    "m", "midline", "middle", "central", "median", "mediane", "mediana", "mediano", "mittig", "mitte",
    "mittellinie", "midden", "middellijn", "centraal", "zentral", "centrale", "lignemediane", "lineamedia",
    "lineamediana", "linhamedia", "linhamediana",
  ]

  /// Words for each site, set apart by commas.
  static let rows: [(Site, String)] = [
    (
      .lung,
      """
      lungs, pulmonary, pulmo, poumon, poumons, pulmonaire, Lunge, Lungen, pulmonal, long, longen, \
      pulmonaal, pulmón, pulmones, pulmonar, polmone, polmoni, polmonare, pulmão, pulmões
      """
    ),
    (
      .liver,
      """
      hepatic, hepar, foie, hépatique, Leber, hepatisch, lever, hígado, hepático, hepática, fegato, epatico, \
      epatica, fígado
      """
    ),
    (.pleura, "pleural, plèvre, Brustfell, Rippenfell, borstvlies, pleurico, pleurica"),
    (.mediastinum, "mediastinal, médiastin, médiastinal, mediastino, mediastinico"),
    (
      .chestWall,
      """
      thoracic wall, paroi thoracique, paroi, Brustwand, Thoraxwand, borstwand, thoraxwand, pared torácica, \
      parete toracica, parede torácica
      """
    ),
    (
      .bone,
      """
      bones, skeletal, rib, femur, pelvis, os, osseux, osseuse, côte, côtes, fémur, Knochen, ossär, ossaer, \
      Rippe, Rippen, Becken, bot, botten, skelet, ribben, bekken, hueso, huesos, óseo, ósea, costilla, \
      costillas, osso, ossa, osseo, ossea, costa, coste, costola, femore, bacino, ossos, ósseo, óssea, \
      costela, costelas, fêmur, bassin, pelve
      """
    ),
    (
      .spine,
      """
      vertebra, vertebrae, vertebral, spinal, rachis, colonne, colonne vertébrale, vertèbre, vertèbres, \
      Wirbelsäule, Wirbel, Wirbelkörper, BWS, LWS, HWS, BWK, LWK, HWK, wervel, wervels, wervelkolom, \
      columna, columna vertebral, vértebra, vértebras, colonna, colonna vertebrale, vertebre, rachide, \
      coluna, coluna vertebral
      """
    ),
    (
      .brain,
      """
      cerebral, cerebellum, cns, cerveau, cérébral, cérébrale, encéphale, Gehirn, Hirn, zerebral, ZNS, \
      hersenen, hersen, cerebraal, cerebro, encéfalo, cervello, cerebrale, encefalo, cérebro
      """
    ),
    (
      .lymphNode,
      """
      node, nodal, nodes, ln, lymph nodes, ganglion, ganglions, ganglionnaire, adénopathie, Lymphknoten, LK, \
      lymfeklier, lymfeklieren, lymfknoop, ganglio, ganglios, ganglionar, adenopatía, linfonodo, linfonodi, \
      linfonodale, adenopatia, linfonodos, gânglio, gânglios
      """
    ),
    (
      .adrenal,
      """
      adrenal gland, adrenals, surrénale, surrénales, surrénalien, Nebenniere, Nebennieren, bijnier, \
      bijnieren, suprarrenal, suprarrenales, glándula suprarrenal, surrene, surreni, surrenale, suprarrenais
      """
    ),
    (
      .kidney,
      """
      kidneys, renal, rein, reins, rénal, rénale, Niere, Nieren, nier, nieren, riñón, riñones, rene, reni, \
      renale, rim, rins
      """
    ),
    (
      .softTissue,
      """
      muscle, subcutaneous, soft tissues, tissus mous, parties molles, muscle, sous-cutané, Weichteile, \
      Weichteil, Weichgewebe, Muskel, subkutan, weke delen, wekedelen, spier, subcutaan, partes blandas, \
      tejidos blandos, músculo, subcutáneo, tessuti molli, parti molli, muscolo, sottocute, sottocutaneo, \
      partes moles, subcutâneo
      """
    ),
    (
      .skin,
      """
      cutaneous, peau, cutané, cutanée, Haut, kutan, huid, piel, cutáneo, cutánea, pelle, cute, cutaneo, \
      pele
      """
    ),
    (
      .peritoneum,
      """
      peritoneal, péritoine, péritonéal, Bauchfell, buikvlies, peritoneo, peritoneale, peritônio, peritoneu, \
      peritonio
      """
    ),
    (.other, "autre, andere, anders, sonstige, overig, otro, otra, altro, altra, outro, outra"),
  ]
}
