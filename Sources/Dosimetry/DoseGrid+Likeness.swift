// SPDX-License-Identifier: Apache-2.0
internal import Quantities

/// How two doses are one distribution.
public struct DoseLikeness: Sendable, Hashable {
  /// What the first dose is to be multiplied with to be the second.
  public let factor: Double
  /// Whether the doses vary where they were compared: a uniform dose is like every other.
  public let hasShape: Bool

  /// Whether they are the same dose, not only in proportion.
  public var isEqual: Bool { abs(factor - 1) <= Self.tolerance }

  /// How far doses may differ, as a share of the greatest, and be one: what two grids of one plan make of a steep
  /// fall-off (heuristic).
  static let tolerance = 0.02
}

extension DoseGrid {
  /// Compares two doses at common points; `nil` where they are not one distribution, or share too little to tell.
  ///
  /// Points are nodes of the coarser grid with a tenth of either greatest dose or more. Grids, spacing and scale may
  /// differ: one plan exported twice is told from two plans by the values alone. Symmetric but for the factor.
  public func likeness(to other: DoseGrid) -> DoseLikeness? {
    guard let mine = maximum?.dose.gray, let theirs = other.maximum?.dose.gray, mine > 0, theirs > 0 else {
      return nil
    }
    let isCoarser = gray.count <= other.gray.count
    let nodes = isCoarser ? self : other
    let count = nodes.gray.count
    // A stride that shares no factor with rows and columns walks through all of the grid.
    var step = max(1, count / Self.comparedNodes)
    while Self.shareFactor(step, nodes.columns) || Self.shareFactor(step, nodes.rows) { step += 1 }
    var common = 0
    var missing = 0
    var (aa, ab, bb, sum) = (0.0, 0.0, 0.0, 0.0)
    var pairs: [(a: Double, b: Double)] = []
    for index in stride(from: 0, to: count, by: step) {
      let column = index % nodes.columns
      let row = index / nodes.columns % nodes.rows
      let point = SIMD3(
        nodes.origin.x + Double(column) * nodes.spacing.x, nodes.origin.y + Double(row) * nodes.spacing.y,
        nodes.planes[index / (nodes.columns * nodes.rows)])
      let own = Double(nodes.gray[index])
      guard own.isFinite else { continue }
      guard let facing = (isCoarser ? other : self).dose(at: point)?.gray else {
        if own >= (isCoarser ? mine : theirs) / 2 { missing += 1 }
        continue
      }
      let (a, b) = isCoarser ? (own, facing) : (facing, own)
      guard a >= mine / 10 || b >= theirs / 10 else { continue }
      common += 1
      aa += a * a
      ab += a * b
      bb += b * b
      sum += a
      pairs.append((a, b))
    }
    guard common >= Self.leastCommonNodes, missing <= common else { return nil }
    let factor = ab / aa
    var residual = 0.0
    for pair in pairs { residual += (pair.b - factor * pair.a) * (pair.b - factor * pair.a) }
    residual = (residual / Double(common)).squareRoot()
    guard residual <= DoseLikeness.tolerance * max(theirs, factor * mine) else { return nil }
    let mean = sum / Double(common)
    let deviation = max(0, aa / Double(common) - mean * mean).squareRoot()
    return DoseLikeness(factor: factor, hasShape: deviation > 0.05 * mean)
  }

  private static func shareFactor(_ a: Int, _ b: Int) -> Bool {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a > 1
  }

  /// How many nodes are compared, about.
  private static let comparedNodes = 20_000
  /// With fewer common points nothing is said.
  private static let leastCommonNodes = 20
}
