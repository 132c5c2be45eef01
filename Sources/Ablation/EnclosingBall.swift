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
    // The middle is origin + Σ λ edge with 2 edge·(middle − origin) = edge².
    let n = edges.count
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: n + 1), count: n)
    for i in 0..<n {
      for j in 0..<n { matrix[i][j] = 2 * (edges[i] * edges[j]).sum() }
      matrix[i][n] = (edges[i] * edges[i]).sum()
    }
    for column in 0..<n {
      let pivot = (column..<n).max { abs(matrix[$0][column]) < abs(matrix[$1][column]) } ?? column
      guard abs(matrix[pivot][column]) > 1e-14 else {
        // Points on a line or plane: the last adds nothing.
        return through(Array(points.dropLast()))
      }
      matrix.swapAt(column, pivot)
      for row in 0..<n where row != column {
        let share = matrix[row][column] / matrix[column][column]
        for k in column...n { matrix[row][k] -= share * matrix[column][k] }
      }
    }
    var offset = SIMD3<Double>.zero
    for i in 0..<n { offset += edges[i] * (matrix[i][n] / matrix[i][i]) }
    return EnclosingBall(centre: origin + offset, squaredRadius: (offset * offset).sum())
  }
}
