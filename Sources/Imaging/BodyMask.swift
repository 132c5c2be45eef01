// SPDX-License-Identifier: Apache-2.0
internal import Anatomy

/// The body in a CT: what is no air around it, without the table, filled.
struct BodyMask {
  let mask: Mask
  /// The share of its planes in which it reaches the side of the image: there it is cut off.
  let cutShare: Double

  /// Half-way between air and soft tissue, in Hounsfield units (heuristic).
  static let tissue: Int16 = -400
  /// Sheets thinner than twice this, in mm, are no body: covers and shells of tables (heuristic).
  private static let shellMM = 3.0
  /// What is left of a table beside the body is thinner than twice this, in mm, once the body is filled (heuristic).
  private static let ridgeMM = 8.0

  /// Nothing smaller is a body or a limb, in mm³ (heuristic).
  private static let leastMM3 = 3e5

  /// The body; `nil` where nothing is that large.
  init?(_ blocks: BlockImage) {
    let grid = blocks.grid
    let size = grid.size
    let tissue = Mask(size: size) { blocks.values[$0] > Self.tissue }
    let core = tissue.shrunk(by: Self.shellMM, on: grid)
    let (parts, labels) = core.parts()
    guard let body = parts.first, Double(body.count) * grid.voxelVolume > Self.leastMM3 else { return nil }
    // A lung or two may split the trunk into shell and spine where walls are thin: parts that lie within are the body's.
    let largest = Mask.of([body.number], labels, size).grown(by: Self.shellMM, on: grid).and(tissue)
    let filled = largest.filledInPlanes()
    let solid = filled.shrunk(by: Self.ridgeMM, on: grid)
    let (kept, keptLabels) = solid.parts()
    guard let main = kept.first else { return nil }
    let opened = Mask.of([main.number], keptLabels, size).grown(by: Self.ridgeMM, on: grid).and(filled)
    mask = opened
    var cut = 0
    for z in 0..<size.z {
      let plane = z * opened.plane
      let touches = (0..<size.y).contains {
        opened.cells[plane + $0 * size.x] == 1 || opened.cells[plane + $0 * size.x + size.x - 1] == 1
      }
      if touches { cut += 1 }
    }
    cutShare = Double(cut) / Double(size.z)
  }
}
