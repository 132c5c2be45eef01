// SPDX-License-Identifier: Apache-2.0
/// Words that say lesion or target, words that take it back, and words for not.
enum LesionWords {
  /// Words that name a lesion, each only as a whole word.
  static let lesions: Set<String> = {
    let words = """
      gtv igtv gtvp gtvn gtvs gtvnode met mets metastasis metastases metastase metastasen filia filiae \
      lesion lesions tumour tumours tumor tumors nodule nodules meta metas tumeur tumeurs métastase \
      métastases lésion lésions Tumore Tumoren Läsion Läsionen Rundherd Rundherde Herd Herde Knoten \
      Primärtumor Resttumor Tumorrest Rezidiv Lokalrezidiv laesie laesies uitzaaiing uitzaaiingen letsel \
      letsels gezwel haard haarden metástasis lesión lesiones nódulo nódulos tumores lesione lesioni nodulo \
      noduli metastasi tumore tumori lesão lesões metástase metástases
      """
    let single = words.split { $0.isWhitespace }.flatMap { NameWords.keys(String($0)) }
    return Set(single).union(compounds)
  }()

  /// Targets drawn around lesions.
  static let targets: Set<String> = [
    "ctv", "itv", "ptv", "ictv", "target", "targets", "zielvolumen", "cible", "cibles",
  ]

  /// Targets of two words.
  static let targetPhrases: [[String]] = [
    ["target", "volume"], ["volume", "cible"], ["doel", "volume"], ["volumen", "objetivo"],
    ["volumen", "blanco"],
    ["volumen", "diana"], ["volume", "bersaglio"], ["volume", "alvo"],
  ]

  /// Words that take a lesion or target back: beds, rings, scars, what is to be avoided.
  static let exceptions: Set<String> = {
    let words = """
      bed block boost ring avoid avoidance scar \
      lit anneau cicatrice surimpression éviter évitement \
      Bett Tumorbett Metastasenbett Operationsbett Narbe Aufsättigung Boost Tumorboost Vermeidung vermeiden \
      tumorbed wondbed litteken vermijden \
      lecho anillo cicatriz sobreimpresión evitar \
      letto anello sovradosaggio evitare \
      leito anel cicatrices cicatrizes cicatrici
      """
    return Set(words.split { $0.isWhitespace }.flatMap { NameWords.keys(String($0)) })
  }()

  /// Words that deny the word after them ("no GTV", "pas de GTV"); "no." before a number is none.
  static let negations: Set<String> = [
    "no", "not", "non", "without", "pas", "sans", "aucun", "aucune", "kein", "keine", "keinen", "ohne",
    "geen", "zonder", "ningun", "ninguna", "senza", "nessun", "nessuna", "nessuno", "sem", "nao", "nenhum",
    "nenhuma",
  ]

  /// Whether words name a bed, ring, scar or the like of a lesion or target, and no organ.
  static func isAroundALesion(_ words: [String]) -> Bool {
    let adjectives: Set = ["tumoral", "tumorale", "tumorales", "op", "operatoire"]
    return words.contains(where: exceptions.contains)
      && words.allSatisfy {
        exceptions.contains($0) || lesions.contains($0) || targets.contains($0) || adjectives.contains($0)
          || NameWords.fillers.contains($0) || $0.allSatisfy(\.isNumber)
      }
  }

  /// Lesions as German and Dutch write them with their organ, in one word.
  private static let compounds: Set<String> = {
    let german = [
      "Metastase", "Metastasen", "Tumor", "Tumoren", "Läsion", "Läsionen", "Rundherd", "Herd", "Filia",
      "Filiae",
    ]
    let germanOrgans = [
      "Lungen", "Leber", "Knochen", "Hirn", "Nebennieren", "Lymphknoten", "Pleura", "Milz", "Nieren",
      "Wirbel", "Wirbelkörper", "Weichteil", "Haut", "Pankreas", "Thoraxwand", "Brustwand", "Rippen",
      "Bronchial", "Fern",
    ]
    let dutch = [
      "metastase", "metastasen", "metastases", "tumor", "tumoren", "laesie", "laesies", "uitzaaiing",
      "nodule",
    ]
    let dutchOrgans = [
      "long", "lever", "bot", "hersen", "bijnier", "lymfeklier", "nier", "wervel", "pleura", "huid", "milt",
    ]
    var words: Set<String> = ["lungenknoten", "lungenrundherde", "leberherde", "lungenherde"]
    for (organs, heads) in [(germanOrgans, german), (dutchOrgans, dutch)] {
      for organ in organs {
        for head in heads { words.formUnion(NameWords.keys(organ + head.lowercased())) }
      }
    }
    return words
  }()
}
