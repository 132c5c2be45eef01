public import PlanarGeometry
public import Quantities
public import Vocabulary

extension DerivedStructures {
  /// How thick the derived chest wall is: 30 mm, as trials of SBRT contour it (Dunlap 2010, recalled).
  public static let chestWallThickness = Length.millimeters(30)

  /// Hollows of the costal surface up to this deep belong to the wall (heuristic).
  private static let costalHollow = Length.millimeters(12)
  /// What lies between the lungs is wider than twice this, the hollows of the costal surface are not (heuristic).
  private static let mediastinalHalfWidth = Length.millimeters(8)
  /// How far a lesion beside a lung reaches beyond the hull of the lungs and still leaves the wall alone (heuristic: the
  /// height of the arc over a lesion 30 to 40 mm wide on the costal surface).
  private static let bulge = Length.millimeters(2)
  /// Of a lung without its fellow, this share of its width next to the mediastinum has no wall (heuristic).
  private static let medialShare = 0.25

  /// The chest wall as a rind around the lungs, for the sides that are asked for.
  ///
  /// In each plane what lies within the rind's thickness around the lungs' common convex hull, with the shallow hollows
  /// between hull and lung, but for what lies between the lungs; above an apex what lies within the thickness of its last
  /// plane. Within the body's outline where one is given and holds the lungs. A lung that ends in a plane counts there by its last section, so
  /// that the other's mediastinal side is no wall.
  ///
  /// - Parameters:
  ///   - lungs: at least one, each with a side.
  ///   - sides: whose wall is wanted.
  ///   - outline: the patient's body.
  /// - Returns: one structure a side, right before left; none for lungs without a side.
  /// - Throws: `GEOSError`.
  public static func chestWalls(
    around lungs: [Structure], sides: Set<Side>, within outline: Solid? = nil
  ) throws(GEOSError) -> [Structure] {
    let sided = lungs.filter { $0.name.side == .left || $0.name.side == .right }
    guard let first = sided.first else { return [] }
    let spacing = sided.map(\.solid.nominalSpacing).min() ?? first.solid.nominalSpacing
    let heights = Self.heights(sided, spacing: spacing)
    let names = sided.map(\.name.tg263).joined(separator: " and ")
    let above = try covered(sided, heights)
    var walls: [Structure] = []
    for side in [Side.right, .left]
    where sides.contains(side) && sided.contains(where: { $0.name.side == side }) {
      var slabs: [Slab] = []
      for (lower, upper) in heights {
        let z = (lower + upper) / 2
        var region = try wall(at: z, around: sided, side: side)
        if !region.isEmpty, let behind = try behindLungs(at: z, above[z] ?? .empty, sided) {
          region = try region.intersection(behind)
        }
        if let body = try outline?.slabs.first(where: { $0.lower <= z && z <= $0.upper })?.region.filled(),
          try holds(body, sided, at: z)
        {
          region = try region.intersection(body)
        }
        if !region.isEmpty { slabs.append(Slab(z: z, lower: lower, upper: upper, region: region)) }
      }
      guard let solid = Solid(slabs: slabs, endCap: .voxels, nominalSpacing: spacing, gaps: []) else {
        continue
      }
      walls.append(
        Structure(
          name: StructureName(recognizing: "Chestwall" + suffix(side)), sourceName: names, solid: solid,
          derivation: "rind of \(Int(chestWallThickness.millimeters)) mm around \(names)"))
    }
    return walls
  }

  /// At each height the hull of what the lungs hold there and above, as far up as a dome reaches.
  private static func covered(
    _ lungs: [Structure], _ heights: [(Double, Double)]
  ) throws(GEOSError) -> [Double: Region] {
    var covered: [Double: Region] = [:]
    let lowest = lungs.compactMap { $0.solid.slabs.first?.lower }.min() ?? 0
    var sum = Region.empty
    for (lower, upper) in heights.reversed() {
      let z = (lower + upper) / 2
      guard z < lowest + 2 * DerivedStructures.domeHeight.millimeters else { continue }
      for lung in lungs {
        for slab in lung.solid.slabs where slab.lower <= z && z <= slab.upper {
          sum = try sum.union(slab.region).convexHull()
        }
      }
      covered[z] = sum
    }
    return covered
  }

  /// What lies behind the lungs as seen from the thorax's middle; `nil` where none is in the plane.
  ///
  /// Between the recess around the dome and the middle lie liver and spleen, not the chest wall.
  private static func behindLungs(
    at z: Double, _ above: Region, _ lungs: [Structure]
  ) throws(GEOSError) -> Region? {
    var here = Region.empty
    for lung in lungs {
      for slab in lung.solid.slabs where slab.lower <= z && z <= slab.upper {
        here = try here.union(slab.region.filled())
      }
    }
    guard !here.isEmpty, let centre = above.centroid else { return nil }
    return try here.outward(from: centre, beyondLast: false)
  }

