// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

extension FactDefinition {
  /// How files spell the unit behind its key, the usual one first; one empty spelling for words.
  public var unitSpellings: [FactUnit.Spelling] {
    guard case .number(let unit, _) = kind else { return [FactUnit.Spelling("")] }
    return unit.spellings + (perMicromole.map { [FactUnit.Spelling("_umol_l", $0)] } ?? [])
  }

  /// How its key is written in examples and schemas: `longest_axial_diameter_mm`.
  public var key: String { (keyStem ?? snakeCase(name)) + (unitSpellings.first?.ending ?? "") }

  /// Every name it goes by in files, in lower case without separators and unit; its own first.
  public var spellings: [String] { [plainKey(name)] + aliases }

  /// The fact's own word for one of a file, or `nil` where it is none.
  ///
  /// Case and separators do not matter.
  public func word(for text: String) -> String? {
    let key = plainKey(text)
    if let own = kind.word(key) { return own }
    if fact == .histology, let histology = Histology(word: text) { return histology.rawValue }
    return synonyms[key]
  }
}

/// A key, header or word in lower case without anything but letters and digits: how files' spellings are compared.
public func plainKey(_ text: String) -> String {
  String(text.lowercased().filter { $0.isLetter || $0.isNumber })
}

/// A name in camel case as words ("longestAxialDiameter" becomes "longest axial diameter"), a histology by its
/// title.
public func spacedWords(_ name: String) -> String {
  if let histology = Histology(rawValue: name) { return histology.title }
  var words = ""
  for character in name {
    if character.isUppercase, words.last?.isUppercase != true, !words.isEmpty { words.append(" ") }
    words.append(words.isEmpty || !character.isUppercase ? String(character) : character.lowercased())
  }
  return words
}

private func snakeCase(_ name: String) -> String {
  var snake = ""
  for character in name {
    if character.isUppercase { snake.append("_") }
    snake.append(contentsOf: character.lowercased())
  }
  return snake
}
