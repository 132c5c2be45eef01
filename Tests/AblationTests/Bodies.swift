// SPDX-License-Identifier: Apache-2.0
import Ablation
import Anatomy
import Cases
import Eligibility
import Facts
import Foundation
import Interchange
import Phantoms
import PlanarGeometry
import Planning
import Quantities
import Vocabulary

/// Bodies of tests, drawn on planes; LPS in millimetres.
enum Body {
  static func stack(_ low: Double, _ high: Double, step: Double = 2, _ section: (Double) -> Region) throws
    -> Solid
  {
    let count = Int(((high - low) / step).rounded())
    return try Solid(
      planes: (0..<count).map { index in
        let z = low + (Double(index) + 0.5) * step
        return (z: z, region: section(z))
      }, endCap: .half)
  }

  static func box(_ low: SIMD3<Double>, _ high: SIMD3<Double>, step: Double = 2) throws -> Solid {
    try stack(low.z, high.z, step: step) { _ in
      Region.rectangle(low: SIMD2(low.x, low.y), high: SIMD2(high.x, high.y))
    }
  }

  /// An upright cylinder around (x, y).
  static func cylinder(
    _ centre: SIMD2<Double>, radius: Double, from low: Double, to high: Double, step: Double = 2
  ) throws -> Solid {
    try stack(low, high, step: step) { _ in
      Region.ellipse(centre: centre, semiAxes: SIMD2(radius, radius), corners: 120)
    }
  }

  /// A ball as its true sections on planes, so that its interpolated body is the ball itself.
  static func ball(_ centre: SIMD3<Double>, radius: Double, step: Double = 1) throws -> Solid {
    try ellipsoid(centre, SIMD3(repeating: radius), step: step)
  }

  static func ellipsoid(_ centre: SIMD3<Double>, _ half: SIMD3<Double>, step: Double = 1) throws -> Solid {
    try stack(centre.z - half.z, centre.z + half.z, step: step) { z in
      let t = (z - centre.z) / half.z
      let share = max(1e-4, 1 - t * t).squareRoot()
      return Region.ellipse(
        centre: SIMD2(centre.x, centre.y), semiAxes: SIMD2(half.x, half.y) * share, corners: 72)
    }
  }

  static func structure(_ name: String, _ solid: Solid) -> Structure {
    Structure(name: StructureName(recognizing: name), sourceName: name, solid: solid)
  }
}

extension Solid {
  func moved(by shift: SIMD3<Double>) throws -> Solid {
    let moved = slabs.map { slab in
      Slab(
        z: slab.z + shift.z, lower: slab.lower + shift.z, upper: slab.upper + shift.z,
        region: Region(
          nesting: slab.region.rings.compactMap { ring in
            try? Contour(ring.points.map { $0 + SIMD2(shift.x, shift.y) })
          }))
    }
    return Solid(slabs: moved, endCap: endCap, nominalSpacing: nominalSpacing, gaps: gaps) ?? self
  }
}

/// A case of one lesion.
struct Scene {
  var structures: [Structure]
  var lesion: Solid
  var site = Site.lung

  var patientCase: PatientCase {
    PatientCase(
      patientID: "T", lesions: [Lesion(id: "A", sourceName: "A", site: site, body: .contoured(lesion))],
      structures: structures)
  }

  static var parameters: AblationParameters {
    get throws {
      guard let parameters = try CareProtocolReader.shipped().ablation else { throw Missing() }
      return parameters
    }
  }
  struct Missing: Error {}

  func plan(
    _ energy: Modality = .microwave, _ parameters: AblationParameters? = nil,
    _ change: (inout AblationOptions) -> Void = { _ in }
  ) throws -> AblationPlan {
    var options = AblationOptions()
    change(&options)
    return try AblationPlanner(parameters ?? Self.parameters, options: options).plan(
      patientCase, by: [energy], settings: ["A": LesionContext(site: site, facts: FactTable())])
  }

  func proposal(
    _ energy: Modality = .microwave, _ parameters: AblationParameters? = nil,
    _ change: (inout AblationOptions) -> Void = { _ in }
  ) throws -> AblationProposal? {
    try plan(energy, parameters, change).lesions.first?.proposals.first
  }
}

/// Random numbers, points and directions from a seed.
struct Seeded {
  private var generator: SplitMix64
  init(state: UInt64) { generator = SplitMix64(seed: state) }
  mutating func unit() -> Double { Double.random(in: 0..<1, using: &generator) }
  mutating func normal() -> Double {
    let (u, v) = (max(1e-300, unit()), unit())
    return (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
  }
  mutating func direction() -> SIMD3<Double> {
    let p = SIMD3(normal(), normal(), normal())
    return p / (p * p).sum().squareRoot()
  }
}

func length(_ p: SIMD3<Double>) -> Double { (p * p).sum().squareRoot() }

/// Balls along one track.
enum PullBack {
  /// How many balls of radius r on the axis cover a cylinder of radius ρ and this length; `nil` where none do.
  ///
  /// Each covers 2·√(r² − ρ²) of it.
  static func count(length: Double, radius: Double, zone: Double) -> Int? {
    guard length >= 0, radius >= 0, zone > radius else { return nil }
    let each = 2 * (zone * zone - radius * radius).squareRoot()
    return max(1, Int((length / each - 1e-9).rounded(.up)))
  }
}
