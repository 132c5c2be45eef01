internal import PlanarGeometry

/// A layer of a slab as weights on the grid's planes: dose is linear between them, so its mean over the layer
/// and its rise through it are weighted sums of nodes.
struct Layer {
  /// The lowest plane that counts.
  let plane: Int
  /// The weight of each plane from there on in the mean.
  let mean: [Double]
  /// The weight of each plane in the range through the layer.
  let rise: [Double]
  /// The layer's thickness in millimetres.
  let thickness: Double

  /// The layers between two heights inside the grid, each no higher than wanted, but never thinner than need be.
  static func layers(from low: Double, to high: Double, height: Double, planes: [Double]) -> [Layer] {
    let count = max(1, Int(((high - low) / height - 1e-9).rounded(.up)))
    let thickness = (high - low) / Double(count)
    return (0..<count).map { index in
      Layer(
        from: low + Double(index) * thickness,
        to: index + 1 == count ? high : low + Double(index + 1) * thickness,
        planes)
    }
  }

  private init(from low: Double, to high: Double, _ planes: [Double]) {
    var first = 0
    while first < planes.count - 2, planes[first + 1] <= low { first += 1 }
    var last = first + 1
    while last < planes.count - 1, planes[last] < high { last += 1 }
    var mean = [Double](repeating: 0, count: last - first + 1)
    var rise = mean
    func share(_ z: Double, _ k: Int) -> Double { (z - planes[k]) / (planes[k + 1] - planes[k]) }
    for k in first..<last {
      let (a, b) = (max(low, planes[k]), min(high, planes[k + 1]))
      guard b > a else { continue }
      let weight = (b - a) / (high - low)
      let middle = share((a + b) / 2, k)
      mean[k - first] += weight * (1 - middle)
      mean[k - first + 1] += weight * middle
      // The whole range through the layer, as if dose rose evenly.
      let climb = share(b, k) - share(a, k)
      rise[k - first] -= climb
      rise[k - first + 1] += climb
    }
    plane = first
    self.mean = mean
    self.rise = rise
    thickness = high - low
  }
}

/// Puts the covered cells of a slab's layers into a histogram, at the trilinear dose.
struct LayerSampler {
  let grid: DoseGrid
  let cut: CellCut
  let cellArea: Double
  /// Mean dose over the layer and rise through it at the nodes of the window, row by row.
  private var means: [Float] = []
  private var rises: [Float] = []

  init(grid: DoseGrid, cut: CellCut, cellArea: Double) {
    self.grid = grid
    self.cut = cut
    self.cellArea = cellArea
  }

  /// The grid cells that the covered window meets.
  private struct Window {
    let firstColumn: Int
    let lastColumn: Int
    let firstRow: Int
    let lastRow: Int
    var columns: Int { lastColumn - firstColumn + 2 }
    var rows: Int { lastRow - firstRow + 2 }
  }

  /// Adds every layer; returns the volume whose dose is unknown.
  mutating func add(
    _ coverage: CellCoverage, area: Double, _ layers: [Layer], to histogram: inout HistogramAccumulator
  ) -> Double {
    guard !coverage.columns.isEmpty, !coverage.rows.isEmpty else { return 0 }
    let window = Window(
      firstColumn: max(0, Self.cell(coverage.columns.lowerBound, cut.inX)),
      lastColumn: min(grid.columns - 2, Self.cell(coverage.columns.upperBound - 1, cut.inX)),
      firstRow: max(0, Self.cell(coverage.rows.lowerBound, cut.inY)),
      lastRow: min(grid.rows - 2, Self.cell(coverage.rows.upperBound - 1, cut.inY)))
    guard window.firstColumn <= window.lastColumn, window.firstRow <= window.lastRow else {
      return area * layers.reduce(0) { $0 + $1.thickness }
    }
    var unknown = 0.0
    for layer in layers {
      fillNodes(layer, window)
      unknown += add(coverage, layer, window, to: &histogram)
    }
    return unknown
  }

  private static func cell(_ index: Int, _ parts: Int) -> Int {
    index >= 0 ? index / parts : -((parts - 1 - index) / parts)
  }

