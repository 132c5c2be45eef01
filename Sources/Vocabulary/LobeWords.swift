// SPDX-License-Identifier: Apache-2.0
extension Lobe {
  /// The lobe that lies so high on a side; `nil` for a middle lobe on the left and for an upper or lower one
  /// of no side.
  init?(_ height: LobeWords.Height, _ side: Side?) {
    switch (height, side) {
    case (.upper, .right?): self = .rightUpper
    case (.upper, .left?): self = .leftUpper
    case (.lower, .right?): self = .rightLower
    case (.lower, .left?): self = .leftLower
    case (.middle, .right?), (.middle, nil): self = .rightMiddle
    default: return nil
    }
  }
}

/// Words for lobes of the lung.
enum LobeWords {
  /// Where a lobe lies in its lung.
  enum Height: Sendable { case upper, middle, lower }

  /// What a name of a lobe says, every word of it understood.
  struct Reading {
    let height: Height
    /// The side, `nil` where none is said.
    let side: Side?
  }

  /// The lobe a name means in any of the languages, or `nil`.
  ///
  /// - Parameter needsNoun: whether the name needs a word for lobe, as any name of a structure does: "poumon
  ///   sup" may be the upper part of a lung.
  static func reading(_ words: [String], needsNoun: Bool = true) -> Reading? {
    var languages = NameLanguages(rawValue: .max)
    var height: (found: Height, at: Int)?
    var noun: (languages: NameLanguages, at: Int)?
    var sideWord: String?
    for (index, word) in words.enumerated() {
      if let found = compounds[word] {
        guard height == nil, noun == nil else { return nil }
        height = (found.height, index)
        noun = (found.languages, index)
      } else if let found = heights[word] {
        guard height == nil else { return nil }
        height = (found.height, index)
        languages.formIntersection(found.languages)
      } else if let found = nouns[word] {
        guard noun == nil else { return nil }
        noun = (found, index)
      } else if let found = lungs(word) {
        languages.formIntersection(found)
      } else if !NameWords.fillers.contains(word), word != "of", word != "the" {
        guard sideWord == nil else { return nil }
        sideWord = word
      }
    }
    guard let height, noun != nil || !needsNoun else { return nil }
    if let noun {
      // "Lobe" before its adjective may be French, after it it is English.
      let isEnglish = noun.languages == [.english, .french] && noun.at > height.at
      languages.formIntersection(isEnglish ? .english : noun.languages)
    }
    guard !languages.isEmpty else { return nil }
    guard let sideWord else { return Reading(height: height.found, side: nil) }
    guard case .side(let side)? = SideWords.reading(sideWord, beside: languages) else { return nil }
    return Reading(height: height.found, side: side)
  }

  /// Abbreviations of three capitals, Romance (LSD, lobe supérieur droit) and Dutch (RBK, rechterbovenkwab).
  ///
  /// In small letters some are words.
  static let abbreviations: [String: Lobe] = [
    "LSD": .rightUpper, "LMD": .rightMiddle, "LID": .rightLower,
    "LSG": .leftUpper, "LIG": .leftLower, "LSI": .leftUpper, "LII": .leftLower,
    "LSS": .leftUpper, "LIS": .leftLower, "LSE": .leftUpper, "LIE": .leftLower,
    "RBK": .rightUpper, "RMK": .rightMiddle, "ROK": .rightLower, "LBK": .leftUpper, "LOK": .leftLower,
  ]

  /// German abbreviations in capitals.
  ///
  /// UL is the lower lobe beside a German side only: in English it is the upper.
  static let germanAbbreviations: [String: Height] = ["OL": .upper, "ML": .middle, "UL": .lower]

  /// Whether a word can stand beside an abbreviation: lung or lobe in any language.
  static func isCompanion(_ word: String) -> Bool {
    nouns[word] != nil || lungs(word) != nil || NameWords.fillers.contains(word)
  }

  private static func lungs(_ word: String) -> NameLanguages? {
    if let adjective = adjectives[word] { return adjective }
    guard let entry = NameTable.entries[word], entry.structure == .lung, entry.side == nil else { return nil }
    return entry.languages
  }

  private static let adjectives: [String: NameLanguages] = [
    "pulmonary": .english, "pulmonaire": .french, "pulmonar": [.spanish, .portuguese], "polmonare": .italian,
  ]

  private static let nouns: [String: NameLanguages] = [
    "lobe": [.english, .french], "lobo": [.spanish, .italian, .portuguese],
    "lobulo": [.spanish, .portuguese],
    "lob": .romance, "lobus": .latin, "lappen": .german, "lungenlappen": .german, "kwab": .dutch,
    "longkwab": .dutch,
  ]

