// SPDX-License-Identifier: Apache-2.0
public import Dosimetry
public import Quantities
public import Reasons
public import Vocabulary

/// What an organ has had and would have with the planned course, as EQD2 with the organ's α/β.
public struct CumulativeOrganDose: Sendable {
  /// The organ.
  public let organ: OrganAtRisk
  /// The α/β all doses here were reckoned with.
  public let alphaBeta: AlphaBetaRatio
  /// The earlier courses that reach the organ, by name.
  public let courses: [String]
  /// What is told: the near-maximum (D0.1cc; of the cord D0.035cc), of parallel organs the mean.
  public let metric: String
  /// That of the earlier courses, in gray.
  public let earlier: DoseBand
  /// That of the planned course.
  public let added: DoseBand
  /// That of the sum.
  public let sum: DoseBand
  /// That of the sum where the courses overlap; `nil` where no two courses reach one place.
  public let overlap: DoseBand?
  /// The sum with earlier doses at their worst within the registration's ellipsoid, anywhere and inside the organ.
  public let worst: (anywhere: Double, inside: Double)?
  /// The cumulative limits of the organ; read only where courses overlap.
  public let checks: [CumulativeCheck]
  /// Limits told in words only.
  public let words: [CumulativeLimit]
  /// What can still be given before the strictest agreed limit, in gray of EQD2; `nil` without one.
  public let room: DoseBand?
  /// The strictest agreed limit that `room` refers to.
  public let roomLimit: CumulativeLimit?
  /// The same room as physical dose in the course's fraction count; `nil` when there is none.
  public let roomGray: Double?
  /// What was taken for granted.
  public let remarks: [Reason]
}

/// How the cumulative limits of an organ stand.
struct OrganStanding {
  let organ: OrganAtRisk
  /// The near-maximum, or mean, where courses overlap; `nil` where no two courses reach one place.
  let overlap: DoseBand?
  let checks: [CumulativeCheck]
}

extension CumulativeOrganDose {
  var standing: OrganStanding { OrganStanding(organ: organ, overlap: overlap, checks: checks) }
}

/// A cumulative limit, compared with the sum.
public struct CumulativeCheck: Sendable, Hashable {
  /// The limit.
  public let limit: CumulativeLimit
  /// The sum in the limit's unit.
  public let value: DoseBand
  /// Against the limit's upper end: where its authors give a range, reaching the lower one asks for a reason.
  public let outcome: LimitCheck.Outcome
  /// Whether the value lies within the range that the authors give.
  public let isWithinRange: Bool
}

/// How the planned course stands to an earlier one (ESTRO–EORTC 2022).
public struct Reirradiation: Sendable, Hashable {
  /// The kind.
  public enum Kind: String, Sendable, Hashable {
    /// The volumes of half the prescriptions overlap.
    case typeI
    /// They do not, but an organ's sum exceeds what one course may give.
    case typeII
    /// An organ is irradiated again without either.
    case repeatOrgan
    /// Nothing is shared.
    case repeatIrradiation
    /// The earlier dose has no place.
    case unknown
  }

  /// The earlier course.
  public let course: String
  /// The kind.
  public let kind: Kind
  /// Why.
  public let why: Reason
  /// Months between the courses; `nil` when unknown.
  public let months: Double?
  /// Whether the interval is shorter than the protocol asks; `nil` when it is unknown.
  public let isTooSoon: Bool?
}
