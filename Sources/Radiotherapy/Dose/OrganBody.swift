// SPDX-License-Identifier: Apache-2.0
public import Anatomy
package import Cases
internal import Quantities
public import Reasons
public import Vocabulary

/// An organ at risk as the case has it: one body made of all structures that belong to it.
public struct OrganBody: Sendable {
  /// The organ.
  public let organ: OrganAtRisk
  /// Its slabs, one structure's after the other; volumes add.
  public let solid: Solid
  /// The structures it is made of, by TG-263 name.
  public let structures: [String]
  /// Whether the whole organ is there, so that shares of its volume and mean doses mean the organ.
  public let isComplete: Bool
  /// What is missing or was taken away.
  public let remarks: [Reason]

  /// The organs of a case that limits are written for.
  ///
  /// Both lungs together less every lesion in them, the liver likewise; both kidneys; the heart alone where it is
  /// contoured, else its parts; for all others every structure of the organ. Derived structures count only where
  /// they are a union (lungs of lobes) or a chest wall, which says so.
  ///
  /// - Throws: `GEOSError` when lesions cannot be taken away.
  package static func all(in patientCase: PatientCase, lungLesionSides: Set<Side>?) throws -> [OrganBody] {
    var groups: [(OrganAtRisk, [Structure])] = []
    for structure in patientCase.structures {
      guard structure.derivation == nil || [.lung, .chestWall].contains(structure.name.role),
        let organ = OrganAtRisk(structure.name)
      else { continue }
      if let index = groups.firstIndex(where: { $0.0 == organ }) {
        groups[index].1.append(structure)
      } else {
        groups.append((organ, [structure]))
      }
    }
    let lesions = patientCase.lesions.compactMap { $0.body?.solid }
    var bodies: [OrganBody] = []
    for (organ, structures) in groups {
      guard let body = try body(organ, structures, lesions) else { continue }
      bodies.append(body)
      if organ == .lungs, let contralateral = contralateral(structures, lungLesionSides) {
        bodies.append(contralateral)
      }
    }
    return bodies
  }

  private static func body(
    _ organ: OrganAtRisk, _ structures: [Structure], _ lesions: [Solid]
  ) throws -> OrganBody? {
    var parts = structures
    var remarks: [Reason] = []
    var isComplete = true
    switch organ {
    case .lungs, .kidneys:
      let left = structures.filter { $0.name.side == .left }
      let right = structures.filter { $0.name.side == .right }
      let whole = structures.filter { $0.name.side == nil }
      if !left.isEmpty, !right.isEmpty {
        parts = [left[0], right[0]]
      } else if !whole.isEmpty {
        parts = [whole[0]]
      } else {
        isComplete = false
        remarks.append(Reason(.radiotherapy(.partContoured), names: structures.map(\.name.tg263)))
      }
    case .heart:
      let whole = structures.filter { $0.name.tg263 == "Heart" }
      if let heart = whole.first {
        parts = [heart]
      } else {
        isComplete = false
        remarks.append(Reason(.radiotherapy(.heartInParts)))
      }
    case .liver:
      parts = [structures[0]]
    case .spinalCord:
      if !structures.contains(where: { $0.name.tg263 == "SpinalCanal" }) {
        remarks.append(Reason(.radiotherapy(.cordNotCanal)))
      }
    case .chestWall:
      if let derived = structures.first(where: { $0.derivation != nil })?.derivation {
        remarks.append(Reason(.radiotherapy(.derived), quote: derived))
      }
    default: break
    }
    var slabs: [Slab] = []
    var spacing = parts[0].contoured.nominalSpacing
    for part in parts {
      var solid: Solid? = part.contoured
      if organ == .lungs || organ == .liver {
        for lesion in lesions {
          guard let rest = solid, overlaps(rest, lesion) else { continue }
          solid = try rest.subtracting(lesion)
        }
      }
      slabs += solid?.slabs ?? []
      spacing = min(spacing, part.contoured.nominalSpacing)
    }
    if organ == .liver, !lesions.isEmpty { remarks.append(Reason(.radiotherapy(.lessLesions))) }
    guard
      let solid = Solid(
        slabs: slabs, endCap: parts[0].contoured.endCap, nominalSpacing: spacing, gaps: [])
    else { return nil }
    return OrganBody(
      organ: organ, solid: solid, structures: parts.map(\.name.tg263), isComplete: isComplete,
      remarks: remarks)
  }

  private static func overlaps(_ a: Solid, _ b: Solid) -> Bool {
    let (x, y) = (a.bounds, b.bounds)
    return Swift.all(x.low .<= y.high) && Swift.all(y.low .<= x.high)
  }

  /// The other lung where all lung lesions lie in one.
  private static func contralateral(_ lungs: [Structure], _ sides: Set<Side>?) -> OrganBody? {
    guard let sides, sides.count == 1, let side = sides.first, side != .midline,
      let other = lungs.first(where: { $0.name.side != nil && $0.name.side != side })
    else { return nil }
    return OrganBody(
      organ: .contralateralLung, solid: other.contoured, structures: [other.name.tg263], isComplete: true,
      remarks: [])
  }
}
