// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Vocabulary

/// One thing that is said about a patient, a lesion, a therapy or a plan: a value, not a sentence.
///
/// Rooms make reasons where something is known; `Report/Words` alone turns them into words, and outputs for machines carry kind
/// and fields beside the text. Nothing looks into a sentence to find out what it says.
public struct Reason: Sendable, Hashable {
  /// What is said.
  public let kind: Kind
  /// Of whom or what it is said; `nil` where what holds the reason tells.
  public let subject: Subject?
  /// The facts it speaks of, the leading one first.
  public let facts: [Fact]
  /// What is known of the leading fact; `nil` where it does not matter.
  public let value: FactValue?
  /// The figures, in the order that the kind tells.
  public let figures: [Figure]
  /// Ids and titles it speaks of, in the order that the kind tells.
  public let names: [String]
  /// The reasons it rests on.
  public let because: [Reason]
  /// What the figure or fact is compared with.
  public let limit: Limit?
  /// A sentence of the protocol or of a file, as it stands there.
  public let quote: String?
  /// Keys of the bibliography.
  public let sources: [String]
  /// What would resolve it; `nil` where nothing is asked.
  public let condition: Condition?

  /// A reason.
  public init(
    _ kind: Kind, of subject: Subject? = nil, facts: [Fact] = [], value: FactValue? = nil,
    figures: [Figure] = [], names: [String] = [], because: [Reason] = [], limit: Limit? = nil,
    quote: String? = nil, sources: [String] = [], condition: Condition? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.facts = facts
    self.value = value
    self.figures = figures
    self.names = names
    self.because = because
    self.limit = limit
    self.quote = quote
    self.sources = sources
    self.condition = condition
  }

  /// What is said, by the room that says it.
  public enum Kind: Sendable, Hashable {
    case judgement(JudgementReason)
    case joint(JointReason)
    case plan(PlanReason)
    case radiotherapy(RadiotherapyReason)
    case ablation(AblationReason)
    case resection(ResectionReason)
  }

  /// Of whom or what something is said.
  public enum Subject: Sendable, Hashable {
    case patient
    /// By id.
    case lesion(String)
    case site(Site)
    case modality(Modality)
    /// By its TG-263 name.
    case structure(String)
  }

  /// A figure with its band.
  public struct Figure: Sendable, Hashable {
    /// As expected, in the unit; `nil` where it is not known.
    public let value: Double?
    /// Where it may lie, both ends included; `nil` where it is exact.
    public let band: ClosedRange<Double>?
    /// The unit as outputs write it; empty for a count or ratio.
    public let unit: String

    /// A figure.
    public init(_ value: Double?, band: ClosedRange<Double>? = nil, unit: String) {
      self.value = value
      self.band = band
      self.unit = unit
    }
  }

  /// What a value is compared with.
  public enum Limit: Sendable, Hashable {
    /// It lies, or must lie, within one of these intervals.
    case within([Bounds], unit: String)
    /// It must not lie within this interval.
    case outside(Bounds, unit: String)
    /// It is, or must be, one of these words.
    case oneOf([String])
    /// It must be none of these words.
    case noneOf([String])

    /// Whether everything it allows another allows as well, and not the other way round; `false` where they are not
    /// alike.
    public func isNarrower(than other: Limit) -> Bool {
      switch (self, other) {
      case (.oneOf(let mine), .oneOf(let theirs)): return Set(mine).isStrictSubset(of: theirs)
      case (.noneOf(let mine), .noneOf(let theirs)): return Set(mine).isStrictSuperset(of: theirs)
      case (.within(let mine, _), .within(let theirs, _)):
        guard let a = mine.first, let b = theirs.first, mine.count == 1, theirs.count == 1, a != b else {
          return false
        }
        return (a.lower ?? -.infinity) >= (b.lower ?? -.infinity)
          && (a.upper ?? .infinity) <= (b.upper ?? .infinity)
      default: return false
      }
    }
  }
}

extension Reason.Kind {
  /// The name in outputs for machines: `judgement.provided`.
  public var name: String {
    switch self {
    case .judgement(let reason): "judgement.\(reason.rawValue)"
    case .joint(let reason): "joint.\(reason.rawValue)"
    case .plan(let reason): "plan.\(reason.rawValue)"
    case .radiotherapy(let reason): "radiotherapy.\(reason.rawValue)"
    case .ablation(let reason): "ablation.\(reason.rawValue)"
    case .resection(let reason): "resection.\(reason.rawValue)"
    }
  }
}
