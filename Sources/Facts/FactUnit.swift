// SPDX-License-Identifier: Apache-2.0
/// The unit of a fact's number, with how files spell it.
public enum FactUnit: String, Sendable, Hashable, CaseIterable {
  case years = "years"
  case months = "months"
  case days = "days"
  case millimetres = "mm"
  case metres = "m"
  case squareMetres = "m2"
  case cubicCentimetres = "cc"
  case litres = "L"
  case percent = "%"
  case percentPredicted = "% predicted"
  case milligramsPerDecilitre = "mg/dL"
  case gramsPerDecilitre = "g/dL"
  case unitsPerLitre = "U/L"
  case perNanolitre = "10^9/L"
  case millilitresPerKilogramMinute = "mL/kg/min"
  case grays = "Gy"
  case hounsfield = "HU"
  case ratio = "ratio"
  case classes = "class"
  case grade = "grade"
  case count = "count"

  /// One spelling of a unit at the end of a key or header.
  public struct Spelling: Sendable, Hashable {
    /// What the key ends in, `_mm`; empty where a number needs no unit.
    public let ending: String
    /// What a number in it is multiplied with to be in the fact's own unit.
    public let factor: Double

    init(_ ending: String, _ factor: Double = 1) {
      self.ending = ending
      self.factor = factor
    }
  }

  /// Whether only whole numbers mean anything.
  public var isWhole: Bool { self == .classes || self == .grade || self == .count }

  /// How files spell it, the usual one first.
  var spellings: [Spelling] {
    switch self {
    case .millimetres: [Spelling("_mm"), Spelling("_cm", 10)]
    case .cubicCentimetres:
      [Spelling("_cc"), Spelling("_ml"), Spelling("_cm3"), Spelling("_mm3", 0.001)]
    case .hounsfield: [Spelling("_hu")]
    case .months: [Spelling("_months"), Spelling("_years", 12)]
    case .days: [Spelling("_days"), Spelling("_weeks", 7)]
    case .years: [Spelling("_years")]
    case .percent: [Spelling("_percent")]
    case .percentPredicted: [Spelling("_percent_predicted"), Spelling("_percent")]
    case .milligramsPerDecilitre: [Spelling("_mg_dl")]
    case .gramsPerDecilitre: [Spelling("_g_dl"), Spelling("_g_l", 0.1)]
    case .unitsPerLitre: [Spelling("_u_l")]
    case .perNanolitre:
      [Spelling("_10e9_l"), Spelling("_1e9_l"), Spelling("_per_nl"), Spelling("_per_ul", 0.001)]
    case .litres: [Spelling("_l"), Spelling("_liters"), Spelling("_litres"), Spelling("_ml", 0.001)]
    case .metres: [Spelling("_m")]
    case .squareMetres: [Spelling("_m2")]
    case .millilitresPerKilogramMinute: [Spelling("_ml_kg_min")]
    case .grays: [Spelling("_gy"), Spelling("_cgy", 0.01)]
    case .ratio, .classes, .grade, .count: [Spelling("")]
    }
  }
}
