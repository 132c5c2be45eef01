// SPDX-License-Identifier: Apache-2.0
public import Eligibility
public import Facts
public import Vocabulary

/// What a criterion finds of a patient.
public enum CriterionValue: Sendable, Hashable {
  /// A figure that is known.
  static func figure(_ x: Double) -> CriterionValue { .figure(low: x, high: x) }

  /// A class, 0 the best.
  case place(Int)
  /// A figure in the criterion's unit, between these ends; infinite where it has no upper one.
  case figure(low: Double, high: Double)
  /// Not known: last.
  case unknown
}

/// Whether all of a patient's lesions can be treated.
public enum Completeness: String, Sendable, Hashable, CaseIterable {
  /// All of them by this service.
  case here
  /// All, some of them by other services.
  case withOthers
  /// Not all, or not known to be all.
  case notAll
}

/// A patient on the worklist of one service.
public struct WorklistEntry: Sendable {
  /// The service.
  public let service: HospitalService
  /// The lesions that it could treat, in the case's order; never empty.
  public let candidates: [Candidate]
  /// The patient's other lesions.
  public let excluded: [Excluded]
  /// The candidate whose verdict the list is ordered by: the one that needs least before it is treated.
  public let best: Candidate
  /// How many metastases the patient has beyond those that are listed; `nil` where no count is known.
  public let unlisted: Int?
  /// Whether all lesions can be treated.
  public let completeness: Completeness
  /// What treating the candidates would take.
  public let outlook: Outlook
  /// What could change what the service does, with the number of candidates that it is asked of; those of the patient have
  /// all candidates.
  public let questions: [(question: WorklistQuestion, lesions: Int)]
  /// What is unknown and was taken at its usual value, or as leaving the advice as it is: to be confirmed before anything is done.
  public let granted: [Fact]
  /// What each criterion of the service's order finds, in the order's order.
  public let values: [CriterionValue]
  /// The numbers that entries of one list are compared by, the first first, the least first.
  public let levels: [Int32]
}

/// Why a patient is not on a service's list.
public struct Unlisted: Sendable {
  /// The service.
  public let service: HospitalService
  /// The advice that keeps the patient off every list; `nil` where the lesions do.
  public let advice: Advice?
  /// Why none of the lesions is a candidate; empty where the advice keeps the patient off.
  public let excluded: [Excluded]
}

/// A patient as three services see it.
public struct TriagedPatient: Sendable {
  /// The patient as a whole.
  public let patient: PatientJudgement
  /// The patient's shortest volume doubling time in days, when known.
  public let doublingTime: FactValue
  /// The lists that the patient is on, in the services' order.
  public let entries: [WorklistEntry]
  /// The lists that the patient is not on, with why.
  public let unlisted: [Unlisted]
  /// Where what was stated and what was measured differ, in words.
  public let warnings: [String]
}
