// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// A case with all that is known of it.
struct ResectionCase: Sendable {
  let patientCase: PatientCase
  let measurements: Measurements
  /// What is known of each lesion, by id; lesions without an entry are left out.
  let settings: [String: LesionContext]
  /// What is known of the patient.
  let patient: FactTable

  /// A lesion's site; `nil` when unknown.
  func site(_ lesion: Lesion) -> Site? { settings[lesion.id]?.site }

  /// Why segments may be lost already.
  var earlierLoss: ResectionReason? {
    if patient.word(.singleLung) == "yes" { return .oneLung }
    return settings.values.contains { $0.facts.word(.priorSurgerySameSide) == "yes" }
      ? .resectedBefore : nil
  }
}

/// The resection of a set of lesions, operation by operation.
struct ResectedParts {
  let lesions: [LesionResection]
  let lobes: [LobeResection]
  let stages: [StageFunction]
  let liver: LiverResection?
}
