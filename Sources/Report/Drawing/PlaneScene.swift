// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Anatomy
internal import Cases
internal import PlanarGeometry
internal import Planning
internal import Quantities
internal import Vocabulary

/// What one figure of an ablation's page shows, in millimetres of its plane.
struct PlaneScene {
  /// A structure the plane cuts.
  struct Shape {
    let name: String
    let role: StructureRole
    let isDerived: Bool
    let region: Region
  }

  /// An applicator as it is seen in the plane.
  struct Needle {
    /// Its number among several; `nil` for a lone one.
    let number: Int?
    let entry: SIMD2<Double>
    let tip: SIMD2<Double>
    /// The share of its way, from skin to tip, that lies in the plane; `nil` when none does.
    let inPlane: ClosedRange<Double>?
    /// Further positions of the tip, pulled back.
    let pulledBack: [SIMD2<Double>]
    /// From skin to tip in millimetres.
    let depth: Double
  }

  /// A way counts as lying in the plane up to this far off it, in millimetres.
  static let inPlaneMM = 3.0

  let window: PlaneWindow
  let shapes: [Shape]
  let lesion: Region
  let zones: Region
  let ice: Region
  let needles: [Needle]
  /// Whether depths are marked along the first needle.
  let hasDepths: Bool
  /// What lies at the window's sides.
  let sides: (left: String, right: String, top: String, bottom: String)
  /// Names that are labelled first, by rank.
  let ranks: [String: Int]
}

extension PlaneScene {
  /// The axial plane through a lesion's centre, seen from the feet.
  static func axial(_ page: InterventionContent, corner: SIMD2<Double>, side: Double) -> PlaneScene {
    let z = page.centre.z
    func flat(_ p: SIMD3<Double>) -> SIMD2<Double> { SIMD2(p.x, p.y) }
    let window = PlaneWindow(
      corner: corner, side: side, holding: page.shownPoints.map(flat), room: 12,
      // Without a way what lies around says why.
      least: page.proposal.applicators.isEmpty ? 200 : 100)
    let shapes = page.structures.compactMap { structure in
      slab(of: structure.solid, at: z).map {
        Shape(
          name: structure.name.tg263, role: structure.name.role, isDerived: structure.derivation != nil,
          region: $0.region)
      }
    }
    return PlaneScene(
      window: window, shapes: shapes, lesion: slab(of: page.solid, at: z)?.region ?? .empty,
      zones: union(page.proposal.zones.compactMap { $0.section(at: z) }),
      ice: union(page.proposal.ice.compactMap { $0.section(at: z) }),
      needles: page.needles(place: flat) { $0.z - z }, hasDepths: false,
      sides: ("R", "L", "front", "back"), ranks: page.ranks)
  }

  /// The plane that holds the first applicator and the body's long axis; `nil` without an applicator.
  static func alongNeedle(
    _ page: InterventionContent, corner: SIMD2<Double>, side: Double
  ) -> PlaneScene? {
    guard let path = page.proposal.applicators.first?.path else { return nil }
    let plane = NeedlePlane(path)
    let window = PlaneWindow(
      corner: corner, side: side, holding: page.shownPoints.map(plane.place), room: 12, least: 100)
    // Heights in z that the turned window can show.
    let far = 1.5 * window.extent + path.depth.millimeters
    let shapes = page.structures.map { structure in
      Shape(
        name: structure.name.tg263, role: structure.name.role, isDerived: structure.derivation != nil,
        region: plane.region(of: structure.solid, reach: -far...far))
    }.filter { !$0.region.isEmpty }
    return PlaneScene(
      window: window, shapes: shapes, lesion: plane.region(of: page.solid, reach: -far...far),
      zones: union(page.proposal.zones.compactMap { plane.section(of: $0) }),
      ice: union(page.proposal.ice.compactMap { plane.section(of: $0) }),
      needles: page.needles(place: plane.place, off: plane.distance), hasDepths: true,
      sides: (
        PatientDirection.side(of: -plane.across), PatientDirection.side(of: plane.across),
        PatientDirection.side(of: -plane.down), PatientDirection.side(of: plane.down)
      ), ranks: page.ranks)
  }

