// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Vocabulary

/// What stands between a therapy and the patient.
public struct Condition: Sendable, Hashable {
  /// Which act lifts it.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A fact must be reported or measured.
    case confirm
    /// A plan must show it.
    case plan
    /// Something done during treatment must make room.
    case manoeuvre
    /// Something must be put right first, such as the INR.
    case correct = "correction"
    /// Only the board can answer it.
    case board
    /// Staging must be finished first.
    case staging
  }

  /// What exactly is asked for.
  public enum Request: Sendable, Hashable {
    /// As the protocol words it.
    case asWritten(String)
    /// The fact measured, where now there is an estimate.
    case measured(Fact)
    /// The fact's exact value, where now there are two bounds.
    case exactly(Fact)
    /// Where the lesion lies: its distances from what the reason names.
    case location
    /// Where something was that is reported without its place.
    case place(Fact)
  }

  /// Which act lifts it.
  public let kind: Kind
  /// What exactly is asked for; `nil` where the kind says it all.
  public let request: Request?
  /// Manoeuvres of which one would do; empty for other kinds.
  public let manoeuvres: [Manoeuvre]

  /// A condition.
  public init(_ kind: Kind, _ request: Request? = nil, manoeuvres: [Manoeuvre] = []) {
    self.kind = kind
    self.request = request
    self.manoeuvres = manoeuvres
  }
}
