// SPDX-License-Identifier: Apache-2.0
import Anatomy
import Foundation
import PlanarGeometry
import Quantities
import Testing
import Vocabulary

@testable import Ablation

@Suite("Errors of placement")
struct PlacementTests {
  @Test("the nodes are those of a normal error: moments and quantiles")
  func nodes() {
    let planar = PlacementError.planar(sigma: 3)
    let mean = planar.reduce(SIMD2<Double>.zero, +) / Double(planar.count)
    #expect(abs(mean.x) < 0.02 && abs(mean.y) < 0.02)
    let square = planar.reduce(0) { $0 + $1.x * $1.x } / Double(planar.count)
    #expect(abs(square.squareRoot() - 3) < 0.06)
    let within = planar.count { ($0 * $0).sum() < 9 }
    #expect(abs(Double(within) / Double(planar.count) - (1 - exp(-0.5))) < 0.02)
    let spatial = PlacementError.spatial(sigma: 2)
    let third = spatial.reduce(0) { $0 + $1.z * $1.z } / Double(spatial.count)
    #expect(abs(third.squareRoot() - 2) < 0.06)
    // Half of normal vectors are shorter than 1.538 standard deviations.
    #expect(abs(PlacementError.chi3(0.5) - 1.5382) < 1e-3)
  }

  /// A path straight down to the origin beside an obstacle.
  private func chance(_ obstacle: Solid, sigma: Double) throws -> (Double, NeedleSpace, NeedlePath) {
    let body = try Body.box(SIMD3(-90, -100, -90), SIMD3(90, 60, 90))
    let structures = [Body.structure("External", body), Body.structure("Heart", obstacle)]
    let space = try #require(
      try NeedleSpace(
        body: body, structures, limits: Scene.parameters.pathLimits, around: [.zero], farthest: 250))
    let search = PathSearch(space, try Scene.parameters)
    let lesion = try Body.ball(.zero, radius: 4)
    let setting = search.setting(
      PathSearch.Request(
        target: .zero, beyond: 0, margin: 5,
        lesion: try #require(LesionSurface(lesion, reach: .millimeters(12))),
        site: .liver, home: [], lengths: [200], radius: 1, sigma: sigma, positions: [.supine], directions: [])
    )
    let tracer = PathTracer(search: search, setting: setting)
    let path = tracer.path(SIMD3(0, -1, 0), tracer.trace(outward: SIMD3(0, -1, 0)))
    return (PlacementError.clear(path, sigma: sigma, through: space, setting), space, path)
  }

  @Test(
    "a wall beside the target: the chance is the normal distribution's",
    arguments: [(3.0, 2.0), (6, 4), (1, 4)])
  func wall(gap: Double, sigma: Double) throws {
    // The wall begins `gap` beyond the needle's radius of 1 mm and reaches deep below the target.
    let wall = try Body.box(SIMD3(1 + gap, -30, -80), SIMD3(60, 50, 80))
    let (found, _, path) = try chance(wall, sigma: sigma)
    let closed = 0.5 * (1 + erf(gap / sigma / 2.0.squareRoot()))
    #expect(abs(found - closed) < 0.025, "\(found) \(closed)")
    // The bound that ranks paths promises no more than there is.
    let bound = 1 - exp(-path.clearRadius.millimeters * path.clearRadius.millimeters / (2 * sigma * sigma))
    #expect(bound <= closed + 0.01)
  }

  @Test("an odd obstacle half-way down: as a Monte Carlo on the contours says")
  func monteCarlo() throws {
    let obstacle = try Body.stack(-9, 14) { z in
      Region.ellipse(centre: SIMD2(5 + 0.1 * z, -40), semiAxes: SIMD2(3, 7), corners: 60)
    }
    let sigma = 4.0
    let (found, _, path) = try chance(obstacle, sigma: sigma)
    let prepared = PreparedSolid(obstacle)
    var seed = Seeded(state: 5)
    let count = 4000
    var clear = 0
    for _ in 0..<count {
      let tip = path.tip + SIMD3(seed.normal() * sigma, 0, seed.normal() * sigma)
      if prepared.clearance(ofSegment: path.entry, tip).distance > .millimeters(1) { clear += 1 }
    }
    // Three standard errors of the draw and a little for the fields.
    #expect(abs(found - Double(clear) / Double(count)) < 0.03)
  }

  @Test("a margin after displacement: closed form for a ball in a ball", arguments: [0.5, 1.5, 3])
  func marginChance(slack: Double) throws {
    let lesion = try Body.ball(.zero, radius: 6, step: 0.5)
    let surface = try #require(LesionSurface(lesion, reach: .millimeters(12)))
    let zone = try #require(
      Spheroid(
        centre: .zero, axis: SIMD3(0, 0, 1), along: .millimeters(11 + slack), across: .millimeters(11 + slack)
      ))
    let sigma = 2 / 3.0.squareRoot()
    let found = PlacementError.margin([zone], holds: surface.offset(by: 5), sigma: sigma)
    let r = slack / sigma
    let closed = erf(r / 2.0.squareRoot()) - (2 / Double.pi).squareRoot() * r * exp(-r * r / 2)
    #expect(abs(found - closed) < 0.05, "\(found) \(closed)")
  }

  @Test("a margin after displacement: two zones as a Monte Carlo says")
  func marginMonteCarlo() throws {
    let lesion = try Body.ellipsoid(.zero, SIMD3(9, 5, 5), step: 0.5)
    let surface = try #require(LesionSurface(lesion, reach: .millimeters(12)))
    let zones = try [-4.0, 4].map { x in
      try #require(
        Spheroid(
          centre: SIMD3(x, 0, 0), axis: SIMD3(0, 0, 1), along: .millimeters(13), across: .millimeters(12)))
    }
    let needed = surface.offset(by: 5)
    let sigma = 1.2
    let found = PlacementError.margin(zones, holds: needed, sigma: sigma)
    var seed = Seeded(state: 9)
    var kept = 0
    for _ in 0..<3000 {
      let shift = SIMD3(seed.normal(), seed.normal(), seed.normal()) * sigma
      if needed.allSatisfy({ p in zones.contains { $0.contains(p - shift) } }) { kept += 1 }
    }
    #expect(abs(found - Double(kept) / 3000) < 0.04)
  }
}
