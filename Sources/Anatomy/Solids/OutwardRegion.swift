// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry

extension Region {
  /// How many directions are looked at: half a degree apart, 1.5 mm at the chest wall.
  private static let directions = 720
  /// Beyond every body, in millimetres.
  private static let farMM = 1000.0

  /// What lies behind a region as seen from a point: in each direction that meets it, all beyond where its outline is
  /// first or last crossed.
  ///
  /// Seen from the middle of the thorax the chest wall lies behind the lung; what has no lung between itself and the middle
  /// lies beneath the diaphragm or beside the mediastinum.
  ///
  /// - Parameters:
  ///   - centre: where from.
  ///   - isLast: whether the last crossing counts.
  /// - Throws: `GEOSError`.
  func outward(from centre: SIMD2<Double>, beyondLast isLast: Bool) throws(GEOSError) -> Region {
    let count = Self.directions
    var crossings = [Double?](repeating: nil, count: count)
    for polygon in polygons {
      let points = polygon.outer.points.map { $0 - centre }
      for (a, b) in zip(points, points.dropFirst() + points.prefix(1)) {
        let start = atan2(a.y, a.x)
        var turn = atan2(b.y, b.x) - start
        if turn > .pi { turn -= 2 * .pi }
        if turn < -.pi { turn += 2 * .pi }
        let (low, high) = turn >= 0 ? (start, start + turn) : (start + turn, start)
        let scale = Double(count) / (2 * .pi)
        let first = Int((low * scale).rounded(.up))
        let last = Int((high * scale).rounded(.down))
        guard first <= last else { continue }
        let side = b - a
        for step in first...last {
          let angle = Double(step) / scale
          let direction = SIMD2(cos(angle), sin(angle))
          let across = direction.x * side.y - direction.y * side.x
          guard abs(across) > 1e-9 else { continue }
          let distance = (a.x * side.y - a.y * side.x) / across
          guard distance >= 0 else { continue }
          let place = ((step % count) + count) % count
          let known = crossings[place]
          crossings[place] = known.map { isLast ? max($0, distance) : min($0, distance) } ?? distance
        }
      }
    }
    return try Self.behind(crossings, from: centre)
  }

  private static func behind(
    _ crossings: [Double?], from centre: SIMD2<Double>
  ) throws(GEOSError) -> Region {
    func point(_ step: Int, _ distance: Double) -> SIMD2<Double> {
      let angle = 2 * Double.pi * Double(step) / Double(directions)
      return centre + SIMD2(cos(angle), sin(angle)) * distance
    }
    func region(_ points: [SIMD2<Double>]) throws(GEOSError) -> Region {
      guard let ring = try? Contour(points) else { return .empty }
      return try evenOdd([ring]).region
    }
    guard let open = crossings.firstIndex(where: { $0 == nil }) else {
      let inner = try region(crossings.enumerated().map { point($0, max($1 ?? 0, 0.01)) })
      return try Region.rectangle(low: centre - farMM, high: centre + farMM).subtracting(inner)
    }
    // From a direction without a crossing on, every run of directions ends within the round.
    var result = Region.empty
    var run: [(step: Int, distance: Double)] = []
    for offset in 1...directions {
      let step = open + offset
      if let distance = crossings[step % directions] {
        run.append((step, distance))
        continue
      }
      if run.count > 1 {
        let near = run.map { point($0.step, $0.distance) }
        let far = run.reversed().map { point($0.step, farMM) }
        result = try result.union(try region(near + far))
      }
      run = []
    }
    return result
  }
}
