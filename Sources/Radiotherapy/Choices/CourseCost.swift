// SPDX-License-Identifier: Apache-2.0
public import Dosimetry
public import Facts
public import Vocabulary

/// One way to irradiate the lesions of one target: the target with a prescription that is permitted for it.
public struct CourseRegimen: Sendable {
  /// The lesions of the target, by id.
  public let lesions: [String]
  /// The prescription.
  public let scheme: PrescriptionScheme
  /// Whether it is the protocol's first choice.
  public let isFirstChoice: Bool
  /// Why it is, or what it takes for granted.
  public let choice: PrescriptionChoice
  /// What it alone adds to the lungs' mean dose, in gray; `nil` where both lungs are not contoured.
  public let lungMean: DoseBand?
}

/// What a set of targets costs the organs together.
public struct CourseCost: Sendable {
  /// A dose limit, compared with the set's dose.
  public struct Limit: Sendable {
    /// The organ.
    public let organ: OrganAtRisk
    /// The lesion beside which it was read; `nil` for an organ's whole volume.
    public let lesion: String?
    /// The limit with the estimate.
    public let check: LimitCheck
    /// How it stands for the lesion's target alone; `nil` for an organ's whole volume.
    public let alone: LimitCheck.Outcome?
    /// Whether the set that decides gives it; others stand beside it.
    public let decides: Bool
  }
  /// The greatest fraction count.
  public let fractions: Int
  /// The fraction counts, each a course of visits of its own.
  public let groups: [FractionGroup]
  /// Facts about the patient that follow.
  public let patientFacts: FactTable
  /// Facts about each lesion that follow.
  public let lesionFacts: [String: FactTable]
  /// Every binding limit that was read.
  public let limits: [Limit]
  /// The lungs' mean dose, doses of all targets added in gray; `nil` where both lungs are not contoured.
  public let lungMean: DoseBand?
  /// The lungs' share of 20 Gy or more as expected with its band, in per cent.
  public let lungV20Percent: DoseBand?
  /// Visits: the fractions of all groups together, one after the other.
  public var visits: Int { groups.reduce(0) { $0 + $1.fractions } }
}
