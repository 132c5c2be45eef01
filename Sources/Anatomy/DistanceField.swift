internal import Foundation
internal import PlanarGeometry
public import Quantities

/// The signed distance to a body at the nodes of a cropped grid: below zero inside.
///
/// At each node the distance is the least √(Δz² + d²), d being the planar distance to the section at that
/// height; sections between the stack's levels have their planar distances interpolated linearly. So at a node it
/// is exact for slabs, and for an interpolated body as far as its sections' distances vary linearly. Between
/// nodes it is interpolated; see `interpolationError`. Beyond `reach`, or outside the crop, nothing is said.
public struct DistanceField: Sendable {
  /// What the body was taken for.
  public let model: BodyModel
  /// How far from the surface distances are known, outside and inside.
  public let reach: Length
  /// The z of the levels, strictly ascending, in millimetres.
  public let levels: [Double]
  let lattice: NodeLattice
  /// Millimetres; x fastest, then y, then levels.
  let values: [Float]

  /// The distance field of a body.
  ///
  /// - Parameters:
  ///   - solid: the body.
  ///   - model: what it is taken for between and beyond its planes.
  ///   - reach: how far from the surface distances are wanted, above zero.
  ///   - spacing: the distance of nodes in the plane, above zero.
  ///   - levels: the z of the planes of nodes; without them, `spacing` apart over body and reach.
  ///
  /// `nil` for a reach or spacing that is not above zero, or more nodes than memory should hold.
  public init?(
    of solid: Solid, as model: BodyModel, reach: Length, spacing: Length, levels: [Double]? = nil
  ) {
    self.init(of: solid, as: model, reach: reach, spacing: spacing, levels: levels, side: .both)
  }

  /// Which side of the surface is worked out; on the other only the sign is right.
  enum Side: Sendable { case both, outside, inside }

  /// The most nodes: a gigabyte.
  private static let mostNodes = 1 << 28

  init?(
    of solid: Solid, as model: BodyModel, reach: Length, spacing: Length, levels: [Double]?, side: Side
  ) {
    let reachMM = reach.millimeters
    let step = spacing.millimeters
    guard reachMM > 0, step > 0, reachMM.isFinite, step.isFinite else { return nil }
    let bounds = solid.bounds
    let pad = reachMM + 2 * step
    let low = SIMD2(bounds.low.x - pad, bounds.low.y - pad)
    let high = SIMD2(bounds.high.x + pad, bounds.high.y + pad)
    // Interpolated ends reach beyond the slabs.
    let widest = zip(solid.slabs.dropFirst(), solid.slabs).map { $0.z - $1.z }.max() ?? 0
    let ends = model == .interpolated ? 1.2 * max(widest, solid.nominalSpacing.millimeters) : 0
    let wanted = levels.map { Set($0.filter(\.isFinite)).sorted() }
    let heights =
      wanted?.count ?? Int(min(1e9, (bounds.high.z - bounds.low.z + 2 * (pad + ends)) / step + 2))
    let nodes = (high - low + 8 * step) / step
    guard nodes.x * nodes.y * Double(max(heights, solid.slabs.count)) <= Double(Self.mostNodes),
      let lattice = NodeLattice(covering: low, high, spacing: step)
    else { return nil }
    let chosen =
      wanted
      ?? stride(from: bounds.low.z - pad - ends, through: bounds.high.z + pad + ends, by: step).map { $0 }
    self.init(of: solid, as: model, lattice: lattice, levels: chosen, reach: reachMM, side: side)
  }

  /// The field at the nodes of a lattice on levels that strictly ascend.
  init?(
    of solid: Solid, as model: BodyModel, lattice: NodeLattice, levels: [Double], reach: Double,
    side: Side = .both
  ) {
    guard lattice.count <= Self.mostNodes / max(levels.count, solid.slabs.count, 1) else { return nil }
    // Sections far apart in shape need distances over the whole jump between neighbouring planes.
    let planar = max(reach, 5 * solid.nominalSpacing.millimeters)
    let stack = SectionStack(solid, as: model, lattice: lattice, reach: planar)
    self.model = model
    self.reach = .millimeters(reach)
    self.levels = levels
    self.lattice = lattice
    values = SectionDistance(stack: stack, reach: Float(reach), side: side).values(at: levels)
  }

  /// The distance of neighbouring nodes in the plane.
  public var spacing: Length { .millimeters(lattice.spacing) }

