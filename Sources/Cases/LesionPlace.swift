// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// Where a lesion lies: as it is reported, else as the structures around it show.
///
/// The one place where site, side and lobe of a lesion are brought together; everything that judges, plans or prints
/// asks here. Each is `nil` where neither says it.
public struct LesionPlace: Sendable, Hashable {
  /// The organ's site.
  public let site: Site?
  /// The side, which a reported lobe tells, too; never the midline in the lung, where no lung lies.
  public let side: Side?
  /// The lobe of the lung.
  public let lobe: Lobe?

  /// The place of a lesion.
  ///
  /// - Parameter surroundings: what the structures around its centre show; `nil` without a centre.
  public init(_ lesion: Lesion, _ surroundings: Surroundings?) {
    site = lesion.site ?? surroundings?.site
    lobe = lesion.lobe ?? surroundings?.lobe
    let side = lesion.reportedSide ?? surroundings?.side
    self.side = site == .lung && side == .midline ? nil : side
  }
}

extension Lesion {
  /// The side as it is reported, by itself or by the lobe; `nil` where neither is.
  public var reportedSide: Side? { side ?? lobe?.side }

  /// Where it lies, by its report and its measurements.
  ///
  /// - Parameter measured: the lesion's measurements; `nil` where it has none.
  public func place(_ measured: LesionMeasurements?) -> LesionPlace {
    LesionPlace(self, measured?.surroundings)
  }
}
