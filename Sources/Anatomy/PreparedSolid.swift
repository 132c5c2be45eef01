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
  /// For every slab the other solid's slabs are visited by growing gap in z; √(gap² + planar distance²) is
  /// minimised, and the visit stops when the gap alone exceeds the best.
  ///
  /// - Throws: `GEOSError` when the shared volume cannot be computed.
  public func clearance(to other: PreparedSolid) throws(GEOSError) -> Clearance {
    var best = Double.infinity
    var from = SIMD3<Double>.zero
    var to = SIMD3<Double>.zero
    let others = other.solid.slabs
    for (i, slab) in solid.slabs.enumerated() {
      // Outwards from the slab nearest in z, the lower and the upper one by turns.
      var up = others.firstIndex { $0.upper >= slab.lower } ?? others.count
      var down = up - 1
      while best > 0 {
        let gapUp = up < others.count ? Self.gap(slab, others[up]) : .infinity
        let gapDown = down >= 0 ? Self.gap(slab, others[down]) : .infinity
        let j = gapUp <= gapDown ? up : down
        let gap = min(gapUp, gapDown)
        guard gap * gap < best else { break }
        if j == up { up += 1 } else { down -= 1 }
        guard let near = indices[i].nearest(to: other.indices[j], below: best - gap * gap) else { continue }
        best = gap * gap + near.squaredDistance
        let (za, zb) = Self.facingPositions(slab, others[j])
        from = SIMD3(near.from.x, near.from.y, za)
        to = SIMD3(near.to.x, near.to.y, zb)
      }
    }
    return Clearance(
      distance: .millimeters(best.squareRoot()), from: from, to: to,
      overlap: best == 0 ? try solid.overlap(with: other.solid) : .zero)
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
