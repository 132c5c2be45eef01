// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import PlanarGeometry
public import Quantities

extension DoseGrid {
  /// The volume of the whole grid that receives at least a dose, other targets' included.
  ///
  /// `nil` when the isodose reaches the edge of the grid or a node without a value, since more of it may lie
  /// beyond. Zero when no node receives the dose.
  public func isodoseVolume(_ dose: AbsorbedDose) -> Volume? {
    let level = Float(dose.gray)
    var low = (columns, rows, planes.count)
    var high = (-1, -1, -1)
    // A node without a dose makes the whole cell unknown, corner to corner.
    let around = [-1, 0, 1].flatMap { x in
      [-1, 0, 1].flatMap { y in [-1, 0, 1].map { z in x + y * columns + z * columns * rows } }
    }
    var index = 0
    for k in planes.indices {
      for j in 0..<rows {
        for i in 0..<columns {
          let value = gray[index]
          index += 1
          guard value >= level else { continue }
          low = (min(low.0, i), min(low.1, j), min(low.2, k))
          high = (max(high.0, i), max(high.1, j), max(high.2, k))
          guard i > 0, j > 0, k > 0, i < columns - 1, j < rows - 1, k < planes.count - 1 else { return nil }
          // The isodose passes beside this node; where no dose is known it may go on.
          let here = index - 1
          guard around.allSatisfy({ !gray[here + $0].isNaN }) else { return nil }
        }
      }
    }
    guard high.0 >= 0 else { return .zero }
    // One node further on each side: the isodose lies between the nodes.
    let corner = origin + spacing * SIMD2(Double(low.0 - 1), Double(low.1 - 1))
    let opposite = origin + spacing * SIMD2(Double(high.0 + 1), Double(high.1 + 1))
    let region = Region.rectangle(low: corner, high: opposite)
    let slabs = ((low.2 - 1)...high.2).map {
      Slab(z: (planes[$0] + planes[$0 + 1]) / 2, lower: planes[$0], upper: planes[$0 + 1], region: region)
    }
    guard
      let box = Solid(
        slabs: slabs, endCap: .none, nominalSpacing: .millimeters(planes[1] - planes[0]), gaps: [])
    else { return nil }
    let resolution = CellResolution(leastCells: 400_000, finestSide: .millimeters(0.1))
    return histograms(of: [box], resolution: resolution).first?.volume(receivingAtLeast: dose)
  }
}
