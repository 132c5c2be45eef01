// SPDX-License-Identifier: Apache-2.0
internal import Reasons
internal import Anatomy
public import Cases
public import Eligibility
public import Facts
internal import Quantities
public import Vocabulary

/// What a user asks of a plan of resection.
public struct ResectionOptions: Sendable {
  /// Lesions to plan; all without it.
  public var lesions: Set<String>?

  /// All lesions.
  public init() {}
}

/// Plans the resection of every lesion: technique and margin, lobes and sides, the function that remains, and what is
/// known of the benefit.
///
/// Geometry is that of inflated lung as contoured; function is predicted, an estimate; survival is that of series, never
/// of the patient.
public struct ResectionPlanner: Sendable {
  private let parameters: ResectionParameters
  private let options: ResectionOptions

  /// What can be resected.
  public static let modalities: [Modality] = [.metastasectomy, .hepaticResection]

  /// A planner.
  public init(_ parameters: ResectionParameters, options: ResectionOptions = ResectionOptions()) {
    self.parameters = parameters
    self.options = options
  }

  /// The plan of a case.
  ///
  /// - Parameters:
  ///   - patientCase: the case.
  ///   - measurements: its measurements.
  ///   - modalities: metastasectomy for lung lesions, hepatic resection for liver lesions.
  ///   - settings: what is known of each lesion, by id; lesions without an entry are left out.
  ///   - patient: what is known of the patient.
  /// - Throws: `PlanObstacle` for options that name nothing; errors of geometry.
  public func plan(
    _ patientCase: PatientCase, _ measurements: Measurements, by modalities: [Modality],
    settings: [String: LesionContext], patient: FactTable
  ) throws -> ResectionPlan {
    for id in (options.lesions ?? []).sorted() where !patientCase.lesions.contains(where: { $0.id == id }) {
      throw PlanObstacle(
        "has no lesion \(id)",
        advice: "lesions: \(patientCase.lesions.map(\.id).joined(separator: ", "))")
    }
    return try choices(
      patientCase, measurements, by: modalities, settings: settings, patient: patient
    ).plan(of: options.lesions)
  }

  /// Every lesion's resection made ready, to choose sets of them.
  ///
  /// - Throws: errors of geometry.
  public func choices(
    _ patientCase: PatientCase, _ measurements: Measurements, by modalities: [Modality],
    settings: [String: LesionContext], patient: FactTable
  ) throws -> ResectionChoices {
    let asked = patientCase.lesions.filter { options.lesions?.contains($0.id) ?? true }
    return try ResectionChoices(
      parameters,
      ResectionCase(
        patientCase: patientCase, measurements: measurements, settings: settings, patient: patient),
      asked, by: modalities)
  }
}
