internal import Cases
internal import Eligibility
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
      return Statement(.word(try word(text, allowed, definition.name)), source: source)
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
    _ value: Double, _ unit: String, _ domain: ClosedRange<Double>, _ definition: FactDefinition
  ) throws(Defect) {
    guard !["class", "grade", "count"].contains(unit) || value == value.rounded() else {
      throw Defect(
        message: "\(plain(value)) is no \(unit) of \(definition.name)", advice: "a whole number is expected")
    }
    if definition.name == "perfusionRight", value > 0, value <= 1 {
      throw Defect(
        message: "\(plain(value)) per cent of the perfusion is taken for a share of 1",
        advice: "write per cent: \(plain(value * 100))")
    }
    // The end of a size's domain is itself taken for a slip of unit.
    let isSize = definition.name == "longestAxialDiameter" || definition.name == "shortAxis"
    if domain.contains(value), !(isSize && value >= domain.upperBound) { return }
    throw Defect(
      message: "\(plain(value)) \(unit) is not plausible for \(definition.name) (\(definition.meaning))",
      advice: value < 0
        ? "negative values mean nothing here"
        : "expected \(plain(domain.lowerBound))…\(plain(domain.upperBound)) \(unit); check the unit (cm under a mm header?)"
    )
  }

  static func plain(_ x: Double) -> String {
    x == x.rounded() && abs(x) < 1e12 ? String(Int(x)) : String(x)
  }

  private static func word(_ text: String, _ allowed: [String], _ name: String) throws(Defect) -> String {
    let key = FactKey.normalized(text)
    if let exact = allowed.first(where: { FactKey.normalized($0) == key }) { return exact }
    if name == "histology", let histology = Histology(word: text) { return histology.rawValue }
    if allowed == ["absent", "present"] {
      if ["yes", "true", "y", "1"].contains(key) { return "present" }
      if ["no", "false", "n", "0", "none"].contains(key) { return "absent" }
    }
    if Set(allowed) == ["yes", "no"] {
      if ["true", "y", "1"].contains(key) { return "yes" }
      if ["false", "n", "0"].contains(key) { return "no" }
    }
    if name == "priorTherapyHere" {
      switch key {
      case "surgery", "metastasectomy", "wedge": return "resection"
      case "rfa", "mwa", "cryo", "radiofrequency", "microwave", "cryoablation": return "ablation"
      case "sabr": return "sbrt"
      case "rt", "radiation": return "radiotherapy"
      case "no", "false": return "none"
      default: break
      }
    }
    throw Defect(
      message: "\"\(text)\" is no value of \(name)",
      advice: Suggestion.nearest(to: text, among: allowed).map { "did you mean \($0)?" }
        ?? "one of " + allowed.joined(separator: ", "))
  }
}
