// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Foundation
internal import Quantities
internal import Vocabulary

extension CaseImport {
  /// Joins lesions that lungs and lobes leave out of their contours to the lung they belong to.
  ///
  /// What says so is, in this order: a list's or the user's word together with contact; or the place alone, where the lung
  /// surrounds most of the lesion. A lesion that only touches a lung keeps an unknown site, and that is told.
  ///
  /// - Throws: `InputError` where a stated side is not the side of the lung around the lesion; errors of geometry.
  func completeLungs(_ result: inout PatientCase) throws {
    let containers: [StructureRole] = [.lung, .lobe]
    guard result.structures.contains(where: { containers.contains($0.name.role) }) else { return }
    var completed: [String: [String]] = [:]
    for lesion in result.lesions {
      guard let body = lesion.body?.solid, let place = body.centroid,
        lesion.site == nil || lesion.site == .lung
      else { continue }
      let around = Surroundings(of: place, among: result.structures)
      if around.site == .liver { continue }
      if lesion.site == nil, try joinsLiver(lesion, body, around, &result) { continue }
      let isInside = around.site == .lung
      let told = lesion.site ?? (around.site == nil ? listOptions.site : nil)
      guard told == nil || told == .lung else { continue }
      // Within a contour that contour tells; a list that says otherwise is refused where places are settled.
      let side = isInside ? around.side : lesion.reportedSide
      guard
        let contact = try LungCompletion.contact(
          of: body, among: result.structures, side: side, lobe: isInside ? around.lobe : lesion.lobe)
      else {
        if !isInside { try checkSide(of: lesion, body, side, result.structures) }
        continue
      }
      let volume = body.volume
      // What the contour holds but for its own error needs no completion.
      if isInside, contact.overlap.cubicMillimeters >= Self.heldShare * volume.cubicMillimeters { continue }
      let lung = result.structures[contact.lung]
      let words = String(
        format: "%.0f %% of its surroundings are lung, %@ of %@ lie within the contour",
        contact.surroundings * 100, BodyParts.cc(contact.overlap), BodyParts.cc(volume))
      guard isInside || contact.isEvident || (told == .lung && contact.isContact) else {
        result.warnings.append(
          "lesion \(lesion.id) touches \(lung.name.tg263) (\(words)), which does not tell whether it is the lung's: its site stays unknown; --site lung, or a site in a list, says so"
        )
        continue
      }
      if !isInside { try checkSide(of: lesion, body, side, result.structures, found: contact) }
      for index in Set([contact.lung, contact.lobe].compactMap(\.self)).sorted() {
        guard let missing = try missing(of: body, index, result.structures) else { continue }
        completed[result.structures[index].name.tg263, default: []].append(lesion.id)
        if index == contact.lobe { try tellLobes(around: lesion, body, index, &result) }
        result.structures[index] = try LungCompletion.completed(result.structures[index], by: missing)
      }
      guard !isInside else { continue }
      let lobe = contact.lobe.flatMap { result.structures[$0].name.lobe }
      result.warnings.append(
        "lesion \(lesion.id) lies outside the contour of \(lung.name.tg263) (\(words)): taken for a lesion of "
          + "\(lung.name.side.map { "the \($0.rawValue)" } ?? "a") lung"
          + (lobe.map { ", \($0.abbreviation) by contact" } ?? "")
          + (told == .lung ? "" : ", an assumption; a site in a list decides otherwise"))
    }
    if !completed.isEmpty {
      let names = completed.sorted { $0.key < $1.key }.map {
        "\($0.key) by \($0.value.joined(separator: ", "))"
      }
      result.warnings.append(
        "completed by lesions that the contours leave out: \(names.joined(separator: "; ")). Distances, paths and resections take the completed lung, volumes and doses the contour"
      )
    }
  }

  /// What of a lesion neither a lung or lobe nor its fellows hold; `nil` where that is no more than their own error.
  private func missing(
    of body: Anatomy.Solid, _ index: Int, _ structures: [Structure]
  ) throws -> Anatomy.Solid? {
    let own = structures[index]
    var rest: Anatomy.Solid? = body
    for other in structures where other.name.role == own.name.role && other.sourceName != own.sourceName {
      rest = try rest?.subtracting(other.solid)
    }
    guard let rest, let beyond = try rest.subtracting(own.solid),
      beyond.volume.cubicMillimeters > (1 - Self.heldShare) * body.volume.cubicMillimeters
    else { return nil }
    return rest
  }

  /// A lobe that is this share of a lesion's surroundings may hold a part of it (heuristic).
  private static let sharedLobe = 0.1

  /// A lesion left out between lobes may cross the fissure: it is joined to one of them, and that is told.
  private func tellLobes(
    around lesion: Lesion, _ body: Anatomy.Solid, _ index: Int, _ result: inout PatientCase
  ) throws {
    let own = result.structures[index]
    let others = result.structures.filter {
      $0.name.role == .lobe && $0.name.lobe != own.name.lobe
        && LungCompletion.surroundings(of: body, by: $0) >= Self.sharedLobe
    }
    guard !others.isEmpty else { return }
    result.warnings.append(
      "lesion \(lesion.id) lies between \(([own] + others).map(\.name.tg263).joined(separator: ", ")), and the contours do not show where the fissure runs: it is joined to \(own.name.tg263), an assumption; it may reach into the others"
    )
  }

  /// The share of its surroundings that makes a lesion the liver's.
  private static let withinLiver = 0.5

  /// Whether a lesion that lies in no contour is surrounded by liver, which is then completed by it.
  ///
  /// Beneath the dome a lesion left out of the liver lies in a hole of the liver and, plane by plane, of the lung as well.
  private func joinsLiver(
    _ lesion: Lesion, _ body: Anatomy.Solid, _ around: Surroundings, _ result: inout PatientCase
  ) throws -> Bool {
    for index in result.structures.indices where result.structures[index].name.role == .liver {
      let liver = result.structures[index]
      let share = LungCompletion.surroundings(of: body, by: liver)
      guard share >= Self.withinLiver else { continue }
      result.structures[index] = try LungCompletion.completed(liver, by: body)
      result.warnings.append(
        String(
          format:
            "lesion %@ is left out of the contour of %@, which is %.0f %% of its surroundings: taken for a lesion of the liver, an assumption; a site in a list decides otherwise",
          lesion.id, liver.name.tg263, share * 100))
      return true
    }
    return false
  }

  /// A contour that holds this share of a lesion leaves nothing out but its own error (heuristic).
  private static let heldShare = 0.98

  /// Refuses a stated side without lung beside the lesion while the other side's lung surrounds it.
  private func checkSide(
    of lesion: Lesion, _ body: Anatomy.Solid, _ side: Side?, _ structures: [Structure],
    found: LungContact? = nil
  ) throws {
    guard let side, side != .midline, lesion.reportedSide != nil else { return }
    guard let other = try LungCompletion.contact(of: body, among: structures),
      let shown = structures[other.lung].name.side, shown != side, other.isEvident,
      other.surroundings > 2 * (found?.surroundings ?? 0)
    else { return }
    throw InputError(
      file: lesionLists.first ?? structureSets.first ?? labelMaps.first?.path ?? "import",
      place: "lesion \(lesion.id)",
      "is said to be \(side.rawValue), but \(structures[other.lung].name.tg263) surrounds it",
      advice: "correct the list, or the structure's name")
  }
}
