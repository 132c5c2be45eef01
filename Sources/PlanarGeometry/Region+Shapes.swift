// SPDX-License-Identifier: Apache-2.0
internal import CGEOS
internal import Foundation

extension Region {
  /// An ellipse as a polygon with exactly the ellipse's area, axes along x and y.
  ///
  /// - Parameters:
  ///   - centre: x, y in millimetres.
  ///   - semiAxes: half axes in millimetres; an ellipse without area gives the empty region.
  ///   - corners: number of corners, at least eight.
  public static func ellipse(centre: SIMD2<Double>, semiAxes: SIMD2<Double>, corners: Int = 64) -> Region {
    let n = max(8, corners)
    guard semiAxes.x > 0, semiAxes.y > 0, semiAxes.x.isFinite, semiAxes.y.isFinite else { return .empty }
    let angle = 2 * Double.pi / Double(n)
    // A regular n-gon of circumradius r has area n/2 r² sin(2π/n).
    let grow = (angle / sin(angle)).squareRoot()
    return polygon(
      (0..<n).map { i in
        let t = angle * (Double(i) + 0.5)
        return centre + semiAxes * SIMD2(cos(t), sin(t)) * grow
      })
  }

  /// A rectangle with sides along x and y; empty when a side is not positive.
  public static func rectangle(low: SIMD2<Double>, high: SIMD2<Double>) -> Region {
    guard high.x > low.x, high.y > low.y else { return .empty }
    return polygon([low, SIMD2(high.x, low.y), high, SIMD2(low.x, high.y)])
  }

  private static func polygon(_ points: [SIMD2<Double>]) -> Region {
    guard let ring = try? Contour(points) else { return .empty }
    return Region(polygons: [PlanarPolygon(outer: ring, holes: [])])
  }
}

extension Region {
  /// A region of polygons as a case on disk keeps them; nothing is checked or mended (`isSound`).
  public init(storedPolygons: [(outer: Contour, holes: [Contour])]) {
    self.init(polygons: storedPolygons.map { PlanarPolygon(outer: $0.outer, holes: $0.holes) })
  }

  /// Whether its rings neither cross nor overlap, and each hole lies in its polygon.
  ///
  /// - Throws: `GEOSError` if GEOS fails.
  public func isSound() throws(GEOSError) -> Bool {
    let rings = rings
    if ClearRings.areClear(rings) {
      let alone = polygons.map { Region(polygons: [$0]) }
      let boxes = alone.map(\.bounds)
      return polygons.indices.allSatisfy { index in
        let polygon = polygons[index]
        let corner = polygon.outer.points[0]
        // Within another polygon its area would count twice; an island lies in a hole.
        return polygon.holes.allSatisfy { polygon.outer.encloses($0.points[0]) }
          && !polygons.indices.contains { other in
            guard other != index, let box = boxes[other], all(box.low .<= corner), all(corner .<= box.high)
            else {
              return false
            }
            return alone[other].contains(corner)
          }
      }
    }
    guard !ClearRings.areTangled(rings) else { return false }
    let context = try GEOSContext()
    let geometry = try geometry(context)
    switch GEOSisValid_r(context.handle, geometry.pointer) {
    case 1: return true
    case 0: return false
    default: throw context.error("GEOSisValid_r")
    }
  }
}