  /// How far interpolation between nodes may be off at a distance outside the surface.
  ///
  /// Too far by at most squared cell diagonal over eight distances: the second derivatives of a distance are at
  /// most its inverse. Too near by at most half a cell's diagonal: on creases, equally far from two parts, the
  /// true distance has a ridge that nodes miss. Near the surface and inside both are half the diagonal.
  public func interpolationError(at distance: Length) -> (tooFar: Length, tooNear: Length) {
    let gaps = zip(levels.dropFirst(), levels).map { $0 - $1 }
    let vertical = gaps.max() ?? 0
    let squared = 2 * lattice.spacing * lattice.spacing + vertical * vertical
    let crease = squared.squareRoot() / 2
    guard distance > .zero else { return (.millimeters(crease), .millimeters(crease)) }
    return (.millimeters(min(crease, squared / (8 * distance.millimeters))), .millimeters(crease))
  }

  /// The signed distance at a point; `nil` outside the nodes, where nothing is said.
  ///
  /// Without levels of the caller's own the nodes reach beyond the body by `reach` on all sides, so that outside
  /// them the distance is at least that. Values at ±`reach` mean that much or more.
  public func distance(at point: SIMD3<Double>) -> Length? {
    let place = (SIMD2(point.x, point.y) - lattice.origin) / lattice.spacing
    guard place.x >= 0, place.y >= 0, place.x <= Double(lattice.columns - 1),
      place.y <= Double(lattice.rows - 1), let first = levels.first, let last = levels.last, point.z >= first,
      point.z <= last
    else { return nil }
    let column = min(Int(place.x), lattice.columns - 2)
    let row = min(Int(place.y), max(0, lattice.rows - 2))
    let (u, v) = (place.x - Double(column), place.y - Double(row))
    var low = 0
    var high = levels.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if levels[middle] <= point.z { low = middle } else { high = middle }
    }
    let share = levels.count > 1 ? (point.z - levels[low]) / (levels[low + 1] - levels[low]) : 0
    func plane(_ level: Int) -> Double {
      let at = level * lattice.count + row * lattice.columns + column
      let up = lattice.rows > 1 ? lattice.columns : 0
      let lower = Double(values[at]) * (1 - u) + Double(values[at + 1]) * u
      let upper = Double(values[at + up]) * (1 - u) + Double(values[at + up + 1]) * u
      return lower * (1 - v) + upper * v
    }
    let value = share == 0 ? plane(low) : plane(low) * (1 - share) + plane(low + 1) * share
    return .millimeters(value)
  }

  /// The region of a level nearer to the body than a distance; below zero it lies inside by that much.
  func region(at level: Int, nearerThan distance: Double) -> Region {
    values.withUnsafeBufferPointer { values in
      let start = level * lattice.count
      return IsoLines.region(
        below: Float(distance), of: UnsafeBufferPointer(rebasing: values[start..<(start + lattice.count)]),
        on: lattice)
    }
  }
}

/// The least distance in space from nodes to a stack of sections.
struct SectionDistance: Sendable {
  let stack: SectionStack
  let reach: Float
  let side: DistanceField.Side

  /// One interval of z between two neighbouring levels of a run, as seen from a plane of nodes.
  private struct Interval {
    let run: Int
    let level: Int
    /// The ends relative to the plane of nodes.
    let low: Float
    let high: Float
  }

  func values(at positions: [Double]) -> [Float] {
    let count = stack.lattice.count
    var values = [Float](repeating: reach, count: count * positions.count)
    let planes = Workers.gather(positions.count, into: { [(Int, [Float])]() }) { index, found in
      found.append((index, plane(at: positions[index])))
    }
    for (index, plane) in planes.joined() {
      values.replaceSubrange((index * count)..<((index + 1) * count), with: plane)
    }
    return values
  }

