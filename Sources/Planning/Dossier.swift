// SPDX-License-Identifier: Apache-2.0
public import Ablation
public import Cases
public import Radiotherapy
public import Resection

/// Everything known and judged about a patient, as exports and reports draw it.
public struct Dossier: Sendable {
  /// The case.
  public let patientCase: PatientCase
  /// Its measurements.
  public let measurements: Measurements
  /// Its assessment; `nil` before it was assessed.
  public let assessment: Assessment?
  /// The protocol it was assessed by.
  public let careProtocol: CareProtocol
  /// The SHA-256 of the case as it was read.
  public let caseHash: String
  /// Its plan; `nil` before one was made.
  public let plan: TherapyPlan?
  /// What its plan was asked for; `nil` before one was made.
  public let request: PlanRequest?
  /// The plans that its assessment rests on.
  public let plans: [PlanSource]

  /// A dossier.
  public init(
    patientCase: PatientCase, measurements: Measurements, assessment: Assessment?,
    careProtocol: CareProtocol, caseHash: String, plan: TherapyPlan? = nil, request: PlanRequest? = nil,
    plans: [PlanSource] = []
  ) {
    self.patientCase = patientCase
    self.measurements = measurements
    self.assessment = assessment
    self.careProtocol = careProtocol
    self.caseHash = caseHash
    self.plan = plan
    self.request = request
    self.plans = plans
  }

  /// Its planned SBRT course; `nil` where the plan is of another kind.
  public var sbrtPlan: SBRTPlan? { if case .irradiation(let plan)? = plan?.content { plan } else { nil } }

  /// Its planned ablation; `nil` where the plan is of another kind.
  public var ablationPlan: AblationPlan? {
    if case .ablation(let plan)? = plan?.content { plan } else { nil }
  }

  /// Its planned resection; `nil` where the plan is of another kind.
  public var resectionPlan: ResectionPlan? {
    if case .resection(let plan)? = plan?.content { plan } else { nil }
  }

  /// The plan for the patient as a whole; `nil` where the plan is of another kind.
  public var patientPlan: PatientPlan? { if case .patient(let plan)? = plan?.content { plan } else { nil } }
}
