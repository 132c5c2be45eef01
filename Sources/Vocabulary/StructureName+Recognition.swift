// SPDX-License-Identifier: Apache-2.0
extension StructureName {
  /// Bytes of the longest name that is looked at (heuristic: DICOM allows 64 characters).
  public static let longestName = 512

  /// The structure a name means, or `nil` outside the vocabulary.
  static func recognized(_ source: String) -> StructureName? {
    // The work grows with the square of the words: what is longer is text, not a name.
    guard source.utf8.count <= longestName else { return nil }
    let words = NameWords.folded(organ(of: source) ?? source)
    for candidate in NameQualifiers.candidates(words) {
      if let name = numbered(candidate) ?? lobar(candidate, source) ?? listed(candidate, source)
        ?? belongingToAClass(candidate, source)
      {
        return name
      }
    }
    return nil
  }

  /// The side that words of any name say, first, second or last.
  static func plainSide(_ words: [String]) -> Side? {
    guard words.count > 1 else { return nil }
    return SideWords.anywhere(words[words.count - 1]) ?? SideWords.anywhere(words[0])
      ?? (words.count > 2 ? SideWords.anywhere(words[1]) : nil)
  }

  /// The letter TG-263 ends a name in, with its line.
  static func suffix(_ side: Side?) -> String {
    switch side {
    case .left: "_L"
    case .right: "_R"
    case .midline, nil: ""
    }
  }

  // MARK: The table

  private static func listed(_ words: [String], _ source: String) -> StructureName? {
    if let name = listedExactly(words, source) { return name }
    guard words.count > 2 else { return nil }
    // Articles belong to foreign names only: in English "la" is an atrium.
    let plain = words.dropLast().filter { !NameWords.fillers.contains($0) } + words.suffix(1)
    guard plain.count < words.count else { return nil }
    return listedExactly(plain, source, isForeign: true)
  }

  /// What a whole spelling means, among foreign names only if so asked.
  private static func entry(
    _ words: [String], _ table: [String: NameEntry], isForeign: Bool
  ) -> NameEntry? {
    table[NameWords.key(words)].flatMap {
      isForeign && $0.languages.isSubset(of: [.english, .latin]) ? nil : $0
    }
  }

  private static func listedExactly(
    _ words: [String], _ source: String, isForeign: Bool = false
  ) -> StructureName? {
    if let entry = entry(words, NameTable.entries, isForeign: isForeign) {
      return named(entry.structure, entry.side, source)
    }
    guard words.count > 1 else { return nil }
    let spelt = languages(spelling: source)
    // A side stands last or first; TotalSegmentator puts it in the middle.
    for place in [words.count - 1, 0] + Array(1..<words.count - 1) {
      var rest = words
      let word = rest.remove(at: place)
      guard
        let entry = entry(rest, NameTable.sidedEntries, isForeign: isForeign)
          ?? entry(rest, NameTable.entries, isForeign: isForeign), entry.side == nil,
        let reading = SideWords.reading(word, beside: entry.languages(of: spelt))
      else { continue }
      switch reading {
      case .side(let side): return named(entry.structure, side, source)
      case .unclear:
        // A lung or kidney without a side would be taken for both.
        if [.lung, .kidney].contains(entry.structure.role) { return nil }
        return named(entry.structure == .mainBronchus ? .bronchialTree : entry.structure, nil, source)
      }
    }
    return onBothSides(words, source, isForeign: isForeign)
  }

  /// The languages that have all words of a name in its own diacritics; all of them where it has none.
  private static func languages(spelling source: String) -> NameLanguages {
    StructureName.words(of: NameDecoding.repaired(source)).compactMap(NameTable.languages(ofAccented:))
      .reduce(NameLanguages(rawValue: .max)) { $0.intersection($1) }
  }

  /// "Lunge re + li", "Poumons D et G": a pair as one.
  private static func onBothSides(_ words: [String], _ source: String, isForeign: Bool) -> StructureName? {
    let spelt = languages(spelling: source)
    for count in 1..<words.count where words.count - count >= 2 {
      let organ = Array(words[..<count])
      guard
        let entry = entry(organ, NameTable.sidedEntries, isForeign: isForeign)
          ?? entry(organ, NameTable.entries, isForeign: isForeign),
        entry.side == nil, entry.structure.isPaired, entry.structure != .mainBronchus
      else { continue }
      var sides: Set<Side> = []
      var letters: Set<Bool> = []
      let isAllSides = words[count...].allSatisfy { word in
        if case .side(let side)? = SideWords.reading(word, beside: entry.languages(of: spelt)) {
          sides.insert(side)
          letters.insert(word.count == 1)
          return true
        }
        return conjunctions.contains(word)
      }
      // "left R" contradicts itself rather than names both.
      if isAllSides, sides == [.left, .right], letters.count == 1 {
        return named(entry.structure, nil, source)
      }
    }
    return nil
  }

  private static let conjunctions: Set<String> = ["and", "et", "und", "en", "y", "e", "u"]

  private static func named(_ structure: KnownStructure, _ side: Side?, _ source: String) -> StructureName {
    let suffix = structure.isPaired ? suffix(side) : ""
    return StructureName(
      tg263: structure.tg263.map { $0 + suffix } ?? source, role: structure.role, side: side)
  }

  // MARK: Classes of names

  /// Names that one word puts into a class: vertebrae, TG-263's lymph nodes and muscles, teeth by their
  /// number, the proximal bronchial zone.
  private static func belongingToAClass(_ words: [String], _ source: String) -> StructureName? {
    guard words.count > 1, let first = words.first else { return nil }
    if isRowOfVertebrae(words) { return StructureName(tg263: source, role: .bone) }
    // The zone derived around the tree is a body of its own.
    if words.last == "20mm",
      recognized(words.dropLast().joined(separator: " "))?.role == .bronchialTree
    {
      return StructureName(tg263: source, role: .other)
    }
    let isTooth = words.count > 2 && words[words.count - 2] == "fdi" && Int(words[words.count - 1]) != nil
    guard isTooth || ["ln", "lns", "musc"].contains(first) else { return nil }
    return StructureName(tg263: source, role: .other, side: plainSide(words))
  }

  /// Whether a name is the planning risk volume of a known organ: known, and not the organ.
  static func isRiskVolume(_ source: String) -> Bool {
    let words = NameWords.folded(source)
    guard words.contains("prv") else { return false }
    let organ = words.filter { $0 != "prv" && !$0.allSatisfy(\.isNumber) }
    return !organ.isEmpty && recognized(organ.joined(separator: " ")) != nil
  }
}
