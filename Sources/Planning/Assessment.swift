public import Cases
public import Eligibility

/// What `assess` answers: every lesion by every local therapy, and the patient as a whole.
public struct Assessment: Sendable {
  /// The patient.
  public let patient: PatientJudgement
  /// The lesions, in the case's order.
  public let lesions: [LesionJudgement]
  /// Where what was stated and what was measured differ, in words.
  public let warnings: [String]

  /// Judges a measured case by a protocol.
  ///
  /// - Throws: `UnknownFactName` when a statement names no fact.
  public init(
    of patientCase: PatientCase, _ measurements: Measurements, by careProtocol: CareProtocol
  ) throws(UnknownFactName) {
    let facts = try FactAssembly(patientCase, measurements)
    let judge = Judge(careProtocol.ruleSet)
    warnings = facts.warnings
    patient = judge.judgePatient(facts.patient)
    lesions = patientCase.lesions.map { lesion in
      judge.judge(lesion: lesion.id, site: facts.site(of: lesion), facts: facts.facts(of: lesion))
    }
  }
}

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

  /// A dossier.
  public init(
    patientCase: PatientCase, measurements: Measurements, assessment: Assessment?,
    careProtocol: CareProtocol, caseHash: String
  ) {
    self.patientCase = patientCase
    self.measurements = measurements
    self.assessment = assessment
    self.careProtocol = careProtocol
    self.caseHash = caseHash
  }
}
