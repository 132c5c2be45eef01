// SPDX-License-Identifier: Apache-2.0
public import PlanarGeometry
public import Quantities

/// A solid made ready for many questions of distance: one index of edges for each slab.
public struct PreparedSolid: Sendable {
  /// The solid itself.
  public let solid: Solid
  let indices: [PlanarIndex]

  /// Prepares a solid; the cost is one pass over its points.
  public init(_ solid: Solid) {
    self.solid = solid
    indices = solid.slabs.map { PlanarIndex($0.region) }
  }
}

/// The least distance between two solids, where it is, and how much they share.
public struct Clearance: Sendable, Hashable {
  /// The distance; zero in contact or overlap.
  public let distance: Length
  /// The nearest point of the first solid, LPS in millimetres.
  public let from: SIMD3<Double>
  /// The nearest point of the second solid.
  public let to: SIMD3<Double>
  /// The volume both share; zero in mere contact.
  public let overlap: Volume
}

extension PreparedSolid {
  /// The least distance to another solid, both taken as unions of slabs; exact for that model.
  ///
  /// Pairs of slabs are visited by the least distance that gap in z and planar boxes allow; √(gap² + planar
  /// distance²) is minimised, and the visit stops when that least distance exceeds the best.
  ///
  /// - Throws: `GEOSError` when the shared volume cannot be computed.
  public func clearance(to other: PreparedSolid) throws(GEOSError) -> Clearance {
    let near = nearest(to: other)
    return Clearance(
      distance: near.distance, from: near.from, to: near.to,
      overlap: near.distance == .zero ? try solid.overlap(with: other.solid) : .zero)
  }

  /// The least distance and its ends alone, as `clearance` finds them; no shared volume is computed.
  public func nearest(
    to other: PreparedSolid
  ) -> (distance: Length, from: SIMD3<Double>, to: SIMD3<Double>) {
    let (bound, likely) = squaredUpperBound(to: other)
    var best = bound
    var from = SIMD3<Double>.zero
    var to = SIMD3<Double>.zero
    // Every pair of slabs that may lie nearer than the bound, by the least distance their boxes allow.
    var pairs: [(least: Double, i: Int, j: Int)] = []
    for (i, slab) in solid.slabs.enumerated() {
      for (j, facing) in other.solid.slabs.enumerated() {
        let gap = Self.gap(slab, facing)
        guard gap * gap <= best else { continue }
        let least = gap * gap + indices[i].squaredBoxGap(to: other.indices[j])
        if least <= best { pairs.append((least, i, j)) }
      }
    }
    pairs.sort { $0.least < $1.least }
    // The pair that gave the bound first: hollow bodies' boxes say little, and a tight bound spares the rest.
    if let likely { pairs.insert((0, likely.0, likely.1), at: 0) }
    for pair in pairs {
      guard pair.least < best, best > 0 else { break }
      let (slab, facing) = (solid.slabs[pair.i], other.solid.slabs[pair.j])
      let gap = Self.gap(slab, facing)
      guard let near = indices[pair.i].nearest(to: other.indices[pair.j], below: best - gap * gap) else {
        continue
      }
      best = gap * gap + near.squaredDistance
      let (za, zb) = Self.facingPositions(slab, facing)
      from = SIMD3(near.from.x, near.from.y, za)
      to = SIMD3(near.to.x, near.to.y, zb)
    }
    return (.millimeters(best.squareRoot()), from, to)
  }

  /// A squared distance that the least one cannot exceed, a little widened so that the pair itself is found.
  ///
  /// From one corner of this solid to some corners of the other's, and back from the nearest of those.
  private func squaredUpperBound(to other: PreparedSolid) -> (squared: Double, pair: (Int, Int)?) {
    let middle = solid.slabs.count / 2
    guard let start = indices[middle].someCorners.first else { return (.infinity, nil) }
    var best = Double.infinity
    var found: (slab: Int, point: SIMD2<Double>)?
    for (j, index) in other.indices.enumerated() {
      let gap = Self.gap(solid.slabs[middle], other.solid.slabs[j])
      guard gap * gap < best else { continue }
      for point in index.someCorners {
        let offset = point - start
        let squared = gap * gap + (offset * offset).sum()
        if squared < best {
          best = squared
          found = (j, point)
        }
      }
    }
    guard let found else { return (.infinity, nil) }
    var nearest = middle
    for (i, index) in indices.enumerated() {
      let gap = Self.gap(solid.slabs[i], other.solid.slabs[found.slab])
      for point in index.someCorners {
        let offset = point - found.point
        let squared = gap * gap + (offset * offset).sum()
        if squared < best {
          best = squared
          nearest = i
        }
      }
    }
    return (best * (1 + 1e-9) + 1e-12, (nearest, found.slab))
  }

  private static func gap(_ a: Slab, _ b: Slab) -> Double { max(0, b.lower - a.upper, a.lower - b.upper) }

  /// The z at which two slabs face each other: the shared middle, or the two facing ends.
  private static func facingPositions(_ a: Slab, _ b: Slab) -> (Double, Double) {
    if b.lower > a.upper { return (a.upper, b.lower) }
    if a.lower > b.upper { return (a.lower, b.upper) }
    let middle = (max(a.lower, b.lower) + min(a.upper, b.upper)) / 2
    return (middle, middle)
  }
}

extension Solid {
  /// The volume two solids share.
  ///
  /// - Throws: `GEOSError` when a planar intersection fails.
  public func overlap(with other: Solid) throws(GEOSError) -> Volume {
    var sum = Volume.zero
    for a in slabs {
      for b in other.slabs {
        let height = min(a.upper, b.upper) - max(a.lower, b.lower)
        guard height > 0 else { continue }
        sum = sum + (try a.region.intersection(b.region)).area * .millimeters(height)
      }
    }
    return sum
  }
}
