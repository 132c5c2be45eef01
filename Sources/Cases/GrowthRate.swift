internal import Foundation
public import Quantities

/// How fast a metastasis grew between two dated measurements: its volume doubling time, or why there is none.
///
/// Doubling time t·ln 2 / ln(V₂/V₁), with diameters t·ln 2 / (3·ln(D₂/D₁)) (Schwartz). Growth within measurement error
/// gives none: from diameters under 2 mm, from volumes under 30 % (Nietert 2018: intervals are extremely wide for small
/// growth; Revel 2004: readers differ by ± 1.73 mm). A lesion that did not grow has no doubling time: never a negative one.
public enum GrowthRate: Sendable, Hashable {
  /// The volume doubles in this many days.
  case doubling(days: Double)
  /// Not larger than before.
  case noGrowth
  /// Why it cannot be told.
  case indeterminate(String)

  /// The least growth of a diameter that counts.
  public static let leastGrowth = Length.millimeters(2)
  /// The least growth of a volume that counts, as a share.
  public static let leastVolumeGrowth = 0.3
  /// What is entered for a lesion too small to measure (RECIST 1.1): a convention, no size.
  public static let conventionalSize = Length.millimeters(5)

  /// From two diameters, both of the same kind.
  ///
  /// - Parameters:
  ///   - days: between them, above zero.
  ///   - areStated: whether they were told rather than measured: then 5 mm may be a convention.
  public static func diameters(
    _ earlier: Length, _ now: Length, days: Double, areStated: (earlier: Bool, now: Bool)
  ) -> GrowthRate {
    guard days > 0, earlier > .zero, now > .zero else { return .indeterminate("no interval or no size") }
    if (areStated.earlier && earlier == conventionalSize) || (areStated.now && now == conventionalSize) {
      return .indeterminate("5 mm may be the size entered for what is too small to measure")
    }
    guard now > earlier else { return .noGrowth }
    guard now - earlier >= leastGrowth else {
      return .indeterminate("grew by less than 2 mm, within measurement error")
    }
    return .doubling(days: days * log(2) / (3 * log(now.millimeters / earlier.millimeters)))
  }

  /// From two volumes measured the same way.
  public static func volumes(_ earlier: Volume, _ now: Volume, days: Double) -> GrowthRate {
    guard days > 0, earlier > .zero, now > .zero else { return .indeterminate("no interval or no volume") }
    guard now > earlier else { return .noGrowth }
    let ratio = now.cubicMillimeters / earlier.cubicMillimeters
    guard ratio >= 1 + leastVolumeGrowth else {
      return .indeterminate("grew by less than 30 % in volume, within measurement error")
    }
    return .doubling(days: days * log(2) / log(ratio))
  }
}
