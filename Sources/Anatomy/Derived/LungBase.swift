// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
public import PlanarGeometry
public import Quantities
internal import Vocabulary

/// The part of a lung's surface that lies on the diaphragm: for each column the lung's lowest point, as far as these
/// points go on from one another without a jump.
///
/// A hole, a missing tumour, a fissure or an arch over the hilum has lung beneath it in the same column, so it is not the
/// lowest point; where it has none, beside the mediastinum, the lowest points jump upwards and the base ends.
struct LungBase {
  /// Columns along z.
  private let lattice: NodeLattice
  /// The height of the lung's lowest point in each column of the base; infinite elsewhere.
  private let heights: [Double]

  /// The distance of neighbouring columns.
  private static let spacingMM = 2.0
  /// From column to column the base rises by no more than this, or than so many planes of the lung (heuristic: the dome's
  /// flank beside the recess rises by up to 12 mm over 2 mm, the hilum lies 60 mm and more above the base).
  private static let mostRiseMM = 20.0
  private static let mostRisePlanes = 4.0
  /// The base begins where the lung reaches down to within this of its lowest point.
  private static let seedMM = 20.0
  /// A slab smaller than this is a speck, not the lung's lowest point.
  private static let leastSeed = Area.squareMillimeters(50)
  /// The top of an organ this near beneath the lung shows that the diaphragm lies between (heuristic).
  private static let organBelowMM = 20.0
  private static let organAboveMM = 5.0

  /// The base of a lung; `nil` for a lung without area.
  ///
  /// - Parameters:
  ///   - slabs: the lung's lowest slabs, holes filled, by growing height.
  ///   - spacing: the lung's nominal plane spacing.
  ///   - organs: liver, spleen and stomach, where contoured.
  init?(_ slabs: [Slab], spacing: Length, under organs: [Solid]) {
    var low = SIMD2(repeating: Double.infinity)
    var high = -low
    for slab in slabs {
      guard let box = slab.region.bounds else { continue }
      low = pointwiseMin(low, box.low)
      high = pointwiseMax(high, box.high)
    }
    // A frame of empty columns closes every outline.
    guard all(low .< high),
      let lattice = NodeLattice(
        covering: low - 2 * Self.spacingMM, high + 2 * Self.spacingMM, spacing: Self.spacingMM)
    else { return nil }
    self.lattice = lattice
    var lowest = [Double](repeating: .infinity, count: lattice.count)
    for slab in slabs {
      Self.eachNode(of: slab.region, lattice) { if lowest[$0] == .infinity { lowest[$0] = slab.lower } }
    }
    guard let bottom = slabs.first(where: { $0.region.area >= Self.leastSeed })?.lower ?? slabs.first?.lower
    else { return nil }
    var isBase = lowest.map { $0 <= bottom + Self.seedMM }
    for organ in organs {
      var top = [Double](repeating: -.infinity, count: lattice.count)
      for slab in organ.slabs {
        Self.eachNode(of: slab.region, lattice) { top[$0] = max(top[$0], slab.upper) }
      }
      for node in lowest.indices where lowest[node].isFinite && top[node].isFinite {
        if top[node] >= lowest[node] - Self.organBelowMM, top[node] <= lowest[node] + Self.organAboveMM {
          isBase[node] = true
        }
      }
    }
    let rise = max(Self.mostRiseMM, Self.mostRisePlanes * spacing.millimeters)
    var open = isBase.indices.filter { isBase[$0] }
    while let node = open.popLast() {
      let column = node % lattice.columns
      let row = node / lattice.columns
      for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
        guard (0..<lattice.columns).contains(column + dx), (0..<lattice.rows).contains(row + dy) else {
          continue
        }
        let next = node + dx + dy * lattice.columns
        guard !isBase[next], lowest[next].isFinite, abs(lowest[next] - lowest[node]) <= rise else { continue }
        isBase[next] = true
        open.append(next)
      }
    }
    heights = lowest.indices.map { isBase[$0] ? lowest[$0] : .infinity }
  }

  /// The columns whose base lies above one height and at or below another, with half a column around them.
  func footprint(above lower: Double, through upper: Double) -> Region {
    var values = [Float](repeating: 1, count: lattice.count)
    for node in heights.indices where heights[node] > lower && heights[node] <= upper { values[node] = -1 }
    // So that the base's own edge is not cut off: neighbours of a column belong to it, but the frame.
    var wide = values
    for row in 1..<(lattice.rows - 1) {
      for column in 1..<(lattice.columns - 1) {
        let node = row * lattice.columns + column
        if values[node] > 0,
          values[node - 1] < 0 || values[node + 1] < 0 || values[node - lattice.columns] < 0
            || values[node + lattice.columns] < 0
        {
          wide[node] = -1
        }
      }
    }
    for row in 0..<lattice.rows {
      wide[row * lattice.columns] = 1
      wide[(row + 1) * lattice.columns - 1] = 1
    }
    return wide.withUnsafeBufferPointer { IsoLines.region(below: 0, of: $0, on: lattice) }
  }

  private static func eachNode(of region: Region, _ lattice: NodeLattice, _ body: (Int) -> Void) {
    let lines = region.crossings(
      ofRows: 0...(lattice.rows - 1), origin: lattice.origin.y, spacing: lattice.spacing)
    for (row, line) in lines.enumerated() {
      for pair in stride(from: 0, to: line.count - 1, by: 2) {
        let first = max(0, Int(((line[pair] - lattice.origin.x) / lattice.spacing).rounded(.up)))
        let last = min(
          lattice.columns - 1, Int(((line[pair + 1] - lattice.origin.x) / lattice.spacing).rounded(.down)))
        if first <= last { for column in first...last { body(row * lattice.columns + column) } }
      }
    }
  }
}

