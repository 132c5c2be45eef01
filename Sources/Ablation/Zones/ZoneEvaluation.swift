// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Evidence
internal import Anatomy
internal import Cases
internal import Foundation
internal import Quantities
internal import Vocabulary

/// The case's structures made ready for questions about zones.
struct ZoneSurroundings: Sendable {
  struct Entry: Sendable {
    let structure: Structure
    let prepared: PreparedSolid
    /// The outer surface of a lung; `nil` for others.
    let envelope: Envelope?
  }

  let entries: [Entry]
  /// The body's outer surface, where no skin is contoured.
  private let outline: Envelope?

  init(_ structures: [Structure], body: Solid?) throws {
    let hasSkin = structures.contains { $0.name.role == .skin }
    outline = hasSkin ? nil : try body.map { try Envelope($0) }
    let made = Workers.gather(structures.count, into: { [(Int, Result<Entry, any Error>)]() }) {
      index, found in
      let structure = structures[index]
      found.append(
        (
          index,
          Result {
            Entry(
              structure: structure, prepared: PreparedSolid(structure.solid),
              envelope: structure.name.role == .lung ? try Envelope(structure.solid) : nil)
          }
        ))
    }
    entries = try made.joined().sorted { $0.0 < $1.0 }.map { try $0.1.get() }
  }

  /// How deep below the skin a body lies; `nil` where the skin is contoured by itself, or no body is.
  func depthBelowSkin(of body: PreparedSolid) -> Length? { outline?.depth(of: body).nearest }

  /// Lungs around a point.
  func lungs(around point: SIMD3<Double>) -> [Entry] {
    entries.filter { $0.structure.name.role == .lung && $0.structure.solid.encloses(point) }
  }
}

/// What a zone does to what lies around it.
struct ZoneEvaluation: Sendable {
  let surroundings: ZoneSurroundings
  let parameters: AblationParameters
  let energy: Modality
  let site: Site?

  /// Neighbours farther off than this are left out, in millimetres.
  private static let farthest = 30.0

  /// Structures within 30 mm of the zones.
  ///
  /// - Parameters:
  ///   - zone: the lethal zones as one body.
  ///   - ice: the ice as one body, cryoablation only.
  ///   - home: names of structures the lesion lies in.
  ///   - lesion: the lesion itself.
  func neighbours(
    _ zone: Solid, ice: Solid?, lesion: Solid, home: Set<String>
  ) throws -> [ZoneNeighbour] {
    let prepared = PreparedSolid(zone)
    let preparedLesion = PreparedSolid(lesion)
    let preparedIce = ice.map { PreparedSolid($0) }
    let box = zone.bounds
    let near = surroundings.entries.filter { entry in
      guard !home.contains(entry.structure.name.tg263),
        ![.external, .other].contains(entry.structure.name.role)
      else {
        return false
      }
      let other = entry.structure.solid.bounds
      let gap = pointwiseMax(pointwiseMax(box.low - other.high, other.low - box.high), .zero)
      return (gap * gap).sum() < Self.farthest * Self.farthest
    }
    let found = Workers.gather(near.count, into: { [Result<ZoneNeighbour, any Error>]() }) { index, found in
      let entry = near[index]
      found.append(
        Result {
          let clearance = try prepared.clearance(to: entry.prepared)
          let ice = preparedIce.map { $0.nearest(to: entry.prepared).distance }
          let role = entry.structure.name.role
          return ZoneNeighbour(
            structure: entry.structure.name.tg263, role: role, distance: clearance.distance,
            iceDistance: ice, lesionDistance: preparedLesion.nearest(to: entry.prepared).distance,
            overlap: clearance.overlap,
            broken: broken(role, clearance.distance, ice: ice))
        })
    }
    var all = try found.joined().map { try $0.get() }
    if let depth = surroundings.depthBelowSkin(of: prepared) {
      let iceDepth = preparedIce.flatMap { surroundings.depthBelowSkin(of: $0) }
      all.append(
        ZoneNeighbour(
          structure: "body outline", role: .skin, distance: depth, iceDistance: iceDepth,
          lesionDistance: surroundings.depthBelowSkin(of: preparedLesion) ?? depth, overlap: .zero,
          broken: broken(.skin, depth, ice: iceDepth)))
    }
    return
      all
      .filter { $0.distance.millimeters <= Self.farthest }
      .sorted { ($0.distance, $0.structure) < ($1.distance, $1.structure) }
  }

