internal import Anatomy
internal import Cases
internal import Foundation
internal import PlanarGeometry
internal import Quantities
internal import Vocabulary

/// Both lungs as contoured: lobes, volumes, hilum, and what is wrong with them.
struct LungMap: Sendable {
  /// One lobe.
  struct LobeBody: Sendable {
    let lobe: Lobe
    let name: String
    let envelope: Envelope
    let prepared: PreparedSolid
    /// As contoured, holes left out.
    let volume: Volume
    /// Without lesions and what is labelled as emphysema.
    let functional: Volume
  }

  /// One lung.
  struct Lung: Sendable {
    let side: Side
    /// Its outer surface: the lung's own contour, else its lobes'.
    let envelopes: [Envelope]
    let volume: Volume
    let functional: Volume
    /// Where bronchus and vessels enter; `nil` without a contoured bronchial tree.
    let hilum: SIMD3<Double>?
    let isFromLobes: Bool

    func contains(_ point: SIMD3<Double>) -> Bool { envelopes.contains { $0.contains(point) } }
  }

  let lobes: [LobeBody]
  let lungs: [Lung]
  /// Structures that stand for bronchi and hilar vessels, ready for distances.
  let hilar: [(name: String, role: StructureRole, prepared: PreparedSolid)]
  /// What was contoured as emphysema or bullae; empty where nothing was.
  let emphysema: [String]
  /// Defects and what they lead to, in words.
  let remarks: [String]

  /// Roles of bronchi that a wedge must not hold.
  static let bronchi: [StructureRole] = [.bronchialTree, .bronchus, .trachea]

  /// Great vessels of the mediastinum that never enter the lung: a piece may lie against them across the pleura.
  private static let mediastinal = [
    "A_Aorta", "V_Venacava", "A_Brachioceph", "V_Brachioceph", "A_Subclavian", "A_Carotid",
  ]

  /// Whether a structure is a vessel of the hilum, or may hold one.
  static func isHilarVessel(_ name: StructureName) -> Bool {
    name.role == .greatVessels && !mediastinal.contains { name.tg263.hasPrefix($0) }
  }

  init(_ patientCase: PatientCase) throws {
    let structures = patientCase.structures
    let lesions = patientCase.lesions.compactMap { $0.body?.solid }
    let sick = structures.filter { [.emphysema, .bulla].contains($0.name.role) }
    emphysema = sick.map(\.name.tg263)
    var remarks: [String] = []
    func functional(_ solid: Solid) throws -> Volume {
      var lost = Volume.zero
      for lesion in lesions where Self.mayTouch(lesion, solid) {
        lost = lost + (try lesion.overlap(with: solid))
      }
      for body in sick where Self.mayTouch(body.solid, solid) {
        lost = lost + (try body.solid.overlap(with: solid))
      }
      return max(.zero, solid.volume - lost)
    }
    var lobes: [LobeBody] = []
    for structure in structures where structure.name.role == .lobe {
      guard let lobe = structure.name.lobe else { continue }
      if lobes.contains(where: { $0.lobe == lobe }) {
        remarks.append("lobe \(lobe.abbreviation) is contoured twice: \(structure.sourceName) is left out")
        continue
      }
      lobes.append(
        LobeBody(
          lobe: lobe, name: structure.name.tg263, envelope: try Envelope(structure.solid),
          prepared: PreparedSolid(structure.solid), volume: structure.solid.volume,
          functional: try functional(structure.solid)))
    }
    let (clear, overlaps) = try Self.withoutOverlaps(lobes)
    self.lobes = clear
    remarks += overlaps
    let tree = structures.filter { $0.name.role == .bronchialTree }
    var lungs: [Lung] = []
    for side in [Side.right, .left] {
      let own = structures.filter { $0.name.role == .lung && $0.name.side == side }
      let parts = clear.filter { $0.lobe.side == side }
      let hasAllLobes = parts.count == (side == .right ? 3 : 2)
      if let lung = own.first {
        if own.count > 1 {
          remarks.append(
            "the \(side.rawValue) lung is contoured \(own.count) times: \(lung.sourceName) counts")
        }
        lungs.append(
          Lung(
            side: side, envelopes: [try Envelope(lung.solid)], volume: lung.solid.volume,
            functional: try functional(lung.solid), hilum: Self.hilum(tree, lung.solid), isFromLobes: false))
      } else if hasAllLobes {
        lungs.append(
          Lung(
            side: side, envelopes: parts.map(\.envelope), volume: parts.map(\.volume).reduce(.zero, +),
            functional: parts.map(\.functional).reduce(.zero, +),
            hilum: parts.compactMap { Self.hilum(tree, $0.prepared.solid) }.min {
              abs($0.x - Self.middle(tree)) < abs($1.x - Self.middle(tree))
            }, isFromLobes: true))
      }
    }
    self.lungs = lungs
    hilar = structures.filter {
      (Self.bronchi.contains($0.name.role) || Self.isHilarVessel($0.name)) && $0.derivation == nil
    }
    .map { ($0.name.tg263, $0.name.role, PreparedSolid($0.solid)) }
    self.remarks = remarks
  }

