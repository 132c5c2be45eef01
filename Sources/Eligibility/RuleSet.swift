// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Reasons
public import Vocabulary

/// How much each fact matters to a therapy while it is unknown.
public struct Needs: Sendable, Hashable {
  /// The sites it is for.
  public let sites: [Site]
  /// The therapies it is for.
  public let modalities: [Modality]
  /// Unknown: the verdict is indeterminate whatever else is known, and there is no score.
  public let indispensable: [Fact]
  /// Unknown and able to exclude: the verdict is indeterminate.
  public let decisive: [Fact]
  /// Unknown: judged at the usual value and printed as "provided that".
  public let confirm: [Fact]

  /// Needs.
  public init(
    sites: [Site], modalities: [Modality], indispensable: [Fact] = [], decisive: [Fact], confirm: [Fact]
  ) {
    self.sites = sites
    self.modalities = modalities
    self.indispensable = indispensable
    self.decisive = decisive
    self.confirm = confirm
  }
}

/// Something required of every patient.
public struct Requirement: Sendable, Hashable {
  /// What is required.
  public let text: String
  /// Keys of the bibliography.
  public let sources: [String]

  /// A requirement.
  public init(text: String, sources: [String]) {
    self.text = text
    self.sources = sources
  }
}

/// Everything judgement needs besides facts: rules, needs, weights and what all patients require.
public struct RuleSet: Sendable, Hashable {
  /// The rules, in the protocol's order.
  public let rules: [Rule]
  /// The needs.
  public let needs: [Needs]
  /// How findings become a score.
  public let scoring: Scoring
  /// Required of every patient.
  public let requirements: [Requirement]
  /// The therapies that the service has; `nil` where the protocol does not say, and all are offered.
  public let available: Set<Modality>?

  /// A rule set.
  public init(
    rules: [Rule], needs: [Needs], scoring: Scoring, requirements: [Requirement],
    available: Set<Modality>? = nil
  ) {
    self.available = available
    self.rules = rules
    self.needs = needs
    self.scoring = scoring
    self.requirements = requirements
  }

  /// The therapies that have rules at a site, in the vocabulary's order.
  public func modalities(at site: Site) -> [Modality] {
    Modality.allCases.filter { modality in rules.contains { $0.concerns(modality, at: site) != nil } }
  }

  /// The therapies that have rules at any site, in the vocabulary's order.
  public var modalities: [Modality] {
    Modality.allCases.filter { modality in
      rules.contains { rule in Site.allCases.contains { rule.concerns(modality, at: $0) != nil } }
    }
  }

  /// That the service does not have a therapy; `nil` where it has it.
  public func unavailable(_ modality: Modality) -> Reason? {
    available?.contains(modality) ?? true
      ? nil : Reason(.judgement(.notAvailable), of: .modality(modality))
  }

  /// How much a fact matters to a therapy at a site.
  ///
  /// What tells where a lesion lies is `locate` where the protocol says nothing else.
  public func need(of fact: Fact, for modality: Modality, at site: Site) -> Need {
    for entry in needs where entry.sites.contains(site) && entry.modalities.contains(modality) {
      if entry.indispensable.contains(fact) { return .indispensable }
      if entry.decisive.contains(fact) { return .decisive }
      if entry.confirm.contains(fact) { return .confirm }
    }
    return fact.isLocation ? .locate : .refine
  }
}

/// How much a fact matters while it is unknown.
public enum Need: String, Sendable, Hashable, CaseIterable {
  /// Without it there is no verdict and no score.
  case indispensable
  /// Unknown and able to exclude: no verdict.
  case decisive
  /// Unknown: taken at its usual value, which is said.
  case confirm
  /// Where the lesion lies. Unknown: one condition for all that could exclude or condition.
  case locate
  /// Unknown: taken at its worst; a condition where the worst would be one.
  case refine

  /// The one of both that matters more.
  func morePressing(_ other: Need) -> Need {
    Need.allCases.first { $0 == self || $0 == other } ?? self
  }
}
