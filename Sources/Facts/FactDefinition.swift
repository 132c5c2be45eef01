// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// Whom a fact is about.
public enum FactScope: String, Sendable, Hashable {
  case patient, lesion
}

/// The values a fact can take.
public enum FactKind: Sendable, Hashable {
  /// A number in a unit, with the range in which a value is plausible.
  case number(unit: FactUnit, domain: ClosedRange<Double>)
  /// One of these words.
  case word([String])
}

/// What a measured number may be off by: models of measurement error ask for it.
public enum FactUncertainty: Sendable, Hashable {
  /// A diameter, by two readers' differences.
  case size
  /// A distance from the lesion's nearest edge.
  case edge
  /// A depth of the lesion's far edge, which grows with it.
  case innerEdge
  /// The margin that a planned zone leaves.
  case zoneMargin
  /// The distance of a planned zone from a neighbour.
  case zoneDistance
}

/// A fact's meaning: what rules, readers and outputs agree on.
///
/// Keys of files, columns of lists, the protocol's schema, titles and models of measurement error follow from it.
public struct FactDefinition: Sendable, Hashable {
  /// The fact that is defined.
  public let fact: Fact
  /// The name in protocols and outputs.
  public let name: String
  /// Whom it is about.
  public let scope: FactScope
  /// Unit and plausible domain, or the allowed words.
  public let kind: FactKind
  /// One sentence for people.
  public let meaning: String
  /// The value a `confirm` fact is judged at while unknown; `nil` where no usual value exists.
  public let usual: FactValue.Point?
  /// Whether only a plan answers it: before there is one, rules that ask for it do not apply.
  public let isPlanned: Bool
  /// The words for people: "INR", "longest axial diameter".
  public private(set) var title: String
  /// One to three words for tables: "size", "heart".
  public private(set) var label: String
  /// Other names it goes by in lists and patient files, in lower case without separators and unit.
  public private(set) var aliases: [String] = []
  /// Whole column names that stand for it, in lower case without separators, with what a number there is multiplied with.
  public private(set) var columns: [String: Double] = [:]
  /// How its key is written before the unit's ending, where that is not its name.
  public private(set) var keyStem: String?
  /// Words of files that mean one of its own, in lower case without separators.
  public private(set) var synonyms: [String: String] = [:]
  /// For a mass concentration: the factor from micromoles a litre; a substance without one has no molar key, since
  /// another's factor would be a wrong value.
  public private(set) var perMicromole: Double?
  /// Whether a share of 1 is often written for per cent: then a value up to 1 is refused.
  public private(set) var isMistakenForShare = false
  /// What it may be off by when it is measured; `nil` where no model of error covers it.
  public private(set) var uncertainty: FactUncertainty?
  /// For a number of metastases: of what they are counted; rules on it cite sources that count alike.
  public private(set) var countedPer: CountUnit?

  init(
    _ fact: Fact, _ scope: FactScope, _ kind: FactKind, _ meaning: String,
    usual: FactValue.Point? = nil, isPlanned: Bool = false
  ) {
    self.fact = fact
    name = fact.caseName
    self.scope = scope
    self.kind = kind
    self.meaning = meaning
    self.usual = usual
    self.isPlanned = isPlanned
    title = spacedWords(name)
    label = title
  }

  /// The unit as outputs write it; empty for words.
  public var unit: String {
    if case .number(let unit, _) = kind { unit.rawValue } else { "" }
  }

  /// The plausible domain of a number; 0…0 for words.
  public var domain: ClosedRange<Double> {
    if case .number(_, let domain) = kind { domain } else { 0...0 }
  }
}

// What a row of the catalogue adds to a definition.
extension FactDefinition {
  func titled(_ title: String) -> Self {
    changed {
      $0.title = title
      $0.label = title
    }
  }
  func labelled(_ label: String) -> Self { changed { $0.label = label } }
  func alsoSpelt(_ aliases: String...) -> Self { changed { $0.aliases = aliases } }
  func alsoInColumn(_ column: String, factor: Double) -> Self { changed { $0.columns[column] = factor } }
  func written(_ stem: String) -> Self { changed { $0.keyStem = stem } }
  func synonyms(_ words: [String: String]) -> Self { changed { $0.synonyms = words } }
  func inMicromoles(_ factor: Double) -> Self { changed { $0.perMicromole = factor } }
  func counted(per unit: CountUnit) -> Self { changed { $0.countedPer = unit } }
  func mistakenForShare() -> Self { changed { $0.isMistakenForShare = true } }
  func measured(as uncertainty: FactUncertainty) -> Self { changed { $0.uncertainty = uncertainty } }

  private func changed(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}

extension FactKind {
  /// One of a fact's words, as a file may write it; `nil` where it is none.
  ///
  /// Case and separators do not matter; a fact of absence or presence, and one of yes or no, also takes true and false.
  ///
  /// - Parameter key: the word in lower case without separators.
  func word(_ key: String) -> String? {
    guard case .word(let allowed) = self else { return nil }
    if let exact = allowed.first(where: { plainKey($0) == key }) { return exact }
    if allowed == ["absent", "present"] {
      if ["yes", "true", "y", "1"].contains(key) { return "present" }
      if ["no", "false", "n", "0", "none"].contains(key) { return "absent" }
    }
    if Set(allowed) == ["yes", "no"] {
      if ["true", "y", "1"].contains(key) { return "yes" }
      if ["false", "n", "0"].contains(key) { return "no" }
    }
    return nil
  }
}