extension DerivedStructures {
  /// How far above the lung's lowest plane the diaphragm is looked for.
  public static let domeHeight = Length.millimeters(120)

  /// Half the width below which what lies beneath a lung is taken for the unevenness of its side walls.
  private static let sliver = Length.millimeters(1)

  /// A part of a lung with less than this share of its largest is a slip of the segmentation, not lung (heuristic): the
  /// lobes of a lung may lie a voxel apart, and the smallest holds a tenth of it.
  private static let speckShare = 0.02

  /// The slabs of a lung without specks: one far beneath it would take the base along.
  private static func withoutSpecks(_ lung: Solid) -> [Slab] {
    let parts = SolidParts(of: lung)
    guard parts.count > 1, let largest = parts.volumes.first else { return lung.slabs }
    let kept = parts.volumes.count { $0.cubicMillimeters >= speckShare * largest.cubicMillimeters }
    return lung.slabs.indices.map { index in
      let slab = lung.slabs[index]
      return Slab(
        z: slab.z, lower: slab.lower, upper: slab.upper, region: parts.region(ofSlab: index) { $0 < kept })
    }.filter { !$0.region.isEmpty }
  }

  /// How far beyond the lungs' common hull something lies to be outside the thorax (heuristic).
  private static let outsideMM = 2.0

  /// What lies outside the thorax beneath a slanted costal surface: beyond the lung's section and the lungs' hull.
  private static func overhung(
    _ section: Region, _ above: Region, at z: Double, beside lungs: [Structure]
  ) throws(GEOSError) -> Region {
    guard let centre = try Region.convexHull(of: [above, section]).centroid else { return .empty }
    let all = lungs.flatMap { lung in
      lung.solid.slabs.filter { $0.lower <= z && z <= $0.upper }.map(\.region)
    }
    let hull = try Region.convexHull(of: [section] + all).buffered(by: .millimeters(outsideMM))
    return try section.outward(from: centre, beyondLast: true).subtracting(hull)
  }

  /// How far beneath the lung the rind reaches.
  private static let rind = Length.millimeters(20)

  /// The diaphragm as what lies beneath a lung's base: at each height, what the lung covers above and does not fill.
  ///
  /// A rind of up to 20 mm beneath the lung rather than a sheet, so that the distance to a steep flank of the dome is as
  /// right as the distance to its top, whatever the spacing. The base is the lung's lowest surface (`LungBase`), within its
  /// lowest 120 mm (a heuristic bound: the domes rise 60 to 90 mm above the costophrenic recess); what is contoured as heart
  /// is left out; slivers under 2 mm, the unevenness of side walls, are dropped.
  ///
  /// - Parameters:
  ///   - heart: what is contoured as heart.
  ///   - organs: liver, spleen and stomach: where one's top lies just beneath the lung, the diaphragm lies between.
  ///   - lungs: all lungs; what lies beside them under a slanted costal surface is the chest wall's.
  /// - Returns: `nil` when nothing lies beneath.
  /// - Throws: `GEOSError`.
  public static func diaphragm(
    of lung: Structure, heart: [Structure] = [], over organs: [Structure] = [], beside lungs: [Structure] = []
  ) throws(GEOSError) -> Structure? {
    let slabs = try Cavities.filled(withoutSpecks(lung.solid))
    guard let lowest = slabs.first?.lower else { return nil }
    let reach = slabs.filter { $0.lower < lowest + domeHeight.millimeters }
    guard
      let base = LungBase(reach, spacing: lung.solid.nominalSpacing, under: organs.map(\.solid))
    else { return nil }
    let made = try Workers.map(reach.count) { index throws(GEOSError) -> Slab? in
      let slab = reach[index]
      let columns = base.footprint(above: slab.lower, through: slab.upper + rind.millimeters)
      guard !columns.isEmpty else { return nil }
      let above = try Region.union(
        reach[(index + 1)...].prefix { $0.lower < slab.upper + rind.millimeters }.map(\.region))
      var region = try above.subtracting(slab.region).intersection(columns)
      for organ in heart {
        for other in organ.solid.slabs where other.lower < slab.upper && other.upper > slab.lower {
          region = try region.subtracting(other.region)
        }
      }
      region = try region.subtracting(try overhung(slab.region, above, at: slab.z, beside: lungs))
      region = try region.buffered(by: .zero - sliver).buffered(by: sliver)
      return region.isEmpty ? nil : Slab(z: slab.z, lower: slab.lower, upper: slab.upper, region: region)
    }
    var beneath = made.compactMap(\.self)
    // Below the lowest plane everything is beneath the lung: a sheet there closes the body.
    beneath.append(Slab(z: lowest, lower: lowest, upper: lowest, region: reach[0].region))
    guard
      let body = Solid(
        slabs: beneath, endCap: .none, nominalSpacing: lung.solid.nominalSpacing, gaps: [])
    else { return nil }
    return Structure(
      name: StructureName(recognizing: "Diaphragm" + suffix(lung.name.side)), sourceName: lung.sourceName,
      solid: body, derivation: "rind beneath the base of \(lung.name.tg263)")
  }
}
