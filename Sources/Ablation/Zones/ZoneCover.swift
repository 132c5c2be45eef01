// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Foundation
internal import Quantities

/// Where applicators' zones are put so that they hold a lesion and its margin.
struct ZoneCover: Sendable {
  /// How a cover was found.
  enum Method: String, Sendable {
    /// One zone around the least ball.
    case single
    /// Several positions along one track.
    case pullBack
    /// A known layout of balls.
    case layout
    /// Set cover by the solver.
    case solver
  }

  let zone: PlannedZone
  let spheroids: [Spheroid]
  let method: Method
  /// The way of each applicator: points its axis goes through, one for each position.
  let tracks: [[SIMD3<Double>]]
  /// A point of the axis around which all of it may be turned and still cover; `nil` where it may not.
  let pivot: SIMD3<Double>?

  init(
    zone: PlannedZone, spheroids: [Spheroid], method: Method, trackOf: [Int], pivot: SIMD3<Double>? = nil
  ) {
    self.zone = zone
    self.spheroids = spheroids
    self.method = method
    self.pivot = pivot
    tracks = Set(trackOf).sorted().map { track in
      zip(trackOf, spheroids).filter { $0.0 == track }.map(\.1.centre)
    }
  }

  /// One zone that several applicators make together, standing evenly around its axis.
  init(cluster zone: PlannedZone, _ spheroid: Spheroid, turnedBy angle: Double) {
    self.zone = zone
    spheroids = [spheroid]
    method = .single
    pivot = spheroid.centre
    let frame = Frame(axis: spheroid.axis)
    let count = zone.setting.applicators
    guard count > 1, let spacing = zone.setting.spacing?.millimeters else {
      tracks = [[spheroid.centre]]
      return
    }
    let radius = spacing / (2 * sin(Double.pi / Double(count)))
    tracks = (0..<count).map { index in
      let turn = angle + 2 * Double.pi * Double(index) / Double(count)
      return [spheroid.centre + (frame.u * cos(turn) + frame.v * sin(turn)) * radius]
    }
  }

  /// Whether it is one zone as long as wide.
  var isBall: Bool { method == .single && spheroids.count == 1 && zone.along == zone.across }

  /// The same cover turned around its axis; `nil` where it may not be turned.
  func turned(by angle: Double) -> ZoneCover? {
    guard let pivot, let axis = spheroids.first?.axis else { return nil }
    if method == .single { return ZoneCover(cluster: zone, spheroids[0], turnedBy: angle) }
    func turned(_ p: SIMD3<Double>) -> SIMD3<Double> {
      let offset = p - pivot
      let along = axis * (offset * axis).sum()
      let across = offset - along
      let sideways = SIMD3(
        axis.y * across.z - axis.z * across.y, axis.z * across.x - axis.x * across.z,
        axis.x * across.y - axis.y * across.x)
      return pivot + along + across * cos(angle) + sideways * sin(angle)
    }
    let moved = spheroids.compactMap {
      Spheroid(centre: turned($0.centre), axis: axis, along: $0.along, across: $0.across)
    }
    let trackOf = spheroids.map { zone in
      tracks.firstIndex { track in track.contains { $0 == zone.centre } } ?? 0
    }
    return ZoneCover(zone: zone, spheroids: moved, method: method, trackOf: trackOf, pivot: pivot)
  }
}

/// Finds covers for one lesion and one direction of the applicator.
struct CoverSearch: Sendable {
  let surface: LesionSurface
  /// The direction the applicator advances in, of length one.
  let axis: SIMD3<Double>
  let limit: DeliveryLimit
  private let frame: Frame

  init(_ surface: LesionSurface, axis: SIMD3<Double>, limit: DeliveryLimit) {
    self.surface = surface
    self.axis = axis
    self.limit = limit
    frame = Frame(axis: axis)
  }

  /// The frame in which the zone is a ball: across the axis as it is, along it by the zone's proportion.
  private func scaled(_ p: SIMD3<Double>, _ zone: PlannedZone) -> SIMD3<Double> {
    SIMD3(
      (p * frame.u).sum(), (p * frame.v).sum(),
      (p * axis).sum() * zone.across.millimeters / zone.along.millimeters)
  }

