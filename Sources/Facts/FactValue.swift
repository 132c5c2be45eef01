// SPDX-License-Identifier: Apache-2.0
/// What is known of a fact, with where it comes from.
///
/// Absence is a value: `unknown` is neither an error nor a default, and `notApplicable` says that the
/// question does not arise.
public struct FactValue: Sendable, Hashable {
  /// One definite value: a number in the fact's unit, or one of its words.
  public enum Point: Sendable, Hashable {
    case number(Double)
    case word(String)
  }

  /// How much is known.
  public enum Knowledge: Sendable, Hashable {
    /// A definite value.
    case known(Point)
    /// A number somewhere between these, both included.
    case between(Double, Double)
    /// Nothing.
    case unknown
    /// The question does not arise.
    case notApplicable
  }

  /// Where a value comes from.
  ///
  /// An estimate never excludes.
  public enum Origin: String, Sendable, Hashable, CaseIterable {
    case stated, measured, derived, estimated, assumed
  }

  /// How much is known.
  public let knowledge: Knowledge
  /// Where it comes from.
  public let origin: Origin
  /// The file, column, structure or rule it comes from, for people.
  public let source: String

  /// A value with its origin.
  public init(_ knowledge: Knowledge, origin: Origin, source: String) {
    self.knowledge = knowledge
    self.origin = origin
    self.source = source
  }

  /// A definite number.
  public static func number(_ value: Double, _ origin: Origin, _ source: String) -> FactValue {
    FactValue(.known(.number(value)), origin: origin, source: source)
  }

  /// A definite word.
  public static func word(_ value: String, _ origin: Origin, _ source: String) -> FactValue {
    FactValue(.known(.word(value)), origin: origin, source: source)
  }

  /// Nothing definite known; `why` says what was told without settling it, empty where nothing was told.
  public static func unknown(_ why: String) -> FactValue {
    FactValue(.unknown, origin: .stated, source: why)
  }

  /// Whether something was told that does not settle the value: then no usual value may be assumed.
  public var isReportedInPart: Bool { knowledge == .unknown && !source.isEmpty }
}

/// Everything known about one lesion and its patient; facts not in the table are unknown.
public struct FactTable: Sendable, Hashable {
  private var values: [Fact: FactValue]

  /// A table of these values.
  public init(_ values: [Fact: FactValue] = [:]) { self.values = values }

  /// The value of a fact; unknown when nothing was recorded.
  public subscript(fact: Fact) -> FactValue {
    get { values[fact] ?? .unknown("") }
    set { values[fact] = newValue }
  }

  /// All recorded facts in alphabetical order.
  public var recorded: [Fact] { values.keys.sorted() }

  /// Every recorded fact with its value, in no particular order.
  public func forEach(_ body: (Fact, FactValue) -> Void) {
    for (fact, value) in values { body(fact, value) }
  }

  /// This table with another's values laid over it.
  public func merging(_ other: FactTable) -> FactTable {
    FactTable(values.merging(other.values) { _, new in new })
  }
}
