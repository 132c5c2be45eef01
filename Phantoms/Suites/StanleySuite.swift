// SPDX-License-Identifier: Apache-2.0
public import Anatomy
public import Dosimetry
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// Small spheres at random places, after Stanley 2021 (PMC8248418): the error of their volume.
public enum StanleySuite {
  /// How sections are drawn.
  public enum Drawing: String, Sendable, CaseIterable {
    /// Polygons of 64 corners with exactly the circle's area.
    case circles
    /// Outlines of the 0.6 mm pixels whose centres lie inside.
    case pixels
  }

  /// The spheres of one diameter on planes of one spacing.
  public struct Outcome: Sendable {
    /// The diameter in millimetres.
    public let diameter: Double
    /// The distance of planes in millimetres.
    public let spacing: Double
    /// How sections were drawn.
    public let drawing: Drawing
    /// The volume errors in per cent, one a placement.
    public let errorsPercent: [Double]
    /// The same of exact circles times the spacing, summed up without any polygon: Cavalieri's own error.
    public let cavalieriPercent: [Double]
    /// The least and greatest error of exact circles over all phases against the planes.
    public let cavalieriRange: ClosedRange<Double>
    /// The standard error of a mean over so many random places: what the mean may be off by from luck alone.
    public let cavalieriStandardError: Double

    /// The mean error.
    public var mean: Double { errorsPercent.reduce(0, +) / Double(errorsPercent.count) }
    /// The mean of Cavalieri's own errors at the same placements.
    public var cavalieriMean: Double { cavalieriPercent.reduce(0, +) / Double(cavalieriPercent.count) }
    /// The least and the greatest error.
    public var range: ClosedRange<Double> { (errorsPercent.min() ?? 0)...(errorsPercent.max() ?? 0) }
  }

  /// The diameters in millimetres.
  public static let diameters = [3.0, 5, 7, 10, 15, 20]
  /// The distances of planes in millimetres.
  public static let spacings = [0.5, 1.0]
  /// The placements of each sphere.
  public static let placements = 50
  static let pixel = 0.6
  static let voxel = 1.0

  /// All outcomes of a drawing.
  public static func outcomes(_ drawing: Drawing, seed: UInt64 = 1) throws -> [Outcome] {
    var random = SplitMix64(seed: seed)
    var found: [Outcome] = []
    for spacing in spacings {
      for diameter in diameters {
        let truth = Double.pi / 6 * diameter * diameter * diameter
        var errors: [Double] = []
        var cavalieri: [Double] = []
        for _ in 0..<placements {
          let centre =
            SIMD3(random.nextUnit(), random.nextUnit(), random.nextUnit()) * SIMD3(pixel, pixel, spacing)
          let solid = try sphere(diameter, centre, spacing: spacing, drawing)
          let volume = try dose(diameter).histograms(of: [solid])[0].volume.cubicMillimeters
          errors.append(100 * (volume / truth - 1))
          cavalieri.append(
            100 * (Self.cavalieri(diameter, spacing: spacing, phase: centre.z / spacing) / truth - 1))
        }
        let phases = (0..<1000).map {
          100 * (Self.cavalieri(diameter, spacing: spacing, phase: Double($0) / 1000) / truth - 1)
        }
        let square = phases.reduce(0) { $0 + $1 * $1 } / Double(phases.count)
        found.append(
          Outcome(
            diameter: diameter, spacing: spacing, drawing: drawing, errorsPercent: errors,
            cavalieriPercent: cavalieri, cavalieriRange: (phases.min() ?? 0)...(phases.max() ?? 0),
            cavalieriStandardError: (square / Double(placements)).squareRoot()))
      }
    }
    return found
  }

  /// The sphere's sections times the spacing, planes lying a phase (in spacings) off the centre.
  static func cavalieri(_ diameter: Double, spacing: Double, phase: Double) -> Double {
    let r = diameter / 2
    let reach = Int((r / spacing).rounded(.up)) + 1
    return (-reach...reach).reduce(0) { sum, k in
      let z = (Double(k) - phase) * spacing
      return sum + max(0, r * r - z * z) * Double.pi * spacing
    }
  }

  /// A dose around the spheres, 1 mm voxels as in the original; their volume does not depend on it.
  public static func dose(_ diameter: Double) throws -> DoseGrid {
    let reach = SIMD3(repeating: diameter / 2 + 2)
    return try LinearDose.grid(
      covering: -reach, reach + 1, voxel: SIMD3(repeating: voxel), gradient: SIMD3(0, 0, 0.5))
  }

  /// A sphere on planes at multiples of the spacing, half end caps.
  public static func sphere(
    _ diameter: Double, _ centre: SIMD3<Double>, spacing: Double, _ drawing: Drawing
  ) throws -> Solid {
    let r = diameter / 2
    var planes: [(z: Double, region: Region)] = []
    for k in Int(((centre.z - r) / spacing).rounded(.down))...Int(((centre.z + r) / spacing).rounded(.up)) {
      let z = Double(k) * spacing
      let square = r * r - (z - centre.z) * (z - centre.z)
      guard square > 0 else { continue }
      let section = square.squareRoot()
      let place = SIMD2(centre.x, centre.y)
      // The outline comes around its own section; where it lies in the plane is no matter to its volume.
      let region =
        drawing == .circles
        ? Region.ellipse(centre: place, semiAxes: SIMD2(section, section), corners: 64)
        : PixelOutline.region(of: .disc(radius: section), pixel: pixel, centre: place)
      if !region.isEmpty { planes.append((z, region)) }
    }
    return try Solid(planes: planes, endCap: .half, singlePlaneThickness: .millimeters(spacing))
  }
}
