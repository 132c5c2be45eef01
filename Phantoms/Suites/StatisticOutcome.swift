// SPDX-License-Identifier: Apache-2.0
/// A statistic by its name in our files, with its unit.
public struct NamedStatistic: Sendable, Hashable {
  /// As `D95%`, `meanGy` or `volumeCC`.
  public let name: String
  /// `Gy` or `cc`.
  public let unit: String
  /// Its value.
  public let value: Double

  init(_ name: String, _ unit: String, _ value: Double) {
    self.name = name
    self.unit = unit
    self.value = value
  }
}

/// A statistic beside its true value.
public struct StatisticOutcome: Sendable, Hashable {
  /// As `D95%`, `meanGy` or `volumeCC`.
  public let name: String
  /// `Gy` or `cc`.
  public let unit: String
  /// What was found.
  public let value: Double
  /// What it should be.
  public let truth: Double

  /// How far it is off, in per cent of the truth.
  public var errorPercent: Double { 100 * (value / truth - 1) }
  /// Whether it is off by more than 3 % of its own true value, or unknown.
  public var fails: Bool { !(abs(errorPercent) <= 3) }

  static func pairs(_ found: [NamedStatistic], _ truth: [NamedStatistic]) -> [StatisticOutcome] {
    zip(found, truth).map { StatisticOutcome(name: $0.name, unit: $0.unit, value: $0.value, truth: $1.value) }
  }
}

/// What an exact curve in a linear dose of 1 Gy/mm and 16 Gy at the origin comes to, in Gy and cc.
struct ReferenceCurve: Sendable {
  /// The shares of the volume whose doses are asked for.
  static let percents = [99.0, 95, 5, 1]
  /// The 301 doses of a whole curve.
  static let doses = (0...300).map { Double($0) / 10 }

  /// The volume in cubic millimetres.
  let volume: Double
  /// Volume, mean, D99%, D95%, D5%, D1%, D0.03cc.
  let statistics: [NamedStatistic]
  let extremes: [NamedStatistic]
  /// The cumulative volumes at `doses` in cubic millimetres.
  let volumes: [Double]

  init(_ curve: ExactCurve) {
    volume = curve.total
    func dose(_ part: Double) -> Double { LinearDose.centre + curve.place(beyondWhich: part) }
    statistics =
      [
        NamedStatistic("volumeCC", "cc", curve.total / 1000),
        NamedStatistic("meanGy", "Gy", LinearDose.centre + curve.mean),
      ]
      + Self.percents.map { NamedStatistic("D\(Int($0))%", "Gy", dose(curve.total * $0 / 100)) }
      + [NamedStatistic("D0.03cc", "Gy", dose(30))]
    extremes = [
      NamedStatistic("minimumGy", "Gy", LinearDose.centre + curve.low),
      NamedStatistic("maximumGy", "Gy", LinearDose.centre + curve.high),
    ]
    volumes = Self.doses.map { curve.volume(beyond: $0 - LinearDose.centre) }
  }
}
