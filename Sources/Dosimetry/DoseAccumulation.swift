// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
public import Anatomy
internal import PlanarGeometry
public import Quantities

/// A biological dose over one organ as bounds.
public struct AccumulatedBounds: Sendable {
  /// At least this.
  public let low: DoseGrid
  /// As measured and expected; what lies outside a measured grid counts nothing here.
  public let nominal: DoseGrid
  /// At most this.
  public let high: DoseGrid

  /// The three in this order.
  public var grids: [DoseGrid] { [low, nominal, high] }
}

/// The biological sum of courses over one organ, as equivalent dose in 2 Gy fractions with the organ's α/β.
///
/// Only nodes that the organ's own doses are read from have a value; all others are zero.
public struct AccumulatedDose: Sendable {
  /// The α/β all doses here were reckoned with.
  public let alphaBeta: AlphaBetaRatio
  /// The earlier courses.
  public let earlier: AccumulatedBounds
  /// The planned course.
  public let planned: AccumulatedBounds
  /// All together.
  public let sum: AccumulatedBounds
  /// The nominal sum where two courses or more each give the overlap's least dose, zero elsewhere.
  public let overlap: DoseGrid
  /// The same of the greatest sum.
  public let highOverlap: DoseGrid
  /// The nominal sum with the earlier dose at its worst within the registration's ellipsoid; `nil` when none was told.
  public let worst: DoseGrid?
  /// The same with only places inside the organ counted.
  public let worstInside: DoseGrid?
}

extension AccumulatedDose {
  /// Sums courses at the nodes of a grid of cubes around an organ.
  ///
  /// At each node the doses of one course and one fraction count are added in gray, turned into EQD2, and those of
  /// different courses or fraction counts added; a grid is read trilinearly before it is turned.
  ///
  /// - Parameters:
  ///   - contributions: the courses' parts.
  ///   - organ: the organ's body.
  ///   - alphaBeta: the organ's.
  ///   - spacing: the distance of nodes.
  ///   - overlapGray: the EQD2 from which a course counts as reaching a place.
  ///   - uncertainty: how far the earlier doses may be off their registered places.
  /// - Throws: `DoseGridDefect` for an organ that makes no grid.
  public init(
    _ contributions: [CourseContribution], over organ: Solid, alphaBeta: AlphaBetaRatio, spacing: Length,
    overlapGray: Double, uncertainty: RegistrationUncertainty? = nil
  ) throws(DoseGridDefect) {
    let lattice = try OrganLattice(organ, step: spacing.millimeters)
    let sum = NodeSum(
      contributions: contributions, alphaBeta: alphaBeta.gray, overlapGray: overlapGray,
      shifts: uncertainty?.shifts ?? [])
    let kinds = uncertainty == nil ? 11 : 13
    let (size, low, step) = (lattice.size, lattice.low, lattice.step)
    let planes = Workers.gather(size.z, into: { [(Int, [[Float]])]() }) { plane, found in
      var values = [[Float]](
        repeating: [Float](repeating: 0, count: size.x * size.y), count: kinds)
      for row in 0..<size.y {
        for column in 0..<size.x {
          let inPlane = row * size.x + column
          guard lattice.needed[plane * size.x * size.y + inPlane] else { continue }
          let point = low + SIMD3(Double(column), Double(row), Double(plane)) * step
          let here = sum(at: point)
          for axis in 0..<3 {
            values[axis][inPlane] = Float(here.earlier[axis])
            values[3 + axis][inPlane] = Float(here.planned[axis])
            values[6 + axis][inPlane] = Float(here.earlier[axis] + here.planned[axis])
          }
          values[9][inPlane] = Float(here.overlap)
          values[10][inPlane] = Float(here.highOverlap)
          guard kinds > 11 else { continue }
          let worst = sum.worst(at: point) { lattice.isInside($0) }
          values[11][inPlane] = Float(worst.anywhere)
          values[12][inPlane] = Float(worst.inside)
        }
      }
      found.append((plane, values))
    }.flatMap(\.self).sorted { $0.0 < $1.0 }
    func grid(_ kind: Int) throws(DoseGridDefect) -> DoseGrid {
      try DoseGrid(
        origin: SIMD2(low.x, low.y), spacing: SIMD2(step, step), columns: size.x, rows: size.y,
        planes: (0..<size.z).map { low.z + Double($0) * step }, gray: planes.flatMap { $0.1[kind] })
    }
    func bounds(_ first: Int) throws(DoseGridDefect) -> AccumulatedBounds {
      AccumulatedBounds(low: try grid(first), nominal: try grid(first + 1), high: try grid(first + 2))
    }
    self.alphaBeta = alphaBeta
    earlier = try bounds(0)
    planned = try bounds(3)
    self.sum = try bounds(6)
    overlap = try grid(9)
    highOverlap = try grid(10)
    worst = kinds > 11 ? try grid(11) : nil
    worstInside = kinds > 11 ? try grid(12) : nil
  }
}

