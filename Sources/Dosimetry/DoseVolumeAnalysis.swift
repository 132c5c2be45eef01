// SPDX-License-Identifier: Apache-2.0
internal import Parallelism
public import Anatomy
internal import PlanarGeometry
public import Quantities

/// How finely bodies are cut into cells for a histogram.
public struct CellResolution: Sendable, Hashable {
  /// The least number of cells a body is to be cut into.
  public var leastCells: Int
  /// No cell side shorter than this.
  public var finestSide: Length

  /// The default: bodies of 32,000 cells or more, none finer than 0.1 mm.
  public static let standard = CellResolution(leastCells: 32_000, finestSide: .millimeters(0.1))

  /// A resolution.
  public init(leastCells: Int, finestSide: Length) {
    self.leastCells = max(1, leastCells)
    self.finestSide = finestSide
  }
}

extension DoseGrid {
  /// The dose–volume histograms of several bodies, all in one pass over their slabs.
  ///
  /// Each slab is cut into layers, each layer into cells that divide the grid's cells
  /// evenly. A cell counts with the exact area the region covers, at the dose of the covered part's centroid,
  /// spread over the range of dose the cell spans. Bodies may reach beyond the grid; what lies outside, or next
  /// to nodes without a value, counts as not covered.
  ///
  /// - Returns: one histogram for each body, in order.
  public func histograms(
    of bodies: [Solid], resolution: CellResolution = .standard
  ) -> [DoseVolumeHistogram] {
    Self.histograms(of: bodies, in: [self], resolution: resolution).map { $0[0] }
  }

  /// The histograms of several bodies in several doses at once: what a cell covers is worked out once for all.
  ///
  /// - Parameters:
  ///   - bodies: the bodies.
  ///   - doses: grids with the same nodes; without that, or without any, nothing is returned.
  ///   - resolution: how finely bodies are cut.
  /// - Returns: for each body, in order, one histogram for each dose.
  public static func histograms(
    of bodies: [Solid], in doses: [DoseGrid], resolution: CellResolution = .standard
  ) -> [[DoseVolumeHistogram]] {
    guard let first = doses.first, doses.allSatisfy(first.sharesNodes) else { return [] }
    let cuts = bodies.map { CellCut($0, grid: first, resolution) }
    let work = bodies.enumerated().flatMap { index, body in body.slabs.map { SlabWork(body: index, slab: $0) }
    }
    let none = [DoseExtremes](repeating: DoseExtremes(), count: bodies.count * doses.count)
    let extremes = Workers.gather(work.count, into: { none }) { index, state in
      let item = work[index]
      for (number, dose) in doses.enumerated() {
        state[item.body * doses.count + number].add(item.slab, dose)
      }
    }.reduce(into: none) { sum, part in
      for index in sum.indices { sum[index].merge(part[index]) }
    }
    let gathered = Workers.gather(
      work.count, into: { SlabAnalysis(grids: doses, cuts: cuts, extremes: extremes) }
    ) { index, state in
      state.add(work[index])
    }
    return bodies.indices.map { body in
      doses.indices.map { dose in
        let index = body * doses.count + dose
        var sum: HistogramAccumulator?
        var outside = 0.0
        for part in gathered {
          outside += part.outside[index]
          guard let histogram = part.histograms[index] else { continue }
          if sum == nil { sum = histogram } else { sum?.merge(histogram) }
        }
        let covered = sum?.volume ?? 0
        return DoseVolumeHistogram(
          volume: .cubicMillimeters(covered + outside), coveredVolume: .cubicMillimeters(covered),
          minimum: covered > 0 ? .gray(extremes[index].low) : nil,
          maximum: covered > 0 ? .gray(extremes[index].high) : nil,
          mean: covered > 0 ? sum.map { .gray($0.integral / covered) } : nil, cellSides: cuts[body].sides,
          binWidth: sum?.binWidth ?? 1, cumulative: covered > 0 ? sum?.cumulative() ?? [] : [])
      }
    }
  }
}

/// One slab of one body.
private struct SlabWork: Sendable {
  let body: Int
  let slab: Slab
}

/// How one body is cut into cells.
struct CellCut: Sendable {
  /// The cells in each cell of the grid along x and y.
  let inX: Int
  let inY: Int
  /// The greatest height of a layer in millimetres.
  let height: Double
  let lattice: PlanarLattice?
  let sides: SIMD3<Double>

  init(_ body: Solid, grid: DoseGrid, _ resolution: CellResolution) {
    let volume = max(body.volume.cubicMillimeters, 1e-6)
    let edge = Self.cubeRoot(volume / Double(resolution.leastCells))
    let side = max(edge, resolution.finestSide.millimeters, 1e-3)
    // A body that is wide and nearly empty, as a comb, would be cut into cells without number.
    let extent = body.bounds.high - body.bounds.low
    let coarsest = max(side, (extent.x * extent.y / Self.mostCells).squareRoot())
    inX = max(1, Int((grid.spacing.x / coarsest).rounded()))
    inY = max(1, Int((grid.spacing.y / coarsest).rounded()))
    height = side
    let cell = SIMD2(grid.spacing.x / Double(inX), grid.spacing.y / Double(inY))
    sides = SIMD3(cell.x, cell.y, side)
    lattice = PlanarLattice(origin: grid.origin, spacing: cell)
  }

  /// The most cells in the box around a plane's region, but for those of the grid itself: a limit of effort (heuristic).
  private static let mostCells = 4e6

  private static func cubeRoot(_ v: Double) -> Double {
    Volume.cubicMillimeters(v * Double.pi / 6).equivalentSphereDiameter.millimeters
  }
}

/// What one task gathers from the slabs it is given; for each body one entry a dose.
private struct SlabAnalysis: Sendable {
  let grids: [DoseGrid]
  let cuts: [CellCut]
  let extremes: [DoseExtremes]
  var histograms: [HistogramAccumulator?]
  /// The volume of each body without a dose.
  var outside: [Double]
  private var coverage = CellCoverage()

  init(grids: [DoseGrid], cuts: [CellCut], extremes: [DoseExtremes]) {
    self.grids = grids
    self.cuts = cuts
    self.extremes = extremes
    histograms = [HistogramAccumulator?](repeating: nil, count: extremes.count)
    outside = [Double](repeating: 0, count: extremes.count)
  }

  mutating func add(_ work: SlabWork) {
    let cut = cuts[work.body]
    let slab = work.slab
    guard let lattice = cut.lattice, slab.upper > slab.lower else { return }
    coverage.fill(with: slab.region, on: lattice)
    let area = coverage.area(on: lattice)
    let grid = grids[0]
    let from = max(slab.lower, grid.planes[0])
    let to = min(slab.upper, grid.planes[grid.planes.count - 1])
    let isMet = from < to && grid.columns > 1 && grid.rows > 1 && grid.planes.count > 1
    let layers = isMet ? Layer.layers(from: from, to: to, height: cut.height, planes: grid.planes) : []
    for (number, grid) in grids.enumerated() {
      let index = work.body * grids.count + number
      let extreme = extremes[index]
      guard isMet, extreme.low <= extreme.high else {
        outside[index] += area * (slab.upper - slab.lower)
        continue
      }
      outside[index] += area * ((slab.upper - slab.lower) - (to - from))
      var histogram = histograms[index] ?? HistogramAccumulator(low: extreme.low, high: extreme.high)
      histograms[index] = nil
      var sampler = LayerSampler(grid: grid, cut: cut, cellArea: lattice.cellArea)
      outside[index] += sampler.add(coverage, area: area, layers, to: &histogram)
      histograms[index] = histogram
    }
  }
}
