// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Facts
internal import Quantities
internal import Vocabulary

/// Least distances that follow from the place of a lesion in the lung, for structures of which no distance is known.
///
/// A straight way from the lesion to what lies beyond the pleura crosses the pleura, so it is at least as long as the way
/// to the pleura, where that was measured on contours; likewise the diaphragm. What a distance is stays unknown above that.
struct PlaceFacts {
  private let place: LesionPlace?
  private let parameters: FactParameters

  init(_ place: LesionPlace?, by parameters: FactParameters) {
    self.place = place
    self.parameters = parameters
  }

  /// Raises the least distance of what is not known, or not known closely enough; nothing else is touched.
  func lay(over facts: inout FactTable) {
    guard place?.site == .lung else { return }
    let numbers = parameters.place
    let words = parameters.words(numbers.sources)
    if let depth = facts.interval(.depthFromPleura), depth.lowerBound > 0 {
      // No part of a lesion lies deeper than its nearest one and its length together.
      if let size = facts.interval(.longestAxialDiameter), facts[.depthOfInnerEdge].knowledge == .unknown {
        facts[.depthOfInnerEdge] = FactValue(
          .between(depth.lowerBound, depth.upperBound + size.upperBound), origin: .derived,
          source: "between the nearest edge and that edge with the diameter \(words)")
      }
      // A depth that is reported is often that below the ribs: beneath it a lesion may touch the mediastinum.
      if facts[.depthFromPleura].origin == .measured {
        for role in numbers.beyondPleura {
          raise(role, to: depth.lowerBound, "beyond the pleura, which is as far away \(words)", &facts)
        }
      }
    }
    for entry in numbers.outOfReach where holds(entry) {
      let whose = place?.lobe.map { entry.lobes.contains($0) ? $0.abbreviation : "" } ?? ""
      let of =
        whose.isEmpty ? [entry.side?.rawValue, "lung"].compactMap(\.self).joined(separator: " ") : whose
      for role in entry.structures {
        raise(role, to: entry.atLeast.millimeters, "out of reach of the \(of) \(words)", &facts)
      }
    }
    if let diaphragm = facts.interval(.clearance(.diaphragm)), diaphragm.lowerBound > 0,
      facts[.clearance(.diaphragm)].origin != .stated
    {
      for role in numbers.beyondDiaphragm {
        raise(role, to: diaphragm.lowerBound, "beyond the diaphragm, which is as far away \(words)", &facts)
      }
    }
  }

  private func holds(_ entry: PlaceParameters.OutOfReach) -> Bool {
    guard let place else { return false }
    if entry.lobes.isEmpty, entry.side == nil { return true }
    if let lobe = place.lobe, entry.lobes.contains(lobe) { return true }
    return entry.side != nil && place.side == entry.side
  }

  private func raise(_ role: StructureRole, to least: Double, _ source: String, _ facts: inout FactTable) {
    let fact = Fact.clearance(role)
    let most = fact.definition.domain.upperBound
    switch facts[fact].knowledge {
    case .unknown where !facts[fact].isReportedInPart:
      facts[fact] = FactValue(.between(min(least, most), most), origin: .derived, source: source)
    case .between(let low, let high) where low < least && least <= high:
      facts[fact] = FactValue(.between(least, high), origin: facts[fact].origin, source: facts[fact].source)
    default: break
    }
  }
}
