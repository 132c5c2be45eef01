// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Vocabulary

/// One thing that is said about a patient, a lesion, a therapy or a plan: a value, not a sentence.
///
/// Rooms make reasons where something is known; `Report/Words` alone turns them into words, and outputs for machines carry kind
/// and fields beside the text. Nothing looks into a sentence to find out what it says.
///
/// A reason is one reference: thousands of findings of the same band share it.
public struct Reason: Sendable, Hashable {
  /// What is said.
  public var kind: Kind { content.kind }
  /// Of whom or what it is said; `nil` where what holds the reason tells.
  public var subject: Subject? { content.subject }
  /// The facts it speaks of, the leading one first.
  public var facts: [Fact] { content.facts }
  /// What is known of the leading fact; `nil` where it does not matter.
  public var value: FactValue? { content.value }
  /// The figures, in the order that the kind tells.
  public var figures: [Figure] { content.figures }
  /// Ids and titles it speaks of, in the order that the kind tells.
  public var names: [String] { content.names }
  /// The reasons it rests on.
  public var because: [Reason] { content.because }
  /// What the figure or fact is compared with.
  public var limit: Limit? { content.limit }
  /// A sentence of the protocol or of a file, as it stands there.
  public var quote: String? { content.quote }
  /// Keys of the bibliography.
  public var sources: [String] { content.sources }
  /// What would resolve it; `nil` where nothing is asked.
  public var condition: Condition? { content.condition }

  private struct Content: Sendable, Hashable {
    let kind: Kind
    let subject: Subject?
    let facts: [Fact]
    let value: FactValue?
    let figures: [Figure]
    let names: [String]
    let because: [Reason]
    let limit: Limit?
    let quote: String?
    let sources: [String]
    let condition: Condition?
  }

  private final class Box: Sendable {
    let content: Content

    init(_ content: Content) { self.content = content }
  }

  private let box: Box
  private var content: Content { box.content }

  /// A reason.
  public init(
    _ kind: Kind, of subject: Subject? = nil, facts: [Fact] = [], value: FactValue? = nil,
    figures: [Figure] = [], names: [String] = [], because: [Reason] = [], limit: Limit? = nil,
    quote: String? = nil, sources: [String] = [], condition: Condition? = nil
  ) {
    box = Box(
      Content(
        kind: kind, subject: subject, facts: facts, value: value, figures: figures, names: names,
        because: because, limit: limit, quote: quote, sources: sources, condition: condition))
  }

  /// Whether two say the same.
  public static func == (a: Reason, b: Reason) -> Bool { a.box === b.box || a.content == b.content }

  /// What is said decides, not which value says it.
  public func hash(into hasher: inout Hasher) { hasher.combine(content) }

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
