// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry
public import Quantities

extension PreparedSolid {
  /// The distance of a point to the solid as a union of slabs, exact and zero inside.
  ///
  /// - Parameter bound: nothing farther is of interest; it is answered as this.
  public func distance(to point: SIMD3<Double>, below bound: Length = .millimeters(.infinity)) -> Length {
    let planar = SIMD2(point.x, point.y)
    var best = bound.millimeters * bound.millimeters
    for (slab, index) in zip(solid.slabs, indices) {
      let gap = max(0, slab.lower - point.z, point.z - slab.upper)
      guard gap * gap < best else { continue }
      if slab.region.contains(planar) {
        best = gap * gap
      } else {
        best = min(best, gap * gap + index.squaredDistanceToEdges(planar, below: best - gap * gap))
      }
    }
    return .millimeters(best.squareRoot())
  }

  /// The least distance of a straight line between two points to the solid, and where on the line it is.
  ///
  /// A distance changes by no more than the way along the line, so that stretches which cannot hold a nearer place are
  /// left out; exact to a fiftieth of a millimetre.
  public func clearance(
    ofSegment a: SIMD3<Double>, _ b: SIMD3<Double>, below bound: Length = .millimeters(.infinity)
  ) -> (distance: Length, place: SIMD3<Double>) {
    let length = ((b - a) * (b - a)).sum().squareRoot()
    func value(_ t: Double) -> Double { distance(to: a + (b - a) * t).millimeters }
    var best = bound.millimeters
    var place = a
    func offer(_ t: Double, _ d: Double) {
      if d < best { (best, place) = (d, a + (b - a) * t) }
    }
    let ends = (value(0), value(1))
    offer(0, ends.0)
    offer(1, ends.1)
    var open = [(low: 0.0, high: 1.0, atLow: ends.0, atHigh: ends.1)]
    while let part = open.popLast() {
      let way = (part.high - part.low) * length
      guard best > 0, (part.atLow + part.atHigh - way) / 2 < best - 0.02, way > 1e-6 else { continue }
      let middle = (part.low + part.high) / 2
      let d = value(middle)
      offer(middle, d)
      open.append((part.low, middle, part.atLow, d))
      open.append((middle, part.high, d, part.atHigh))
    }
    return (.millimeters(best), place)
  }
}
