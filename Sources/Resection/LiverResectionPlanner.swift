// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Quantities
internal import Reasons
internal import Vocabulary

/// What a resection of all liver lesions leaves of the liver.
///
/// Each lesion goes with its margin and the liver between that and the nearest surface: the least that can be taken.
/// Anatomical resections take more.
struct LiverResectionPlanner {
  let parameters: ResectionParameters
  let patientCase: PatientCase
  let settings: [String: LesionContext]

  /// The vessels and ducts that ask for more liver than the least piece.
  private static let critical: [StructureRole] = [.hepaticVessel, .bileDuct]

  /// What is cut out, lesion by lesion.
  private struct Removal {
    var pieces: [Solid] = []
    var tumours: [Solid] = []
    var taken: [String] = []
    var contacts: [(lesion: String, contact: ResectionContact)] = []
  }

  /// The liver as its outer surface shows it.
  private struct Organ {
    let structure: Structure
    let envelope: Envelope
    let solid: Solid
  }

  func plan(_ lesions: [Lesion]) throws -> (resection: LiverResection?, why: [String: Reason]) {
    var why: [String: Reason] = [:]
    let livers = patientCase.structures.filter { $0.name.role == .liver }
    guard let liver = livers.first else {
      for lesion in lesions {
        why[lesion.id] = Reason(.resection(.liverNotContoured))
      }
      return (nil, why)
    }
    guard livers.count == 1 else {
      for lesion in lesions {
        why[lesion.id] = Reason(.resection(.liverContouredTwice), names: livers.map(\.sourceName))
      }
      return (nil, why)
    }
    let envelope = try Envelope(liver.solid)
    guard
      let solid = Solid(
        slabs: envelope.slabs, endCap: .voxels, nominalSpacing: liver.solid.nominalSpacing, gaps: [])
    else { return (nil, why) }
    let organ = Organ(structure: liver, envelope: envelope, solid: solid)
    var removal = Removal()
    for lesion in lesions {
      if let obstacle = try take(lesion, out: organ, &removal) { why[lesion.id] = obstacle }
    }
    guard let balance = try balance(organ, removal, all: lesions) else { return (nil, why) }
    return (resection(organ, removal, balance, left: why), why)
  }

  /// Adds a lesion's least piece to what is cut out.
  ///
  /// - Returns: why it cannot be cut out; `nil` when it was added.
  private func take(_ lesion: Lesion, out organ: Organ, _ removal: inout Removal) throws -> Reason? {
    let margin = parameters.liverMargin.value
    let envelope = organ.envelope
    guard let body = lesion.body?.solid, let centre = body.centroid else {
      return Reason(.resection(.liverNoBody))
    }
    guard envelope.contains(centre) else {
      return Reason(.resection(.outsideLiver))
    }
    let depth = envelope.depth(of: PreparedSolid(body))
    let offset = depth.to - centre
    let inward = organ.solid.centroid ?? centre
    let outward = (offset * offset).sum() > 0.25 ? offset : centre - inward
    guard let field = WedgeField(around: body, in: envelope, toward: outward, upTo: margin),
      let piece = try field.solids(margins: [margin])[0]
    else {
      return Reason(.resection(.specimenNotMade))
    }
    removal.pieces.append(piece)
    removal.tumours.append(body)
    removal.taken.append(lesion.id)
    for role in Self.critical {
      guard let distance = settings[lesion.id]?.facts.interval(.clearance(role)),
        distance.lowerBound < margin.millimeters
      else { continue }
      removal.contacts.append(
        (
          lesion.id,
          ResectionContact(structure: role.title, role: role, distance: .millimeters(distance.lowerBound))
        ))
    }
    return nil
  }

  /// Tumour, healthy liver that goes with it, and what is left.
  private struct Balance {
    /// Of all lesions, within the liver.
    let tumour: Volume
    let healthy: Volume
    /// Liver without tumour, before.
    let free: Volume
    /// Liver without tumour, after.
    var left: Volume { max(.zero, free - healthy) }
  }

  /// - Returns: `nil` when nothing is cut out.
  private func balance(_ organ: Organ, _ removal: Removal, all lesions: [Lesion]) throws -> Balance? {
    guard let first = removal.pieces.first, let firstTumour = removal.tumours.first else { return nil }
    let removed = try removal.pieces.dropFirst().reduce(first) { try $0.union($1) ?? $0 }
    // Every liver lesion is tumour, whether it can be taken or not.
    let all = lesions.compactMap { $0.body?.solid }
    let tumour = try all.reduce(firstTumour) { try $0.union($1) ?? $0 }
    let within = try tumour.overlap(with: organ.solid)
    let takenLiver = try removed.overlap(with: organ.solid)
    let takenTumour = try removed.overlap(with: tumour)
    return Balance(
      tumour: within, healthy: max(.zero, takenLiver - takenTumour), free: organ.solid.volume - within)
  }

  private func resection(
    _ organ: Organ, _ removal: Removal, _ balance: Balance, left why: [String: Reason]
  ) -> LiverResection {
    let margin = parameters.liverMargin.value
    let standardised = settings.values.first?.facts.interval(.bodySurfaceArea).flatMap { area in
      parameters.liverVolume.value.volume((area.lowerBound + area.upperBound) / 2)
    }
    let isCutOff = organ.structure.mayBeCutOff
    let left = balance.left
    return LiverResection(
      lesions: removal.taken, left: why.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      liver: organ.solid.volume, tumour: balance.tumour, healthy: balance.healthy,
      remnantPercent: isCutOff
        ? nil : 100 * left.cubicMillimeters / max(1, balance.free.cubicMillimeters),
      standardised: standardised,
      standardisedPercent: isCutOff
        ? nil : standardised.map { 100 * left.cubicMillimeters / $0.cubicMillimeters },
      contacts: removal.contacts,
      isExact: removal.taken.allSatisfy { id in
        Self.critical.allSatisfy { role in
          settings[id]?.facts.interval(.clearance(role)).map { $0.lowerBound >= margin.millimeters }
            ?? false
        }
      }, margin: margin)
  }
}
