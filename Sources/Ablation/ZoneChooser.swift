internal import Quantities
internal import Vocabulary

/// A zone of a chart with how well it fits the lesion's tissue.
struct RankedZone: Sendable {
  let zone: PlannedZone
  /// Zero for the lesion's own tissue measured with blood flow, more for what is carried over.
  let tier: Int

  /// All zones of an energy: a user's own table goes before the charts shipped with the program.
  static func all(
    _ parameters: AblationParameters, energy: Modality, site: Site?, device: String?
  ) -> [RankedZone] {
    var devices = parameters.devices.filter { $0.energy == energy && (device == nil || $0.id == device) }
    if devices.contains(where: { !$0.isShipped }) { devices.removeAll(where: \.isShipped) }
    let isotherm = parameters.isotherm(for: site)
    return devices.flatMap { device in
      device.settings.compactMap { setting in
        PlannedZone(device, setting, isotherm: isotherm).map { zone in
          let isOwnTissue = site.map { device.tissue == $0.rawValue } ?? false
          let hasFlow = device.basis == .clinical || device.basis == .inVivo
          return RankedZone(zone: zone, tier: isOwnTissue && hasFlow ? 0 : (hasFlow || isOwnTissue ? 1 : 2))
        }
      }
    }
  }
}

/// Chooses device, setting and places of zones for one direction of the applicator.
struct ZoneChooser: Sendable {
  struct Choice: Sendable {
    let cover: ZoneCover
    let standing: AblationProposal.Standing
  }

  let surface: LesionSurface
  let zones: [RankedZone]
  let delivery: DeliveryLimit
  let margin: MarginGoal

  /// How many settings are tried with several positions: the largest.
  private static let mostSettings = 3

  /// The cover along a direction: one zone where one does, else the fewest, else the one that leaves out least;
  /// `nil` without zones.
  ///
  /// Among single zones that reach the goal the smallest is taken, among those that keep the hard margin the widest;
  /// charts of the lesion's own tissue go before others.
  func cover(along axis: SIMD3<Double>) -> Choice? {
    let search = CoverSearch(surface, axis: axis, limit: delivery)
    let singles = zones.compactMap { ranked in
      search.single(ranked.zone).map { (ranked: ranked, cover: $0.cover, margin: $0.margin) }
    }
    let goal = singles.filter { $0.margin >= margin.goal.millimeters - 1e-6 }
    if let best = goal.min(by: {
      ($0.ranked.tier, $0.ranked.zone.volume.cubicMillimeters) < (
        $1.ranked.tier, $1.ranked.zone.volume.cubicMillimeters
      )
    }) {
      return Choice(cover: best.cover, standing: .goal)
    }
    let hard = singles.filter { $0.margin >= margin.hard.millimeters - 1e-6 }
    if let best = hard.min(by: { ($0.ranked.tier, -$0.margin) < ($1.ranked.tier, -$1.margin) }) {
      return Choice(cover: best.cover, standing: .hard)
    }
    var several: (tier: Int, cover: ZoneCover)?
    let largest = zones.sorted { ($1.zone.volume, $0.tier) < ($0.zone.volume, $1.tier) }.prefix(
      Self.mostSettings)
    for ranked in largest {
      guard let cover = search.several(ranked.zone, margin: margin.hard.millimeters) else { continue }
      if let best = several,
        (best.cover.spheroids.count, best.tier) <= (cover.spheroids.count, ranked.tier)
      {
        continue
      }
      several = (ranked.tier, cover)
    }
    if let several { return Choice(cover: several.cover, standing: .hard) }
    return singles.max { $0.margin < $1.margin }.map { Choice(cover: $0.cover, standing: .insufficient) }
  }
}
