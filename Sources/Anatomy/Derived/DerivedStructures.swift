// SPDX-License-Identifier: Apache-2.0
public import PlanarGeometry
public import Quantities
public import Vocabulary

/// Structures that follow from others when nobody contoured them.
///
/// Each says that it is derived, and from what.
public enum DerivedStructures {
  /// The radius of the proximal bronchial zone, 20 mm (RTOG 0813 and 0915: within 2 cm of the tree).
  public static let proximalBronchialZoneRadius = Length.centimeters(2)

  /// Everything within 20 mm of the trachea and proximal bronchial tree, on the tree's own spacing, or 1 mm where that is finer.
  ///
  /// The zone is the Minkowski sum of the slabs with a ball, cut at planes; facts rest on the exact
  /// clearance to the tree, not on this body.
  ///
  /// - Throws: `GEOSError`.
  public static func proximalBronchialZone(of tree: Structure) throws(GEOSError) -> Structure? {
    let radius = proximalBronchialZoneRadius.millimeters
    // Finer planes than a millimetre would only cost time.
    let spacing = max(1, tree.solid.nominalSpacing.millimeters)
    guard let first = tree.solid.slabs.first, let last = tree.solid.slabs.last, spacing > 0 else {
      return nil
    }
    let bundles = try bundles(of: tree.solid.slabs, height: spacing)
    var planes: [(z: Double, region: Region)] = []
    var z = first.z - (radius / spacing).rounded(.down) * spacing
    while z <= last.upper + radius {
      var grown: [Region] = []
      for bundle in bundles {
        let gap = max(0, bundle.lower - z, z - bundle.upper)
        guard gap < radius else { continue }
        let reach = (radius * radius - gap * gap).squareRoot()
        grown.append(try bundle.region.buffered(by: .millimeters(reach)))
      }
      planes.append((z, try Region.union(grown)))
      z += spacing
    }
    guard let zone = try? Solid(planes: planes, endCap: .half) else { return nil }
    return Structure(
      name: StructureName(tg263: "\(tree.name.tg263)_20mm", role: .other), sourceName: tree.sourceName,
      solid: zone, derivation: "within 20 mm of \(tree.name.tg263) (proximal bronchial zone)")
  }

  /// Neighbouring slabs that are together no higher than this, as one: the zone around fine planes is that around a
  /// coarser stack that holds them.
  private static func bundles(
    of slabs: [Slab], height: Double
  ) throws(GEOSError) -> [(lower: Double, upper: Double, region: Region)] {
    var bundles: [(lower: Double, upper: Double, region: Region)] = []
    var first = 0
    while first < slabs.count {
      var end = first + 1
      while end < slabs.count, slabs[end].upper - slabs[first].lower <= height { end += 1 }
      let region = try Region.union(slabs[first..<end].map(\.region))
      bundles.append((slabs[first].lower, slabs[end - 1].upper, region))
      first = end
    }
    return bundles
  }

  /// The union of structures as one, for lungs from lobes or a bronchial tree from trachea and bronchi.
  ///
  /// - Throws: `GEOSError`. Returns `nil` for no parts.
  public static func union(_ parts: [Structure], name: StructureName) throws(GEOSError) -> Structure? {
    guard let solid = try union(parts.map(\.solid)) else { return nil }
    let isCompleted = parts.contains { $0.asContoured != nil }
    return Structure(
      name: name, sourceName: parts.map(\.sourceName).joined(separator: " + "), solid: solid,
      asContoured: isCompleted ? try union(parts.map(\.contoured)) : nil,
      derivation: "union of " + parts.map(\.name.tg263).joined(separator: ", "),
      warnings: parts.flatMap { part in part.warnings.map { "\(part.name.tg263) \($0)" } },
      mayBeCutOff: parts.contains(where: \.mayBeCutOff))
  }

  private static func union(_ solids: [Solid]) throws(GEOSError) -> Solid? {
    guard let first = solids.first else { return nil }
    let heights = Set(solids.flatMap { $0.slabs.flatMap { [$0.lower, $0.upper] } }).sorted()
    var slabs: [Slab] = []
    for (lower, upper) in zip(heights, heights.dropFirst()) where upper - lower > 1e-6 {
      let z = (lower + upper) / 2
      var sum = Region.empty
      for solid in solids {
        for slab in solid.slabs where slab.lower <= z && slab.upper >= z {
          sum = try sum.union(slab.region)
        }
      }
      if !sum.isEmpty { slabs.append(Slab(z: z, lower: lower, upper: upper, region: sum)) }
    }
    return Solid(
      slabs: slabs, endCap: first.endCap, nominalSpacing: first.nominalSpacing, gaps: solids.flatMap(\.gaps))
  }

  static func suffix(_ side: Side?) -> String {
    switch side {
    case .left: "_L"
    case .right: "_R"
    default: ""
    }
  }
}
