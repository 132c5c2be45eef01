// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry
internal import Quantities
internal import Vocabulary

/// The axial planes a phantom is drawn on, evenly spaced; z in millimetres (LPS).
struct AxialPlanes: Sendable {
  /// The distance of neighbouring planes.
  let spacing: Double
  /// The positions by growing z: whole multiples of the spacing.
  let positions: [Double]

  /// The planes from the first multiple of the spacing at or above `lower` up to `upper`.
  init(from lower: Double, through upper: Double, spacing: Double) {
    self.spacing = spacing
    let first = Int((lower / spacing).rounded(.up))
    let last = Int((upper / spacing).rounded(.down))
    positions = (first...max(first, last)).map { Double($0) * spacing }
  }
}

/// One organ's area on every plane of a phantom, empty where the organ is not.
///
/// All organs of a phantom share its planes, so that they can be carved out of one another plane by plane.
struct OrganDrawing: Sendable {
  let planes: AxialPlanes
  /// One region for each plane.
  private(set) var sections: [Region]

  /// The organ whose section at a height is known.
  init(on planes: AxialPlanes, section: (Double) throws -> Region) rethrows {
    self.planes = planes
    sections = try planes.positions.map(section)
  }

  /// What of this organ lies in none of the others.
  func carved(by others: [OrganDrawing]) throws -> OrganDrawing {
    var carved = self
    for other in others {
      for i in carved.sections.indices where Self.mayMeet(carved.sections[i], other.sections[i]) {
        carved.sections[i] = try carved.sections[i].subtracting(other.sections[i])
      }
    }
    return carved
  }

  /// This organ and the others as one.
  func joined(with others: [OrganDrawing]) throws -> OrganDrawing {
    var joined = self
    for other in others {
      for i in joined.sections.indices {
        joined.sections[i] = try joined.sections[i].union(other.sections[i])
      }
    }
    return joined
  }

  /// What lies in this organ and in the other.
  func clipped(to other: OrganDrawing) throws -> OrganDrawing {
    var clipped = self
    for i in clipped.sections.indices {
      clipped.sections[i] =
        Self.mayMeet(clipped.sections[i], other.sections[i])
        ? try clipped.sections[i].intersection(other.sections[i]) : .empty
    }
    return clipped
  }

  /// The organ on the planes at the heights that are wanted.
  func kept(where wanted: (Double) -> Bool) -> OrganDrawing {
    var kept = self
    for (i, z) in planes.positions.enumerated() where !wanted(z) { kept.sections[i] = .empty }
    return kept
  }

  /// The organ without the slivers that carving curves out of curves leaves behind.
  ///
  /// Rings under 2 mm² mean nothing, and would vanish or cross themselves once a file rounds coordinates.
  private func withoutSlivers() throws -> OrganDrawing {
    var cleaned = self
    for (i, section) in sections.enumerated() where !section.isEmpty {
      let rings = section.rings
      let kept = try rings.filter { try Region.evenOdd([$0]).region.area > .squareMillimeters(2) }
      if kept.count < rings.count { cleaned.sections[i] = try Region.evenOdd(kept).region }
    }
    return cleaned
  }

  /// The body, closed by half end caps.
  ///
  /// - Throws: `SolidDefect` when the organ meets no plane.
  func solid() throws -> Solid {
    try Solid(
      planes: zip(planes.positions, sections).map { (z: $0, region: $1) }, endCap: .half,
      singlePlaneThickness: .millimeters(planes.spacing))
  }

  /// The organ as a contoured structure of this name.
  func structure(_ name: String) throws -> Structure {
    Structure(name: StructureName(recognizing: name), sourceName: name, solid: try withoutSlivers().solid())
  }

  /// Boxes apart settle most pairs of organs without asking GEOS.
  private static func mayMeet(_ a: Region, _ b: Region) -> Bool {
    guard let boxA = a.bounds, let boxB = b.bounds else { return false }
    return boxA.low.x < boxB.high.x && boxB.low.x < boxA.high.x && boxA.low.y < boxB.high.y
      && boxB.low.y < boxA.high.y
  }
}

extension Region {
  /// The area within a convex ring of points in millimetres; empty when they enclose nothing.
  static func convex(_ points: [SIMD2<Double>]) throws -> Region {
    guard let ring = try? Contour(points) else { return .empty }
    return try Region.evenOdd([ring]).region
  }

  /// One side of a straight line, out to a metre: what lies in the direction `inward` from the point.
  static func halfPlane(through point: SIMD2<Double>, inward: SIMD2<Double>) throws -> Region {
    let length = (inward.x * inward.x + inward.y * inward.y).squareRoot()
    let n = inward / length * 1000
    let along = SIMD2(-n.y, n.x)
    return try convex([point - along, point + along, point + along + n, point - along + n])
  }
}
