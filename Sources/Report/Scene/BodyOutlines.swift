// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation
internal import PlanarGeometry

/// A body's rings, simplified for drawing and packed.
struct BodyOutlines {
  /// The step of packed coordinates in millimetres: sixteen bits of them reach over 6.5 m.
  static let unitMM = 0.1

  /// Lower and upper end of each slab.
  private(set) var slabs: [Double] = []
  /// Rings of each slab.
  private(set) var rings: [Int] = []
  /// Points of each ring.
  private(set) var points: [Int] = []
  private var values: [Int16] = []

  /// - Parameters:
  ///   - origin: what coordinates are counted from.
  ///   - tolerance: by how much a simplified ring may lie beside the contour, in millimetres.
  init(_ solid: Solid, from origin: SIMD2<Double>, tolerance: Double) {
    for slab in solid.slabs where slab.upper > slab.lower {
      slabs += [slab.lower, slab.upper].map { ($0 * 1000).rounded() / 1000 }
      let own = slab.region.rings
      rings.append(own.count)
      for ring in own {
        let kept = OutlineSimplification.simplified(ring.points, tolerance: tolerance)
        points.append(kept.count)
        for point in kept {
          let steps = (point - origin) / Self.unitMM
          for step in [steps.x, steps.y] {
            values.append(Int16(max(-32_767, min(32_767, step.rounded()))))
          }
        }
      }
    }
  }

  /// The points that are packed.
  var count: Int { values.count / 2 }

  /// The coordinates as the script reads them.
  var base64: String {
    values.map(\.littleEndian).withUnsafeBytes { Data($0) }.base64EncodedString()
  }
}
