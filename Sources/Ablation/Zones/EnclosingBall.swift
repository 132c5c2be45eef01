// SPDX-License-Identifier: Apache-2.0
/// The least ball around points, exact up to rounding.
struct EnclosingBall: Sendable {
  var centre: SIMD3<Double>
  var squaredRadius: Double

  var radius: Double { max(0, squaredRadius).squareRoot() }

  /// The least ball around the points; empty input gives a ball of no size at the origin.
  ///
  /// Welzl's recursion on a short list that the farthest point outside is moved into, until none is outside.
  init(_ points: [SIMD3<Double>]) {
    guard let first = points.first else {
      (centre, squaredRadius) = (.zero, 0)
      return
    }
    var list = [first]
    var ball = EnclosingBall(centre: first, squaredRadius: 0)
    for _ in 0..<200 {
      var farthest = ball.squaredRadius
      var found = -1
      for (index, point) in points.enumerated() {
        let offset = point - ball.centre
        let squared = (offset * offset).sum()
        if squared > farthest {
          farthest = squared
          found = index
        }
      }
      guard found >= 0, farthest > ball.squaredRadius * (1 + 1e-10) + 1e-12 else { break }
      list.insert(points[found], at: 0)
      var boundary: [SIMD3<Double>] = []
      ball = Self.least(&list, list.count, &boundary)
      // Only what lies on the ball need be kept, and a few more.
      if list.count > 24 { list.removeLast(list.count - 24) }
    }
    self = ball
  }

  private init(centre: SIMD3<Double>, squaredRadius: Double) {
    self.centre = centre
    self.squaredRadius = squaredRadius
  }

  private func holds(_ point: SIMD3<Double>) -> Bool {
    let offset = point - centre
    return (offset * offset).sum() <= squaredRadius * (1 + 1e-10) + 1e-12
  }

  private static func least(
    _ list: inout [SIMD3<Double>], _ count: Int, _ boundary: inout [SIMD3<Double>]
  ) -> EnclosingBall {
    var ball = through(boundary)
    guard boundary.count < 4 else { return ball }
    var index = 0
    while index < count {
      let point = list[index]
      if !ball.holds(point) {
        boundary.append(point)
        ball = least(&list, index, &boundary)
        boundary.removeLast()
        // Moved to the front: it is likely to matter again.
        list.remove(at: index)
        list.insert(point, at: 0)
      }
      index += 1
    }
    return ball
  }

  /// The least ball with these points on its surface, at most four.
  private static func through(_ points: [SIMD3<Double>]) -> EnclosingBall {
    guard let origin = points.first else { return EnclosingBall(centre: .zero, squaredRadius: -1) }
    let edges = points.dropFirst().map { $0 - origin }
    guard !edges.isEmpty else { return EnclosingBall(centre: origin, squaredRadius: 0) }
    // The middle lies in the plane or line of the points, equally far from all: its offset o has 2 o·edge = edge².
    let first = edges[edges.startIndex]
    let a = (first * first).sum()
    guard a > 1e-14 else { return through(Array(points.dropLast())) }
    guard edges.count > 1 else { return EnclosingBall(centre: origin, offset: first / 2) }
    let second = edges[edges.startIndex + 1]
    let b = (second * second).sum()
    let normal = cross(first, second)
    let area = (normal * normal).sum()
    // Points on a line or plane: the last adds nothing.
    guard area > 1e-14 * a * b else { return through(Array(points.dropLast())) }
    guard edges.count > 2 else {
      return EnclosingBall(
        centre: origin, offset: (cross(second, normal) * a + cross(normal, first) * b) / (2 * area))
    }
    let third = edges[edges.startIndex + 2]
    let c = (third * third).sum()
    let volume = (normal * third).sum()
    guard volume * volume > 1e-20 * area * c else { return through(Array(points.dropLast())) }
    return EnclosingBall(
      centre: origin,
      offset: (cross(second, third) * a + cross(third, first) * b + normal * c) / (2 * volume))
  }

  /// A ball whose surface goes through a point that its middle is so far from.
  private init(centre origin: SIMD3<Double>, offset: SIMD3<Double>) {
    self.init(centre: origin + offset, squaredRadius: (offset * offset).sum())
  }

  private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }
}