  /// The signed distances of one plane of nodes.
  private func plane(at z: Double) -> [Float] {
    let count = stack.lattice.count
    var result = [Float](repeating: reach, count: count)
    var intervals: [Interval] = []
    // Where the plane itself cuts the stack: two levels and the share of the upper one.
    var own: [(run: Int, level: Int, share: Float)] = []
    for (run, levels) in stack.runs.enumerated() {
      for level in 0..<(levels.count - 1) {
        let (low, high) = (levels[level].z - z, levels[level + 1].z - z)
        if low <= 0, high >= 0 {
          own.append((run, level, high > low ? Float(-low / (high - low)) : 0))
        }
        guard low < Double(reach), high > -Double(reach) else { continue }
        intervals.append(Interval(run: run, level: level, low: Float(low), high: Float(high)))
      }
    }
    // Inside, the nearest height without any section bounds the distance to the surface.
    let void = Float(min(Double(reach), distanceToVoid(z)))
    // The nearest first, so that far ones can be passed over.
    intervals.sort { Self.gap($0) < Self.gap($1) }
    let sections = intervals.map { interval in
      let levels = stack.runs[interval.run]
      return Section(
        first: levels[interval.level].start, last: levels[interval.level + 1].start, low: interval.low,
        high: interval.high)
    }
    stack.nodes.withUnsafeBufferPointer { nodes in
      result.withUnsafeMutableBufferPointer { result in
        guard let start = result.baseAddress, let nodes = nodes.baseAddress else { return }
        for at in stride(from: 0, to: count, by: 8) {
          var here = SIMD8<Float>(repeating: reach)
          for cut in own {
            let low = Lanes.load(nodes, stack.runs[cut.run][cut.level].start + at)
            let high = Lanes.load(nodes, stack.runs[cut.run][cut.level + 1].start + at)
            here = Lanes.least(here, low + (high - low) * cut.share)
          }
          let isInside = here .< 0
          // Only the sign is wanted on one side: the planar distance has it.
          if side != .both {
            let other = side == .outside ? here : -here
            if Lanes.greatest(of: other) < 0 {
              Lanes.store(here, start, at)
              continue
            }
          }
          let sign = SIMD8<Float>(repeating: 1).replacing(with: -1, where: isInside)
          let most = SIMD8(repeating: reach * reach).replacing(with: void * void, where: isInside)
          let best = Self.squared(nodes, at, sign, sections, most)
          Lanes.store(sign * best.squareRoot(), start, at)
        }
      }
    }
    return result
  }

  /// An interval with where its two sections begin.
  private struct Section {
    let first: Int
    let last: Int
    let low: Float
    let high: Float
    let squaredGap: Float
    let inverseLength: Float

    init(first: Int, last: Int, low: Float, high: Float) {
      self.first = first
      self.last = last
      self.low = low
      self.high = high
      let gap = max(0, low, -high)
      squaredGap = gap * gap
      inverseLength = high > low ? 1 / (high - low) : 0
    }
  }

  /// How far the nearest height is that no run covers; zero where none covers this one.
  private func distanceToVoid(_ z: Double) -> Double {
    var spans = stack.runs.compactMap { run in run.first.flatMap { a in run.last.map { (a.z, $0.z) } } }
      .sorted { $0.0 < $1.0 }
    guard !spans.isEmpty else { return 0 }
    var joined = [spans.removeFirst()]
    for span in spans {
      if span.0 <= joined[joined.count - 1].1 + 1e-6 {
        joined[joined.count - 1].1 = max(joined[joined.count - 1].1, span.1)
      } else {
        joined.append(span)
      }
    }
    guard let span = joined.first(where: { $0.0 <= z && z <= $0.1 }) else { return 0 }
    return min(z - span.0, span.1 - z)
  }

  private static func gap(_ interval: Interval) -> Float { max(0, interval.low, -interval.high) }

  /// The least squared distance of eight nodes to where the sign changes.
  @inline(__always)
  private static func squared(
    _ nodes: UnsafePointer<Float>, _ at: Int, _ sign: SIMD8<Float>, _ sections: [Section],
    _ most: SIMD8<Float>
  ) -> SIMD8<Float> {
    var best = most
    let zero = SIMD8<Float>(repeating: 0)
    var farthest = Lanes.greatest(of: best)
    for section in sections {
      if section.squaredGap >= farthest { break }
      let first = sign * Lanes.load(nodes, section.first + at)
      let last = sign * Lanes.load(nodes, section.last + at)
      // The planar distance along the interval is no less than at its nearer end.
      let nearest = Lanes.greatest(Lanes.least(first, last), zero)
      if Lanes.greatest(of: best - nearest * nearest) <= section.squaredGap { continue }
      // Along the interval the planar distance is a + b·t, t = Δz; t² + max(0, a + b·t)² is convex in t.
      let b = (last - first) * section.inverseLength
      let a = first - b * section.low
      let free = (-a * b / (1 + b * b)).replacing(with: zero, where: a .<= 0)
      let t = Lanes.least(
        Lanes.greatest(free, SIMD8(repeating: section.low)), SIMD8(repeating: section.high))
      let planar = Lanes.greatest(a + b * t, zero)
      best = Lanes.least(best, t * t + planar * planar)
      farthest = Lanes.greatest(of: best)
    }
    return best
  }
}