  private mutating func fillNodes(_ layer: Layer, _ window: Window) {
    let columns = window.columns
    let count = columns * window.rows
    if means.count < count {
      means = [Float](repeating: 0, count: count)
      rises = means
    }
    let plane = grid.rows * grid.columns
    grid.gray.withUnsafeBufferPointer { gray in
      means.withUnsafeMutableBufferPointer { means in
        rises.withUnsafeMutableBufferPointer { rises in
          for row in 0..<window.rows {
            let start = (window.firstRow + row) * grid.columns + window.firstColumn
            let line = row * columns
            for part in layer.mean.indices {
              let (mean, rise) = (Float(layer.mean[part]), Float(layer.rise[part]))
              let at = (layer.plane + part) * plane + start
              guard let from = gray.baseAddress.map({ $0 + at }),
                let means = means.baseAddress.map({ $0 + line }),
                let rises = rises.baseAddress.map({ $0 + line })
              else { return }
              var column = 0
              while column + 8 <= columns {
                let dose = Lanes.load(from, column)
                let (oldMean, oldRise) =
                  part == 0
                  ? (SIMD8<Float>.zero, SIMD8<Float>.zero)
                  : (Lanes.load(means, column), Lanes.load(rises, column))
                Lanes.store(oldMean + dose * mean, means, column)
                Lanes.store(oldRise + dose * rise, rises, column)
                column += 8
              }
              while column < columns {
                means[column] = (part == 0 ? 0 : means[column]) + from[column] * mean
                rises[column] = (part == 0 ? 0 : rises[column]) + from[column] * rise
                column += 1
              }
            }
          }
        }
      }
    }
  }

  private func add(
    _ coverage: CellCoverage, _ layer: Layer, _ window: Window, to histogram: inout HistogramAccumulator
  ) -> Double {
    let volume = cellArea * layer.thickness
    // A bin's width: what a cell's own spread is rounded to anyway.
    let tolerance = Float(histogram.binWidth)
    var unknown = 0.0
    means.withUnsafeBufferPointer { means in
      rises.withUnsafeBufferPointer { rises in
        histogram.withDeposit { deposit in
          let nodes = Nodes(means: means, rises: rises, window: window)
          unknown += addEdgeCells(coverage.edgeCells, volume, nodes, &deposit)
          unknown += addFullRuns(coverage.fullRuns, volume, nodes, tolerance, &deposit)
        }
      }
    }
    return unknown
  }

  /// The nodes' means and rises in the window.
  private struct Nodes {
    let means: UnsafeBufferPointer<Float>
    let rises: UnsafeBufferPointer<Float>
    let window: Window

    @inline(__always)
    func number(_ i: Int, _ j: Int) -> Int {
      (j - window.firstRow) * window.columns + i - window.firstColumn
    }

    @inline(__always)
    func holds(_ i: Int, _ j: Int) -> Bool {
      i >= window.firstColumn && i <= window.lastColumn && j >= window.firstRow && j <= window.lastRow
    }

    @inline(__always)
    func dose(_ at: Int) -> Bilinear { Bilinear(means, at, window.columns) }
    @inline(__always)
    func rise(_ at: Int) -> Bilinear { Bilinear(rises, at, window.columns) }
  }

  private func addEdgeCells(
    _ cells: [CellCoverage.EdgeCell], _ volume: Double, _ nodes: Nodes,
    _ deposit: inout HistogramAccumulator.Deposit
  ) -> Double {
    let (perX, perY) = (1 / Double(cut.inX), 1 / Double(cut.inY))
    var sum = (volume: 0.0, integral: 0.0, unknown: 0.0)
    for cell in cells {
      let part = cell.share * volume
      let (i, j) = (Self.cell(cell.column, cut.inX), Self.cell(cell.row, cut.inY))
      guard nodes.holds(i, j) else {
        sum.unknown += part
        continue
      }
      let at = nodes.number(i, j)
      let u = (Double(cell.column - i * cut.inX) + cell.centroid.x) * perX
      let v = (Double(cell.row - j * cut.inY) + cell.centroid.y) * perY
      let dose = nodes.dose(at)
      let here = dose.value(u, v)
      guard here == here else {
        sum.unknown += part
        continue
      }
      let alongX = dose.alongX(v) * perX
      let alongY = dose.alongY(u) * perY
      let alongZ = nodes.rise(at).value(u, v)
      // One box as wide as the three sides together in the sense of variance. A part of a cell is narrower: cut
      // straight across, one of its sides in the plane is shorter by the share.
      let inPlane = (alongX * alongX + alongY * alongY) * (0.5 + 0.5 * cell.share * cell.share)
      sum.volume += part
      sum.integral += part * here
      deposit.add(part, dose: here, halfRange: 0.5 * (inPlane + alongZ * alongZ).squareRoot())
    }
    deposit.count(volume: sum.volume, integral: sum.integral)
    return sum.unknown
  }

