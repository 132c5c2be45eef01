// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Evidence
import Foundation
import Quantities
import Testing
import Vocabulary

@testable import Ablation

@Suite("Zones and what they hold")
struct ZoneTests {
  @Test(
    "the distance to a spheroid is the least distance to its surface",
    arguments: [(12.0, 8.0), (7, 15), (9, 9)])
  func spheroidDistance(half: (Double, Double)) throws {
    var seed = Seeded(state: 7)
    let axis = seed.direction()
    let zone = try #require(
      Spheroid(
        centre: SIMD3(3, -2, 5), axis: axis, along: .millimeters(half.0), across: .millimeters(half.1)))
    let frame = Frame(axis: zone.axis)
    let surface = Directions.even(60_000).map { d in
      zone.centre + zone.axis * (d.z * half.0) + (frame.u * d.x + frame.v * d.y) * half.1
    }
    for _ in 0..<60 {
      let point = zone.centre + seed.direction() * (seed.unit() * 30)
      let nearest = surface.map { length($0 - point) }.min() ?? 0
      let found = zone.signedDistance(to: point)
      // The reference lies on a lattice of 0.2 mm.
      #expect(abs(abs(found) - nearest) < 0.05, "\(point)")
      #expect(abs(length(zone.foot(of: point) - point) - abs(found)) < 1e-6)
      #expect((found < 0) == zone.contains(point))
    }
    #expect(zone.signedDistance(to: zone.centre) == -min(half.0, half.1))
  }

  @Test("the solid of zones has their volume, overlapping zones the lens less")
  func unionVolume() throws {
    func ball(_ x: Double) throws -> Spheroid {
      try #require(
        Spheroid(
          centre: SIMD3(x, 1, 2), axis: SIMD3(0.6, 0, 0.8), along: .millimeters(10), across: .millimeters(10))
      )
    }
    let one = try Solid(unionOf: [ball(0)], spacing: .millimeters(0.5))
    #expect(abs(one.volume.cubicCentimeters - 4.18879) < 0.01)
    let two = try Solid(unionOf: [ball(0), ball(8)], spacing: .millimeters(0.5))
    // Lens of two balls of radius r at a distance d: π (2r − d)² (d² + 4dr) / (12 d).
    let lens = Double.pi * 144 * (64 + 320) / 96 / 1000
    #expect(abs(two.volume.cubicCentimeters - (2 * 4.18879 - lens)) < 0.02)
    let tilted = try #require(
      Spheroid(centre: .zero, axis: SIMD3(1, 2, 3), along: .millimeters(15), across: .millimeters(9)))
    let solid = try Solid(unionOf: [tilted], spacing: .millimeters(0.5))
    #expect(abs(solid.volume.cubicCentimeters - tilted.volume.cubicCentimeters) < 0.02)
    // Sections agree with the solid they are sections of.
    var seed = Seeded(state: 3)
    for _ in 0..<400 {
      let p = seed.direction() * (seed.unit() * 16)
      guard abs(tilted.signedDistance(to: p)) > 0.5 else { continue }
      #expect(solid.contains(p) == tilted.contains(p))
    }
  }

  @Test("the least ball around points is that of the best four of them")
  func enclosingBall() {
    var seed = Seeded(state: 11)
    for _ in 0..<40 {
      let points = (0..<9).map { _ in SIMD3(seed.normal() * 10, seed.normal() * 6, seed.normal() * 14) }
      let ball = EnclosingBall(points)
      #expect(points.allSatisfy { length($0 - ball.centre) <= ball.radius + 1e-7 })
      // No ball is smaller: the middle cannot move anywhere without some point falling out.
      for step in [0.5, 0.05, 0.005] {
        for direction in Directions.even(60) {
          let moved = ball.centre + direction * step
          #expect((points.map { length($0 - moved) }.max() ?? 0) > ball.radius - 1e-9)
        }
      }
    }
    #expect(EnclosingBall([SIMD3(1, 2, 3)]).radius == 0)
    #expect(abs(EnclosingBall([SIMD3(0, 0, 0), SIMD3(4, 0, 0), SIMD3(2, 0, 0)]).radius - 2) < 1e-9)
  }

  @Test(
    "margins of a ball in a ball are closed form, wherever it lies",
    arguments: [(0.0, 7.0), (2.5, 4.5), (9, -2)])
  func ballInBall(shift: Double, least: Double) throws {
    let lesion = try Body.ball(.zero, radius: 6, step: 0.5)
    let surface = try #require(LesionSurface(lesion, reach: .millimeters(12)))
    let zone = try #require(
      Spheroid(
        centre: SIMD3(0.6, 0.8, 0) * shift, axis: SIMD3(0, 0, 1), along: .millimeters(13),
        across: .millimeters(13)))
    let map = try #require(MarginMap(surface, zones: [zone]))
    #expect(abs(map.minimum.millimeters - least) < 0.12)
    if shift > 0 {
      // It is least on the far side.
      let place = map.place / length(map.place)
      #expect((place * SIMD3(0.6, 0.8, 0)).sum() < -0.9)
    }
  }

  @Test("margins of overlapping zones are the distance to their common outside")
  func marginOfUnion() throws {
    let lesion = try Body.ellipsoid(.zero, SIMD3(11, 5, 5), step: 0.5)
    let surface = try #require(LesionSurface(lesion, reach: .millimeters(12)))
    let zones = try [-9.0, 0, 9].map { x in
      try #require(
        Spheroid(
          centre: SIMD3(x, 0, 0), axis: SIMD3(0, 0, 1), along: .millimeters(14), across: .millimeters(12)))
    }
    let map = try #require(MarginMap(surface, zones: zones))
    // The slow way: march outward in many directions until no zone holds the point.
    func margin(_ p: SIMD3<Double>) -> Double {
      var least = Double.infinity
      for d in Directions.even(2500) {
        var s = 0.0
        while s < least, zones.contains(where: { $0.contains(p + d * s) }) { s += 0.05 }
        least = min(least, s)
      }
      return least
    }
    for index in stride(from: 0, to: map.points.count, by: map.points.count / 25) {
      #expect(abs(map.margins[index] - margin(map.points[index])) < 0.3, "\(map.points[index])")
    }
  }
}

