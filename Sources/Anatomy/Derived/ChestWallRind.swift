// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
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
  /// The first of two steps by which a last section is grown into the wall above it (heuristic: any value gives the same
  /// wall but for the rounding of arcs, this one is fast).
  private static let capStep = Length.millimeters(3)
  /// How far points of a contour or of the lungs' hull may lie beyond those the rind is made from, in millimetres (heuristic:
  /// below the rounding of contours).
  private static let contourTolerance = 0.01
  /// From how many points of a section on they are made fewer first (heuristic: contours of planning systems have less).
  private static let densePoints = 1000
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
    let contoured = lungs.filter { $0.name.side == .left || $0.name.side == .right }
    let sided = try Workers.map(contoured.count) { index throws(GEOSError) in try coarsened(contoured[index])
    }
    guard let first = sided.first else { return [] }
    let spacing = sided.map(\.solid.nominalSpacing).min() ?? first.solid.nominalSpacing
    let heights = Self.heights(sided, spacing: spacing)
    let names = sided.map(\.name.tg263).joined(separator: " and ")
    let above = try covered(sided, heights)
    let wanted = [Side.right, .left].filter { side in
      sides.contains(side) && sided.contains { $0.name.side == side }
    }
    // Plane by plane, each for both sides: what is alike for both is made once.
    let planes = try Workers.map(heights.count) { index throws(GEOSError) -> [Slab?] in
      let (lower, upper) = heights[index]
      let z = (lower + upper) / 2
      let section = try WallSection(at: z, around: sided)
      let behind = try behindLungs(at: z, above[z] ?? .empty, sided)
      let around = outline?.slabs.first(where: { $0.lower <= z && z <= $0.upper })?.region
      let body = try around.map { around throws(GEOSError) in try coarsened(around).filled() }
      let isWithin = try body.map { body throws(GEOSError) in try holds(body, sided, at: z) } ?? false
      var slabs: [Slab?] = []
      for side in wanted {
        var region = try section.wall(of: side)
        if !region.isEmpty, let behind { region = try region.intersection(behind) }
        if let body, isWithin { region = try region.intersection(body) }
        slabs.append(region.isEmpty ? nil : Slab(z: z, lower: lower, upper: upper, region: region))
      }
      return slabs
    }
    return wanted.enumerated().compactMap { place, side in
      let slabs = planes.compactMap { $0[place] }
      guard let solid = Solid(slabs: slabs, endCap: .voxels, nominalSpacing: spacing, gaps: []) else {
        return nil
      }
      return Structure(
        name: StructureName(recognizing: "Chestwall" + suffix(side)), sourceName: names, solid: solid,
        derivation: "rind of \(Int(chestWallThickness.millimeters)) mm around \(names)")
    }
  }

  /// A lung whose contours have no more points than its wall can tell apart.
  private static func coarsened(_ lung: Structure) throws(GEOSError) -> Structure {
    Structure(
      name: lung.name, sourceName: lung.sourceName, solid: try coarsened(lung.solid),
      asContoured: try lung.asContoured.map { body throws(GEOSError) in try coarsened(body) })
  }

  private static func coarsened(_ solid: Solid) throws(GEOSError) -> Solid {
    let slabs = try solid.slabs.map { slab throws(GEOSError) in
      Slab(z: slab.z, lower: slab.lower, upper: slab.upper, region: try coarsened(slab.region))
    }
    return Solid(
      slabs: slabs, endCap: solid.endCap, nominalSpacing: solid.nominalSpacing, gaps: solid.gaps) ?? solid
  }

  private static func coarsened(_ section: Region) throws(GEOSError) -> Region {
    section.rings.reduce(0) { $0 + $1.points.count } > densePoints
      ? try section.coarsened(within: contourTolerance) : section
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
          sum = try Region.convexHull(of: [sum, slab.region])
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

  /// What of a plane is wall, but for the sides.
  private struct WallSection {
    private let sections: [(side: Side?, region: Region, above: Double)]
    private let filled: [(side: Side?, region: Region)]
    private let lung: Region
    /// Around both lungs; empty above their apices.
    private let common: Region

    init(at z: Double, around lungs: [Structure]) throws(GEOSError) {
      // A lesion joined to a lung is lung as far as the contoured lungs' hull goes: beyond that it lies in the wall.
      var reach = Region.empty
      if lungs.contains(where: { $0.asContoured != nil }) {
        let drawn = lungs.compactMap { nearest($0.contoured, z)?.region }
        reach = try Region.convexHull(of: drawn).buffered(by: bulge)
      }
      var sections: [(side: Side?, region: Region, above: Double)] = []
      for lung in lungs {
        guard let slab = nearest(lung.solid, z) else { continue }
        let region = lung.asContoured == nil ? slab.region : try slab.region.intersection(reach)
        sections.append((lung.name.side, region, max(0, z - slab.upper)))
      }
      self.sections = sections
      filled = try sections.map { section throws(GEOSError) in (section.side, try section.region.filled()) }
      var lung = Region.empty
      for (section, region) in zip(sections, filled) where section.above == 0 {
        lung = try lung.union(region.region)
      }
      self.lung = lung
      guard !lung.isEmpty else {
        common = .empty
        return
      }
      var both = Region.empty
      for (_, region) in filled { both = try both.union(region) }
      let hull = try both.convexHull()
      let between = try hull.subtracting(both).buffered(by: .zero - mediastinalHalfWidth)
        .buffered(by: mediastinalHalfWidth)
      // Points of a convex ring may be left out without its meeting itself: a contour has them every tenth of a
      // millimetre, and the rind's edge needs a hundredth.
      let edge = hull.thinned(within: contourTolerance)
      common = try edge.buffered(by: chestWallThickness).subtracting(lung).subtracting(between)
        .subtracting(edge.buffered(by: .zero - costalHollow))
    }

    /// The wall of a side: half of the body, up to the middle between the lungs.
    func wall(of side: Side) throws(GEOSError) -> Region {
      var wall = common
      // Above an apex the wall lies over it.
      for (section, region) in zip(sections, filled)
      where section.above > 0 && section.above < chestWallThickness.millimeters && section.side == side {
        let thickness = chestWallThickness.millimeters
        let reach = Length.millimeters((thickness * thickness - section.above * section.above).squareRoot())
        // In two steps: the first closes what is narrow, so that the long one has no narrow walls whose arcs all cross.
        let first = min(reach, capStep)
        let apex = try isRagged(region.region) ? region.region.convexHull() : region.region
        let cap = try apex.buffered(by: first).buffered(by: reach - first)
        wall = try wall.union(cap.subtracting(lung))
      }
      guard !wall.isEmpty, let own = filled.first(where: { $0.side == side })?.region, let box = own.bounds,
        let middle = own.centroid
      else { return .empty }
      let isRight = side == .right
      var limit =
        isRight
        ? box.high.x - medialShare * (box.high.x - box.low.x)
        : box.low.x + medialShare * (box.high.x - box.low.x)
      if let other = filled.first(where: { $0.side != side })?.region.centroid {
        limit = (middle.x + other.x) / 2
      }
      let far = 1000.0
      let half = Region.rectangle(
        low: SIMD2(isRight ? limit - far : limit, middle.y - far),
        high: SIMD2(isRight ? limit : limit + far, middle.y + far))
      return try wall.intersection(half)
    }
  }

  /// Whether a section's outline is many times as long as that of its hull: no lung's is, and growing all its notches by the
  /// wall's thickness takes minutes.
  private static func isRagged(_ region: Region) throws(GEOSError) -> Bool {
    func outline(_ region: Region) -> Double {
      region.rings.reduce(0) { sum, ring in
        zip(ring.points, ring.points.dropFirst() + ring.points.prefix(1)).reduce(sum) { sum, edge in
          let way = edge.1 - edge.0
          return sum + (way * way).sum().squareRoot()
        }
      }
    }
    return try outline(region) > raggedness * outline(region.convexHull())
  }

  /// How many times as long as its hull's a section's outline may be, holes counted; a heuristic.
  ///
  /// Of four phantoms and one real lung the uppermost sections have 1.00, and none has more than 1.65.
  private static let raggedness = 5.0

  /// The slab at a height, else the nearest one: a lung's last section stands for it beyond its end.
  private static func nearest(_ solid: Solid, _ z: Double) -> Slab? {
    solid.slabs.min { a, b in
      max(0, a.lower - z, z - a.upper) < max(0, b.lower - z, z - b.upper)
    }
  }
}
