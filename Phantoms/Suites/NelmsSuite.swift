// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Dosimetry
internal import Quantities

/// Spheres, cylinders and cones in a linear dose, as Nelms 2015 (Med Phys 42:4435) asked of planning systems.
///
/// The cases, the thirteen statistics and the truths are written down in `Documentation/truth/nelms.md`.
public enum NelmsSuite {
  /// The distance of planes and the dose grid of one column of a test.
  public struct Condition: Sendable, Hashable {
    /// 1 for planes each 0.2 mm under growing dose voxels, 2 for growing plane spacing under the finest dose.
    public let test: Int
    /// The distance of planes in millimetres.
    public let spacing: Double
    /// The dose voxel along x, y and z in millimetres.
    public let voxel: SIMD3<Double>

    /// A name for tables and folders.
    public var name: String {
      test == 1
        ? "voxel \(voxel.x == voxel.y ? "\(voxel.x)" : "\(voxel.x)x\(voxel.y)x\(voxel.z)")"
        : "planes \(spacing)"
    }
  }

  /// How contours and dose are laid out.
  public enum Variant: String, Sendable, Hashable, CaseIterable {
    /// Dose nodes at multiples of the voxel, sections drawn as they are.
    case plain
    /// Dose nodes half a voxel further along every axis.
    case shifted = "dose half a voxel further"
    /// Where a body closes in a point or an edge upon a plane, a tip one pixel of 0.6 mm wide is drawn there.
    case tips = "tips one pixel wide"
    /// Contours around pixels of 0.6 mm, as on the original's images.
    case pixels = "contours around 0.6 mm pixels"
  }

  /// The side of the original's pixels in millimetres.
  static let pixel = 0.6
  static let finest = SIMD3(0.4, 0.2, 0.4)

  /// The conditions of a test.
  public static func conditions(ofTest test: Int) -> [Condition] {
    test == 1
      ? [finest, SIMD3(1, 1, 1), SIMD3(2, 2, 2), SIMD3(3, 3, 3)].map {
        Condition(test: 1, spacing: 0.2, voxel: $0)
      }
      : [1.0, 2, 3].map { Condition(test: 2, spacing: $0, voxel: finest) }
  }

  /// The dose of a case; it covers bodies with full end caps.
  public static func dose(
    _ condition: Condition, _ direction: GradientDirection, shifted: Bool = false
  ) throws -> DoseGrid {
    // Full end caps at 3 mm reach 15 mm from the middle.
    let side = SIMD3(NelmsShape.radius, NelmsShape.radius, NelmsShape.height / 2 + condition.spacing)
    return try LinearDose.grid(
      covering: -side, side, voxel: condition.voxel, shift: SIMD3(repeating: shifted ? 0.5 : 0),
      gradient: direction.gradient)
  }

  /// One body under one condition in one gradient.
  public struct Outcome: Sendable {
    /// The body.
    public let shape: NelmsShape
    /// Planes and voxels.
    public let condition: Condition
    /// The gradient.
    public let direction: GradientDirection
    /// Volume, mean, D99%, D95%, D5%, D1% and D0.03cc.
    public let statistics: [StatisticOutcome]
    /// The same of the exact stack of slabs, without any grid.
    public let floor: [StatisticOutcome]
    /// Least and greatest dose, kept apart.
    public let extremes: [StatisticOutcome]
    /// The extremes of the exact stack of slabs.
    public let floorExtremes: [StatisticOutcome]
    /// The least and the greatest error of the cumulative volume at 301 doses, in per cent of the true volume.
    public let curveError: ClosedRange<Double>
    /// The same of the exact stack of slabs.
    public let floorCurveError: ClosedRange<Double>
    /// The same of curves in per cent of their own volume, ours and the exact stack's.
    public let relativeCurveError: ClosedRange<Double>
    /// The relative curve of the exact stack of slabs.
    public let floorRelativeCurveError: ClosedRange<Double>
    /// The least and the greatest difference from the exact stack of slabs: what is the program's alone.
    public let curveErrorOfOurs: ClosedRange<Double>
  }

