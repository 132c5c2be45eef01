internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Quantities
internal import Vocabulary

extension LesionResectionPlanner {
  /// What a measurement error would change at the standard margin.
  func flips(_ nearest: Length, _ deepest: Length, _ standard: MarginPlan, lobe: Lobe?) -> [String] {
    let plane = lesion.body?.solid.nominalSpacing.millimeters ?? 0
    let error = max(parameters.measurementError.length.millimeters, plane / 2)
    func words(_ what: String, _ value: Length, _ limit: Length, _ of: String = "") -> String? {
      let gap = value.millimeters - limit.millimeters
      guard abs(gap) <= error else { return nil }
      return String(
        format: "%@ %.1f mm is within measurement error (± %.1f mm) of %@%@ mm", what, value.millimeters,
        error, of.isEmpty ? "" : of + " ", Self.plain(limit))
    }
    var flips = [
      words("depth", nearest, parameters.depth.usual), words("depth", nearest, parameters.depth.permissive),
    ].compactMap(\.self)
    if standard.usual.technique == .wedge {
      flips += [words("inner edge with margin", deepest + standard.margin, parameters.depth.deep)].compactMap(
        \.self)
    }
    for role in LungMap.bronchi {
      guard let distance = setting.facts.interval(.clearance(role)) else { continue }
      flips += [words("distance to \(role.title)", .millimeters(distance.lowerBound), standard.margin)]
        .compactMap(\.self)
    }
    for contact in (measured?.clearances ?? []) where LungMap.isHilarVessel(contact.structure) {
      flips += [
        words("distance to \(contact.structure.tg263)", contact.clearance.distance, standard.margin)
      ].compactMap(\.self)
    }
    for contact in (measured?.clearances ?? []) where contact.clearance.overlap > .zero {
      guard let other = contact.structure.lobe, other != lobe,
        !standard.usual.reasons.contains(where: { $0.contains("reaches into") })
      else { continue }
      flips.append("it touches \(other.abbreviation) across the fissure by no more than measurement error")
    }
    let criteria = parameters.localisation.saito
    if let size = setting.facts.interval(.longestAxialDiameter)?.upperBound {
      flips += [
        words(
          "depth", nearest, .millimeters(max(0, criteria.slope * size + criteria.intercept)),
          "Saito's line at")
      ].compactMap(\.self)
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
          kind: .sparing, text: "\(sparing.usual.title) with a margin of \(Self.plain(sparing.margin)) mm",
          resected: sparing.usual.technique == .wedge ? sparing.wedge : nil, sources: profile?.sources ?? []))
    }
    if chosen.technique != .wedge, plans[standard].permissive.technique == .wedge {
      found.append(
        ResectionAlternative(
          kind: .deeperWedge,
          text: String(
            format: "a wedge where surgeons go as deep as %.0f mm", parameters.depth.permissive.millimeters),
          resected: plans[standard].wedge, sources: parameters.depth.sources))
    }
    if chosen.technique <= .segmentectomy {
      found.append(
        ResectionAlternative(
          kind: .laser,
          text:
            "laser enucleation with \(Self.plain(parameters.laser.length)) mm around; margins are clear less often",
          resected: laser, sources: parameters.laser.sources))
    }
    if chosen.technique != .wedge {
      found.append(
        ResectionAlternative(
          kind: .hybrid,
          text:
            "ablation or SBRT for this one, beside wedges for what lies farther out: completeness is the patient's, by any combination",
          resected: nil, sources: parameters.hybridSources))
    }
    return found
  }

  /// Without needless digits.
  private static func plain(_ length: Length) -> String {
    let rounded = (length.millimeters * 10).rounded() / 10
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }
}
