// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
public import Anatomy
public import Quantities

/// A planning target whose dose is to be estimated.
public struct FallOffTarget: Sendable {
  /// The planning target volume.
  public let solid: Solid
  /// The dose prescribed to its surface.
  public let prescription: AbsorbedDose
  /// The prescription isodose as a share of the greatest dose, above 0 to 1.
  public let isodose: Double
  /// How dose falls off around it.
  public let fallOff: TargetFallOff

  /// A target.
  public init(solid: Solid, prescription: AbsorbedDose, isodose: Double, fallOff: TargetFallOff) {
    self.solid = solid
    self.prescription = prescription
    self.isodose = isodose
    self.fallOff = fallOff
  }
}

/// A geometric estimate of the physical dose around targets of one course and one fraction count.
///
/// No dosimetry: no beams, no entrance dose, no tissue density, no bone. Doses of several targets add in the mean law;
/// in the envelope the worst of one target counts on top of the means of the others, for beams of several targets
/// hardly point at one place each with their worst.
public struct DoseEstimate: Sendable {
  /// The mean law as expected.
  public let expected: DoseGrid
  /// The mean law of a good plan.
  public let good: DoseGrid
  /// The mean law of a poor plan.
  public let poor: DoseGrid
  /// The envelope as expected; for near-maxima.
  public let envelope: DoseGrid
  /// The envelope of a poor plan.
  public let poorEnvelope: DoseGrid

  /// How far around a target distances are worked out on the grid's own nodes; farther ones are interpolated between
  /// nodes twice as far apart: on a grid of 2.5 mm too far by at most 0.4 mm there and less beyond (squared cell
  /// diagonal over eight distances).
  static let near = 25.0

  /// How far contours of targets may be moved to have fewer points: a hundredth of dose at 10 mm and more.
  private static let thinning = Length.millimeters(0.05)

  /// The estimate on a grid of cubes, its first node at `low`, its last at or beyond `high`.
  ///
  /// - Parameters:
  ///   - targets: at least one; all in one frame, LPS in millimetres.
  ///   - spacing: the distance of nodes.
  /// - Throws: `DoseGridDefect` for a box or a spacing that makes no grid.
  public init(
    of targets: [FallOffTarget], from low: SIMD3<Double>, through high: SIMD3<Double>, spacing: Length
  ) throws(DoseGridDefect) {
    let step = spacing.millimeters
    guard step > 0, all(low .< high), (high - low).max().isFinite else { throw .noExtent }
    let count = ((high - low) / step - 1e-9).rounded(.up) + 1
    guard count.x * count.y * count.z <= Double(DoseGrid.mostNodes) else { throw .tooLarge }
    let size = SIMD3(Int(count.x), Int(count.y), Int(count.z))
    let fields = try Self.fields(of: targets, low, size, step)
    let heights = (0..<size.z).map { low.z + Double($0) * step }
    let gray = Workers.fill(
      arrays: 5, count: size.x * size.y * size.z, parts: size.z, into: { RowWork(size.x) }
    ) { plane, slices, work in
      for row in 0..<size.y {
        let start = SIMD3(low.x, low.y + Double(row) * step, low.z + Double(plane) * step)
        work.fill(slices, at: row * size.x, start, step, fields)
      }
    }
    func grid(_ kind: Int) throws(DoseGridDefect) -> DoseGrid {
      try DoseGrid(
        origin: SIMD2(low.x, low.y), spacing: SIMD2(step, step), columns: size.x, rows: size.y,
        planes: heights, gray: gray[kind])
    }
    expected = try grid(0)
    good = try grid(1)
    poor = try grid(2)
    envelope = try grid(3)
    poorEnvelope = try grid(4)
  }

  /// A target's distances near and far, and its doses by distance.
  struct Field: Sendable {
    let near: DistanceField?
    let far: DistanceField
    let table: FallOffTable
  }

  private static func fields(
    of targets: [FallOffTarget], _ low: SIMD3<Double>, _ size: SIMD3<Int>, _ step: Double
  ) throws(DoseGridDefect) -> [Field] {
    let last = low + SIMD3(Double(size.x - 1), Double(size.y - 1), Double(size.z - 1)) * step
    var fields: [Field] = []
    for target in targets {
      let solid = target.solid.thinned(within: Self.thinning)
      let bounds = solid.bounds
      let first = ((bounds.low - Self.near - low) / step).rounded(.down) * step + low
      let nearLow = pointwiseMax(first, low)
      let nearHigh = pointwiseMin(bounds.high + Self.near, last)
      let near =
        all(nearLow .< nearHigh)
        ? DistanceField(
          of: solid, as: .interpolated, from: nearLow, through: nearHigh, spacing: .millimeters(step))
        : nil
      guard
        let far = DistanceField(
          of: solid, as: .slabs, from: low, through: last, spacing: .millimeters(2 * step))
      else { throw .tooLarge }
      fields.append(Field(near: near, far: far, table: FallOffTable(target)))
    }
    return fields
  }

  /// What one task needs for a row of nodes.
  private struct RowWork: Sendable {
    private var distances: [Float]
    private var total: [SIMD4<Float>]
    private var most: [SIMD4<Float>]

    init(_ columns: Int) {
      distances = [Float](repeating: 0, count: columns)
      total = [SIMD4<Float>](repeating: .zero, count: columns)
      most = total
    }

    mutating func fill(
      _ doses: [UnsafeMutableBufferPointer<Float>], at first: Int, _ start: SIMD3<Double>, _ step: Double,
      _ fields: [Field]
    ) {
      distances.withUnsafeMutableBufferPointer { distances in
        total.withUnsafeMutableBufferPointer { total in
          most.withUnsafeMutableBufferPointer { most in
            total.update(repeating: .zero)
            most.update(repeating: .zero)
            for field in fields {
              // Near nodes overwrite the far ones.
              let all = field.far.distances(from: start, step: step, into: distances)
              _ = field.near?.distances(from: start, step: step, into: distances)
              field.table.add(distances, all, z: start.z, to: total, most)
            }
            let (expected, good, poor) = (doses[0], doses[1], doses[2])
            let (envelope, poorEnvelope) = (doses[3], doses[4])
            for column in total.indices {
              let sum = total[column]
              expected[first + column] = sum.x
              good[first + column] = sum.y
              poor[first + column] = sum.z
              envelope[first + column] = sum.x + most[column].x
              poorEnvelope[first + column] = sum.z + most[column].y
            }
          }
        }
      }
    }
  }
}
