// SPDX-License-Identifier: Apache-2.0
internal import Facts

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
    guard let found = Self.table[plainKey(key)] else { return nil }
    self = found
  }

  init(_ fact: Fact, _ factor: Double) {
    self.fact = fact
    self.factor = factor
  }

  /// The fact whose name a key is without the unit it needs, or `nil` when the word is no bare name of a fact.
  static func withoutUnit(_ key: String) -> FactDefinition? {
    let bare = plainKey(key)
    return FactCatalogue.all.first { definition in
      !definition.unitSpellings.contains { $0.ending.isEmpty } && definition.spellings.contains(bare)
    }
  }

  /// What a number in a unit written behind it is multiplied with to be in the fact's own unit; `nil` for a unit
  /// that the fact is not measured in.
  static func factor(ofUnit unit: String, for definition: FactDefinition) -> Double? {
    let plain = unit.lowercased().replacing("³", with: "3").replacing("²", with: "2").replacing(
      "µ", with: "u"
    )
    .replacing("μ", with: "u").replacing("%", with: "percent")
    let key = plainKey(plain)
    guard !key.isEmpty else { return nil }
    return definition.unitSpellings.first { plainKey($0.ending) == key }?.factor
  }

  private static let table: [String: FactKey] = {
    var table: [String: FactKey] = [:]
    for definition in FactCatalogue.all {
      for name in definition.spellings {
        for unit in definition.unitSpellings {
          table[name + plainKey(unit.ending)] = FactKey(definition.fact, unit.factor)
        }
      }
      for (column, factor) in definition.columns { table[column] = FactKey(definition.fact, factor) }
    }
    return table
  }()
}
