// SPDX-License-Identifier: Apache-2.0
/// What one spelling of the vocabulary means.
struct NameEntry: Sendable {
  let structure: KnownStructure
  /// All languages that write it so.
  var languages: NameLanguages
  /// The side, where the spelling holds it ("Lunge" and "li" run together).
  var side: Side?

  /// The languages a name is in, where its diacritics leave fewer of them.
  func languages(of spelling: NameLanguages) -> NameLanguages {
    let both = languages.intersection(spelling)
    return both.isEmpty ? languages : both
  }
}

/// Names of structures and what they mean: spellings set apart by commas.
typealias NameList = [(KnownStructure, String)]

/// The vocabulary, by folded spelling.
enum NameTable {
  /// Names that stand alone or beside a side.
  static var entries: [String: NameEntry] { built.entries }

  /// Names that mean this beside a side only: a ventricle without one may be the brain's, a "rim" the English
  /// word.
  static var sidedEntries: [String: NameEntry] { built.sided }

  /// Spellings that two languages use for different structures; there must be none.
  static var conflicts: [String] { built.conflicts }

  /// The languages that write a word with just these diacritics: "surrénale" is French, "surrenale" Italian
  /// as well.
  static func languages(ofAccented word: String) -> NameLanguages? { built.accented[word] }

  private struct Tables: Sendable {
    var entries: [String: NameEntry] = [:]
    var sided: [String: NameEntry] = [:]
    var conflicts: [String] = []
    var accented: [String: NameLanguages] = [:]
  }

  private static let lists: [(NameLanguages, [NameList])] = [
    (
      .english,
      [
        englishThorax, englishAbdomen, englishBones, englishHead, englishMuscles, englishSegmentations,
      ]
    ),
    (.latin, [latin]), (.french, [french]), (.german, [german]), (.dutch, [dutch]), (.spanish, [spanish]),
    (.italian, [italian]), (.portuguese, [portuguese]),
  ]

  private static let sidedLists: [(NameLanguages, NameList)] = [
    (.english, [(.atrium, "atrium"), (.ventricle, "ventricle"), (.mainBronchus, "bronchus, bronch")]),
    (.latin, [(.mainBronchus, "bronchus")]),
    (.french, [(.atrium, "oreillette, atrium"), (.ventricle, "ventricule"), (.mainBronchus, "bronche")]),
    (.german, [(.atrium, "Vorhof"), (.ventricle, "Ventrikel, Herzkammer"), (.mainBronchus, "Bronchus")]),
    (
      .dutch,
      [(.atrium, "atrium, boezem"), (.ventricle, "ventrikel, hartkamer"), (.mainBronchus, "bronchus")]
    ),
    (.spanish, [(.atrium, "aurícula"), (.ventricle, "ventrículo"), (.mainBronchus, "bronquio")]),
    (.italian, [(.atrium, "atrio"), (.ventricle, "ventricolo"), (.mainBronchus, "bronco")]),
    (
      .portuguese,
      [
        (.atrium, "átrio, aurícula"), (.ventricle, "ventrículo"), (.mainBronchus, "brônquio"),
        (.kidney, "rim"),
      ]
    ),
  ]

  private static let built: Tables = {
    var tables = Tables()
    for (language, parts) in lists {
      for (structure, names) in parts.joined() { add(structure, names, language, to: &tables) }
    }
    for (language, list) in sidedLists {
      for (structure, names) in list {
        for key in keys(of: names) {
          let languages = (tables.sided[key]?.languages ?? []).union(language)
          tables.sided[key] = NameEntry(structure: structure, languages: languages)
        }
      }
    }
    addRunTogether(to: &tables)
    return tables
  }()

  private static func add(
    _ structure: KnownStructure, _ names: String, _ language: NameLanguages, to tables: inout Tables
  ) {
    for word in StructureName.words(of: names) where !word.allSatisfy(\.isASCII) {
      tables.accented[word, default: []].formUnion(language)
    }
    for key in keys(of: names) {
      if let known = tables.entries[key], known.structure != structure { tables.conflicts.append(key) }
      tables.entries[key, default: NameEntry(structure: structure, languages: language)].languages
        .formUnion(language)
    }
  }

  private static func keys(of names: String) -> [String] {
    names.split(separator: ",").flatMap { NameWords.keys(String($0)) }
  }

  /// Sides that people write without a gap: one lung or kidney with a letter ("LungL", "POUMOND"), any paired
  /// organ with the Dutch adjective ("linkerlong").
  private static func addRunTogether(to tables: inout Tables) {
    let letters = ["l", "r", "d", "g", "i", "s", "e", "li", "re", "dx", "sx", "izq", "der", "esq"]
    let single: Set = [
      "lung", "kidney", "poumon", "rein", "lunge", "niere", "long", "nier", "pulmon", "rinon", "polmone",
      "pulmao",
    ]
    for (key, entry) in tables.entries where entry.structure.isPaired {
      var found: [(String, SideWords.Reading?)] = []
      if single.contains(key) {
        for letter in letters {
          let reading = SideWords.reading(letter, beside: entry.languages)
          found.append((key + letter, reading))
          if letter.count == 1 { found.append((letter + key, reading)) }
        }
      }
      if entry.languages.contains(.dutch) {
        found += [("linker" + key, .side(.left)), ("rechter" + key, .side(.right))]
      }
      for (spelling, reading) in found {
        guard case .side(let side)? = reading, tables.entries[spelling] == nil else { continue }
        tables.entries[spelling] = NameEntry(
          structure: entry.structure, languages: entry.languages, side: side)
      }
    }
  }
}
