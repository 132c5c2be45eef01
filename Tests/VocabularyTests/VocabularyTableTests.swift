// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Vocabulary

@Suite("The table of names")
struct VocabularyTableTests {
  @Test("no spelling means two structures, in one language or in two")
  func conflicts() {
    #expect(NameTable.conflicts == [])
  }

  @Test("every spelling of the table is recognised as what it stands for, in capitals as well")
  func entries() {
    for (key, entry) in NameTable.entries {
      for source in [key, key.uppercased(), "  \(key)_"] {
        let name = StructureName.recognized(source)
        #expect(name?.role == entry.structure.role, "\(source)")
        if let tg263 = entry.structure.tg263 { #expect(name?.tg263.hasPrefix(tg263) == true, "\(source)") }
      }
    }
  }

  @Test("every name the table gives means the same structure when it is read back")
  func fixedPoints() {
    for entry in Array(NameTable.entries.values) + NameTable.sidedEntries.values {
      guard let tg263 = entry.structure.tg263 else { continue }
      for side in entry.structure.isPaired ? [Side.left, .right] : [] {
        let source = tg263 + StructureName.suffix(side)
        let name = StructureName(recognizing: source)
        #expect(name.tg263 == source && name.role == entry.structure.role && name.side == side, "\(source)")
      }
      // Atria, ventricles and main bronchi need their side.
      if ["Atrium", "Ventricle", "Bronchus"].contains(tg263) { continue }
      let name = StructureName(recognizing: tg263)
      #expect(name.tg263 == tg263 && name.role == entry.structure.role, "\(tg263)")
    }
  }

  @Test(
    "a structure's last letter is never its side: no spelling ends where a shorter one has a letter of a side"
  )
  func lettersOfOtherWords() {
    let letters = ["l", "r", "d", "g", "i", "s", "e"]
    for (key, entry) in NameTable.entries
    where [.lung, .kidney].contains(entry.structure.role) && entry.side == nil {
      for letter in letters {
        let name = StructureName(recognizing: "\(key) \(letter)")
        switch SideWords.reading(letter, beside: entry.languages) {
        case .side(let side)?: #expect(name.side == side, "\(key) \(letter)")
        default: #expect(name.role == .other && name.side == nil, "\(key) \(letter)")
        }
      }
    }
  }

  @Test("composed and decomposed letters, capitals and separators make no difference")
  func spellings() {
    let decomposed: [(String, String)] = [
      ("Me\u{301}dula", "SpinalCord"), ("O\u{308}sophagus", "Esophagus"), ("Coraça\u{303}o", "Heart"),
      ("Corac\u{327}a\u{303}o", "Heart"), ("Rin\u{303}o\u{301}n D", "Kidney_R"), ("Ple\u{300}vre", "Pleura"),
      ("HI\u{301}GADO", "Liver"), ("Du\u{308}nndarm", "Bowel_Small"),
      ("Lobe supe\u{301}rieur droit", "Lung_RUL"),
      ("coeur", "Heart"), ("cœur", "Heart"), ("C.o.e.u.r", "C.o.e.u.r"),
      ("Vena-Cava\u{a0}superior", "V_Venacava_S"),
      ("veine_cave-inférieure", "V_Venacava_I"), ("Große  Gefäße", "GreatVes"),
      ("GROSSE GEFÄSSE", "GreatVes"),
      ("moelle·épinière", "SpinalCord"), ("Spinal\u{2013}Kanal", "SpinalCanal"),
    ]
    for (source, tg263) in decomposed {
      #expect(StructureName(recognizing: source).tg263 == tg263, "\(source)")
    }
    #expect(RegionOfInterestKind(name: "La\u{308}sion", interpretedType: "") == .lesion)
    #expect(RegionOfInterestKind(name: "Me\u{301}tastase", interpretedType: "") == .lesion)
    #expect(Site(word: "me\u{301}diastin") == .mediastinum)
  }

  @Test("UTF-8 that was read as Latin-1 or Windows-1252 is understood, and nothing else changed")
  func doubleEncoding() {
    let misread: [(String, String)] = [
      ("C\u{c5}\u{201c}ur", "Heart"), ("C\u{c5}\u{93}ur", "Heart"), ("Pl\u{c3}\u{a8}vre", "Pleura"),
      ("Ri\u{c3}\u{b1}\u{c3}\u{b3}n D", "Kidney_R"), ("Surr\u{c3}\u{a9}nale G", "Glnd_Adrenal_L"),
    ]
    for (source, tg263) in misread { #expect(StructureName(recognizing: source).tg263 == tg263, "\(source)") }
    #expect(RegionOfInterestKind(name: "L\u{c3}\u{a4}sion", interpretedType: "") == .lesion)
    for name in ["Plèvre", "Riñón", "Coração", "Ösophagus", "Ã", "naïve é", "Heart", "日本"] {
      #expect(NameDecoding.repaired(name) == name)
    }
  }

  @Test("no word means two sites")
  func siteWords() {
    var seen: [String: Site] = [:]
    for (site, words) in SiteWords.rows {
      for word in words.split(separator: ",") {
        let key = SiteWords.key(String(word))
        #expect(seen[key] == nil || seen[key] == site, "\(word)")
        seen[key] = site
        #expect(Site(word: String(word)) == site, "\(word)")
      }
    }
  }

  @Test(
    "sites in every language",
    arguments: [
      ("poumon", Site.lung), ("Lunge", .lung), ("long", .lung), ("pulmón", .lung), ("polmone", .lung),
      ("pulmão", .lung), ("foie", .liver), ("Leber", .liver), ("lever", .liver), ("hígado", .liver),
      ("fegato", .liver), ("fígado", .liver), ("ganglion", .lymphNode), ("Lymphknoten", .lymphNode),
      ("linfonodo", .lymphNode), ("surrénale", .adrenal), ("Nebenniere", .adrenal), ("bijnier", .adrenal),
      ("Knochen", .bone), ("côte", .bone), ("hueso", .bone), ("osso", .bone), ("Wirbelsäule", .spine),
      ("rachis", .spine), ("colonna vertebrale", .spine), ("cerveau", .brain), ("Hirn", .brain),
      ("rein", .kidney),
      ("Niere", .kidney), ("rim", .kidney), ("plèvre", .pleura), ("paroi thoracique", .chestWall),
      ("Brustwand", .chestWall), ("Haut", .skin), ("piel", .skin), ("tissus mous", .softTissue),
      ("Weichteile", .softTissue), ("péritoine", .peritoneum),
    ])
  func sites(word: String, site: Site) {
    #expect(Site(word: word) == site)
  }

  @Test("words that are no site", arguments: ["", "elbow", "Herz", "droit", "7"])
  func noSites(word: String) { #expect(Site(word: word) == nil) }
}
