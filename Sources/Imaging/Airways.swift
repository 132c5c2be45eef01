// SPDX-License-Identifier: Apache-2.0
internal import Anatomy

/// Trachea and main bronchi in a CT: grown from a round column of air as far as it does not leak into the lungs.
struct Airways {
  let mask: Mask

  /// Sections of a trachea, in mm² (heuristic: a diameter of 9 to 32 mm).
  private static let section = 60.0...800.0
  /// How long a column of such sections is at least, in mm (heuristic).
  private static let leastColumnMM = 25.0
  /// Thresholds that are tried, in Hounsfield units; the last before a leak counts (heuristic).
  private static let thresholds: [Int16] = [-960, -940, -920, -900, -880, -860, -840, -820, -800]
  /// A step that grows the tree by more than this factor is a leak (heuristic).
  private static let leak = 1.6
  /// No trachea with its main bronchi holds more, in mm³ (heuristic).
  private static let mostMM3 = 150_000.0

  /// The airways; `nil` where no trachea is seen.
  init?(_ blocks: BlockImage, in body: Mask) {
    let grid = blocks.grid
    let size = grid.size
    let plane = body.plane
    let pixel = grid.spacing.x * grid.spacing.y
    // Round sections of air, plane by plane.
    struct Section {
      let plane: Int
      let centre: SIMD2<Double>
      let seed: Int
    }
    var chains: [[Section]] = []
    for z in (0..<size.z).reversed() {
      let flat = Mask(
        size: SIMD3(size.x, size.y, 1),
        cells: (0..<plane).map {
          body.cells[z * plane + $0] == 1 && blocks.values[z * plane + $0] < -800 ? 1 : 0
        })
      let (parts, labels) = flat.parts()
      for part in parts {
        let area = Double(part.count) * pixel
        guard Self.section.contains(area) else { continue }
        let centre = part.centre
        var low = SIMD2(Int.max, Int.max)
        var high = SIMD2(Int.min, Int.min)
        var seed = -1
        for index in 0..<plane where labels[index] == part.number {
          let place = SIMD2(index % size.x, index / size.x)
          low = pointwiseMin(low, place)
          high = pointwiseMax(high, place)
          if seed < 0 { seed = index }
        }
        let width = Double(high.x - low.x + 1) * grid.spacing.x
        let height = Double(high.y - low.y + 1) * grid.spacing.y
        // A disc fills 0.79 of its box.
        guard max(width, height) < 2 * min(width, height), area > 0.55 * width * height else { continue }
        let section = Section(
          plane: z, centre: SIMD2(centre.x * grid.spacing.x, centre.y * grid.spacing.y),
          seed: z * plane + seed)
        let next = chains.firstIndex {
          guard let last = $0.last else { return false }
          let step = last.centre - section.centre
          return last.plane - z <= 2 && last.plane > z && (step * step).sum() < 64
        }
        if let next { chains[next].append(section) } else { chains.append([section]) }
      }
    }
    func length(_ chain: [Section]) -> Double {
      grid.centre(2, chain[0].plane) - grid.centre(2, chain[chain.count - 1].plane)
    }
    guard let column = chains.max(by: { length($0) < length($1) }), length(column) >= Self.leastColumnMM
    else {
      return nil
    }
    var grown: Mask?
    var volume = 0.0
    for threshold in Self.thresholds {
      let tree = Self.grow(column.map(\.seed), blocks, body, below: threshold)
      let next = Double(tree.count) * grid.voxelVolume
      guard next > 0 else { continue }
      if next > Self.mostMM3 || (volume > 2000 && next > Self.leak * volume) { break }
      grown = tree
      volume = next
    }
    guard let grown else { return nil }
    mask = grown
  }

  private static func grow(_ seeds: [Int], _ blocks: BlockImage, _ body: Mask, below threshold: Int16) -> Mask
  {
    let size = blocks.grid.size
    let (nx, ny, nz) = (size.x, size.y, size.z)
    var cells = [UInt8](repeating: 0, count: body.cells.count)
    var stack = [Int]()
    blocks.values.withUnsafeBufferPointer { values in
      body.cells.withUnsafeBufferPointer { body in
        cells.withUnsafeMutableBufferPointer { cells in
          func open(_ index: Int) {
            guard cells[index] == 0, body[index] == 1, values[index] < threshold else { return }
            cells[index] = 1
            stack.append(index)
          }
          for seed in seeds { open(seed) }
          while let index = stack.popLast() {
            let x = index % nx
            let y = index / nx % ny
            let z = index / (nx * ny)
            if x > 0 { open(index - 1) }
            if x + 1 < nx { open(index + 1) }
            if y > 0 { open(index - nx) }
            if y + 1 < ny { open(index + nx) }
            if z > 0 { open(index - nx * ny) }
            if z + 1 < nz { open(index + nx * ny) }
          }
        }
      }
    }
    return Mask(size: size, cells: cells)
  }
}
