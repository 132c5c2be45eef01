// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

@testable import Ablation

@Suite("Ways through the lung")
struct LungPathTests {
  /// A trunk with one lung: a box of it under a flat front wall 30 mm thick, in two lobes.
  private func scene(
    lesionAt: SIMD3<Double>, radius: Double = 5, more: [Structure] = []
  ) throws -> Scene {
    let body = try Body.box(SIMD3(-100, -100, -90), SIMD3(100, 100, 90))
    let lung = try Body.box(SIMD3(-60, -70, -80), SIMD3(60, 60, 80))
    let upper = try Body.box(SIMD3(-60, -70, 0), SIMD3(60, 60, 80))
    let lower = try Body.box(SIMD3(-60, -70, -80), SIMD3(60, 60, 0))
    return Scene(
      structures: [
        Body.structure("External", body), Body.structure("Lung_R", lung), Body.structure("Lung_RUL", upper),
        Body.structure("Lung_RLL", lower),
      ] + more, lesion: try Body.ball(lesionAt, radius: radius))
  }

  private func traced(_ scene: Scene, outward: SIMD3<Double>) throws -> NeedlePath {
    let parameters = try Scene.parameters
    let space = try #require(
      try NeedleSpace(
        body: scene.structures[0].solid, scene.structures, limits: parameters.pathLimits,
        around: [scene.lesion.centroid ?? .zero],
        farthest: 250))
    let search = PathSearch(space, parameters)
    let setting = search.setting(
      PathSearch.Request(
        target: scene.lesion.centroid ?? .zero, beyond: 0, margin: 5,
        lesion: try #require(LesionSurface(scene.lesion, reach: .millimeters(12))), site: .lung,
        home: ["Lung_R", "Lung_RUL", "Lung_RLL"], lengths: [120, 200], radius: 1, sigma: 2,
        positions: PatientPosition.allCases, directions: []))
    let tracer = PathTracer(search: search, setting: setting)
    return tracer.path(outward, tracer.trace(outward: outward))
  }

  @Test("aerated lung, punctures and the angle to the pleura are closed form", arguments: [0.0, 0.3, 0.6])
  func straight(angle: Double) throws {
    let scene = try scene(lesionAt: SIMD3(0, -20, 40))
    let outward = SIMD3(sin(angle), -cos(angle), 0)
    let path = try traced(scene, outward: outward)
    #expect(abs(path.depth.millimeters - 80 / cos(angle)) < 0.3)
    // 50 mm of lung before the lesion's middle, less its radius.
    #expect(abs(path.aeratedLung.millimeters - (50 / cos(angle) - 5)) < 1.2)
    #expect(path.pleuralPunctures == 1)
    #expect(path.fissures.isEmpty)
    let met = try #require(path.surfaceAngleDegrees)
    #expect(abs(met - (90 - angle * 180 / .pi)) < 2)
    #expect(!path.entersPleuraInZone)
  }

  @Test("a way from the other lobe crosses the fissure and names it")
  func fissure() throws {
    let scene = try scene(lesionAt: SIMD3(0, -20, 25))
    let d = SIMD3(0, -50, -45) / length(SIMD3(0, -50, -45))
    let path = try traced(scene, outward: d)
    #expect(path.fissures == ["RLL–RUL"])
    #expect(path.costs[.fissure] == 2.38)
    #expect(try traced(scene, outward: SIMD3(0, -1, 0)).fissures.isEmpty)
    // The best way stays in its lobe.
    let best = try #require(try scene.proposal()?.applicators.first?.path)
    #expect(best.fissures.isEmpty)
  }

  @Test("a lesion at the pleura: the pleura is entered once, within the zone")
  func atThePleura() throws {
    let scene = try scene(lesionAt: SIMD3(0, -66, 40), radius: 5)
    let path = try traced(scene, outward: SIMD3(0, -1, 0))
    #expect(path.pleuralPunctures == 1)
    #expect(path.entersPleuraInZone)
    #expect(path.aeratedLung.millimeters < 1.5)
    let proposal = try #require(try scene.proposal())
    #expect(proposal.reachesPleura == true)
  }

  @Test("the rib cage: every way passes between ribs, and those below an edge are told")
  func ribCage() throws {
    let ribs = try (0..<6).map { index -> Structure in
      let z = -75 + 30 * Double(index)
      return Body.structure(
        "Rib0\(index + 1)_R", try Body.box(SIMD3(-80, -84, z), SIMD3(80, -76, z + 12), step: 1))
    }
    let scene = try scene(lesionAt: SIMD3(0, -20, 40), more: ribs)
    let proposal = try #require(try scene.proposal { $0.positions = [.supine] })
    #expect((proposal.search.refusals[.crosses(.rib)] ?? 0) > 100)
    for applicator in proposal.applicators + proposal.alternatives {
      let path = applicator.path
      guard abs(path.direction.y) > 0.3 else { continue }
      let s = (-80 - path.entry.y) / path.direction.y
      guard s > 0 else { continue }
      let at = path.entry + path.direction * s
      guard abs(at.x) < 80 else { continue }
      // The place within its intercostal space: ribs are 12 mm high, 30 mm apart.
      let within = (at.z + 75).truncatingRemainder(dividingBy: 30)
      #expect(within > 12 + 2.4 && within < 30 - 2.4, "\(at)")
    }
    // Just above a rib's upper edge, and just below one's lower edge.
    let above = try traced(scene, outward: SIMD3(0, -1, 0), at: SIMD3(0, -20, 15 + 12 + 5), ribs)
    #expect(!above.isBelowRib)
    let below = try traced(scene, outward: SIMD3(0, -1, 0), at: SIMD3(0, -20, 45 - 5), ribs)
    #expect(below.isBelowRib)
  }

  private func traced(
    _ scene: Scene, outward: SIMD3<Double>, at place: SIMD3<Double>, _ more: [Structure]
  ) throws -> NeedlePath {
    try traced(try self.scene(lesionAt: place, more: more), outward: outward)
  }

  @Test("a vessel on the way is named, a bulla counted, and both cost")
  func vesselAndBulla() throws {
    let vessel = Body.structure(
      "PulmonaryVessels", try Body.cylinder(SIMD2(0, -45), radius: 2.5, from: 0, to: 80))
    let bulla = Body.structure("Bulla", try Body.ball(SIMD3(20, -50, 40), radius: 9))
    let scene = try scene(lesionAt: SIMD3(0, -20, 40), more: [vessel, bulla])
    #expect(try traced(scene, outward: SIMD3(0, -1, 0)).vessels == ["PulmonaryVessels"])
    let d = SIMD3(20.0, -30, 0) / length(SIMD3(20, -30, 0))
    let through = try traced(scene, outward: d)
    #expect(through.bullae == 1)
    #expect(through.vessels.isEmpty)
    let best = try #require(try scene.proposal()?.applicators.first?.path)
    #expect(best.vessels.isEmpty)
    #expect(best.bullae == 0)
  }

  @Test("with only length, obliquity and angle to weigh, the best way is that of a slow exhaustive search")
  func exhaustive() throws {
    let heart = Body.structure("Heart", try Body.box(SIMD3(-20, -66, 20), SIMD3(10, -52, 70)))
    let scene = try scene(lesionAt: SIMD3(0, -20, 40), more: [heart])
    var options = AblationOptions()
    options.candidates = 4000
    let proposal = try #require(try scene.proposal { $0 = options })
    let best = try #require(proposal.applicators.first?.path)
    // The reference: every direction, marched in steps of a quarter of a millimetre on the contours themselves.
    let target = (proposal.zones[0].centre)
    let beyond = proposal.zone.middleBehindTip.millimeters
    let body = scene.structures[0].solid
    let prepared = PreparedSolid(heart.solid)
    var least = Double.infinity
    for outward in Directions.even(4000) {
      var s = 0.0
      while body.contains(target + outward * s) { s += 0.25 }
      let entry = target + outward * s
      guard abs(entry.z) < 89.5, s + beyond <= 250 else { continue }
      let near = prepared.clearance(ofSegment: entry, target - outward * beyond)
      let depthFromTarget = length(near.place - target)
      let gap = near.distance.millimeters - 1
      guard near.distance > .millimeters(1), depthFromTarget <= 10.2 || gap >= 5 else { continue }
      let cost = slowCost(entry, outward, s, beyond, target, scene, gap)
      least = min(least, cost)
    }
    // Both are ranked by the same written-down costs; the fields' reading may differ by a little.
    #expect(best.costs.sum <= least + 0.12)
    #expect(best.costs.sum >= least - 0.12)
  }

  /// The protocol's costs by hand: length, obliquity, aerated lung, puncture, fissure, angle, uncharted tissue, safety.
  private func slowCost(
    _ entry: SIMD3<Double>, _ outward: SIMD3<Double>, _ exit: Double, _ beyond: Double,
    _ target: SIMD3<Double>,
    _ scene: Scene, _ gap: Double
  ) -> Double {
    let lung = scene.structures[1].solid
    let (upper, lower) = (scene.structures[2].solid, scene.structures[3].solid)
    let heart = PreparedSolid(scene.structures[4].solid)
    var aerated = 0.0
    var uncharted = 0.0
    var punctures = 0
    var lobe = ""
    var fissures = 0
    var wasInside = false
    var clear = 64.0
    var pleuraAt: Double?
    let step = 0.25
    for index in 0..<Int((exit + beyond) / step) {
      let s = exit - (Double(index) + 0.5) * step
      let p = target + outward * s
      let isLesion = length(p - target) < 5
      let inside = lung.contains(p)
      if inside, !isLesion { aerated += step }
      if !inside { uncharted += step }
      if inside, !wasInside {
        punctures += 1
        pleuraAt = pleuraAt ?? s
      }
      if inside {
        let here = upper.contains(p) ? "u" : (lower.contains(p) ? "l" : lobe)
        if !lobe.isEmpty, here != lobe { fissures += 1 }
        lobe = here
      }
      wasInside = inside
      if index.isMultiple(of: 4) {
        let share = max(0.02, min(1, (exit - s) / exit))
        clear = min(clear, max(0, heart.distance(to: p, below: .millimeters(17)).millimeters - 1) / share)
      }
    }
    var met = 0.0
    if let pleuraAt {
      // The lung is a box: the face nearest the puncture has its normal along one axis.
      let p = target + outward * pleuraAt
      let (low, high) = (lung.bounds.low, lung.bounds.high)
      let gaps = [
        abs(p.x - low.x), abs(p.x - high.x), abs(p.y - low.y), abs(p.y - high.y), abs(p.z - low.z),
        abs(p.z - high.z),
      ]
      let face = (gaps.firstIndex(of: gaps.min() ?? 0) ?? 0) / 2
      met = 1 - abs(outward[face])
    }
    let chance = 1 - exp(-clear * clear / 32)
    let inZone = pleuraAt.map { abs($0) < 10 } ?? false
    var cost = 0.35 * Double(punctures) + 2.38 * Double(fissures) + 0.87 * aerated / 30
    cost += 0.25 * (exit + beyond) / 50 + 0.5 * uncharted / 50
    cost += 0.8 * asin(abs(outward.z)) * 180 / .pi / 30 + 0.3 * met
    return cost + (inZone ? 2.32 : 0) - 2 * log(max(1e-6, chance))
  }
}
