// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry
public import Quantities

/// The signed distance to a body at the nodes of a cropped grid: below zero inside.
///
/// At each node the distance is the least √(Δz² + d²), d being the planar distance to the section at that
/// height; sections between the stack's levels have their planar distances interpolated linearly. So at a node it
/// is exact for slabs, and for an interpolated body as far as its sections' distances vary linearly. Between
/// nodes it is interpolated; see `interpolationError`. Beyond `reach`, or outside the crop, nothing is said.
///
/// A class, for it never changes and is read millions of times through what holds it.
public final class DistanceField: Sendable {
  /// What the body was taken for.
  public let model: BodyModel
  /// How far from the surface distances are known, outside and inside.
  public let reach: Length
  /// The z of the levels, strictly ascending, in millimetres.
  public let levels: [Double]
  let lattice: NodeLattice
  /// Millimetres; x fastest, then y, then levels.
  let values: [Float]
  /// The distance of neighbouring levels where all are equally far apart, else zero.
  private let levelStep: Double

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
  public convenience init?(
    of solid: Solid, as model: BodyModel, reach: Length, spacing: Length, levels: [Double]? = nil
  ) {
    self.init(of: solid, as: model, reach: reach, spacing: spacing, levels: levels, side: .both)
  }

  /// Which side of the surface is worked out; on the other only the sign is right.
  enum Side: Sendable { case both, outside, inside }

  /// The most nodes: a gigabyte.
  private static let mostNodes = 1 << 28

  convenience init?(
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
    let steps = zip(levels.dropFirst(), levels).map { $0 - $1 }
    let isEven = (steps.max() ?? 1) - (steps.min() ?? 0) < 1e-9
    levelStep = isEven ? steps.first ?? 0 : 0
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
    guard covers(point) else { return nil }
    let place = (SIMD2(point.x, point.y) - lattice.origin) / lattice.spacing
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

  /// The signed distance at a point in millimetres, or `outside` beyond the nodes; for even levels only, else slow.
  ///
  /// The same figure as `distance(at:)`, for loops over millions of points.
  package func millimeters(at point: SIMD3<Double>, outside: Double) -> Double {
    guard levelStep > 0 else { return distance(at: point)?.millimeters ?? outside }
    let x = (point.x - lattice.origin.x) / lattice.spacing
    let y = (point.y - lattice.origin.y) / lattice.spacing
    let z = (point.z - levels[0]) / levelStep
    guard x >= 0, y >= 0, z >= 0, x <= Double(lattice.columns - 1), y <= Double(lattice.rows - 1),
      z <= Double(levels.count - 1)
    else { return outside }
    let i = min(Int(x), lattice.columns - 2)
    let j = min(Int(y), max(0, lattice.rows - 2))
    let k = min(Int(z), levels.count - 2)
    let (u, v, w) = (Float(x - Double(i)), Float(y - Double(j)), Float(z - Double(k)))
    let up = lattice.rows > 1 ? lattice.columns : 0
    let at = k * lattice.count + j * lattice.columns + i
    return values.withUnsafeBufferPointer { values in
      @inline(__always) func row(_ at: Int) -> Float { values[at] + (values[at + 1] - values[at]) * u }
      let lower = row(at) + (row(at + up) - row(at)) * v
      let above = at + lattice.count
      let upper = row(above) + (row(above + up) - row(above)) * v
      return Double(lower + (upper - lower) * w)
    }
  }

  /// Whether a point lies within the box of nodes.
  package func covers(_ point: SIMD3<Double>) -> Bool {
    let place = (SIMD2(point.x, point.y) - lattice.origin) / lattice.spacing
    guard place.x >= 0, place.y >= 0, place.x <= Double(lattice.columns - 1),
      place.y <= Double(lattice.rows - 1), let first = levels.first, let last = levels.last
    else { return false }
    return point.z >= first && point.z <= last
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
