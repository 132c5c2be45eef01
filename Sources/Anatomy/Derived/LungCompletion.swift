// SPDX-License-Identifier: Apache-2.0
public import PlanarGeometry
public import Quantities
public import Vocabulary

/// How a lesion lies to the lungs, where the lungs' contours leave it out.
///
/// Segmentations of lungs are mostly of what holds air: a solid tumour is a hole or a bay in them, and lies "outside".
public struct LungContact: Sendable, Hashable {
  /// The lung's place in what was given.
  public let lung: Int
  /// The lobe's place in what was given; `nil` where no lobe is contoured beside the lesion.
  public let lobe: Int?
  /// The share of the lesion's surroundings, 3 mm wide, that is this lung.
  public let surroundings: Double
  /// The share of the lesion within the lung's contour, its holes counted, or in a bay of its costal surface.
  public let enclosed: Double
  /// What of the lesion lies within the lung's contour.
  public let overlap: Volume

  /// Whether the lesion is one of the lung's by its place alone (heuristic).
  ///
  /// It is mostly surrounded by it, or mostly within it and its bays at the chest wall. Beside the mediastinum a bay may
  /// be a node's or a vessel's, so that says nothing.
  public var isEvident: Bool { surroundings >= 0.5 || (enclosed >= 0.5 && surroundings >= 0.2) }
  /// Whether the lesion touches the lung at all; enough where somebody said that it is a lung's lesion (heuristic).
  public var isContact: Bool { surroundings >= 0.02 || overlap > .zero }
}

/// Lungs and lobes made whole by the lesions that their contours leave out.
public enum LungCompletion {
  /// How wide a lesion's surroundings are.
  private static let rimMM = 3.0
  /// Gaps up to this wide between a lesion and the lung around it are no surface (as wedges bridge gaps).
  private static let gap = Length.millimeters(3)
  /// How far off the sides of a bay are looked for.
  private static let widestBayMM = 80.0

  /// How a body lies to lungs and lobes; `nil` where it touches none.
  ///
  /// - Parameters:
  ///   - body: the lesion's.
  ///   - structures: lungs and lobes among them are looked at; indices are places in this list.
  ///   - side: the side the lesion is said to lie on; then only lungs of that side, or without one, are looked at.
  ///   - lobe: the lobe the lesion is said to lie in.
  /// - Throws: `GEOSError`.
  public static func contact(
    of body: Solid, among structures: [Structure], side: Side? = nil, lobe: Lobe? = nil
  ) throws(GEOSError) -> LungContact? {
    let bounds = body.bounds
    let near = structures.indices.filter { index in
      let name = structures[index].name
      guard name.role == .lung || name.role == .lobe else { return false }
      if let side, side != .midline, let own = name.side, own != side { return false }
      let box = structures[index].solid.bounds
      return all(box.low .<= bounds.high + rimMM) && all(box.high .>= bounds.low - rimMM)
    }
    let lungs = near.filter { structures[$0].name.role == .lung }
    let lobes = near.filter { structures[$0].name.role == .lobe }
    guard !lungs.isEmpty || !lobes.isEmpty, let points = Points(body) else { return nil }
    // Both lungs tell where the mediastinum lies, whichever is near.
    let everyLung = structures.filter { $0.name.role == .lung }
    func judged(_ index: Int) throws(GEOSError) -> LungContact {
      let solid = structures[index].solid
      let rim = points.rim.count { solid.contains($0) }
      let inside = points.inside.count { point in
        solid.encloses(point) || isInCostalBay(point, of: structures[index], among: everyLung)
      }
      return LungContact(
        lung: index, lobe: nil, surroundings: Double(rim) / Double(max(1, points.rim.count)),
        enclosed: Double(inside) / Double(points.inside.count),
        overlap: try body.overlap(with: solid))
    }
    func best(_ places: [Int]) throws(GEOSError) -> LungContact? {
      var found: [LungContact] = []
      for place in places { found.append(try judged(place)) }
      return found.filter(\.isContact).max {
        ($0.surroundings + $0.enclosed) < ($1.surroundings + $1.enclosed)
      }
    }
    let wanted = lobes.filter { structures[$0].name.lobe == lobe }
    let ownLobe = try best(lobe == nil ? lobes : wanted)
    guard let lung = try best(lungs) ?? ownLobe else { return nil }
    // A lobe of the other lung is no lobe of this lesion.
    let fitting = ownLobe.flatMap { found in
      let side = structures[lung.lung].name.side
      return side == nil || structures[found.lung].name.side == side ? found : nil
    }
    return LungContact(
      lung: lung.lung, lobe: fitting?.lung, surroundings: lung.surroundings, enclosed: lung.enclosed,
      overlap: lung.overlap)
  }

