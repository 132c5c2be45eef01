// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation
internal import PlanarGeometry
internal import Quantities
internal import Vocabulary

/// The pieces of lung that hold a lesion with each margin, opening where nothing stands in the way.
struct WedgeSearch: Sendable {
  /// The pieces, one a margin; `nil` where one cannot be drawn.
  let solids: [Solid?]
  /// What each meets.
  let contacts: [[ResectionContact]]
  /// How deep the lesion lies along the direction, where that is not the nearest pleura.
  let opensElsewhere: Length?
  /// The lesion with its margin alone, one a margin.
  let field: WedgeField

  /// The search for a lesion.
  ///
  /// - Parameters:
  ///   - body: the lesion.
  ///   - container: its lobe or lung.
  ///   - surface: the nearest point of the pleura.
  ///   - margins: ascending.
  ///   - decisive: the margin by which another opening is looked for.
  ///   - limit: how deep another opening may lie.
  ///   - contact: a specimen this near to a bronchus or vessel meets it.
  init?(
    _ body: Solid, in container: Envelope, surface: SIMD3<Double>, inward: SIMD3<Double>, margins: [Length],
    decisive: Int, limit: Length, hilar: [(name: String, role: StructureRole, prepared: PreparedSolid)],
    contact: Length
  ) throws {
    guard let middle = body.centroid, let reach = margins.last else { return nil }
    let offset = surface - middle
    // In the pleura itself a direction is given by what lies opposite.
    let outward = (offset * offset).sum() > 0.25 ? offset : middle - inward
    guard let first = WedgeField(around: body, in: container, toward: outward, upTo: reach) else {
      return nil
    }
    let solids = try first.solids(margins: margins)
    let contacts = solids.map { Self.contacts($0, hilar, contact) }
    if contacts[decisive].isEmpty {
      self.init(solids: solids, contacts: contacts, opensElsewhere: nil, field: first)
      return
    }
    for (direction, depth) in Self.others(
      body, middle, in: container, than: first.direction, limit: limit, margin: margins[decisive], hilar,
      contact)
    {
      guard let field = WedgeField(around: body, in: container, toward: direction, upTo: reach),
        let solid = try field.solids(margins: [margins[decisive]])[0],
        Self.contacts(solid, hilar, contact).isEmpty
      else { continue }
      let solids = try field.solids(margins: margins)
      self.init(
        solids: solids, contacts: solids.map { Self.contacts($0, hilar, contact) }, opensElsewhere: depth,
        field: field
      )
      return
    }
    self.init(solids: solids, contacts: contacts, opensElsewhere: nil, field: first)
  }

  private init(
    solids: [Solid?], contacts: [[ResectionContact]], opensElsewhere: Length?, field: WedgeField
  ) {
    self.solids = solids
    self.contacts = contacts
    self.opensElsewhere = opensElsewhere
    self.field = field
  }

  private static func contacts(
    _ piece: Solid?, _ hilar: [(name: String, role: StructureRole, prepared: PreparedSolid)],
    _ contact: Length
  ) -> [ResectionContact] {
    guard let piece else { return [] }
    var ready: PreparedSolid?
    return hilar.compactMap { entry in
      guard LungMap.mayTouch(piece, entry.prepared.solid, within: contact.millimeters) else { return nil }
      let prepared = ready ?? PreparedSolid(piece)
      ready = prepared
      let distance = prepared.nearest(to: entry.prepared).distance
      guard distance <= contact else { return nil }
      return ResectionContact(structure: entry.name, role: entry.role, distance: distance)
    }
  }

  /// Openings elsewhere, the shallowest first: at most two, no deeper than the limit, clear of bronchi and vessels as far
  /// as a line through the lesion's middle tells.
  private static func others(
    _ body: Solid, _ middle: SIMD3<Double>, in container: Envelope, than first: SIMD3<Double>, limit: Length,
    margin: Length, _ hilar: [(name: String, role: StructureRole, prepared: PreparedSolid)], _ contact: Length
  ) -> [(direction: SIMD3<Double>, depth: Length)] {
    let corners = body.slabs.flatMap { slab in
      slab.region.rings.flatMap(\.points).map { SIMD3($0.x, $0.y, slab.z) - middle }
    }
    let radius = body.volume.equivalentSphereDiameter.millimeters / 2
    let count = 64
    var found: [(direction: SIMD3<Double>, depth: Length)] = []
    for index in 0..<count {
      // Evenly over the sphere (Fibonacci).
      let z = 1 - 2 * (Double(index) + 0.5) / Double(count)
      let turn = Double(index) * Double.pi * (3 - 5.0.squareRoot())
      let flat = (1 - z * z).squareRoot()
      let direction = SIMD3(flat * cos(turn), flat * sin(turn), z)
      guard (direction * first).sum() < 0.9 else { continue }
      let own = corners.map { ($0 * direction).sum() }.max() ?? 0
      guard
        let way = container.wayOut(
          from: middle, along: direction, upTo: .millimeters(limit.millimeters + own), step: .millimeters(1))
      else { continue }
      let clear = hilar.allSatisfy { entry in
        entry.prepared.clearance(
          ofSegment: middle, middle + direction * way.millimeters,
          below: .millimeters(radius + margin.millimeters + 2)
        ).distance.millimeters > radius + margin.millimeters + contact.millimeters
      }
      if clear { found.append((direction, .millimeters(max(0, way.millimeters - own)))) }
    }
    return Array(found.sorted { $0.depth < $1.depth }.prefix(2))
  }
}