  private static func slab(of solid: Solid, at z: Double) -> Slab? {
    solid.slabs.first { z >= $0.lower && z <= $0.upper && $0.upper > $0.lower }
  }

  private static func union(_ parts: [Region]) -> Region {
    parts.reduce(.empty) { sum, part in (try? sum.union(part)) ?? sum }
  }
}

extension InterventionContent {
  /// Structures that figures draw: those of a role, drawn or derived.
  fileprivate var structures: [Structure] {
    dossier.patientCase.structures.filter { $0.name.role != .other && $0.name.role != .skin }
      + (hasOutline ? [] : dossier.patientCase.structures.filter { $0.name.role == .skin })
  }

  private var hasOutline: Bool {
    dossier.patientCase.structures.contains { $0.name.role == .external }
  }

  /// What both figures must have within their windows.
  fileprivate var shownPoints: [SIMD3<Double>] {
    var points: [SIMD3<Double>] = []
    func box(_ low: SIMD3<Double>, _ high: SIMD3<Double>) {
      for corner in 0..<8 {
        points.append(
          SIMD3(
            corner & 1 == 0 ? low.x : high.x, corner & 2 == 0 ? low.y : high.y,
            corner & 4 == 0 ? low.z : high.z))
      }
    }
    box(solid.bounds.low, solid.bounds.high)
    for zone in proposal.zones {
      let reach = max(zone.along, zone.across).millimeters * 0.8
      box(zone.centre - reach, zone.centre + reach)
    }
    for applicator in proposal.applicators { points += [applicator.path.entry, applicator.path.tip] }
    return points
  }

  fileprivate func needles(
    place: (SIMD3<Double>) -> SIMD2<Double>, off: (SIMD3<Double>) -> Double
  ) -> [PlaneScene.Needle] {
    proposal.applicators.enumerated().map { index, applicator in
      let path = applicator.path
      let (a, b) = (off(path.entry), off(path.tip))
      let limit = PlaneScene.inPlaneMM
      var range: ClosedRange<Double>?
      if abs(b - a) < 1e-9 {
        range = abs(a) <= limit ? 0...1 : nil
      } else {
        let ends = [(-limit - a) / (b - a), (limit - a) / (b - a)].sorted()
        if ends[0] < 1, ends[1] > 0 { range = max(0, ends[0])...min(1, ends[1]) }
      }
      return PlaneScene.Needle(
        number: proposal.applicators.count > 1 ? index + 1 : nil, entry: place(path.entry),
        tip: place(path.tip), inPlane: range,
        pulledBack: applicator.pullBacks.filter { $0 > .zero }.map {
          place(path.tip - path.direction * $0.millimeters)
        }, depth: path.depth.millimeters)
    }
  }

  /// Which structures are labelled first: crossed, harmed, passed, near.
  fileprivate var ranks: [String: Int] {
    var ranks: [String: Int] = [:]
    func rank(_ names: [String], _ value: Int) {
      for name in names where ranks[name] == nil { ranks[name] = value }
    }
    rank(proposal.applicators.flatMap { $0.crosses.map(\.structure) }, 0)
    rank(proposal.neighbours.filter { !$0.broken.isEmpty }.map(\.structure), 1)
    rank(proposal.applicators.flatMap { $0.clearances.map(\.structure) }, 2)
    rank(proposal.neighbours.map(\.structure), 3)
    return ranks
  }
}

extension AblationProposal {
  /// The ice around the zones; empty for heat.
  var ice: [Spheroid] {
    guard let ice = zone.ice else { return [] }
    return zones.compactMap {
      Spheroid(centre: $0.centre, axis: $0.axis, along: ice.along, across: ice.across)
    }
  }
}
