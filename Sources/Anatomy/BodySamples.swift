internal import PlanarGeometry
package import Quantities

/// A point of a body that stands for a small part of its volume.
package struct BodySample: Sendable {
  package let place: SIMD3<Double>
  package let cubicMillimeters: Double
}

extension Solid {
  /// The body as cubes' middles, each with the volume the body covers of its cube.
  ///
  /// - Parameter step: the cubes' side; layers are as high, or as a slab where that is less.
  package func samples(step: Length) -> [BodySample] {
    let side = step.millimeters
    guard let lattice = PlanarLattice(origin: .zero, spacing: SIMD2(side, side)) else { return [] }
    let work = slabs
    return Workers.gather(work.count, into: { [(Int, [BodySample])]() }) { index, found in
      let slab = work[index]
      var samples: [BodySample] = []
      var coverage = CellCoverage()
      coverage.fill(with: slab.region, on: lattice)
      let height = slab.upper - slab.lower
      let layers = max(1, Int((height / side).rounded()))
      let thickness = height / Double(layers)
      for layer in 0..<layers {
        let z = slab.lower + (Double(layer) + 0.5) * thickness
        func add(_ column: Int, _ row: Int, _ share: Double, _ centre: SIMD2<Double>) {
          samples.append(
            BodySample(
              place: SIMD3((Double(column) + centre.x) * side, (Double(row) + centre.y) * side, z),
              cubicMillimeters: share * side * side * thickness))
        }
        for cell in coverage.edgeCells { add(cell.column, cell.row, cell.share, cell.centroid) }
        for run in coverage.fullRuns {
          for column in run.columns { add(column, run.row, 1, SIMD2(0.5, 0.5)) }
        }
      }
      found.append((index, samples))
    }.joined().sorted { $0.0 < $1.0 }.flatMap(\.1)
  }
}
