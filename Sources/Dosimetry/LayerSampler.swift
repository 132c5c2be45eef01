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
        from: low + Double(index) * thickness, to: index + 1 == count ? high : low + Double(index + 1) * thickness,
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
  private var means: [Double] = []
  private var rises: [Double] = []

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
    _ coverage: CellCoverage, _ layers: [Layer], to histogram: inout HistogramAccumulator
  ) -> Double {
    guard coverage.columns > 0, coverage.rows > 0 else { return 0 }
    let low = (Self.cell(coverage.firstColumn, cut.inX), Self.cell(coverage.firstRow, cut.inY))
    let high = (
      Self.cell(coverage.firstColumn + coverage.columns - 1, cut.inX),
      Self.cell(coverage.firstRow + coverage.rows - 1, cut.inY)
    )
    let window = Window(
      firstColumn: max(0, low.0), lastColumn: min(grid.columns - 2, high.0), firstRow: max(0, low.1),
      lastRow: min(grid.rows - 2, high.1))
    let height = layers.reduce(0) { $0 + $1.thickness }
    guard window.firstColumn <= window.lastColumn, window.firstRow <= window.lastRow else {
      return coverage.share[..<(coverage.columns * coverage.rows)].reduce(0, +) * cellArea * height
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
      means = [Double](repeating: 0, count: count)
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
              let (mean, rise) = (layer.mean[part], layer.rise[part])
              let at = (layer.plane + part) * plane + start
              if part == 0 {
                for column in 0..<columns {
                  let dose = Double(gray[at + column])
                  means[line + column] = dose * mean
                  rises[line + column] = dose * rise
                }
              } else {
                for column in 0..<columns {
                  let dose = Double(gray[at + column])
                  means[line + column] += dose * mean
                  rises[line + column] += dose * rise
                }
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
    let columns = coverage.columns
    let (perX, perY) = (1 / Double(cut.inX), 1 / Double(cut.inY))
    var unknown = 0.0
    coverage.share.withUnsafeBufferPointer { share in
      coverage.centroidX.withUnsafeBufferPointer { centroidX in
        coverage.centroidY.withUnsafeBufferPointer { centroidY in
          means.withUnsafeBufferPointer { means in
            rises.withUnsafeBufferPointer { rises in
              histogram.withDeposit { deposit in
                for row in 0..<coverage.rows {
                  let line = row * columns
                  let j = Self.cell(coverage.firstRow + row, cut.inY)
                  guard j >= window.firstRow, j <= window.lastRow else {
                    for column in 0..<columns { unknown += share[line + column] * volume }
                    continue
                  }
                  let inRow = Double(coverage.firstRow + row - j * cut.inY)
                  let nodes = (j - window.firstRow) * window.columns
                  var column = 0
                  while column < columns {
                    let i = Self.cell(coverage.firstColumn + column, cut.inX)
                    let inColumn = coverage.firstColumn + column - i * cut.inX
                    let end = min(columns, column + cut.inX - inColumn)
                    guard i >= window.firstColumn, i <= window.lastColumn else {
                      for at in column..<end { unknown += share[line + at] * volume }
                      column = end
                      continue
                    }
                    let at = nodes + i - window.firstColumn
                    let above = at + window.columns
                    // Bilinear forms: constant, along x, along y, and the twist.
                    let dose = SIMD4(
                      means[at], means[at + 1] - means[at], means[above] - means[at],
                      means[above + 1] - means[above] - means[at + 1] + means[at])
                    let rise = SIMD4(
                      rises[at], rises[at + 1] - rises[at], rises[above] - rises[at],
                      rises[above + 1] - rises[above] - rises[at + 1] + rises[at])
                    for sub in column..<end {
                      let covered = share[line + sub]
                      guard covered > 0 else { continue }
                      let u = (Double(inColumn + sub - column) + centroidX[line + sub]) * perX
                      let v = (inRow + centroidY[line + sub]) * perY
                      let here = dose.x + dose.y * u + (dose.z + dose.w * u) * v
                      guard here == here else {
                        unknown += covered * volume
                        continue
                      }
                      let alongX = (dose.y + dose.w * v) * perX
                      let alongY = (dose.z + dose.w * u) * perY
                      let alongZ = rise.x + rise.y * u + (rise.z + rise.w * u) * v
                      // One box as wide as the three sides together in the sense of variance. A part of a cell
                      // is narrower: cut straight across, one side in the plane is shorter by the covered share.
                      let inPlane = (alongX * alongX + alongY * alongY) * (1 + covered * covered) * 0.5
                      deposit.add(
                        covered * volume, dose: here, halfRange: (inPlane + alongZ * alongZ).squareRoot() * 0.5)
                    }
                    column = end
                  }
                }
              }
            }
          }
        }
      }
    }
    return unknown
  }
}
