// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Anatomy
internal import Cases
internal import Eligibility
public import Facts
internal import Quantities
public import Vocabulary

/// What a plan of ablation tells the rules.
///
/// What rests on a zone is an estimate and never excludes; a path is geometry, unless the lesion's body is only modelled or
/// something it might meet was not contoured.
struct AblationFacts {
  var patient = FactTable()
  var lesions: [String: FactTable] = [:]
  var lungs: [AblationPlan.LungAblation] = []

  /// What facts of one proposal are made of.
  struct Ingredients {
    let energy: Modality
    let path: String
    let applicators: [PlannedApplicator]
    let coverage: ZoneCoverage
    let positions: Int
    let reachesPleura: Bool?
    let neighbours: [ZoneNeighbour]
    let standing: AblationProposal.Standing
    let margin: MarginGoal
    let areAllCrossing: Bool
    let modelled: Bool
    let notContoured: [StructureRole]
    let hasLung: Bool
    let hasLobes: Bool
    let hasVessels: Bool
    let isLungLesion: Bool
  }

  static func facts(of made: Ingredients) -> FactTable {
    let energy = made.energy
    let zone = "planned zone of \(energy.title), from a chart"
    let way = "straight paths through the contours"
    var facts = FactTable()
    func put(_ fact: PlannedAblationFact, _ value: FactValue) { facts[.planned(fact, energy)] = value }
    // A way is sure only where everything it might meet is contoured; that there is none, only where every direction
    // crosses something: lengths, table and gantry are habits, and images end.
    let isCertain =
      !made.modelled && (made.path == "none" ? made.areAllCrossing : made.notContoured.isEmpty)
      && !(made.path == "near" && made.applicators.isEmpty)
    put(
      .needlePath,
      .word(
        made.path, isCertain ? .derived : .estimated,
        way
          + (made.notContoured.isEmpty
            ? "" : "; not contoured: \(made.notContoured.map(\.title).joined(separator: ", "))")))
    // Sampling may fall a tenth short of what a standing counts as reached.
    let least = made.coverage.map.minimum.millimeters
    let told =
      switch made.standing {
      case .goal: max(least, made.margin.goal.millimeters)
      case .hard: max(least, made.margin.hard.millimeters)
      case .insufficient: least
      }
    put(.zoneMargin, .number(clamped(told, -200, 100), .estimated, zone))
    put(.zonePositions, .number(Double(made.positions), .estimated, zone))
    put(
      .ablatedVolume,
      .number(min(2000, made.coverage.healthy.cubicCentimeters), .estimated, zone))
    // A zone too small for its lesion looks kinder to neighbours than it would be: then only what is bad is told.
    let isEnough = made.standing != .insufficient
    if let reaches = made.reachesPleura, isEnough || reaches {
      put(.pleuraInZone, .word(reaches ? "yes" : "no", .estimated, zone))
    }
    if !made.applicators.isEmpty {
      let paths = made.applicators.map(\.path)
      let origin: FactValue.Origin = made.modelled ? .estimated : .derived
      func yes(_ fact: PlannedAblationFact, _ isTrue: Bool) {
        put(fact, .word(isTrue ? "yes" : "no", origin, way))
      }
      if made.hasLung || !made.isLungLesion && !made.notContoured.contains(.lung) {
        put(
          .pleuralPunctures,
          .number(Double(paths.map(\.pleuralPunctures).reduce(0, +)), origin, way))
        put(
          .aeratedLungInTrack,
          .number(min(400, paths.map(\.aeratedLung.millimeters).max() ?? 0), origin, way))
      }
      if made.hasLobes { yes(.fissureInTrack, paths.contains { !$0.fissures.isEmpty }) }
      if made.hasVessels {
        yes(.vesselInTrack, paths.contains { !$0.vessels.isEmpty })
      }
    }
    lay(neighbours: made, over: &facts)
    return facts
  }

