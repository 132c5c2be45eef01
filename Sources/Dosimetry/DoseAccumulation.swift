public import Anatomy
internal import PlanarGeometry
public import Quantities

/// What one course, or one of its groups of equal fraction count, gave or will give.
public struct CourseContribution: Sendable {
  /// The course's name; contributions of one course with one fraction count add as physical dose.
  public let course: String
  /// The number of fractions.
  public let fractions: Int
  /// At least this; where it is not known, nothing.
  public let low: BoundedDose
  /// As measured or expected.
  public let nominal: BoundedDose
  /// At most this.
  public let high: BoundedDose
  /// Whether it is an earlier course's dose, whose place is only as sure as the registration.
  public let isEarlier: Bool
  /// The share of its effect that has not recovered; 1 unless an assumption of recovery was asked for.
  public var keeping = 1.0

  /// A measured dose, its grid known where it is and bounded beyond.
  public init(measured grid: DoseGrid, course: String, fractions: Int) {
    let bounded = BoundedDose(grid)
    self.init(
      course: course, fractions: fractions, low: bounded, nominal: bounded, high: bounded, isEarlier: true)
  }

  /// A dose with its bounds, as estimates have.
  public init(
    course: String, fractions: Int, low: BoundedDose, nominal: BoundedDose, high: BoundedDose, isEarlier: Bool
  ) {
    self.course = course
    self.fractions = fractions
    self.low = low
    self.nominal = nominal
    self.high = high
    self.isEarlier = isEarlier
  }
}

/// The half axes of the ellipsoid within which an earlier dose may lie beside its registered place.
public struct RegistrationUncertainty: Sendable, Hashable {
  /// Along x, y and z, in millimetres; zero or more.
  public let halfAxes: SIMD3<Double>

  /// An ellipsoid; `nil` for negative, non-finite or implausible (over 50 mm) half axes.
  public init?(x: Length, y: Length, z: Length) {
    let axes = SIMD3(x.millimeters, y.millimeters, z.millimeters)
    guard all(axes .>= 0), all(axes .<= 50) else { return nil }
    halfAxes = axes
  }

  /// Places within the ellipsoid as shifts: its centre and three shells of 26 directions.
  var shifts: [SIMD3<Double>] {
    guard halfAxes.max() > 0 else { return [.zero] }
    var shifts = [SIMD3<Double>.zero]
    for x in [-1.0, 0, 1] {
      for y in [-1.0, 0, 1] {
        for z in [-1.0, 0, 1] where x != 0 || y != 0 || z != 0 {
          let direction = SIMD3(x, y, z) / (x * x + y * y + z * z).squareRoot()
          for radius in [1.0 / 3, 2.0 / 3, 1] { shifts.append(direction * halfAxes * radius) }
        }
      }
    }
    return shifts
  }
}

