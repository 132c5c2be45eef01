// SPDX-License-Identifier: Apache-2.0
/// What two plans of one patient differ in.
public struct PlanDifference: Sendable {
  /// One of the two plans.
  public struct Side: Sendable {
    /// The file's name.
    public let name: String
    /// Id, version and hash of the protocol it was made by.
    public let careProtocol: String
    /// SHA-256 of the case it was made of.
    public let caseSHA256: String
    /// The options it was made with, by name.
    public let options: [String: [String]]
    /// What is done about each lesion, by id, with why and its verdict.
    public let lesions: [String: Choice]
    /// What it costs and how it stands: name, value, unit; a value is `nil` where it is unknown.
    public let figures: [Figure]

    /// A plan as its file tells it.
    public init(
      name: String, careProtocol: String, caseSHA256: String, options: [String: [String]],
      lesions: [String: Choice], figures: [Figure]
    ) {
      self.name = name
      self.careProtocol = careProtocol
      self.caseSHA256 = caseSHA256
      self.options = options
      self.lesions = lesions
      self.figures = figures
    }
  }

  /// What is done about a lesion.
  public struct Choice: Sendable, Hashable {
    /// The therapy, with its prescription.
    public let words: String
    /// The verdict; `nil` for none.
    public let verdict: String?
    /// Why: decisions of the user, and what speaks against others.
    public let why: [String]

    /// A choice.
    public init(words: String, verdict: String?, why: [String]) {
      self.words = words
      self.verdict = verdict
      self.why = why
    }
  }

  /// One figure of a plan.
  public struct Figure: Sendable, Hashable {
    /// What it is.
    public let name: String
    /// Its value; `nil` where it is unknown.
    public let value: Double?
    /// Whether something of it is not known, so that it is the least it can be.
    public let isAtLeast: Bool

    /// A figure.
    public init(name: String, value: Double?, isAtLeast: Bool) {
      self.name = name
      self.value = value
      self.isAtLeast = isAtLeast
    }
  }

  /// The first plan.
  public let first: Side
  /// The second plan.
  public let second: Side

  /// Two plans.
  public init(_ first: Side, _ second: Side) {
    self.first = first
    self.second = second
  }

  /// Lesions that are treated otherwise, or that only one plan has, by id.
  public var lesions: [String] {
    Set(first.lesions.keys).union(second.lesions.keys).filter {
      first.lesions[$0]?.words != second.lesions[$0]?.words
    }.sorted()
  }

  /// Options that differ, by name.
  public var options: [String] {
    Set(first.options.keys).union(second.options.keys).filter { first.options[$0] != second.options[$0] }
      .sorted()
  }

  /// Figures that differ, in the first plan's order.
  public var figures: [(name: String, first: Figure, second: Figure)] {
    first.figures.compactMap { figure in
      guard let other = second.figures.first(where: { $0.name == figure.name }), other != figure else {
        return nil
      }
      return (figure.name, figure, other)
    }
  }
}