@Suite("Covers")
struct CoverTests {
  /// N equal balls to the largest ball they cover together: derived table of the evidence, outer count to factor.
  @Test(
    "covers of balls reach the derived table up to eight and twelve balls",
    arguments: [(1, 1.0), (4, 1.0607), (5, 1.118), (6, 1.2247), (8, 1.3427), (13, 1.647)])
  func oracleTable(count: Int, factor: Double) {
    let cover = SphereCover.best(count: count)
    #expect(cover.centres.count <= count)
    #expect(cover.reach >= factor - 5e-4)
    // Independent sampling: every point of the ball lies in one of them, and just beyond some do not.
    var seed = Seeded(state: UInt64(count))
    func holds(_ p: SIMD3<Double>) -> Bool { cover.centres.contains { length($0 - p) <= 1 + 1e-9 } }
    for _ in 0..<60_000 {
      let direction = seed.direction()
      #expect(holds(direction * (cover.reach * (1 - 1e-9))))
      #expect(holds(direction * (cover.reach * cbrt(seed.unit()))))
    }
    var isTight = count == 1
    for _ in 0..<60_000 where !isTight { isTight = !holds(seed.direction() * (cover.reach * 1.01)) }
    #expect(isTight || count == 1)
  }

  @Test("two or three balls cover no larger ball than one")
  func twoOrThree() {
    #expect(SphereCover.best(count: 3).reach == 1)
    #expect(SphereCover.fewest(covering: 1.0001)?.centres.count == 4)
    #expect(SphereCover.fewest(covering: 1)?.centres.count == 1)
    #expect(SphereCover.fewest(covering: 5) == nil)
  }

  @Test(
    "the largest tumour for devices of 3, 4 and 5 cm with 1 cm of margin is the table's",
    arguments: [
      (4, [1.18, 2.24, 3.30]), (5, [1.35, 2.47, 3.59]), (6, [1.67, 2.90, 4.12]), (8, [2.03, 3.37, 4.71]),
    ])
  func largestTumour(count: Int, tumours: [Double]) {
    for (device, tumour) in zip([3.0, 4, 5], tumours) {
      #expect(SphereCover.best(count: count).reach * device - 2 >= tumour - 0.006)
    }
  }

