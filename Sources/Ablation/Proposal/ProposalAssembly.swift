// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Foundation
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Brings zones, paths and what lies around them together as a proposal.
struct ProposalAssembly {
  let planner: LesionPlanner
  let cover: ZoneCover
  /// The widest margin that one zone would leave, in millimetres.
  let single: Double?
  /// Whether several applicators were wanted and no ways had room for them.
  let isReduced: Bool
  let search: PathSearchResult
  let applicators: [PlannedApplicator]
  let alternatives: [PlannedApplicator]

  private var parameters: AblationParameters { planner.parameters }

  /// The proposal; `nil` when zones cannot be drawn.
  func proposal(around centre: SIMD3<Double>) throws -> AblationProposal? {
    let zone = cover.zone
    let body = try Solid(unionOf: cover.spheroids)
    let ice = try zone.ice.map { ice in
      try Solid(
        unionOf: cover.spheroids.compactMap {
          Spheroid(centre: $0.centre, axis: $0.axis, along: ice.along, across: ice.across)
        })
    }
    let reading = ZoneEvaluation(
      surroundings: planner.surroundings, parameters: parameters, energy: planner.energy,
      site: planner.setting.site)
    guard
      let coverage = try reading.coverage(
        cover.spheroids, body, lesion: planner.solid, planner.surface, home: planner.home)
    else { return nil }
    let neighbours = try reading.neighbours(body, ice: ice, lesion: planner.solid, home: planner.home)
    let reachesPleura = pleura(body, around: centre)
    let standing = standing(coverage)
    let facts = AblationFacts.facts(
      of: .init(
        energy: planner.energy, path: pathWord, applicators: applicators, coverage: coverage,
        positions: max(cover.spheroids.count, cover.tracks.count), reachesPleura: reachesPleura,
        neighbours: neighbours,
        standing: standing, margin: parameters.margin, areAllCrossing: search.areAllCrossing,
        modelled: isModelled, notContoured: notContoured, hasLung: hasOwnLung, hasLobes: hasOwnLobes,
        hasVessels: planner.setting.site == .liver ? has([.hepaticVessel]) : has([.pulmonaryVessel]),
        isLungLesion: planner.setting.site == .lung))
    let isotherm: LethalIsotherm? =
      planner.energy == .cryoablation ? parameters.isotherm(for: planner.setting.site) : nil
    return AblationProposal(
      lesion: planner.lesion.id, energy: planner.energy, zone: zone, isotherm: isotherm,
      zones: cover.spheroids, method: method, applicators: applicators, coverage: coverage,
      standing: standing, search: search, alternatives: alternatives, neighbours: neighbours,
      reachesPleura: reachesPleura, manoeuvres: reading.manoeuvres(neighbours),
      nerveQuestions: nerves(neighbours),
      notes: AppliedNote.all(
        parameters.notes, energy: planner.energy, site: planner.setting.site,
        facts: planner.setting.facts.merging(facts)),
      providedThat: providedThat, notContoured: notContoured, remarks: remarks(coverage, standing),
      facts: facts)
  }

  // MARK: Margin

  /// Sampling of surface and zones may be off by this much, in millimetres.
  private static let slack = 0.1

  private func standing(_ coverage: ZoneCoverage) -> AblationProposal.Standing {
    let least = coverage.map.minimum.millimeters + Self.slack
    if least >= parameters.margin.goal.millimeters, coverage.at10Percent >= 99.5 { return .goal }
    // Between several zones a hole may stay inside, which the surface does not show.
    let isWhole = coverage.at5Percent >= 99.5
    return least >= parameters.margin.hard.millimeters && isWhole ? .hard : .insufficient
  }

  private var method: Reason {
    let count = Double(cover.spheroids.count)
    let (kind, figure): (AblationReason, Double) =
      switch cover.method {
      case .single: (.singleZone, Double(cover.tracks.count))
      case .pullBack: (.pulledBack, count)
      case .layout: (.layoutZones, count)
      case .solver: (.fewestZones, count)
      }
    return Reason(.ablation(kind), figures: [.init(figure, unit: "")])
  }

  /// Whether the zones reach the pleura of the lung the lesion lies in.
  private func pleura(_ body: Solid, around centre: SIMD3<Double>) -> Bool? {
    let lungs = planner.surroundings.lungs(around: centre)
    guard !lungs.isEmpty else { return nil }
    let prepared = PreparedSolid(body)
    return lungs.contains { $0.envelope.map { $0.depth(of: prepared).nearest <= .zero } ?? false }
  }

  // MARK: Path

  private var pathWord: String {
    if applicators.isEmpty { return search.ranked.isEmpty ? "none" : "near" }
    return search.isNear ? "near" : "clear"
  }

  private var isModelled: Bool { if case .modelled? = planner.lesion.body { true } else { false } }

