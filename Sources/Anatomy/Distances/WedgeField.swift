// SPDX-License-Identifier: Apache-2.0
internal import Foundation
public import PlanarGeometry
public import Quantities

/// What has to be taken out of an organ with a body: its margin, and all that lies between that and the organ's surface.
///
/// The body with a margin all round is drawn outwards along one direction, as far as the organ goes on without a break,
/// and cut to the organ: in a half space with the direction along its normal, the convex hull of the body's margin and of
/// its footprint on the surface. It is the least that can be taken that way; straight staple lines take more. Growing by a
/// ball and drawing along a line may be done in either order, so one field answers for every margin up to `reach`, and a
/// larger margin always holds a smaller one.
///
/// Distances from the body are those of its interpolated surface, as margins are; the organ is its slabs with holes
/// filled.
public struct WedgeField: Sendable {
  /// Of length one, from the body to the organ's surface.
  public let direction: SIMD3<Double>
  /// The largest margin it answers for.
  public let reach: Length
  /// From the body's middle to the organ's surface along the direction.
  public let depthOfMiddle: Length

  let body: Solid
  let container: Envelope
  let distance: DistanceField
  /// The distance of nodes, in millimetres.
  let step: Double
  private let columns: ColumnField

  /// Beyond this nothing is said, in millimetres.
  static let far: Float = 1e4
  /// How far the surface is looked for, in millimetres.
  private static let farthest = 250.0

  /// The field of a body in an organ.
  ///
  /// - Parameters:
  ///   - body: what is taken out.
  ///   - container: the organ's outer surface.
  ///   - direction: outwards; any length above zero.
  ///   - reach: the largest margin asked for.
  /// - Returns: `nil` when the body's middle lies outside the organ, no surface lies in that direction, or the body is too
  ///   large for memory.
  public init?(
    around body: Solid, in container: Envelope, toward direction: SIMD3<Double>, upTo reach: Length
  ) {
    let length = (direction * direction).sum().squareRoot()
    guard length > 0, length.isFinite, reach > .zero, let middle = body.centroid else { return nil }
    let outward = direction / length
    guard
      let depth = container.wayOut(
        from: middle, along: outward, upTo: .millimeters(Self.farthest), step: .millimeters(1)),
      container.contains(middle)
    else { return nil }
    let bounds = body.bounds
    let size = (bounds.high - bounds.low).max() / 2 + 10
    step = min(1.4, max(0.7, size / 15))
    // Interpolated ends reach beyond the slabs.
    let pad = reach.millimeters + 3 * step + body.nominalSpacing.millimeters
    // Points that move no contour by more than a fiftieth of a millimetre only cost time.
    guard
      let field = DistanceField(
        of: body.thinned(within: .millimeters(0.02)), as: .interpolated,
        reach: reach + .millimeters(2 * step),
        spacing: .millimeters(min(1.3, max(1, size / 14))), levels: nil, side: .outside)
    else { return nil }
    let columns = ColumnField(
      field,
      of: .init(
        body: body, container: container, middle: middle, outward: outward, depth: depth.millimeters),
      by: pad, reach: reach.millimeters, step: step)
    guard let columns else { return nil }
    self.direction = outward
    self.reach = reach
    depthOfMiddle = depth
    self.body = body
    self.container = container
    distance = field
    self.columns = columns
  }

  /// What is taken out with a margin; `nil` when that is nothing.
  ///
  /// Lies within the organ or the body. Its planes are the organ's, slabs thicker than 2.5 mm in equal parts.
  ///
  /// - Parameter margins: each above zero and at most `reach`; others answer `nil`.
  /// - Returns: one a margin, in their order.
  /// - Throws: `GEOSError`.
  public func solids(margins: [Length]) throws(GEOSError) -> [Solid?] {
    try cut(margins, by: { columns.value($0) }, over: columns.bounds)
  }

  /// The body with a margin all round within the organ, and nothing on the way out: what a laser takes.
  ///
  /// - Parameter margins: each above zero and at most `reach`; others answer `nil`.
  /// - Returns: one a margin, in their order.
  /// - Throws: `GEOSError`.
  public func cores(margins: [Length]) throws(GEOSError) -> [Solid?] {
    let bounds = body.bounds
    let pad = (margins.max() ?? .zero).millimeters + 3 * step + body.nominalSpacing.millimeters
    return try cut(
      margins, by: { Float(distance.millimeters(at: $0, outside: Double(Self.far))) },
      over: (bounds.low - pad, bounds.high + pad))
  }

  /// The planes of what lies nearer than each margin, cut to the organ.
  private func cut(
    _ margins: [Length], by value: (SIMD3<Double>) -> Float,
    over box: (low: SIMD3<Double>, high: SIMD3<Double>)
  ) throws(GEOSError) -> [Solid?] {
    let falling = margins.enumerated().filter { $0.element <= reach && $0.element > .zero }.sorted {
      $0.element > $1.element
    }
    guard let largest = falling.first?.element else { return margins.map { _ in nil } }
    var slabs = [[Slab]](repeating: [], count: margins.count)
    for organ in try organSlabs(from: box.low.z, through: box.high.z) {
      guard let bounds = organ.region.bounds else { continue }
      // A frame of nodes beyond box and organ, so that every line closes.
      let low = pointwiseMax(SIMD2(box.low.x, box.low.y), bounds.low) - 2 * step
      let high = pointwiseMin(SIMD2(box.high.x, box.high.y), bounds.high) + 2 * step
      guard all(low .< high), let lattice = NodeLattice(covering: low, high, spacing: step) else { continue }
      var values = [Float](repeating: Self.far, count: lattice.count)
      var least = Self.far
      for row in 1..<(lattice.rows - 1) {
        for column in 1..<(lattice.columns - 1) {
          let node = lattice.node(column, row)
          let found = value(SIMD3(node.x, node.y, organ.z))
          values[row * lattice.columns + column] = found
          least = min(least, found)
        }
      }
      guard Double(least) < largest.millimeters else { continue }
      // From the largest on: what a smaller one keeps lies within what the larger one kept.
      var within = organ.region
      for (index, margin) in falling where Double(least) < margin.millimeters {
        let near = values.withUnsafeBufferPointer {
          IsoLines.region(below: Float(margin.millimeters), of: $0, on: lattice)
        }
        let kept = try near.intersection(within)
        guard !kept.isEmpty else { break }
        within = kept
        slabs[index].append(Slab(z: organ.z, lower: organ.lower, upper: organ.upper, region: kept))
      }
    }
    return slabs.map {
      Solid(slabs: $0, endCap: .voxels, nominalSpacing: container.spacing, gaps: [])
    }
  }

  /// The organ with the body, in slabs of at most 2.5 mm.
  private func organSlabs(from low: Double, through high: Double) throws(GEOSError) -> [Slab] {
    var result: [Slab] = []
    for slab in container.slabs where slab.upper > low && slab.lower < high {
      let parts = max(1, Int(((slab.upper - slab.lower) / 2.5 - 1e-9).rounded(.up)))
      for part in 0..<parts {
        let lower = slab.lower + (slab.upper - slab.lower) * Double(part) / Double(parts)
        let upper = slab.lower + (slab.upper - slab.lower) * Double(part + 1) / Double(parts)
        let z = (lower + upper) / 2
        var region = slab.region
        // A lesion that bulges out of its lobe is taken out with it.
        for own in body.slabs where own.lower <= z && z <= own.upper { region = try region.union(own.region) }
        result.append(Slab(z: z, lower: lower, upper: upper, region: region))
      }
    }
    return result
  }
}
