// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Vocabulary

/// Turns a cell or a YAML value into a statement about a fact, or says what is wrong with it.
struct StatementParser {
  /// What is wrong with a value.
  struct Defect: Error {
    let message: String
    let advice: String
  }

  /// The statement of a non-empty text under a key.
  static func statement(_ text: String, _ key: FactKey, source: String) throws(Defect) -> Statement {
    let definition = key.fact.definition
    switch definition.kind {
    case .number(let unit, let domain):
      let value = try quantity(text, definition.name, headerFactor: key.factor) {
        FactKey.factor(ofUnit: $0, for: definition)
      }
      try check(value, unit, domain, definition)
      return Statement(.number(value), source: source)
    case .word(let allowed):
      return Statement(.word(try word(text, allowed, definition)), source: source)
    }
  }

  /// A number with or without its unit behind it, in the unit that is wanted.
  ///
  /// A unit in the cell goes before the header's: "1.2 cm" under a header in millimetres are 12 mm.
  ///
  /// - Parameters:
  ///   - headerFactor: what a bare number is multiplied with.
  ///   - factor: what a number in a unit is multiplied with; `nil` for a unit that measures something else.
  static func quantity(
    _ text: String, _ what: String, headerFactor: Double, factor: (String) -> Double?
  ) throws(Defect) -> Double {
    let trimmed = text.trimmed
    // A bare number, as most cells are, needs no pattern: a hundred thousand rows of them took 40 s.
    if trimmed.utf8.allSatisfy({ ($0 >= 48 && $0 <= 57) || $0 == 46 || $0 == 45 }) {
      return try number(trimmed, what) * headerFactor
    }
    guard let match = trimmed.wholeMatch(of: /([0-9+\-.eE]*[0-9.])\s*([\p{L}%][\p{L}0-9³²%\/]*)/) else {
      return try number(trimmed, what) * headerFactor
    }
    let unit = String(match.2)
    guard let own = factor(unit) else {
      // Letters that are no unit make it no number.
      guard units.contains(unit.lowercased()) else { return try number(trimmed, what) * headerFactor }
      throw Defect(
        message: "\(QuotedCell.words(text)) is in \(unit), which is no unit of \(what)",
        advice: "write the number in the unit of the column's header")
    }
    return try number(String(match.1), what) * own
  }

  /// Words behind a number that are a unit, whatever it measures.
  static let units: Set = [
    "mm", "cm", "m", "mm2", "cm2", "mm3", "cm3", "mm³", "cm³", "cc", "ml", "l", "gy", "cgy", "%", "g", "kg",
    "mg/dl",
    "g/dl", "g/l", "umol/l", "µmol/l", "u/l", "days", "weeks", "months", "years", "d", "w", "y",
  ]

  /// What a length in a unit is multiplied with to be in millimetres.
  static func millimetres(in unit: String) -> Double? {
    switch unit.lowercased() {
    case "mm": 1
    case "cm": 10
    default: nil
    }
  }

  /// A finite number as a person writes it; no thousands separators.
  static func number(_ text: String, _ what: String) throws(Defect) -> Double {
    let trimmed = text.trimmed
    guard trimmed.utf8.allSatisfy(Set("0123456789+-.eE".utf8).contains), let value = Double(trimmed),
      value.isFinite
    else {
      throw Defect(
        message: "\(QuotedCell.words(text)) is no number (\(what))",
        advice: trimmed.contains(",")
          ? "write a decimal point, not a comma" : "write a plain number or leave it empty")
    }
    return value
  }

  static func check(
    _ value: Double, _ unit: FactUnit, _ domain: ClosedRange<Double>, _ definition: FactDefinition
  ) throws(Defect) {
    guard !unit.isWhole || value == value.rounded() else {
      throw Defect(
        message: "\(plain(value)) is no \(unit.rawValue) of \(definition.name)",
        advice: "a whole number is expected")
    }
    if definition.isMistakenForShare, value > 0, value <= 1 {
      throw Defect(
        message: "\(plain(value)) per cent (\(definition.title)) is taken for a share of 1",
        advice: "write per cent: \(plain(value * 100))")
    }
    // The end of a size's domain is itself taken for a slip of unit.
    let isSize = definition.uncertainty == .size
    if domain.contains(value), !(isSize && value >= domain.upperBound) { return }
    throw Defect(
      message:
        "\(plain(value)) \(unit.rawValue) is not plausible for \(definition.name) (\(definition.meaning))",
      advice: value < 0
        ? "negative values mean nothing here"
        : "expected \(plain(domain.lowerBound))…\(plain(domain.upperBound)) \(unit.rawValue); check the unit (cm under a mm header?)"
    )
  }

  static func plain(_ x: Double) -> String {
    x == x.rounded() && abs(x) < 1e12 ? String(Int(x)) : String(x)
  }

  private static func word(
    _ text: String, _ allowed: [String], _ definition: FactDefinition
  ) throws(Defect) -> String {
    if let word = definition.word(for: text) { return word }
    throw Defect(
      message: "\"\(text)\" is no value of \(definition.name)",
      advice: Suggestion.nearest(to: text, among: allowed).map { "did you mean \($0)?" }
        ?? "one of " + allowed.joined(separator: ", "))
  }
}
