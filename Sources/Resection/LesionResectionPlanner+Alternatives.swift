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

extension LesionResectionPlanner {
  /// What a measurement error would change at the standard margin.
  func flips(_ nearest: Length, _ deepest: Length, _ standard: MarginPlan, lobe: Lobe?) -> [Reason] {
    let plane = lesion.body?.solid.nominalSpacing.millimeters ?? 0
    let error = max(parameters.measurementError.value.millimeters, plane / 2)
    var flips: [Reason] = []
    func look(_ kind: ResectionReason, _ value: Length, _ limit: Length, _ names: [String] = []) {
      guard abs(value.millimeters - limit.millimeters) <= error else { return }
      flips.append(
        Reason(
          .resection(kind),
          figures: [value.millimeters, error, limit.millimeters].map { .init($0, unit: "mm") }, names: names))
    }
    look(.depthNearLimit, nearest, parameters.depth.usual)
    look(.depthNearLimit, nearest, parameters.depth.permissive)
    if standard.usual.technique == .wedge {
      look(.edgeNearLimit, deepest + standard.margin, parameters.depth.deep)
    }
    for role in LungMap.bronchi {
      guard let distance = setting.facts.interval(.clearance(role)) else { continue }
      look(.distanceNearMargin, .millimeters(distance.lowerBound), standard.margin, [role.title])
    }
    for contact in (measured?.clearances ?? []) where LungMap.isHilarVessel(contact.structure) {
      look(.distanceNearMargin, contact.clearance.distance, standard.margin, [contact.structure.tg263])
    }
    let reachesOther = standard.usual.reasons.contains { $0.kind == .resection(.reachesLobes) }
    for contact in (measured?.clearances ?? []) where contact.clearance.overlap > .zero && !reachesOther {
      guard let other = contact.structure.lobe, other != lobe else { continue }
      flips.append(Reason(.resection(.touchesFissure), names: [other.abbreviation]))
    }
    let criteria = parameters.localisation.saito
    if let size = setting.facts.interval(.longestAxialDiameter)?.upperBound {
      look(.depthNearSaito, nearest, .millimeters(max(0, criteria.slope * size + criteria.intercept)))
    }
    return flips
  }

  func alternatives(
    _ plans: [MarginPlan], _ standard: Int, laser: Volume?
  ) -> [ResectionAlternative] {
    var found: [ResectionAlternative] = []
    let chosen = plans[standard].usual
    let sparing = plans.last { $0.margin < plans[standard].margin && !$0.profiles.isEmpty }
    if let sparing, sparing.usual.technique < chosen.technique || sparing.usual.technique == .wedge {
      let profile = parameters.profiles.first { sparing.profiles.contains($0.id) }
      found.append(
        ResectionAlternative(
          kind: .sparing,
          reason: Reason(
            .resection(.smallerMargin), figures: [.init(sparing.margin.millimeters, unit: "mm")],
            names: [sparing.usual.title]),
          resected: sparing.usual.technique == .wedge ? sparing.wedge : nil, sources: profile?.sources ?? []))
    }
    if chosen.technique != .wedge, plans[standard].permissive.technique == .wedge {
      found.append(
        ResectionAlternative(
          kind: .deeperWedge,
          reason: Reason(
            .resection(.deeperWedge), figures: [.init(parameters.depth.permissive.millimeters, unit: "mm")]),
          resected: plans[standard].wedge, sources: parameters.depth.sources))
    }
    if chosen.technique <= .segmentectomy {
      found.append(
        ResectionAlternative(
          kind: .laser,
          reason: Reason(
            .resection(.laser), figures: [.init(parameters.laser.value.millimeters, unit: "mm")]),
          resected: laser, sources: parameters.laser.sources))
    }
    if chosen.technique != .wedge {
      found.append(
        ResectionAlternative(
          kind: .hybrid,
          reason: Reason(.resection(.hybrid)),
          resected: nil, sources: parameters.hybridSources))
    }
    return found
  }
}
