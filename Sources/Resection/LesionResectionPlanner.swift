internal import Anatomy
internal import Cases
internal import Eligibility
internal import Foundation
internal import PlanarGeometry
internal import Quantities
internal import Vocabulary

/// Plans the resection of one lung lesion.
struct LesionResectionPlanner: Sendable {
  let parameters: ResectionParameters
  let map: LungMap
  let lesion: Lesion
  let measured: LesionMeasurements?
  let setting: LesionSetting

  /// A resection, or why there is none.
  enum Outcome: Sendable {
    case proposal(ResectionProposal)
    case none(String)
  }

  func outcome() throws -> Outcome {
    let facts = setting.facts
    guard let body = lesion.body?.solid, let measured else {
      return try stated(
        "neither contours nor place and size, and the list gives no depth from the pleura: nothing can be planned"
      )
    }
    let modelled = measured.modelled
    guard let centre = measured.centroid else { return .none("its body has no volume") }
    let surroundings = measured.surroundings
    let homes = map.lungs.filter { $0.contains(centre) }
    let hasLungs = map.lungs.count == 2
    guard surroundings?.site == .lung || !homes.isEmpty else {
      if hasLungs {
        return .none(
          "called a lung lesion, but its middle lies outside both contoured lungs: correct site, contour or frame"
        )
      }
      return try stated(
        map.lungs.isEmpty && map.lobes.isEmpty
          ? "no lung or lobe is contoured, and no depth from the pleura is stated"
          : "its middle lies outside the contoured lung; the other lung is not contoured")
    }
    if let told = lesion.side, let found = surroundings?.side, told != found {
      return .none(
        "stated as \(told.rawValue), but it lies in the \(found.rawValue) lung: one of them is wrong")
    }
    if let told = lesion.lobe, let found = surroundings?.lobe, told != found {
      return .none(
        "stated as \(told.abbreviation), but it lies in \(found.abbreviation): one of them is wrong")
    }
    let lobe = surroundings?.lobe ?? lesion.lobe
    let side = surroundings?.side ?? lobe?.side ?? lesion.side
    let container =
      map.lobe(surroundings?.lobe)?.envelope ?? homes.first?.envelopes.first { $0.contains(centre) }
      ?? map.unsided.first { $0.contains(centre) }
    guard let depth = measured.pleuralDepth, let container else {
      return .none("its lobe cannot be used: see the remarks")
    }
    let diameter =
      facts.interval(.longestAxialDiameter).map { Length.millimeters($0.upperBound) }
      ?? measured.diameters?.longest ?? measured.greatestDiameter
    let (margins, profiles, standard) = margins(diameter)
    let inward =
      homes.first?.hilum ?? container.slabs[container.slabs.count / 2].region.centroid.map {
        SIMD3($0.x, $0.y, container.slabs[container.slabs.count / 2].z)
      } ?? centre
    let search = try WedgeSearch(
      body, in: container, surface: depth.to, inward: inward, margins: margins, decisive: standard,
      limit: parameters.depth.usual, hilar: map.hilar)
    // How large lesion and margin alone are matters only where no wedge will do.
    let isWedge = margins.indices.map { index in
      depth.nearest <= parameters.depth.usual && search?.contacts[index].isEmpty == true
    }
    let alone = margins.indices.filter { !isWedge[$0] }
    let cores =
      try search?.field.cores(margins: [parameters.laser.length] + alone.map { margins[$0] }).map {
        $0?.volume
      } ?? []
    var plans: [MarginPlan] = []
    for (index, margin) in margins.enumerated() {
      let contacts = search?.contacts[index] ?? []
      var evidence = evidence(margin, nearest: depth.nearest, deepest: depth.deepest, lobe: lobe)
      evidence.wedgeContacts = contacts
      if let place = alone.firstIndex(of: index), evidence.segment != nil, place + 1 < cores.count {
        evidence.grown = cores[place + 1]
      }
      var permissive = evidence
      permissive.depthLimit = parameters.depth.permissive
      plans.append(
        MarginPlan(
          margin: margin, profiles: profiles[index], usual: TechniqueChoice(evidence),
          permissive: TechniqueChoice(permissive), piece: search?.solids[index],
          wedge: search?.solids[index]?.volume,
          grown: evidence.grown, contacts: contacts))
    }
    var remarks: [String] = []
    if side == nil {
      remarks.append("the lung is contoured without a side: what depends on the side is unknown")
    }
    if map.lobe(lobe) == nil {
      remarks.append(
        "the lobe is not contoured: fissures do not count as pleura, and what depends on the lobe is unknown")
    }
    if map.hilar.isEmpty {
      remarks.append(
        "neither bronchi nor great vessels are contoured: provided that no lobar or segmental bronchus and no hilar vessel lies in the piece"
      )
    }
    let elsewhere = search?.opensElsewhere
    if let elsewhere {
      remarks.append(
        String(
          format: "the nearest pleura leads into bronchi or vessels: taken from another surface, %.1f mm off",
          elsewhere.millimeters))
    }
    let home = homes.first ?? map.lung(side)
    return .proposal(
      ResectionProposal(
        lesion: lesion.id, side: side, lobe: lobe, basis: modelled ? .modelled : .contours,
        diameter: diameter, nearestPleura: depth.nearest, deepest: depth.deepest,
        zoneRatio: home.flatMap { map.zoneRatio(of: centre, in: $0) }, margins: plans,
        standard: plans[standard],
        opensElsewhere: elsewhere,
        localisation: localisation(diameter, depth.nearest, depth.deepest),
        alternatives: alternatives(
          plans, standard, laser: cores.first ?? nil),
        flips: flips(depth.nearest, depth.deepest, plans[standard]), remarks: remarks))
  }

