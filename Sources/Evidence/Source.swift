// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// How far a number may be relied on.
public enum Mark: String, Sendable, Hashable, CaseIterable {
  /// Read in a stored copy of the source itself.
  case verified
  /// Read in a named third party's transcription of the source.
  case transcribed
  /// Recalled from the literature and not read; to be checked before it is quoted.
  case recalled
  /// Reckoned from other marked numbers.
  case derived
  /// An engineering proposal with no claim on the literature.
  case heuristic
}

/// What kind of work a source is.
public enum Design: String, Sendable, Hashable, CaseIterable {
  case guideline, consensus, randomisedTrial, trial, metaAnalysis, series, survey, review
  case payerPolicy, deviceChart, experiment, textbook, geometry, practice

  /// Whether a verified source of this design may exclude a therapy.
  ///
  /// Guidelines (with consensus statements), trials and clinical series may; surveys, reviews,
  /// insurers' rows,
  /// device charts, experiments and habits give caution at most (see judgement in the documentation).
  public var isClinical: Bool {
    switch self {
    case .guideline, .consensus, .randomisedTrial, .trial, .metaAnalysis, .series: true
    case .survey, .review, .payerPolicy, .deviceChart, .experiment, .textbook, .geometry, .practice: false
    }
  }
}

/// What a source counted.
public enum StudyUnit: String, Sendable, Hashable, CaseIterable {
  case patient, lesion, session, procedure, expert, animal, phantom, none
}

/// What a source says about a number of metastases: of what it counted them.
///
/// The unit of a source is that of its endpoint: ECLIPSE reports control of lesions, and took up to five a patient.
public enum CountBasis: Sendable, Hashable {
  /// It sets or reports numbers, counted so.
  case counted(per: CountUnit)
  /// It sets no number of its own: it says there is none, or how a number is weighed.
  case notCounted
}

/// One entry of the bibliography: a number's origin, with what it measured and how far it may be relied on.
public struct Source: Sendable, Hashable {
  /// The key rules cite.
  public let key: String
  /// Author, year and place of publication, as a reader needs to find it.
  public let citation: String
  /// What the source says, with its figures.
  public let statement: String
  /// How far it may be relied on.
  public let mark: Mark
  /// What kind of work it is.
  public let design: Design
  /// The endpoint the figures belong to, with its time; empty when there is none.
  public let endpoint: String
  /// How many were counted, as text ("27 patients, 65 lesions"); empty when unknown.
  public let n: String
  /// What was counted.
  public let unit: StudyUnit
  /// Of what it counted metastases; `nil` where the entry does not say, and no rule on a number may cite it.
  public let counts: CountBasis?

  /// A bibliography entry.
  public init(
    key: String, citation: String, statement: String, mark: Mark, design: Design, endpoint: String,
    n: String, unit: StudyUnit, counts: CountBasis? = nil
  ) {
    self.key = key
    self.citation = citation
    self.statement = statement
    self.mark = mark
    self.design = design
    self.endpoint = endpoint
    self.n = n
    self.unit = unit
    self.counts = counts
  }

  /// Whether a rule may exclude on the strength of this source: verified and clinical, or plain geometry.
  public var mayExclude: Bool { mark == .verified && (design.isClinical || design == .geometry) }
}

/// The sources of a care protocol, by key.
public struct Bibliography: Sendable, Hashable {
  /// All entries, by key.
  public let entries: [String: Source]

  /// A bibliography of these entries; of two with one key the later counts (readers refuse duplicates).
  public init(_ sources: [Source]) {
    var byKey: [String: Source] = [:]
    for source in sources { byKey[source.key] = source }
    entries = byKey
  }

  /// The entry of a key, or `nil`.
  public subscript(key: String) -> Source? { entries[key] }
}

/// A value of a protocol with the bibliography it rests on.
public struct Cited<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The value, in its own unit.
  public let value: Value
  /// Keys of the bibliography.
  public let sources: [String]

  /// A cited value.
  public init(_ value: Value, sources: [String]) {
    self.value = value
    self.sources = sources
  }
}