/// The nodes around an organ that its doses are read from, and those inside it.
private struct OrganLattice: Sendable {
  let low: SIMD3<Double>
  let size: SIMD3<Int>
  let step: Double
  /// The corners of every cell that the organ covers in part.
  private(set) var needed: [Bool]
  private var inside: [Bool]

  init(_ organ: Solid, step: Double) throws(DoseGridDefect) {
    let bounds = organ.bounds
    guard step > 0, (bounds.high - bounds.low).max().isFinite else { throw .noExtent }
    let rim = SIMD3(repeating: 2 * step)
    low = bounds.low - rim
    self.step = step
    let extent: SIMD3<Double> = (bounds.high - low + rim) / step
    let count = extent.rounded(.up) + SIMD3(repeating: 1)
    guard count.x * count.y * count.z <= Double(DoseGrid.mostNodes) else { throw .tooLarge }
    size = SIMD3(Int(count.x), Int(count.y), Int(count.z))
    needed = [Bool](repeating: false, count: size.x * size.y * size.z)
    inside = needed
    guard let cells = PlanarLattice(origin: SIMD2(low.x, low.y), spacing: SIMD2(step, step)) else {
      throw .noExtent
    }
    var coverage = CellCoverage()
    for slab in organ.slabs {
      coverage.fill(with: slab.region, on: cells)
      let first = max(0, Int(((slab.lower - low.z) / step).rounded(.down)))
      let last = min(size.z - 1, Int(((slab.upper - low.z) / step).rounded(.up)))
      guard first <= last else { continue }
      for plane in first...last {
        for cell in coverage.edgeCells { mark(cell.column..<(cell.column + 1), cell.row, plane) }
        for run in coverage.fullRuns { mark(run.columns, run.row, plane) }
      }
      markInside(slab)
    }
  }

  private mutating func mark(_ columns: Range<Int>, _ row: Int, _ plane: Int) {
    for j in row...(row + 1) where j >= 0 && j < size.y {
      let line = (plane * size.y + j) * size.x
      for i in max(0, columns.lowerBound)...min(size.x - 1, columns.upperBound) { needed[line + i] = true }
    }
  }

  private mutating func markInside(_ slab: Slab) {
    let first = max(0, Int(((slab.lower - low.z) / step).rounded(.up)))
    let last = min(size.z - 1, Int(((slab.upper - low.z) / step).rounded(.down)))
    guard first <= last else { return }
    let lines = slab.region.crossings(ofRows: 0...(size.y - 1), origin: low.y, spacing: step)
    for (row, line) in lines.enumerated() {
      for pair in stride(from: 0, to: line.count - 1, by: 2) {
        let from = max(0, Int(((line[pair] - low.x) / step).rounded(.up)))
        let to = min(size.x - 1, Int(((line[pair + 1] - low.x) / step).rounded(.down)))
        guard from <= to else { continue }
        for plane in first...last {
          for column in from...to { inside[(plane * size.y + row) * size.x + column] = true }
        }
      }
    }
  }

  /// Whether the node nearest to a point lies inside the organ.
  func isInside(_ point: SIMD3<Double>) -> Bool {
    let nearest: SIMD3<Double> = (point - low) / step
    let place = nearest.rounded(.toNearestOrEven)
    let (i, j, k) = (Int(place.x), Int(place.y), Int(place.z))
    guard i >= 0, j >= 0, k >= 0, i < size.x, j < size.y, k < size.z else { return false }
    return inside[(k * size.y + j) * size.x + i]
  }
}

