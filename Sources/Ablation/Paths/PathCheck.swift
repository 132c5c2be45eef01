// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Foundation
internal import Quantities
internal import Vocabulary

/// Holds a short list of paths against the contours themselves.
struct PathCheck: Sendable {
  let space: NeedleSpace
  let setting: PathSearch.Setting
  let placements: [PlacementAccuracy]

  /// Clearances beyond this are of no interest, in millimetres.
  private static let farthest = 25.0

  /// How near a path comes to what it must not touch, nearest first.
  ///
  /// - Parameters:
  ///   - end: where the path is cut off; its tip without it.
  ///   - name: one structure only.
  func clearances(
    _ path: NeedlePath, to end: SIMD3<Double>? = nil, only name: String? = nil
  ) -> [PathClearance] {
    let end = end ?? path.tip
    let found = Workers.gather(space.obstacles.count, into: { [PathClearance]() }) { index, found in
      let obstacle = space.obstacles[index]
      guard setting.limits[index] != nil, name == nil || obstacle.name == name else { return }
      var best: (distance: Length, place: SIMD3<Double>)?
      for solid in obstacle.solids {
        let near = solid.clearance(
          ofSegment: path.entry, end,
          below: best?.distance ?? .millimeters(Self.farthest + setting.request.radius))
        if near.distance < best?.distance ?? .millimeters(Self.farthest) { best = near }
      }
      guard let best else { return }
      let offset = best.place - path.entry
      found.append(
        PathClearance(
          structure: obstacle.name, role: obstacle.role,
          distance: max(.zero, best.distance - .millimeters(setting.request.radius)),
          depth: .millimeters((offset * offset).sum().squareRoot())))
    }
    return found.joined().sorted { ($0.distance, $0.structure) < ($1.distance, $1.structure) }
  }

  /// Where the path comes to the lesion's margin, from outside.
  private func outerEnd(_ path: NeedlePath) -> SIMD3<Double> {
    var s = 0.0
    while s < path.depth.millimeters {
      let point = path.entry + path.direction * s
      if setting.request.isAtTarget(point) { return point }
      s += 0.5
    }
    return path.tip
  }

  /// Whether a path keeps hard limits on the contours; those of nearness only outside the zone.
  func isKept(_ path: NeedlePath, _ clearances: [PathClearance], nearAllowed: Bool) -> Bool {
    let end = outerEnd(path)
    for clearance in clearances {
      guard
        let limit = setting.limits.compactMap(\.self).first(where: { $0.role == clearance.role })
      else { continue }
      if limit.forbidsCrossing, clearance.distance == .zero { return false }
      // Half a millimetre is what fields and contours differ by.
      guard !nearAllowed, clearance.distance < limit.distance - .millimeters(0.5) else { continue }
      if self.clearances(path, to: end, only: clearance.structure).contains(where: {
        $0.distance < limit.distance - .millimeters(0.5)
      }) {
        return false
      }
    }
    return true
  }

  /// What a path goes through, by length, the largest first.
  func crossings(_ path: NeedlePath) -> [PathCrossing] {
    let step = 0.5
    let count = max(1, Int(path.depth.millimeters / step))
    var lengths = [Double](repeating: 0, count: space.obstacles.count)
    for index in 0..<count {
      let point = path.entry + path.direction * ((Double(index) + 0.5) * step)
      var bits = space.nearby(point)
      while bits != 0 {
        let which = bits.trailingZeroBitCount
        bits &= bits - 1
        if space.obstacles[which].value(point) < 0 { lengths[which] += step }
      }
    }
    return space.obstacles.indices.filter { lengths[$0] > 0 && space.obstacles[$0].role != .other }.map {
      index in
      PathCrossing(
        structure: space.obstacles[index].name, role: space.obstacles[index].role,
        length: .millimeters(lengths[index]))
    }.sorted { ($1.length, $0.structure) < ($0.length, $1.structure) }
  }

  /// A path with everything that is told of it.
  func applicator(
    _ path: NeedlePath, _ clearances: [PathClearance], pullBacks: [Double]
  ) -> PlannedApplicator {
    PlannedApplicator(
      path: path,
      length: setting.request.lengths.first { $0 >= path.depth.millimeters }.map(Length.millimeters),
      pullBacks: pullBacks.map(Length.millimeters), crosses: crossings(path), clearances: clearances,
      probabilityClear: placements.map {
        PlacementChance(
          accuracy: $0,
          probability: PlacementError.clear(path, sigma: $0.sigma.millimeters, through: space, setting))
      })
  }
}
