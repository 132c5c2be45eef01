// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Cases
internal import Foundation
internal import PlanarGeometry
internal import Quantities
internal import Reasons
internal import Vocabulary

extension LungMap {
  /// Where the bronchial tree enters a lung: the middle of what of the tree lies within the lung's planar hulls, of the
  /// part nearest to the tree's own middle.
  static func hilum(
    _ tree: [Structure], _ lung: Solid, within reach: Length
  ) -> SIMD3<Double>? {
    let middle = tree.first?.solid.centroid?.x ?? 0
    var points: [SIMD3<Double>] = []
    for slab in tree.flatMap(\.solid.slabs) {
      guard let own = lung.slabs.first(where: { $0.lower <= slab.z && slab.z <= $0.upper }) else { continue }
      let hull = Self.hull(own.region.rings.flatMap(\.points))
      for polygon in slab.region.polygons {
        points += polygon.outer.points.filter { Self.contains(hull, $0) }.map { SIMD3($0.x, $0.y, slab.z) }
      }
    }
    guard let nearest = points.map({ abs($0.x - middle) }).min() else { return nil }
    let entering = points.filter { abs($0.x - middle) <= nearest + reach.millimeters }
    return entering.reduce(.zero, +) / Double(entering.count)
  }

  /// The convex hull of points, turning left (Andrew's monotone chain).
  private static func hull(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    guard sorted.count > 2 else { return sorted }
    func half(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
      var chain: [SIMD2<Double>] = []
      for p in points {
        while chain.count > 1, turn(chain[chain.count - 2], chain[chain.count - 1], p) <= 0 {
          chain.removeLast()
        }
        chain.append(p)
      }
      return chain.dropLast()
    }
    return half(sorted) + half(sorted.reversed())
  }

  private static func turn(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Double {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  }

  private static func contains(_ hull: [SIMD2<Double>], _ p: SIMD2<Double>) -> Bool {
    hull.count > 2
      && hull.indices.allSatisfy { turn(hull[$0], hull[($0 + 1) % hull.count], p) >= 0 }
  }
}
