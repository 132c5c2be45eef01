// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// How the section's area falls from the last plane to the top: A(x) = A₀·(1 − x)·(1 + bend·x), x = rise/height.
///
/// A ball's cap, an ellipsoid's and a cone's all fall so.
struct DomeShape: Sendable {
  /// From the plane to the top, in millimetres.
  let height: Double
  /// 1 where the sides leave the plane upright, 0 for a paraboloid, −1 for a cone.
  let bend: Double

  /// The top that the areas of the last planes point to, if it lies before the plane that is no longer there.
  ///
  /// Through three planes the area is a parabola, exact for ellipsoids and cones; two planes are taken for a
  /// ball's. `nil` where that top would have been met by a further plane, as on a body that ends flat.
  ///
  /// - Parameters:
  ///   - areas: of the last plane, the one before it, and where there is one, the one before that.
  ///   - spacings: between them, in the same order.
  init?(areas: [Double], spacings: [Double]) {
    guard areas.count >= 2, spacings.count >= areas.count - 1, areas.allSatisfy({ $0 > 0 }) else {
      return nil
    }
    // A(t) = a + b·t + c·t², t outwards from the last plane.
    let a = areas[0]
    let s = spacings[0]
    let b: Double
    let c: Double
    if areas.count > 2 {
      let w = s + spacings[1]
      c = ((areas[2] - a) / w - (areas[1] - a) / s) / (w - s)
      b = c * s - (areas[1] - a) / s
    } else {
      c = -Double.pi
      b = c * s - (areas[1] - a) / s
    }
    // A body that widens outwards has no top.
    guard b < 0 || c < 0 else { return nil }
    let discriminant = max(0, b * b - 4 * a * c)
    let top: Double
    let other: Double
    if abs(c) < 1e-9 * abs(b) {
      top = -a / b
      other = -.infinity
    } else {
      let q = -(b - discriminant.squareRoot()) / 2
      let roots = [q / c, a / q]
      guard let first = roots.filter({ $0 > 0 }).min() else { return nil }
      top = first
      other = roots[0] == first ? roots[1] : roots[0]
    }
    // A top on the missing plane itself is met by rounding only.
    guard top > 0, top <= s * (1 + 1e-6) else { return nil }
    height = top
    bend = min(1, max(-1, -top / other))
  }

  /// A dome of half a slab's volume, upright at the plane: 0.75 of the spacing on a disc.
  ///
  /// - Parameter share: the dome's height in spacings at which it has that volume.
  init(halfSlabOf spacing: Double, share: Double) {
    height = share * spacing
    bend = 1
  }

  /// The area left at a share of the height.
  func area(at x: Double) -> Double { max(0, (1 - x) * (1 + bend * x)) }
}

/// The rounded end of a body as levels of signed distance: the outline drawn in further and further.
enum DomeField {
  struct Level {
    let z: Double
    let distances: [Float]
  }

  private static let steps = 10

  /// The levels of the domes on several parts, from the plane outwards, the plane itself left out.
  ///
  /// Where the area is to fall to a share q each part is drawn in by r·(1 − √q), r being its inscribed radius.
  ///
  /// - Parameters:
  ///   - parts: the areas that end.
  ///   - z: their plane.
  ///   - spacing: to the plane that is no longer there; negative for domes that hang below.
  ///   - shape: the dome's shape where the planes before tell it; else each has half a slab's volume.
  static func levels(
    on parts: [Region], at z: Double, spacing: Double, shape: DomeShape? = nil, _ lattice: NodeLattice,
    _ reach: Double
  ) -> [Level] {
    guard !parts.isEmpty, spacing != 0 else { return [] }
    var fields: [(distances: [Float], radius: Double, shape: DomeShape)] = []
    for part in parts {
      let distances = part.signedDistances(on: lattice, reach: reach)
      let radius = part.inscribedRadius(near: distances, lattice)
      guard radius > 0 else { continue }
      let own =
        shape ?? DomeShape(halfSlabOf: abs(spacing), share: halfSlabHeight(distances, radius, lattice))
      fields.append((distances, radius, own))
    }
    // All parts share the levels of the tallest.
    guard let tallest = fields.map(\.shape.height).max() else { return [] }
    return (1...steps).map { step in
      let rise = tallest * sin(Double(step) / Double(steps) * Double.pi / 2)
      var values = [Float](repeating: Float(reach), count: lattice.count)
      for field in fields {
        let own = rise / field.shape.height
        // Above its own top a smaller dome is gone.
        let inset =
          own <= 1 + 1e-9
          ? field.radius * (1 - field.shape.area(at: min(1, own)).squareRoot()) : field.radius + rise
        let shift = Float(inset)
        for index in values.indices { values[index] = min(values[index], field.distances[index] + shift) }
      }
      return Level(z: z + (spacing < 0 ? -rise : rise), distances: values)
    }
  }

