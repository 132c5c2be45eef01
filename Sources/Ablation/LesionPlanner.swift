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

  /// Organs a lesion may lie in, which its needle then goes through.
  private static let organs: Set<StructureRole> = [
    .lung, .lobe, .liver, .kidney, .spleen, .pancreas, .adrenal, .thyroid,
  ]
  private static let walls: Set<StructureRole> = [.chestWall, .bone, .rib, .pleura, .bulla, .skin, .other]

  /// How many of the ranked paths are tried on the contours, and how many are told.
  static let tried = 24
  private static let told = 4
  /// How many directions a solver is asked for.
  private static let fewSolved = 12

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
    // A lesion left out of its organ's contour lies in a hole of it; a ring of ribs around everything is no host.
    home = Set(
      patientCase.structures.filter { structure in
        Self.organs.contains(structure.name.role) && structure.solid.encloses(centre)
          || Self.walls.contains(structure.name.role) && structure.solid.contains(centre)
      }.map(\.name.tg263))
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
    let (found, isReduced) = paths(result, search, directions)
    let chosen = found.first?.choice ?? chooser.cover(along: SIMD3(0, 1, 0))
    return try ProposalAssembly(
      planner: self, cover: chosen?.cover ?? first, single: chosen?.single, isReduced: isReduced,
      search: result, applicators: found.first?.applicators ?? [],
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
  ///
  /// Zones of several applicators need room for all of them, so many more ways are tried; where none has it, one applicator
  /// is planned and the shortfall told.
  private func paths(
    _ result: PathSearchResult, _ search: PathSearch, _ directions: [SIMD3<Double>]
  ) -> (found: [Found], isReduced: Bool) {
    let chooser = chooser
    guard let start = result.ranked.first, let first = chooser.cover(along: start.direction) else {
      return ([], false)
    }
    let room = Room(search: search, nearAllowed: result.isNear, directions: directions)
    if first.cover.tracks.count == 1 {
      return (tried(result.ranked, room) { chooser.cover(along: $0.direction) }, false)
    }
    let only = chooser.only(first.cover.zone)
    // A cover that a solver finds anew for each direction is tried on few.
    let pool = first.cover.method == .solver ? Array(result.pool.prefix(Self.fewSolved)) : result.pool
    let together = tried(pool, room) { only.cover(along: $0.direction) }
    if !together.isEmpty { return (together, false) }
    return (tried(result.ranked, room) { chooser.simplest(along: $0.direction) }, true)
  }

  /// What the ways of one plan share.
  private struct Room {
    let search: PathSearch
    let nearAllowed: Bool
    let directions: [SIMD3<Double>]
  }

  private func tried(
    _ paths: [NeedlePath], _ room: Room, _ choose: (NeedlePath) -> ZoneChooser.Choice?
  ) -> [Found] {
    var found: [Found] = []
    for candidate in paths where found.count < Self.told {
      guard let choice = choose(candidate),
        let made = applicators(choice.cover, along: candidate.direction, room)
      else { continue }
      found.append(
        Found(
          choice: .init(cover: made.cover, standing: choice.standing, single: choice.single),
          applicators: made.applicators))
    }
    // A way on which the zone does better goes first; among equals the cheaper stays first.
    return found.enumerated().sorted {
      ($0.element.choice.standing.rank, $0.offset) < ($1.element.choice.standing.rank, $1.offset)
    }.map(\.element)
  }

  /// The applicators of a cover along a direction; `nil` when one of them does not keep its limits.
  ///
  /// What may be turned around the axis is turned until all are clear.
  private func applicators(
    _ cover: ZoneCover, along axis: SIMD3<Double>, _ room: Room
  ) -> (cover: ZoneCover, applicators: [PlannedApplicator])? {
    let turns = cover.pivot != nil && cover.tracks.count > 1 ? 8 : 1
    for turn in 0..<turns {
      let angle = Double.pi * 2 * Double(turn) / Double(turns * max(1, cover.tracks.count))
      guard let turned = turn == 0 ? cover : cover.turned(by: angle) else { continue }
      let setting = setting(of: turned, room)
      let tracer = PathTracer(search: room.search, setting: setting)
      let traced = turned.tracks.compactMap { trace($0, along: axis, tracer, nearAllowed: room.nearAllowed) }
      guard traced.count == turned.tracks.count, !traced.isEmpty else { continue }
      let check = PathCheck(space: space, setting: setting, placements: parameters.placements)
      let made = traced.compactMap { path, pullBacks -> PlannedApplicator? in
        let clearances = check.clearances(path)
        guard check.isKept(path, clearances, nearAllowed: room.nearAllowed) else { return nil }
        return check.applicator(path, clearances, pullBacks: pullBacks)
      }
      if made.count == traced.count { return (turned, made) }
    }
    return nil
  }

  private func setting(of cover: ZoneCover, _ room: Room) -> PathSearch.Setting {
    room.search.setting(
      request(for: cover, target: cover.spheroids[0].centre, directions: room.directions))
  }

  /// The way through the deepest of an applicator's places, and how far it is pulled back to the others.
  private func trace(
    _ places: [SIMD3<Double>], along axis: SIMD3<Double>, _ tracer: PathTracer, nearAllowed: Bool
  ) -> (path: NeedlePath, pullBacks: [Double])? {
    let along = places.map { ($0 * axis).sum() }
    guard let deepest = along.max(), let at = along.firstIndex(of: deepest) else { return nil }
    let outcome = tracer.trace(outward: -axis, from: places[at])
    guard nearAllowed ? outcome.isOnlyNear : outcome.isClear else { return nil }
    return (
      tracer.path(-axis, outcome, from: places[at]), along.map { deepest - $0 }.sorted()
    )
  }
}

extension AblationProposal.Standing {
  /// Best first.
  var rank: Int { self == .goal ? 0 : (self == .hard ? 1 : 2) }
}
