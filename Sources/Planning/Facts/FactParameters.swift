// SPDX-License-Identifier: Apache-2.0
public import Cases
public import Evidence
public import Quantities

/// The numbers by which facts follow from what was reported and measured: of the protocol, each with what it rests on.
public struct FactParameters: Sendable, Hashable {
  /// Metastases within so many months of the diagnosis are synchronous: no interval free of disease.
  public let synchronousMonths: Cited<Double>
  /// The α/β of late effects that earlier dose at a lesion is given with.
  public let lateAlphaBeta: Cited<AlphaBetaRatio>
  /// From this EQD2 on a course has reached a place, in Gy.
  public let reached: Cited<Double>
  /// An organ that a course reached and that lies within this of a lesion makes the lesion's own dose one to be summed.
  public let courseReach: Cited<Length>
  /// The share of its prescription that marks a course's volume.
  public let overlapShare: Cited<Double>
  /// From which growth on a doubling time can be given.
  public let growth: Cited<GrowthLimits>
  /// Two doubling times say the same within this share.
  public let doublingTolerance: Cited<Double>
  /// From which difference on a reported and a measured size contradict one another.
  public let contradiction: Cited<Contradiction>
  /// How near structures can be to a lesion of which only the place is known.
  public let place: PlaceParameters
  /// How far each source may be relied on, by its key: facts carry it to the user.
  public let marks: [String: Mark]

  /// From which difference on two sizes contradict one another: the greater of both counts.
  public struct Contradiction: Sendable, Hashable {
    /// Of diameters and distances.
    public let length: Length
    /// Of volumes.
    public let volume: Volume
    /// Of any of them, as a share of the larger.
    public let share: Double

    /// Bounds.
    public init(length: Length, volume: Volume, share: Double) {
      self.length = length
      self.volume = volume
      self.share = share
    }
  }

  /// Numbers of a protocol.
  public init(
    synchronousMonths: Cited<Double>, lateAlphaBeta: Cited<AlphaBetaRatio>, reached: Cited<Double>,
    courseReach: Cited<Length>, overlapShare: Cited<Double>, growth: Cited<GrowthLimits>,
    doublingTolerance: Cited<Double>,
    contradiction: Cited<Contradiction>, place: PlaceParameters, marks: [String: Mark]
  ) {
    self.synchronousMonths = synchronousMonths
    self.lateAlphaBeta = lateAlphaBeta
    self.reached = reached
    self.courseReach = courseReach
    self.overlapShare = overlapShare
    self.growth = growth
    self.doublingTolerance = doublingTolerance
    self.contradiction = contradiction
    self.place = place
    self.marks = marks
  }

  /// Sources with their marks, as a fact names them: "[O-03, recalled]".
  func words(_ sources: [String]) -> String {
    "[" + sources.map { key in marks[key].map { "\(key), \($0.rawValue)" } ?? key }.joined(separator: "; ")
      + "]"
  }

  /// Every source that is cited, with what cites it.
  public var citations: [(what: String, key: String)] {
    let cited: [(String, [String])] = [
      ("synchronous", synchronousMonths.sources), ("lateEffects", lateAlphaBeta.sources),
      ("reached", reached.sources), ("courseReach", courseReach.sources), ("overlap", overlapShare.sources),
      ("growth", growth.sources),
      ("doublingTolerance", doublingTolerance.sources), ("contradiction", contradiction.sources),
      ("place", place.sources),
    ]
    return cited.flatMap { what, keys in keys.map { (what, $0) } }
  }
}