  /// Distances of the zone, nearest first: of several structures with one role the nearest counts.
  ///
  /// Injury is reckoned from the ice. Where the zone does not hold the lesion with the hard margin, a zone that did would
  /// come as near as the lesion's own distance less that margin: the smaller counts. Trachea and bronchial tree are one to
  /// the rules; with the trachea alone contoured the bronchi may be nearer.
  private static func lay(neighbours made: Ingredients, over facts: inout FactTable) {
    let isEnough = made.standing != .insufficient
    let hasTree =
      made.neighbours.contains { $0.role == .bronchialTree } || !made.notContoured.contains(.bronchialTree)
    for neighbour in made.neighbours where FactCatalogue.zoneNeighbours.contains(neighbour.role) {
      let role = neighbour.role == .trachea ? StructureRole.bronchialTree : neighbour.role
      let fact = Fact.zoneClearance(role, made.energy)
      guard case .unknown = facts[fact].knowledge else { continue }
      var distance = (neighbour.iceDistance ?? neighbour.distance).millimeters
      var source =
        (neighbour.iceDistance == nil
          ? "planned zone of \(made.energy.title), from a chart"
          : "ice of a planned cryoablation, from a chart")
        + " to \(neighbour.structure)"
      if !isEnough {
        let needed = max(0, neighbour.lesionDistance.millimeters - made.margin.hard.millimeters)
        if needed < distance {
          distance = needed
          source = "a zone that held the lesion with the hard margin, to \(neighbour.structure)"
        }
      }
      facts[fact] = FactValue(
        role != neighbour.role && !hasTree
          ? .between(0, min(400, distance)) : .known(.number(min(400, distance))), origin: .estimated,
        source: source)
    }
  }

  private static func clamped(_ x: Double, _ low: Double, _ high: Double) -> Double { min(high, max(low, x)) }

  init(
    _ lesions: [LesionAblation], _ energies: [Modality], _ patientCase: PatientCase,
    _ parameters: AblationParameters, isWhole: Bool
  ) {
    for lesion in lesions {
      var table = FactTable()
      for proposal in lesion.proposals { table = table.merging(proposal.facts) }
      if !lesion.proposals.isEmpty { self.lesions[lesion.lesion] = table }
    }
    for energy in energies {
      var bySide: [Side?: (lesions: [String], volume: Volume)] = [:]
      for lesion in lesions where lesion.site == .lung {
        guard let proposal = lesion.proposals.first(where: { $0.energy == energy }),
          let volume = proposal.coverage.lung, let zone = proposal.zones.first
        else { continue }
        let side = patientCase.structures.first {
          $0.name.role == .lung && $0.solid.encloses(zone.centre)
        }?.name.side
        bySide[side, default: ([], .zero)].lesions.append(lesion.lesion)
        bySide[side, default: ([], .zero)].volume = bySide[side, default: ([], .zero)].volume + volume
      }
      guard !bySide.isEmpty else { continue }
      let sides = bySide.sorted { ($0.key?.rawValue ?? "") < ($1.key?.rawValue ?? "") }
      lungs += sides.map { side, entry in
        AblationPlan.LungAblation(
          energy: energy, side: side, lesions: entry.lesions, volume: entry.volume,
          isFlagged: entry.volume >= parameters.ablatedLungFlag.value)
      }
      // Of all lesions only where all were planned: a part tells too little.
      let all = lesions.filter { $0.site == .lung }
      let isComplete =
        isWhole && all.allSatisfy { lesion in lesion.proposals.contains { $0.energy == energy } }
      let volume = sides.reduce(Volume.zero) { $0 + $1.value.volume }
      patient[.ablatedLung(energy)] =
        isComplete
        ? .number(min(2000, volume.cubicCentimeters), .estimated, "planned zones of all lung lesions")
        : FactValue(
          .between(min(2000, volume.cubicCentimeters), 2000), origin: .estimated,
          source: "planned zones of \(sides.flatMap(\.value.lesions).joined(separator: ", ")) alone")
    }
  }
}

extension AblationPlan {
  /// What the rules are told of a choice of one energy for some of the lesions.
  ///
  /// - Parameter energies: the energy of each lesion, by id; lesions without a proposal tell nothing.
  public func facts(choosing energies: [String: Modality]) -> (
    patient: FactTable, lesions: [String: FactTable]
  ) {
    var volume = Volume.zero
    var isWhole = true
    var hasLung = false
    var tables: [String: FactTable] = [:]
    for lesion in lesions {
      guard let energy = energies[lesion.lesion] else { continue }
      guard let proposal = lesion.proposals.first(where: { $0.energy == energy }) else {
        if lesion.site == .lung { isWhole = false }
        continue
      }
      tables[lesion.lesion] = proposal.facts
      guard lesion.site == .lung else { continue }
      hasLung = true
      if let lung = proposal.coverage.lung { volume = volume + lung } else { isWhole = false }
    }
    var patient = FactTable()
    guard hasLung else { return (patient, tables) }
    let cc = min(2000, volume.cubicCentimeters)
    for energy in Set(energies.values) {
      patient[.ablatedLung(energy)] =
        isWhole
        ? .number(cc, .estimated, "planned zones of all lesions that are ablated")
        : FactValue(
          .between(cc, 2000), origin: .estimated,
          source: "planned zones of \(tables.keys.sorted().joined(separator: ", ")) alone")
    }
    return (patient, tables)
  }
}
