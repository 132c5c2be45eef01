// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import PlanarGeometry
internal import Quantities
internal import Reasons
internal import Vocabulary

extension LesionResectionPlanner {
  /// What decides the technique at a margin.
  func evidence(
    _ margin: Length, nearest: Length, deepest: Length?, lobe: Lobe?, diameter: Length
  ) -> TechniqueEvidence {
    var evidence = TechniqueEvidence(
      nearest: nearest, deepest: deepest, margin: margin, depthLimit: parameters.depth.usual,
      deep: parameters.depth.deep, mostSegments: parameters.mostSegments)
    evidence.nearBronchi = near(LungMap.bronchi, within: margin, &evidence.open)
    evidence.nearVessels = hilarVessels(within: margin, &evidence.open)
    // In contact nothing lies between the lesion and the bronchus, vessel or heart.
    var unheard: [Reason] = []
    evidence.touched = near(
      [.greatVessels, .bronchialTree, .trachea, .heart], within: .millimeters(1e-9), &unheard)
    weighContacts(of: diameter, &evidence)
    weighFissure(of: lobe, &evidence)
    if let body = map.lobe(lobe), body.isWhole, let count = parameters.function.segments[body.lobe], count > 0
    {
      evidence.segment = .cubicMillimeters(body.volume.cubicMillimeters / Double(count))
    }
    return evidence
  }

  /// What the lesion shares with other lobes and organs: surely, or no more than contours are off.
  private func weighContacts(of diameter: Length, _ evidence: inout TechniqueEvidence) {
    let least = leastOverlap(diameter)
    let invaded: [StructureRole] = [.chestWall, .diaphragm, .oesophagus, .rib, .bone, .spinalCord]
    let doubtful = leastOverlap(diameter, contours: 2)
    for entry in measured?.clearances ?? [] where entry.clearance.overlap > .zero {
      let shared = entry.clearance.overlap.cubicCentimeters
      func sharing(_ kind: ResectionReason) -> Reason {
        Reason(
          .resection(kind), figures: [.init(shared, unit: "cc")], names: [entry.structure.tg263])
      }
      if let other = entry.structure.lobe, map.lobe(other) != nil {
        if entry.clearance.overlap > doubtful {
          evidence.otherLobes.append(other)
        } else {
          evidence.doubtfulContacts.append(sharing(.shares))
        }
      } else if invaded.contains(entry.structure.role) {
        if entry.derived {
          // A derived wall is where the lung ends: within the error of measuring it says nothing.
          if entry.clearance.overlap > least { evidence.doubtfulContacts.append(sharing(.sharesDerived)) }
        } else if entry.clearance.overlap > doubtful {
          evidence.touched.append(
            ResectionContact(structure: entry.structure.tg263, role: entry.structure.role, distance: .zero))
        } else {
          evidence.doubtfulContacts.append(sharing(.shares))
        }
      }
    }
  }

  /// Where lobes leave a lesion out, no contour shows whether it crosses the fissure.
  private func weighFissure(of lobe: Lobe?, _ evidence: inout TechniqueEvidence) {
    guard map.lobe(lobe)?.isCompleted == true else { return }
    for entry in measured?.clearances ?? []
    where entry.clearance.overlap == .zero && entry.clearance.distance <= parameters.measurementError.value {
      guard let other = entry.structure.lobe, other != lobe, map.lobe(other) != nil else { continue }
      evidence.doubtfulContacts.append(
        Reason(.resection(.liesAgainst), names: [entry.structure.tg263]))
    }
  }

  /// What contours may share by measurement error alone: a ball's cap as high as that error.
  ///
  /// - Parameter contours: whose errors add: the lesion's alone, or the lesion's and a fissure's.
  private func leastOverlap(_ diameter: Length, contours: Double = 1) -> Volume {
    let height = min(contours * parameters.measurementError.value.millimeters, diameter.millimeters)
    return .cubicMillimeters(Double.pi * height * height * (1.5 * diameter.millimeters - height) / 3)
  }

  /// What surely lies nearer than a limit; what only may is told as open.
  private func near(
    _ roles: [StructureRole], within limit: Length, _ open: inout [Reason]
  ) -> [ResectionContact] {
    var found: [ResectionContact] = []
    for role in roles {
      guard let distance = setting.facts.interval(.clearance(role)),
        distance.lowerBound < limit.millimeters
      else { continue }
      guard distance.upperBound < limit.millimeters else {
        open.append(
          Reason(
            .resection(.distanceOpen), facts: [.clearance(role)],
            figures: [.init(limit.millimeters, unit: "mm")], names: [role.title]))
        continue
      }
      let named = measured?.clearances.first { $0.structure.role == role }?.structure.tg263
      found.append(
        ResectionContact(
          structure: named ?? role.title, role: role, distance: .millimeters(distance.upperBound)))
    }
    return found
  }

  /// Vessels of the hilum nearer than a margin, as contoured.
  ///
  /// A great vessel at a stated distance may lie beyond the pleura, as the aorta does: that is open.
  private func hilarVessels(within margin: Length, _ open: inout [Reason]) -> [ResectionContact] {
    if let drawn = measured?.clearances.filter({
      $0.structure.role == .greatVessels && !$0.isEstimate
    }), !drawn.isEmpty {
      return drawn.filter { LungMap.isHilarVessel($0.structure) && $0.clearance.distance < margin }.map {
        ResectionContact(structure: $0.structure.tg263, role: .greatVessels, distance: $0.clearance.distance)
      }
    }
    if let stated = setting.facts.interval(.clearance(.greatVessels)), stated.lowerBound < margin.millimeters
    {
      open.append(Reason(.resection(.greatVesselOpen)))
    }
    return []
  }
}
