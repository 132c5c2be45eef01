// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Foundation
internal import Planning
internal import Reasons
internal import Report
internal import Vocabulary

/// `assess --jsonl`: one patient's answer on one line, schema `oligoplan.record/1`.
///
/// Nothing in it depends on the clock, the machine, the number of workers or the place of the patient in the cohort.
struct AssessmentRecord: Codable {
  static let schemaName = "oligoplan.record/1"

  let schema: String
  let tool: String
  let protocolSHA256: String
  /// SHA-256 of the line it answers, without the line's end.
  let inputSHA256: String
  let patientID: String?
  /// Absent where the patient could not be read.
  let advice: String?
  /// For advice to observe: weeks until restaging.
  let weeks: Int?
  let oligometastatic: String?
  /// Facts of the patient that rules ask for and nothing gives.
  let missing: [String]?
  /// Facts that some therapy took at their usual value, to be confirmed.
  let assumed: [String]?
  let lesions: [LesionEntry]?
  let warnings: [String]?
  /// With `--detail`: what `assess --format json` says of the patient and its lesions.
  let detail: DetailEntry?
  /// Why the patient could not be read; absent otherwise.
  let errors: [ErrorEntry]?

  private enum CodingKeys: String, CodingKey {
    case schema, tool, protocolSHA256, inputSHA256
    case patientID = "patient_id"
    case advice, weeks, oligometastatic, missing, assumed, lesions, warnings, detail, errors
  }

  struct ErrorEntry: Codable {
    let kind: String
    let place: String
    let message: String
    let advice: String
  }

  struct LesionEntry: Codable {
    let id: String
    let site: String?
    /// Best first; empty where the site is unknown or has no rules.
    let modalities: [ModalityEntry]
    /// Why there are none; absent otherwise.
    let note: String?
  }

  struct ModalityEntry: Codable {
    let modality: String
    let verdict: String
    /// For an indeterminate verdict: what it would be if the facts that decide hold nothing against it.
    let likely: String?
    /// Rounded to 5; absent for ineligible and without a score.
    let score: Int?
    let leading: LeadingEntry?
    /// Facts that could change the verdict, what could exclude first; `location` stands for all distances.
    let missing: [String]
    /// True where the service does not have it; absent otherwise.
    let unavailable: Bool?
  }

  /// What excludes a therapy, what it is conditional on, or what decides.
  struct LeadingEntry: Codable {
    let rule: String?
    let fact: String
    let effect: String
    /// `board`, `confirm`, `plan`, `manoeuvre`, `correct`, `staging`; absent where nothing lifts it.
    let requires: String?
    /// A few words, as in a table.
    let text: String
    let sources: [String]
  }

  struct DetailEntry: Codable {
    let patient: AssessmentDocument.PatientEntry
    let lesions: [AssessmentDocument.LesionEntry]
    let sources: [String: AssessmentDocument.SourceEntry]
  }
}

extension AssessmentRecord.LeadingEntry {
  /// `nil` for an eligible therapy.
  init?(_ digest: JudgementDigest) {
    if let finding = digest.leading {
      self.init(
        rule: finding.rule, fact: finding.fact.name, effect: finding.effect.rawValue,
        requires: finding.condition?.kind.rawValue, text: LeadingWords.text(digest), sources: finding.sources)
    } else if let fact = digest.deciding {
      self.init(
        rule: nil, fact: fact.name, effect: Finding.Effect.unknown.rawValue, requires: nil,
        text: LeadingWords.text(digest), sources: [])
    } else {
      return nil
    }
  }
}

extension AssessmentRecord.ModalityEntry {
  /// The word for all facts that tell where a lesion lies.
  static let location = "location"

  init(_ digest: JudgementDigest) {
    let isRanked = digest.isScored && digest.verdict != .ineligible
    var missing: [String] = []
    for open in digest.open {
      let name = open.fact.isLocation ? Self.location : open.fact.name
      if !missing.contains(name) { missing.append(name) }
    }
    self.init(
      modality: digest.modality.rawValue, verdict: digest.verdict.word, likely: digest.likely?.word,
      score: isRanked ? digest.roundedScore : nil, leading: AssessmentRecord.LeadingEntry(digest),
      missing: digest.verdict == .ineligible ? [] : missing,
      unavailable: digest.isUnavailable ? true : nil)
  }
}
