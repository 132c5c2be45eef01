internal import Anatomy
internal import Cases
internal import Eligibility
internal import Quantities
internal import Vocabulary

/// What a plan of ablation tells the rules.
///
/// What rests on a zone is an estimate and never excludes; a path is geometry, unless the lesion's body is only modelled or
/// bones were not contoured.
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
    let isBoneKnown: Bool
    let modelled: Bool
    let notContoured: [StructureRole]
    let hasLungs: Bool
  }

  static func facts(of made: Ingredients) -> FactTable {
    let energy = made.energy
    let zone = "planned zone of \(energy.title), from a chart"
    let way = "straight paths through the contours"
    var facts = FactTable()
    func put(_ fact: PlannedAblationFact, _ value: FactValue) { facts[.planned(fact, energy)] = value }
    // Without bones a clear way is only likely; that nothing at all is open is geometry either way.
    let isCertain = !made.modelled && (made.isBoneKnown || made.path == "none")
    put(
      .needlePath,
      .word(
        made.path, isCertain ? .derived : .estimated,
        way
          + (made.notContoured.isEmpty
            ? "" : "; not contoured: \(made.notContoured.map(\.title).joined(separator: ", "))")))
    put(.zoneMargin, .number(clamped(made.coverage.map.minimum.millimeters, -200, 100), .estimated, zone))
    put(.zonePositions, .number(Double(made.positions), .estimated, zone))
    put(
      .ablatedVolume,
      .number(min(2000, made.coverage.healthy.cubicCentimeters), .estimated, zone))
    if let reaches = made.reachesPleura {
      put(.pleuraInZone, .word(reaches ? "yes" : "no", .estimated, zone))
    }
    if !made.applicators.isEmpty {
      let paths = made.applicators.map(\.path)
      let origin: FactValue.Origin = made.modelled ? .estimated : .derived
      func yes(_ fact: PlannedAblationFact, _ isTrue: Bool) {
        put(fact, .word(isTrue ? "yes" : "no", origin, way))
      }
      if made.hasLungs {
        put(
          .pleuralPunctures,
          .number(Double(paths.map(\.pleuralPunctures).reduce(0, +)), origin, way))
        put(
          .aeratedLungInTrack,
          .number(min(400, paths.map(\.aeratedLung.millimeters).max() ?? 0), origin, way))
      }
      if !made.notContoured.contains(.lobe) { yes(.fissureInTrack, paths.contains { !$0.fissures.isEmpty }) }
      if !made.notContoured.contains(.pulmonaryVessel), !made.notContoured.contains(.hepaticVessel) {
        yes(.vesselInTrack, paths.contains { !$0.vessels.isEmpty })
      }
    }
    // Nearest first: of several structures with one role the nearest counts; injury is reckoned from the ice.
    for neighbour in made.neighbours where FactCatalogue.zoneNeighbours.contains(neighbour.role) {
      let fact = Fact.zoneClearance(neighbour.role, energy)
      guard case .unknown = facts[fact].knowledge else { continue }
      let distance = neighbour.iceDistance ?? neighbour.distance
      facts[fact] = .number(
        min(400, distance.millimeters), .estimated,
        (neighbour.iceDistance == nil ? zone : "ice of a planned cryoablation, from a chart")
          + " to \(neighbour.structure)")
    }
    return facts
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
          isFlagged: entry.volume >= parameters.ablatedLungFlag.volume)
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
