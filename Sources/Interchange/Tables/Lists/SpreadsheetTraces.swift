// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// What spreadsheets and trial software leave in lists that is no lesion, no name and no identity.
enum SpreadsheetTraces {
  /// Whether a cell says nothing: empty, white space of any kind, or a word for "not available".
  static func isBlank(_ cell: String) -> Bool {
    let text = cell.trimmed
    // No such word is longer, and a list has many cells.
    if text.utf8.count > 4 { return false }
    return text.isEmpty || ["na", "n/a", "null", "-", "–", "—"].contains(text.lowercased())
  }

  /// Whether a row's name says that the row is a sum, a statistic or a response over lesions.
  ///
  /// The first word decides ("Sum Lesion Diameters (cm)", "RR from Baseline"), in the languages of the names of
  /// structures; a name that only contains such a word is a lesion's.
  static func isSummary(_ name: String) -> Bool {
    let words = name.lowercased().folding(options: .diacriticInsensitive, locale: nil).split {
      !$0.isLetter && !$0.isNumber
    }
    guard let first = words.first.map(String.init) else { return false }
    if summaryWords.contains(first) { return true }
    // "% change", "Percent change from baseline".
    guard words.count > 1 else { return false }
    return ["percent", "per", "relative", "best", "overall", "grand", "baseline"].contains(first)
      && words.dropFirst().prefix(2).contains { summaryWords.contains(String($0)) }
  }

  /// Whether a cell is such a word and nothing else.
  static func isSummaryWord(_ cell: String) -> Bool {
    summaryWords.contains(cell.lowercased().folding(options: .diacriticInsensitive, locale: nil))
  }

  private static let summaryWords: Set = [
    "sum", "sums", "summe", "somme", "suma", "soma", "somma", "som", "sld", "sod", "total", "totals",
    "totale",
    "totaal", "gesamt", "gesamtsumme", "subtotal", "mean", "average", "avg", "mittelwert", "moyenne", "media",
    "promedio", "gemiddelde", "median", "mediane", "mediana", "min", "max", "minimum", "maximum", "sd",
    "stdev",
    "stddev", "std", "ecart", "desviacion", "deviazione", "desvio", "standardabweichung",
    "standaardafwijking",
    "count", "anzahl", "nombre", "numero", "aantal", "zwischensumme", "mittel", "range", "iqr",
    "gesamtergebnis",
    "ergebnis", "anderung", "recist", "σ", "ς", "ø", "o\u{338}", "x\u{304}", "合計", "平均", "variance", "rr",
    "nadir", "change", "response", "delta",
  ]

  /// Whether an identity is a number that a spreadsheet shortened (`1.23457E+11`): many identities become one.
  static func isShortened(_ id: String) -> Bool {
    let trimmed = id.trimmed
    // Patterns are costly in a list of a hundred thousand rows: few ids begin like a number.
    guard let first = trimmed.utf8.first, (first >= 48 && first <= 57) || first == 43 || first == 45 else {
      return false
    }
    // Fewer than fifteen plain digits are neither.
    if trimmed.utf8.count < 15, trimmed.utf8.allSatisfy({ (48...57).contains($0) }) { return false }
    if trimmed.wholeMatch(of: /[+-]?[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+/) != nil { return true }
    // Spreadsheets keep fifteen digits of a number and fill up with noughts.
    return trimmed.wholeMatch(of: /[1-9][0-9]{14}0+/) != nil
  }

  /// Whether an identity looks like a date that a spreadsheet made of it (`27-Aug`, `Aug-27`, `8/27/2026`).
  static func isDate(_ id: String) -> Bool {
    let text = id.trimmed.lowercased()
    // A day or the name of a month stands first.
    guard let first = text.utf8.first, (48...57).contains(first) || "jfmasond".utf8.contains(first) else {
      return false
    }
    // Between day and month stands something.
    guard text.utf8.contains(where: { "-. /".utf8.contains($0) }) else { return false }
    let month = "(jan|feb|m[aä]r|mrz|apr|ma[iy]|ju[nl]|aug|sep|o[ck]t|nov|de[cz])[a-z]*"
    let patterns = [
      "[0-9]{1,2}[-. /]+\(month)([-. /]+[0-9]{2,4})?", "\(month)[-. /]+[0-9]{1,4}",
      "[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}", "[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{2,4}",
      "(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}",
    ]
    return patterns.contains { text.range(of: "^\($0)$", options: .regularExpression) != nil }
  }
}

extension String {
  /// Without white space at its ends, no-break spaces and byte-order marks included.
  var trimmed: String {
    // Most cells have nothing to trim, which their first and last bytes tell.
    if let first = utf8.first, let last = utf8.last, (33...126).contains(first), (33...126).contains(last) {
      return self
    }
    return trimmingCharacters(in: blanks)
  }
}

private let blanks = CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: "\u{FEFF}\u{200B}"))
