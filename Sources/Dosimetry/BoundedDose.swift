// SPDX-License-Identifier: Apache-2.0
internal import Quantities

/// A course's dose at any point: known on its grid, bounded beyond it.
///
/// Beyond the grid dose is at least none and at most the greatest dose on the face that is passed on the way there: a
/// course to the thigh, whose grid's upper face saw a tenth of a gray, leaves no lung lesion in doubt. Where a node has
/// no value the bound is the greatest dose of the grid.
public struct BoundedDose: Sendable {
  /// The dose on the grid.
  public let grid: DoseGrid
  /// The greatest dose on each face, low then high along x, y and z; that of the grid where a node is unknown.
  public let faces: [Double]
  private let greatest: Double
  private let low: SIMD3<Double>
  private let high: SIMD3<Double>

  /// The bounds of a grid; the faces are looked through once.
  public init(_ grid: DoseGrid) {
    self.grid = grid
    (low, high) = grid.bounds
    let greatest = grid.maximum?.dose.gray ?? 0
    self.greatest = greatest
    let (columns, rows, planes) = (grid.columns, grid.rows, grid.planes.count)
    func face(_ a: Range<Int>, _ b: Range<Int>, _ index: (Int, Int) -> Int) -> Double {
      var most = 0.0
      for i in a {
        for j in b {
          let dose = Double(grid.gray[index(i, j)])
          if dose.isNaN { return greatest }
          most = max(most, dose)
        }
      }
      return most
    }
    func at(_ i: Int, _ j: Int, _ k: Int) -> Int { (k * rows + j) * columns + i }
    faces = [
      face(0..<rows, 0..<planes) { at(0, $0, $1) }, face(0..<rows, 0..<planes) { at(columns - 1, $0, $1) },
      face(0..<columns, 0..<planes) { at($0, 0, $1) }, face(0..<columns, 0..<planes) { at($0, rows - 1, $1) },
      face(0..<columns, 0..<rows) { at($0, $1, 0) }, face(0..<columns, 0..<rows) { at($0, $1, planes - 1) },
    ]
  }

  /// The least and greatest the dose may be at a point, in gray; alike where it is known.
  public func bounds(at point: SIMD3<Double>) -> (low: Double, high: Double) {
    if let known = grid.dose(at: point)?.gray { return (known, known) }
    return (0, most(at: point))
  }

  /// The same along a row of places, each by its number.
  @inline(__always)
  func bounds(
    from place: (Int) -> SIMD3<Double>, count: Int, _ body: (Int, Double, Double) -> Void
  ) {
    guard count > 0 else { return }
    let start = place(0)
    let row = grid.row(y: start.y, z: start.z)
    grid.gray.withUnsafeBufferPointer { gray in
      for number in 0..<count {
        let point = place(number)
        let known = row?.dose(atX: point.x, gray) ?? .nan
        if known.isNaN {
          body(number, 0, most(at: point))
        } else {
          body(number, known, known)
        }
      }
    }
  }

  /// The greatest the dose may be at a place where it is not known.
  private func most(at point: SIMD3<Double>) -> Double {
    var most = 0.0
    var isOutside = false
    for axis in 0..<3 {
      if point[axis] < low[axis] {
        most = max(most, faces[2 * axis])
        isOutside = true
      }
      if point[axis] > high[axis] {
        most = max(most, faces[2 * axis + 1])
        isOutside = true
      }
    }
    return isOutside ? most : greatest
  }
}
