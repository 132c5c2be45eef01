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

  // MARK: Stated alone

  /// A plan from stated size and depth: techniques, and the volume of a ball beneath a flat pleura.
  private func stated(_ why: String) throws -> Outcome {
    let facts = setting.facts
    guard let size = facts.interval(.longestAxialDiameter), let nearest = facts.interval(.depthFromPleura)
    else {
      return .none(why)
    }
    let diameter = Length.millimeters(size.upperBound)
    let depth = Length.millimeters(nearest.upperBound)
    let deepest =
      facts.interval(.depthOfInnerEdge).map { Length.millimeters($0.upperBound) } ?? depth + diameter
    let (margins, profiles, standard) = margins(diameter)
    let lobe = lesion.lobe ?? measured?.surroundings?.lobe
    let plans = margins.enumerated().map { index, margin in
      var evidence = evidence(margin, nearest: depth, deepest: deepest, lobe: lobe)
      // Without contours a bronchus nearer than the margin is all that a wedge can be held against.
      evidence.wedgeContacts = evidence.nearBronchi + evidence.nearVessels
      evidence.grown = .ball(diameter: diameter + margin * 2)
      var permissive = evidence
      permissive.depthLimit = parameters.depth.permissive
      return MarginPlan(
        margin: margin, profiles: profiles[index], usual: TechniqueChoice(evidence),
        permissive: TechniqueChoice(permissive), piece: nil,
        wedge: Self.beneathFlatPleura(diameter: diameter, nearest: depth, margin: margin),
        grown: evidence.grown,
        contacts: evidence.wedgeContacts)
    }
    var remarks = [
      "from stated size and depth: volumes are those of a ball beneath a flat pleura, an estimate"
    ]
    if facts.interval(.clearance(.bronchialTree)) == nil {
      remarks.append(
        "distances to bronchi and vessels are not stated: provided that no lobar or segmental bronchus and no hilar vessel lies in the piece"
      )
    }
    return .proposal(
      ResectionProposal(
        lesion: lesion.id, side: lobe?.side ?? lesion.side, lobe: lobe, basis: .stated, diameter: diameter,
        nearestPleura: depth, deepest: deepest, zoneRatio: nil, margins: plans, standard: plans[standard],
        opensElsewhere: nil,
        localisation: localisation(diameter, depth, deepest),
        alternatives: alternatives(
          plans, standard, laser: .ball(diameter: diameter + parameters.laser.length * 2)),
        flips: flips(depth, deepest, plans[standard]), remarks: remarks))
  }

  /// The hull of a ball with its margin and of its footprint on a flat pleura above it.
  static func beneathFlatPleura(diameter: Length, nearest: Length, margin: Length) -> Volume {
    let grown = diameter.millimeters / 2 + margin.millimeters
    let depth = nearest.millimeters + diameter.millimeters / 2
    return .cubicMillimeters(Double.pi * grown * grown * (depth + 2.0 / 3 * grown))
  }

  // MARK: Parts

  /// All margins ascending, the profiles that ask for each, and which is the standard one.
  private func margins(_ diameter: Length) -> (margins: [Length], profiles: [[String]], standard: Int) {
    let asked = parameters.profiles.map { ($0.id, $0.margin(diameter: diameter)) }
    let margins = Set(asked.map(\.1) + parameters.reportedMargins).sorted()
    let profiles = margins.map { margin in asked.filter { $0.1 == margin }.map(\.0) }
    return (margins, profiles, margins.firstIndex(of: asked[0].1) ?? 0)
  }

  private func evidence(
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
    if let body = map.lobe(lobe), let count = parameters.function.segments[body.lobe], count > 0 {
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

  private func localisation(_ diameter: Length, _ nearest: Length, _ deepest: Length?) -> Localisation {
    Localisation(
      diameter: diameter, nearest: nearest, deepest: deepest,
      isLowDensity: setting.facts.word(.lowDensityAfterChemotherapy).map { $0 == "yes" },
      parameters.localisation)
  }

  /// What a measurement error would change at the standard margin.
  private func flips(_ nearest: Length, _ deepest: Length, _ standard: MarginPlan) -> [String] {
    let plane = lesion.body?.solid.nominalSpacing.millimeters ?? 0
    let error = max(parameters.measurementError.length.millimeters, plane / 2)
    func words(_ what: String, _ value: Length, _ limit: Length) -> String? {
      let gap = value.millimeters - limit.millimeters
      guard abs(gap) <= error else { return nil }
      return String(
        format: "%@ %.1f mm is within measurement error (± %.1f mm) of %.0f mm", what, value.millimeters,
        error,
        limit.millimeters)
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
    return flips
  }

  private func alternatives(
    _ plans: [MarginPlan], _ standard: Int, laser: Volume?
  ) -> [ResectionAlternative] {
    var found: [ResectionAlternative] = []
    let chosen = plans[standard].usual
    let sparing = plans.last { $0.margin < plans[standard].margin && !$0.profiles.isEmpty }
    if let sparing, sparing.usual.technique <= chosen.technique,
      chosen.technique != sparing.usual.technique || sparing.wedge != nil
    {
      let profile = parameters.profiles.first { sparing.profiles.contains($0.id) }
      found.append(
        ResectionAlternative(
          kind: .sparing,
          text: String(
            format: "%@ with a margin of %.0f mm", sparing.usual.technique.rawValue,
            sparing.margin.millimeters),
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
    found.append(
      ResectionAlternative(
        kind: .laser,
        text: String(format: "laser enucleation with %.0f mm around", parameters.laser.length.millimeters),
        resected: laser, sources: parameters.laser.sources))
    if chosen.technique != .wedge {
      found.append(
        ResectionAlternative(
          kind: .hybrid,
          text:
            "wedges for the outer lesions, ablation or SBRT for this one: completeness is the patient's, by any combination",
          resected: nil, sources: parameters.hybridSources))
    }
    return found
  }
}
