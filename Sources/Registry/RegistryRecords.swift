// SPDX-License-Identifier: Apache-2.0
/// One run that judged a cohort.
public struct RegistryRun: Sendable, Hashable {
  /// When, as `YYYY-MM-DDThh:mm:ssZ`, so that texts sort as times do.
  public let time: String
  /// The program's name and version.
  public let tool: String
  /// SHA-256 and name of the protocol that it judged by.
  public let protocolSHA256: String
  /// See `protocolSHA256`.
  public let protocolName: String
  /// The inputs' names, for people.
  public let inputs: String

  /// A run.
  public init(time: String, tool: String, protocolSHA256: String, protocolName: String, inputs: String) {
    self.time = time
    self.tool = tool
    self.protocolSHA256 = protocolSHA256
    self.protocolName = protocolName
    self.inputs = inputs
  }
}

/// What one run says of one patient.
public struct RegistryEntry: Sendable, Hashable {
  /// One therapy of one lesion.
  public struct Verdict: Sendable, Hashable {
    /// The lesion, by id.
    public let lesion: String
    /// The therapy's word.
    public let modality: String
    /// The verdict's word.
    public let verdict: String
    /// What it hangs on, in a few words; empty for an eligible therapy.
    public let leading: String

    /// A verdict.
    public init(lesion: String, modality: String, verdict: String, leading: String) {
      self.lesion = lesion
      self.modality = modality
      self.verdict = verdict
      self.leading = leading
    }
  }

  /// The patient's id; never empty.
  public let patient: String
  /// The program that judged, with its version: another one's where its lines were merged.
  public let tool: String
  /// SHA-256 of what was read.
  public let inputSHA256: String
  /// What the user said about the lists that it was read from; empty where nothing.
  public let options: String
  /// The advice's word; `nil` where the patient could not be read.
  public let advice: String?
  /// The lists that the patient is on, with spaces between.
  public let lists: String
  /// Why the patient could not be read; empty otherwise.
  public let errors: String
  /// Every therapy that was judged.
  public let verdicts: [Verdict]

  /// An entry.
  public init(
    patient: String, tool: String, inputSHA256: String, options: String = "", advice: String?, lists: String,
    errors: String, verdicts: [Verdict]
  ) {
    self.patient = patient
    self.tool = tool
    self.inputSHA256 = inputSHA256
    self.options = options
    self.advice = advice
    self.lists = lists
    self.errors = errors
    self.verdicts = verdicts
  }
}

/// What a clinician decided otherwise, with the reason.
public struct RegistryOverride: Sendable, Hashable {
  /// When, as `YYYY-MM-DDThh:mm:ssZ`.
  public let time: String
  /// The patient, and the lesion and therapy that are meant; `nil` for all of them.
  public let patient: String
  /// See `patient`.
  public let lesion: String?
  /// See `patient`.
  public let modality: String?
  /// The verdict's word in place of the program's.
  public let verdict: String
  /// Why; never empty.
  public let why: String
  /// Who decided; never empty.
  public let by: String

  /// An override.
  public init(
    time: String, patient: String, lesion: String?, modality: String?, verdict: String, why: String,
    by: String
  ) {
    self.time = time
    self.patient = patient
    self.lesion = lesion
    self.modality = modality
    self.verdict = verdict
    self.why = why
    self.by = by
  }
}

/// A verdict that is another than it was.
public struct RegistryChange: Sendable, Hashable {
  /// The patient.
  public let patient: String
  /// The lesion.
  public let lesion: String
  /// The therapy's word.
  public let modality: String
  /// The verdict before and what it hung on; `nil` where there was none.
  public let before: RegistryEntry.Verdict?
  /// The verdict now and what it hangs on; `nil` where there is none.
  public let now: RegistryEntry.Verdict?
}

/// One judgement of one patient, for an audit.
public struct RegistryJudgement: Sendable, Hashable {
  /// The patient.
  public let patient: String
  /// The first and the last run that said so.
  public let first: String
  /// See `first`.
  public let last: String
  /// How many runs said so.
  public let runs: Int
  /// The program, the protocol's name and SHA-256, the input's SHA-256.
  public let tool: String
  /// See `tool`.
  public let protocolName: String
  /// See `tool`.
  public let protocolSHA256: String
  /// See `tool`.
  public let inputSHA256: String
  /// What the user said about the lists.
  public let options: String
  /// The advice's word; `nil` where the patient could not be read.
  public let advice: String?
  /// The lists that the patient was on.
  public let lists: String
  /// Why the patient could not be read; empty otherwise.
  public let errors: String
}

/// Why a registry cannot be used.
public struct RegistryError: Error, Sendable, Hashable {
  /// What kind of failure it is.
  public enum Kind: Sendable, Hashable {
    /// No registry, or a damaged one.
    case unreadable
    /// Not there.
    case notFound
    /// Made by a newer version of the program.
    case newer
    /// Another run writes to it.
    case busy
    /// The disk is full, or the place may not be written to.
    case unwritable
    /// Nothing in it answers to what was named.
    case unknown
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// What is wrong.
  public let message: String
  /// What to do; may be empty.
  public let advice: String

  /// A failure.
  public init(_ kind: Kind, _ message: String, advice: String = "") {
    self.kind = kind
    self.message = message
    self.advice = advice
  }
}
