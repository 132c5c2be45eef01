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
  /// Lobes that share more than a hundredth of the smaller one are named, and their share of function is not calculated.
  static func withoutOverlaps(_ lobes: [LobeBody]) -> ([LobeBody], [Reason]) {
    var spoilt: Set<Lobe> = []
    var remarks: [Reason] = []
    for (index, a) in lobes.enumerated() {
      for b in lobes[(index + 1)...] where mayTouch(a.prepared.solid, b.prepared.solid) {
        let shared = scannedOverlap(a.prepared.solid, b.prepared.solid)
        guard shared > .cubicMillimeters(0.01 * min(a.volume, b.volume).cubicMillimeters) else { continue }
        spoilt.formUnion([a.lobe, b.lobe])
        remarks.append(
          Reason(
            .resection(.overlap), figures: [.init(shared.cubicCentimeters, unit: "cc")],
            names: [a.name, b.name]))
      }
    }
    return (lobes.filter { !spoilt.contains($0.lobe) }, remarks)
  }

  /// What two bodies share, along lines 2 mm apart: enough to tell a hundredth of a lobe.
  private static func scannedOverlap(_ a: Solid, _ b: Solid) -> Volume {
    let spacing = 2.0
    var sum = 0.0
    for x in a.slabs {
      guard let box = x.region.bounds else { continue }
      let rows = 0...max(0, Int((box.high.y - box.low.y) / spacing))
      let mine = x.region.crossings(ofRows: rows, origin: box.low.y + spacing / 2, spacing: spacing)
      for y in b.slabs {
        let height = min(x.upper, y.upper) - max(x.lower, y.lower)
        guard height > 0 else { continue }
        let theirs = y.region.crossings(ofRows: rows, origin: box.low.y + spacing / 2, spacing: spacing)
        for (line, other) in zip(mine, theirs) {
          for i in stride(from: 0, to: line.count - 1, by: 2) {
            for j in stride(from: 0, to: other.count - 1, by: 2) {
              sum += max(0, min(line[i + 1], other[j + 1]) - max(line[i], other[j])) * spacing * height
            }
          }
        }
      }
    }
    return .cubicMillimeters(sum)
  }

  /// Whether the boxes around two bodies touch.
  static func mayTouch(_ a: Solid, _ b: Solid, within gap: Double = 0) -> Bool {
    let (x, y) = (a.bounds, b.bounds)
    return all(x.low .<= y.high + gap) && all(y.low .<= x.high + gap)
  }
}
