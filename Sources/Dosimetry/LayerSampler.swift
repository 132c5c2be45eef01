internal import PlanarGeometry

/// Puts the covered cells of a slab's layers into a histogram, at the trilinear dose.
struct LayerSampler {
  let grid: DoseGrid
  let cut: CellCut
  let cellArea: Double

  /// The dose at the four corners of a grid cell in the middle of a layer, and how much it rises through it.
  private struct Cell {
    var low: SIMD2<Double>
    var high: SIMD2<Double>
    var lowRise: SIMD2<Double>
    var highRise: SIMD2<Double>
  }

  /// Adds every layer; returns the volume whose dose is unknown.
  func add(
    _ coverage: CellCoverage, _ layers: [Layer], to histogram: inout HistogramAccumulator
  ) -> Double {
    var unknown = 0.0
    let columns = coverage.columns
    grid.gray.withUnsafeBufferPointer { gray in
      coverage.share.withUnsafeBufferPointer { share in
        coverage.centroidX.withUnsafeBufferPointer { centroidX in
          coverage.centroidY.withUnsafeBufferPointer { centroidY in
            for row in 0..<coverage.rows {
              let line = row * columns
              var first = 0
              var last = columns - 1
              while first < columns, share[line + first] == 0 { first += 1 }
              while last > first, share[line + last] == 0 { last -= 1 }
              guard first < columns else { continue }
              let (j, inRow) = Self.split(coverage.firstRow + row, cut.inY)
              for layer in layers {
                let volume = cellArea * layer.thickness
                guard j >= 0, j < grid.rows - 1 else {
                  for column in first...last { unknown += share[line + column] * volume }
                  continue
                }
                var column = first
                while column <= last {
                  let (i, inColumn) = Self.split(coverage.firstColumn + column, cut.inX)
                  let end = min(last, column + cut.inX - inColumn - 1)
                  guard i >= 0, i < grid.columns - 1 else {
                    for at in column...end { unknown += share[line + at] * volume }
                    column = end + 1
                    continue
                  }
                  let cell = self.cell(gray, i, j, layer)
                  for at in column...end {
                    let covered = share[line + at]
                    guard covered > 0 else { continue }
                    let u = (Double(inColumn + at - column) + centroidX[line + at]) / Double(cut.inX)
                    let v = (Double(inRow) + centroidY[line + at]) / Double(cut.inY)
                    unknown += add(cell, u, v, covered, volume, to: &histogram)
                  }
                  column = end + 1
                }
              }
            }
          }
        }
      }
    }
    return unknown
  }

  private static func split(_ index: Int, _ parts: Int) -> (cell: Int, within: Int) {
    let cell = index >= 0 ? index / parts : -((parts - 1 - index) / parts)
    return (cell, index - cell * parts)
  }

  @inline(__always)
  private func cell(_ gray: UnsafeBufferPointer<Float>, _ i: Int, _ j: Int, _ layer: Layer) -> Cell {
    let at = (layer.plane * grid.rows + j) * grid.columns + i
    let above = at + grid.rows * grid.columns
    let next = grid.columns
    let lowBelow = SIMD2(Double(gray[at]), Double(gray[at + 1]))
    let lowAbove = SIMD2(Double(gray[above]), Double(gray[above + 1]))
    let highBelow = SIMD2(Double(gray[at + next]), Double(gray[at + next + 1]))
    let highAbove = SIMD2(Double(gray[above + next]), Double(gray[above + next + 1]))
    let part = layer.thickness / layer.depth
    return Cell(
      low: lowBelow + (lowAbove - lowBelow) * layer.share,
      high: highBelow + (highAbove - highBelow) * layer.share, lowRise: (lowAbove - lowBelow) * part,
      highRise: (highAbove - highBelow) * part)
  }

  /// Adds the covered part of one cell; returns its volume when its dose is unknown.
  @inline(__always)
  private func add(
    _ cell: Cell, _ u: Double, _ v: Double, _ covered: Double, _ volume: Double,
    to histogram: inout HistogramAccumulator
  ) -> Double {
    let atRow = cell.low + (cell.high - cell.low) * v
    let dose = atRow.x + (atRow.y - atRow.x) * u
    guard !dose.isNaN else { return covered * volume }
    let alongX = (atRow.y - atRow.x) / Double(cut.inX)
    let alongY =
      (cell.high.x - cell.low.x + (cell.high.y - cell.high.x - cell.low.y + cell.low.x) * u)
      / Double(cut.inY)
    let rise = cell.lowRise + (cell.highRise - cell.lowRise) * v
    let alongZ = rise.x + (rise.y - rise.x) * u
    // One box as wide as the three sides together in the sense of variance. A part of a cell is narrower: cut
    // straight across, one of its two sides in the plane is shorter by the covered share.
    let inPlane = (alongX * alongX + alongY * alongY) * (1 + covered * covered) / 2
    let half = (inPlane + alongZ * alongZ).squareRoot() / 2
    histogram.add(covered * volume, dose: dose, halfRange: half)
    return 0
  }
}
