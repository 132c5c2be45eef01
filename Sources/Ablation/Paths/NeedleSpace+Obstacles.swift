// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Anatomy
internal import Cases
internal import Foundation
internal import Quantities
internal import Vocabulary

extension NeedleSpace {
  /// One structure, or several of one role, before its distances are known.
  struct Body: Sendable {
    let name: String
    let role: StructureRole
    let lobe: Lobe?
    var solids: [Solid]
  }

  /// The planes of a solid between two heights; `nil` where there are none.
  static func cropped(_ solid: Solid, to heights: (low: Double, high: Double)) -> Solid? {
    let slabs = solid.slabs.filter { $0.upper > heights.low && $0.lower < heights.high }
    return Solid(
      slabs: slabs, endCap: solid.endCap, nominalSpacing: solid.nominalSpacing, gaps: solid.gaps)
  }

  /// Structures and metastases that reach between two heights.
  static func bodies(
    _ structures: [Structure], _ lesions: [Lesion], within heights: (low: Double, high: Double)
  ) -> [Body] {
    var named: [Body] = []
    for structure in structures where ![.external, .skin, .other].contains(structure.name.role) {
      guard let solid = cropped(structure.solid, to: heights) else { continue }
      named.append(
        Body(
          name: structure.name.tg263, role: structure.name.role, lobe: structure.name.lobe, solids: [solid]))
    }
    for lesion in lesions {
      guard let solid = lesion.body.flatMap({ cropped($0.solid, to: heights) }) else { continue }
      named.append(Body(name: name(of: lesion), role: .other, lobe: nil, solids: [solid]))
    }
    return named
  }

  /// More structures than bits: those of one role stand together, but lobes stay apart.
  static func grouped(_ named: [Body], apart: Set<String>) -> [Body] {
    guard named.count > 62 else { return named }
    var groups: [Body] = []
    for entry in named {
      if entry.role != .other, !apart.contains(entry.name),
        let at = groups.firstIndex(where: {
          $0.role == entry.role && $0.lobe == entry.lobe && !apart.contains($0.name)
        })
      {
        groups[at].solids += entry.solids
      } else {
        groups.append(
          Body(
            name: apart.contains(entry.name) || entry.role == .other ? entry.name : entry.role.title,
            role: entry.role, lobe: entry.lobe, solids: entry.solids))
      }
    }
    return groups
  }

  /// How far the distances of guarded roles are known, in millimetres.
  private static func reaches(_ limits: [PathLimit]) -> [StructureRole: Double] {
    Dictionary(
      limits.map { ($0.role, min(reach, max(surelySeen + 3.5, $0.distance.millimeters + 8))) },
      uniquingKeysWith: { max($0, $1) }
    )
    // Metastases are guarded, too, with no limit of the protocol's.
    .merging([.other: surelySeen + 3.5]) { own, _ in own }
  }

  /// Each body with its distances, in the bodies' order; `nil` for one too large for memory.
  static func obstacles(_ all: [Body], _ limits: [PathLimit]) -> [Obstacle?] {
    // The largest first, so that the last task is a short one.
    let work = all.indices.sorted { size(all[$0].solids) > size(all[$1].solids) }
    let reaches = reaches(limits)
    return Workers.gather(work.count, into: { [(Int, Obstacle?)]() }) { position, found in
      let index = work[position]
      let body = all[index]
      let fields = body.solids.compactMap { solid in
        // The outline's outside tells nothing but that it is outside.
        DistanceField(
          of: solid.thinned(within: .millimeters(0.15)), as: .slabs,
          reach: .millimeters(reaches[body.role] ?? least), spacing: .millimeters(step))
      }
      guard fields.count == body.solids.count else {
        found.append((index, nil))
        return
      }
      found.append(
        (
          index,
          Obstacle(
            name: body.name, role: body.role, lobe: body.lobe, fields: fields,
            solids: body.role == .external ? [] : body.solids.map { PreparedSolid($0) })
        ))
    }.joined().sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static func size(_ solids: [Solid]) -> Double {
    solids.reduce(0) { sum, solid in
      let box = solid.bounds.high - solid.bounds.low + 2 * reach
      return sum + box.x * box.y * box.z
    }
  }
}