  private func restored(_ q: SIMD3<Double>, _ zone: PlannedZone) -> SIMD3<Double> {
    frame.u * q.x + frame.v * q.y + axis * (q.z * zone.along.millimeters / zone.across.millimeters)
  }

  private func spheroid(_ q: SIMD3<Double>, _ zone: PlannedZone) -> Spheroid? {
    Spheroid(centre: restored(q, zone), axis: axis, along: zone.along, across: zone.across)
  }

  private func target(_ zone: PlannedZone, margin: Double) -> [SIMD3<Double>] {
    surface.offset(by: margin).map { scaled($0, zone) }
  }

  // MARK: One zone

  /// How closely a margin is told, in millimetres, and in how many rounds at most.
  private static let marginStep = 0.003
  private static let mostRounds = 24

  /// One zone where it leaves the greatest margin: the middle of the least ball around the surface moved outward.
  func single(_ zone: PlannedZone) -> (cover: ZoneCover, margin: Double)? {
    let radius = zone.across.millimeters
    let outer = surface.outermost
    func few(_ margin: Double) -> [SIMD3<Double>] {
      outer.map { scaled(surface.points[$0] + surface.normals[$0] * margin, zone) }
    }
    var low = -surface.field.reach.millimeters
    var high = radius
    // The greater the margin, the larger the ball, by about as much: each ball tells where the margin lies, and halving
    // helps where it does not.
    var guess = radius - EnclosingBall(few(0)).radius
    for round in 0..<Self.mostRounds {
      let margin = guess > low && guess < high ? guess : (low + high) / 2
      let missing = radius - EnclosingBall(few(margin)).radius
      if missing >= 0 { low = margin } else { high = margin }
      guard high - low > Self.marginStep, !(0...Self.marginStep).contains(missing) else { break }
      guess = round.isMultiple(of: 3) && round > 0 ? (low + high) / 2 : margin + missing
    }
    // The few outermost points tell it nearly; all of them settle it.
    var ball = EnclosingBall(target(zone, margin: low))
    for _ in 0..<6 where ball.radius > radius {
      low -= ball.radius - radius + 1e-4
      ball = EnclosingBall(target(zone, margin: low))
    }
    return spheroid(ball.centre, zone).map {
      (ZoneCover(cluster: zone, $0, turnedBy: 0), low)
    }
  }

  // MARK: Several

  /// Several zones that hold the lesion and a margin, told by closed forms: positions along one track, or a known layout;
  /// `nil` when neither does within the limits.
  func several(_ zone: PlannedZone, margin: Double) -> ZoneCover? {
    guard !isHopeless(zone, margin: margin) else { return nil }
    let points = target(zone, margin: margin)
    let best = pullBack(points, zone)
    guard let cover = layout(points, zone) else { return best }
    return cover.spheroids.count < best?.spheroids.count ?? .max ? cover : best
  }

  /// Fewer zones than so many that hold the lesion and a margin, found by the solver; `nil` when none was found.
  ///
  /// A ball is covered no better than by the known layouts: only what is longer or odder is worth the search.
  func solved(_ zone: PlannedZone, margin: Double, fewerThan count: Int) -> ZoneCover? {
    let most = min(limit.mostPositions, count - 1)
    guard most >= 2, !isRound(margin), !isHopeless(zone, margin: margin) else { return nil }
    let solver = CoverSolver(radius: zone.across.millimeters, limit: limit, most: most)
    let found = solver.cover(
      target(zone, margin: margin), inner: surface.inner.map { scaled($0.place, zone) })
    return found.map { found in
      ZoneCover(
        zone: zone, spheroids: found.compactMap { spheroid($0.centre, zone) }, method: .solver,
        trackOf: found.map(\.track))
    }
  }