  // MARK: Parts

  /// All margins ascending, the profiles that ask for each, and which is the standard one.
  func margins(_ diameter: Length) -> (margins: [Length], profiles: [[String]], standard: Int) {
    let asked = parameters.profiles.map { ($0.id, $0.margin(diameter: diameter)) }
    let margins = Set(asked.map(\.1) + parameters.reportedMargins).sorted()
    let profiles = margins.map { margin in asked.filter { $0.1 == margin }.map(\.0) }
    return (margins, profiles, margins.firstIndex(of: asked[0].1) ?? 0)
  }

  func evidence(
    _ margin: Length, nearest: Length, deepest: Length?, lobe: Lobe?
  ) -> TechniqueEvidence {
    let facts = setting.facts
    func near(_ roles: [StructureRole], within limit: Length) -> [ResectionContact] {
      roles.compactMap { role in
        guard let distance = facts.interval(.clearance(role)), distance.lowerBound < limit.millimeters else {
          return nil
        }
        let named = measured?.clearances.first { $0.structure.role == role }?.structure.tg263
        return ResectionContact(
          structure: named ?? role.title, role: role, distance: .millimeters(distance.lowerBound))
      }
    }
    var evidence = TechniqueEvidence(
      nearest: nearest, deepest: deepest, margin: margin, depthLimit: parameters.depth.usual,
      deep: parameters.depth.deep, mostSegments: parameters.mostSegments)
    evidence.nearBronchi = near(LungMap.bronchi, within: margin)
    evidence.nearVessels = hilarVessels(within: margin)
    // Contact with bronchus, great vessel or heart: nothing lies between them and the lesion.
    evidence.touched = near([.greatVessels, .trachea, .heart], within: .millimeters(1e-9))
    evidence.otherLobes =
      measured.map { entry in
        entry.clearances.filter { $0.structure.role == .lobe && $0.clearance.overlap > .zero }.compactMap {
          $0.structure.lobe
        }
      } ?? []
    if let body = map.lobe(lobe), body.isWhole, let count = parameters.function.segments[body.lobe], count > 0
    {
      evidence.segment = .cubicMillimeters(body.volume.cubicMillimeters / Double(count))
    }
    return evidence
  }

  /// Vessels of the hilum nearer than a margin; where none is contoured, great vessels at a stated distance.
  private func hilarVessels(within margin: Length) -> [ResectionContact] {
    if let drawn = measured?.clearances.filter({ $0.structure.role == .greatVessels }), !drawn.isEmpty {
      return drawn.filter { LungMap.isHilarVessel($0.structure) && $0.clearance.distance < margin }.map {
        ResectionContact(structure: $0.structure.tg263, role: .greatVessels, distance: $0.clearance.distance)
      }
    }
    guard let stated = setting.facts.interval(.clearance(.greatVessels)),
      stated.lowerBound < margin.millimeters
    else { return [] }
    return [
      ResectionContact(
        structure: StructureRole.greatVessels.title, role: .greatVessels,
        distance: .millimeters(stated.lowerBound))
    ]
  }

  func localisation(_ diameter: Length, _ nearest: Length, _ deepest: Length?) -> Localisation {
    Localisation(
      diameter: diameter, nearest: nearest, deepest: deepest,
      isLowDensity: setting.facts.word(.lowDensityAfterChemotherapy).map { $0 == "yes" },
      parameters.localisation)
  }
}