/// The biological sum of courses over one organ, as equivalent dose in 2 Gy fractions with the organ's α/β.
public struct AccumulatedDose: Sendable {
  /// The α/β all doses here were reckoned with.
  public let alphaBeta: AlphaBetaRatio
  /// What the sum is at least.
  public let low: DoseGrid
  /// The sum as measured and expected; what lies outside a measured grid counts nothing here.
  public let nominal: DoseGrid
  /// What the sum is at most.
  public let high: DoseGrid
  /// The nominal sum where two courses or more each give the overlap's least dose, zero elsewhere.
  public let overlap: DoseGrid
  /// The same of the greatest sum.
  public let highOverlap: DoseGrid
  /// With the earlier dose at its worst within the registration's ellipsoid; `nil` when none was told.
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
  ///   - contributions: at least one.
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
    let step = spacing.millimeters
    let bounds = organ.bounds
    let rim = SIMD3(repeating: 2 * step)
    let low = bounds.low - rim
    let extent: SIMD3<Double> = (bounds.high - low + rim) / step
    let count = extent.rounded(.up) + SIMD3(repeating: 1)
    guard step > 0, count.x * count.y * count.z <= Double(DoseGrid.mostNodes) else { throw .tooLarge }
    let size = SIMD3(Int(count.x), Int(count.y), Int(count.z))
    let sum = NodeSum(
      contributions: contributions, alphaBeta: alphaBeta.gray, overlapGray: overlapGray,
      shifts: uncertainty?.shifts ?? [])
    let inside = uncertainty == nil ? [] : Self.nodes(in: organ, low, size, step)
    let planes = Workers.gather(size.z, into: { [(Int, [[Float]])]() }) { plane, found in
      var values = [[Float]](repeating: [], count: 7)
      for row in 0..<size.y {
        for column in 0..<size.x {
          let point = low + SIMD3(Double(column), Double(row), Double(plane)) * step
          let here = sum(at: point)
          for (kind, value) in [here.low, here.nominal, here.high, here.overlap, here.highOverlap].enumerated()
          {
            values[kind].append(Float(value))
          }
          guard !inside.isEmpty else { continue }
          let worst = sum.worst(at: point) { (shifted: SIMD3<Double>) -> Bool in
            let nearest: SIMD3<Double> = (shifted - low) / step
            let place = nearest.rounded(.toNearestOrEven)
            let (i, j, k) = (Int(place.x), Int(place.y), Int(place.z))
            guard i >= 0, j >= 0, k >= 0, i < size.x, j < size.y, k < size.z else { return false }
            return inside[(k * size.y + j) * size.x + i]
          }
          values[5].append(Float(worst.anywhere))
          values[6].append(Float(worst.inside))
        }
      }
      found.append((plane, values))
    }.flatMap(\.self).sorted { $0.0 < $1.0 }
    let heights = (0..<size.z).map { low.z + Double($0) * step }
    func grid(_ kind: Int) throws(DoseGridDefect) -> DoseGrid {
      try DoseGrid(
        origin: SIMD2(low.x, low.y), spacing: SIMD2(step, step), columns: size.x, rows: size.y,
        planes: heights, gray: planes.flatMap { $0.1[kind] })
    }
    self.alphaBeta = alphaBeta
    self.low = try grid(0)
    nominal = try grid(1)
    high = try grid(2)
    overlap = try grid(3)
    highOverlap = try grid(4)
    worst = inside.isEmpty ? nil : try grid(5)
    worstInside = inside.isEmpty ? nil : try grid(6)
  }

  /// Which nodes lie in the organ's slabs.
  private static func nodes(
    in organ: Solid, _ low: SIMD3<Double>, _ size: SIMD3<Int>, _ step: Double
  ) -> [Bool] {
    var inside = [Bool](repeating: false, count: size.x * size.y * size.z)
    for plane in 0..<size.z {
      let z = low.z + Double(plane) * step
      for slab in organ.slabs where slab.lower <= z && z <= slab.upper {
        let lines = slab.region.crossings(ofRows: 0...(size.y - 1), origin: low.y, spacing: step)
        for (row, line) in lines.enumerated() {
          for pair in stride(from: 0, to: line.count - 1, by: 2) {
            let first = max(0, Int(((line[pair] - low.x) / step).rounded(.up)))
            let last = min(size.x - 1, Int(((line[pair + 1] - low.x) / step).rounded(.down)))
            guard first <= last else { continue }
            for column in first...last { inside[(plane * size.y + row) * size.x + column] = true }
          }
        }
      }
    }
    return inside
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
    var isEarlier: Bool { parts.contains { $0.isEarlier } }
    /// Parts of one course lie equally long ago.
    var keeping: Double { parts[0].keeping }
  }

  private let groups: [Group]
  private let alphaBeta: Double
  private let overlapGray: Double
  private let shifts: [SIMD3<Double>]

  init(
    contributions: [CourseContribution], alphaBeta: Double, overlapGray: Double, shifts: [SIMD3<Double>]
  ) {
    var groups: [Group] = []
    var courses: [String] = []
    for part in contributions {
      if !courses.contains(part.course) { courses.append(part.course) }
      if let index = groups.firstIndex(where: {
        $0.course == part.course && $0.fractions == Double(part.fractions)
      }) {
        groups[index].parts.append(part)
      } else {
        let bit = UInt64(1) << UInt64(min(63, courses.firstIndex(of: part.course) ?? 63))
        groups.append(
          Group(parts: [part], fractions: Double(part.fractions), course: part.course, bit: bit))
      }
    }
    self.groups = groups
    self.alphaBeta = alphaBeta
    self.overlapGray = overlapGray
    self.shifts = shifts
  }

  struct Sum {
    var low = 0.0
    var nominal = 0.0
    var high = 0.0
    var overlap = 0.0
    var highOverlap = 0.0
  }

  private func eqd2(_ dose: Double, _ group: Group) -> Double {
    dose * (dose / group.fractions + alphaBeta) / (2 + alphaBeta) * group.keeping
  }

  func callAsFunction(at point: SIMD3<Double>) -> Sum {
    var sum = Sum()
    var reached: UInt64 = 0
    var mayReach: UInt64 = 0
    for group in groups {
      var (low, nominal, high) = (0.0, 0.0, 0.0)
      for part in group.parts {
        low += part.low.bounds(at: point).low
        nominal += part.nominal.bounds(at: point).low
        high += part.high.bounds(at: point).high
      }
      let (least, here, most) = (eqd2(low, group), eqd2(nominal, group), eqd2(high, group))
      sum.low += least
      sum.nominal += here
      sum.high += most
      if here >= overlapGray { reached |= group.bit }
      if most >= overlapGray { mayReach |= group.bit }
    }
    if reached.nonzeroBitCount > 1 { sum.overlap = sum.nominal }
    if mayReach.nonzeroBitCount > 1 { sum.highOverlap = sum.high }
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
      anywhere += eqd2(most, group)
      inside += eqd2(mostInside, group)
    }
    return (anywhere, inside)
  }
}
