internal import Anatomy
internal import Cases
internal import Eligibility
internal import Quantities
internal import Vocabulary

/// Plans one lesion by one energy.
struct LesionPlanner: Sendable {
  let parameters: AblationParameters
  let options: AblationOptions
  let patientCase: PatientCase
  let space: NeedleSpace
  let surroundings: ZoneSurroundings
  let lesion: Lesion
  let solid: Solid
  let setting: LesionSetting
  let energy: Modality
  let surface: LesionSurface
  let zones: [RankedZone]
  let delivery: DeliveryLimit
  let home: Set<String>

  /// Organs a lesion may lie in, which its needle goes through.
  private static let hosts: Set<StructureRole> = [
    .lung, .lobe, .liver, .kidney, .spleen, .pancreas, .adrenal, .chestWall, .bone, .rib, .pleura, .bulla,
    .thyroid, .skin, .other,
  ]

  /// How many of the ranked paths are tried on the contours, and how many are told.
  static let tried = 24
  private static let told = 4

  /// A planner; `nil` when there is no device of this energy.
  init?(
    parameters: AblationParameters, options: AblationOptions, patientCase: PatientCase, space: NeedleSpace,
    surroundings: ZoneSurroundings, lesion: Lesion, solid: Solid, setting: LesionSetting, energy: Modality
  ) {
    let reach = max(parameters.margin.goal.millimeters, 10) + 2
    guard let surface = LesionSurface(solid, reach: .millimeters(reach)),
      let delivery = parameters.delivery(at: setting.site)
    else { return nil }
    let zones = RankedZone.all(parameters, energy: energy, site: setting.site, device: options.device)
    guard !zones.isEmpty else { return nil }
    self.parameters = parameters
    self.options = options
    self.patientCase = patientCase
    self.space = space
    self.surroundings = surroundings
    self.lesion = lesion
    self.solid = solid
    self.setting = setting
    self.energy = energy
    self.surface = surface
    self.zones = zones
    self.delivery = delivery
    let centre = solid.centroid ?? .zero
    home = Set(
      patientCase.structures.filter { Self.hosts.contains($0.name.role) && $0.solid.encloses(centre) }.map(
        \.name.tg263))
  }

  /// The proposal; `nil` without a zone.
  func proposal() throws -> AblationProposal? {
    let directions = Directions.even(options.candidates)
    // Tip offset and zone for the search; each short-listed direction chooses anew.
    guard let first = firstCover else { return nil }
    let centre = EnclosingBall(surface.points).centre
    let search = PathSearch(space, parameters)
    let request = request(for: first, target: centre, directions: directions)
    let result = search.search(request, keep: Self.tried)
    let found = try paths(result, search, chooser, directions)
    let cover = found.first?.choice.cover ?? first
    return try ProposalAssembly(
      planner: self, cover: cover, search: result,
      applicators: found.first?.applicators ?? [],
      alternatives: found.dropFirst().compactMap(\.applicators.first)
    ).proposal(around: centre)
  }

  private var chooser: ZoneChooser {
    ZoneChooser(surface: surface, zones: zones, delivery: delivery, margin: parameters.margin)
  }

  /// The cover from front to back; `nil` without a zone.
  var firstCover: ZoneCover? { chooser.cover(along: SIMD3(0, 1, 0))?.cover }

  struct Found {
    let choice: ZoneChooser.Choice
    let applicators: [PlannedApplicator]
  }

  func request(
    for cover: ZoneCover, target: SIMD3<Double>, directions: [SIMD3<Double>]
  ) -> PathSearch.Request {
    let device = cover.zone.device
    let lengths = (device.lengths.isEmpty ? parameters.usualLengths.lengths : device.lengths).sorted()
    // Within lesion and margin the neighbours' distance is the lesion's own fate, judged by the zone.
    let bounds = solid.bounds
    let zone = (bounds.high - bounds.low).max() / 2 + parameters.margin.hard.millimeters
    return PathSearch.Request(
      target: target, beyond: max(0, cover.zone.middleBehindTip.millimeters), zone: zone, lesion: surface,
      site: setting.site, home: home, lengths: lengths.map(\.millimeters),
      radius: device.diameter.millimeters / 2, sigma: ranking.sigma.millimeters, positions: options.positions,
      directions: directions)
  }

  /// The accuracy paths are ranked by.
  var ranking: PlacementAccuracy {
    parameters.placements.first { $0.id == options.placement }
      ?? parameters.placements.max { $0.sigma < $1.sigma }
      ?? PlacementAccuracy(id: "none", sigma: .millimeters(1), sources: [])
  }

  /// The best ways that hold on the contours, with the zones put along them; the first is the plan's.
  private func paths(
    _ result: PathSearchResult, _ search: PathSearch, _ chooser: ZoneChooser, _ directions: [SIMD3<Double>]
  ) throws -> [Found] {
    var found: [Found] = []
    for candidate in result.ranked where found.count < Self.told {
      guard let choice = chooser.cover(along: candidate.direction) else { continue }
      // Alternatives are told by one applicator; the plan itself needs all.
      guard
        let applicators = applicators(
          choice.cover, along: candidate.direction, search, nearAllowed: result.isNear, directions)
      else { continue }
      found.append(Found(choice: choice, applicators: applicators))
    }
    // A way on which the zone does better goes first; among equals the cheaper stays first.
    return found.enumerated().sorted {
      ($0.element.choice.standing.rank, $0.offset) < ($1.element.choice.standing.rank, $1.offset)
    }.map(\.element)
  }

  /// The applicators of a cover along a direction; `nil` when one of them does not keep its limits.
  private func applicators(
    _ cover: ZoneCover, along axis: SIMD3<Double>, _ search: PathSearch, nearAllowed: Bool,
    _ directions: [SIMD3<Double>]
  ) -> [PlannedApplicator]? {
    var applicators: [PlannedApplicator] = []
    for track in Set(cover.tracks).sorted() {
      let centres = zip(cover.spheroids, cover.tracks).filter { $0.1 == track }.map { $0.0.centre }
      let places = centres.map { ($0 * axis).sum() }
      guard let deepest = places.max(), let at = places.firstIndex(of: deepest) else { continue }
      let request = request(for: cover, target: centres[at], directions: directions)
      let setting = search.setting(request)
      let tracer = PathTracer(search: search, setting: setting)
      let outcome = tracer.trace(outward: -axis)
      guard nearAllowed ? outcome.isOnlyNear : outcome.isClear else { return nil }
      let path = tracer.path(-axis, outcome)
      let check = PathCheck(space: space, setting: setting, placements: parameters.placements)
      let clearances = check.clearances(path)
      guard check.isKept(path, clearances, nearAllowed: nearAllowed) else { return nil }
      applicators.append(
        check.applicator(path, clearances, pullBacks: places.map { deepest - $0 }.sorted()))
    }
    return applicators.isEmpty ? nil : applicators
  }
}

extension AblationProposal.Standing {
  /// Best first.
  var rank: Int { self == .goal ? 0 : (self == .hard ? 1 : 2) }
}
