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

/// Plans the resection of one lung lesion.
struct LesionResectionPlanner: Sendable {
  let parameters: ResectionParameters
  let map: LungMap
  let lesion: Lesion
  let measured: LesionMeasurements?
  let setting: LesionContext

  /// A resection, or why there is none.
  enum Outcome: Sendable {
    case proposal(ResectionProposal)
    case none(Reason)
  }

  func outcome() throws -> Outcome {
    let facts = setting.facts
    guard let body = lesion.body?.solid, let measured else {
      return try stated(.noBody)
    }
    let modelled = measured.modelled
    guard let centre = measured.centroid else { return .none(Reason(.resection(.noVolume))) }
    let surroundings = measured.surroundings
    let homes = map.lungs.filter { $0.contains(centre) }
    let hasLungs = map.lungs.count == 2
    guard surroundings?.site == .lung || !homes.isEmpty else {
      if hasLungs {
        return .none(Reason(.resection(.outsideBothLungs)))
      }
      return try stated(
        map.lungs.isEmpty && map.lobes.isEmpty ? .noLungContoured : .outsideContouredLung)
    }
    if let told = lesion.reportedSide, let found = surroundings?.side, told != found {
      return .none(
        Reason(.resection(.otherSide), names: [told.rawValue, found.rawValue]))
    }
    if let told = lesion.lobe, let found = surroundings?.lobe, told != found {
      return .none(
        Reason(.resection(.otherLobe), names: [told.abbreviation, found.abbreviation]))
    }
    // A lobe that cannot be used is no lobe: then the lung's surface counts, and fissures do not.
    let isSpoilt = surroundings?.lobe.map { map.lobe($0) == nil } ?? false
    let place = LesionPlace(lesion, surroundings)
    let lobe = isSpoilt ? nil : place.lobe
    let side = place.side.flatMap { $0 == .midline ? nil : $0 }
    let container =
      map.lobe(surroundings?.lobe)?.envelope ?? homes.first?.envelopes.first { $0.contains(centre) }
      ?? map.unsided.first { $0.contains(centre) }
    guard let container,
      let depth = isSpoilt ? container.depth(of: PreparedSolid(body)) : measured.pleuralDepth
    else {
      return .none(Reason(.resection(.lobeUnusable)))
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
        limit: parameters.depth.usual, hilar: map.hilar, contact: parameters.geometry.value.contact)
    else { return .none(Reason(.resection(.noSurface))) }
    let elsewhere = search.opensElsewhere
    // Seen from another opening it lies deeper.
    let deepest = elsewhere.map { max(depth.deepest, $0 + diameter) } ?? depth.deepest
    // How large lesion and margin alone are matters only where no wedge will do.
    let isWedge = margins.indices.map { index in
      depth.nearest <= parameters.depth.usual && search.contacts[index].isEmpty
    }
    let alone = margins.indices.filter { !isWedge[$0] }
    let cores =
      try search.field.cores(margins: [parameters.laser.value] + alone.map { margins[$0] })
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
    var remarks: [Reason] = []
    if side == nil {
      remarks.append(Reason(.resection(.lungWithoutSide)))
    }
    if isSpoilt {
      remarks.append(Reason(.resection(.lobeOverlaps)))
    } else if map.lobe(lobe) == nil {
      remarks.append(Reason(.resection(.lobeNotContoured)))
    }
    remarks += provisos(
      hasBronchi: map.hilar.contains { [.bronchialTree, .bronchus].contains($0.role) },
      hasVessels: map.hilar.contains { $0.role == .greatVessels })
    if let elsewhere {
      remarks.append(
        Reason(.resection(.opensElsewhere), figures: [.init(elsewhere.millimeters, unit: "mm")]))
    }
    let home = homes.first ?? map.lung(side)
    let zoneRatio = home.flatMap { map.zoneRatio(of: centre, in: $0) }
    return .proposal(
      ResectionProposal(
        lesion: lesion.id, side: side, lobe: lobe, basis: modelled ? .modelled : .contours,
        diameter: diameter, nearestPleura: depth.nearest, deepest: deepest,
        zoneRatio: zoneRatio, zone: zoneRatio.map(parameters.geometry.value.zone), margins: plans,
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
    var unheard: [Reason] = []
    evidence.touched = near(
      [.greatVessels, .bronchialTree, .trachea, .heart], within: .millimeters(1e-9), &unheard)
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
    if map.lobe(lobe)?.isCompleted == true {
      // Where lobes leave a lesion out, no contour shows whether it crosses the fissure.
      for entry in measured?.clearances ?? []
      where entry.clearance.overlap == .zero && entry.clearance.distance <= parameters.measurementError.value
      {
        guard let other = entry.structure.lobe, other != lobe, map.lobe(other) != nil else { continue }
        evidence.doubtfulContacts.append(
          Reason(.resection(.liesAgainst), names: [entry.structure.tg263]))
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
    if let drawn = measured?.clearances.filter({ $0.structure.role == .greatVessels }), !drawn.isEmpty {
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

  /// What is neither contoured nor reported and a wedge must be clear of.
  func provisos(hasBronchi: Bool, hasVessels: Bool) -> [Reason] {
    switch (hasBronchi, hasVessels) {
    case (true, true): []
    case (false, true): [Reason(.resection(.bronchiUnknown))]
    case (true, false): [Reason(.resection(.vesselsUnknown))]
    case (false, false): [Reason(.resection(.bronchiAndVesselsUnknown))]
    }
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
