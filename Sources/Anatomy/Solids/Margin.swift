// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Foundation
internal import PlanarGeometry
public import Quantities

/// How far a body is to grow or shrink: the half axes of a ball or an ellipsoid along the patient's axes.
public struct Margin: Sendable, Hashable {
  /// Along x, y and z.
  public let x: Length
  /// Along y.
  public let y: Length
  /// Along z.
  public let z: Length

  /// The same in every direction; `nil` unless above zero and at most a metre.
  public init?(_ length: Length) { self.init(x: length, y: length, z: length) }

  /// Nobody is a metre away from himself.
  private static let most = Length.millimeters(1000)

  /// An ellipsoid; `nil` unless every half axis is above zero and at most a metre.
  public init?(x: Length, y: Length, z: Length) {
    guard [x, y, z].allSatisfy({ $0.millimeters.isFinite && $0 > .zero && $0 <= Self.most }) else {
      return nil
    }
    self.x = x
    self.y = y
    self.z = z
  }

  var millimeters: SIMD3<Double> { SIMD3(x.millimeters, y.millimeters, z.millimeters) }
}

extension Solid {
  /// The body grown by a margin: all points within the ball or ellipsoid around any of its points.
  ///
  /// The body is taken as interpolated between its planes, with rounded ends of half a slab's volume, whatever
  /// its own end cap: buffering bare planes loses up to 12 % of a small body, buffering slabs gains up to 13 %.
  ///
  /// - Parameters:
  ///   - margin: how far.
  ///   - planes: the z of the contours wanted; without them the body's own planes, continued at its nominal
  ///     spacing as far as the margin reaches.
  ///   - endCap: how the new stack is closed.
  /// - Returns: the grown body; `nil` when no wanted plane meets it.
  public func expanded(by margin: Margin, on planes: [Double]? = nil, endCap: EndCap = .half) -> Solid? {
    moved(by: margin, sign: 1, on: planes ?? continuedPlanes(beyond: margin.z.millimeters), endCap)
  }

  /// The body shrunk by a margin: all points whose ball or ellipsoid lies within it.
  ///
  /// The body is taken as for `expanded`.
  ///
  /// - Returns: the shrunk body; `nil` when nothing is left on the planes wanted.
  public func contracted(by margin: Margin, on planes: [Double]? = nil, endCap: EndCap = .half) -> Solid? {
    moved(by: margin, sign: -1, on: planes ?? undomed.slabs.map(\.z), endCap)
  }

  private func moved(by margin: Margin, sign: Double, on planes: [Double], _ endCap: EndCap) -> Solid? {
    // Scaled so that the ellipsoid becomes a ball of the greatest half axis.
    let axes = margin.millimeters
    let reach = axes.max()
    let scale = SIMD3(repeating: reach) / axes
    let body = undomed.scaled(by: scale)
    let step = body.nodeSpacing(margin: sign * reach)
    let positions = Set(planes).sorted()
    guard
      let field = DistanceField(
        of: body, as: .interpolated, reach: .millimeters(reach + 1.25 * step), spacing: .millimeters(step),
        levels: positions.map { $0 * scale.z },
        // A node's neighbours differ by at most a step, so where the margin is wider the other side never meets
        // the new surface.
        side: reach <= 1.5 * step ? .both : sign > 0 ? .outside : .inside)
    else { return nil }
    let back = SIMD2(1 / scale.x, 1 / scale.y)
    let found = Workers.gather(positions.count, into: { [(z: Double, region: Region)]() }) { index, regions in
      let region = field.region(at: index, nearerThan: sign * reach)
      if !region.isEmpty {
        regions.append((positions[index], scale == SIMD3(repeating: 1) ? region : region.scaled(by: back)))
      }
    }
    return stack(found.flatMap(\.self), among: positions, endCap)
  }

  /// A stack of the planes that have an area among those asked for: each reaches half-way to the next asked one.
  ///
  /// So an empty plane in between leaves its own slab open, and no other spacing is taken for a gap.
  private func stack(
    _ found: [(z: Double, region: Region)], among positions: [Double], _ endCap: EndCap
  ) -> Solid? {
    let regions = Dictionary(found.map { ($0.z, $0.region) }, uniquingKeysWith: { first, _ in first })
    let share: Double =
      switch endCap {
      case .half, .voxels: 0.5
      case .none, .rounded: 0
      case .full: 1
      }
    let nominal = nominalSpacing.millimeters
    var slabs: [Slab] = []
    for (index, z) in positions.enumerated() {
      guard let region = regions[z] else { continue }
      func reach(_ neighbour: Int, _ other: Int) -> Double {
        if positions.indices.contains(neighbour) {
          return abs(positions[neighbour] - z) * (regions[positions[neighbour]] == nil ? share : 0.5)
        }
        return (positions.indices.contains(other) ? abs(positions[other] - z) : nominal) * share
      }
      slabs.append(
        Slab(
          z: z, lower: z - reach(index - 1, index + 1), upper: z + reach(index + 1, index - 1), region: region
        ))
    }
    return Solid(
      slabs: slabs, endCap: endCap == .rounded ? .none : endCap, nominalSpacing: nominalSpacing, gaps: [])
  }

  /// The body without the thin slabs of rounded ends: margins round the ends themselves.
  private var undomed: Solid {
    guard endCap == .rounded, let first = slabs.firstIndex(where: { $0.lower == $0.z }),
      let last = slabs.lastIndex(where: { $0.upper == $0.z }), first <= last
    else { return self }
    return Solid(
      slabs: Array(slabs[first...last]), endCap: .none, nominalSpacing: nominalSpacing, gaps: gaps) ?? self
  }

  /// The planes of the body and as many more at nominal spacing as a margin needs.
  private func continuedPlanes(beyond margin: Double) -> [Double] {
    let spacing = nominalSpacing.millimeters
    let drawn = undomed.slabs
    guard let first = drawn.first?.z, let last = drawn.last?.z, spacing > 0 else { return [] }
    var planes = drawn.map(\.z)
    // Rounded ends reach at most 1.2 spacings beyond the last plane.
    let count = Int(((margin + 1.2 * spacing) / spacing).rounded(.up))
    for step in 1...max(1, count) {
      planes.append(first - Double(step) * spacing)
      planes.append(last + Double(step) * spacing)
    }
    // Planes in an open gap, which a margin may fill.
    for gap in gaps {
      var z = gap.below + spacing
      while z < gap.above - spacing / 2 {
        planes.append(z)
        z += spacing
      }
    }
    return planes
  }

  /// Nodes close enough that chords across the new surface's curvature do not matter.
  private func nodeSpacing(margin: Double) -> Double {
    let widest = slabs.map(\.region.area.squareMillimeters).max() ?? 0
    let radius = (widest / Double.pi).squareRoot()
    let curvature = max(0.3 * radius, radius + margin)
    return min(2.8, max(0.1, curvature / 24))
  }

  private func scaled(by factors: SIMD3<Double>) -> Solid {
    guard factors != SIMD3(repeating: 1) else { return self }
    return Solid(
      slabs: slabs.map {
        Slab(
          z: $0.z * factors.z, lower: $0.lower * factors.z, upper: $0.upper * factors.z,
          region: $0.region.scaled(by: SIMD2(factors.x, factors.y)))
      }, endCap: endCap, nominalSpacing: .millimeters(nominalSpacing.millimeters * factors.z),
      gaps: gaps.map { PlaneGap(below: $0.below * factors.z, above: $0.above * factors.z) }) ?? self
  }
}
