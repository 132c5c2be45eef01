// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Foundation
internal import PlanarGeometry
internal import Quantities

/// Stacks of discs in a linear dose: 576 cases whose truth is exact for the contours as drawn.
///
/// After the validation report of AutoSeg Evaluator 3. It parts what a histogram gets wrong from what coarse contours
/// have lost before: a stack of polygons is the truth, however little it looks like a ball.
public enum DiscSuite {
  /// The bodies.
  public enum Shape: String, Sendable, CaseIterable {
    /// Discs of a ball.
    case sphere
    /// Equal discs over a height of the diameter.
    case cylinder
    /// Equal discs with a hole of half the radius.
    case ring
  }

  /// Distances of planes and nodes in millimetres.
  public struct Layout: Sendable, Hashable {
    /// The distance of planes.
    public let planes: Double
    /// The dose voxel.
    public let voxel: Double
  }

  /// One case.
  public struct Outcome: Sendable {
    /// The body.
    public let shape: Shape
    /// Its radius in millimetres.
    public let radius: Double
    /// Planes and voxel.
    public let layout: Layout
    /// The axis along which the dose rises: x, y or z.
    public let axis: String
    /// Mean, D99%, D95%, D50%, D5%, D1%.
    public let statistics: [StatisticOutcome]
    /// The error of the volume in per cent.
    public let volumeErrorPercent: Double
    /// The greatest error of minimum and maximum in Gy.
    public let extremesError: Double

    /// The greatest error of the six statistics in Gy, which here is a millimetre.
    public var worst: Double { statistics.map { abs($0.value - $0.truth) }.max() ?? 0 }
  }

  /// The radii in millimetres.
  public static let radii = [2.5, 5, 10, 20]
  /// The layouts: planes 2 mm apart under 2 mm voxels, 3 mm under 2.5 mm.
  public static let layouts = [Layout(planes: 2, voxel: 2), Layout(planes: 3, voxel: 2.5)]
  /// Random places against planes and voxels.
  public static let offsets = 8
  /// The CT's pixel in millimetres: contours have a corner about each pixel.
  public static let pixel = 0.98
  /// The shares of the volume whose doses are asked for, in per cent.
  public static let percents = [99.0, 95, 50, 5, 1]

  /// All 576 cases.
  public static func outcomes(seed: UInt64 = 1) throws -> [Outcome] {
    var random = SplitMix64(seed: seed)
    var found: [Outcome] = []
    for layout in layouts {
      for shape in Shape.allCases {
        for radius in radii {
          for _ in 0..<offsets {
            let voxel = SIMD3(layout.voxel, layout.voxel, layout.planes)
            let centre = random.subVoxelShift(voxel: voxel)
            let (solid, stack) = try body(shape, radius: radius, centre: centre, planes: layout.planes)
            let reach = SIMD3(repeating: radius + layout.planes + layout.voxel)
            for axis in PolygonStack.Axis.allCases {
              var gradient = SIMD3<Double>.zero
              gradient[axis.rawValue] = 1
              let grid = try LinearDose.grid(
                covering: centre - reach, centre + reach, voxel: SIMD3(repeating: layout.voxel),
                gradient: gradient)
              let histogram = grid.histograms(of: [solid])[0]
              found.append(outcome(shape, radius, layout, axis, histogram, stack))
            }
          }
        }
      }
    }
    return found
  }

  private static func outcome(
    _ shape: Shape, _ radius: Double, _ layout: Layout, _ axis: PolygonStack.Axis,
    _ histogram: DoseVolumeHistogram, _ stack: PolygonStack
  ) -> Outcome {
    let centre = LinearDose.centre
    var statistics = [
      StatisticOutcome(
        name: "meanGy", unit: "Gy", value: histogram.mean?.gray ?? .nan,
        truth: centre + stack.mean(along: axis))
    ]
    for percent in percents {
      let part = Volume.cubicMillimeters(histogram.volume.cubicMillimeters * percent / 100)
      statistics.append(
        StatisticOutcome(
          name: "D\(Int(percent))%", unit: "Gy", value: histogram.dose(toHottest: part)?.gray ?? .nan,
          truth: centre + stack.place(beyondWhichShare: percent / 100, along: axis)))
    }
    let extent = stack.extent(along: axis)
    return Outcome(
      shape: shape, radius: radius, layout: layout, axis: "\(axis)", statistics: statistics,
      volumeErrorPercent: 100 * (histogram.volume.cubicMillimeters / stack.volume - 1),
      extremesError: max(
        abs((histogram.minimum?.gray ?? .nan) - centre - extent.low),
        abs((histogram.maximum?.gray ?? .nan) - centre - extent.high)))
  }

  /// The body as our solid and as the stack of the very same polygons, half end caps.
  private static func body(
    _ shape: Shape, radius: Double, centre: SIMD3<Double>, planes spacing: Double
  ) throws -> (Solid, PolygonStack) {
    var planes: [(z: Double, region: Region)] = []
    var layers: [PolygonStack.Layer] = []
    let first = Int(((centre.z - radius) / spacing).rounded(.up))
    let last = Int(((centre.z + radius) / spacing).rounded(.down))
    for k in first...last {
      let z = Double(k) * spacing
      let rise = z - centre.z
      let section = shape == .sphere ? max(0, radius * radius - rise * rise).squareRoot() : radius
      guard section > 0.05 else { continue }
      let outer = ring(section, centre)
      let holes = shape == .ring ? [ring(radius / 2, centre)] : []
      planes.append(
        (z, Region(storedPolygons: [(try Contour(outer), try holes.map { try Contour($0) })])))
      layers.append(
        PolygonStack.Layer(
          rings: [(1, outer)] + holes.map { (-1, $0) }, low: z - spacing / 2, high: z + spacing / 2))
    }
    return (
      try Solid(planes: planes, endCap: .half, singlePlaneThickness: .millimeters(spacing)),
      PolygonStack(layers: layers)
    )
  }

  /// A circle's polygon, its corners on the circle about a pixel apart.
  private static func ring(_ radius: Double, _ centre: SIMD3<Double>) -> [SIMD2<Double>] {
    let corners = max(8, Int((2 * Double.pi * radius / pixel).rounded()))
    return (0..<corners).map { i in
      let angle = 2 * Double.pi * (Double(i) + 0.3) / Double(corners)
      return SIMD2(centre.x, centre.y) + SIMD2(cos(angle), sin(angle)) * radius
    }
  }
}
