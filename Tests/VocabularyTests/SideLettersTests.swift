// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

/// The wrong side is the worst a name can do: letters of sides hold in their language and nowhere else.
@Suite("Letters of sides")
struct SideLettersTests {
  /// Letters and the side they mean beside a name of each language.
  private static let letters: [(name: String, left: [String], right: [String], none: [String])] = [
    (
      "Lung", ["L", "Lt", "left"], ["R", "Rt", "right"],
      ["D", "G", "I", "S", "E", "re", "li", "dx", "sx", "izq"]
    ),
    ("Kidney", ["L"], ["R"], ["D", "G", "I", "S", "E", "re", "li", "dx", "sx", "esq"]),
    (
      "Poumon", ["G", "gauche", "L", "gche"], ["D", "droit", "R", "Dt"],
      ["I", "S", "E", "re", "li", "dx", "sx"]
    ),
    ("Rein", ["G", "gauche"], ["D", "droit"], ["I", "S", "E", "re", "li"]),
    ("Lunge", ["li", "links", "L"], ["re", "rechts", "R"], ["D", "G", "I", "S", "E", "dx"]),
    ("Niere", ["li", "linke", "L"], ["re", "rechte", "R"], ["D", "G", "I", "S", "E"]),
    (
      "Long", ["links", "li", "L", "linker"], ["rechts", "re", "R", "rechter"],
      ["D", "G", "I", "S", "E", "dx"]
    ),
    (
      "Pulmón", ["I", "izq", "izquierdo", "L"], ["D", "der", "derecho", "dcho", "R"],
      ["S", "E", "G", "re", "sx"]
    ),
    ("Riñón", ["I", "izq", "izdo"], ["D", "der"], ["S", "E", "G"]),
    (
      "Polmone", ["S", "sx", "sin", "sinistro", "L"], ["D", "dx", "destro", "R"],
      ["I", "E", "G", "re", "izq"]
    ),
    ("Rene", ["S", "sx"], ["D", "dx"], ["I", "E", "G"]),
    ("Pulmão", ["E", "esq", "esquerdo", "L"], ["D", "dir", "direito", "R"], ["I", "S", "G", "re", "sx"]),
    ("Rim", ["E", "esq"], ["D", "dir"], ["I", "S", "G"]),
  ]

  @Test("beside lungs and kidneys in every language", arguments: letters.indices)
  func lungsAndKidneys(index: Int) {
    let row = Self.letters[index]
    for (words, side) in [(row.left, Side.left), (row.right, .right)] {
      for word in words {
        for source in ["\(row.name)_\(word)", "\(row.name) \(word.uppercased())", "\(word)-\(row.name)"] {
          let name = StructureName(recognizing: source)
          #expect(name.side == side, "\(source)")
          #expect(name.role == .lung || name.role == .kidney, "\(source)")
          #expect(name.tg263.hasSuffix(side == .left ? "_L" : "_R"), "\(source)")
        }
      }
    }
    for word in row.none {
      // Neither sided, nor taken for both lungs or kidneys.
      let name = StructureName(recognizing: "\(row.name)_\(word)")
      #expect(name.side == nil && name.role == .other, "\(row.name)_\(word)")
    }
  }

  @Test(
    "English names keep clear of them",
    arguments: [
      "Lung", "Lungs", "Kidney", "Heart", "Rib", "Ribs", "Liver", "Chestwall", "SpinalCord", "Breast",
      "BrachialPlex", "Bone", "Skin", "Body", "Stomach", "Airway", "BileDuct",
    ], ["D", "G", "I", "S", "E"])
  func english(organ: String, letter: String) {
    for source in ["\(organ)_\(letter)", "\(letter)_\(organ)", "\(organ) \(letter)"] {
      let name = StructureName(recognizing: source)
      #expect(name.side == nil)
      #expect(name.role == .other, "\(source) is \(name)")
      #expect(name.tg263 == source)
    }
  }

  @Test(
    "a word of several languages that disagree has no side",
    arguments: [
      ("Diafragma_D", StructureRole.diaphragm), ("Diafragma_S", .diaphragm), ("Diafragma_E", .diaphragm),
      ("Colon_D", .colon), ("Aorta_D", .greatVessels), ("Aorta_I", .greatVessels), ("Costa_S", .rib),
      ("Surrenale_G", .adrenal), ("Femur_G", .bone), ("Trachea_S", .trachea), ("Pleura_E", .pleura),
      ("Rib re", .rib), ("Atrium D", .heart),
    ])
  func disagreement(source: String, role: StructureRole) {
    let name = StructureName(recognizing: source)
    #expect(name.side == nil)
    #expect(name.role == role)
    #expect(!name.tg263.hasSuffix("_L") && !name.tg263.hasSuffix("_R"))
  }

  @Test(
    "where they agree, or diacritics leave one language, there is a side",
    arguments: [
      ("Surrénale_G", Side.left), ("Surrenale dx", .right), ("Diafragma izq", .left), ("Costa_D", .right),
      ("Diafragma direito", .right), ("Vena pulmonar izquierda", .left), ("Colon sx", .left),
    ])
  func agreement(source: String, side: Side) {
    #expect(StructureName(recognizing: source).side == side)
  }

  @Test(
    "an article's letter is no side",
    arguments: [
      "L'estomac", "l’œsophage", "D'aorte", "Crosse de l'aorte",
    ])
  func articles(source: String) {
    #expect(StructureName(recognizing: source).side == nil)
  }

  @Test("names that say both sides mean both, and contradictions nothing")
  func bothSides() {
    for source in ["Lungs L+R", "Lung left and right", "Reins D et G", "Nieren re/li", "Pulmão D e E"] {
      let name = StructureName(recognizing: source)
      #expect(name.side == nil && [.lung, .kidney].contains(name.role), "\(source)")
    }
    #expect(StructureName(recognizing: "lung_left_R").role == .other)
  }

  @Test("words of columns")
  func columns() {
    let left = ["L", "links", "li", "gauche", "G", "izq", "izquierdo", "sx", "sinistro", "esq", "esquerda"]
    let right = ["R", "rechts", "re", "droite", "D", "der", "derecho", "dx", "destro", "dir", "direito"]
    for word in left { #expect(Side(word: word) == .left, "\(word)") }
    for word in right { #expect(Side(word: word) == .right, "\(word)") }
    for word in ["I", "S", "E", "", "up", "beidseits"] { #expect(Side(word: word) == nil, "\(word)") }
    for word in ["mittig", "médiane", "Linea media"] { #expect(Side(word: word) == .midline, "\(word)") }
  }

  @Test(
    "words for lobes",
    arguments: [
      ("Oberlappen", Side?.some(.left), Lobe?.some(.leftUpper)), ("OL", .right, .rightUpper),
      ("UL", .right, nil),
      ("lobe inférieur", .right, .rightLower), ("inf. D", nil, .rightLower), ("LSG", nil, .leftUpper),
      ("bovenkwab", .left, .leftUpper), ("lobo superior", .left, .leftUpper),
      ("lobo inferiore dx", nil, .rightLower),
      ("Mittellappen", nil, .rightMiddle), ("Mittellappen", .left, nil), ("lobo médio", .right, .rightMiddle),
      ("Oberlappen", nil, nil), ("superior", .right, .rightUpper), ("segment 4", .left, nil),
      ("", .left, nil),
    ])
  func lobes(word: String, side: Side?, lobe: Lobe?) {
    #expect(Lobe(word: word, side: side) == lobe)
  }
}
