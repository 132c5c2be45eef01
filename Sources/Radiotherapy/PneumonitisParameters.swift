// SPDX-License-Identifier: Apache-2.0
public import Dosimetry

/// A dose above which a series saw more pneumonitis.
public struct PneumonitisThreshold: Sendable, Hashable {
  /// What is compared with the value.
  public enum Quantity: Sendable, Hashable {
    /// A metric of the lungs.
    case lungs(DoseMetric)
    /// The planning targets' volume in cubic centimetres.
    case targetVolume
    /// One that an estimate does not answer.
    case unread
  }

  /// What is compared with the value.
  public let quantity: Quantity
  /// The metric as the protocol writes it.
  public let name: String
  /// The value above which.
  public let above: Double
  /// The unit.
  public let unit: String
  /// What was seen.
  public let effect: String
  /// In whom.
  public let population: String
  /// Keys of the bibliography.
  public let sources: [String]

  /// A threshold.
  public init(
    quantity: Quantity, name: String, above: Double, unit: String, effect: String, population: String,
    sources: [String]
  ) {
    self.quantity = quantity
    self.name = name
    self.above = above
    self.unit = unit
    self.effect = effect
    self.population = population
    self.sources = sources
  }
}

/// A logistic curve of the risk of symptomatic pneumonitis.
public struct PneumonitisCurve: Sendable, Hashable {
  /// What it is calculated from.
  public let metric: DoseMetric
  /// Where the risk is one half.
  public let midpoint: Double
  /// The steepness per unit.
  public let slope: Double
  /// The least and greatest risk that was published, in per cent; beyond them the curve is continued.
  public let points: ClosedRange<Double>
  /// From how many irradiated lung lesions on it holds: the series it comes from.
  public let lesionsAtLeast: Int
  /// Keys of the bibliography.
  public let sources: [String]

  /// A curve.
  public init(
    metric: DoseMetric, midpoint: Double, slope: Double, points: ClosedRange<Double>, lesionsAtLeast: Int,
    sources: [String]
  ) {
    self.metric = metric
    self.midpoint = midpoint
    self.slope = slope
    self.points = points
    self.lesionsAtLeast = lesionsAtLeast
    self.sources = sources
  }
}
