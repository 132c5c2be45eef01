// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Quantities
internal import Vocabulary

/// Bronchi and hilar vessels that a wedge must be clear of.
struct HilarObstacles: Sendable {
  /// Ready for distances.
  let structures: [(name: String, role: StructureRole, prepared: PreparedSolid)]
  /// A specimen this near to one of them meets it.
  let contact: Length

  /// Those a specimen meets; none where there is no specimen.
  func met(by piece: Solid?) -> [ResectionContact] {
    guard let piece else { return [] }
    var ready: PreparedSolid?
    return structures.compactMap { entry in
      guard LungMap.mayTouch(piece, entry.prepared.solid, within: contact.millimeters) else { return nil }
      let prepared = ready ?? PreparedSolid(piece)
      ready = prepared
      let distance = prepared.nearest(to: entry.prepared).distance
      guard distance <= contact else { return nil }
      return ResectionContact(structure: entry.name, role: entry.role, distance: distance)
    }
  }

  /// Whether a straight way with so much around it, in millimetres, meets none.
  func areClear(ofWay start: SIMD3<Double>, _ end: SIMD3<Double>, by around: Double) -> Bool {
    structures.allSatisfy { entry in
      entry.prepared.clearance(ofSegment: start, end, below: .millimeters(around + 2)).distance.millimeters
        > around + contact.millimeters
    }
  }
}