  private func has(_ roles: Set<StructureRole>) -> Bool {
    planner.patientCase.structures.contains { roles.contains($0.name.role) }
  }

  /// Whether the lung the lesion lies in is contoured.
  private var hasOwnLung: Bool {
    planner.patientCase.structures.contains {
      $0.name.role == .lung && planner.home.contains($0.name.tg263)
    }
  }

  /// Whether that lung's lobes are: three on the right, two on the left.
  private var hasOwnLobes: Bool {
    guard
      let own = planner.patientCase.structures.first(where: { structure in
        structure.name.role == .lobe && planner.home.contains(structure.name.tg263)
      })?.name.lobe
    else { return false }
    let lobes = Set(planner.patientCase.structures.compactMap(\.name.lobe).filter { $0.side == own.side })
    return hasOwnLung && lobes.count == Lobe.allCases.count { $0.side == own.side }
  }

  /// What a path of this site should keep clear of and nobody contoured.
  private var notContoured: [StructureRole] {
    let everywhere: [StructureRole] = [.rib, .bone, .heart, .greatVessels, .spinalCord, .lung]
    let more: [StructureRole] =
      switch planner.setting.site {
      case .lung: [.lobe, .trachea, .bronchialTree, .pulmonaryVessel, .oesophagus]
      case .liver:
        [
          .hepaticVessel, .gallbladder, .bileDuct, .stomach, .duodenum, .bowel, .colon, .kidney, .spleen,
          .pancreas,
        ]
      default: [.liver, .stomach, .bowel, .colon, .kidney, .spleen]
      }
    let wanted = everywhere + more
    return wanted.filter { !has([$0]) }
  }

  // MARK: Reasons

  private var providedThat: [Reason] {
    let zone = cover.zone
    var terms: [Reason] = []
    if zone.device.isShipped {
      terms.append(
        Reason(
          .ablation(.chartToConfirm), figures: [.init(zone.device.derating, unit: "")],
          names: [zone.device.name, zone.setting.id, zone.device.basis.title, zone.device.tissue],
          sources: zone.device.sources))
    }
    terms += zone.assumptions.map { Reason(.ablation($0)) }
    if !applicators.isEmpty { terms.append(Reason(.ablation(.pathToRemeasure))) }
    if !notContoured.isEmpty {
      terms.append(Reason(.ablation(.notContoured), names: notContoured.map(\.title)))
    }
    return terms
  }

  private func remarks(_ coverage: ZoneCoverage, _ standing: AblationProposal.Standing) -> [Reason] {
    var remarks: [Reason] = []
    func say(_ kind: AblationReason, _ millimeters: [Double] = [], count: Int? = nil) {
      remarks.append(
        Reason(
          .ablation(kind),
          figures: (count.map { [.init(Double($0), unit: "")] } ?? [])
            + millimeters.map { .init($0, unit: "mm") }))
    }
    let hard = parameters.margin.hard.millimeters
    if isReduced {
      say(.noParallelPaths, [hard])
    } else if standing == .insufficient {
      say(.marginNotKept, [hard], count: planner.delivery.mostPositions)
    }
    if cover.spheroids.count > 1, let single { say(.singleZoneMargin, [single]) }
    if let widest = spacing.max(), planner.energy == .cryoablation {
      let rule = parameters.probeSpacing
      let most = rule.most.millimeters
      if widest > most + 0.05 {
        say(.probesTooFar, [widest, most])
      } else if widest > rule.target.upperBound {
        say(.probesBeyondTarget, [widest, rule.target.lowerBound, rule.target.upperBound, most])
      }
    }
    if applicators.isEmpty, let best = search.ranked.first?.entry {
      say(.onlyOnFields, [best.x, best.y, best.z], count: search.ranked.count)
    }
    if search.isNear { say(.onlyNearPaths) }
    return remarks
  }

  /// How far each track lies from its nearest neighbour, in millimetres.
  private var spacing: [Double] {
    guard let axis = cover.spheroids.first?.axis else { return [] }
    let places = cover.tracks.compactMap(\.first)
    return places.indices.compactMap { i in
      places.indices.filter { $0 != i }.map { j -> Double in
        let offset = places[j] - places[i]
        let across = offset - axis * (offset * axis).sum()
        return (across * across).sum().squareRoot()
      }.min()
    }
  }

  /// Nerves that run along structures near the zone.
  private func nerves(_ neighbours: [ZoneNeighbour]) -> [NerveSurrogate] {
    parameters.surrogates.filter { nerve in
      guard !has([nerve.role]), planner.setting.site.map(nerve.sites.contains) ?? false else { return false }
      // Without what it runs along, nothing says that it is far.
      if !has(Set(nerve.along)) { return true }
      return neighbours.contains { neighbour in
        nerve.along.contains(neighbour.role) && (neighbour.iceDistance ?? neighbour.distance) < nerve.within
      }
    }
  }
}