  /// The share of a lung's section that may lie outside an outline by the contours' own error (heuristic).
  private static let outlineError = 0.02

  /// Whether an outline holds the lungs of a plane; one that is open or drawn in part says nothing of where the wall ends.
  private static func holds(_ body: Region, _ lungs: [Structure], at z: Double) throws(GEOSError) -> Bool {
    for lung in lungs {
      for slab in lung.contoured.slabs where slab.lower <= z && z <= slab.upper {
        let beyond = try slab.region.subtracting(body).area
        if beyond.squareMillimeters > outlineError * slab.region.area.squareMillimeters { return false }
      }
    }
    return true
  }

  /// The slabs of the wall: the lungs' own planes, and above them as far as the rind goes.
  private static func heights(_ lungs: [Structure], spacing: Length) -> [(Double, Double)] {
    let cuts = Set(lungs.flatMap { $0.solid.slabs.flatMap { [$0.lower, $0.upper] } }).sorted()
    guard let top = cuts.last else { return [] }
    var heights = zip(cuts, cuts.dropFirst()).filter { $1 - $0 > 1e-6 }.map { ($0, $1) }
    let step = max(1, spacing.millimeters)
    var z = top
    while z < top + chestWallThickness.millimeters {
      heights.append((z, z + step))
      z += step
    }
    return heights
  }

  private static func wall(
    at z: Double, around lungs: [Structure], side: Side
  ) throws(GEOSError) -> Region {
    // A lesion joined to a lung is lung as far as the contoured lungs' hull goes: beyond that it lies in the wall.
    var drawn = Region.empty
    for lung in lungs {
      if let slab = nearest(lung.contoured, z) { drawn = try drawn.union(slab.region.filled()) }
    }
    let reach = try drawn.convexHull().buffered(by: bulge)
    var sections: [(side: Side?, region: Region, above: Double)] = []
    for lung in lungs {
      guard let slab = nearest(lung.solid, z) else { continue }
      let region = lung.asContoured == nil ? slab.region : try slab.region.intersection(reach)
      sections.append((lung.name.side, region, max(0, z - slab.upper)))
    }
    let filled = try sections.map { section throws(GEOSError) in (section.side, try section.region.filled()) }
    var lung = Region.empty
    for section in sections where section.above == 0 { lung = try lung.union(section.region.filled()) }
    var wall = Region.empty
    if !lung.isEmpty {
      var both = Region.empty
      for (_, region) in filled { both = try both.union(region) }
      let hull = try both.convexHull()
      let between = try hull.subtracting(both).buffered(by: .zero - mediastinalHalfWidth)
        .buffered(by: mediastinalHalfWidth)
      wall = try hull.buffered(by: chestWallThickness).subtracting(lung).subtracting(between)
        .subtracting(hull.buffered(by: .zero - costalHollow))
    }
    // Above an apex the wall lies over it.
    for section in sections
    where section.above > 0 && section.above < chestWallThickness.millimeters && section.side == side {
      let reach = chestWallThickness.millimeters
      let cap = try section.region.filled().buffered(
        by: .millimeters((reach * reach - section.above * section.above).squareRoot()))
      wall = try wall.union(cap.subtracting(lung))
    }
    guard !wall.isEmpty, let own = filled.first(where: { $0.0 == side })?.1, let box = own.bounds,
      let middle = own.centroid
    else { return .empty }
    // Half of the body, up to the middle between the lungs.
    let isRight = side == .right
    var limit =
      isRight
      ? box.high.x - medialShare * (box.high.x - box.low.x)
      : box.low.x + medialShare * (box.high.x - box.low.x)
    if let other = filled.first(where: { $0.0 != side })?.1.centroid { limit = (middle.x + other.x) / 2 }
    let far = 1000.0
    let half = Region.rectangle(
      low: SIMD2(isRight ? limit - far : limit, middle.y - far),
      high: SIMD2(isRight ? limit : limit + far, middle.y + far))
    return try wall.intersection(half)
  }

  /// The slab at a height, else the nearest one: a lung's last section stands for it beyond its end.
  private static func nearest(_ solid: Solid, _ z: Double) -> Slab? {
    solid.slabs.min { a, b in
      max(0, a.lower - z, z - a.upper) < max(0, b.lower - z, z - b.upper)
    }
  }
}
