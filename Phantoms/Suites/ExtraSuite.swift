// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// A figure beside its truth, with what it may be off by and why.
public struct TruthCheck: Sendable {
  /// The body.
  public let body: String
  /// What is asked.
  public let quantity: String
  /// The unit.
  public let unit: String
  /// What was found.
  public let value: Double
  /// What it should be.
  public let truth: Double
  /// What it may be off by.
  public let tolerance: Double
  /// Where truth and tolerance come from.
  public let derivation: String

  /// Whether it is within the tolerance.
  public var holds: Bool { abs(value - truth) <= tolerance }

  init(
    _ body: String, _ quantity: String, _ unit: String, _ value: Double?, _ truth: Double,
    within tolerance: Double,
    _ derivation: String
  ) {
    self.body = body
    self.quantity = quantity
    self.unit = unit
    self.value = value ?? .nan
    self.truth = truth
    self.tolerance = tolerance
    self.derivation = derivation
  }
}

/// Bodies that trackers of other programs complain about: holes, islands, keyholes, uneven planes, edges of grids.
public enum ExtraSuite {
  /// All checks.
  public static func checks() throws -> [TruthCheck] {
    try torus() + shell() + anisotropic() + islands() + keyhole() + uneven() + tinyContour() + halfOutside()
  }

  /// A body swept by exact sections on planes through its middle.
  private static func solid(
    reach: Double, spacing: Double, _ section: (Double) -> ExactSection
  ) throws -> Solid {
    let count = Int((reach / spacing).rounded(.up))
    let planes = (-count...count).map { Double($0) * spacing }.filter { section($0).area > 0 }
    return try Solid(planes: planes.map { ($0, section($0).region()) }, endCap: .half)
  }

  /// Volume, mean and five doses of a body against its exact curve.
  private static func linear(
    _ name: String, _ solid: Solid, _ pieces: [ExactBody.Piece], voxel: SIMD3<Double>, volumeWithin: Double,
    doseWithin: Double, _ why: String
  ) throws -> [TruthCheck] {
    let body = ExactBody(pieces: pieces)
    let (low, high) = solid.bounds
    return try GradientDirection.allCases.flatMap { direction in
      let truth = ReferenceCurve(body.curve(along: direction))
      let grid = try LinearDose.grid(covering: low, high, voxel: voxel, gradient: direction.gradient)
      let found = grid.histograms(of: [solid])[0]
      var checks = [
        TruthCheck(
          name, "mean, \(direction.rawValue)", "Gy", found.mean?.gray, truth.statistics[1].value,
          within: doseWithin,
          why)
      ]
      if direction == .anteriorPosterior {
        checks.append(
          TruthCheck(
            name, "volume", "cc", found.volume.cubicCentimeters, truth.volume / 1000,
            within: volumeWithin * truth.volume / 1000, why))
      }
      for (statistic, percent) in zip(truth.statistics.dropFirst(2), ReferenceCurve.percents) {
        let part = Volume.cubicMillimeters(found.volume.cubicMillimeters * percent / 100)
        checks.append(
          TruthCheck(
            name, "\(statistic.name), \(direction.rawValue)", "Gy", found.dose(toHottest: part)?.gray,
            statistic.value, within: doseWithin, why))
      }
      return checks
    }
  }

  private static func torus() throws -> [TruthCheck] {
    let (large, small) = (15.0, 5.0)
    let section: @Sendable (Double) -> ExactSection = { z in
      let half = max(0, small * small - z * z).squareRoot()
      return half > 0.01 ? .annulus(outer: large + half, inner: large - half) : .none
    }
    let checks = try linear(
      "torus 15/5 mm, planes 0.5 mm", try solid(reach: small, spacing: 0.5, section),
      [.swept(low: -small, high: small, section)], voxel: SIMD3(2, 2, 2), volumeWithin: 0.013,
      doseWithin: 0.15,
      "volume 2π²Rr², of which slabs miss 1.2 % where the tube lies flat; closed form of the tube's sections")
    let volume = 2 * Double.pi * Double.pi * large * small * small / 1000
    return checks + [
      TruthCheck(
        "torus 15/5 mm, planes 0.5 mm", "the quadrature's own volume", "cc",
        ExactBody(pieces: [.swept(low: -small, high: small, section)]).curve(along: .superiorInferior).total
          / 1000,
        volume, within: 1e-4 * volume, "2π²Rr²")
    ]
  }

