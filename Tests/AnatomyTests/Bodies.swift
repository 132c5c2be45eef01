// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import PlanarGeometry
import Quantities

func sine(_ x: Double) -> Double { sin(x) }
func cosine(_ x: Double) -> Double { cos(x) }

/// Bodies with closed forms.
enum Bodies {
  /// A box exactly, whatever the planes: end planes half a spacing inside, caps `half`.
  static func box(low: SIMD3<Double>, high: SIMD3<Double>, planes: Int = 10) throws -> Solid {
    let spacing = (high.z - low.z) / Double(planes)
    let region = Region.rectangle(low: SIMD2(low.x, low.y), high: SIMD2(high.x, high.y))
    return try Solid(
      planes: (0..<planes).map { (low.z + (Double($0) + 0.5) * spacing, region) }, endCap: .half)
  }

  /// A ball sampled as a clinician's software would: the true circle on each plane.
  static func sampledBall(
    centre: SIMD3<Double>, radius: Double, spacing: Double, phase: Double = 0.5, endCap: EndCap = .half
  ) throws -> Solid {
    var planes: [(z: Double, region: Region)] = []
    var z = centre.z - radius + phase * spacing
    while z < centre.z + radius {
      let r = (radius * radius - (z - centre.z) * (z - centre.z)).squareRoot()
      planes.append(
        (z, Region.ellipse(centre: SIMD2(centre.x, centre.y), semiAxes: SIMD2(r, r), corners: 256)))
      z += spacing
    }
    return try Solid(planes: planes, endCap: endCap)
  }

  /// A cylinder along z with flat ends.
  static func cylinder(
    centre: SIMD2<Double>, radius: Double, from: Double, to: Double, planes: Int
  ) throws -> Solid {
    let spacing = (to - from) / Double(planes)
    let disc = Region.ellipse(centre: centre, semiAxes: SIMD2(radius, radius), corners: 256)
    return try Solid(planes: (0..<planes).map { (from + (Double($0) + 0.5) * spacing, disc) }, endCap: .half)
  }

  /// The body turned by an angle about z and moved.
  static func moved(_ solid: Solid, angle: Double, by shift: SIMD3<Double>) throws -> Solid {
    func place(_ p: SIMD2<Double>) -> SIMD2<Double> {
      SIMD2(
        p.x * cos(angle) - p.y * sin(angle) + shift.x, p.x * sin(angle) + p.y * cos(angle) + shift.y)
    }
    let slabs = try solid.slabs.map { slab in
      let polygons = try slab.region.polygons.map { polygon in
        (
          outer: try Contour(polygon.outer.points.map(place)),
          holes: try polygon.holes.map { try Contour($0.points.map(place)) }
        )
      }
      return Slab(
        z: slab.z + shift.z, lower: slab.lower + shift.z, upper: slab.upper + shift.z,
        region: Region(storedPolygons: polygons))
    }
    guard
      let result = Solid(
        slabs: slabs, endCap: solid.endCap, nominalSpacing: solid.nominalSpacing, gaps: solid.gaps)
    else { throw SolidDefect.empty }
    return result
  }
}
