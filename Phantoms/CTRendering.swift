// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
public import Cases
public import Imaging
internal import Foundation
internal import PlanarGeometry
internal import Quantities
internal import Vocabulary

/// Renders a case's bodies as a CT would show them: tissues in Hounsfield units, noise, a table.
///
/// The bodies are the truth that what is derived from the image is held to.
public struct CTRendering: Sendable {
  /// The size of a voxel along x and y, in millimetres.
  public var pixel = 0.9
  /// The distance of planes, in millimetres.
  public var plane = 1.25
  /// The standard deviation of the noise, in Hounsfield units.
  public var noise = 20.0
  /// Whether a table lies beneath the body: a shell of 3 mm around foam, 8 mm below.
  public var hasTable = true
  /// The seed of the noise.
  public var seed: UInt64 = 1
  /// What bone measures, in Hounsfield units.
  public var bone = 500.0

  /// A rendering with defaults.
  public init() {}

  /// The image of a case; `nil` for one without a body outline.
  public func image(of patientCase: PatientCase) -> CTImage? {
    guard let outline = patientCase.structures.first(where: { $0.name.role == .external }) else { return nil }
    let bounds = outline.solid.bounds
    let margin = 30.0
    let columns = Int((bounds.high.x - bounds.low.x + 2 * margin) / pixel)
    let rows = Int((bounds.high.y - bounds.low.y + 2 * margin + 40) / pixel)
    let planes = stride(from: bounds.low.z + plane / 2, to: bounds.high.z, by: plane).map { $0 }
    let first = SIMD2(bounds.low.x - margin, bounds.low.y - margin)
    let grid = VoxelGrid(
      columns: columns, rows: rows, spacing: SIMD2(pixel, pixel), first: first, planes: planes)
    var sums = [Float](repeating: -1000 * 4, count: columns * rows * planes.count)
    if hasTable { addTable(to: &sums, grid, below: bounds.high.y) }
    let layers =
      Self.layers.flatMap { layer in
        patientCase.structures.filter { layer.roles.contains($0.name.role) }.map {
          ($0.solid, layer.roles == [.bone, .rib] ? bone : layer.value)
        }
      } + patientCase.lesions.compactMap { lesion in lesion.body.map { ($0.solid, 45.0) } }
    for (solid, value) in layers { paint(solid, Float(value), &sums, grid) }
    var generator = SplitMix64(seed: seed)
    let values = sums.map { sum -> Int16 in
      // Two halves of a normal deviate by Box and Muller cost more than this sum of four, which is as good here.
      let deviate = (0..<4).reduce(0.0) { total, _ in total + generator.nextUnit() } - 2
      return Int16(max(-1024, min(3000, Double(sum) / 4 + deviate * noise * 1.732)))
    }
    return CTImage(grid: grid, hounsfield: values)
  }

  /// Tissues, the later ones over the earlier.
  private static let layers: [(roles: [StructureRole], value: Double)] = [
    ([.external], 40), ([.liver, .spleen, .kidney, .stomach, .bowel, .colon, .duodenum, .pancreas], 50),
    ([.lung], -840), ([.heart, .greatVessels, .pulmonaryVessel], 45), ([.oesophagus, .spinalCord], 35),
    ([.bone, .rib], 500), ([.trachea, .bronchialTree, .bronchus], -1000),
  ]

  /// Four samples a voxel, each a quarter of it: what a surface cuts is part of both sides.
  private func paint(_ solid: Solid, _ value: Float, _ sums: inout [Float], _ grid: VoxelGrid) {
    let (columns, rows) = (grid.size.x, grid.size.y)
    let quarter = pixel / 4
    var covered = [Float](repeating: 0, count: columns)
    for z in 0..<grid.size.z {
      let height = grid.centre(2, z)
      guard let slab = solid.slabs.first(where: { $0.lower <= height && height < $0.upper }) else { continue }
      for y in 0..<rows {
        var reach = (low: columns, high: -1)
        for half in 0..<2 {
          let line = grid.centre(1, y) + (half == 0 ? -quarter : quarter)
          let crossings = slab.region.crossings(y: line)
          for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
            for side in 0..<2 {
              let offset = grid.centre(0, 0) + (side == 0 ? -quarter : quarter)
              let low = max(0, Int(((crossings[pair] - offset) / pixel).rounded(.up)))
              let high = min(columns - 1, Int(((crossings[pair + 1] - offset) / pixel).rounded(.down)))
              guard low <= high else { continue }
              for x in low...high { covered[x] += 1 }
              reach = (min(reach.low, low), max(reach.high, high))
            }
          }
        }
        guard reach.low <= reach.high else { continue }
        for x in reach.low...reach.high {
          let index = (z * rows + y) * columns + x
          // What was there is not known sample by sample: as much of the voxel's mean gives way as is covered.
          sums[index] = sums[index] * (4 - covered[x]) / 4 + value * covered[x]
          covered[x] = 0
        }
      }
    }
  }

  private func addTable(to sums: inout [Float], _ grid: VoxelGrid, below back: Double) {
    for z in 0..<grid.size.z {
      for y in 0..<grid.size.y {
        let depth = grid.centre(1, y) - back - 8
        guard depth > 0, depth < 30 else { continue }
        for x in 8..<(grid.size.x - 8) {
          let isShell = depth < 3 || depth > 27 || x < 11 || x > grid.size.x - 12
          sums[(z * grid.size.y + y) * grid.size.x + x] = 4 * (isShell ? 0 : -930)
        }
      }
    }
  }
}

extension Region {
  /// Where a horizontal line enters and leaves the region, ascending.
  fileprivate func crossings(y: Double) -> [Double] {
    var found: [Double] = []
    for polygon in polygons {
      for ring in [polygon.outer] + polygon.holes {
        let points = ring.points
        for (index, a) in points.enumerated() {
          let b = points[(index + 1) % points.count]
          guard (a.y <= y) != (b.y <= y) else { continue }
          found.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
        }
      }
    }
    return found.sorted()
  }
}
