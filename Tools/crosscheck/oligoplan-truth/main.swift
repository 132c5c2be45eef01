import Foundation
import Phantoms

var all = 0.0
var good = 0.0
for radius in MarginSpheres.radii {
  for m in MarginSpheres.margins {
    let found = try MarginSpheres.phases.compactMap {
      try MarginSpheres.outcome(radius: radius, axes: SIMD3(repeating: m), phase: $0)
    }
    let errors = found.map(\.volumeErrorPercent)
    let mean = errors.reduce(0, +) / Double(errors.count)
    let within =
      found.reduce(0.0) { $0 + $1.cornersWithinTenthMM * Double($1.corners) }
      / found.reduce(0.0) { $0 + Double($1.corners) }
    all += found.reduce(0.0) { $0 + Double($1.corners) }
    good += within * found.reduce(0.0) { $0 + Double($1.corners) }
    print("SPHERE r \(radius) m \(m): mean \(mean) range \(errors.min()!)…\(errors.max()!) within \(within)")
  }
}
print("pooled", good / all)
