// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Evidence
internal import Facts
internal import Quantities

/// What the dose grids of earlier courses say about one lesion: measured, not told.
struct EarlierDoseFacts {
  /// The greatest EQD2 within the lesion, summed over the courses; `nil` where nothing can be said.
  let dose: FactValue?
  /// `overlap`, `nearby` or `none`, as far as the grids tell; `nil` where they do not.
  let overlap: String?

  init?(_ lesion: Lesion, _ doses: [CourseDose], by parameters: FactParameters) {
    let late = parameters.lateAlphaBeta.value.gray
    let reached = parameters.reached.value
    guard let solid = lesion.body?.solid, !doses.isEmpty else { return nil }
    var (low, high) = (0.0, 0.0)
    var unknown: [String] = []
    var overlaps = false
    for dose in doses {
      guard let fractions = dose.fractions else {
        unknown.append(dose.name)
        continue
      }
      let (least, most) = Self.greatest(in: solid, dose.grid)
      func effect(_ gray: Double) -> Double {
        gray * (gray / Double(fractions) + late) / (2 + late)
      }
      low += effect(least)
      high += effect(most)
      let reference = dose.prescription?.gray ?? dose.grid.maximum?.dose.gray ?? 0
      if reference > 0, least >= parameters.overlapShare.value * reference { overlaps = true }
    }
    guard unknown.isEmpty else {
      self.dose = .unknown("the fractions of \(unknown.joined(separator: ", ")) are not reported")
      overlap = overlaps ? "overlap" : nil
      return
    }
    let source = "dose of " + doses.map(\.name).joined(separator: ", ")
    self.dose =
      high - low < 0.05
      ? .number(high, .measured, source)
      : FactValue(
        .between(low, high), origin: .measured,
        source: source + "; beyond its grid bounded by the nearest face")
    overlap = overlaps ? "overlap" : high < reached ? "none" : low >= reached ? "nearby" : nil
  }

  /// The greatest dose within a body: known on the grid, bounded beyond it.
  private static func greatest(in solid: Solid, _ grid: DoseGrid) -> (low: Double, high: Double) {
    let histogram = grid.histograms(of: [solid]).first
    let covered = histogram?.maximum?.gray ?? 0
    guard histogram?.isFullyCovered != true else { return (covered, covered) }
    let bounded = BoundedDose(grid)
    var most = covered
    let (low, high) = solid.bounds
    for corner in 0..<8 {
      let point = SIMD3(
        corner & 1 == 0 ? low.x : high.x, corner & 2 == 0 ? low.y : high.y, corner & 4 == 0 ? low.z : high.z)
      most = max(most, bounded.bounds(at: point).high)
    }
    return (covered, most)
  }
}
