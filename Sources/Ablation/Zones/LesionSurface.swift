// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Quantities

/// Points of a lesion's surface with their outward normals, from the body interpolated between its contours.
struct LesionSurface: Sendable {
  /// Points, LPS in millimetres.
  let points: [SIMD3<Double>]
  /// Outward normals of length one.
  let normals: [SIMD3<Double>]
  /// The signed distance to the lesion around it.
  let field: DistanceField
  /// The distance of neighbouring samples.
  let step: Double
  /// The points that lie outermost in some direction, as indices: most of what a ball around all must hold.
  let outermost: [Int]
  /// Places inside the lesion with their signed distance to its surface, about one a square of three steps.
  let inner: [(place: SIMD3<Double>, depth: Double)]

  /// The surface of a lesion; `nil` when it is too large for memory.
  ///
  /// Nodes of a fine grid within half a step of the surface are moved onto it along the distance's gradient.
  init?(_ lesion: Solid, reach: Length) {
    let bounds = lesion.bounds
    let size = (bounds.high - bounds.low).max()
    // Fine enough for 3 mm nodules, coarse enough for tumours of 20 cm.
    let step = min(3, max(0.4, size / 28))
    guard
      let field = DistanceField(of: lesion, as: .interpolated, reach: reach, spacing: .millimeters(step))
    else { return nil }
    var points: [SIMD3<Double>] = []
    var normals: [SIMD3<Double>] = []
    var inner: [(place: SIMD3<Double>, depth: Double)] = []
    let first = field.origin
    let columns = Int((bounds.high.x + 3 * step - first.x) / step) + 1
    let rows = Int((bounds.high.y + 3 * step - first.y) / step) + 1
    let half = step * 0.5
    func value(_ p: SIMD3<Double>) -> Double { field.distance(at: p)?.millimeters ?? reach.millimeters }
    for (k, z) in field.levels.enumerated()
    where z >= bounds.low.z - 3 * step && z <= bounds.high.z + 3 * step {
      for j in 0..<rows {
        for i in 0..<columns {
          let node = SIMD3(first.x + Double(i) * step, first.y + Double(j) * step, z)
          guard node.x >= bounds.low.x - step, node.y >= bounds.low.y - step else { continue }
          let here = value(node)
          if here < 0, (i + j + k).isMultiple(of: 3), i.isMultiple(of: 2) { inner.append((node, here)) }
          guard abs(here) <= half else { continue }
          var normal = Self.gradient(at: node, half, value)
          let length = (normal * normal).sum().squareRoot()
          guard length > 0.2 else { continue }
          normal /= length
          var point = node
          for _ in 0..<3 { point -= normal * value(point) }
          points.append(point)
          normals.append(normal)
        }
      }
    }
    guard !points.isEmpty else { return nil }
    self.points = points
    self.normals = normals
    self.field = field
    self.step = step
    self.inner = inner
    var outer: Set<Int> = []
    for direction in Directions.even(300) {
      var best = (value: -Double.infinity, index: 0)
      for (index, point) in points.enumerated() {
        let value = (point * direction).sum()
        if value > best.value { best = (value, index) }
      }
      outer.insert(best.index)
    }
    outermost = outer.sorted()
  }

  static func gradient(
    at p: SIMD3<Double>, _ h: Double, _ value: (SIMD3<Double>) -> Double
  ) -> SIMD3<Double> {
    SIMD3(
      value(p + SIMD3(h, 0, 0)) - value(p - SIMD3(h, 0, 0)),
      value(p + SIMD3(0, h, 0)) - value(p - SIMD3(0, h, 0)),
      value(p + SIMD3(0, 0, h)) - value(p - SIMD3(0, 0, h))) / (2 * h)
  }

  /// The surface moved outward: where a zone must reach for this margin.
  func offset(by margin: Double) -> [SIMD3<Double>] {
    zip(points, normals).map { $0 + $1 * margin }
  }
}
