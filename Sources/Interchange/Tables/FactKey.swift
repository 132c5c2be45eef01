internal import Eligibility

/// How a fact is spelt in files: its name in any case with the unit as its ending, `fev1_percent_predicted`,
/// `longest_axial_diameter_mm`, `diseaseFreeIntervalMonths`.
///
/// Underscores, spaces and case do not matter.
struct FactKey {
  let fact: Fact
  /// What a number in this key's unit is multiplied with to be in the fact's own unit.
  let factor: Double

  /// What a header or key means, or `nil` when it names no fact.
  init?(_ key: String) {
    guard let found = Self.table[Self.normalized(key)] else { return nil }
    self = found
  }

  init(_ fact: Fact, _ factor: Double) {
    self.fact = fact
    self.factor = factor
  }

  /// The key with its unit that a fact's bare name lacks, or `nil` when the word is no bare fact name.
  static func unitMissing(in key: String) -> String? {
    let bare = normalized(key)
    for definition in FactCatalogue.all where !suffixes(of: definition).contains(where: { $0.ending.isEmpty })
    {
      if names(of: definition).contains(bare) { return spelling(of: definition) }
    }
    return nil
  }

  /// How a fact's key is written in examples and schemas.
  static func spelling(of definition: FactDefinition) -> String {
    var snake = ""
    for character in definition.name {
      if character.isUppercase { snake.append("_") }
      snake.append(contentsOf: character.lowercased())
    }
    let ending = suffixes(of: definition).first?.ending ?? ""
    // A name that ends in what its unit begins with says it once.
    if definition.name == "vo2PeakPercent" { snake = "vo2_peak" }
    return snake + ending
  }

  static func normalized(_ key: String) -> String {
    String(key.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// What a number in a unit written behind it is multiplied with to be in the fact's own unit; `nil` for a unit
  /// that the fact is not measured in.
  static func factor(ofUnit unit: String, for definition: FactDefinition) -> Double? {
    let plain = unit.lowercased().replacing("³", with: "3").replacing("²", with: "2").replacing(
      "µ", with: "u"
    )
    .replacing("μ", with: "u").replacing("%", with: "percent")
    let key = normalized(plain)
    guard !key.isEmpty else { return nil }
    return suffixes(of: definition).first { normalized($0.ending) == key }?.factor
  }

  private struct Suffix {
    let ending: String
    let factor: Double
    init(_ ending: String, _ factor: Double = 1) {
      self.ending = ending
      self.factor = factor
    }
  }

  /// Milligrams a decilitre for one micromole a litre, by molar mass: bilirubin 584.7 g/mol, creatinine 113.1 g/mol.
  ///
  /// A substance that is not listed has no molar key: another's factor would be a wrong value.
  private static let micromoles = ["bilirubin": 0.05847, "creatinine": 0.01131]

  private static func suffixes(of definition: FactDefinition) -> [Suffix] {
    guard case .number(let unit, _) = definition.kind else { return [Suffix("")] }
    switch unit {
    case "mm": return [Suffix("_mm"), Suffix("_cm", 10)]
    case "cc": return [Suffix("_cc"), Suffix("_ml"), Suffix("_cm3"), Suffix("_mm3", 0.001)]
    case "months": return [Suffix("_months"), Suffix("_years", 12)]
    case "days": return [Suffix("_days"), Suffix("_weeks", 7)]
    case "years": return [Suffix("_years")]
    case "%": return [Suffix("_percent")]
    case "% predicted": return [Suffix("_percent_predicted"), Suffix("_percent")]
    case "mg/dL":
      return [Suffix("_mg_dl")] + (micromoles[definition.name].map { [Suffix("_umol_l", $0)] } ?? [])
    case "g/dL": return [Suffix("_g_dl"), Suffix("_g_l", 0.1)]
    case "U/L": return [Suffix("_u_l")]
    case "10^9/L": return [Suffix("_10e9_l"), Suffix("_1e9_l"), Suffix("_per_nl"), Suffix("_per_ul", 0.001)]
    case "L": return [Suffix("_l"), Suffix("_liters"), Suffix("_litres"), Suffix("_ml", 0.001)]
    case "m": return [Suffix("_m")]
    case "m2": return [Suffix("_m2")]
    case "mL/kg/min": return [Suffix("_ml_kg_min")]
    case "Gy": return [Suffix("_gy"), Suffix("_cgy", 0.01)]
    default: return [Suffix("")]
    }
  }

  private static func names(of definition: FactDefinition) -> [String] {
    let own = normalized(definition.name)
    switch definition.name {
    case "diseaseFreeInterval": return [own, "dfi"]
    case "longestAxialDiameter":
      return [own, "longestdiameter", "maxaxialdiameter", "ldiam", "recistdiameter"]
    case "shortAxis": return [own, "shortaxisdiameter", "shortdiameter"]
    case "priorTherapyHere": return [own, "priorlocaltherapy", "priortherapy"]
    case "ejectionFraction": return [own, "lvef"]
    case "fev1Volume": return [own, "fev1"]
    case "vo2Peak": return [own, "peakvo2"]
    case "vo2PeakPercent": return [own, "vo2peak", "peakvo2"]
    case "bodySurfaceArea": return [own, "bsa"]
    case "perfusionRight": return [own, "perfusionrightlung"]
    case "earlierLongestDiameter": return [own, "earlierlongestaxialdiameter", "previouslongestdiameter"]
    case "metastasisCount": return [own, "numberofmetastases"]
    case "lungLaterality": return [own, "laterality"]
    case "germline": return [own, "germlinevariant"]
    default: return [own]
    }
  }

  private static let table: [String: FactKey] = {
    var table: [String: FactKey] = [:]
    for definition in FactCatalogue.all {
      guard let fact = Fact(named: definition.name) else { continue }
      for name in names(of: definition) {
        for suffix in suffixes(of: definition) {
          table[name + normalized(suffix.ending)] = FactKey(fact, suffix.factor)
        }
      }
    }
    return table
  }()
}