  private static let compounds: [String: (height: Height, languages: NameLanguages)] = [
    "oberlappen": (.upper, .german), "mittellappen": (.middle, .german), "unterlappen": (.lower, .german),
    "lungenoberlappen": (.upper, .german), "lungenmittellappen": (.middle, .german),
    "lungenunterlappen": (.lower, .german), "bovenkwab": (.upper, .dutch), "middenkwab": (.middle, .dutch),
    "middelkwab": (.middle, .dutch), "onderkwab": (.lower, .dutch),
  ]

  private static let heights: [String: (height: Height, languages: NameLanguages)] = {
    let rows: [(Height, NameLanguages, String)] = [
      (.upper, .english, "upper"), (.middle, .english, "middle mid"), (.lower, .english, "lower low"),
      (.upper, [.english, .latin, .spanish, .portuguese], "superior"),
      (.lower, [.english, .latin, .spanish, .portuguese], "inferior"), (.middle, .latin, "medius"),
      (.upper, .french, "superieur superieure"), (.lower, .french, "inferieur inferieure"),
      (.middle, .french, "moyen moyenne moy"), (.upper, .italian, "superiore"),
      (.lower, .italian, "inferiore"),
      (.middle, [.spanish, .italian, .portuguese], "medio med"),
      (.upper, .romance, "sup"), (.lower, .romance, "inf"),
      (.upper, .german, "oberer obere"), (.middle, .german, "mittlerer mittlere"),
      (.lower, .german, "unterer untere"),
      (.upper, .dutch, "boven bovenste"), (.middle, .dutch, "midden middelste"),
      (.lower, .dutch, "onder onderste"),
    ]
    var table: [String: (height: Height, languages: NameLanguages)] = [:]
    for (height, languages, words) in rows {
      for word in words.split(separator: " ") { table[String(word)] = (height, languages) }
    }
    return table
  }()
}

extension StructureName {
  /// A lobe of the lung, or `nil`; capitals of abbreviations are looked for in the source.
  static func lobar(_ words: [String], _ source: String) -> StructureName? {
    guard let lobe = englishLobe(words) ?? spelledLobe(words) ?? abbreviatedLobe(words, source) else {
      return nil
    }
    return StructureName(tg263: "Lung_\(lobe.abbreviation)", role: .lobe, side: lobe.side, lobe: lobe)
  }

  private static func spelledLobe(_ words: [String]) -> Lobe? {
    LobeWords.reading(words).flatMap { Lobe($0.height, $0.side) }
  }

  /// Names that TG-263, TotalSegmentator and English clinics use (`Lung_RUL`, `lung_upper_lobe_left`, "LLL").
  private static func englishLobe(_ words: [String]) -> Lobe? {
    var rest = words
    var side: Side?
    for place in [words.count - 1, 0] + (words.count > 2 ? [1] : []) where words.count > 1 && side == nil {
      guard let found = englishSides[words[place]] else { continue }
      side = found
      rest.remove(at: place)
    }
    let key = rest.joined()
    var word = key
    for prefix in ["lung", "lobe"] where word.hasPrefix(prefix) && word.count > prefix.count {
      word.removeFirst(prefix.count)
    }
    guard word != key || key.hasSuffix("lobe") || key.count == 3 else { return nil }
    return Lobe(english: word, side: side)
  }

  private static let englishSides: [String: Side] = [
    "l": .left, "lt": .left, "left": .left, "r": .right, "rt": .right, "right": .right,
  ]

  private static func abbreviatedLobe(_ words: [String], _ source: String) -> Lobe? {
    let capitals = Set(source.split { !$0.isLetter }.map(String.init).filter { $0 == $0.uppercased() })
    for (index, word) in words.enumerated() {
      let short = word.uppercased()
      guard capitals.contains(short) else { continue }
      var rest = words
      rest.remove(at: index)
      rest.removeAll(where: LobeWords.isCompanion)
      if let lobe = LobeWords.abbreviations[short] { return rest.isEmpty ? lobe : nil }
      guard let height = LobeWords.germanAbbreviations[short], rest.count == 1 else { continue }
      guard case .side(let side)? = SideWords.reading(rest[0], beside: .german) else { return nil }
      let isGermanSide = !["l", "r", "lt", "rt", "left", "right"].contains(rest[0])
      return height == .upper || isGermanSide ? Lobe(height, side) : nil
    }
    return nil
  }
}
