// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Foundation
internal import Quantities
internal import Vocabulary

/// Bodies of several parts, gathered while files are read: a stray part sets sizes and distances.
struct PartLedger {
  /// By lesion id.
  var lesions: [String: BodyParts] = [:]
  /// By structure's source name.
  var structures: [String: BodyParts] = [:]

  /// Adds another file's.
  mutating func add(_ other: PartLedger) {
    lesions.merge(other.lesions) { first, _ in first }
    structures.merge(other.structures) { first, _ in first }
  }
}

extension CaseImport {
  /// Tells which lesions and organs consist of parts that do not touch, and which distances rest on a small part.
  func warnOfParts(_ ledger: PartLedger, _ result: inout PatientCase) {
    for index in result.lesions.indices {
      guard let parts = ledger.lesions[result.lesions[index].id] else { continue }
      let id = result.lesions[index].id
      var notes: [String] = []
      if let whole = parts.words(of: { !BodyParts.isSpeck($0) }) {
        notes.append(
          "has \(whole): is it more than one lesion? --split \"\(id)\" makes each part a lesion of its own; until then size, volume and distances are those of all parts together"
        )
      }
      if let specks = parts.words(of: BodyParts.isSpeck) {
        notes.append(
          "has \(specks), which counts in its size and distances; --smallest-part 0.1cc leaves such parts out"
        )
      }
      result.lesions[index].warnings += notes
      result.warnings += notes.map { "lesion \(id) \($0)" }
    }
    var doubtful: [String] = []
    for structure in result.structures {
      guard let parts = ledger.structures[structure.sourceName],
        let words = parts.words(of: { BodyParts.isDoubtful($0, of: structure.name) })
      else { continue }
      doubtful.append("\(structure.sourceName) (\(words))")
      for lesion in result.lesions {
        if let warning = Self.rests(lesion, structure, parts) { result.warnings.append(warning) }
      }
    }
    if !doubtful.isEmpty {
      result.warnings.append(
        "in parts that do not touch, each of which counts in distances and volumes: \(doubtful.joined(separator: "; ")); --smallest-part 0.1cc leaves parts under that volume out"
      )
    }
  }

  /// Names what is not recognised and lies so near a lesion that rules would ask for it, were it an organ.
  func warnOfUnrecognized(_ result: inout PatientCase) {
    let strange = result.structures.filter { !$0.name.isRecognized && $0.derivation == nil }
    guard !strange.isEmpty else { return }
    for lesion in result.lesions {
      guard let solid = lesion.body?.solid else { continue }
      let prepared = PreparedSolid(solid)
      let near = strange.map { ($0.sourceName, prepared.nearest(to: PreparedSolid($0.solid)).distance) }
        .filter { $0.1 <= LesionMeasurements.unrecognizedReach }.sorted { $0.1 < $1.1 }
      guard !near.isEmpty else { continue }
      let names = near.map { String(format: "%@ at %.1f mm", $0.0, $0.1.millimeters) }
      result.warnings.append(
        "lesion \(lesion.id): \(names.joined(separator: ", ")) \(near.count == 1 ? "is" : "are") not recognised, so no rule sees \(near.count == 1 ? "it" : "them"): an unknown neighbour is no far neighbour; name organs by TG-263"
      )
    }
  }

  /// What is told where a lesion's distance to an organ is that to a doubtful part; `nil` elsewhere.
  private static func rests(_ lesion: Lesion, _ structure: Structure, _ parts: BodyParts) -> String? {
    guard let solid = lesion.body?.solid else { return nil }
    let prepared = PreparedSolid(solid)
    let main = prepared.nearest(to: PreparedSolid(parts.main)).distance
    guard main > .zero else { return nil }
    var nearest: (distance: Length, volume: Volume)?
    for other in parts.others where BodyParts.isDoubtful(other.body.volume, of: structure.name) {
      let distance = prepared.nearest(to: PreparedSolid(other.body)).distance
      if distance < nearest?.distance ?? main { nearest = (distance, other.body.volume) }
    }
    guard let nearest, main - nearest.distance > leastDifference else { return nil }
    return String(
      format:
        "lesion %@: %.1f mm to %@ is the distance to a part of %@ that does not touch the rest, which lies %.1f mm away; is the part real?",
      lesion.id, nearest.distance.millimeters, structure.sourceName, BodyParts.cc(nearest.volume),
      main.millimeters)
  }

  /// Smaller differences decide nothing.
  private static let leastDifference = Length.millimeters(0.5)
}
