internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
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
            + StructureRole.lobe.segmentationHint
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
    // A lobe that cannot be used is no lobe: then the lung's surface counts, and fissures do not.
    let isSpoilt = surroundings?.lobe.map { map.lobe($0) == nil } ?? false
    let lobe = isSpoilt ? nil : surroundings?.lobe ?? lesion.lobe
    let side = (surroundings?.side ?? lobe?.side ?? lesion.side).flatMap { $0 == .midline ? nil : $0 }
    let container =
      map.lobe(surroundings?.lobe)?.envelope ?? homes.first?.envelopes.first { $0.contains(centre) }
      ?? map.unsided.first { $0.contains(centre) }
    guard let container,
      let depth = isSpoilt ? container.depth(of: PreparedSolid(body)) : measured.pleuralDepth
    else {
      return .none("its lobe cannot be used, and no lung is contoured around it: see the remarks")
    }
    let diameter =
      facts.interval(.longestAxialDiameter).map { Length.millimeters($0.upperBound) }
      ?? measured.diameters?.longest ?? measured.greatestDiameter
    let (margins, profiles, standard) = margins(diameter)
    let inward =
      homes.first?.hilum ?? container.slabs[container.slabs.count / 2].region.centroid.map {
        SIMD3($0.x, $0.y, container.slabs[container.slabs.count / 2].z)
      } ?? centre
    guard
      let search = try WedgeSearch(
        body, in: container, surface: depth.to, inward: inward, margins: margins, decisive: standard,
        limit: parameters.depth.usual, hilar: map.hilar)
    else { return .none("no surface of its lobe was found from it, or it is too large to be drawn") }
    let elsewhere = search.opensElsewhere
    // Seen from another opening it lies deeper.
    let deepest = elsewhere.map { max(depth.deepest, $0 + diameter) } ?? depth.deepest
    // How large lesion and margin alone are matters only where no wedge will do.
    let isWedge = margins.indices.map { index in
      depth.nearest <= parameters.depth.usual && search.contacts[index].isEmpty
    }
    let alone = margins.indices.filter { !isWedge[$0] }
    let cores =
      try search.field.cores(margins: [parameters.laser.length] + alone.map { margins[$0] })
    var plans: [MarginPlan] = []
    for (index, margin) in margins.enumerated() {
      let contacts = search.contacts[index]
      var evidence = evidence(
        margin, nearest: depth.nearest, deepest: deepest, lobe: lobe, diameter: diameter)
      evidence.wedgeContacts = contacts
      if let place = alone.firstIndex(of: index), evidence.segment != nil, place + 1 < cores.count {
        evidence.grown = cores[place + 1]?.volume
      }
      var permissive = evidence
      permissive.depthLimit = parameters.depth.permissive
      plans.append(
        MarginPlan(
          margin: margin, profiles: profiles[index], usual: TechniqueChoice(evidence),
          permissive: TechniqueChoice(permissive), piece: search.solids[index],
          wedge: search.solids[index]?.volume,
          core: alone.firstIndex(of: index).flatMap { cores[$0 + 1] }, grown: evidence.grown,
          contacts: contacts))
    }
    var remarks: [String] = []
    if side == nil {
      remarks.append("the lung is contoured without a side: what depends on the side is unknown")
    }
    if isSpoilt {
      remarks.append("its lobe overlaps another and is not used: the lung's surface counts, fissures do not")
    } else if map.lobe(lobe) == nil {
      remarks.append(
        "the lobe is not contoured: fissures do not count as pleura, and what depends on the lobe is unknown"
          + StructureRole.lobe.segmentationHint)
    }
    remarks += provisos(
      hasBronchi: map.hilar.contains { [.bronchialTree, .bronchus].contains($0.role) },
      hasVessels: map.hilar.contains { $0.role == .greatVessels })
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
        diameter: diameter, nearestPleura: depth.nearest, deepest: deepest,
        zoneRatio: home.flatMap { map.zoneRatio(of: centre, in: $0) }, margins: plans,
        standard: plans[standard],
        opensElsewhere: elsewhere,
        localisation: localisation(elsewhere ?? depth.nearest, deepest, diameter),
        alternatives: alternatives(
          plans, standard, laser: cores.first.flatMap { $0?.volume }),
        flips: flips(depth.nearest, deepest, plans[standard], lobe: lobe), remarks: remarks))
  }

  // MARK: Parts

  /// All margins ascending, the profiles that ask for each, and which is the standard one.
  func margins(_ diameter: Length) -> (margins: [Length], profiles: [[String]], standard: Int) {
    let asked = parameters.profiles.map { ($0.id, $0.margin(diameter: diameter)) }
    let margins = Set(asked.map(\.1) + parameters.reportedMargins).sorted()
    let profiles = margins.map { margin in asked.filter { $0.1 == margin }.map(\.0) }
    return (margins, profiles, margins.firstIndex(of: asked[0].1) ?? 0)
  }

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
    var unheard: [String] = []
    evidence.touched = near(
      [.greatVessels, .bronchialTree, .trachea, .heart], within: .millimeters(1e-9), &unheard)
    let least = leastOverlap(diameter)
    let invaded: [StructureRole] = [.chestWall, .diaphragm, .oesophagus, .rib, .bone, .spinalCord]
    let doubtful = leastOverlap(diameter, contours: 2)
    for entry in measured?.clearances ?? [] where entry.clearance.overlap > .zero {
      let shared = entry.clearance.overlap.cubicCentimeters
      let words = String(
        format: shared < 0.01 ? "less than 0.01 cc of it lies in %2$@" : "%1$.2f cc of it lie in %2$@",
        shared,
        entry.structure.tg263)
      if let other = entry.structure.lobe, map.lobe(other) != nil {
        if entry.clearance.overlap > doubtful {
          evidence.otherLobes.append(other)
        } else {
          evidence.doubtfulContacts.append(words)
        }
      } else if invaded.contains(entry.structure.role) {
        if entry.derived {
          // A derived wall is where the lung ends: within the error of measuring it says nothing.
          if entry.clearance.overlap > least { evidence.doubtfulContacts.append(words + " (derived)") }
        } else if entry.clearance.overlap > doubtful {
          evidence.touched.append(
            ResectionContact(structure: entry.structure.tg263, role: entry.structure.role, distance: .zero))
        } else {
          evidence.doubtfulContacts.append(words)
        }
      }
    }
    if map.lobe(lobe)?.isCompleted == true {
      // Where lobes leave a lesion out, no contour shows whether it crosses the fissure.
      for entry in measured?.clearances ?? []
      where entry.clearance.overlap == .zero && entry.clearance.distance <= parameters.measurementError.length
      {
        guard let other = entry.structure.lobe, other != lobe, map.lobe(other) != nil else { continue }
        evidence.doubtfulContacts.append(
          "it lies against \(entry.structure.tg263), and the lobes' contours leave it out")
      }
    }
    if let body = map.lobe(lobe), body.isWhole, let count = parameters.function.segments[body.lobe], count > 0
    {
      evidence.segment = .cubicMillimeters(body.volume.cubicMillimeters / Double(count))
    }
    return evidence
  }

  /// What contours may share by measurement error alone: a ball's cap as high as that error.
  ///
  /// - Parameter contours: whose errors add: the lesion's alone, or the lesion's and a fissure's.
  private func leastOverlap(_ diameter: Length, contours: Double = 1) -> Volume {
    let height = min(contours * parameters.measurementError.length.millimeters, diameter.millimeters)
    return .cubicMillimeters(Double.pi * height * height * (1.5 * diameter.millimeters - height) / 3)
  }

  /// What surely lies nearer than a limit; what only may is told as open.
  private func near(
    _ roles: [StructureRole], within limit: Length, _ open: inout [String]
  ) -> [ResectionContact] {
    var found: [ResectionContact] = []
    for role in roles {
      guard let distance = setting.facts.interval(.clearance(role)),
        distance.lowerBound < limit.millimeters
      else { continue }
      guard distance.upperBound < limit.millimeters else {
        open.append(
          String(
            format: "whether the %@ lies within %.0f mm is not known", role.title, limit.millimeters))
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
  private func hilarVessels(within margin: Length, _ open: inout [String]) -> [ResectionContact] {
    if let drawn = measured?.clearances.filter({ $0.structure.role == .greatVessels }), !drawn.isEmpty {
      return drawn.filter { LungMap.isHilarVessel($0.structure) && $0.clearance.distance < margin }.map {
        ResectionContact(structure: $0.structure.tg263, role: .greatVessels, distance: $0.clearance.distance)
      }
    }
    if let stated = setting.facts.interval(.clearance(.greatVessels)), stated.lowerBound < margin.millimeters
    {
      open.append("a great vessel may lie within the margin: whether it is one of the hilum is not told")
    }
    return []
  }

  /// What nobody contoured or stated and a wedge must be clear of.
  func provisos(hasBronchi: Bool, hasVessels: Bool) -> [String] {
    let missing = [
      hasBronchi ? nil : "lobar and segmental bronchi", hasVessels ? nil : "hilar vessels",
    ].compactMap(\.self)
    guard !missing.isEmpty else { return [] }
    return [
      "\(missing.joined(separator: " and ")) are neither contoured nor stated: provided that none lies in the piece"
    ]
  }

  /// Whether it should be marked, over all sizes it may have.
  func localisation(_ nearest: Length, _ deepest: Length?, _ diameter: Length) -> Localisation {
    let sizes = setting.facts.interval(.longestAxialDiameter).map {
      Length.millimeters($0.lowerBound)...Length.millimeters($0.upperBound)
    }
    return Localisation(
      diameters: sizes ?? diameter...diameter, nearest: nearest, deepest: deepest,
      isLowDensity: setting.facts.word(.lowDensityAfterChemotherapy).map { $0 == "yes" },
      parameters.localisation)
  }
}
