// SPDX-License-Identifier: Apache-2.0
internal import Foundation
public import Quantities

/// How dose falls off around a stereotactic target nobody has planned yet: published figures, no beam model.
///
/// The figures are a protocol's data; this type only knows what to make of them.
///
/// Two laws, never one. The *mean* law says what tissue at a distance receives on average and serves volumes and
/// mean doses. The *envelope* says what the worst direction receives and serves near-maxima: a plan may point a beam
/// at the organ. Both depend on the volume of the target, not on its shape (Duan 2021: p > 0.05 for sphericity),
/// and use the true distance from its surface.
public struct FallOffModel: Sendable, Hashable {
  /// A power of the target's volume: a·V^b, V in cubic centimetres.
  public struct PowerLaw: Sendable, Hashable {
    /// The factor, in centimetres.
    public let factor: Double
    /// The exponent.
    public let exponent: Double

    /// A power law.
    public init(factor: Double, exponent: Double) {
      self.factor = factor
      self.exponent = exponent
    }
  }

  /// A row of the conformality table of RTOG 0813 and 0915.
  public struct ConformityRow: Sendable, Hashable {
    /// The target's volume.
    public let volume: Volume
    /// The volume of half the prescription over the target's: below it no deviation, below it a minor one.
    public let r50: (none: Double, minor: Double)
    /// The greatest dose at 2 cm or more, as a share of the prescription, likewise.
    public let d2cm: (none: Double, minor: Double)

    /// A row.
    public init(
      volume: Volume, r50: (none: Double, minor: Double), d2cm: (none: Double, minor: Double)
    ) {
      self.volume = volume
      self.r50 = r50
      self.d2cm = d2cm
    }

    /// Whether all numbers are the same.
    public static func == (a: ConformityRow, b: ConformityRow) -> Bool {
      a.volume == b.volume && a.r50 == b.r50 && a.d2cm == b.d2cm
    }

    /// Hashes the numbers.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(volume)
      hasher.combine(r50.none)
      hasher.combine(r50.minor)
      hasher.combine(d2cm.none)
      hasher.combine(d2cm.minor)
    }
  }

  /// What a planning guideline accepts at most for targets below a volume.
  public struct MandatoryR50: Sendable, Hashable {
    /// Targets below this volume; `nil` for all larger ones.
    public let below: Volume?
    /// The greatest R50 accepted in the lung.
    public let lung: Double
    /// The greatest R50 accepted elsewhere.
    public let elsewhere: Double

    /// A row.
    public init(below: Volume?, lung: Double, elsewhere: Double) {
      self.below = below
      self.lung = lung
      self.elsewhere = elsewhere
    }
  }

  /// How the envelope goes on beyond 2 cm: falling towards a floor.
  public struct FarEnvelope: Sendable, Hashable {
    /// The share of the prescription it falls to.
    public let floor: Double
    /// The length over which what is above the floor falls to 1/e.
    public let length: Length

    /// A far envelope.
    public init(floor: Double, length: Length) {
      self.floor = floor
      self.length = length
    }
  }

  /// The far envelopes in the planes of the target, where beams enter and leave, and beyond them.
  public struct FarEnvelopes: Sendable, Hashable {
    /// In the target's planes.
    public let inPlane: FarEnvelope
    /// Beyond them, as expected of coplanar beams; a poor plan may send beams there too.
    public let offPlane: FarEnvelope
    /// How far beyond the target's ends its planes reach.
    public let reach: Length

    /// Far envelopes.
    public init(inPlane: FarEnvelope, offPlane: FarEnvelope, reach: Length) {
      self.inPlane = inPlane
      self.offPlane = offPlane
      self.reach = reach
    }
  }

  /// The mean distance from the prescription's to its half's surface, for peripheral and central targets.
  public let gradient: (peripheral: PowerLaw, central: PowerLaw)
  /// The conformality table by growing volume; at least two rows.
  public let conformity: [ConformityRow]
  /// What a guideline accepts at most, by growing volume.
  public let mandatory: [MandatoryR50]
  /// The volume below which the poor plan is what the guideline accepts, not the table's minor deviation.
  public let smallTarget: Volume
  /// The envelope beyond 2 cm.
  public let far: FarEnvelopes

  /// A model; `nil` with fewer than two rows, or rows that do not grow.
  public init?(
    gradient: (peripheral: PowerLaw, central: PowerLaw), conformity: [ConformityRow],
    mandatory: [MandatoryR50], smallTarget: Volume, far: FarEnvelopes
  ) {
    guard conformity.count >= 2,
      zip(conformity, conformity.dropFirst()).allSatisfy({ $0.volume < $1.volume }),
      mandatory.last?.below == nil, !mandatory.isEmpty
    else { return nil }
    self.gradient = gradient
    self.conformity = conformity
    self.mandatory = mandatory
    self.smallTarget = smallTarget
    self.far = far
  }

  /// Whether all figures are the same.
  public static func == (a: FallOffModel, b: FallOffModel) -> Bool {
    a.gradient == b.gradient && a.conformity == b.conformity && a.mandatory == b.mandatory
      && a.smallTarget == b.smallTarget && a.far == b.far
  }

  /// Hashes the figures.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(gradient.peripheral)
    hasher.combine(gradient.central)
    hasher.combine(conformity)
    hasher.combine(mandatory)
    hasher.combine(smallTarget)
    hasher.combine(far)
  }
}