  /// Full cells side by side are one within a cell of the grid: along the row dose is linear there.
  private func addFullRuns(
    _ runs: [CellCoverage.FullRun], _ volume: Double, _ nodes: Nodes, _ tolerance: Float,
    _ deposit: inout HistogramAccumulator.Deposit
  ) -> Double {
    let (perX, perY) = (1 / Double(cut.inX), 1 / Double(cut.inY))
    var sum = (volume: 0.0, integral: 0.0, unknown: 0.0)
    for run in runs {
      let j = Self.cell(run.row, cut.inY)
      let v = (Double(run.row - j * cut.inY) + 0.5) * perY
      var column = run.columns.lowerBound
      let stop = run.columns.upperBound
      var i = Self.cell(column, cut.inX)
      while column < stop {
        if cut.inX == 1, cut.inY == 1, column + 4 <= stop, nodes.holds(i, j), nodes.holds(i + 3, j) {
          let at = nodes.number(i, j)
          let four = FourCells(nodes.means, nodes.rises, at, at + nodes.window.columns)
          if four.isEven(within: tolerance) {
            sum.volume += 4 * volume
            sum.integral += 4 * volume * four.dose
            deposit.add(4 * volume, dose: four.dose, halfRange: four.halfRange)
            column += 4
            i += 4
            continue
          }
        }
        let start = column - i * cut.inX
        let cells = min(stop - column, cut.inX - start)
        let part = Double(cells) * volume
        column += cells
        defer { i += 1 }
        guard nodes.holds(i, j) else {
          sum.unknown += part
          continue
        }
        let at = nodes.number(i, j)
        let u = (Double(start) + Double(cells) * 0.5) * perX
        let dose = nodes.dose(at)
        let here = dose.value(u, v)
        guard here == here else {
          sum.unknown += part
          continue
        }
        let alongX = dose.alongX(v) * perX * Double(cells)
        let alongY = dose.alongY(u) * perY
        let alongZ = nodes.rise(at).value(u, v)
        sum.volume += part
        sum.integral += part * here
        deposit.add(
          part, dose: here,
          halfRange: 0.5 * (alongX * alongX + alongY * alongY + alongZ * alongZ).squareRoot())
      }
    }
    deposit.count(volume: sum.volume, integral: sum.integral)
    return sum.unknown
  }
}

/// Dose between the four nodes of a cell's side: constant, along x, along y, and the twist.
private struct Bilinear {
  let origin: Double
  let x: Double
  let y: Double
  let twist: Double

  @inline(__always)
  init(_ nodes: UnsafeBufferPointer<Float>, _ at: Int, _ columns: Int) {
    let (low, lowRight) = (nodes[at], nodes[at + 1])
    let (high, highRight) = (nodes[at + columns], nodes[at + columns + 1])
    origin = Double(low)
    x = Double(lowRight) - Double(low)
    y = Double(high) - Double(low)
    twist = Double(highRight) - Double(high) - x
  }

  @inline(__always)
  func value(_ u: Double, _ v: Double) -> Double { origin + x * u + (y + twist * u) * v }
  @inline(__always)
  func alongX(_ v: Double) -> Double { x + twist * v }
  @inline(__always)
  func alongY(_ u: Double) -> Double { y + twist * u }
}

/// Four full cells of the grid side by side along a row.
private struct FourCells {
  private let doses: SIMD4<Float>
  private let alongY: SIMD4<Float>
  private let alongX: Float
  private let alongZ: Float

  @inline(__always)
  init(_ means: UnsafeBufferPointer<Float>, _ rises: UnsafeBufferPointer<Float>, _ at: Int, _ above: Int) {
    func four(_ values: UnsafeBufferPointer<Float>, _ at: Int) -> SIMD4<Float> {
      UnsafeRawPointer(values.baseAddress.unsafelyUnwrapped + at).loadUnaligned(as: SIMD4<Float>.self)
    }
    let low = four(means, at) + four(means, at + 1)
    let high = four(means, above) + four(means, above + 1)
    doses = (low + high) * 0.25
    alongY = (high - low) * 0.5
    alongX = (means[at + 4] + means[above + 4] - means[at] - means[above]) * 0.5
    alongZ =
      (four(rises, at) + four(rises, at + 1) + four(rises, above) + four(rises, above + 1)).sum() * 0.0625
  }

  /// Whether dose is linear along the four, so that one box stands for them; false next to an unknown node.
  @inline(__always)
  func isEven(within tolerance: Float) -> Bool {
    let bend = abs(doses.x - doses.y - doses.z + doses.w)
    let sway = abs(doses.x - 3 * doses.y + 3 * doses.z - doses.w)
    return bend <= tolerance && sway <= tolerance && abs(alongY.max() - alongY.min()) <= tolerance
  }

  @inline(__always)
  var dose: Double { Double(doses.sum()) * 0.25 }

  @inline(__always)
  var halfRange: Double {
    let y = alongY.sum() * 0.25
    return Double(0.5 * (alongX * alongX + y * y + alongZ * alongZ).squareRoot())
  }
}
