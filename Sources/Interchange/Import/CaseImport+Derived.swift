// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Foundation
internal import Quantities
internal import Vocabulary

extension CaseImport {
  /// Adds what follows from the contours, and checks each lesion's stated place against them.
  func derive(_ result: inout PatientCase) throws {
    try completeLungs(&result)
    for side in [Side.left, .right] {
      let lobes = result.structures.filter { $0.name.role == .lobe && $0.name.side == side }
      let hasLung = result.structures.contains { $0.name.role == .lung && $0.name.side == side }
      if !hasLung, lobes.count == (side == .left ? 2 : 3) {
        let name = StructureName(recognizing: side == .left ? "Lung_L" : "Lung_R")
        if let lung = try DerivedStructures.union(lobes, name: name) { result.structures.append(lung) }
      }
    }
    let lungs = result.structures.filter { $0.name.role == .lung }
    let below = result.structures.filter { [.liver, .spleen, .stomach].contains($0.name.role) }
    let heart = result.structures.filter { $0.name.role == .heart }
    let sided = lungs.filter { $0.name.side != nil }
    for lung in sided.isEmpty ? lungs : sided {
      let drawn = result.structures.contains {
        $0.name.role == .diaphragm && $0.derivation == nil
          && ($0.name.side == nil || $0.name.side == lung.name.side)
      }
      if !drawn,
        let diaphragm = try DerivedStructures.diaphragm(of: lung, heart: heart, over: below, beside: lungs)
      {
        result.structures.append(lung.isEstimate ? diaphragm.asEstimate : diaphragm)
      }
    }
    try deriveChestWalls(lungs, &result)
    let tree = result.structures.filter { $0.name.role == .bronchialTree && $0.derivation == nil }
    if let first = tree.first, let zone = try DerivedStructures.proximalBronchialZone(of: first) {
      result.structures.append(zone)
    }
    warnOfLesionsWithinOneAnother(&result)
    warnOfSwappedSides(&result)
    for index in result.lesions.indices {
      var lesion = result.lesions[index]
      try settlePlace(of: &lesion, result.structures, &result.warnings)
      result.lesions[index] = lesion
    }
  }

  /// The chest wall of every lung beside which none is contoured.
  private func deriveChestWalls(_ lungs: [Structure], _ result: inout PatientCase) throws {
    let drawn = result.structures.filter { $0.name.role == .chestWall && $0.derivation == nil }
    let sides = Set(lungs.compactMap(\.name.side)).filter { side in
      !drawn.contains { $0.name.side == nil || $0.name.side == side }
    }
    guard !sides.isEmpty else { return }
    let walls = try DerivedStructures.chestWalls(
      around: lungs, sides: sides, within: try BodyOutline.of(result.structures))
    // What follows from an estimate is one.
    let isEstimate = (lungs + result.structures.filter { [.external, .skin].contains($0.name.role) })
      .contains(
        where: \.isEstimate)
    result.structures += isEstimate ? walls.map(\.asEstimate) : walls
  }

  /// What the user says by `--site` counts only where nothing else shows it; a list that contradicts the
  /// contours about site or side is wrong somewhere, and treating the wrong side must not start here.
  private func settlePlace(
    of lesion: inout Lesion, _ structures: [Structure], _ warnings: inout [String]
  ) throws(InputError) {
    let around = lesion.position.map { Surroundings(of: $0, among: structures) }
    func contradiction(_ told: String, _ shown: String) -> InputError {
      InputError(
        file: lesionLists.first ?? structureSets.first ?? labelMaps.first?.path ?? "import",
        place: "lesion \(lesion.id)",
        "is said to be \(told), but lies in \(shown) by its place and the \(around?.pleuralContainer?.isEstimate == true ? "CT" : "contours")",
        advice: "correct the list, or the structure's name")
    }
    let container = around?.pleuralContainer?.name.tg263 ?? around?.site?.title ?? ""
    if let told = lesion.site, let shown = around?.site, told != shown, [.lung, .liver].contains(told) {
      guard around?.pleuralContainer?.isEstimate == true else { throw contradiction(told.title, container) }
      warnings.append(
        "lesion \(lesion.id) is said to be \(told.title), but lies in \(container) as the CT shows it by thresholds; what is said counts"
      )
    }
    if let told = lesion.reportedSide, let shown = around?.side, told != shown {
      throw contradiction(told.rawValue, container)
    }
    if let told = lesion.lobe, let shown = around?.lobe, told != shown {
      throw contradiction(told.abbreviation, container)
    }
    if lesion.site == nil, around?.site == nil { lesion.site = listOptions.site }
    let organs = structures.filter { [.lung, .lobe, .liver].contains($0.name.role) }
    if let told = lesion.site, lesion.position != nil, around?.site == nil, [.lung, .liver].contains(told),
      organs.contains(where: { ($0.name.role == .liver) == (told == .liver) })
    {
      warnings.append(
        "lesion \(lesion.id) is said to be in the \(told.title) but lies outside the contoured one; are its coordinates right?"
      )
    }
  }

  static func withinOneAnother(_ a: Lesion, _ b: Lesion) -> String {
    "lesions \(a.id) and \(b.id) lie within one another: is one lesion listed twice (several readers, several dates)? Both are counted"
  }

  /// Several readers' rows of one nodule would count as several metastases.
  private func warnOfLesionsWithinOneAnother(_ result: inout PatientCase) {
    for (i, a) in result.lesions.enumerated() {
      for b in result.lesions[(i + 1)...] {
        guard let p = a.position, let q = b.position, let x = a.body?.solid, let y = b.body?.solid,
          x.encloses(q) || y.encloses(p)
        else { continue }
        result.warnings.append(Self.withinOneAnother(a, b))
      }
    }
  }
}
