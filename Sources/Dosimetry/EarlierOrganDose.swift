// SPDX-License-Identifier: Apache-2.0
public import Anatomy
internal import Parallelism
public import Quantities

/// What earlier courses left in one organ, as equivalent dose in 2 Gy fractions with the organ's α/β: summed once, for every
/// course that is planned beside them.
public struct EarlierOrganDose: Sendable {
  /// The α/β of the organ.
  public let alphaBeta: AlphaBetaRatio
  /// The EQD2 from which a course counts as reaching a place.
  public let overlapGray: Double
  /// The sum of the earlier courses.
  public let bounds: AccumulatedBounds
  let lattice: OrganLattice
  /// By node of the lattice's runs: at least, nominal, at most.
  let effects: [SIMD3<Double>]
  /// How many courses reach each node as they are nominal, and at most.
  let reached: [SIMD2<UInt8>]
  /// The nominal sum at its worst within the registration's ellipsoid, anywhere and inside the organ; `nil` when none was asked.
  let worst: [SIMD2<Double>]?

  /// Sums courses at the nodes of a grid of cubes around an organ.
  ///
  /// - Parameters:
  ///   - contributions: the earlier courses' parts; planned ones are left out.
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
    let groups = ContributionGroup.groups(of: contributions.filter(\.isEarlier))
    let planes = Workers.map(lattice.size.z) { plane in
      var row = EffectRow(groups, alphaBeta: alphaBeta.gray, overlapGray: overlapGray)
      var effects: [SIMD3<Double>] = []
      var reached: [SIMD2<UInt8>] = []
      for run in lattice.runs[plane] {
        row.read(
          from: { lattice.place(run.columns.lowerBound + $0, run.row, plane) }, count: run.columns.count)
        effects += row.effects
        reached += row.reached.map {
          SIMD2(UInt8($0.x.nonzeroBitCount), UInt8($0.y.nonzeroBitCount))
        }
      }
      return (effects, reached)
    }
    effects = planes.flatMap(\.0)
    reached = planes.flatMap(\.1)
    worst = uncertainty.map {
      Self.worst(groups, $0.shifts, alphaBeta: alphaBeta.gray, on: lattice)
    }
    self.alphaBeta = alphaBeta
    self.overlapGray = overlapGray
    self.lattice = lattice
    let effects = effects
    bounds = try lattice.bounds(effects)
  }

  /// The nominal sum with the doses at their worst within reach; each course for itself.
  private static func worst(
    _ groups: [ContributionGroup], _ shifts: [SIMD3<Double>], alphaBeta: Double, on lattice: OrganLattice
  ) -> [SIMD2<Double>] {
    Workers.map(lattice.size.z) { plane in
      lattice.runs[plane].flatMap { run in
        run.columns.map { column in
          let point = lattice.place(column, run.row, plane)
          return groups.reduce(into: SIMD2<Double>.zero) { sum, group in
            let here = group.nominal(at: point)
            var (most, mostInside) = (here, here)
            for shift in shifts {
              let moved = group.nominal(at: point + shift)
              if moved > most { most = moved }
              if moved > mostInside, lattice.isInside(point + shift) { mostInside = moved }
            }
            sum.x += group.effect(SIMD3(repeating: most), alphaBeta).x
            sum.y += group.effect(SIMD3(repeating: mostInside), alphaBeta).x
          }
        }
      }
    }.flatMap(\.self)
  }

  /// Whether two courses may meet somewhere in the organ: earlier ones with each other or with a planned one.
  ///
  /// - Parameter planned: the planned course's parts.
  public func mayOverlap(with planned: [CourseContribution]) -> Bool {
    guard !reached.contains(where: { $0.y > 1 || $0.x > 1 }) else { return true }
    guard reached.contains(where: { $0.y > 0 || $0.x > 0 }) else { return false }
    var row = EffectRow(
      ContributionGroup.groups(of: planned), alphaBeta: alphaBeta.gray, overlapGray: overlapGray)
    for (plane, runs) in lattice.runs.enumerated() {
      for run in runs {
        let places = (run.first..<(run.first + run.columns.count)).filter {
          reached[$0].y > 0 || reached[$0].x > 0
        }
        guard let from = places.first, let to = places.last else { continue }
        let column = run.columns.lowerBound + from - run.first
        row.read(from: { lattice.place(column + $0, run.row, plane) }, count: to - from + 1)
        for node in places {
          let other = row.reached[node - from]
          if reached[node].x > 0 && other.x != 0 || reached[node].y > 0 && other.y != 0 { return true }
        }
      }
    }
    return false
  }
}

extension OrganLattice {
  /// A grid of its nodes.
  func grid(_ gray: [Float]) throws(DoseGridDefect) -> DoseGrid {
    try DoseGrid(
      origin: SIMD2(low.x, low.y), spacing: SIMD2(step, step), columns: size.x, rows: size.y,
      planes: (0..<size.z).map { low.z + Double($0) * step }, gray: gray)
  }

  /// Grids filled plane by plane; nodes that nothing writes are zero.
  func grids(
    _ count: Int,
    _ body: @Sendable (Int, [UnsafeMutableBufferPointer<Float>]) -> Void
  ) throws(DoseGridDefect) -> [DoseGrid] {
    let all: [[Float]] = Workers.fill(
      arrays: count, count: size.x * size.y * size.z, parts: size.z, into: {}
    ) { plane, slices, _ in
      for slice in slices { slice.update(repeating: 0) }
      body(plane, slices)
    }
    var made: [DoseGrid] = []
    for gray in all { made.append(try grid(gray)) }
    return made
  }

  /// Three grids of effects by node.
  func bounds(_ effects: [SIMD3<Double>]) throws(DoseGridDefect) -> AccumulatedBounds {
    let grids = try grids(3) { plane, slices in
      for run in runs[plane] {
        for (offset, column) in run.columns.enumerated() {
          let effect = effects[run.first + offset]
          for axis in 0..<3 { slices[axis][run.row * size.x + column] = Float(effect[axis]) }
        }
      }
    }
    return AccumulatedBounds(low: grids[0], nominal: grids[1], high: grids[2])
  }
}
