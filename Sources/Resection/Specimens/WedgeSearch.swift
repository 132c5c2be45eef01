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
  ///   - position: the lesion in its lobe or lung.
  ///   - margins: by the standard one another opening is looked for.
  ///   - limit: how deep another opening may lie.
  ///   - obstacles: what a specimen must not meet.
  init?(
    around position: LungPosition, margins asked: LesionResectionPlanner.AskedMargins, limit: Length,
    clearOf obstacles: HilarObstacles
  ) throws {
    let (body, container, margins) = (position.body, position.container, asked.margins)
    guard let middle = body.centroid, let reach = margins.last else { return nil }
    let decisive = margins[asked.standard]
    let inward = position.inward
    let offset = position.depth.to - middle
    // In the pleura itself a direction is given by what lies opposite.
    let outward = (offset * offset).sum() > 0.25 ? offset : middle - inward
    guard let first = WedgeField(around: body, in: container, toward: outward, upTo: reach) else {
      return nil
    }
    let solids = try first.solids(margins: margins)
    let contacts = solids.map(obstacles.met)
    if contacts[asked.standard].isEmpty {
      self.init(solids: solids, contacts: contacts, opensElsewhere: nil, field: first)
      return
    }
    for (direction, depth) in Self.others(
      middle, of: position, than: first.direction, limit: limit, margin: decisive, clearOf: obstacles)
    {
      guard let field = WedgeField(around: body, in: container, toward: direction, upTo: reach),
        let solid = try field.solids(margins: [decisive])[0],
        obstacles.met(by: solid).isEmpty
      else { continue }
      let solids = try field.solids(margins: margins)
      self.init(
        solids: solids, contacts: solids.map(obstacles.met), opensElsewhere: depth,
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

  /// Openings elsewhere, the shallowest first: at most two, no deeper than the limit, clear of bronchi and vessels as far
  /// as a line through the lesion's middle tells.
  private static func others(
    _ middle: SIMD3<Double>, of position: LungPosition, than first: SIMD3<Double>, limit: Length,
    margin: Length, clearOf obstacles: HilarObstacles
  ) -> [(direction: SIMD3<Double>, depth: Length)] {
    let body = position.body
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
        let way = position.container.wayOut(
          from: middle, along: direction, upTo: .millimeters(limit.millimeters + own), step: .millimeters(1))
      else { continue }
      let clear = obstacles.areClear(
        ofWay: middle, middle + direction * way.millimeters, by: radius + margin.millimeters)
      if clear { found.append((direction, .millimeters(max(0, way.millimeters - own)))) }
    }
    return Array(found.sorted { $0.depth < $1.depth }.prefix(2))
  }
}