/// The sum at one place.
private struct NodeSum: Sendable {
  /// Contributions of one course and one fraction count: physical doses that add.
  private struct Group: Sendable {
    var parts: [CourseContribution]
    let fractions: Double
    let course: String
    /// One bit a course, for counting those that reach a place.
    let bit: UInt64
    let isEarlier: Bool
    /// Parts of one course lie equally long ago.
    let keeping: Double
  }

  private let groups: [Group]
  private let alphaBeta: Double
  private let overlapGray: Double
  private let shifts: [SIMD3<Double>]

  init(
    contributions: [CourseContribution], alphaBeta: Double, overlapGray: Double, shifts: [SIMD3<Double>]
  ) {
    /// An earlier course and a planned one are two, whatever they are called.
    struct Course: Equatable {
      let name: String
      let isEarlier: Bool
    }
    var groups: [Group] = []
    var courses: [Course] = []
    for part in contributions {
      let course = Course(name: part.course, isEarlier: part.isEarlier)
      if !courses.contains(course) { courses.append(course) }
      if let index = groups.firstIndex(where: {
        $0.course == part.course && $0.fractions == Double(part.fractions) && $0.isEarlier == part.isEarlier
      }) {
        groups[index].parts.append(part)
      } else {
        groups.append(
          Group(
            parts: [part], fractions: Double(part.fractions), course: part.course,
            bit: UInt64(1) << UInt64(min(63, courses.firstIndex(of: course) ?? 63)),
            isEarlier: part.isEarlier, keeping: part.keeping))
      }
    }
    self.groups = groups
    self.alphaBeta = alphaBeta
    self.overlapGray = overlapGray
    self.shifts = shifts
  }

  struct Sum {
    /// At least, nominal, at most.
    var earlier = SIMD3<Double>.zero
    var planned = SIMD3<Double>.zero
    var overlap = 0.0
    var highOverlap = 0.0
  }

  private func eqd2(_ dose: SIMD3<Double>, _ group: Group) -> SIMD3<Double> {
    let ratio = SIMD3(repeating: alphaBeta)
    return dose * (dose / group.fractions + ratio) * (group.keeping / (2 + alphaBeta))
  }

  func callAsFunction(at point: SIMD3<Double>) -> Sum {
    var sum = Sum()
    var reached: UInt64 = 0
    var mayReach: UInt64 = 0
    for group in groups {
      var dose = SIMD3<Double>.zero
      for part in group.parts { dose += part.dose(at: point) }
      let effect = eqd2(dose, group)
      if group.isEarlier { sum.earlier += effect } else { sum.planned += effect }
      if effect.y >= overlapGray { reached |= group.bit }
      if effect.z >= overlapGray { mayReach |= group.bit }
    }
    if reached.nonzeroBitCount > 1 { sum.overlap = sum.earlier.y + sum.planned.y }
    if mayReach.nonzeroBitCount > 1 { sum.highOverlap = sum.earlier.z + sum.planned.z }
    return sum
  }

  /// The nominal sum with the earlier courses' doses at their worst within reach; each course for itself.
  func worst(
    at point: SIMD3<Double>, isInside: (SIMD3<Double>) -> Bool
  ) -> (anywhere: Double, inside: Double) {
    var (anywhere, inside) = (0.0, 0.0)
    for group in groups {
      func dose(_ place: SIMD3<Double>) -> Double {
        group.parts.reduce(0) { $0 + $1.nominal.bounds(at: place).low }
      }
      let here = dose(point)
      var (most, mostInside) = (here, here)
      if group.isEarlier {
        for shift in shifts {
          let moved = dose(point + shift)
          if moved > most { most = moved }
          if moved > mostInside, isInside(point + shift) { mostInside = moved }
        }
      }
      anywhere += eqd2(SIMD3(repeating: most), group).x
      inside += eqd2(SIMD3(repeating: mostInside), group).x
    }
    return (anywhere, inside)
  }
}