  /// Whether so few zones can hold so much at all: by volume, and two or three equal balls hold no larger ball than one.
  private func isHopeless(_ zone: PlannedZone, margin: Double) -> Bool {
    // In the scaled frame the largest ball within shrinks at most by the zone's proportion.
    let ratio = min(1, zone.across.millimeters / zone.along.millimeters)
    let least = (inscribed + margin) * ratio / zone.across.millimeters
    return least > SphereCover.best(count: max(1, limit.mostPositions)).reach * 1.005
  }

  /// Whether the least ball around lesion and margin is hardly larger than the largest ball within them.
  private func isRound(_ margin: Double) -> Bool {
    EnclosingBall(surface.offset(by: margin)).radius <= 1.2 * (inscribed + margin)
  }

  /// The radius of the largest ball within the lesion, in millimetres.
  private var inscribed: Double { -(surface.inner.map(\.depth).min() ?? 0) }

  /// Positions along the one track through the middle of the lesion's shadow: as few as intervals allow, exactly.
  private func pullBack(_ points: [SIMD3<Double>], _ zone: PlannedZone) -> ZoneCover? {
    let radius = zone.across.millimeters
    let shadow = EnclosingBall(points.map { SIMD3($0.x, $0.y, 0) })
    guard shadow.radius < radius * 0.999 else { return nil }
    // A zone holds a point when its place along the track lies within this interval.
    let intervals = points.map { p -> (low: Double, high: Double) in
      let (x, y) = (p.x - shadow.centre.x, p.y - shadow.centre.y)
      let half = max(0, radius * radius - x * x - y * y).squareRoot()
      return (p.z - half, p.z + half)
    }.sorted { $0.high < $1.high }
    var places: [Double] = []
    for interval in intervals where places.last.map({ $0 < interval.low }) ?? true {
      places.append(interval.high)
    }
    guard places.count <= limit.mostPositions else { return nil }
    let centres = evened(places, intervals).map { SIMD3(shadow.centre.x, shadow.centre.y, $0) }
    let zones = centres.compactMap { spheroid($0, zone) }
    return ZoneCover(
      zone: zone, spheroids: zones, method: .pullBack, trackOf: zones.map { _ in 0 })
  }

  /// The stabbing points sit at the far ends of what they must hold: moved to the middle of what they may.
  private func evened(_ places: [Double], _ intervals: [(low: Double, high: Double)]) -> [Double] {
    var places = places
    for index in places.indices {
      var (low, high) = (-Double.infinity, Double.infinity)
      for interval in intervals {
        let isHeldElsewhere = places.enumerated().contains { other, place in
          other != index && place >= interval.low && place <= interval.high
        }
        guard !isHeldElsewhere else { continue }
        low = max(low, interval.low)
        high = min(high, interval.high)
      }
      if low.isFinite, high.isFinite, low <= high { places[index] = (low + high) / 2 }
    }
    return places
  }

  /// A known layout around the least ball.
  private func layout(_ points: [SIMD3<Double>], _ zone: PlannedZone) -> ZoneCover? {
    let radius = zone.across.millimeters
    let ball = EnclosingBall(points)
    guard let cover = SphereCover.fewest(covering: ball.radius / radius),
      cover.centres.count <= limit.mostPositions
    else { return nil }
    let centres = cover.centres.map { ball.centre + $0 * radius }
    let tracks = Self.tracks(centres)
    guard Set(tracks).count <= limit.mostApplicators || centres.count <= limit.mostPositions else {
      return nil
    }
    return ZoneCover(
      zone: zone, spheroids: centres.compactMap { spheroid($0, zone) }, method: .layout, trackOf: tracks,
      pivot: restored(ball.centre, zone))
  }

  /// Centres within a millimetre across the axis share a track.
  static func tracks(_ centres: [SIMD3<Double>]) -> [Int] {
    var found: [SIMD2<Double>] = []
    return centres.map { centre in
      let place = SIMD2(centre.x, centre.y)
      if let track = found.firstIndex(where: { (($0 - place) * ($0 - place)).sum() < 1 }) { return track }
      found.append(place)
      return found.count - 1
    }
  }
}
