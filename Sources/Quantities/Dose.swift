// SPDX-License-Identifier: Apache-2.0
/// A physical absorbed dose in gray.
///
/// Doses of one course and one fraction count add; biological doses have their own types.
public struct AbsorbedDose: Sendable, Hashable, Comparable, AdditiveArithmetic {
  /// The dose in gray.
  public let gray: Double

  /// A dose given in gray.
  public static func gray(_ value: Double) -> AbsorbedDose { AbsorbedDose(storage: value) }
  /// A dose given in centigray.
  public static func centigray(_ value: Double) -> AbsorbedDose { AbsorbedDose(storage: value / 100) }
  /// No dose.
  public static let zero = AbsorbedDose(storage: 0)

  private init(storage: Double) { gray = storage }

  /// Whether the left dose is lower.
  public static func < (a: AbsorbedDose, b: AbsorbedDose) -> Bool { a.gray < b.gray }
  /// The sum.
  public static func + (a: AbsorbedDose, b: AbsorbedDose) -> AbsorbedDose {
    AbsorbedDose(storage: a.gray + b.gray)
  }
  /// The difference.
  public static func - (a: AbsorbedDose, b: AbsorbedDose) -> AbsorbedDose {
    AbsorbedDose(storage: a.gray - b.gray)
  }
}

/// The ratio α/β of the linear-quadratic model, in gray; positive and finite.
public struct AlphaBetaRatio: Sendable, Hashable {
  /// The ratio in gray.
  public let gray: Double

  /// A ratio in gray, or `nil` when it is not positive and finite.
  public init?(gray: Double) {
    guard gray.isFinite, gray > 0 else { return nil }
    self.gray = gray
  }
}

/// A total dose given in a number of equal fractions.
public struct Fractionation: Sendable, Hashable {
  /// The total physical dose.
  public let total: AbsorbedDose
  /// The number of fractions, at least one.
  public let fractions: Int

  /// A course, or `nil` when the fraction count is under one or the dose negative or not finite.
  public init?(total: AbsorbedDose, fractions: Int) {
    guard fractions >= 1, total.gray.isFinite, total.gray >= 0 else { return nil }
    self.total = total
    self.fractions = fractions
  }

  /// The dose of one fraction.
  public var perFraction: AbsorbedDose { .gray(total.gray / Double(fractions)) }

  /// Biologically effective dose D(1 + d/(α/β)).
  public func bed(_ alphaBeta: AlphaBetaRatio) -> BiologicallyEffectiveDose {
    BiologicallyEffectiveDose(
      gray: total.gray * (1 + perFraction.gray / alphaBeta.gray), alphaBeta: alphaBeta)
  }

  /// Equivalent dose in 2 Gy fractions, BED / (1 + 2/(α/β)).
  public func eqd2(_ alphaBeta: AlphaBetaRatio) -> EquivalentDose2Gy {
    EquivalentDose2Gy(gray: bed(alphaBeta).gray / (1 + 2 / alphaBeta.gray), alphaBeta: alphaBeta)
  }

  /// Whether a fraction exceeds 10 Gy, outside the range in which the linear-quadratic model was validated.
  public var exceedsLinearQuadraticRange: Bool { perFraction.gray > 10 }
}

/// A biologically effective dose; it carries the α/β it was reckoned with.
public struct BiologicallyEffectiveDose: Sendable, Hashable {
  /// The dose in gray.
  public let gray: Double
  /// The α/β it belongs to.
  public let alphaBeta: AlphaBetaRatio

  /// The sum, or `nil` for different α/β, which do not add.
  public func adding(_ other: BiologicallyEffectiveDose) -> BiologicallyEffectiveDose? {
    guard alphaBeta == other.alphaBeta else { return nil }
    return BiologicallyEffectiveDose(gray: gray + other.gray, alphaBeta: alphaBeta)
  }
}

/// An equivalent dose in 2 Gy fractions; it carries the α/β it was reckoned with.
public struct EquivalentDose2Gy: Sendable, Hashable {
  /// The dose in gray.
  public let gray: Double
  /// The α/β it belongs to.
  public let alphaBeta: AlphaBetaRatio

  /// A dose reckoned elsewhere, as a sum over a grid.
  public init(gray: Double, alphaBeta: AlphaBetaRatio) {
    self.gray = gray
    self.alphaBeta = alphaBeta
  }

  /// The sum, or `nil` for different α/β, which do not add.
  public func adding(_ other: EquivalentDose2Gy) -> EquivalentDose2Gy? {
    guard alphaBeta == other.alphaBeta else { return nil }
    return EquivalentDose2Gy(gray: gray + other.gray, alphaBeta: alphaBeta)
  }
}
