// SPDX-License-Identifier: Apache-2.0
internal import PlanarGeometry

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