  /// The share of a body's surroundings, 3 mm wide, that a structure is; its own interior is not counted.
  public static func surroundings(of body: Solid, by structure: Structure) -> Double {
    let (box, bounds) = (structure.solid.bounds, body.bounds)
    guard all(box.low .<= bounds.high + rimMM), all(box.high .>= bounds.low - rimMM),
      let points = Points(body)
    else { return 0 }
    return Double(points.rim.count { structure.solid.contains($0) }) / Double(points.rim.count)
  }

  /// A structure with a lesion joined to it, small gaps between them closed; its contour is kept beside.
  ///
  /// - Throws: `GEOSError`.
  public static func completed(_ structure: Structure, by body: Solid) throws(GEOSError) -> Structure {
    guard let joined = try structure.solid.union(body) else { return structure }
    var slabs: [Slab] = []
    for slab in joined.slabs {
      let z = (slab.lower + slab.upper) / 2
      guard let own = body.slabs.first(where: { $0.lower <= z && z <= $0.upper }) else {
        slabs.append(slab)
        continue
      }
      let around = try own.region.buffered(by: .millimeters(2 * gap.millimeters))
      let closed = try slab.region.buffered(by: gap).buffered(by: .zero - gap).intersection(around)
      slabs.append(
        Slab(z: slab.z, lower: slab.lower, upper: slab.upper, region: try slab.region.union(closed)))
    }
    guard
      let solid = Solid(
        slabs: slabs, endCap: .voxels, nominalSpacing: structure.solid.nominalSpacing,
        gaps: structure.solid.gaps)
    else { return structure }
    return Structure(
      name: structure.name, sourceName: structure.sourceName, solid: solid, asContoured: structure.contoured,
      derivation: structure.derivation, isEstimate: structure.isEstimate, warnings: structure.warnings,
      mayBeCutOff: structure.mayBeCutOff)
  }

  /// Whether a point outside a lung lies in a bay of its costal surface: towards the mediastinum and to both sides there
  /// is lung, away from it there is none.
  ///
  /// A rib or the wall beside the lung has lung inward only: the lung's surface bends away from it.
  private static func isInCostalBay(
    _ point: SIMD3<Double>, of lung: Structure, among lungs: [Structure]
  ) -> Bool {
    guard let slab = lung.solid.slabs.first(where: { $0.lower <= point.z && point.z <= $0.upper }) else {
      return false
    }
    var middles: [SIMD2<Double>] = []
    for other in lungs {
      let facing = other.solid.slabs.first { $0.lower <= point.z && point.z <= $0.upper }
      if let middle = facing?.region.centroid { middles.append(middle) }
    }
    // One lung alone does not say where the mediastinum is.
    guard middles.count > 1 || lung.name.side == nil, !middles.isEmpty else { return false }
    let centre = middles.reduce(.zero, +) / Double(middles.count)
    let place = SIMD2(point.x, point.y)
    let offset = place - centre
    let length = (offset * offset).sum().squareRoot()
    guard length > 1 else { return false }
    let outward = offset / length
    let step = 2.0
    func meets(_ direction: SIMD2<Double>, upTo reach: Double) -> Bool {
      stride(from: step, through: reach, by: step).contains { slab.region.contains(place + direction * $0) }
    }
    let along = SIMD2(-outward.y, outward.x)
    return meets(-outward, upTo: length) && !meets(outward, upTo: 100) && meets(along, upTo: widestBayMM)
      && meets(-along, upTo: widestBayMM)
  }

  /// Points within a body and just around it, on a lattice.
  private struct Points {
    var inside: [SIMD3<Double>] = []
    var rim: [SIMD3<Double>] = []

    init?(_ body: Solid) {
      let bounds = body.bounds
      let size = bounds.high - bounds.low
      let step = min(3, max(1, size.max() / 16))
      guard
        let field = DistanceField(
          of: body, as: .slabs, reach: .millimeters(rimMM + step), spacing: .millimeters(step), levels: nil,
          side: .outside)
      else { return nil }
      let low = bounds.low - rimMM
      let counts = (size + 2 * rimMM) / step
      for k in 0...Int(counts.z) {
        for j in 0...Int(counts.y) {
          for i in 0...Int(counts.x) {
            let point = low + SIMD3(Double(i), Double(j), Double(k)) * step
            if body.contains(point) {
              inside.append(point)
            } else if field.millimeters(at: point, outside: .infinity) <= rimMM {
              rim.append(point)
            }
          }
        }
      }
      guard !inside.isEmpty, !rim.isEmpty else { return nil }
    }
  }
}