  private static func shell() throws -> [TruthCheck] {
    let (outer, inner) = (12.0, 10.5)
    let section: @Sendable (Double) -> ExactSection = { z in
      let (a, b) = (outer * outer - z * z, inner * inner - z * z)
      if a <= 1e-9 { return .none }
      return b > 1e-9
        ? .annulus(outer: a.squareRoot(), inner: b.squareRoot()) : .disc(radius: a.squareRoot())
    }
    return try linear(
      "shell 12/10.5 mm, planes 0.5 mm", try solid(reach: outer, spacing: 0.5, section),
      [
        .swept(low: -outer, high: -inner, section), .swept(low: -inner, high: inner, section),
        .swept(low: inner, high: outer, section),
      ], voxel: SIMD3(2.5, 2.5, 2.5), volumeWithin: 0.005, doseWithin: 0.15,
      "difference of two balls; planes resolve the wall where it lies flat to half a spacing")
  }

  private static func anisotropic() throws -> [TruthCheck] {
    let section: @Sendable (Double) -> ExactSection = { z in
      let square = 100 - z * z
      return square > 1e-9 ? .disc(radius: square.squareRoot()) : .none
    }
    return try linear(
      "sphere 10 mm, planes 0.25 mm, voxels 1×1×3 mm", try solid(reach: 10, spacing: 0.25, section),
      [.swept(low: -10, high: 10, section)], voxel: SIMD3(1, 1, 3), volumeWithin: 0.001, doseWithin: 0.05,
      "closed form of the ball")
  }

  private static func islands() throws -> [TruthCheck] {
    let rings = [-10.0, 10].flatMap {
      Region.ellipse(centre: SIMD2(0, $0), semiAxes: SIMD2(4, 4), corners: 256).rings
    }
    let region = try Region.evenOdd(rings).region
    let solid = try Solid(planes: (-6...6).map { (Double($0), region) }, endCap: .half)
    let grid = try LinearDose.grid(
      covering: SIMD3(-5, -15, -7), SIMD3(5, 15, 7), voxel: SIMD3(2.5, 2.5, 2.5), gradient: SIMD3(0, 1, 0))
    let found = grid.histograms(of: [solid])[0]
    let volume = 2 * Double.pi * 16 * 13 / 1000
    let name = "two islands 20 mm apart"
    let why = "two cylinders; nothing between 10 and 22 Gy"
    return [
      TruthCheck(name, "volume", "cc", found.volume.cubicCentimeters, volume, within: 1e-6, why),
      TruthCheck(name, "mean", "Gy", found.mean?.gray, 16, within: 1e-4, why),
      TruthCheck(
        name, "V10.1Gy", "%", 100 * found.volume(receivingAtLeast: .gray(10.1)).cubicCentimeters / volume, 50,
        within: 0.01, why),
      TruthCheck(
        name, "V21.9Gy", "%", 100 * found.volume(receivingAtLeast: .gray(21.9)).cubicCentimeters / volume, 50,
        within: 0.01, why),
    ]
  }

  private static func keyhole() throws -> [TruthCheck] {
    func circle(_ r: Double) -> [SIMD2<Double>] {
      Region.ellipse(centre: .zero, semiAxes: SIMD2(r, r), corners: 128).rings.first?.points ?? []
    }
    let (outer, inner) = (circle(10), circle(4))
    // Once around, along a cut of no width to the hole, around it the other way, and back.
    let drawn = outer + [outer[0]] + [inner[0]] + inner.reversed() + [outer[0]]
    let opened = try Region.evenOdd([try Contour(drawn)]).region
    let holed = Region(storedPolygons: [(try Contour(outer), [try Contour(inner)])])
    let grid = try LinearDose.grid(
      covering: SIMD3(-12, -12, -6), SIMD3(12, 12, 6), voxel: SIMD3(2.5, 2.5, 2.5), gradient: SIMD3(0, 1, 0))
    let found = try [opened, holed].map { region in
      grid.histograms(of: [try Solid(planes: (-4...4).map { (Double($0), region) }, endCap: .half)])[0]
    }
    let (a, b) = (found[0], found[1])
    let part = Volume.cubicMillimeters(b.volume.cubicMillimeters * 0.05)
    let why = "equals a ring with a hole of its own"
    return [
      TruthCheck(
        "keyhole contour", "volume", "cc", a.volume.cubicCentimeters, Double.pi * 84 * 9 / 1000, within: 1e-6,
        "π(10² - 4²)·9, polygons of the circles' area"),
      TruthCheck(
        "keyhole contour", "D5%", "Gy", a.dose(toHottest: part)?.gray, b.dose(toHottest: part)?.gray ?? .nan,
        within: 1e-6, why),
      TruthCheck(
        "keyhole contour", "holes", "1", Double(opened.polygons.reduce(0) { $0 + $1.holes.count }), 1,
        within: 0,
        why),
    ]
  }

