// SPDX-License-Identifier: Apache-2.0
public import Facts
internal import Reasons
public import Vocabulary

/// A rule maps one fact to grades, for some sites and therapies or for the patient.
///
/// A class, for rules never change and every judgement hands them on.
public final class Rule: Sendable, Hashable {
  /// Whom the rule judges.
  public enum Subject: Sendable, Hashable {
    case patient
    case lesion(sites: [Site], modalities: [Modality], concern: Concern)
  }

  /// A second fact that decides whether the rule applies.
  public struct Guard: Sendable, Hashable {
    /// The second fact.
    public let fact: Fact
    /// The values for which the rule applies.
    public let match: Band.Match

    /// A guard.
    public init(fact: Fact, match: Band.Match) {
      self.fact = fact
      self.match = match
    }

    /// Whether it holds; `nil` while its fact is unknown or lies on both sides of an edge.
    ///
    /// Nothing is assumed: a fact that rules would take at its usual value is unknown here.
    public func holds(in facts: FactTable) -> Bool? { RuleEvaluation.holds(self, .refine, facts) }
  }

  /// Its id, unique in the protocol.
  public let id: String
  /// Whom it judges.
  public let subject: Subject
  /// The fact it asks for.
  public let fact: Fact
  /// The name of its cluster: rules with one root speak once.
  public let root: String
  /// Among rules with one root the highest speaks.
  public let specificity: Int
  /// When it applies.
  public let applies: Guard?
  /// For patient rules: whether an unknown fact is taken at its worst, as a missing spine MRI of a myxoid
  /// liposarcoma is.
  public let unknownCountsAsWorst: Bool
  /// Values this near the edge of a band are within measurement error, in the fact's unit.
  public let measurementError: Double?
  /// The bands, together covering every value once.
  public let bands: [Band]
  /// What the fact means: kept here, for judgements ask it of every rule.
  let definition: FactDefinition
  /// What each band says, in their order, and what is said where the rule cannot be read; findings share these.
  private let says: [Reason]
  let unread: Reason
  /// What is granted where the fact is taken at its usual value; `nil` where that grants nothing.
  let granted: Reason?
  /// The values from which upwards nothing stands against the therapy; `nil` for words, and where the highest values do.
  let harmless: Reason?

  /// A rule; `protocol check` looks for gaps, overlaps and missing sources.
  public init(
    id: String, subject: Subject, fact: Fact, root: String? = nil, specificity: Int = 0,
    applies: Guard? = nil, unknownCountsAsWorst: Bool = false, measurementError: Double? = nil,
    bands: [Band]
  ) {
    self.id = id
    self.subject = subject
    self.fact = fact
    self.root = root ?? fact.name
    self.specificity = specificity
    self.applies = applies
    self.unknownCountsAsWorst = unknownCountsAsWorst
    self.measurementError = measurementError
    self.bands = bands
    definition = fact.definition
    let unit = definition.unit
    says = bands.map { $0.reason(of: fact, unit: unit, $0.writtenCondition) }
    unread = Reason(.judgement(.unknown), facts: [fact])
    harmless = UsualRun(highestOf: bands).flatMap { $0.granted(of: fact) }
    granted = definition.usual.flatMap { usual in
      UsualRun(bands, around: usual).granted(of: fact) ?? UsualRun.best(of: bands, usual, fact)
    }
  }

  /// Whether two rules say the same.
  public static func == (a: Rule, b: Rule) -> Bool {
    a === b
      || a.id == b.id && a.subject == b.subject && a.fact == b.fact && a.root == b.root
        && a.specificity == b.specificity && a.applies == b.applies
        && a.unknownCountsAsWorst == b.unknownCountsAsWorst && a.measurementError == b.measurementError
        && a.bands == b.bands
  }

  /// By its id: the same rules have the same.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }

  /// What the worst band says where the fact is unknown.
  func atWorst(_ band: Band) -> Reason {
    Reason(
      .judgement(.takenAtWorst), facts: [fact], limit: band.limit(unit: definition.unit),
      quote: band.text, sources: band.sources)
  }

  /// What a band of this rule says under a condition.
  func reason(_ band: Band, _ condition: Condition?) -> Reason {
    if let index = bands.firstIndex(where: { $0.match == band.match }), says[index].condition == condition {
      return says[index]
    }
    return band.reason(of: fact, unit: definition.unit, condition)
  }

  /// The band of a value, or `nil` outside all.
  public func band(of point: FactValue.Point) -> Band? { bands.first { $0.matches(point) } }

  /// Whether a therapy at a site is this rule's business.
  public func concerns(_ modality: Modality, at site: Site) -> Concern? {
    guard case .lesion(let sites, let modalities, let concern) = subject, sites.contains(site),
      modalities.contains(modality)
    else { return nil }
    return concern
  }
}
