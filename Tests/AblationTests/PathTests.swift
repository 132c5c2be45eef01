// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Eligibility
import Evidence
import Facts
import Foundation
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

@testable import Ablation

@Suite("Straight ways from the skin")
struct PathTests {
  /// A round body with a lesion of 10 mm in its middle, all of it soft tissue.
  private func scene(
    _ structures: [Structure] = [], radius: Double = 80, centre: SIMD3<Double> = .zero,
    lesionAt: SIMD3<Double> = .zero
  ) throws -> Scene {
    let body = try Body.cylinder(
      SIMD2(centre.x, centre.y), radius: radius, from: centre.z - 120, to: centre.z + 120)
    return Scene(
      structures: [Body.structure("External", body)] + structures,
      lesion: try Body.ball(lesionAt + centre, radius: 5), site: .liver)
  }

  private func shell(
    _ name: String, inner: Double, outer: Double,
    window: (angle: Double, half: Double, low: Double, high: Double)?
  ) throws -> Structure {
    let solid = try Body.stack(-110, 110) { z in
      let ring = Region(nesting: [
        Region.ellipse(centre: .zero, semiAxes: SIMD2(outer, outer), corners: 180).rings[0],
        Region.ellipse(centre: .zero, semiAxes: SIMD2(inner, inner), corners: 180).rings[0],
      ])
      guard let window, z > window.low, z < window.high else { return ring }
      // A wedge cut out of the ring.
      let wedge = [0.0, -window.half, window.half].enumerated().map { index, turn in
        index == 0
          ? SIMD2(0.0, 0)
          : SIMD2(cos(window.angle + turn), sin(window.angle + turn)) * 400
      }
      guard let contour = try? Contour(wedge),
        let cut = try? ring.subtracting(Region(nesting: [contour]))
      else { return ring }
      return cut
    }
    return Body.structure(name, solid)
  }

  /// Every direction has length one and the same depth in a ball-like middle; angles are exact.
  @Test("length, entry and angle of a way in a plain round body are closed form")
  func plainBody() throws {
    let scene = try scene(lesionAt: SIMD3(20, 0, 0))
    let proposal = try #require(try scene.proposal())
    let path = try #require(proposal.applicators.first?.path)
    // Entry lies on the cylinder of 80 mm.
    #expect(abs(length(SIMD3(path.entry.x, path.entry.y, 0)) - 80) < 0.3)
    #expect(abs(length(path.tip - path.entry) - path.depth.millimeters) < 1e-9)
    #expect(length(path.entry + path.direction * path.depth.millimeters - path.tip) < 1e-9)
    // Nothing in the way: the best is the shortest, straight to the nearest skin, in the axial plane.
    let beyond = proposal.zone.middleBehindTip.millimeters
    #expect(abs(path.depth.millimeters - (60 + beyond)) < 1.5)
    #expect(path.obliquityDegrees < 3)
    #expect(path.direction.x < -0.99)
    #expect(path.pleuralPunctures == 0)
    let angles = path.angles(in: .supine)
    #expect(abs(angles.fromVerticalDegrees - 90) < 4)
    #expect(angles.lean == .right)
  }

  @Test("angles at the scanner: straight down is zero in every position, the sides have names")
  func scannerAngles() {
    func path(_ d: SIMD3<Double>) -> NeedlePath {
      NeedlePath(
        entry: .zero, tip: d * 50, direction: d, depth: .millimeters(50), positions: [.supine],
        uncharted: .zero,
        aeratedLung: .zero, pleuralPunctures: 0, fissures: [], bullae: 0, vessels: [],
        surfaceAngleDegrees: nil,
        obliquityDegrees: 0, isBelowRib: false, entersPleuraInZone: false, clearRadius: .zero,
        costs: PathCosts())
    }
    #expect(path(SIMD3(0, 1, 0)).angles(in: .supine).fromVerticalDegrees < 1e-9)
    #expect(path(SIMD3(0, -1, 0)).angles(in: .prone).fromVerticalDegrees < 1e-9)
    #expect(path(SIMD3(1, 0, 0)).angles(in: .leftLateral).fromVerticalDegrees < 1e-9)
    #expect(path(SIMD3(-1, 0, 0)).angles(in: .rightLateral).fromVerticalDegrees < 1e-9)
    let slanting = path(SIMD3(sin(0.3), cos(0.3), 0)).angles(in: .supine)
    #expect(abs(slanting.fromVerticalDegrees - 0.3 * 180 / .pi) < 1e-9)
    #expect(slanting.lean == .left)
    #expect(path(SIMD3(-sin(0.3), cos(0.3), 0)).angles(in: .supine).lean == .right)
    #expect(path(SIMD3(1, 0, 0)).angles(in: .supine).fromVerticalDegrees == 90)
    let up = path(SIMD3(0, cos(0.2), sin(0.2))).angles(in: .supine)
    #expect(abs(up.towardsHeadDegrees - 0.2 * 180 / .pi) < 1e-9)
    let lateral = path(SIMD3(cos(0.3), sin(0.3), 0)).angles(in: .leftLateral)
    #expect(lateral.lean == .back)
  }

