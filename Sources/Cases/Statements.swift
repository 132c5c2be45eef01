// SPDX-License-Identifier: Apache-2.0
public import Facts

/// Something a file says about the patient or a lesion: not measured, and not judged.
public struct Statement: Sendable, Hashable {
  /// What is said.
  public enum Value: Sendable, Hashable {
    /// A number in the unit of the fact it names.
    case number(Double)
    /// A number somewhere between these, both included.
    case interval(Double, Double)
    /// A word.
    case word(String)
  }

  /// What is said.
  public let value: Value
  /// Where it is said: file, line or column, or structure.
  public let source: String
  /// Whether it was converted by a heuristic from what was said: an estimate, which never excludes.
  public let isEstimate: Bool

  /// A statement with its place.
  public init(_ value: Value, source: String, isEstimate: Bool = false) {
    self.value = value
    self.source = source
    self.isEstimate = isEstimate
  }
}

/// Statements by the fact they answer; a fact without a statement is unknown.
public typealias Statements = [Fact: Statement]

/// An earlier local or systemic therapy, as far as it was told.
public struct PriorTherapy: Sendable, Hashable {
  /// What was done.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case resection, ablation, sbrt, radiotherapy, systemic
  }

  /// What was done.
  public let kind: Kind
  /// The lesion it was done to, by id; `nil` when it was elsewhere or is not told.
  public let lesion: String?
  /// Where it was done, as a site's word; `nil` when not told.
  public let site: String?
  /// The side it was done on, as a word; `nil` when not told.
  public let side: String?
  /// How many months ago; `nil` when not told.
  public let monthsAgo: Double?

  /// An earlier therapy.
  public init(kind: Kind, lesion: String?, site: String?, side: String?, monthsAgo: Double?) {
    self.kind = kind
    self.lesion = lesion
    self.site = site
    self.side = side
    self.monthsAgo = monthsAgo
  }
}

/// What a patient file says.
///
/// Every part may be absent.
public struct PatientRecord: Sendable, Hashable {
  /// Statements about the patient.
  public var statements: Statements
  /// Earlier therapies; `nil` when nothing was said about them, empty when it was said that there were none.
  public var priorTherapies: [PriorTherapy]?

  /// A record; empty by default.
  public init(statements: Statements = [:], priorTherapies: [PriorTherapy]? = nil) {
    self.statements = statements
    self.priorTherapies = priorTherapies
  }
}
