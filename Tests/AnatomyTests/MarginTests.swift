import Anatomy
import Foundation
import Phantoms
import PlanarGeometry
import Quantities
import Testing

@Suite("Margins are Minkowski sums of the interpolated body")
struct MarginTests {
  @Test("spheres grow to r + m", arguments: MarginSpheres.radii)
  func spheres(radius: Double) throws {
    for m in MarginSpheres.margins {
      let found = try MarginSpheres.phases.compactMap {
        try MarginSpheres.outcome(radius: radius, axes: SIMD3(repeating: m), phase: $0)
      }
      let errors = found.map(\.volumeErrorPercent)
      let mean = errors.reduce(0, +) / Double(errors.count)
      let within =
        found.reduce(0.0) { $0 + $1.cornersWithinTenthMM * Double($1.corners) }
        / found.reduce(0.0) { $0 + Double($1.corners) }
      print(
        "SPHERE r \(radius) m \(m): mean \(mean) range \(errors.min()!)…\(errors.max()!) within \(within)")
    }
  }
}
