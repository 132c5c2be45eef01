// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Vocabulary

/// Which drawn targets belong to which lesions, whatever they were read from.
enum TargetSorting {
  /// The targets, each with the lesions whose centre it contains.
  ///
  /// An IGTV drawn around a GTV is that lesion's target, not a second metastasis: it leaves the lesions.
  static func sort(
    _ drawn: [(String, Solid)], lesions: inout [Lesion], choice: RegionOfInterestChoice,
    warnings: inout [String]
  ) -> [TargetVolume] {
    var drawn = drawn
    for lesion in lesions
    where StructureName.words(of: lesion.sourceName).contains("igtv") && !choice.lesions.contains(lesion.id) {
      guard let solid = lesion.body?.solid,
        lesions.contains(where: { $0.id != lesion.id && ($0.position.map(solid.encloses) ?? false) })
      else { continue }
      lesions.removeAll { $0.id == lesion.id }
      drawn.append((lesion.id, solid))
      warnings.append("\(lesion.id) contains another lesion and was taken for its target")
    }
    return drawn.map { name, solid in
      let inside = lesions.filter { $0.position.map(solid.encloses) ?? false }.map(\.id)
      if inside.isEmpty {
        warnings.append(
          "target \(name) contains no lesion; it stays a target (--lesion-roi decides otherwise)")
      }
      return TargetVolume(sourceName: name, solid: solid, lesions: inside)
    }
  }
}