  private static func uneven() throws -> [TruthCheck] {
    // As in LUNG1-014: the spacing changes within the stack, and by rounding from plane to plane.
    let planes = [-15.0, -12.001, -9, -6.002, -3, 0, 2, 4.001, 6, 8.5, 11, 14]
    let region = Region.ellipse(centre: .zero, semiAxes: SIMD2(8, 8), corners: 256)
    let solid = try Solid(planes: planes.map { ($0, region) }, endCap: .half)
    let grid = try LinearDose.grid(
      covering: SIMD3(-9, -9, -18), SIMD3(9, 9, 18), voxel: SIMD3(2, 2, 2), gradient: SIMD3(0, 0, 1))
    let found = grid.histograms(of: [solid])[0]
    let (low, high) = (-15 - 2.999 / 2, 14 + 3.0 / 2)
    let name = "cylinder on 12 uneven planes"
    let why = "πr² times first to last plane and half the local spacing at either end"
    return [
      TruthCheck(name, "planes kept", "1", Double(solid.slabs.count), 12, within: 0, why),
      TruthCheck(
        name, "volume", "cc", found.volume.cubicCentimeters, Double.pi * 64 * (high - low) / 1000,
        within: 1e-6, why),
      TruthCheck(name, "mean", "Gy", found.mean?.gray, 16 + (low + high) / 2, within: 1e-4, why),
      TruthCheck(name, "minimum", "Gy", found.minimum?.gray, 16 + low, within: 1e-4, why),
      TruthCheck(name, "maximum", "Gy", found.maximum?.gray, 16 + high, within: 1e-4, why),
    ]
  }

  private static func tinyContour() throws -> [TruthCheck] {
    // As in LUNG1-002: a contour smaller than a pixel on the last plane.
    let disc = Region.ellipse(centre: .zero, semiAxes: SIMD2(5, 5), corners: 128)
    let tiny = try Region.evenOdd([try Contour([SIMD2(0.1, 0), SIMD2(0.4, 0.1), SIMD2(0.2, 0.35)])]).region
    let solid = try Solid(planes: [(0, disc), (2, disc), (4, tiny)], endCap: .half)
    let grid = try LinearDose.grid(
      covering: SIMD3(-6, -6, -2), SIMD3(6, 6, 6), voxel: SIMD3(2, 2, 2), gradient: SIMD3(0, 0, 1))
    let found = grid.histograms(of: [solid])[0]
    let name = "contour of 0.05 mm² on the last plane"
    let area = abs((0.4 - 0.1) * 0.35 - (0.2 - 0.1) * 0.1) / 2
    return [
      TruthCheck(name, "planes kept", "1", Double(solid.slabs.count), 3, within: 0, "no plane is lost"),
      TruthCheck(
        name, "volume above 19.01 Gy", "mm³", found.volume(receivingAtLeast: .gray(19.01)).cubicMillimeters,
        1.99 * area, within: 1e-4, "the triangle's area times what is left of its slab of 2 mm"),
      TruthCheck(
        name, "maximum", "Gy", found.maximum?.gray, 21, within: 1e-4, "half a spacing beyond the plane"),
    ]
  }

  private static func halfOutside() throws -> [TruthCheck] {
    let box = Region.rectangle(low: SIMD2(-10, -10), high: SIMD2(10, 10))
    let solid = try Solid(planes: (-4...5).map { (Double($0) * 2 - 1, box) }, endCap: .half)
    let grid = try LinearDose.grid(
      covering: SIMD3(-12, -12, -12), SIMD3(0, 12, 12), voxel: SIMD3(3, 3, 3), gradient: SIMD3(0, 0, 1))
    let found = grid.histograms(of: [solid])[0]
    let at16 = found.values(of: .volumeAtDose(16), in: grid)[0]
    let hottest = found.values(of: .doseToPercent(25), in: grid)[0]
    let coldest = found.values(of: .doseToPercent(75), in: grid)[0]
    let name = "box, half of it outside the dose"
    return [
      TruthCheck(
        name, "covered", "%", 100 * found.coveredShare, 50, within: 1e-9, "the grid ends at its middle"),
      TruthCheck(name, "V16Gy is known", "1", at16.value == nil ? 0 : 1, 0, within: 0, "half is unknown"),
      TruthCheck(name, "V16Gy at least", "%", at16.low, 25, within: 0.01, "half of the covered half"),
      TruthCheck(name, "V16Gy at most", "%", at16.high, 75, within: 0.01, "and all of the unknown half"),
      TruthCheck(name, "D25% at least", "Gy", hottest.low, 16, within: 0.01, "half of the covered half"),
      TruthCheck(
        name, "D75% at most", "Gy", coldest.high, 16, within: 0.01, "the unknown half may be the hottest"),
    ]
  }
}
