// SPDX-License-Identifier: Apache-2.0
public import Dosimetry
internal import Eligibility
public import Facts
public import Foundation
public import Quantities
public import Reasons
public import Vocabulary

/// The proposal for one lesion: what would be prescribed to which target, and what its neighbours would get.
public struct SBRTProposal: Sendable {
  /// The lesion, by id.
  public let lesion: String
  /// Its planning target.
  public let target: PlannedTarget
  /// How central it lies; `nil` outside the lung.
  public let centrality: Centrality?
  /// The prescription, its alternatives and why they lost.
  public let choice: PrescriptionChoice
  /// The scheme.
  public let scheme: PrescriptionScheme
  /// The prescription isodose in per cent of the greatest dose.
  public let isodosePercent: Double
  /// Whether the scheme's own source states the isodose.
  public let isodoseIsStated: Bool
  /// Effect on tumour.
  public let bed: BiologicallyEffectiveDose
  /// The same in 2 Gy fractions.
  public let eqd2: EquivalentDose2Gy
  /// How dose falls off around the target.
  public let fallOff: TargetFallOff
  /// The half prescription's volume over the target's, were the target a ball.
  public let r50: DoseBand
  /// The greatest dose at 2 cm, in per cent of the prescription.
  public let d2cmPercent: DoseBand
  /// The lesions planned with it as one composite; empty when it stands alone.
  public let compositeWith: [String]
  /// What the nearest point of every organ would get, nearest first.
  public let neighbours: [NeighbourDose]
  /// What the target alone costs the lungs; `nil` where they are not contoured.
  public let lungCost: LesionCost?
}

/// A lesion that no target can be made of; what is stated may still choose its prescription.
public struct UnplannedLesion: Sendable {
  /// The lesion, by id.
  public let lesion: String
  /// Why it has no target or no prescription.
  public let why: Reason
  /// How central it lies by stated distances; `nil` outside the lung.
  public let centrality: Centrality?
  /// The prescription by stated facts alone, and why not another; `nil` when the site has none.
  public let choice: PrescriptionChoice?
  /// The scheme's isodose, or the one assumed, in per cent of the greatest dose.
  public let isodosePercent: Double
  /// The α/β that its effect on tumour is reckoned with.
  public let ratio: AlphaBetaRatio
}

/// The near-maximum of an organ beside a target.
public struct NeighbourDose: Sendable {
  /// The organ.
  public let organ: OrganAtRisk
  /// The structure that comes nearest.
  public let structure: String
  /// Its distance to the target; zero in contact or overlap.
  public let distance: Length
  /// The dose at its nearest point: the envelope's, all targets of the course included.
  public let dose: DoseBand
  /// The near-maximum limits at the scheme's fraction count.
  public let checks: [LimitCheck]
}

/// A fraction count of the course with its targets.
public struct FractionGroup: Sendable, Hashable {
  /// The number of fractions.
  public let fractions: Int
  /// The lesions.
  public let lesions: [String]
}

/// A planned course of SBRT to all lesions it can be planned for, with its burden; an estimate, never a plan to treat.
public struct SBRTPlan: Sendable {
  /// The proposals in the case's order.
  public let proposals: [SBRTProposal]
  /// Lesions without a proposal, and why.
  public let unplanned: [UnplannedLesion]
  /// The fraction counts, each a course of visits of its own.
  public let groups: [FractionGroup]
  /// The fraction count in which the whole course is told: the greatest of all.
  public let fractions: Int
  /// The organs, parallel ones first.
  public let organs: [OrganDose]
  /// What the lungs get in V20, V5, mean and critical volume; `nil` without both lungs.
  public let lungs: OrganDose?
  /// The lungs' metrics from doses added in gray, where fraction counts differ and `lungs` tells doses of equal effect.
  public let plainLungs: [OrganDose.Metric]
  /// The volumes of all planning targets together.
  public let targetVolume: Volume
  /// What each target costs the lungs, the dearest first.
  public let lungCosts: [LesionCost]
  /// The most lesions that fit the parallel organs' limits, as expected; `nil` where no such organ is whole.
  public let subset: FittingSubset?
  /// The same in a poor plan.
  public let poorSubset: FittingSubset?
  /// The risk of pneumonitis; `nil` without both lungs.
  public let pneumonitis: PneumonitisRisk?
  /// The organs that earlier courses reached, with the sum; empty without earlier courses.
  public let cumulative: [CumulativeOrganDose]
  /// How the new course stands to each earlier one.
  public let reirradiation: [Reirradiation]
  /// The distance of the estimate's nodes.
  public let spacing: Length
  /// The day from which intervals were reckoned, YYYY-MM-DD; `nil` when none was given.
  public let day: String?
  /// What holds for the whole estimate.
  public let remarks: [Reason]
  /// The limits' set that decides.
  public let primarySet: String?
  /// Facts about the patient that follow.
  public let patientFacts: FactTable
  /// Facts about each lesion that follow.
  public let lesionFacts: [String: FactTable]

  /// Visits: the fractions of all groups together, one after the other.
  public var visits: Int { groups.reduce(0) { $0 + $1.fractions } }
}

/// What is asked of the planner.
public struct SBRTOptions: Sendable {
  /// The technique by id; the protocol's assumed one when `nil`.
  public var technique: String?
  /// Schemes the user fixes, by lesion id.
  public var schemes: [String: String] = [:]
  /// The scheme the user fixes for every lesion that `schemes` does not name; `nil` for none.
  public var schemeForAll: String?
  /// Only these lesions; all when `nil`.
  public var lesions: Set<String>?
  /// The distance of the estimate's nodes.
  public var spacing = Length.millimeters(2.5)
  /// The distance of the nodes on which earlier courses are summed over an organ; at least 4 mm for means.
  public var sumSpacing = Length.millimeters(2)
  /// How far earlier doses may be off their registered places; not considered when `nil`.
  public var uncertainty: RegistrationUncertainty?
  /// The assumption of recovery by id; none when `nil`.
  public var recovery: String?
  /// The day from which intervals are reckoned, YYYY-MM-DD; `nil` leaves intervals of dated courses unknown.
  public var day: String?

  /// The options as nobody says anything.
  public init() {}

  /// A day of the calendar as midnight UTC; `nil` for anything but YYYY-MM-DD.
  public static func date(_ text: String) -> Date? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard text.count == 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2]
    else {
      return nil
    }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
    let components = DateComponents(calendar: calendar, year: year, month: month, day: day)
    return components.isValidDate ? components.date : nil
  }
}

extension SBRTOptions {
  /// The assumption of recovery that is asked for; `nil` when none is.
  func recovery(among known: [RecoveryAssumption]) throws(PlanObstacle) -> RecoveryAssumption? {
    guard let recovery else { return nil }
    guard let found = known.first(where: { $0.id == recovery }) else {
      throw PlanObstacle(
        "there is no assumption of recovery \(recovery)",
        advice: "one of " + known.map(\.id).joined(separator: ", "))
    }
    return found
  }
}
