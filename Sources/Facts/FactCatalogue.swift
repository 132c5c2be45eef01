// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// The closed list of facts, each with its one definition.
///
/// Adding one is a change of code: a case of `Fact` and a row here, with unit, domain and meaning.
public enum FactCatalogue {
  /// Every definition, patient first, then lesion, then clearances and what plans say.
  public static let all: [FactDefinition] =
    patient + lesion + clearances + radiotherapyPatient + radiotherapyLesion + ablationPatient
    + ablationLesion + resectionPatient + resectionLesion + imagingPatient + imagingLesion

  private static let byFact: [Fact: FactDefinition] =
    Dictionary(all.map { ($0.fact, $0) }, uniquingKeysWith: { first, _ in first })

  private static let byName: [String: Fact] =
    Dictionary(all.map { ($0.name, $0.fact) }, uniquingKeysWith: { first, _ in first })

  private static let ranks: [Fact: Int] =
    Dictionary(
      all.sorted { $0.name < $1.name }.enumerated().map { ($1.fact, $0) },
      uniquingKeysWith: { first, _ in first })

  static func fact(named name: String) -> Fact? { byName[name] }

  /// A family's fact that no rule may ask for, as the distance of a zone that no heat makes, has a definition without values.
  static func definition(of fact: Fact) -> FactDefinition {
    byFact[fact]
      ?? FactDefinition(fact, .lesion, .number(unit: .count, domain: 0...0), "not in the catalogue")
  }

  /// The place in alphabetical order of names; those outside the list come last.
  static func rank(of fact: Fact) -> Int { ranks[fact] ?? ranks.count }

  // MARK: Rows

  static func flag(_ fact: Fact, _ scope: FactScope, _ meaning: String) -> FactDefinition {
    FactDefinition(fact, scope, .word(["absent", "present"]), meaning, usual: .word("absent"))
  }

  static func words(
    _ fact: Fact, _ scope: FactScope, _ words: [String], _ meaning: String, usual: String? = nil,
    isPlanned: Bool = false
  ) -> FactDefinition {
    FactDefinition(
      fact, scope, .word(words), meaning, usual: usual.map { .word($0) }, isPlanned: isPlanned)
  }

  static func number(
    _ fact: Fact, _ scope: FactScope, _ unit: FactUnit, _ domain: ClosedRange<Double>, _ meaning: String,
    usual: Double? = nil, isPlanned: Bool = false
  ) -> FactDefinition {
    FactDefinition(
      fact, scope, .number(unit: unit, domain: domain), meaning, usual: usual.map { .number($0) },
      isPlanned: isPlanned)
  }

  // MARK: Clearances

  private static let clearances: [FactDefinition] = StructureRole.allCases.map { role in
    number(
      .clearance(role), .lesion, .millimetres, 0...400,
      "least distance between the lesion and the \(role.title); 0 in contact"
    ).titled("distance to \(role.title)").labelled(role == .bronchialTree ? "bronchi" : role.title).written(
      "distance_to_\(role.rawValue)"
    )
    .measured(as: .edge)
  }
}
