// SPDX-License-Identifier: Apache-2.0
/// Words after a name that say which scan, phase, plan or copy it was drawn on: they leave the structure what
/// it is.
///
/// Words that make another body of it (PRV, ring, avoid, opt, a margin as 05 or 5mm, old) are none of these
/// and stay.
enum NameQualifiers {
  /// A name's words, then the same with one qualifier after another taken off the end.
  static func candidates(_ words: [String]) -> [[String]] {
    var all = [words]
    var rest = words
    while let count = qualifierLength(rest), count < rest.count {
      rest.removeLast(count)
      all.append(rest)
    }
    return all
  }

  /// How many of the last words are a qualifier; `nil` where none is.
  private static func qualifierLength(_ words: [String]) -> Int? {
    guard words.count > 1, let last = words.last else { return nil }
    if scans.contains(last) { return 1 }
    if last == "%" { return isNumber(words[words.count - 2]) ? 2 : nil }
    guard isNumber(last) else { return nil }
    let before = words[words.count - 2]
    if isDate(words.suffix(3)) { return 3 }
    if respiratory.contains(before), isPercentPhase(last) { return 2 }
    if numbered.contains(before) || scans.contains(before) {
      // "exp5" is an expansion by 5 mm, not expiration.
      return before == "exp" ? nil : 2
    }
    // A number counts copies; with a nought before it, it is a margin in millimetres.
    return last.first == "0" ? nil : 1
  }

  private static func isNumber(_ word: String) -> Bool { !word.isEmpty && word.allSatisfy(\.isNumber) }

  private static func isPercentPhase(_ word: String) -> Bool {
    word == "0" || word == "100" || (word.count == 2 && word.last == "0")
  }

  /// Year, month and day, or day, month and year.
  private static func isDate(_ words: ArraySlice<String>) -> Bool {
    let parts = Array(words)
    guard parts.count == 3, parts.allSatisfy(isNumber), parts[1].count <= 2 else { return false }
    func isYear(_ word: String) -> Bool {
      word.count == 4 && (word.hasPrefix("19") || word.hasPrefix("20"))
    }
    return (isYear(parts[0]) && parts[2].count <= 2) || (isYear(parts[2]) && parts[0].count <= 2)
  }

  /// Letters before a phase of breathing in per cent (c40, p50, T0).
  private static let respiratory: Set<String> = ["c", "p", "t"]

  /// Words that take a number after them and mean nothing alone.
  private static let numbered: Set<String> = ["fx", "rev", "week", "wk"]

  private static let scans: Set<String> = [
    "ct", "cta", "planct", "ctplan", "planningct", "plan", "planning", "simct", "ctsim", "sim", "scan",
    "cbct", "mr", "mri", "irm", "mrt", "tdm", "pet", "petct", "4d", "4dct", "mip", "minip", "aip", "avg",
    "ave", "average", "ph", "phase", "exp", "expi", "expir", "expiration", "exhale", "insp", "inspi",
    "inspir", "inspiration", "inhale", "bh", "dibh", "ebh", "exbh", "inbh", "fb", "auto", "ai", "atlas", "dl",
    "manual", "final", "new", "neu", "nouveau", "nuevo", "nuovo", "novo", "nieuw", "copy", "kopie", "copie",
    "copia", "edited", "ok", "roi", "oar", "contour",
  ]
}
