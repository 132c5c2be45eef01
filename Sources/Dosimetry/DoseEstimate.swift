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
  /// nodes twice as far apart, off by a quarter of a millimetre there and less beyond.
  static let near = 35.0

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
    let planes = Workers.gather(size.z, into: { PlaneWork(size) }) { plane, work in
      work.fill(plane, low, step, fields)
    }
    // Dealt out in turn: the planes of one task are a stride apart.
    let own = size.x * size.y
    let values = (0..<5).map { kind in
      [Float](unsafeUninitializedCapacity: own * size.z) { gray, count in
        for plane in 0..<size.z {
          planes[plane % planes.count].copy(kind, plane / planes.count, to: gray, at: plane * own)
        }
        count = own * size.z
      }
    }
    let heights = (0..<size.z).map { low.z + Double($0) * step }
    func grid(_ gray: [Float]) throws(DoseGridDefect) -> DoseGrid {
      try DoseGrid(
        origin: SIMD2(low.x, low.y), spacing: SIMD2(step, step), columns: size.x, rows: size.y,
        planes: heights, gray: gray)
    }
    expected = try grid(values[0])
    good = try grid(values[1])
    poor = try grid(values[2])
    envelope = try grid(values[3])
    poorEnvelope = try grid(values[4])
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
      let bounds = target.solid.bounds
      let first = ((bounds.low - Self.near - low) / step).rounded(.down) * step + low
      let nearLow = pointwiseMax(first, low)
      let nearHigh = pointwiseMin(bounds.high + Self.near, last)
      let near =
        all(nearLow .< nearHigh)
        ? DistanceField(
          of: target.solid, as: .interpolated, from: nearLow, through: nearHigh, spacing: .millimeters(step))
        : nil
      guard
        let far = DistanceField(
          of: target.solid, as: .slabs, from: low, through: last, spacing: .millimeters(2 * step))
      else { throw .tooLarge }
      fields.append(Field(near: near, far: far, table: FallOffTable(target)))
    }
    return fields
  }

  /// The planes one task works out, one after the other.
  private struct PlaneWork: Sendable {
    let size: SIMD3<Int>
    /// Five doses a node, one kind after the other within each plane.
    private var doses: [Float] = []
    private var distances: [Float]
    private var total: [SIMD4<Float>]
    private var most: [SIMD2<Float>]

    init(_ size: SIMD3<Int>) {
      self.size = size
      distances = [Float](repeating: 0, count: size.x)
      total = [SIMD4<Float>](repeating: .zero, count: size.x)
      most = [SIMD2<Float>](repeating: .zero, count: size.x)
    }

    func copy(_ kind: Int, _ index: Int, to gray: UnsafeMutableBufferPointer<Float>, at start: Int) {
      let plane = size.x * size.y
      let from = (index * 5 + kind) * plane
      doses.withUnsafeBufferPointer { doses in
        guard let source = doses.baseAddress, let target = gray.baseAddress else { return }
        (target + start).initialize(from: source + from, count: plane)
      }
    }

    mutating func fill(_ plane: Int, _ low: SIMD3<Double>, _ step: Double, _ fields: [Field]) {
      let area = size.x * size.y
      let first = doses.count
      doses.append(contentsOf: repeatElement(0, count: 5 * area))
      let z = low.z + Double(plane) * step
      doses.withUnsafeMutableBufferPointer { doses in
        distances.withUnsafeMutableBufferPointer { distances in
          total.withUnsafeMutableBufferPointer { total in
            most.withUnsafeMutableBufferPointer { most in
              for row in 0..<size.y {
                let start = SIMD3(low.x, low.y + Double(row) * step, z)
                total.update(repeating: .zero)
                most.update(repeating: .zero)
                for field in fields {
                  // Near nodes overwrite the far ones.
                  let all = field.far.distances(from: start, step: step, into: distances)
                  _ = field.near?.distances(from: start, step: step, into: distances)
                  field.table.add(distances, all, z: z, to: total, most)
                }
                let at = first + row * size.x
                for column in 0..<size.x {
                  let sum = total[column]
                  doses[at + column] = sum.x
                  doses[at + area + column] = sum.y
                  doses[at + 2 * area + column] = sum.z
                  doses[at + 3 * area + column] = sum.x + most[column].x
                  doses[at + 4 * area + column] = sum.z + most[column].y
                }
              }
            }
          }
        }
      }
    }
  }
}