  @Test(
    "pull-back of a cylinder: as many balls as the formula says hold it, one fewer does not",
    arguments: [8.0, 24, 41, 60])
  func pullBack(long: Double) throws {
    let (radius, zone) = (7.0, 11.0)
    let count = try #require(PullBack.count(length: long, radius: radius, zone: zone))
    func holds(_ n: Int) -> Bool {
      let each = long / Double(n)
      let centres = (0..<n).map { -long / 2 + (Double($0) + 0.5) * each }
      return stride(from: -long / 2, through: long / 2, by: 0.05).allSatisfy { z in
        centres.contains { (z - $0) * (z - $0) + radius * radius <= zone * zone + 1e-9 }
      }
    }
    #expect(holds(count))
    #expect(count == 1 || !holds(count - 1))
    #expect(PullBack.count(length: 10, radius: 12, zone: 11) == nil)
  }

  private func zones(_ short: Double, long: Double) throws -> [RankedZone] {
    let setting = ZoneSetting(id: "s", long: .millimeters(long), short: .millimeters(short), pastTip: .zero)
    let device = AblationDevice(
      id: "d", name: "d", energy: .microwave, basis: .clinical, tissue: "liver", derating: 1, lengths: [],
      diameter: .millimeters(2), settings: [setting], mark: .verified, sources: ["x"], isShipped: false)
    return [RankedZone(zone: try #require(PlannedZone(device, setting, isotherm: .minus20)), tier: 0)]
  }

  private func chooser(_ lesion: Solid, _ zones: [RankedZone], positions: Int) throws -> ZoneChooser {
    ZoneChooser(
      surface: try #require(LesionSurface(lesion, reach: .millimeters(12))), zones: zones,
      delivery: DeliveryLimit(sites: [], mostApplicators: 4, mostPositions: positions, sources: []),
      margin: MarginGoal(hard: .millimeters(5), goal: .millimeters(10), sources: []))
  }

  @Test(
    "random ellipsoids: what is said to be held with 5 mm is held, by independent sampling", arguments: 0..<14
  )
  func randomEllipsoids(number: Int) throws {
    var seed = Seeded(state: UInt64(100 + number))
    let half = SIMD3(4 + 9 * seed.unit(), 4 + 9 * seed.unit(), 4 + 13 * seed.unit())
    let centre = SIMD3(seed.normal(), seed.normal(), seed.normal())
    let lesion = try Body.ellipsoid(centre, half)
    let axis = seed.direction()
    let choice = try #require(
      try chooser(lesion, zones(28, long: 34), positions: 8).cover(along: axis))
    guard choice.standing != .insufficient else {
      // Only what is too large for eight of them may be given up.
      #expect(half.max() + 5 > 14)
      return
    }
    // Points of lesion and margin: a point of the ellipsoid and up to 5 mm from it.
    for _ in 0..<20_000 {
      let inner = seed.direction() * half * cbrt(seed.unit())
      let p = centre + inner + seed.direction() * (5 * cbrt(seed.unit()))
      let level = choice.cover.spheroids.map { $0.level(p) }.min() ?? .infinity
      // Contours are polygons on planes a millimetre apart.
      #expect(level <= 1.03, "\(p) \(level)")
    }
    #expect(choice.cover.spheroids.count <= 8)
  }

  @Test("one zone suffices exactly when the ball fits")
  func singleAtTheEdge() throws {
    for (diameter, suffices) in [(17.6, true), (18.4, false)] {
      let lesion = try Body.ball(.zero, radius: diameter / 2, step: 0.5)
      let choice = try #require(
        try chooser(lesion, zones(28, long: 28), positions: 1).cover(along: SIMD3(0, 1, 0)))
      #expect((choice.standing == .hard) == suffices, "\(diameter)")
    }
  }

  @Test("a long lesion is held by pulling back along its axis, as few times as the formula allows")
  func longLesion() throws {
    let lesion = try Body.cylinder(.zero, radius: 5, from: -22, to: 22, step: 1)
    let choice = try #require(
      try chooser(lesion, zones(26, long: 26), positions: 8).cover(along: SIMD3(0, 0, 1)))
    #expect(choice.standing == .hard)
    #expect(choice.cover.tracks.count == 1)
    // With the margin a capsule: between the bare cylinder's count and that of the cylinder grown all round.
    let bare = try #require(PullBack.count(length: 44, radius: 10, zone: 13))
    let grown = try #require(PullBack.count(length: 54, radius: 10, zone: 13))
    #expect((bare...grown).contains(choice.cover.spheroids.count))
  }
}
