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
      return area * height
    }
    var unknown = 0.0
    for layer in layers {
      fillNodes(layer, window)
      unknown += add(coverage, layer, window, to: &histogram)
    }
    return unknown
  }

  /// A share above this is a whole cell but for rounding.
  private static let full = 1 - 1e-9

  @inline(__always)
  private static func isFull(_ share: UnsafeBufferPointer<Double>, _ at: Int, _ count: Int) -> Bool {
    share[at] > full && share[at + 1] > full && share[at + 2] > full && share[at + 3] > full
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
              if part == 0 {
                for column in 0..<columns {
                  let dose = gray[at + column]
                  means[line + column] = dose * mean
                  rises[line + column] = dose * rise
                }
              } else {
                for column in 0..<columns {
                  let dose = gray[at + column]
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
    // A bin's width: what a cell's own spread is rounded to anyway.
    let tolerance = Float(histogram.binWidth)
    var unknown = 0.0
    coverage.share.withUnsafeBufferPointer { share in
      coverage.centroidX.withUnsafeBufferPointer { centroidX in
        coverage.centroidY.withUnsafeBufferPointer { centroidY in
          means.withUnsafeBufferPointer { means in
            rises.withUnsafeBufferPointer { rises in
              histogram.withDeposit { deposit in
                // Kept apart from the deposit, so that the sums stay in registers.
                var sum = (volume: 0.0, integral: 0.0)
                for row in 0..<coverage.rows {
                  let line = row * columns
                  let j = Self.cell(coverage.firstRow + row, cut.inY)
                  let touched = coverage.columns(inRow: row)
                  guard !touched.isEmpty else { continue }
                  guard j >= window.firstRow, j <= window.lastRow else {
                    for column in touched { unknown += share[line + column] * volume }
                    continue
                  }
                  let inRow = Double(coverage.firstRow + row - j * cut.inY)
                  let nodes = (j - window.firstRow) * window.columns
                  var column = touched.lowerBound
                  let stop = touched.upperBound
                  var i = Self.cell(coverage.firstColumn + column, cut.inX)
                  var inColumn = coverage.firstColumn + column - i * cut.inX
                  while column < stop {
                    if cut.inX == 1, cut.inY == 1, column + 4 <= stop, i >= window.firstColumn,
                      i + 3 <= window.lastColumn, Self.isFull(share, line + column, 4)
                    {
                      let at = nodes + i - window.firstColumn
                      let run = FourCells(means, rises, at, at + window.columns)
                      if run.isEven(within: tolerance) {
                        sum.volume += 4 * volume
                        sum.integral += 4 * volume * run.dose
                        deposit.add(4 * volume, dose: run.dose, halfRange: run.halfRange)
                        column += 4
                        i += 4
                        continue
                      }
                    }
                    let end = min(stop, column + cut.inX - inColumn)
                    if i < window.firstColumn || i > window.lastColumn {
                      for at in column..<end { unknown += share[line + at] * volume }
                    } else {
                      let at = nodes + i - window.firstColumn
                      let above = at + window.columns
                      let dose = Bilinear(means[at], means[at + 1], means[above], means[above + 1])
                      let rise = Bilinear(rises[at], rises[at + 1], rises[above], rises[above + 1])
                      let offset = Double(inColumn - column)
                      var sub = column
                      while sub < end {
                        let covered = share[line + sub]
                        var next = sub + 1
                        guard covered > 0 else {
                          sub = next
                          continue
                        }
                        // Full cells side by side are one: along the row dose is linear within a cell of the grid.
                        let isFull = covered > Self.full
                        if isFull { while next < end, share[line + next] > Self.full { next += 1 } }
                        let cells = Double(next - sub)
                        let u = (offset + Double(sub) + (isFull ? cells * 0.5 : centroidX[line + sub])) * perX
                        let v = (inRow + (isFull ? 0.5 : centroidY[line + sub])) * perY
                        sub = next
                        let part = cells * covered * volume
                        let here = dose.value(u, v)
                        guard here == here else {
                          unknown += part
                          continue
                        }
                        let alongX = dose.alongX(v) * perX * cells
                        let alongY = dose.alongY(u) * perY
                        let alongZ = rise.value(u, v)
                        // One box as wide as the three sides together in the sense of variance. A part of a cell
                        // is narrower: cut straight across, one side in the plane is shorter by the share.
                        let inPlane = (alongX * alongX + alongY * alongY) * (0.5 + 0.5 * covered * covered)
                        sum.volume += part
                        sum.integral += part * here
                        deposit.add(
                          part, dose: here, halfRange: 0.5 * (inPlane + alongZ * alongZ).squareRoot())
                      }
                    }
                    column = end
                    i += 1
                    inColumn = 0
                  }
                }
                deposit.count(volume: sum.volume, integral: sum.integral)
              }
            }
          }
        }
      }
    }
    return unknown
  }
}

/// Dose between the four nodes of a cell's side: constant, along x, along y, and the twist.
private struct Bilinear {
  let origin: Double
  let x: Double
  let y: Double
  let twist: Double

  @inline(__always)
  init(_ low: Float, _ lowRight: Float, _ high: Float, _ highRight: Float) {
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
