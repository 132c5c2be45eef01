// SPDX-License-Identifier: Apache-2.0
public import Anatomy
public import Quantities

/// A biological dose over one organ as bounds.
public struct AccumulatedBounds: Sendable {
  /// At least this.
  public let low: DoseGrid
  /// As measured and expected; what lies outside a measured grid counts nothing here.
  public let nominal: DoseGrid
  /// At most this.
  public let high: DoseGrid

  /// The three in this order.
  public var grids: [DoseGrid] { [low, nominal, high] }
}

/// The biological sum of courses over one organ, as equivalent dose in 2 Gy fractions with the organ's α/β.
///
/// Only nodes that the organ's own doses are read from have a value; all others are zero.
public struct AccumulatedDose: Sendable {
  /// The α/β all doses here were reckoned with.
  public let alphaBeta: AlphaBetaRatio
  /// The earlier courses.
  public let earlier: AccumulatedBounds
  /// The planned course.
  public let planned: AccumulatedBounds
  /// All together.
  public let sum: AccumulatedBounds
  /// The nominal sum where two courses or more each give the overlap's least dose, zero elsewhere.
  public let overlap: DoseGrid
  /// The same of the greatest sum.
  public let highOverlap: DoseGrid
  /// The nominal sum with the earlier dose at its worst within the registration's ellipsoid; `nil` when none was told.
  public let worst: DoseGrid?
  /// The same with only places inside the organ counted.
  public let worstInside: DoseGrid?
}

extension AccumulatedDose {
  /// Sums courses at the nodes of a grid of cubes around an organ.
  ///
  /// At each node the doses of one course and one fraction count are added in gray, turned into EQD2, and those of
  /// different courses or fraction counts added; a grid is read trilinearly before it is turned.
  ///
  /// - Parameters:
  ///   - contributions: the courses' parts.
  ///   - organ: the organ's body.
  ///   - alphaBeta: the organ's.
  ///   - spacing: the distance of nodes.
  ///   - overlapGray: the EQD2 from which a course counts as reaching a place.
  ///   - uncertainty: how far the earlier doses may be off their registered places.
  /// - Throws: `DoseGridDefect` for an organ that makes no grid.
  public init(
    _ contributions: [CourseContribution], over organ: Solid, alphaBeta: AlphaBetaRatio, spacing: Length,
    overlapGray: Double, uncertainty: RegistrationUncertainty? = nil
  ) throws(DoseGridDefect) {
    try self.init(
      EarlierOrganDose(
        contributions, over: organ, alphaBeta: alphaBeta, spacing: spacing, overlapGray: overlapGray,
        uncertainty: uncertainty), with: contributions.filter { !$0.isEarlier })
  }

  /// Adds a planned course to what earlier ones left.
  ///
  /// - Parameter planned: the planned course's parts.
  /// - Throws: `DoseGridDefect` for a sum that is no dose.
  public init(
    _ past: EarlierOrganDose, with planned: [CourseContribution]
  ) throws(DoseGridDefect) {
    let lattice = past.lattice
    let groups = ContributionGroup.groups(of: planned)
    let isUncertain = past.worst != nil
    let grids = try lattice.grids(isUncertain ? 10 : 8) { plane, slices in
      var row = EffectRow(groups, alphaBeta: past.alphaBeta.gray, overlapGray: past.overlapGray)
      for run in lattice.runs[plane] {
        row.read(
          from: { lattice.place(run.columns.lowerBound + $0, run.row, plane) }, count: run.columns.count)
        for offset in 0..<run.columns.count {
          let at = run.row * lattice.size.x + run.columns.lowerBound + offset
          let (earlier, reached) = (past.effects[run.first + offset], past.reached[run.first + offset])
          let (effect, other) = (row.effects[offset], row.reached[offset])
          let sum = earlier + effect
          for axis in 0..<3 {
            slices[axis][at] = Float(effect[axis])
            slices[3 + axis][at] = Float(sum[axis])
          }
          if Int(reached.x) + other.x.nonzeroBitCount > 1 { slices[6][at] = Float(sum.y) }
          if Int(reached.y) + other.y.nonzeroBitCount > 1 { slices[7][at] = Float(sum.z) }
          guard isUncertain, let worst = past.worst?[run.first + offset] else { continue }
          slices[8][at] = Float(worst.x + effect.y)
          slices[9][at] = Float(worst.y + effect.y)
        }
      }
    }
    alphaBeta = past.alphaBeta
    earlier = past.bounds
    self.planned = AccumulatedBounds(low: grids[0], nominal: grids[1], high: grids[2])
    sum = AccumulatedBounds(low: grids[3], nominal: grids[4], high: grids[5])
    overlap = grids[6]
    highOverlap = grids[7]
    worst = isUncertain ? grids[8] : nil
    worstInside = isUncertain ? grids[9] : nil
  }
}