  /// Limits for a role that a zone does not keep: injury is reckoned from the ice's edge, cooling from the lethal zone.
  private func broken(_ role: StructureRole, _ distance: Length, ice: Length?) -> [ZoneLimit] {
    parameters.zoneLimits.filter { limit in
      guard limit.role == role, limit.energies.contains(energy), site.map(limit.sites.contains) ?? false
      else {
        return false
      }
      let reached = limit.effect == .injury ? ice ?? distance : distance
      return reached < limit.distance || reached == .zero
    }
  }

  /// Manoeuvres for neighbours whose limits of injury are not kept.
  func manoeuvres(_ neighbours: [ZoneNeighbour]) -> [ManoeuvreAdvice] {
    neighbours.flatMap { neighbour -> [ManoeuvreAdvice] in
      let wanted = neighbour.broken.filter { $0.effect == .injury }.map(\.distance).max()
      guard let wanted else { return [] }
      let distance = neighbour.iceDistance ?? neighbour.distance
      return parameters.manoeuvres.filter { reach in
        reach.roles.contains(neighbour.role) && site.map(reach.sites.contains) ?? false
      }.map { reach in
        let needed = (wanted - distance).millimeters
        return ManoeuvreAdvice(
          reach: reach, structure: neighbour.structure, distance: distance, wanted: wanted,
          isEnough: (reach.usual.lowerBound >= needed, reach.usual.upperBound >= needed))
      }
    }
  }

  /// Volumes and margins of zones.
  func coverage(
    _ zones: [Spheroid], _ body: Solid, lesion: Solid, _ surface: LesionSurface, home: Set<String>
  ) throws -> ZoneCoverage? {
    guard let map = MarginMap(surface, zones: zones) else { return nil }
    let shares = Self.shares(zones, surface)
    let within = try body.overlap(with: lesion)
    let lungs = surroundings.entries.filter { $0.structure.name.role == .lung }
    // The lesion's own lung must be there, or none of it would be counted.
    let isOwnKnown = site != .lung || lungs.contains { home.contains($0.structure.name.tg263) }
    var lung: Volume?
    for entry in lungs {
      let own = entry.structure.solid.bounds
      let box = body.bounds
      guard box.low.x < own.high.x, own.low.x < box.high.x, box.low.y < own.high.y, own.low.y < box.high.y
      else { continue }
      let shared = try body.overlap(with: entry.structure.solid)
      guard shared > .zero else { continue }
      // The lesion's part of the lung that the zones hold too: all of what zones hold, where it lies in the lung at all.
      let ofLesion = min(within, try lesion.overlap(with: entry.structure.solid))
      lung = (lung ?? .zero) + .cubicMillimeters(max(0, shared.cubicMillimeters - ofLesion.cubicMillimeters))
    }
    if !isOwnKnown { lung = nil } else if lung == nil, !lungs.isEmpty { lung = .zero }
    let needed = surface.offset(by: parameters.margin.hard.millimeters)
    let sigma = parameters.residual.value.millimeters / 3.0.squareRoot()
    return ZoneCoverage(
      map: map, at5Percent: shares.at5, at10Percent: shares.at10,
      marginProbability: PlacementError.margin(zones, holds: needed, sigma: sigma),
      ablated: body.volume,
      healthy: .cubicMillimeters(max(0, body.volume.cubicMillimeters - within.cubicMillimeters)), lung: lung)
  }

  /// The shares of the lesion with 5 and 10 mm around it that zones hold, by volume.
  private static func shares(_ zones: [Spheroid], _ surface: LesionSurface) -> (at5: Double, at10: Double) {
    let union = ZoneUnion(zones)
    let field = surface.field
    let step = surface.step
    let box = field.origin
    var inside5 = 0
    var held5 = 0
    var inside10 = 0
    var held10 = 0
    let counts = field.counts
    for z in field.levels {
      for j in 0..<counts.rows {
        for i in 0..<counts.columns {
          let point = SIMD3(box.x + Double(i) * step, box.y + Double(j) * step, z)
          let d = field.millimeters(at: point, outside: 99)
          guard d <= 10 else { continue }
          let isHeld = union.contains(point)
          inside10 += 1
          if isHeld { held10 += 1 }
          if d <= 5 {
            inside5 += 1
            if isHeld { held5 += 1 }
          }
        }
      }
    }
    func percent(_ held: Int, _ all: Int) -> Double { all > 0 ? 100 * Double(held) / Double(all) : 0 }
    return (percent(held5, inside5), percent(held10, inside10))
  }
}
