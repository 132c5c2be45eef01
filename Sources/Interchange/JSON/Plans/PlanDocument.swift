// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
internal import Planning
internal import Reasons
internal import Vocabulary

/// `plan --format json` of every kind: schema `oligoplan.plan/2`, an envelope that all plans share and a part for each kind.
///
/// The part's keys stand beside the envelope's, not below one of their own.
struct PlanDocument<Part: Codable>: Codable {
  let envelope: PlanEnvelope
  let part: Part

  init(envelope: PlanEnvelope, part: Part) {
    self.envelope = envelope
    self.part = part
  }

  init(from decoder: any Decoder) throws {
    envelope = try PlanEnvelope(from: decoder)
    part = try Part(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    try envelope.encode(to: encoder)
    try part.encode(to: encoder)
  }
}

/// What all plans say of themselves.
struct PlanEnvelope: Codable {
  static let schemaName = "oligoplan.plan/2"

  let schema: String
  /// `sbrt`, `ablation`, `resection` or `patient`.
  let kind: String
  /// Tool, protocol, inputs, and of the request every option in force, the reference day and the devices.
  let provenance: ProvenanceEntry
  let warnings: [String]
  let patientID: String?
  /// What was asked for with `--modality`; absent for the patient as a whole.
  let modality: String?
  /// The therapies it plans.
  let modalities: [String]
  /// What kind of knowledge it is.
  let label: String
  let remarks: [ReasonEntry]
  let facts: PlannedFactsEntry
  let sources: [String: AssessmentDocument.SourceEntry]

  init(_ dossier: Dossier, _ plan: TherapyPlan, tool: String) {
    schema = Self.schemaName
    kind = plan.kind.rawValue
    provenance = ProvenanceEntry(dossier, tool: tool, withProtocol: true)
    warnings = dossier.patientCase.warnings + (dossier.assessment?.warnings ?? [])
    patientID = dossier.patientCase.patientID
    modality =
      plan.kind == .patient
      ? nil : (plan.modalities.count == 1 ? plan.modalities[0].rawValue : plan.kind.rawValue)
    modalities = plan.modalities.map(\.rawValue)
    label = Self.label(plan.kind)
    remarks = plan.reasons.map(ReasonEntry.init)
    facts = PlannedFactsEntry(plan.facts)
    sources = AssessmentDocument.entries(plan.citations, in: dossier.careProtocol.bibliography)
  }

  private static func label(_ kind: TherapyPlan.Kind) -> String {
    switch kind {
    case .sbrt: "geometric estimate, not dosimetry"
    case .ablation:
      "zones from charts are estimates; needle paths are geometry of the contours as imaged"
    case .resection:
      "specimens are the least that hold lesion and margin on the inflated lung as contoured; function is predicted; survival is that of series"
    case .patient: "one choice for each lesion; doses, zones and function are estimates"
    }
  }
}

/// What became of one lesion by one therapy, with what is particular to the kind of plan.
struct PlanProposalEntry<Detail: Codable>: Codable {
  let outcome: ProposalOutcome
  let detail: Detail

  init(_ proposal: TherapyProposal, _ dossier: Dossier, _ detail: Detail) {
    outcome = ProposalOutcome(proposal, dossier)
    self.detail = detail
  }

  init(from decoder: any Decoder) throws {
    outcome = try ProposalOutcome(from: decoder)
    detail = try Detail(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    try outcome.encode(to: encoder)
    try detail.encode(to: encoder)
  }
}

/// What became of one lesion by one therapy.
struct ProposalOutcome: Codable {
  let lesion: String
  /// Absent where nothing could be planned by any therapy of the plan.
  let modality: String?
  /// Why nothing is proposed; absent where something is.
  let why: ReasonEntry?
  /// Of the assessment with this plan; absent where the therapy was not judged for the lesion.
  let verdict: String?
  let score: Double?

  init(_ proposal: TherapyProposal, _ dossier: Dossier) {
    lesion = proposal.lesion
    modality = proposal.modality?.rawValue
    why = proposal.why.map(ReasonEntry.init)
    let judged = proposal.modality.flatMap { modality in
      dossier.assessment?.lesions.first { $0.lesion == proposal.lesion }?.modalities.first {
        $0.modality == modality
      }
    }
    verdict = judged?.verdict.word
    score = judged.flatMap { $0.isScored ? JSONText.rounded($0.score, digits: 1) : nil }
  }
}
