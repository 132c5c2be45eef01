// SPDX-License-Identifier: Apache-2.0
internal import Anatomy

/// The lungs in a CT, each with what its surface encloses.
struct LungMasks {
  /// By the patient's left and right; `nil` where no lung is seen on a side.
  let left: Mask?
  let right: Mask?
  /// The air of both, without vessels: what density is measured in.
  let air: Mask
  /// Whether one side alone was found where air of both touched and could not be told apart.
  let isOneBody: Bool

  /// Half-way between lung and soft tissue, in Hounsfield units (heuristic).
  static let threshold: Int16 = -400
  /// Smaller bodies of air are no lungs, in mm³ (heuristic).
  private static let leastMM3 = 100_000.0
  /// A body of air of which half lies below this, in Hounsfield units, is gas in bowel or stomach, not lung (heuristic).
  private static let gas: Int16 = -960
  /// What the surface bridges: vessels at the hilum and nodules that touch the pleura, in mm (heuristic).
  private static let bridgeMM = 6.0
  /// Walls of airways that are taken off with their air, in mm (heuristic).
  private static let wallMM = 2.0

  /// The lungs; `nil` where none is seen.
  init?(_ blocks: BlockImage, in body: Mask, airways: Mask?) {
    let grid = blocks.grid
    let size = grid.size
    var air = Mask(size: size) { body.cells[$0] == 1 && blocks.values[$0] < Self.threshold }
    if let airways { air = air.without(airways.grown(by: Self.wallMM, on: grid)) }
    let (parts, labels) = air.parts()
    let large = parts.filter { Double($0.count) * grid.voxelVolume >= Self.leastMM3 }
    let lungs = large.filter { part in !Self.isGas(part, labels, blocks) }
    guard let first = lungs.first else { return nil }
    var found: [Mask] = []
    var isOneBody = false
    // Two lungs that touch at the front or behind the heart are one body of air.
    let second = lungs.dropFirst().first { Double($0.count) > 0.15 * Double(first.count) }
    let middle = Self.middle(body)
    if second == nil, Self.reachesBoth(first, labels, size, middle) {
      if let pair = Self.split(Mask.of([first.number], labels, size), grid) {
        found = [pair.0, pair.1]
      } else {
        isOneBody = true
        found = [Mask.of([first.number], labels, size)]
      }
    } else {
      found = [first, second].compactMap(\.self).map { Mask.of([$0.number], labels, size) }
    }
    let sided = found.map { (mask: $0, x: Self.centreX($0)) }.sorted { $0.x < $1.x }
    // Towards growing x lies the patient's left.
    let right: Mask?
    let left: Mask?
    if sided.count == 2 {
      right = sided[0].mask
      left = sided[1].mask
    } else {
      right = isOneBody || sided[0].x < middle ? sided[0].mask : nil
      left = isOneBody || sided[0].x < middle ? nil : sided[0].mask
    }
    self.air = found.dropFirst().reduce(found[0]) { $0.or($1) }
    self.isOneBody = isOneBody
    let hulls = [left, right].map { $0.map { Self.hull(of: $0, on: grid, in: body) } }
    // What both hulls bridge, between the lungs, is neither's.
    if let a = hulls[0], let b = hulls[1] {
      let both = a.and(b)
      self.left = a.without(both)
      self.right = b.without(both)
    } else {
      self.left = hulls[0]
      self.right = hulls[1]
    }
  }

  private static func isGas(_ part: Mask.Part, _ labels: [Int32], _ blocks: BlockImage) -> Bool {
    var low = 0
    for (index, label) in labels.enumerated() where label == part.number && blocks.values[index] < gas {
      low += 1
    }
    return 2 * low > part.count
  }

  /// The middle of the body from right to left, in voxels.
  private static func middle(_ body: Mask) -> Double { centreX(body) }

  private static func centreX(_ mask: Mask) -> Double {
    var sum = 0
    var count = 0
    for (index, cell) in mask.cells.enumerated() where cell == 1 {
      sum += index % mask.size.x
      count += 1
    }
    return Double(sum) / Double(max(1, count))
  }

  /// Whether a quarter of a body of air lies on each side of the middle.
  private static func reachesBoth(
    _ part: Mask.Part, _ labels: [Int32], _ size: SIMD3<Int>, _ middle: Double
  ) -> Bool {
    var beyond = 0
    for (index, label) in labels.enumerated() where label == part.number && Double(index % size.x) > middle {
      beyond += 1
    }
    let share = Double(beyond) / Double(part.count)
    return (0.25...0.75).contains(share)
  }

  /// Two lungs from one body of air: shrunk until it falls apart, then each voxel to the nearer of the two.
  private static func split(_ mask: Mask, _ grid: VoxelGrid) -> (Mask, Mask)? {
    for reach in [2.0, 4, 6, 9, 12] {
      let (parts, labels) = mask.shrunk(by: reach, on: grid).parts()
      guard parts.count > 1, Double(parts[1].count) > 0.25 * Double(parts[0].count) else { continue }
      let size = mask.size
      var one = Mask.of([parts[0].number], labels, size)
      var other = Mask.of([parts[1].number], labels, size)
      // Grown in turn within the mask, so that the border lies about half-way.
      for _ in 0..<Int(2 * reach / grid.spacing.x + 8) {
        let a = one.grown(by: grid.spacing.max(), on: grid).and(mask).without(other)
        let b = other.grown(by: grid.spacing.max(), on: grid).and(mask).without(a)
        if a.count == one.count, b.count == other.count { break }
        one = a
        other = b
      }
      return (one, other)
    }
    return nil
  }

  /// Holes of a plane up to this are vessels; a larger one that opens below is the liver's dome (heuristic, as for contours).
  private static let vesselMM2 = 500.0

  /// With vessels and what lies within: bridged, and filled where a hole is small or closed on all sides.
  ///
  /// The dome of the liver is an island in the lung's planes, too, but opens to the belly below: it stays out.
  private static func hull(of mask: Mask, on grid: VoxelGrid, in body: Mask) -> Mask {
    let bridged = mask.grown(by: bridgeMM, on: grid).shrunk(by: bridgeMM, on: grid).or(mask)
    let filled = bridged.filledInPlanes()
    let holes = filled.without(bridged)
    let (parts, labels) = holes.parts()
    var isOpen = [Bool](repeating: false, count: parts.count + 1)
    let plane = mask.plane
    for (index, label) in labels.enumerated() where label > 0 {
      let below = index - plane
      let above = index + plane
      if below < 0 || above >= labels.count || filled.cells[below] == 0 || filled.cells[above] == 0 {
        isOpen[Int(label)] = true
      }
    }
    var kept = [UInt8](repeating: 0, count: labels.count)
    for (index, label) in labels.enumerated() where label > 0 && !isOpen[Int(label)] { kept[index] = 1 }
    let small = holes.partsInPlanes(upTo: Int(vesselMM2 / (grid.spacing.x * grid.spacing.y)))
    return bridged.or(Mask(size: mask.size, cells: kept)).or(small).and(body)
  }
}