  /// The functional volume of both lungs; `nil` unless both are contoured.
  var functional: Volume? {
    lungs.count == 2 ? lungs.map(\.functional).reduce(.zero, +) : nil
  }

  func lung(_ side: Side?) -> Lung? { lungs.first { $0.side == side } }

  func lobe(_ lobe: Lobe?) -> LobeBody? { lobes.first { $0.lobe == lobe } }

  /// Where a point lies between hilum and pleura along the ray from the hilum: 0 at the hilum, 1 at the pleura.
  ///
  /// - Returns: `nil` without a hilum, or where the ray finds no pleura.
  func zoneRatio(of point: SIMD3<Double>, in lung: Lung) -> Double? {
    guard let hilum = lung.hilum else { return nil }
    let offset = point - hilum
    let distance = (offset * offset).sum().squareRoot()
    guard distance > 1e-6 else { return 0 }
    let direction = offset / distance
    // From the lesion outwards, over fissures of the same lung.
    var gone = 0.0
    while gone < 300 {
      let from = point + direction * gone
      guard let envelope = lung.envelopes.first(where: { $0.contains(from) }) else { break }
      guard
        let way = envelope.wayOut(
          from: from, along: direction, upTo: .millimeters(300), step: .millimeters(2))
      else { return nil }
      // Lobes may be contoured a little apart.
      gone += way.millimeters + 1
    }
    return distance / (distance + max(0, gone - 1))
  }

  // MARK: Defects

  /// Lobes that share more than a hundredth of the smaller one are named, and no share of theirs is reckoned.
  private static func withoutOverlaps(_ lobes: [LobeBody]) throws -> ([LobeBody], [String]) {
    var spoilt: Set<Lobe> = []
    var remarks: [String] = []
    for (index, a) in lobes.enumerated() {
      for b in lobes[(index + 1)...] where mayTouch(a.prepared.solid, b.prepared.solid) {
        let shared = try a.prepared.solid.overlap(with: b.prepared.solid)
        let least = min(a.volume, b.volume).cubicMillimeters
        guard least > 0, shared.cubicMillimeters > 0.01 * least else { continue }
        spoilt.formUnion([a.lobe, b.lobe])
        remarks.append(
          "\(a.name) and \(b.name) overlap by \(String(format: "%.1f", shared.cubicCentimeters)) cc: neither is used, so what depends on them is unknown; correct the contours"
        )
      }
    }
    return (lobes.filter { !spoilt.contains($0.lobe) }, remarks)
  }

  /// Whether the boxes around two bodies touch.
  static func mayTouch(_ a: Solid, _ b: Solid, within gap: Double = 0) -> Bool {
    let (x, y) = (a.bounds, b.bounds)
    return all(x.low .<= y.high + gap) && all(y.low .<= x.high + gap)
  }

  // MARK: Hilum

  private static func middle(_ tree: [Structure]) -> Double {
    tree.first?.solid.centroid?.x ?? 0
  }

  /// Where the bronchial tree enters a lung: the middle of what of the tree lies within the lung's planar hulls, of the
  /// 20 mm nearest to the tree's own middle (a heuristic).
  private static func hilum(_ tree: [Structure], _ lung: Solid) -> SIMD3<Double>? {
    let middle = middle(tree)
    var points: [SIMD3<Double>] = []
    for slab in tree.flatMap(\.solid.slabs) {
      guard let own = lung.slabs.first(where: { $0.lower <= slab.z && slab.z <= $0.upper }) else { continue }
      let hull = Self.hull(own.region.rings.flatMap(\.points))
      for polygon in slab.region.polygons {
        points += polygon.outer.points.filter { Self.contains(hull, $0) }.map { SIMD3($0.x, $0.y, slab.z) }
      }
    }
    guard let nearest = points.map({ abs($0.x - middle) }).min() else { return nil }
    let entering = points.filter { abs($0.x - middle) <= nearest + 20 }
    return entering.reduce(.zero, +) / Double(entering.count)
  }

  /// The convex hull of points, turning left (Andrew's monotone chain).
  private static func hull(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    guard sorted.count > 2 else { return sorted }
    func half(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
      var chain: [SIMD2<Double>] = []
      for p in points {
        while chain.count > 1, turn(chain[chain.count - 2], chain[chain.count - 1], p) <= 0 {
          chain.removeLast()
        }
        chain.append(p)
      }
      return chain.dropLast()
    }
    return half(sorted) + half(sorted.reversed())
  }

  private static func turn(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Double {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  }

  private static func contains(_ hull: [SIMD2<Double>], _ p: SIMD2<Double>) -> Bool {
    hull.count > 2
      && hull.indices.allSatisfy { turn(hull[$0], hull[($0 + 1) % hull.count], p) >= 0 }
  }
}
