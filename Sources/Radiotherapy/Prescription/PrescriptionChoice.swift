// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
public import Reasons
internal import Vocabulary

/// The prescription chosen for one lesion, and why not another.
public struct PrescriptionChoice: Sendable, Hashable {
  /// What became of a scheme.
  public struct Candidate: Sendable, Hashable {
    /// How it fared.
    public enum Standing: String, Sendable, Hashable {
      /// It is the first choice.
      case chosen
      /// It may be used, but another comes first.
      case permitted
      /// It may be used if facts that are unknown turn out right.
      case open
      /// A condition of its own forbids it.
      case refused
      /// The protocol lists it as not to be used.
      case avoided
    }

    /// The scheme.
    public let scheme: PrescriptionScheme
    /// How it fared.
    public let standing: Standing
    /// Why: one reason or several.
    public let why: [Reason]
    /// Keys of the bibliography.
    public let sources: [String]
  }

  /// The scheme; `nil` when the site has none that may be used.
  public let scheme: PrescriptionScheme?
  /// All schemes of the site in the protocol's order, the chosen one among them.
  public let candidates: [Candidate]
  /// What the choice takes for granted; not empty when a deciding fact is unknown.
  public let providedThat: [Reason]
  /// Why the scheme is not the lesion's own first choice (a composite, or the user's word); `nil` when it is.
  public var override: Reason?

  /// Chooses by the protocol's order: the first standard scheme whose conditions all hold.
  ///
  /// A condition whose fact is unknown neither holds nor fails. When no scheme holds for certain, the first that
  /// nothing forbids for certain is taken, and says what it takes for granted.
  init(_ schemes: [PrescriptionScheme], at site: Site?, facts: FactTable) {
    guard let site else {
      self.init(scheme: nil, candidates: [], providedThat: [])
      return
    }
    let judged = schemes.filter { $0.sites.contains(site) }.map { Judged($0, facts) }
    let sure = judged.first {
      $0.scheme.role == .standard && $0.isPermitted == true && $0.isPreferred == true
    }
    // Without a sure first choice: what is permitted for certain, and is not known to be for other lesions.
    let safe = judged.first {
      $0.scheme.role == .standard && $0.isPermitted == true && $0.isPreferred != false
    }
    let open = judged.first {
      $0.scheme.role == .standard && $0.isPermitted == nil && $0.isPreferred != false
    }
    let chosen = sure ?? safe ?? open
    var provided: [Reason] = []
    if sure == nil, let chosen { provided = chosen.unknown }
    self.init(
      scheme: chosen?.scheme, candidates: judged.map { $0.candidate(chosen) }, providedThat: provided)
  }

  private init(scheme: PrescriptionScheme?, candidates: [Candidate], providedThat: [Reason]) {
    self.scheme = scheme
    self.candidates = candidates
    self.providedThat = providedThat
  }

  /// The same candidates with another scheme chosen for a reason.
  func choosing(_ scheme: PrescriptionScheme, because reason: Reason) -> PrescriptionChoice {
    var other = PrescriptionChoice(
      scheme: scheme,
      candidates: candidates.map { candidate in
        if candidate.scheme == scheme {
          return Candidate(
            scheme: scheme, standing: .chosen,
            why: candidate.standing == .chosen ? candidate.why : [reason] + candidate.why,
            sources: candidate.sources)
        }
        guard candidate.standing == .chosen else { return candidate }
        return Candidate(
          scheme: candidate.scheme, standing: .permitted,
          why: [Reason(.radiotherapy(.ownFirstChoice), because: [reason])],
          sources: candidate.sources)
      },
      providedThat: providedThat)
    other.override = reason
    return other
  }

  /// Whether a condition of the scheme forbids it for this lesion.
  func refuses(_ scheme: PrescriptionScheme) -> Bool {
    candidates.first { $0.scheme == scheme }.map { [.refused, .avoided].contains($0.standing) } ?? true
  }

  /// A scheme with its conditions read.
  private struct Judged {
    let scheme: PrescriptionScheme
    let isPermitted: Bool?
    let isPreferred: Bool?
    private let reasons: [(reason: Reason, holds: Bool?)]

    init(_ scheme: PrescriptionScheme, _ facts: FactTable) {
      self.scheme = scheme
      func read(_ conditions: [SchemeCondition]) -> [(reason: Reason, holds: Bool?)] {
        conditions.map { condition in
          let holds = condition.condition.holds(in: facts)
          return (condition.reason(facts, holds), holds)
        }
      }
      let permitted = read(scheme.permitted)
      let preferred = read(scheme.preferred)
      isPermitted = Self.all(permitted.map(\.holds))
      isPreferred = Self.all(preferred.map(\.holds))
      reasons = permitted + preferred
    }

    private static func all(_ answers: [Bool?]) -> Bool? {
      if answers.contains(false) { return false }
      return answers.contains(nil) ? nil : true
    }

    /// What would have to hold, of what is not known.
    var unknown: [Reason] { reasons.filter { $0.holds == nil }.map(\.reason) }

    func candidate(_ chosen: Judged?) -> Candidate {
      let failed = reasons.filter { $0.holds == false }.map(\.reason)
      let sources = failed.flatMap(\.sources)
      func made(_ standing: Candidate.Standing, _ why: [Reason]) -> Candidate {
        Candidate(
          scheme: scheme, standing: standing, why: why, sources: sources.isEmpty ? scheme.sources : sources)
      }
      func used(_ kind: RadiotherapyReason) -> [Reason] {
        [Reason(.radiotherapy(kind), quote: scheme.use, sources: scheme.sources)]
      }
      if scheme == chosen?.scheme {
        let held = reasons.filter { $0.holds == true }.map(\.reason)
        return made(.chosen, held.isEmpty ? used(.schemeUse) : held)
      }
      if scheme.role == .avoid { return made(.avoided, used(.schemeUse)) }
      if isPermitted == false { return made(.refused, failed) }
      if isPermitted == nil { return made(.open, unknown) }
      if scheme.role == .optional { return made(.permitted, used(.optionBesideFirst)) }
      if isPreferred == false { return made(.permitted, failed) }
      return made(.permitted, [Reason(.radiotherapy(.laterInOrder))])
    }
  }
}

extension SchemeCondition {
  /// What is asked and what is known.
  func reason(_ facts: FactTable, _ holds: Bool?) -> Reason {
    let fact = condition.fact
    let known = facts[fact]
    let kind: RadiotherapyReason =
      switch holds {
      case true?: .conditionHolds
      case false?: .conditionFails
      case nil: .conditionOpen
      }
    let limit: Reason.Limit =
      switch condition.match {
      case .numbers(let bounds): .within([bounds], unit: fact.definition.unit)
      case .words(let words): .oneOf(words)
      }
    return Reason(
      .radiotherapy(kind), facts: [fact], value: known, limit: limit,
      quote: known.isReportedInPart ? known.source : nil, sources: sources)
  }
}
