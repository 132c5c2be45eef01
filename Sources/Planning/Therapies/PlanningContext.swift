// SPDX-License-Identifier: Apache-2.0
public import Ablation
public import Cases
internal import Dosimetry
public import Eligibility
internal import Facts
public import Radiotherapy
internal import Reasons
public import Resection

/// What the planners are asked beside the case: each reads its own part.
public struct PlanningOptions: Sendable {
  /// How SBRT is planned.
  public var sbrt = SBRTOptions()
  /// How ablation is planned.
  public var ablation = AblationOptions()
  /// How resection is planned.
  public var resection = ResectionOptions()
  /// How the patient is planned as a whole, with the three above.
  public var joint = JointOptions()

  /// What nobody asked.
  public init() {}
}

/// What every planner of a run works from: made once, so that no two of them measure or assemble facts anew.
public struct PlanningContext: Sendable {
  /// The case.
  public let patientCase: PatientCase
  /// Its measurements.
  public let measurements: Measurements
  /// What is known of the patient and of each lesion.
  public let facts: FactAssembly
  /// What planners are told of each lesion, by id.
  public let lesionContexts: [String: LesionContext]
  /// The protocol it is planned by.
  public let careProtocol: CareProtocol
  /// What was asked.
  public let options: PlanningOptions
  /// Where the plan comes from: every option in force, the reference day, the devices; kept in the plan.
  public private(set) var request: PlanRequest
  /// The SHA-256 of the case as it was read, in hexadecimal.
  public let caseHash: String

  /// The context of a case; measures it and assembles its facts.
  ///
  /// - Throws: errors of geometry.
  public init(
    _ patientCase: PatientCase, by careProtocol: CareProtocol, options: PlanningOptions = PlanningOptions(),
    request: PlanRequest, caseHash: String
  ) throws {
    self.init(
      patientCase, try Measurements(of: patientCase), by: careProtocol, options: options, request: request,
      caseHash: caseHash)
  }

  /// The context of a case that is measured already.
  ///
  /// - Parameter measurements: of this very case.
  public init(
    _ patientCase: PatientCase, _ measurements: Measurements, by careProtocol: CareProtocol,
    options: PlanningOptions = PlanningOptions(), request: PlanRequest, caseHash: String
  ) {
    self.patientCase = patientCase
    self.measurements = measurements
    facts = FactAssembly(patientCase, measurements, by: careProtocol.facts)
    lesionContexts = facts.lesionContexts(of: patientCase)
    self.careProtocol = careProtocol
    self.options = options
    self.request = request
    self.caseHash = caseHash
  }

  /// The same with another account of where the plan comes from.
  func asked(_ request: PlanRequest) -> PlanningContext {
    var other = self
    other.request = request
    return other
  }

  /// The assessment of the case, with a plan's facts where there is one.
  public func assessment(with planned: PlannedFactTables?) -> Assessment {
    Assessment(of: patientCase, facts, by: careProtocol, planned: planned)
  }

  /// Plans and, where the plan is of single therapies, assesses the case with it.
  ///
  /// - Throws: `PlanObstacle`; errors of geometry.
  public func dossier(by planner: some TherapyPlanner) throws -> Dossier {
    let plan: TherapyPlan
    do { plan = try planner.plan(self) } catch let defect as DoseGridDefect {
      // Contours that are good by themselves may lie too far apart for one estimate.
      throw PlanObstacle(
        "has contours too far apart for one dose estimate (\(defect))",
        advice: "look for a contour far from the others; leave it out of the case")
    }
    return Dossier(
      patientCase: patientCase, measurements: measurements,
      assessment: plan.isAssessed ? assessment(with: plan.facts) : nil, careProtocol: careProtocol,
      caseHash: caseHash, plan: plan, request: request)
  }
}
