// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry
internal import Quantities

/// What an ROI's contours make, and what had to be mended on the way.
struct RegionBody: Sendable {
  /// The body; `nil` for a single plane of unknown thickness.
  let solid: Solid?
  /// Its parts, where there are several.
  let parts: SolidParts?
  /// What was mended, left out or is missing, in words.
  let notes: [String]
  /// Parts that were left out for being smaller than asked.
  let dropped: [Volume]

  /// How bodies of one structure set are made.
  struct Rules: Sendable {
    let grouping: PlaneGrouping
    let endCap: EndCap
    let gapPolicy: GapPolicy
    /// Parts under this volume are left out, but for an ROI's largest; `nil` keeps all.
    let smallestPart: Volume?
  }

  /// Why contours are not made into a body at all: left out, an organ would be as good as absent.
  enum Defect: Error {
    /// A plane's contours cross more often than outlines do.
    case tangled(z: Double)
    /// A plane has more contours than any organ.
    case crowded(z: Double, contours: Int)
    /// It is wider or taller than any person, in millimetres.
    case vast(Double)

    private static func metres(_ millimetres: Double) -> Double { (millimetres / 100).rounded() / 10 }

    var words: String {
      switch self {
      case .tangled(let z): "its contours at z \(z) mm cross so often that they are no outlines"
      case .vast(let millimetres):
        "is \(Self.metres(millimetres)) m across: a stray point, or not in millimetres"
      case .crowded(let z, let contours):
        "has \(contours) contours at z \(z) mm, more than the \(InputLimits.contoursInPlane) that are read in a plane"
      }
    }
  }

  /// The body of an ROI's closed contours; `nil` when nothing has area.
  ///
  /// - Throws: errors of geometry.
  init?(_ contours: [DrawnContour], _ rules: Rules) throws {
    let (rings, flat) = Self.rings(contours)
    try Self.requireWidth(rings)
    let grouping = rules.grouping.own(rings.map(\.z))
    let groups = grouping.groups(rings.map { ($0.z, abs($0.contour.doubledSignedArea) / 2) })
    var notes = Self.shifted(groups, grouping) + Self.uneven(groups, grouping)
    var repairs = Repairs(flat: flat)
    let combination: RingCombination = contours.contains(where: \.isExclusiveOr) ? .exclusiveOr : .evenOdd
    let planes = try Self.planes(groups, rings, combining: combination, &repairs)
    notes += repairs.words(of: contours.count)
    guard !planes.isEmpty else { return nil }
    if planes.count == 1 {
      guard let spacing = rules.grouping.spacing else {
        (solid, parts, dropped) = (nil, nil, [])
        self.notes = notes
        return
      }
      notes.append("one plane only; its thickness is taken from the set's spacing, \(spacing.millimeters) mm")
    }
    let stacked = try Self.stacked(planes, rules)
    notes += Self.missing(in: stacked.solid, rules)
    solid = stacked.solid
    parts = stacked.parts.count > 1 ? stacked.parts : nil
    dropped = stacked.dropped
    self.notes = notes
  }

  /// A closed contour at its height.
  private typealias Ring = (z: Double, contour: Contour)
  /// The region of one plane.
  private typealias Plane = (z: Double, region: Region)

  /// The contours that enclose an area, and how many do not.
  private static func rings(_ contours: [DrawnContour]) -> (rings: [Ring], flat: Int) {
    var rings: [Ring] = []
    var flat = 0
    for drawn in contours {
      do {
        let contour = try Contour(drawn.points.map { SIMD2($0.x, $0.y) })
        rings.append((drawn.points[0].z, contour))
      } catch {
        flat += 1
      }
    }
    return (rings, flat)
  }

  /// Nothing that is drawn of a person is wider or taller than any person.
  private static func requireWidth(_ rings: [Ring]) throws(Defect) {
    let (low, high) = rings.reduce((SIMD3(repeating: Double.infinity), SIMD3(repeating: -Double.infinity))) {
      box, ring in
      ring.contour.points.reduce(box) { box, point in
        let place = SIMD3(point.x, point.y, ring.z)
        return (pointwiseMin(box.0, place), pointwiseMax(box.1, place))
      }
    }
    guard rings.isEmpty || (high - low).max() <= InputLimits.widestMM else {
      throw .vast((high - low).max())
    }
  }

  /// Each plane's region; planes that come out empty are left out.
  private static func planes(
    _ groups: [PlaneGrouping.Group], _ rings: [Ring], combining combination: RingCombination,
    _ repairs: inout Repairs
  ) throws -> [Plane] {
    var planes: [Plane] = []
    for group in groups {
      guard group.rings.count <= InputLimits.contoursInPlane else {
        throw Defect.crowded(z: group.z, contours: group.rings.count)
      }
      let repeated = try repeated(group, rings)
      repairs.again += repeated.count
      let (region, mended) = try Region.evenOdd(
        group.rings.filter { !repeated.contains($0) }.map { rings[$0].contour }, combining: combination)
      guard !mended.contains(.tangled) else { throw Defect.tangled(z: group.z) }
      repairs.count(mended)
      if !region.isEmpty { planes.append((group.z, region)) }
    }
    return planes
  }

