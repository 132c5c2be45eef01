// SPDX-License-Identifier: Apache-2.0
/// What words and letters say about the side, and beside names of which languages.
enum SideWords {
  /// What a word beside a name says.
  enum Reading: Equatable {
    case side(Side)
    /// A side in one of the languages the name may be in, and none or the other one in another.
    case unclear
  }

  /// A word that means a side beside any name, or `nil`.
  static func anywhere(_ word: String) -> Side? { plain[word] }

  /// Short words that mean a side where only a side can stand; I, S and E are none, which are heights or
  /// directions as well.
  static let alone: [String: Side] = {
    var table: [String: Side] = [:]
    for (word, bound) in bound where word.count > 1 || ["d", "g"].contains(word) {
      table[word] = bound.left.isEmpty ? .right : .left
    }
    return table
  }()

  /// What a word says beside a name that is written so in these languages; `nil` where it is no side.
  ///
  /// Single letters and words that could be something else count only where all languages of the name agree.
  static func reading(_ word: String, beside languages: NameLanguages) -> Reading? {
    if let side = plain[word] { return .side(side) }
    guard let bound = bound[word] else { return nil }
    let left = bound.left.intersection(languages)
    let right = bound.right.intersection(languages)
    if left.isEmpty && right.isEmpty { return nil }
    if !left.isEmpty && !right.isEmpty { return .unclear }
    let covered = left.union(right)
    guard bound.isUnmistakable || covered == languages else { return .unclear }
    return .side(left.isEmpty ? .right : .left)
  }

  private struct Bound: Sendable {
    var left: NameLanguages = []
    var right: NameLanguages = []
    /// Whether the word can hardly be anything but a side.
    var isUnmistakable = true
  }

  private static let plain: [String: Side] = {
    let left = """
      l lt left links linke linker linkes linken gauche gauches izquierdo izquierda izquierdos izquierdas \
      sinistro sinistra sinistri sinistre sinister sinistrum esquerdo esquerda esquerdos esquerdas
      """
    let right = """
      r rt right rechts rechte rechter rechtes rechten droit droite droits droites derecho derecha derechos \
      derechas destro destra destri destre dexter dextra dextrum direito direita direitos direitas
      """
    var table: [String: Side] = [:]
    for word in left.split(separator: " ") { table[String(word)] = .left }
    for word in right.split(separator: " ") { table[String(word)] = .right }
    return table
  }()

  private static let bound: [String: Bound] = {
    var table: [String: Bound] = [
      "d": Bound(right: [.romance, .latin], isUnmistakable: false),
      "g": Bound(left: .french, isUnmistakable: false),
      "i": Bound(left: .spanish, isUnmistakable: false),
      "s": Bound(left: [.italian, .latin], isUnmistakable: false),
      "e": Bound(left: .portuguese, isUnmistakable: false),
      // "re" is also a contour drawn anew, "sin" without, "der" an article.
      "li": Bound(left: [.german, .dutch, .latin], isUnmistakable: false),
      "re": Bound(right: [.german, .dutch, .latin], isUnmistakable: false),
      "sin": Bound(left: [.italian, .latin], isUnmistakable: false),
      "dex": Bound(right: [.italian, .latin], isUnmistakable: false),
      "der": Bound(right: .spanish, isUnmistakable: false),
      "dir": Bound(right: .portuguese, isUnmistakable: false),
      "dt": Bound(right: .french, isUnmistakable: false),
    ]
    let unmistakable: [(String, NameLanguages, Side)] = [
      ("gch gche gau", .french, .left), ("dte drt", .french, .right), ("lks", .german, .left),
      ("iz izq izda izdo izqda izqdo", .spanish, .left), ("dcha dcho dch", .spanish, .right),
      ("sx", .italian, .left), ("dx", .italian, .right), ("esq esqda esqdo", .portuguese, .left),
      ("dta dto", .portuguese, .right),
    ]
    for (words, language, side) in unmistakable {
      for word in words.split(separator: " ") {
        table[String(word)] = side == .left ? Bound(left: language) : Bound(right: language)
      }
    }
    return table
  }()
}