  /// The outcomes of a test: five bodies, two gradients, every condition.
  public static func outcomes(
    test: Int, truth: NelmsTruth = .published, variant: Variant = .plain
  ) throws -> [Outcome] {
    var found: [Outcome] = []
    for direction in GradientDirection.allCases {
      var truths: [String: (truth: ReferenceCurve, floor: ReferenceCurve)] = [:]
      for condition in conditions(ofTest: test) {
        let grid = try dose(condition, direction, shifted: variant == .shifted)
        let solids = try NelmsShape.allCases.map {
          try $0.solid(spacing: condition.spacing, endCap: truth.endCap, drawing: variant)
        }
        let histograms = grid.histograms(of: solids)
        for (shape, histogram) in zip(NelmsShape.allCases, histograms) {
          let key = "\(shape) \(condition.spacing)"
          let references =
            truths[key]
            ?? (
              ReferenceCurve(shape.truth(truth, spacing: condition.spacing).curve(along: direction)),
              ReferenceCurve(
                shape.prisms(spacing: condition.spacing, endCap: truth.endCap, tips: variant == .tips)
                  .curve(along: direction))
            )
          truths[key] = references
          found.append(outcome(shape, condition, direction, histogram, references.truth, references.floor))
        }
      }
    }
    return found
  }

  private static func outcome(
    _ shape: NelmsShape, _ condition: Condition, _ direction: GradientDirection,
    _ histogram: DoseVolumeHistogram, _ truth: ReferenceCurve, _ floor: ReferenceCurve
  ) -> Outcome {
    let ours = histogram.curve(at: ReferenceCurve.doses)
    func range(_ a: [Double], _ b: [Double]) -> ClosedRange<Double> {
      let errors = zip(a, b).map { 100 * ($0 - $1) / truth.volume }
      return (errors.min() ?? 0)...(errors.max() ?? 0)
    }
    func relative(_ a: [Double]) -> ClosedRange<Double> {
      let own = a.first.map { 100 / $0 } ?? 0
      let errors = zip(a, truth.volumes).map { $0 * own - 100 * $1 / truth.volume }
      return (errors.min() ?? 0)...(errors.max() ?? 0)
    }
    return Outcome(
      shape: shape, condition: condition, direction: direction,
      statistics: StatisticOutcome.pairs(histogram.nelmsStatistics, truth.statistics),
      floor: StatisticOutcome.pairs(floor.statistics, truth.statistics),
      extremes: StatisticOutcome.pairs(histogram.extremes, truth.extremes),
      floorExtremes: StatisticOutcome.pairs(floor.extremes, truth.extremes),
      curveError: range(ours, truth.volumes), floorCurveError: range(floor.volumes, truth.volumes),
      relativeCurveError: relative(ours), floorRelativeCurveError: relative(floor.volumes),
      curveErrorOfOurs: range(ours, floor.volumes))
  }
}

extension DoseVolumeHistogram {
  /// The statistics in the order of `ReferenceCurve.statistics`.
  fileprivate var nelmsStatistics: [NamedStatistic] {
    let percents = ReferenceCurve.percents.map { percent in
      NamedStatistic(
        "D\(Int(percent))%", "Gy",
        dose(toHottest: .cubicMillimeters(volume.cubicMillimeters * percent / 100))?.gray ?? .nan)
    }
    return [
      NamedStatistic("volumeCC", "cc", volume.cubicCentimeters),
      NamedStatistic("meanGy", "Gy", mean?.gray ?? .nan),
    ] + percents + [
      NamedStatistic("D0.03cc", "Gy", dose(toHottest: .cubicCentimeters(0.03))?.gray ?? .nan)
    ]
  }

  fileprivate var extremes: [NamedStatistic] {
    [
      NamedStatistic("minimumGy", "Gy", minimum?.gray ?? .nan),
      NamedStatistic("maximumGy", "Gy", maximum?.gray ?? .nan),
    ]
  }

  fileprivate func curve(at doses: [Double]) -> [Double] {
    doses.map { volume(receivingAtLeast: .gray($0)).cubicMillimeters }
  }
}
