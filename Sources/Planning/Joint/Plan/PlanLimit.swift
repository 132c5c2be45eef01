// SPDX-License-Identifier: Apache-2.0
public import Dosimetry
public import Reasons
public import Vocabulary

/// A limit of the patient, as a plan keeps it.
public struct PlanLimit: Sendable {
  /// What is limited.
  public let name: String
  /// The value with its range; `nil` where unknown.
  public let value: (expected: Double?, low: Double, high: Double?)?
  /// The number that must not be reached; `nil` where a class is asked instead.
  public let bound: Double?
  /// The unit.
  public let unit: String
  /// Whether it is kept: as the estimate says, or as the guideline answers.
  public let standing: Reason
  /// Whether it leaves something to mind: it is not kept in every plan, or not known.
  public let isOpen: Bool
  /// Keys of the bibliography.
  public let sources: [String]
  /// The organ and the metric of a limit of one course's dose; `nil` for every other limit.
  public internal(set) var dose: (organ: OrganAtRisk, metric: DoseMetric)?
  /// What operations leave; `nil` for every other limit.
  public internal(set) var left: Left?

  /// What is left of an organ after operations.
  public enum Left: Sendable, Hashable {
    /// FEV1, in per cent of predicted.
    case lungFunction
    /// The liver, in per cent of the tumour-free one.
    case liver
  }
}
