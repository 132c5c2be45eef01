// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Vocabulary

extension CaseImport {
  /// Organs in pairs whose left one lies to the right of its right one: names or image are mirrored, or it is a
  /// situs inversus, and a lesion's side would be told wrong.
  func warnOfSwappedSides(_ result: inout PatientCase) {
    var seen: Set<StructureRole> = []
    for left in result.structures where left.name.side == .left && left.derivation == nil {
      let role = left.name.role
      guard role != .other, role != .lobe, !seen.contains(role),
        let right = result.structures.first(where: {
          $0.name.side == .right && $0.name.role == role && $0.derivation == nil
        }), let a = left.solid.centroid, let b = right.solid.centroid, a.x < b.x
      else { continue }
      seen.insert(role)
      result.warnings.append(
        "\(left.name.tg263) (\(left.sourceName)) lies to the patient's right of \(right.name.tg263) (\(right.sourceName)): are the names or the images mirrored? Every side told here may be wrong"
      )
    }
  }
}
