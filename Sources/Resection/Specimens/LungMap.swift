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
    let (bodies, doubled) = Self.singled(structures)
    let made = try Self.make(bodies, without: lesions + sick.map(\.solid), tree, geometry)
    let (clear, overlaps) = Self.withoutOverlaps(Self.lobes(bodies, made))
    lobes = clear
    var remarks = doubled + overlaps
    lungs = Self.lungs(bodies, made, lobes: clear, middle: tree.first?.solid.centroid?.x ?? 0)
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

  // MARK: From structures to lobes and lungs

  /// Lobes and lungs with a side, the first of each; a second one is said and left out.
  private static func singled(_ structures: [Structure]) -> ([Structure], [Reason]) {
    var chosen: [Structure] = []
    var remarks: [Reason] = []
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
    return (chosen, remarks)
  }

  /// Each body worked out, by its place.
  private static func make(
    _ bodies: [Structure], without lost: [Solid], _ tree: [Structure], _ geometry: LungGeometry
  ) throws -> [Int: Made] {
    let parts = Workers.gather(bodies.count, into: { [(Int, Result<Made, any Error>)]() }) { index, found in
      found.append((index, Result { try make(bodies[index].solid, without: lost, tree, geometry) }))
    }
    var made: [Int: Made] = [:]
    for (index, result) in parts.joined() { made[index] = try result.get() }
    return made
  }

  private static func lobes(_ bodies: [Structure], _ made: [Int: Made]) -> [LobeBody] {
    var lobes: [LobeBody] = []
    for (index, structure) in bodies.enumerated() {
      guard let made = made[index], let lobe = structure.name.lobe else { continue }
      lobes.append(
        LobeBody(
          lobe: lobe, name: structure.name.tg263, envelope: made.envelope, prepared: made.prepared,
          volume: structure.solid.volume, functional: made.functional, hilum: made.hilum,
          isWhole: !structure.mayBeCutOff, isCompleted: structure.asContoured != nil))
    }
    return lobes
  }

  /// Each lung by its own contour, else by all of its lobes.
  ///
  /// - Parameter middle: of the bronchial tree, from right to left: of the lobes' hila the one next to it is the lung's.
  private static func lungs(
    _ bodies: [Structure], _ made: [Int: Made], lobes: [LobeBody], middle: Double
  ) -> [Lung] {
    var lungs: [Lung] = []
    for side in [Side.right, .left] {
      let own = lobes.filter { $0.lobe.side == side }
      if let index = bodies.indices.first(where: {
        made[$0] != nil && bodies[$0].name.lobe == nil && bodies[$0].name.side == side
      }), let outer = made[index] {
        lungs.append(
          Lung(
            side: side, envelopes: [outer.envelope], functional: outer.functional,
            hilum: outer.hilum, isWhole: !bodies[index].mayBeCutOff))
      } else if own.count == (side == .right ? 3 : 2) {
        lungs.append(
          Lung(
            side: side, envelopes: own.map(\.envelope), functional: own.map(\.functional).reduce(.zero, +),
            hilum: own.compactMap(\.hilum).min { abs($0.x - middle) < abs($1.x - middle) },
            isWhole: own.allSatisfy(\.isWhole)))
      }
    }
    return lungs
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
}
