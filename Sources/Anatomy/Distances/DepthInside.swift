// SPDX-License-Identifier: Apache-2.0
public import PlanarGeometry
public import Quantities

/// How deep a body lies inside another, as a lesion lies beneath the pleura.
public struct DepthInside: Sendable, Hashable {
  /// From the outside of the container to the body's nearest point; zero in contact or outside.
  public let nearest: Length
  /// From the outside of the container to the body's deepest point.
  public let deepest: Length
  /// The body's nearest point, LPS in millimetres.
  public let from: SIMD3<Double>
  /// The container's surface there.
  public let to: SIMD3<Double>
}

/// A container whose surface distances are asked from within: a lung, a lobe, the liver.
///
/// Holes of the container (vessels, an excluded lesion) are filled first, but not a dome that rises into it.
public struct Envelope: Sendable {
  /// The container's slabs, holes filled.
  package let slabs: [Slab]
  /// The nominal distance of the container's planes.
  package let spacing: Length
  private let indices: [PlanarIndex]
  /// Above, below and between the slabs.
  private let uncovered: [(lower: Double, upper: Double)]

  /// The envelope of one or more solids that together are one container.
  ///
  /// - Throws: `GEOSError` when holes cannot be filled.
  public init(_ solid: Solid) throws(GEOSError) {
    let filled = try Cavities.filled(solid.slabs)
    slabs = filled
    spacing = solid.nominalSpacing
    indices = filled.map { PlanarIndex($0.region) }
    uncovered = Self.uncovered(filled)
  }

  /// How deep a body lies within; exact for unions of slabs (`deepest`: over the body's contour points).
  public func depth(of body: PreparedSolid) -> DepthInside {
    var best = (squared: Double.infinity, from: SIMD3<Double>.zero, to: SIMD3<Double>.zero)
    for (index, slab) in zip(body.indices, body.solid.slabs) {
      nearestOutside(of: index, lower: slab.lower, upper: slab.upper, &best)
      if best.squared == 0 { break }
    }
    var deepest = best.squared
    for slab in body.solid.slabs {
      for z in Set([slab.lower, slab.upper]) {
        let nearestFirst = slabs.indices.sorted { gap($0, z) < gap($1, z) }
        for polygon in slab.region.polygons {
          for point in polygon.outer.points {
            deepest = max(deepest, squaredDepth(of: point, z, nearestFirst, cutoff: deepest))
          }
        }
      }
    }
    return DepthInside(
      nearest: .millimeters(best.squared.squareRoot()), deepest: .millimeters(deepest.squareRoot()),
      from: best.from, to: best.to)
  }

  private func nearestOutside(
    of index: PlanarIndex, lower: Double, upper: Double,
    _ best: inout (squared: Double, from: SIMD3<Double>, to: SIMD3<Double>)
  ) {
    guard let start = index.anyPoint else { return }
    func offer(_ squared: Double, _ from: SIMD3<Double>, _ to: SIMD3<Double>) {
      if squared < best.squared { best = (squared, from, to) }
    }
    // Above, below and between the container's slabs everything is outside.
    for space in uncovered {
      let gap = max(0, space.lower - upper, lower - space.upper)
      let z = space.lower > upper ? upper : lower
      let end = space.lower > upper ? space.lower : space.upper
      offer(
        gap * gap, SIMD3(start.x, start.y, z),
        SIMD3(start.x, start.y, gap == 0 ? z : end))
    }
    for (slab, container) in zip(slabs, indices) {
      let gap = max(0, slab.lower - upper, lower - slab.upper)
      guard gap * gap < best.squared else { continue }
      let (za, zb): (Double, Double) =
        if slab.lower > upper {
          (upper, slab.lower)
        } else if lower > slab.upper {
          (lower, slab.upper)
        } else {
          (
            (max(lower, slab.lower) + min(upper, slab.upper)) / 2,
            (max(lower, slab.lower) + min(upper, slab.upper)) / 2
          )
        }
      if let outside = index.pointOutside(container) {
        let p = SIMD3(outside.x, outside.y, za)
        offer(gap * gap, p, SIMD3(outside.x, outside.y, zb))
      } else if let near = index.nearestEdges(to: container, below: best.squared - gap * gap) {
        offer(
          gap * gap + near.squaredDistance, SIMD3(near.from.x, near.from.y, za),
          SIMD3(near.to.x, near.to.y, zb))
      }
    }
  }

  /// Whether a point lies within.
  public func contains(_ point: SIMD3<Double>) -> Bool {
    var low = 0
    var high = slabs.count - 1
    while low < high {
      let middle = (low + high) / 2
      if slabs[middle].upper < point.z { low = middle + 1 } else { high = middle }
    }
    guard slabs.indices.contains(low), slabs[low].lower <= point.z, point.z <= slabs[low].upper else {
      return false
    }
    return slabs[low].region.contains(SIMD2(point.x, point.y))
  }

  /// How far a point lies from the outside along a direction: the first way out, found in steps and then halved down
  /// to a hundredth of a step.
  ///
  /// - Parameters:
  ///   - point: where the ray starts, LPS in millimetres.
  ///   - direction: of length one.
  ///   - farthest: how far is looked.
  ///   - step: thinner walls than this are missed; above zero.
  /// - Returns: zero for a point outside; `nil` when there is no way out as far as was looked.
  public func wayOut(
    from point: SIMD3<Double>, along direction: SIMD3<Double>, upTo farthest: Length, step: Length
  ) -> Length? {
    guard contains(point) else { return .zero }
    var inside = 0.0
    var next = step.millimeters
    while next <= farthest.millimeters {
      if !contains(point + direction * next) {
        var outside = next
        while outside - inside > step.millimeters / 100 {
          let middle = (inside + outside) / 2
          if contains(point + direction * middle) { inside = middle } else { outside = middle }
        }
        return .millimeters((inside + outside) / 2)
      }
      inside = next
      next += step.millimeters
    }
    return nil
  }

  private func gap(_ index: Int, _ z: Double) -> Double {
    max(0, slabs[index].lower - z, z - slabs[index].upper)
  }

  /// The squared distance from a point to the outside; the search stops once it falls to the cutoff.
  private func squaredDepth(
    of point: SIMD2<Double>, _ z: Double, _ nearestFirst: [Int], cutoff: Double
  ) -> Double {
    var best = Double.infinity
    for space in uncovered {
      let gap = max(0, space.lower - z, z - space.upper)
      best = min(best, gap * gap)
    }
    for index in nearestFirst {
      let gap = gap(index, z)
      guard best > cutoff, gap * gap < best else { return best }
      if slabs[index].region.contains(point) {
        best = min(best, gap * gap + indices[index].squaredDistanceToEdges(point, below: best - gap * gap))
      } else {
        best = min(best, gap * gap)
      }
    }
    return best
  }

  private static func uncovered(_ slabs: [Slab]) -> [(lower: Double, upper: Double)] {
    guard let first = slabs.first, let last = slabs.last else { return [(-.infinity, .infinity)] }
    var spaces = [(lower: -Double.infinity, upper: first.lower)]
    for (a, b) in zip(slabs, slabs.dropFirst()) where b.lower > a.upper + 1e-9 {
      spaces.append((a.upper, b.lower))
    }
    spaces.append((last.upper, .infinity))
    return spaces
  }
}
