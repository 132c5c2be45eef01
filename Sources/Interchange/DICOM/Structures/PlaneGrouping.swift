// SPDX-License-Identifier: Apache-2.0
internal import Quantities

/// Which rings lie in one plane, though their z differ a little.
///
/// Writers round z, shift single rings, or draw a hole a few hundredths of a millimetre off. Taken for planes of
/// their own such rings become slabs as thin as the shift, and a body loses most of its volume.
struct PlaneGrouping {
  /// The distance of neighbouring planes in most of the set; `nil` where no ROI tells.
  let spacing: Length?

  /// Rings of one plane.
  struct Group: Hashable {
    /// The rings' places in what was given, by growing z.
    let rings: [Int]
    /// The z that most of the plane's area was drawn at.
    let z: Double
    /// How far the farthest ring was moved to lie in the plane.
    let shift: Double
  }

  /// Planes nearer than this are one plane in every set, in millimetres: rounding of decimal text.
  static let samePlaneMM = 0.01
  /// No scanner's planes lie nearer than this, in millimetres (heuristic); such distances tell no spacing of a set.
  private static let finestSpacingMM = 0.25
  /// The largest share of the spacing by which rings of one plane may lie apart (heuristic): half of it would
  /// leave open to which of two planes a ring belongs.
  private static let largestShare = 0.25
  /// The most, in millimetres, that rings of one plane may lie apart however coarse the set (heuristic).
  private static let mostMM = 1.0
  /// How many times its own extent a group must be away from the planes beside it: otherwise these are fine planes.
  private static let clearance = 2.0

  /// The grouping of a set.
  ///
  /// - Parameter heights: for each ROI the z of its rings in any order.
  init(_ heights: [[Double]]) {
    let drawn = Self.spacing(heights)
    // Rings beside their plane shorten the distance to the next: it is taken between planes brought together.
    let reach = (drawn ?? 0) * Self.largestShare / (1 - Self.largestShare) + Self.roundingMM
    spacing = (drawn.map { _ in Self.spacing(heights.map { Self.together($0, within: reach) }) } ?? nil)
      .map { .millimeters($0) }
  }

  /// The grouping of one ROI of the set: by its own planes where it has enough of them, else by the set's.
  func own(_ heights: [Double]) -> PlaneGrouping {
    let own = PlaneGrouping([heights])
    guard let spacing = own.spacing,
      Self.together(heights, within: own.tolerance).count >= Self.enoughPlanes,
      spacing.millimeters > Self.samePlaneMM
    else { return self }
    return own
  }

  /// So many planes of an ROI tell its own spacing.
  private static let enoughPlanes = 3
  /// Rounding of decimal text and of differences, in millimetres.
  private static let roundingMM = 1e-6

  /// The first of each group of heights.
  private static func together(_ heights: [Double], within reach: Double) -> [Double] {
    var kept: [Double] = []
    for z in Set(heights).sorted() where kept.last.map({ z - $0 > reach }) ?? true { kept.append(z) }
    return kept
  }

  private static func spacing(_ heights: [[Double]]) -> Double? {
    var gaps: [Double] = []
    for ring in heights {
      let sorted = Set(ring).sorted()
      gaps += zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    }
    let plausible = gaps.filter { $0 >= Self.finestSpacingMM }
    // A phantom may be drawn on finer planes than any scanner's; a single small shift is no spacing.
    let fine = gaps.filter { $0 > Self.samePlaneMM }
    return commonest(!plausible.isEmpty ? plausible : fine.count > 2 ? fine : [])
  }

  /// How far rings of one plane may lie apart, in millimetres.
  var tolerance: Double {
    Self.roundingMM + min(Self.mostMM, Self.largestShare * (spacing?.millimeters ?? 4 * Self.finestSpacingMM))
  }

  /// Rings of one ROI brought together by plane, by growing z.
  ///
  /// - Parameter rings: z and area of each; the area decides which z the plane has.
  func groups(_ rings: [(z: Double, area: Double)]) -> [Group] {
    let order = rings.indices.sorted { (rings[$0].z, $0) < (rings[$1].z, $1) }
    var groups: [Group] = []
    var first = 0
    while first < order.count {
      let low = rings[order[first]].z
      var last = first
      while last + 1 < order.count, rings[order[last + 1]].z - low <= tolerance { last += 1 }
      let extent = rings[order[last]].z - low
      let below = first > 0 ? low - rings[order[first - 1]].z : .infinity
      let above = last + 1 < order.count ? rings[order[last + 1]].z - rings[order[last]].z : .infinity
      if extent >= Self.samePlaneMM, min(below, above) < Self.clearance * extent {
        // Planes of their own, finer than the set's.
        last = first
        while last + 1 < order.count, rings[order[last + 1]].z - low < Self.samePlaneMM { last += 1 }
      }
      groups.append(Self.group(Array(order[first...last]), rings))
      first = last + 1
    }
    return groups
  }

  private static func group(_ members: [Int], _ rings: [(z: Double, area: Double)]) -> Group {
    var areas: [Double: Double] = [:]
    for member in members { areas[rings[member].z, default: 0] += rings[member].area }
    let z = areas.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? rings[members[0]].z
    return Group(rings: members, z: z, shift: members.map { abs(rings[$0].z - z) }.max() ?? 0)
  }

  /// The distance that covers most of the set: distances within a tenth of one another count as one, each by its
  /// length, so that a shift between every two planes weighs little; one that occurs once only where none recurs.
  private static func commonest(_ gaps: [Double]) -> Double? {
    var counts: [Double: Int] = [:]
    for gap in gaps { counts[(gap * 1000).rounded() / 1000, default: 0] += 1 }
    let values = counts.keys.sorted()
    var sums = [0]
    for value in values { sums.append(sums[sums.count - 1] + (counts[value] ?? 0)) }
    var low = 0
    var high = 0
    var best: (recurs: Bool, weight: Double, count: Int, value: Double)?
    for value in values {
      while values[low] < 0.9 * value { low += 1 }
      while high < values.count, values[high] <= 1.1 * value { high += 1 }
      let together = sums[high] - sums[low]
      let candidate = (together > 1, Double(together) * value, counts[value] ?? 0, value)
      guard let known = best else {
        best = candidate
        continue
      }
      if candidate.0 != known.recurs
        ? candidate.0
        : candidate.1 != known.weight
          ? candidate.1 > known.weight : candidate.2 > known.count
      {
        best = candidate
      }
    }
    return best?.value
  }
}
