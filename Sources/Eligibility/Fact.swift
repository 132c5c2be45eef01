public import Vocabulary

/// One thing that rules may ask about: a closed list, each with unit, meaning, plausible domain and scope.
///
/// Facts are named as in protocols: `longestAxialDiameter`, `inr`, `clearance(Heart)`. The list is in
/// `FactCatalogue`; a name outside it is an error in a protocol, never an unknown fact.
public struct Fact: Sendable, Hashable, Comparable {
  /// The name used in protocols and outputs.
  public let name: String

  init(_ name: String) { self.name = name }

  /// The least distance between the lesion and a structure of this role.
  public static func clearance(_ role: StructureRole) -> Fact { Fact("clearance(\(role.rawValue))") }

  /// The fact of this name, or `nil` when the closed list has none.
  public init?(named name: String) {
    guard FactCatalogue.definition(of: name) != nil else { return nil }
    self.name = name
  }

  /// What the fact means.
  public var definition: FactDefinition {
    FactCatalogue.definition(of: name)
      ?? FactDefinition(
        name, .lesion, .number(unit: "", domain: 0...0), "not in the catalogue")
  }

  /// Alphabetical order of names, so that outputs are stable.
  public static func < (a: Fact, b: Fact) -> Bool { a.name < b.name }
}

/// Whom a fact is about.
public enum FactScope: String, Sendable, Hashable {
  case patient, lesion
}

/// The values a fact can take.
public enum FactKind: Sendable, Hashable {
  /// A number in a unit, with the range in which a value is plausible.
  case number(unit: String, domain: ClosedRange<Double>)
  /// One of these words.
  case word([String])
}

/// A fact's meaning: what rules, readers and outputs agree on.
public struct FactDefinition: Sendable, Hashable {
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

  init(
    _ name: String, _ scope: FactScope, _ kind: FactKind, _ meaning: String,
    usual: FactValue.Point? = nil, isPlanned: Bool = false
  ) {
    self.isPlanned = isPlanned
    self.name = name
    self.scope = scope
    self.kind = kind
    self.meaning = meaning
    self.usual = usual
  }

  /// The unit of a number; empty for words.
  public var unit: String {
    if case .number(let unit, _) = kind { unit } else { "" }
  }
}
