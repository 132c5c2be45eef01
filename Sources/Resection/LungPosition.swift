// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import PlanarGeometry
internal import Quantities
internal import Vocabulary

/// Where a lesion lies in the lungs as contoured, and how deep.
struct LungPosition: Sendable {
  /// The lesion's contours.
  let body: Solid
  /// Their centre.
  let centre: SIMD3<Double>
  /// The contoured lungs that hold the centre.
  let homes: [LungMap.Lung]
  let side: Side?
  /// `nil` when unknown, and where its contour cannot be used.
  let lobe: Lobe?
  /// Whether the contour of its lobe cannot be used.
  let isSpoilt: Bool
  /// The lobe, else the lung, whose pleura counts.
  let container: Envelope
  let depth: DepthInside

  /// - Returns: `nil` where no contour holds the centre or the depth is not known.
  init?(
    of lesion: Lesion, _ body: Solid, _ measured: LesionMeasurements, centre: SIMD3<Double>,
    homes: [LungMap.Lung], in map: LungMap
  ) {
    let surroundings = measured.surroundings
    // A lobe that cannot be used is no lobe: then the lung's surface counts, and fissures do not.
    isSpoilt = surroundings?.lobe.map { map.lobe($0) == nil } ?? false
    let place = LesionPlace(lesion, surroundings)
    lobe = isSpoilt ? nil : place.lobe
    side = place.side.flatMap { $0 == .midline ? nil : $0 }
    let container =
      map.lobe(surroundings?.lobe)?.envelope ?? homes.first?.envelopes.first { $0.contains(centre) }
      ?? map.unsided.first { $0.contains(centre) }
    guard let container,
      let depth = isSpoilt ? container.depth(of: PreparedSolid(body)) : measured.pleuralDepth
    else { return nil }
    self.body = body
    self.centre = centre
    self.homes = homes
    self.container = container
    self.depth = depth
  }

  /// A point inwards of the lesion: the hilum, else the middle of what holds it.
  var inward: SIMD3<Double> {
    homes.first?.hilum ?? container.slabs[container.slabs.count / 2].region.centroid.map {
      SIMD3($0.x, $0.y, container.slabs[container.slabs.count / 2].z)
    } ?? centre
  }
}
