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

  /// The margins that are asked for.
  struct AskedMargins: Sendable {
    /// Ascending.
    let margins: [Length]
    /// The profiles that ask for each.
    let profiles: [[String]]
    /// Which of them is the standard one.
    let standard: Int
  }

  /// A resection, or why there is none.
  enum Outcome: Sendable {
    case proposal(ResectionProposal)
    case none(Reason)
  }

  func outcome() throws -> Outcome {
    guard let body = lesion.body?.solid, let measured else {
      return try stated(.noBody)
    }
    guard let centre = measured.centroid else { return .none(Reason(.resection(.noVolume))) }
    let surroundings = measured.surroundings
    let homes = map.lungs.filter { $0.contains(centre) }
    guard surroundings?.site == .lung || !homes.isEmpty else { return try outsideLungs() }
    if let contradiction = contradiction(by: surroundings) { return .none(contradiction) }
    guard let position = LungPosition(of: lesion, body, measured, centre: centre, homes: homes, in: map)
    else {
      return .none(Reason(.resection(.lobeUnusable)))
    }
    let diameter = greatestDiameter(measured)
    let asked = margins(diameter)
    guard
      let search = try WedgeSearch(
        around: position, margins: asked, limit: parameters.depth.usual,
        clearOf: HilarObstacles(structures: map.hilar, contact: parameters.geometry.value.contact))
    else { return .none(Reason(.resection(.noSurface))) }
    return .proposal(
      try proposal(
        position, search, asked, diameter: diameter, basis: measured.modelled ? .modelled : .contours))
  }

  // MARK: Whether it lies where it is told

  /// A lesion no contoured lung holds: planned as stated where a lung is missing, else not at all.
  private func outsideLungs() throws -> Outcome {
    let hasLungs = map.lungs.count == 2
    if hasLungs {
      return .none(Reason(.resection(.outsideBothLungs)))
    }
    return try stated(
      map.lungs.isEmpty && map.lobes.isEmpty ? .noLungContoured : .outsideContouredLung)
  }

  /// Contours that show another side or lobe than the report tells.
  private func contradiction(by surroundings: Surroundings?) -> Reason? {
    if let told = lesion.reportedSide, let found = surroundings?.side, told != found {
      return Reason(.resection(.otherSide), names: [told.rawValue, found.rawValue])
    }
    if let told = lesion.lobe, let found = surroundings?.lobe, told != found {
      return Reason(.resection(.otherLobe), names: [told.abbreviation, found.abbreviation])
    }
    return nil
  }

  // MARK: The proposal

  /// The largest the lesion may be: as known, else as measured.
  private func greatestDiameter(_ measured: LesionMeasurements) -> Length {
    setting.facts.interval(.longestAxialDiameter).map { Length.millimeters($0.upperBound) }
      ?? measured.diameters?.longest ?? measured.greatestDiameter
  }

  private func proposal(
    _ position: LungPosition, _ search: WedgeSearch, _ asked: AskedMargins, diameter: Length,
    basis: ResectionProposal.Basis
  ) throws -> ResectionProposal {
    let depth = position.depth
    let elsewhere = search.opensElsewhere
    // Seen from another opening it lies deeper.
    let deepest = elsewhere.map { max(depth.deepest, $0 + diameter) } ?? depth.deepest
    let (plans, laser) = try marginPlans(position, search, asked, deepest: deepest, diameter: diameter)
    let home = position.homes.first ?? map.lung(position.side)
    let zoneRatio = home.flatMap { map.zoneRatio(of: position.centre, in: $0) }
    return ResectionProposal(
      lesion: lesion.id, side: position.side, lobe: position.lobe, basis: basis,
      diameter: diameter, nearestPleura: depth.nearest, deepest: deepest,
      zoneRatio: zoneRatio, zone: zoneRatio.map(parameters.geometry.value.zone), margins: plans,
      standard: plans[asked.standard],
      opensElsewhere: elsewhere,
      localisation: localisation(elsewhere ?? depth.nearest, deepest, diameter),
      alternatives: alternatives(plans, asked.standard, laser: laser),
      flips: flips(depth.nearest, deepest, plans[asked.standard], lobe: position.lobe),
      remarks: remarks(position, opensElsewhere: elsewhere))
  }

  /// One plan a margin, and what a laser would take.
  private func marginPlans(
    _ position: LungPosition, _ search: WedgeSearch, _ asked: AskedMargins, deepest: Length, diameter: Length
  ) throws -> (plans: [MarginPlan], laser: Volume?) {
    let margins = asked.margins
    let depth = position.depth
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
        margin, nearest: depth.nearest, deepest: deepest, lobe: position.lobe, diameter: diameter)
      evidence.wedgeContacts = contacts
      if let place = alone.firstIndex(of: index), evidence.segment != nil, place + 1 < cores.count {
        evidence.grown = cores[place + 1]?.volume
      }
      var permissive = evidence
      permissive.depthLimit = parameters.depth.permissive
      plans.append(
        MarginPlan(
          margin: margin, profiles: asked.profiles[index], usual: TechniqueChoice(evidence),
          permissive: TechniqueChoice(permissive), piece: search.solids[index],
          wedge: search.solids[index]?.volume,
          core: alone.firstIndex(of: index).flatMap { cores[$0 + 1] }, grown: evidence.grown,
          contacts: contacts))
    }
    return (plans, cores.first.flatMap { $0?.volume })
  }

  /// What was missing or could not be used, and where else a wedge opens.
  private func remarks(_ position: LungPosition, opensElsewhere elsewhere: Length?) -> [Reason] {
    var remarks: [Reason] = []
    if position.side == nil {
      remarks.append(Reason(.resection(.lungWithoutSide)))
    }
    if position.isSpoilt {
      remarks.append(Reason(.resection(.lobeOverlaps)))
    } else if map.lobe(position.lobe) == nil {
      remarks.append(Reason(.resection(.lobeNotContoured)))
    }
    remarks += provisos(
      hasBronchi: map.hilar.contains { [.bronchialTree, .bronchus].contains($0.role) },
      hasVessels: map.hilar.contains { $0.role == .greatVessels })
    if let elsewhere {
      remarks.append(
        Reason(.resection(.opensElsewhere), figures: [.init(elsewhere.millimeters, unit: "mm")]))
    }
    return remarks
  }

  // MARK: Parts

  /// All margins ascending, the profiles that ask for each, and which is the standard one.
  func margins(_ diameter: Length) -> AskedMargins {
    let asked = parameters.profiles.map { ($0.id, $0.margin(diameter: diameter)) }
    let margins = Set(asked.map(\.1) + parameters.reportedMargins).sorted()
    let profiles = margins.map { margin in asked.filter { $0.1 == margin }.map(\.0) }
    return AskedMargins(
      margins: margins, profiles: profiles, standard: margins.firstIndex(of: asked[0].1) ?? 0)
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
