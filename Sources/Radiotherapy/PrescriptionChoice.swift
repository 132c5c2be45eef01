internal import Eligibility
internal import Facts
internal import Reasons
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
    /// Why, in words.
    public let why: String
    /// Keys of the bibliography.
    public let sources: [String]
  }

  /// The scheme; `nil` when the site has none that may be used.
  public let scheme: PrescriptionScheme?
  /// All schemes of the site in the protocol's order, the chosen one among them.
  public let candidates: [Candidate]
  /// What the choice takes for granted; not empty when a deciding fact is unknown.
  public let providedThat: [String]
  /// Why the scheme is not the lesion's own first choice (a composite, or the user's word); `nil` when it is.
  public var override: String?

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
    var provided: [String] = []
    if sure == nil, let chosen { provided = chosen.unknown }
    self.init(
      scheme: chosen?.scheme, candidates: judged.map { $0.candidate(chosen) }, providedThat: provided)
  }

  private init(scheme: PrescriptionScheme?, candidates: [Candidate], providedThat: [String]) {
    self.scheme = scheme
    self.candidates = candidates
    self.providedThat = providedThat
  }

  /// The same candidates with another scheme chosen for a reason.
  func choosing(_ scheme: PrescriptionScheme, because reason: String) -> PrescriptionChoice {
    var other = PrescriptionChoice(
      scheme: scheme,
      candidates: candidates.map { candidate in
        if candidate.scheme == scheme {
          return Candidate(
            scheme: scheme, standing: .chosen,
            why: candidate.standing == .chosen ? candidate.why : reason + "; " + candidate.why,
            sources: candidate.sources)
        }
        guard candidate.standing == .chosen else { return candidate }
        return Candidate(
          scheme: candidate.scheme, standing: .permitted, why: "its own first choice, but " + reason,
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
    private let reasons: [(text: String, sources: [String], holds: Bool?)]

    init(_ scheme: PrescriptionScheme, _ facts: FactTable) {
      self.scheme = scheme
      func read(_ conditions: [SchemeCondition]) -> [(text: String, sources: [String], holds: Bool?)] {
        conditions.map { condition in
          let holds = condition.condition.holds(in: facts)
          return (condition.words(facts, holds), condition.sources, holds)
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
    var unknown: [String] { reasons.filter { $0.holds == nil }.map(\.text) }

    func candidate(_ chosen: Judged?) -> Candidate {
      let failed = reasons.filter { $0.holds == false }
      let sources = failed.flatMap(\.sources)
      func made(_ standing: Candidate.Standing, _ why: String) -> Candidate {
        Candidate(
          scheme: scheme, standing: standing, why: why, sources: sources.isEmpty ? scheme.sources : sources)
      }
      if scheme == chosen?.scheme {
        let held = reasons.filter { $0.holds == true }.map(\.text)
        return made(.chosen, held.isEmpty ? scheme.use : held.joined(separator: "; "))
      }
      if scheme.role == .avoid { return made(.avoided, scheme.use) }
      if isPermitted == false {
        return made(.refused, failed.map(\.text).joined(separator: "; "))
      }
      if isPermitted == nil { return made(.open, unknown.joined(separator: "; ")) }
      if scheme.role == .optional {
        return made(.permitted, "an option beside the first choice: " + scheme.use)
      }
      if isPreferred == false { return made(.permitted, failed.map(\.text).joined(separator: "; ")) }
      return made(.permitted, "comes later in the protocol's order")
    }
  }
}

extension SchemeCondition {
  /// What is asked and what is known: "distance to chest wall > 10 mm (22.1 mm)".
  func words(_ facts: FactTable, _ holds: Bool?) -> String {
    let fact = condition.fact
    let unit = fact.definition.unit
    let wanted: String
    switch condition.match {
    case .numbers(let bounds): wanted = bounds.text(unit: unit)
    case .words(let words): wanted = words.map(spacedWords).joined(separator: " or ")
    }
    let known: String
    switch facts[fact].knowledge {
    case .known(.number(let x)): known = Self.rounded(x) + (unit == "count" ? "" : " " + unit)
    case .known(.word(let word)): known = spacedWords(word)
    case .between(let low, let high): known = "\(Self.rounded(low))–\(Self.rounded(high)) \(unit)"
    case .unknown: known = facts[fact].source.isEmpty ? "unknown" : facts[fact].source
    case .notApplicable: known = "not applicable"
    }
    return "\(fact.title) \(wanted)" + (holds == false ? ", here \(known)" : " (\(known))")
  }

  private static func rounded(_ x: Double) -> String {
    let tenths = (x * 10).rounded() / 10
    return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
  }
}