/// What a fall-off model says of one target.
public struct TargetFallOff: Sendable, Hashable {
  /// The target's volume.
  public let volume: Volume
  /// The distance over which dose outside the target halves on average: as expected, in a good and in a poor plan.
  public let halving: PlanBand
  /// The greatest dose at 2 cm as a share of the prescription: as expected and in a poor plan.
  public let d2cm: (expected: Double, poor: Double)
  /// Whether the volume lies outside the conformality table, which must not be extrapolated.
  public let isOutsideTable: Bool
  /// The envelopes beyond 2 cm.
  public let far: FallOffModel.FarEnvelopes

  /// A length as expected, in a good and in a poor plan.
  public struct PlanBand: Sendable, Hashable {
    /// As expected.
    public let expected: Length
    /// In a good plan.
    public let good: Length
    /// In a poor plan.
    public let poor: Length
  }

  /// Whether all numbers are the same.
  public static func == (a: TargetFallOff, b: TargetFallOff) -> Bool {
    a.volume == b.volume && a.halving == b.halving && a.d2cm == b.d2cm && a.far == b.far
  }

  /// Hashes the numbers.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(volume)
    hasher.combine(halving)
    hasher.combine(d2cm.expected)
    hasher.combine(d2cm.poor)
  }

  /// The radius of the ball of the target's volume.
  public var radius: Length { volume.equivalentSphereDiameter * 0.5 }

  /// The ratio of the half prescription's volume to the target's, were it a ball: (1 + Δr/r)³.
  public func r50(halving length: Length) -> Double {
    let ratio = 1 + length.millimeters / radius.millimeters
    return ratio * ratio * ratio
  }
}