  @Test("a shell of bone with one window: every way goes through the window, without it there is none")
  func oneWindow() throws {
    let window = (angle: -0.9, half: 0.2, low: -12.0, high: 14.0)
    let open = try scene([shell("Bone", inner: 50, outer: 58, window: window)])
    let proposal = try #require(try open.proposal())
    #expect(proposal.search.feasible > 0)
    #expect(proposal.search.feasible < 300)
    for applicator in proposal.applicators + proposal.alternatives {
      let path = applicator.path
      // Where it passes the shell.
      let at = path.entry + path.direction * (length(path.entry - path.tip) - 54 - 11)
      let angle = atan2(at.y, at.x)
      #expect(abs(angle - window.angle) < window.half)
      #expect(at.z > window.low && at.z < window.high)
      #expect(applicator.clearances.allSatisfy { $0.role != .bone || $0.distance >= .millimeters(1.5) })
    }
    #expect((proposal.search.refusals[.crosses(.bone)] ?? 0) > 8000)
    let closed = try scene([shell("Bone", inner: 50, outer: 58, window: nil)])
    let none = try #require(try closed.proposal())
    #expect(none.applicators.isEmpty)
    #expect(none.search.feasible == 0)
    #expect(none.facts[.planned(.needlePath, .microwave)].knowledge == .known(.word("none")))
    // Some directions leave through the ends of the images, where nobody knows: an estimate, which never excludes.
    #expect(none.facts[.planned(.needlePath, .microwave)].origin == .estimated)
  }

  @Test("a narrow window that only the limit of distance closes is told as near, not as none")
  func nearOnly() throws {
    // 3 mm wide: a needle of 2 mm goes through, but not with 2 mm to either side.
    let window = (angle: -1.57, half: 0.045, low: -40.0, high: 40.0)
    let scene = try scene([shell("Bone", inner: 52, outer: 56, window: window)])
    let proposal = try #require(try scene.proposal { $0.candidates = 60_000 })
    #expect(proposal.search.feasible == 0)
    #expect(proposal.search.isNear)
    #expect(proposal.facts[.planned(.needlePath, .microwave)].knowledge == .known(.word("near")))
    #expect(proposal.applicators.allSatisfy { $0.clearances.first.map { $0.distance > .zero } ?? true })
  }

  @Test("a hidden box between target and nearest skin is gone around")
  func hiddenBox() throws {
    let box = Body.structure("Heart", try Body.box(SIMD3(34, -12, -12), SIMD3(46, 12, 12)))
    let scene = try scene([box], lesionAt: SIMD3(20, 0, 0))
    let proposal = try #require(try scene.proposal())
    let path = try #require(proposal.applicators.first?.path)
    #expect((proposal.search.refusals[.crosses(.heart)] ?? 0) > 0)
    let clearance = try #require(proposal.applicators.first?.clearances.first { $0.role == .heart })
    #expect(clearance.distance >= .millimeters(4.5))
    // By sampling: no point of the way lies in or within 5 mm of the box, beyond the zone.
    for s in stride(from: 0.0, through: path.depth.millimeters - 25, by: 0.5) {
      let p = path.entry + path.direction * s
      let gap = pointwiseMax(
        pointwiseMax(SIMD3(34, -12, -12) - p, p - SIMD3(46, 12, 12)), SIMD3<Double>.zero)
      #expect(length(gap) > 5.4)
    }
  }

  @Test("exact length: an applicator a little longer than the way does, one a little shorter does not")
  func exactLength() throws {
    for (length, does) in [(66.0, true), (59.0, false)] {
      let device = AblationDevice(
        id: "own", name: "own", energy: .microwave, basis: .clinical, tissue: "liver", derating: 1,
        lengths: [.millimeters(length)], diameter: .millimeters(2),
        settings: [
          ZoneSetting(id: "s", long: .millimeters(24), short: .millimeters(24), pastTip: .millimeters(10))
        ], mark: .verified, sources: ["own"], isShipped: false)
      var parameters = try Scene.parameters
      parameters.devices = [device]
      let proposal = try #require(try scene(lesionAt: SIMD3(20, 0, 0)).proposal(.microwave, parameters))
      // 60 mm to the skin and 2 mm from the zone's middle to the tip.
      #expect(proposal.applicators.isEmpty != does, "\(length)")
      if !does {
        #expect(proposal.search.refusals[.tooLong] == proposal.search.tried - beyondImages(proposal))
      }
    }
  }

