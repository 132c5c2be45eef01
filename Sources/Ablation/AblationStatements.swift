// SPDX-License-Identifier: Apache-2.0
public import Eligibility
public import Facts
public import Quantities
internal import Reasons
public import Vocabulary

/// A nerve nobody contours, and the structures it runs along.
///
/// Heuristic: it can ask, never exclude.
public struct NerveSurrogate: Sendable, Hashable {
  /// The nerve's role.
  public let role: StructureRole
  /// The roles of the structures it runs along.
  public let along: [StructureRole]
  /// How near them the question is asked.
  public let within: Length
  /// The sites it is asked for.
  public let sites: [Site]
  /// One sentence for people.
  public let text: String
  /// Keys of the bibliography.
  public let sources: [String]

  /// A surrogate.
  public init(
    role: StructureRole, along: [StructureRole], within: Length, sites: [Site], text: String,
    sources: [String]
  ) {
    self.role = role
    self.along = along
    self.within = within
    self.sites = sites
    self.text = text
    self.sources = sources
  }
}

/// What a manoeuvre usually moves, and by how much.
public struct ManoeuvreReach: Sendable, Hashable {
  /// The manoeuvre.
  public let manoeuvre: Manoeuvre
  /// The sites of lesions it is used for.
  public let sites: [Site]
  /// The roles it moves away.
  public let roles: [StructureRole]
  /// How far it usually moves them, in millimetres.
  public let usual: ClosedRange<Double>
  /// One sentence for people.
  public let text: String
  /// Keys of the bibliography.
  public let sources: [String]

  /// A manoeuvre's reach.
  public init(
    manoeuvre: Manoeuvre, sites: [Site], roles: [StructureRole], usual: ClosedRange<Double>, text: String,
    sources: [String]
  ) {
    self.manoeuvre = manoeuvre
    self.sites = sites
    self.roles = roles
    self.usual = usual
    self.text = text
    self.sources = sources
  }
}

/// A preference among the energies where its condition holds.
public struct EnergyPreference: Sendable, Hashable {
  /// Its id, unique.
  public let id: String
  /// The sites it holds for.
  public let sites: [Site]
  /// Conditions, one of which must hold.
  public let whenAny: [Rule.Guard]
  /// The energies preferred, best first.
  public let prefer: [Modality]
  /// The energies to keep away from.
  public let avoid: [Modality]
  /// One sentence for people.
  public let text: String
  /// Keys of the bibliography.
  public let sources: [String]

  /// A preference.
  public init(
    id: String, sites: [Site], whenAny: [Rule.Guard], prefer: [Modality], avoid: [Modality], text: String,
    sources: [String]
  ) {
    self.id = id
    self.sites = sites
    self.whenAny = whenAny
    self.prefer = prefer
    self.avoid = avoid
    self.text = text
    self.sources = sources
  }
}

/// How far a planned zone should stay off structures of a role.
public struct ZoneLimit: Sendable, Hashable {
  /// What nearness does.
  public enum Effect: String, Sendable, Hashable, CaseIterable {
    /// The zone injures the structure.
    case injury
    /// The structure carries heat or cold away.
    case heatSink
  }
  /// The role.
  public let role: StructureRole
  /// What nearness does.
  public let effect: Effect
  /// The energies it holds for.
  public let energies: [Modality]
  /// The sites of lesions it holds for.
  public let sites: [Site]
  /// Nearer than this it counts.
  public let distance: Length
  /// One sentence for people.
  public let text: String
  /// Keys of the bibliography.
  public let sources: [String]

  /// A limit.
  public init(
    role: StructureRole, effect: Effect, energies: [Modality], sites: [Site], distance: Length, text: String,
    sources: [String]
  ) {
    self.role = role
    self.effect = effect
    self.energies = energies
    self.sites = sites
    self.distance = distance
    self.text = text
    self.sources = sources
  }
}

/// Something said about risk, preparation or follow-up where its conditions hold.
public struct AblationNote: Sendable, Hashable {
  /// What a note is about.
  public enum Topic: String, Sendable, Hashable, CaseIterable {
    case pneumothorax, bleeding, nerve, progression, session, anaesthesia, coagulation, infection, biopsy,
      lung,
      staging, other

    /// The word for people.
    public var title: String { rawValue }
  }
  /// Its id, unique.
  public let id: String
  /// What it is about.
  public let topic: Topic
  /// The energies it holds for.
  public let energies: [Modality]
  /// The sites it holds for.
  public let sites: [Site]
  /// Conditions, all of which must hold; a planned fact is named without its energy.
  public let whenAll: [Condition]
  /// The sentence.
  public let text: String
  /// Whether it belongs to what must be prepared rather than to risk.
  public let isPreparation: Bool
  /// Keys of the bibliography.
  public let sources: [String]

  /// A condition on a fact.
  public enum Condition: Sendable, Hashable {
    /// On a fact.
    case fact(Rule.Guard)
    /// On a planned fact of the energy.
    case planned(PlannedAblationFact, Band.Match)
  }

  /// A note.
  public init(
    id: String, topic: Topic, energies: [Modality], sites: [Site], whenAll: [Condition], text: String,
    isPreparation: Bool, sources: [String]
  ) {
    self.id = id
    self.topic = topic
    self.energies = energies
    self.sites = sites
    self.whenAll = whenAll
    self.text = text
    self.isPreparation = isPreparation
    self.sources = sources
  }
}
