// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
internal import Evidence
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
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
  let setting: LesionContext
  let energy: Modality
  let surface: LesionSurface
  let zones: [RankedZone]
  let delivery: DeliveryLimit
  let home: Set<String>
  /// The accuracy paths are ranked by: the one asked for, else the worst.
  let ranking: PlacementAccuracy

  /// Organs a lesion may lie in, which its needle then goes through.
  private static let organs: Set<StructureRole> = [
    .lung, .lobe, .liver, .kidney, .spleen, .pancreas, .adrenal, .thyroid,
  ]
  /// What a lesion of bone or chest wall may lie in.
  private static let walls: Set<StructureRole> = [.chestWall, .bone, .rib]

  /// How many of the ranked paths are tried on the contours.
  static let tried = 24
  /// How many directions a solver is asked for.
  private static let fewSolved = 12

  /// The surface that zones are put around; `nil` when the lesion cannot be sampled.
  static func surface(_ solid: Solid, _ parameters: AblationParameters) -> LesionSurface? {
    LesionSurface(solid, reach: .millimeters(max(parameters.margin.goal.millimeters, 10) + 2))
  }

  /// A case with the fields of its structures: what all its lesions share.
  struct Scene: Sendable {
    let parameters: AblationParameters
    let options: AblationOptions
    let patientCase: PatientCase
    let space: NeedleSpace
    let surroundings: ZoneSurroundings
  }

  /// A lesion with its body and what is known of it: what all energies share.
  struct Subject: Sendable {
    let lesion: Lesion
    let solid: Solid
    let surface: LesionSurface
    let setting: LesionContext
  }

  /// A planner; `nil` when there is no device of this energy.
  init?(_ subject: Subject, in scene: Scene, energy: Modality) {
    let (parameters, options, setting) = (scene.parameters, scene.options, subject.setting)
    let (patientCase, lesion, solid) = (scene.patientCase, subject.lesion, subject.solid)
    guard let delivery = parameters.delivery(at: setting.site) else { return nil }
    let zones = RankedZone.all(parameters, energy: energy, site: setting.site, device: options.device)
    guard !zones.isEmpty,
      let ranking = parameters.placements.first(where: { $0.id == options.placement })
        ?? parameters.placements.max(by: { $0.sigma < $1.sigma })
    else { return nil }
    self.ranking = ranking
    self.parameters = parameters
    self.options = options
    self.patientCase = patientCase
    space = scene.space
    surroundings = scene.surroundings
    self.lesion = lesion
    self.solid = solid
    self.setting = setting
    self.energy = energy
    surface = subject.surface
    self.zones = zones
    self.delivery = delivery
    // Lesions drawn within one another (readers, dates) are one to a needle.
    let nested = patientCase.lesions.filter { other in
      guard let body = other.body?.solid, let centre = solid.centroid else { return false }
      return other.id == lesion.id || body.encloses(centre) || body.centroid.map(solid.encloses) ?? false
    }
    home = Self.home(of: solid, site: setting.site, patientCase.structures, notch: parameters.notch.value)
      .union(nested.map { NeedleSpace.name(of: $0) })
  }

  /// The structures a lesion lies in, which its needle goes through, by name.
  ///
  /// A lesion left out of its organ's contour lies in a hole or a notch of it: the site's organ counts when it is near.
  static func home(
    of solid: Solid, site: Site?, _ structures: [Structure], notch: Length
  ) -> Set<String> {
    guard let centre = solid.centroid else { return [] }
    var home = Set(
      structures.filter { organs.contains($0.name.role) && $0.solid.encloses(centre) }.map(\.name.tg263))
    let own: StructureRole? =
      switch site {
      case .lung: .lung
      case .liver: .liver
      case .kidney: .kidney
      case .adrenal: .adrenal
      default: nil
      }
    if let own, !structures.contains(where: { $0.name.role == own && home.contains($0.name.tg263) }) {
      let prepared = PreparedSolid(solid)
      let near = structures.filter { $0.name.role == own }.map {
        ($0.name.tg263, prepared.nearest(to: PreparedSolid($0.solid)).distance)
      }.min { $0.1 < $1.1 }
      if let near, near.1 <= notch { home.insert(near.0) }
    }
    if site == .bone || site == .spine || site == .chestWall {
      home.formUnion(
        structures.filter { walls.contains($0.name.role) && $0.solid.contains(centre) }.map(\.name.tg263))
    }
    return home
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
      // Other ways of the same zone and as many applicators: of another zone they would be another plan.
      alternatives: found.dropFirst().filter { other in
        other.choice.cover.zone == chosen?.cover.zone
          && other.applicators.count == found.first?.applicators.count
      }.compactMap(\.applicators.first)
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
    let lengths = (device.lengths.isEmpty ? parameters.usualLengths.value : device.lengths).sorted()
    return PathSearch.Request(
      target: target, beyond: max(0, cover.zone.middleBehindTip.millimeters),
      margin: parameters.margin.hard.millimeters, lesion: surface,
      site: setting.site, home: home, lengths: lengths.map(\.millimeters),
      radius: device.diameter.millimeters / 2, sigma: ranking.sigma.millimeters, positions: options.positions,
      directions: directions)
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
    let isBall = first.cover.isBall
    // A cover that a solver finds anew for each direction is tried on few.
    let pool = first.cover.method == .solver ? Array(result.pool.prefix(Self.fewSolved)) : result.pool
    // The cheapest first; the rest only where those have no room for all applicators.
    for part in [pool.prefix(options.pooledWays), pool.dropFirst(options.pooledWays)] where !part.isEmpty {
      let together = tried(Array(part), room) { path in
        // A ball lies the same whichever way the needle comes.
        isBall ? first.along(path.direction) : only.cover(along: path.direction)
      }
      if !together.isEmpty { return (together, false) }
    }
    return (tried(result.ranked, room) { chooser.simplest(along: $0.direction) }, true)
  }

  /// What the ways of one plan share.
  private struct Room {
    let search: PathSearch
    let nearAllowed: Bool
    let directions: [SIMD3<Double>]
  }

  /// A cover whose applicators all keep their limits on the fields.
  private struct Draft: Sendable {
    let choice: ZoneChooser.Choice
    let setting: PathSearch.Setting
    let ways: [(path: NeedlePath, pullBacks: [Double])]

    var cost: Double { ways.reduce(0) { $0 + $1.path.costs.sum } }
  }

  /// The best of the ways: a zone that does better first, then the cheaper of all applicators together; each held against
  /// the contours.
  private func tried(
    _ paths: [NeedlePath], _ room: Room, _ choose: @Sendable (NeedlePath) -> ZoneChooser.Choice?
  ) -> [Found] {
    let drafts = Workers.gather(paths.count, into: { [(Int, Draft)]() }) { index, found in
      guard let choice = choose(paths[index]),
        let draft = draft(choice, along: paths[index].direction, room)
      else { return }
      found.append((index, draft))
    }.joined().sorted { a, b in
      (a.1.choice.standing.rank, a.1.cost, a.0) < (b.1.choice.standing.rank, b.1.cost, b.0)
    }
    var found: [Found] = []
    for (_, draft) in drafts where found.count < options.ways {
      let check = PathCheck(space: space, setting: draft.setting, placements: parameters.placements)
      let made = draft.ways.compactMap { way -> PlannedApplicator? in
        let clearances = check.clearances(way.path)
        guard check.isKept(way.path, clearances, nearAllowed: room.nearAllowed) else { return nil }
        return check.applicator(way.path, clearances, pullBacks: way.pullBacks)
      }
      if made.count == draft.ways.count { found.append(Found(choice: draft.choice, applicators: made)) }
    }
    return found
  }

  /// The cheapest way to turn a cover around its axis so that all applicators are clear; `nil` where none is.
  private func draft(_ choice: ZoneChooser.Choice, along axis: SIMD3<Double>, _ room: Room) -> Draft? {
    let cover = choice.cover
    let turns = cover.pivot != nil && cover.tracks.count > 1 ? 12 : 1
    var best: Draft?
    for turn in 0..<turns {
      let angle = Double.pi * 2 * Double(turn) / Double(turns * max(1, cover.tracks.count))
      guard let turned = turn == 0 ? cover : cover.turned(by: angle), !turned.spheroids.isEmpty else {
        continue
      }
      let setting = setting(of: turned, room)
      let tracer = PathTracer(search: room.search, setting: setting)
      var ways: [(path: NeedlePath, pullBacks: [Double])] = []
      for track in turned.tracks {
        guard let way = trace(track, along: axis, tracer, nearAllowed: room.nearAllowed) else { break }
        ways.append(way)
      }
      guard ways.count == turned.tracks.count, !ways.isEmpty else { continue }
      let draft = Draft(
        choice: .init(cover: turned, standing: choice.standing, single: choice.single), setting: setting,
        ways: ways)
      if draft.cost < best?.cost ?? .infinity { best = draft }
    }
    return best
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