  /// The body of planes without the parts that are smaller than asked.
  private static func stacked(
    _ planes: [Plane], _ rules: Rules
  ) throws -> (solid: Solid, parts: SolidParts, dropped: [Volume]) {
    func made(_ planes: [Plane]) throws -> Solid {
      try Solid(
        planes: planes, endCap: rules.endCap, gapPolicy: rules.gapPolicy,
        singlePlaneThickness: rules.grouping.spacing)
    }
    let solid = try made(planes)
    let parts = SolidParts(of: solid)
    guard let least = rules.smallestPart,
      let small = parts.volumes.indices.dropFirst().first(where: { parts.volumes[$0] < least })
    else { return (solid, parts, []) }
    // Planes are stacked anew: how far an end plane reaches depends on those beside it.
    let kept = solid.slabs.indices.map { index in
      (z: solid.slabs[index].z, region: parts.region(ofSlab: index) { $0 < small })
    }
    let rest = try made(kept.filter { !$0.region.isEmpty })
    return (rest, SolidParts(of: rest), Array(parts.volumes[small...]))
  }

  /// Planes that the body may lack, and gaps in it.
  private static func missing(in solid: Solid, _ rules: Rules) -> [String] {
    var notes: [String] = []
    if let spacing = rules.grouping.spacing, solid.slabs.count > 1,
      solid.nominalSpacing.millimeters > 1.5 * spacing.millimeters
    {
      notes.append(
        "planes \(solid.nominalSpacing.millimeters) mm apart where the set's are \(spacing.millimeters) mm: are planes missing?"
      )
    }
    for gap in solid.gaps {
      notes.append(
        "no contours between z \(gap.below) and \(gap.above) mm; the gap is \(rules.gapPolicy == .open ? "left open" : "bridged")"
      )
    }
    return notes
  }

  /// The share of a ring that one within it, drawn at another height, must fill to be the same outline (heuristic).
  private static let repeatedShare = 0.5
  /// The share of a ring by which it may reach beyond another and still lie within it.
  private static let reachingOut = 0.05

  /// Rings of a plane that repeat a larger one of it, drawn at another height.
  ///
  /// Two grids of planes a little apart hold each outline twice. Taken for an outline and its hole, nothing but a thin
  /// ring would remain of it.
  private static func repeated(
    _ group: PlaneGrouping.Group, _ rings: [Ring]
  ) throws -> Set<Int> {
    guard group.shift >= PlaneGrouping.samePlaneMM else { return [] }
    let sorted = group.rings.map { ($0, abs(rings[$0].contour.doubledSignedArea) / 2) }.sorted {
      ($1.1, $0.0) < ($0.1, $1.0)
    }
    var repeated: Set<Int> = []
    for (place, (large, area)) in sorted.enumerated() where !repeated.contains(large) {
      let around = try Region.evenOdd([rings[large].contour]).region
      for (small, own) in sorted[(place + 1)...]
      where !repeated.contains(small) && own >= repeatedShare * area
        && abs(rings[small].z - rings[large].z) >= PlaneGrouping.samePlaneMM
      {
        let beyond = try Region.evenOdd([rings[small].contour]).region.subtracting(around).area
        if beyond.squareMillimeters <= reachingOut * own { repeated.insert(small) }
      }
    }
    return repeated
  }

  /// How far rings were moved to lie in one plane; empty where none was.
  private static func shifted(_ groups: [PlaneGrouping.Group], _ grouping: PlaneGrouping) -> [String] {
    let moved = groups.filter { $0.shift >= PlaneGrouping.samePlaneMM }
    guard let most = moved.map(\.shift).max() else { return [] }
    let spacing = grouping.spacing.map { ", its planes \(Self.millimetres($0.millimeters)) mm" } ?? ""
    return [
      "rings in \(moved.count) \(moved.count == 1 ? "plane" : "planes") lie up to \(Self.millimetres(most)) mm apart in z\(spacing): each was read as one plane"
    ]
  }

  /// Planes nearer than this share of the usual spacing are told (heuristic).
  private static let unevenShare = 0.7

  /// Planes that lie much nearer to the next than the others do; empty where none does.
  private static func uneven(_ groups: [PlaneGrouping.Group], _ grouping: PlaneGrouping) -> [String] {
    guard let spacing = grouping.spacing?.millimeters else { return [] }
    let near = zip(groups, groups.dropFirst()).map { $1.z - $0.z }.filter { $0 < unevenShare * spacing }
    guard let least = near.min() else { return [] }
    return [
      "\(near.count) of \(groups.count) planes lie nearer than the \(millimetres(spacing)) mm of the rest to the next, down to \(millimetres(least)) mm: where rings of one plane were drawn at several heights, the volume comes out too small"
    ]
  }

  private static func millimetres(_ x: Double) -> String {
    let rounded = (x * 1000).rounded() / 1000
    return StatementParser.plain(rounded)
  }

  /// What was mended in an ROI's planes.
  private struct Repairs {
    var crossing = 0
    var duplicates = 0
    var overlapping = 0
    var flat: Int
    /// Rings that repeat another a little off their plane.
    var again = 0

    mutating func count(_ repairs: [RegionRepair]) {
      for repair in repairs {
        switch repair {
        case .selfCrossing: crossing += 1
        case .duplicateRing, .nearDuplicate: duplicates += 1
        case .overlapping: overlapping += 1
        case .noArea: flat += 1
        case .tangled: break
        }
      }
    }

    func words(of all: Int) -> [String] {
      var words: [String] = []
      if crossing > 0 {
        words.append("\(crossing) of \(all) contours cross themselves and were filled by even-odd")
      }
      if overlapping > 0 {
        words.append("\(overlapping) contours overlap another of their plane in part and were united with it")
      }
      if duplicates > 0 { words.append("\(duplicates) repeated contours were counted once") }
      if flat > 0 { words.append("\(flat) contours enclose no area and were left out") }
      if again > 0 {
        words.append(
          "\(again) contours a little off their plane lie within another of it and fill more than half: read as the same outline drawn twice, of which the larger counts, not as a hole"
        )
      }
      return words
    }
  }
}
