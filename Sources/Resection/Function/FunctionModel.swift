// SPDX-License-Identifier: Apache-2.0
public import Evidence
public import Vocabulary

/// What lung function is reckoned with.
public struct FunctionModel: Sendable, Hashable {
  /// Segments of each lobe.
  public let segments: [Lobe: Int]
  /// What each wedge after the first in a lobe costs beside its volume, in segments.
  public let extraWedge: Double
  /// So many wedges may cost as much as their lobe.
  public let wedgesLikeLobe: Int
  /// Below this much FEV1, in litres, patients are warned of.
  public let leastFEV1: Cited<Double>
  /// Keys of the bibliography for counting, for volumes, for perfusion and for wedges.
  public let sources: (counting: [String], volume: [String], perfusion: [String], wedges: [String])

  /// A model.
  public init(
    segments: [Lobe: Int], extraWedge: Double, wedgesLikeLobe: Int, leastFEV1: Cited<Double>,
    sources: (counting: [String], volume: [String], perfusion: [String], wedges: [String])
  ) {
    self.segments = segments
    self.extraWedge = extraWedge
    self.wedgesLikeLobe = wedgesLikeLobe
    self.leastFEV1 = leastFEV1
    self.sources = sources
  }

  /// Segments of one lung.
  public func segments(of side: Side) -> Int {
    segments.filter { $0.key.side == side }.map(\.value).reduce(0, +)
  }

  /// Segments of both lungs.
  public var allSegments: Int { segments.values.reduce(0, +) }

  /// Equal in every figure and source.
  public static func == (a: FunctionModel, b: FunctionModel) -> Bool {
    a.segments == b.segments && a.extraWedge == b.extraWedge && a.wedgesLikeLobe == b.wedgesLikeLobe
      && a.leastFEV1 == b.leastFEV1 && a.sources == b.sources
  }

  /// See `==`.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(segments)
    hasher.combine(extraWedge)
  }
}