  /// The height, in spacings, at which the dome has half a slab's volume; 0.75 on a disc.
  private static func halfSlabHeight(_ distances: [Float], _ radius: Double, _ lattice: NodeLattice) -> Double
  {
    let heights = (0...steps).map { sin(Double($0) / Double(steps) * Double.pi / 2) }
    let areas = heights.map { height in
      area(distances, inset: radius * (1 - (1 - min(1, height * height)).squareRoot()), lattice)
    }
    guard areas[0] > 0 else { return 0.75 }
    var volume = 0.0
    for index in 1...steps {
      volume += (areas[index] + areas[index - 1]) / 2 * (heights[index] - heights[index - 1])
    }
    // Between a disc's dome and a ridge's, within what a thin sliver's nodes can say.
    return min(1.2, max(0.5, 0.5 * areas[0] / max(volume, areas[0] * 0.4)))
  }

  /// The area drawn in by an inset, nodes near the edge counted in part.
  private static func area(_ distances: [Float], inset: Double, _ lattice: NodeLattice) -> Double {
    let scale = Float(1 / lattice.spacing)
    let shift = Float(inset)
    var sum: Float = 0
    for distance in distances {
      let share = 0.5 - (distance + shift) * scale
      if share > 0 { sum += min(1, share) }
    }
    return Double(sum)
  }
}

extension Region {
  /// The radius of the largest disc within, sought from the deepest node.
  func inscribedRadius(near distances: [Float], _ lattice: NodeLattice) -> Double {
    var best = Float.infinity
    var at = -1
    for index in distances.indices where distances[index] < best {
      best = distances[index]
      at = index
    }
    guard at >= 0 else { return 0 }
    if best >= 0 {
      // Smaller than the lattice: as a disc of its area.
      return (area.squareMillimeters / Double.pi).squareRoot()
    }
    var place = lattice.node(at % lattice.columns, at / lattice.columns)
    var depth = -Double(best)
    var step = lattice.spacing / 2
    while step > 0.01 * lattice.spacing {
      var moved = false
      for offset in [SIMD2(step, 0), SIMD2(-step, 0), SIMD2(0, step), SIMD2(0, -step)] {
        let candidate = place + offset
        let found = edgeDistance(candidate)
        if found > depth, contains(candidate) {
          depth = found
          place = candidate
          moved = true
        }
      }
      if !moved { step /= 2 }
    }
    return depth
  }

  /// The distance of a point to the nearest edge.
  private func edgeDistance(_ point: SIMD2<Double>) -> Double {
    var best = Double.infinity
    for ring in rings {
      var a = ring.points[ring.points.count - 1]
      for b in ring.points {
        let edge = b - a
        let offset = point - a
        let length = (edge * edge).sum()
        let t = length > 0 ? min(1, max(0, (offset * edge).sum() / length)) : 0
        let away = offset - edge * t
        best = min(best, (away * away).sum())
        a = b
      }
    }
    return best.squareRoot()
  }
}
