// SPDX-License-Identifier: Apache-2.0
extension StructureName {
  /// A single rib or vertebra, which TG-263 numbers in its name (`Rib07_L`, `VB_T10`); `nil` for other names.
  static func numbered(_ words: [String]) -> StructureName? { rib(words) ?? vertebra(words) }

  private static func rib(_ words: [String]) -> StructureName? {
    guard let at = words.firstIndex(where: { ribs[$0] != nil }), let languages = ribs[words[at]] else {
      return nil
    }
    var numbers: [Int] = []
    var rest: [String] = []
    for (index, word) in words.enumerated() where index != at {
      let digits = word.prefix(while: \.isNumber)
      guard let number = Int(digits) else {
        if !NameWords.fillers.contains(word) { rest.append(word) }
        continue
      }
      numbers.append(number)
      let tail = String(word.dropFirst(digits.count))
      // "7li" holds a side, "7th" only an ordinal.
      if !tail.isEmpty, SideWords.reading(tail, beside: languages) != nil || !ordinals.contains(tail) {
        rest.append(tail)
      }
    }
    guard numbers.count == 1, (1...13).contains(numbers[0]), rest.count <= 1 else { return nil }
    var side: Side?
    if let word = rest.first {
      guard let reading = SideWords.reading(word, beside: languages) else { return nil }
      if case .side(let found) = reading { side = found }
    }
    return StructureName(tg263: "Rib" + twoDigits(numbers[0]) + suffix(side), role: .rib, side: side)
  }

  private static func vertebra(_ words: [String]) -> StructureName? {
    let numbers = words.compactMap { Int($0) }
    let others = words.filter { Int($0) == nil }
    guard numbers.count == 1, let number = numbers.first, let first = others.first else { return nil }
    let region: String
    if others.count == 1, let german = germanRegions[first] {
      region = german
    } else if others.count == 2, isVertebra(first), let found = regions[others[1]] {
      region = found
    } else {
      return nil
    }
    let most = ["C": 7, "T": 13, "L": 6, "S": 5]
    guard (1...(most[region] ?? 0)).contains(number) else { return nil }
    return StructureName(
      tg263: "VB_" + region + (region == "T" ? twoDigits(number) : String(number)), role: .bone)
  }

  /// Several vertebrae by region and number ("vertebrae_T1_T5").
  static func isRowOfVertebrae(_ words: [String]) -> Bool {
    guard let first = words.first, isVertebra(first), words.contains(where: { regions[$0] != nil }) else {
      return false
    }
    return words.dropFirst().allSatisfy {
      regions[$0] != nil || Int($0) != nil || SideWords.anywhere($0) != nil
    }
  }

  private static func isVertebra(_ word: String) -> Bool {
    guard let entry = NameTable.entries[word] else { return false }
    return entry.structure == .vertebra || entry.structure == .vertebrae
  }

  private static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  /// One rib, not several: after these a number counts ribs, after "ribs" it counts copies.
  private static let ribs: [String: NameLanguages] = [
    "rib": [.english, .dutch], "costa": [.latin, .italian, .portuguese], "cote": .french, "rippe": .german,
    "costilla": .spanish, "costola": .italian, "costela": .portuguese,
  ]

  private static let ordinals: Set<String> = [
    "th", "st", "nd", "rd", "e", "eme", "er", "ere", "a", "o", "te",
  ]

  // Romance languages call thoracic vertebrae dorsal.
  private static let regions = ["c": "C", "t": "T", "th": "T", "d": "T", "l": "L", "s": "S"]

  private static let germanRegions = ["hwk": "C", "bwk": "T", "lwk": "L", "swk": "S"]
}
