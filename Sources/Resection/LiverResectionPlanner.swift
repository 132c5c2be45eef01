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
      let organ = Solid(
        slabs: envelope.slabs, endCap: .voxels, nominalSpacing: liver.solid.nominalSpacing, gaps: [])
    else { return (nil, why) }
    var pieces: [Solid] = []
    var tumours: [Solid] = []
    var taken: [String] = []
    var contacts: [(lesion: String, contact: ResectionContact)] = []
    let margin = parameters.liverMargin.value
    for lesion in lesions {
      guard let body = lesion.body?.solid, let centre = body.centroid else {
        why[lesion.id] = Reason(.resection(.liverNoBody))
        continue
      }
      guard envelope.contains(centre) else {
        why[lesion.id] = Reason(.resection(.outsideLiver))
        continue
      }
      let depth = envelope.depth(of: PreparedSolid(body))
      let offset = depth.to - centre
      let inward = organ.centroid ?? centre
      let outward = (offset * offset).sum() > 0.25 ? offset : centre - inward
      guard let field = WedgeField(around: body, in: envelope, toward: outward, upTo: margin),
        let piece = try field.solids(margins: [margin])[0]
      else {
        why[lesion.id] = Reason(.resection(.specimenNotMade))
        continue
      }
      pieces.append(piece)
      tumours.append(body)
      taken.append(lesion.id)
      for role in [StructureRole.hepaticVessel, .bileDuct] {
        guard let distance = settings[lesion.id]?.facts.interval(.clearance(role)),
          distance.lowerBound < margin.millimeters
        else { continue }
        contacts.append(
          (
            lesion.id,
            ResectionContact(structure: role.title, role: role, distance: .millimeters(distance.lowerBound))
          ))
      }
    }
    guard let first = pieces.first, let firstTumour = tumours.first else { return (nil, why) }
    let removed = try pieces.dropFirst().reduce(first) { try $0.union($1) ?? $0 }
    // Every liver lesion is tumour, whether it can be taken or not.
    let all = lesions.compactMap { $0.body?.solid }
    let tumour = try all.reduce(firstTumour) { try $0.union($1) ?? $0 }
    let within = try tumour.overlap(with: organ)
    let takenLiver = try removed.overlap(with: organ)
    let takenTumour = try removed.overlap(with: tumour)
    let healthy = max(.zero, takenLiver - takenTumour)
    let free = organ.volume - within
    let left = max(.zero, free - healthy)
    let standardised = settings.values.first?.facts.interval(.bodySurfaceArea).flatMap { area in
      parameters.liverVolume.value.volume((area.lowerBound + area.upperBound) / 2)
    }
    return (
      LiverResection(
        lesions: taken, left: why.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, liver: organ.volume,
        tumour: within, healthy: healthy,
        remnantPercent: liver.mayBeCutOff
          ? nil : 100 * left.cubicMillimeters / max(1, free.cubicMillimeters), standardised: standardised,
        standardisedPercent: liver.mayBeCutOff
          ? nil : standardised.map { 100 * left.cubicMillimeters / $0.cubicMillimeters },
        contacts: contacts,
        isExact: taken.allSatisfy { id in
          [StructureRole.hepaticVessel, .bileDuct].allSatisfy { role in
            settings[id]?.facts.interval(.clearance(role)).map { $0.lowerBound >= margin.millimeters }
              ?? false
          }
        }, margin: margin), why
    )
  }
}