extension FallOffModel {
  /// The fall-off around a target of this volume; `nil` for a target without volume.
  ///
  /// Within the table the good plan is the one without deviation, the poor one that with a minor deviation, below
  /// `smallTarget` the poorest a planning guideline accepts. Outside the table nothing is extrapolated: the good end is
  /// the expected law itself, the poor end the guideline's, and `isOutsideTable` says so.
  ///
  /// - Parameters:
  ///   - volume: the planning target's.
  ///   - isCentral: whether it lies centrally in the lung.
  ///   - inLung: whether the limits of the lung or those of other sites hold.
  public func fallOff(of volume: Volume, isCentral: Bool, inLung: Bool) -> TargetFallOff? {
    guard volume > .zero, let first = conformity.first, let last = conformity.last else { return nil }
    let cc = volume.cubicCentimeters
    let law = isCentral ? gradient.central : gradient.peripheral
    let expected = Length.centimeters(law.factor * pow(cc, law.exponent))
    let radius = volume.equivalentSphereDiameter.millimeters / 2
    func halving(_ r50: Double) -> Length { .millimeters(radius * (pow(r50, 1.0 / 3) - 1)) }
    // The last row holds for every volume.
    guard let accepted = mandatory.first(where: { $0.below.map { volume < $0 } ?? true }) else { return nil }
    let poorest = halving(inLung ? accepted.lung : accepted.elsewhere)
    guard volume >= first.volume, volume <= last.volume else {
      // Below the table the greatest dose at 2 cm no longer changes with volume; above it, it still rises.
      let below = volume < first.volume
      return TargetFallOff(
        volume: volume,
        halving: .init(expected: expected, good: expected, poor: max(poorest, expected)),
        d2cm: below ? (first.d2cm.none, first.d2cm.minor) : (last.d2cm.minor, 1), isOutsideTable: true,
        far: far)
    }
    let upper = conformity.firstIndex { $0.volume >= volume } ?? conformity.count - 1
    let lower = max(0, upper - 1)
    let (a, b) = (conformity[lower], conformity[max(upper, 1)])
    let share = max(
      0, (cc - a.volume.cubicCentimeters) / (b.volume.cubicCentimeters - a.volume.cubicCentimeters))
    func between(_ x: Double, _ y: Double) -> Double { x + (y - x) * share }
    let good = halving(between(a.r50.none, b.r50.none))
    let minor = halving(between(a.r50.minor, b.r50.minor))
    let poor = volume < smallTarget ? max(minor, poorest) : minor
    return TargetFallOff(
      volume: volume,
      halving: .init(expected: expected, good: min(good, expected), poor: max(poor, expected)),
      d2cm: (between(a.d2cm.none, b.d2cm.none), between(a.d2cm.minor, b.d2cm.minor)), isOutsideTable: false,
      far: far)
  }
}

extension TargetFallOff {
  /// The mean law: the share of the prescription at a signed distance from the target's surface.
  ///
  /// Outside it halves over each `halving`; at the surface it is 1; inside it rises as a parabola to the inverse of the
  /// prescription isodose at a depth of the target's radius.
  ///
  /// - Parameters:
  ///   - distance: below zero inside, in millimetres.
  ///   - halving: one of the band's.
  ///   - isodose: the prescription isodose as a share of the greatest dose, above 0 to 1.
  public func mean(at distance: Double, halving: Length, isodose: Double) -> Double {
    if distance >= 0 { return exp(-log(2) * distance / halving.millimeters) }
    let depth = min(1, -distance / radius.millimeters)
    return 1 + (1 / isodose - 1) * (1 - (1 - depth) * (1 - depth))
  }

  /// The envelope: the share of the prescription in the worst direction at a distance outside the target.
  ///
  /// It falls from 1 at the surface exponentially to `d2cm` at 2 cm, then towards the far floor; never below the mean
  /// law of the same plan.
  ///
  /// - Parameters:
  ///   - distance: in millimetres; inside the target the mean law holds.
  ///   - d2cm: one of the two, expected or poor.
  ///   - halving: that of the same plan.
  ///   - isodose: the prescription isodose as a share.
  ///   - far: which far envelope.
  public func envelope(
    at distance: Double, d2cm: Double, halving: Length, isodose: Double, far: FallOffModel.FarEnvelope
  ) -> Double {
    let mean = mean(at: distance, halving: halving, isodose: isodose)
    if distance <= 0 { return mean }
    let floor = min(far.floor, d2cm)
    let worst =
      distance <= 20
      ? exp(log(d2cm) * distance / 20)
      : floor + (d2cm - floor) * exp(-(distance - 20) / far.length.millimeters)
    return max(mean, worst)
  }
}
