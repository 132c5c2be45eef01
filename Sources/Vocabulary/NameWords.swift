// SPDX-License-Identifier: Apache-2.0
/// The words of a name in the one spelling the vocabulary is kept in: lower case without diacritics.
enum NameWords {
  /// The words of a name, folded; "%" after a number is a word of its own.
  ///
  /// Splits as `StructureName.words(of:)` does. The elided articles of French and Italian (l', d') are
  /// dropped: their letter is no side.
  static func folded(_ name: String) -> [String] {
    StructureName.words(of: withoutElisions(NameDecoding.repaired(name)), keeping: "%").map { fold($0) }
  }

  /// One key for a spelling, words run together.
  static func key(_ name: String) -> String { key(folded(name)) }

  /// One key for words, run together but for single letters: "Lung_E" is not "Lunge".
  static func key(_ words: [String]) -> String {
    var key = ""
    var wasLetter = false
    for word in words {
      let isLetter = word.count == 1 && word.allSatisfy(\.isLetter)
      if !key.isEmpty, isLetter || wasLetter { key += "." }
      key += word
      wasLetter = isLetter
    }
    return key
  }

  /// The keys a spelling of the vocabulary is found by: ä, ö and ü stand for a, o, u and for ae, oe, ue, and
  /// its own single letters may be run together with the rest ("vportal").
  static func keys(_ spelling: String) -> Set<String> {
    let plain = folded(spelling)
    let expanded = StructureName.words(of: withoutElisions(spelling)).map { fold($0, expandsUmlauts: true) }
    return [key(plain), plain.joined(), key(expanded), expanded.joined()]
  }

  /// A word in lower case without diacritics, composed or decomposed alike.
  static func fold(_ word: String, expandsUmlauts: Bool = false) -> String {
    var text = ""
    for character in word.lowercased() {
      if expandsUmlauts, let long = umlauts[character] {
        text += long
      } else if let plain = letters[character] {
        text += plain
      } else {
        // A base letter with marks of its own that no table holds keeps its base.
        for scalar in character.unicodeScalars
        where scalar.properties.canonicalCombiningClass == .notReordered {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    return text
  }

  private static let umlauts: [Character: String] = ["ä": "ae", "ö": "oe", "ü": "ue"]

  // Characters compare by canonical equivalence, so decomposed letters are found as well.
  private static let letters: [Character: String] = {
    let rows: [(String, String)] = [
      ("a", "àáâãäåāăąª"), ("c", "çćčĉ"), ("d", "ďđð"), ("e", "èéêëēĕęě"), ("g", "ğĝģ"),
      ("i", "ìíîïīĭįı"), ("l", "łľĺļ"), ("n", "ñńňņ"), ("o", "òóôõöøōŏőº"), ("r", "řŕŗ"),
      ("s", "śšşșŝ"), ("t", "ťţț"), ("u", "ùúûüūŭůűų"), ("y", "ýÿ"), ("z", "źžż"),
      ("ae", "æ"), ("oe", "œ"), ("ss", "ß"), ("ij", "ĳ"),
    ]
    var table: [Character: String] = [:]
    for (plain, accented) in rows {
      for character in accented { table[character] = plain }
    }
    return table
  }()

  private static let apostrophes: Set<Character> = ["'", "’", "ʼ", "`", "´"]

  private static func withoutElisions(_ name: String) -> String {
    var text = ""
    let all = Array(name)
    var index = 0
    while index < all.count {
      let isFirst = index == 0 || !(all[index - 1].isLetter || all[index - 1].isNumber)
      if isFirst, "lLdD".contains(all[index]), index + 2 < all.count, apostrophes.contains(all[index + 1]),
        all[index + 2].isLetter
      {
        index += 2
      } else {
        text.append(all[index])
        index += 1
      }
    }
    return text
  }

  /// The first word that is no article or preposition; `nil` where there is none.
  static func skippingFillers(_ words: ArraySlice<String>) -> String? {
    words.first { !fillers.contains($0) && $0 != "the" && $0 != "of" }
  }

  /// Articles and prepositions inside foreign names; never the last word of one.
  static let fillers: Set<String> = [
    "de", "du", "des", "la", "le", "les", "el", "los", "las", "del", "di", "il", "della", "delle", "dei",
    "degli", "dell", "do", "da", "dos", "das", "os", "as", "van", "het",
  ]
}
