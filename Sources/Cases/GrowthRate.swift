// SPDX-License-Identifier: Apache-2.0
internal import Foundation
public import Quantities

/// How fast a metastasis grew between two dated measurements: its volume doubling time, or why there is none.
///
/// Doubling time t·ln 2 / ln(V₂/V₁), with diameters t·ln 2 / (3·ln(D₂/D₁)) (Schwartz). Growth within measurement error
/// gives none (Nietert: intervals are extremely wide for small growth; Revel 2004: readers differ by ± 1.73 mm). A lesion that did not grow has no doubling time: never a negative one.
public enum GrowthRate: Sendable, Hashable {
  /// The volume doubles in this many days.
  case doubling(days: Double)
  /// Not larger than before.
  case noGrowth
  /// Why it cannot be told.
  case indeterminate(String)

  /// From two diameters, both of the same kind.
  ///
  /// - Parameters:
  ///   - days: between them, above zero.
  ///   - areStated: whether they were reported rather than measured: then one may be a convention.
  ///   - limits: from which growth on a doubling time can be given.
  public static func diameters(
    _ earlier: Length, _ now: Length, days: Double, areStated: (earlier: Bool, now: Bool),
    limits: GrowthLimits
  ) -> GrowthRate {
    guard days > 0, earlier > .zero, now > .zero else { return .indeterminate("no interval or no size") }
    let conventional = limits.conventionalSize
    if (areStated.earlier && earlier == conventional) || (areStated.now && now == conventional) {
      return .indeterminate(
        "\(Self.number(conventional.millimeters)) mm may be the size entered for what is too small to measure"
      )
    }
    guard now > earlier else { return .noGrowth }
    guard now - earlier >= limits.leastGrowth else {
      return .indeterminate(
        "grew by less than \(Self.number(limits.leastGrowth.millimeters)) mm, within measurement error")
    }
    return .doubling(days: days * log(2) / (3 * log(now.millimeters / earlier.millimeters)))
  }

  /// From two volumes measured the same way.
  ///
  /// - Parameter limits: from which growth on a doubling time can be given.
  public static func volumes(
    _ earlier: Volume, _ now: Volume, days: Double, limits: GrowthLimits
  ) -> GrowthRate {
    guard days > 0, earlier > .zero, now > .zero else { return .indeterminate("no interval or no volume") }
    guard now > earlier else { return .noGrowth }
    let ratio = now.cubicMillimeters / earlier.cubicMillimeters
    guard ratio >= 1 + limits.leastVolumeGrowth else {
      return .indeterminate(
        "grew by less than \(Self.number(100 * limits.leastVolumeGrowth)) % in volume, within measurement error"
      )
    }
    return .doubling(days: days * log(2) / log(ratio))
  }

  private static func number(_ x: Double) -> String {
    x == x.rounded() ? String(Int(x)) : String((x * 10).rounded() / 10)
  }
}

/// From which growth on a doubling time can be given.
public struct GrowthLimits: Sendable, Hashable {
  /// The least growth of a diameter that counts.
  public let leastGrowth: Length
  /// The least growth of a volume that counts, as a share.
  public let leastVolumeGrowth: Double
  /// What is entered for a lesion too small to measure (RECIST 1.1: 5 mm): a convention, no size.
  public let conventionalSize: Length

  /// Limits.
  public init(leastGrowth: Length, leastVolumeGrowth: Double, conventionalSize: Length) {
    self.leastGrowth = leastGrowth
    self.leastVolumeGrowth = leastVolumeGrowth
    self.conventionalSize = conventionalSize
  }
}