  private func beyondImages(_ proposal: AblationProposal) -> Int {
    proposal.search.refusals[.beyondImages] ?? 0
  }

  @Test("the table closes ways from below in one position, and prone opens them")
  func table() throws {
    // Only from the back: a wall before and beside the lesion.
    let wall = try Body.stack(-110, 110) { _ in
      let ring = Region(nesting: [
        Region.ellipse(centre: .zero, semiAxes: SIMD2(60, 60), corners: 90).rings[0],
        Region.ellipse(centre: .zero, semiAxes: SIMD2(52, 52), corners: 90).rings[0],
      ])
      return (try? ring.intersection(Region.rectangle(low: SIMD2(-90, -90), high: SIMD2(90, 36)))) ?? ring
    }
    let scene = try scene([Body.structure("Bone", wall)])
    let supine = try #require(try scene.proposal { $0.positions = [.supine] })
    #expect(supine.applicators.isEmpty)
    #expect((supine.search.refusals[.table] ?? 0) > 500)
    let any = try #require(try scene.proposal())
    let path = try #require(any.applicators.first?.path)
    #expect(path.positions.first != .supine)
    #expect(path.positions.contains(.prone))
    #expect(path.direction.y < -0.5)
  }

  @Test("a way through the end of the images is no way")
  func beyondImages() throws {
    let body = try Body.cylinder(.zero, radius: 150, from: -30, to: 30)
    let scene = Scene(
      structures: [Body.structure("External", body)], lesion: try Body.ball(.zero, radius: 5), site: .liver)
    let proposal = try #require(try scene.proposal())
    #expect((proposal.search.refusals[.beyondImages] ?? 0) > 5000)
    for applicator in proposal.applicators + proposal.alternatives {
      #expect(abs(applicator.path.entry.z) < 30)
      #expect(abs(length(SIMD3(applicator.path.entry.x, applicator.path.entry.y, 0)) - 150) < 0.5)
    }
  }

  @Test("moving the patient moves the plan with it, and changes nothing else")
  func rigidMove() throws {
    let shift = SIMD3(113.7, -41.3, 57.9)
    let box = try Body.box(SIMD3(34, -12, -12), SIMD3(46, 12, 12))
    let still = try scene([Body.structure("Heart", box)], lesionAt: SIMD3(20, 3, 1))
    var moved = still
    moved.structures = try still.structures.map {
      Body.structure($0.sourceName, try $0.solid.moved(by: shift))
    }
    moved.lesion = try still.lesion.moved(by: shift)
    let (a, b) = (try #require(try still.proposal()), try #require(try moved.proposal()))
    let (p, q) = (try #require(a.applicators.first?.path), try #require(b.applicators.first?.path))
    #expect(length(q.entry - p.entry - shift) < 0.05)
    #expect(length(q.tip - p.tip - shift) < 0.05)
    #expect(abs(a.search.feasible - b.search.feasible) <= 3)
    #expect(abs(a.coverage.map.minimum.millimeters - b.coverage.map.minimum.millimeters) < 0.01)
    #expect(a.zones.count == b.zones.count)
  }

  @Test("ways within the axial plane cost nothing for obliquity, and are found")
  func axial() throws {
    let proposal = try #require(try scene(lesionAt: SIMD3(20, 0, 0)).proposal())
    let path = try #require(proposal.applicators.first?.path)
    #expect(path.costs[.obliquity] <= 0.08)
    #expect(path.costs[.obliquity] == path.obliquityDegrees / 30 * 0.8)
  }

  @Test("an arm beside the trunk is met again outside the skin and refused")
  func arm() throws {
    let trunkAndArm = try Body.stack(-120, 120) { _ in
      (try? Region.ellipse(centre: .zero, semiAxes: SIMD2(60, 60), corners: 90).union(
        Region.ellipse(centre: SIMD2(95, 0), semiAxes: SIMD2(20, 20), corners: 60))) ?? .empty
    }
    let scene = Scene(
      structures: [Body.structure("External", trunkAndArm)],
      lesion: try Body.ball(SIMD3(20, 0, 0), radius: 5),
      site: .liver)
    let proposal = try #require(try scene.proposal())
    #expect((proposal.search.refusals[.meetsBodyAgain] ?? 0) > 100)
    for applicator in proposal.applicators + proposal.alternatives {
      let d = -applicator.path.direction
      // Beyond the skin the line stays off the arm.
      for s in stride(from: 5.0, to: 120, by: 1) {
        let p = applicator.path.entry + d * s
        #expect(length(SIMD3(p.x - 95, p.y, 0)) > 17)
      }
    }
  }
}
