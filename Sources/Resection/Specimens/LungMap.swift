// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Cases
internal import Foundation
internal import PlanarGeometry
internal import Quantities
internal import Reasons
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
    /// Where the bronchial tree enters; `nil` without a contoured one.
    let hilum: SIMD3<Double>?
    /// Whether all of it was imaged: only then its volume counts.
    let isWhole: Bool
    /// Whether a lesion that its contour leaves out was joined to it.
    let isCompleted: Bool
  }

  /// One lung.
  struct Lung: Sendable {
    let side: Side
    /// Its outer surface: the lung's own contour, else its lobes'.
    let envelopes: [Envelope]
    let functional: Volume
    /// Where bronchus and vessels enter; `nil` without a contoured bronchial tree.
    let hilum: SIMD3<Double>?
    let isWhole: Bool

    func contains(_ point: SIMD3<Double>) -> Bool { envelopes.contains { $0.contains(point) } }
  }

  let lobes: [LobeBody]
  let lungs: [Lung]
  /// Lungs contoured without a side: surfaces alone.
  let unsided: [Envelope]
  /// Structures that stand for bronchi and hilar vessels, ready for distances.
  let hilar: [(name: String, role: StructureRole, prepared: PreparedSolid)]
  /// What was contoured as emphysema or bullae; empty where nothing was.
  let emphysema: [String]
  /// Defects and what they lead to, in words.
  let remarks: [Reason]

  /// Roles of bronchi that a wedge must not hold.
  static let bronchi: [StructureRole] = [.bronchialTree, .bronchus, .trachea]

  /// Great vessels of the mediastinum that never enter the lung: a piece may lie against them across the pleura.
  private static let mediastinal = [
    "A_Aorta", "V_Venacava", "A_Brachioceph", "V_Brachioceph", "A_Subclavian", "V_Subclavian", "A_Carotid",
  ]

  /// Whether a structure is a vessel of the hilum, or may hold one.
  static func isHilarVessel(_ name: StructureName) -> Bool {
    name.role == .greatVessels && !mediastinal.contains { name.tg263.hasPrefix($0) }
  }

  /// What is worked out of one contoured lobe or lung.
  private struct Made: Sendable {
    let envelope: Envelope
    let prepared: PreparedSolid
    let functional: Volume
    let hilum: SIMD3<Double>?
  }

  init(_ patientCase: PatientCase, _ geometry: LungGeometry) throws {
    let structures = patientCase.structures
    let lesions = patientCase.lesions.compactMap { $0.body?.solid }
    let sick = structures.filter { [.emphysema, .bulla].contains($0.name.role) }
    let tree = structures.filter { $0.name.role == .bronchialTree }
    emphysema = sick.map(\.name.tg263)
    var remarks: [Reason] = []
    var chosen: [Structure] = []
    for structure in structures {
      if structure.name.role == .lobe, let lobe = structure.name.lobe {
        if chosen.contains(where: { $0.name.lobe == lobe }) {
          remarks.append(
            Reason(.resection(.lobeTwice), names: [lobe.abbreviation, structure.sourceName]))
        } else {
          chosen.append(structure)
        }
      } else if structure.name.role == .lung, let side = structure.name.side, side != .midline {
        if chosen.contains(where: { $0.name.role == .lung && $0.name.side == side }) {
          remarks.append(Reason(.resection(.lungTwice), names: [side.rawValue, structure.sourceName]))
        } else {
          chosen.append(structure)
        }
      }
    }
    let bodies = chosen
    let lost = lesions + sick.map(\.solid)
    let parts = Workers.gather(bodies.count, into: { [(Int, Result<Made, any Error>)]() }) { index, found in
      found.append((index, Result { try Self.make(bodies[index].solid, without: lost, tree, geometry) }))
    }
    var made: [Int: Made] = [:]
    for (index, result) in parts.joined() { made[index] = try result.get() }
    var lobes: [LobeBody] = []
    var outer: [(side: Side, isWhole: Bool, made: Made)] = []
    for (index, structure) in bodies.enumerated() {
      guard let made = made[index] else { continue }
      if let lobe = structure.name.lobe {
        lobes.append(
          LobeBody(
            lobe: lobe, name: structure.name.tg263, envelope: made.envelope, prepared: made.prepared,
            volume: structure.solid.volume, functional: made.functional, hilum: made.hilum,
            isWhole: !structure.mayBeCutOff, isCompleted: structure.asContoured != nil))
      } else if let side = structure.name.side {
        outer.append((side, !structure.mayBeCutOff, made))
      }
    }
    let (clear, overlaps) = Self.withoutOverlaps(lobes)
    self.lobes = clear
    remarks += overlaps
    let middle = tree.first?.solid.centroid?.x ?? 0
    var lungs: [Lung] = []
    for side in [Side.right, .left] {
      let own = clear.filter { $0.lobe.side == side }
      if let lung = outer.first(where: { $0.side == side }) {
        lungs.append(
          Lung(
            side: side, envelopes: [lung.made.envelope], functional: lung.made.functional,
            hilum: lung.made.hilum, isWhole: lung.isWhole))
      } else if own.count == (side == .right ? 3 : 2) {
        lungs.append(
          Lung(
            side: side, envelopes: own.map(\.envelope), functional: own.map(\.functional).reduce(.zero, +),
            hilum: own.compactMap(\.hilum).min { abs($0.x - middle) < abs($1.x - middle) },
            isWhole: own.allSatisfy(\.isWhole)))
      }
    }
    self.lungs = lungs
    unsided = try structures.filter {
      $0.name.role == .lung && ($0.name.side == nil || $0.name.side == .midline)
    }
    .map { try Envelope($0.solid) }
    let cut = bodies.filter(\.mayBeCutOff).map(\.name.tg263)
    if !cut.isEmpty {
      remarks.append(Reason(.resection(.cutOff), names: cut))
    }
    hilar = structures.filter {
      (Self.bronchi.contains($0.name.role) || Self.isHilarVessel($0.name)) && $0.derivation == nil
    }.map { ($0.name.tg263, $0.name.role, PreparedSolid($0.solid)) }
    self.remarks = remarks
  }

  private static func make(
    _ solid: Solid, without lost: [Solid], _ tree: [Structure], _ geometry: LungGeometry
  ) throws -> Made {
    var functional = solid.volume
    for body in lost where mayTouch(body, solid) { functional = functional - (try body.overlap(with: solid)) }
    return Made(
      envelope: try Envelope(solid), prepared: PreparedSolid(solid), functional: max(.zero, functional),
      hilum: hilum(tree, solid, within: geometry.hilumWithin))
  }

  /// The functional volume of both lungs; `nil` unless both are contoured as a whole.
  var functional: Volume? {
    lungs.count == 2 && lungs.allSatisfy(\.isWhole) ? lungs.map(\.functional).reduce(.zero, +) : nil
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
  private static func withoutOverlaps(_ lobes: [LobeBody]) -> ([LobeBody], [Reason]) {
    var spoilt: Set<Lobe> = []
    var remarks: [Reason] = []
    for (index, a) in lobes.enumerated() {
      for b in lobes[(index + 1)...] where mayTouch(a.prepared.solid, b.prepared.solid) {
        let shared = scannedOverlap(a.prepared.solid, b.prepared.solid)
        guard shared > .cubicMillimeters(0.01 * min(a.volume, b.volume).cubicMillimeters) else { continue }
        spoilt.formUnion([a.lobe, b.lobe])
        remarks.append(
          Reason(
            .resection(.overlap), figures: [.init(shared.cubicCentimeters, unit: "cc")],
            names: [a.name, b.name]))
      }
    }
    return (lobes.filter { !spoilt.contains($0.lobe) }, remarks)
  }

  /// What two bodies share, along lines 2 mm apart: enough to tell a hundredth of a lobe.
  private static func scannedOverlap(_ a: Solid, _ b: Solid) -> Volume {
    let spacing = 2.0
    var sum = 0.0
    for x in a.slabs {
      guard let box = x.region.bounds else { continue }
      let rows = 0...max(0, Int((box.high.y - box.low.y) / spacing))
      let mine = x.region.crossings(ofRows: rows, origin: box.low.y + spacing / 2, spacing: spacing)
      for y in b.slabs {
        let height = min(x.upper, y.upper) - max(x.lower, y.lower)
        guard height > 0 else { continue }
        let theirs = y.region.crossings(ofRows: rows, origin: box.low.y + spacing / 2, spacing: spacing)
        for (line, other) in zip(mine, theirs) {
          for i in stride(from: 0, to: line.count - 1, by: 2) {
            for j in stride(from: 0, to: other.count - 1, by: 2) {
              sum += max(0, min(line[i + 1], other[j + 1]) - max(line[i], other[j])) * spacing * height
            }
          }
        }
      }
    }
    return .cubicMillimeters(sum)
  }

  /// Whether the boxes around two bodies touch.
  static func mayTouch(_ a: Solid, _ b: Solid, within gap: Double = 0) -> Bool {
    let (x, y) = (a.bounds, b.bounds)
    return all(x.low .<= y.high + gap) && all(y.low .<= x.high + gap)
  }

  // MARK: Hilum

  /// Where the bronchial tree enters a lung: the middle of what of the tree lies within the lung's planar hulls, of the
  /// part nearest to the tree's own middle.
  private static func hilum(
    _ tree: [Structure], _ lung: Solid, within reach: Length
  ) -> SIMD3<Double>? {
    let middle = tree.first?.solid.centroid?.x ?? 0
    var points: [SIMD3<Double>] = []
    for slab in tree.flatMap(\.solid.slabs) {
      guard let own = lung.slabs.first(where: { $0.lower <= slab.z && slab.z <= $0.upper }) else { continue }
      let hull = Self.hull(own.region.rings.flatMap(\.points))
      for polygon in slab.region.polygons {
        points += polygon.outer.points.filter { Self.contains(hull, $0) }.map { SIMD3($0.x, $0.y, slab.z) }
      }
    }
    guard let nearest = points.map({ abs($0.x - middle) }).min() else { return nil }
    let entering = points.filter { abs($0.x - middle) <= nearest + reach.millimeters }
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
