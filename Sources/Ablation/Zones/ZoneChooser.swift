// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
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
    let cap = parameters.cap(energy, at: site)
    return devices.flatMap { device in
      device.settings.compactMap { setting in
        PlannedZone(device, setting, isotherm: isotherm, cap: cap).map { zone in
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
    /// The widest margin that one zone leaves, in millimetres.
    let single: Double?

    /// The same ball of a cluster along another direction; `nil` for what is no ball.
    func along(_ axis: SIMD3<Double>) -> Choice? {
      guard cover.isBall,
        let ball = Spheroid(
          centre: cover.spheroids[0].centre, axis: axis, along: cover.zone.along, across: cover.zone.across)
      else { return nil }
      return Choice(
        cover: ZoneCover(cluster: cover.zone, ball, turnedBy: 0), standing: standing, single: single)
    }
  }

  let surface: LesionSurface
  let zones: [RankedZone]
  let delivery: DeliveryLimit
  let margin: MarginGoal

  /// How many settings are tried with several positions: the largest.
  private static let mostSettings = 3

  /// The cover along a direction: one zone where one does, else the fewest, else the one that leaves out least;
  /// `nil` without zones.
  func cover(along axis: SIMD3<Double>) -> Choice? {
    let search = CoverSearch(surface, axis: axis, limit: delivery)
    let singles = zones.compactMap { ranked -> Single? in
      guard ranked.zone.setting.applicators <= delivery.mostApplicators else { return nil }
      return search.single(ranked.zone).map { (ranked: ranked, cover: $0.cover, margin: $0.margin) }
    }
    // The fewest applicators that keep the hard margin; among as many, the goal; then the own tissue's chart.
    let enough = singles.filter { $0.margin >= margin.hard.millimeters - 1e-6 }
    if let best = enough.min(by: { rank($0) < rank($1) }) {
      return Choice(
        cover: best.cover,
        standing: best.margin >= margin.goal.millimeters - 1e-6 ? .goal : .hard, single: best.margin)
    }
    var several: (tier: Int, cover: ZoneCover)?
    func offer(_ cover: ZoneCover?, _ tier: Int) {
      guard let cover else { return }
      if let best = several, (best.cover.spheroids.count, best.tier) <= (cover.spheroids.count, tier) {
        return
      }
      several = (tier, cover)
    }
    let hard = margin.hard.millimeters
    let largest = zones.filter { $0.zone.setting.applicators == 1 }
      .sorted { ($1.zone.volume, $0.tier) < ($0.zone.volume, $1.tier) }
    for ranked in largest.prefix(Self.mostSettings) {
      offer(search.several(ranked.zone, margin: hard), ranked.tier)
    }
    // The solver is asked once, for the zone that is widest across.
    if let widest = largest.max(by: { $0.zone.across < $1.zone.across }) {
      let count = several?.cover.spheroids.count ?? .max
      offer(search.solved(widest.zone, margin: hard, fewerThan: count), widest.tier)
    }
    let widest = singles.max { $0.margin < $1.margin }
    if let several { return Choice(cover: several.cover, standing: .hard, single: widest?.margin) }
    return widest.map { Choice(cover: $0.cover, standing: .insufficient, single: $0.margin) }
  }

  /// The widest single zone of one applicator, whatever it leaves out; `nil` without zones.
  func simplest(along axis: SIMD3<Double>) -> Choice? {
    let search = CoverSearch(surface, axis: axis, limit: delivery)
    return zones.filter { $0.zone.setting.applicators == 1 }.compactMap { search.single($0.zone) }
      .max { $0.margin < $1.margin }.map {
        Choice(cover: $0.cover, standing: .insufficient, single: $0.margin)
      }
  }

  /// The same chooser with only one of its zones.
  func only(_ zone: PlannedZone) -> ZoneChooser {
    ZoneChooser(
      surface: surface, zones: zones.filter { $0.zone == zone }, delivery: delivery, margin: margin)
  }

  private typealias Single = (ranked: RankedZone, cover: ZoneCover, margin: Double)

  /// Lower is better: with the goal reached the smaller zone, without it the wider margin.
  private func rank(_ single: Single) -> (Int, Int, Int, Double) {
    let isGoal = single.margin >= margin.goal.millimeters - 1e-6
    return (
      single.ranked.zone.setting.applicators, isGoal ? 0 : 1, single.ranked.tier,
      isGoal ? single.ranked.zone.volume.cubicMillimeters : -single.margin
    )
  }
}
