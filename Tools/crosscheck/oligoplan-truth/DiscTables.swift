// SPDX-License-Identifier: Apache-2.0
import Phantoms

/// The 576 stacks of discs: error in Gy at 1 Gy/mm.
enum DiscTables {
  static func all() throws -> [MarkdownTable] {
    let outcomes = try DiscSuite.outcomes()
    let worst = outcomes.map(\.worst)
    let (middle, most) = (median(worst), worst.max() ?? 0)
    var gates = MarkdownTable(
      title: "Disc phantoms: worst of six statistics, Gy at 1 Gy/mm",
      header: ["program", "cases", "median", "greatest", "gate", "", "source"])
    gates.rows = [
      [
        "OligoPlan", "\(outcomes.count)", number(middle, 3), number(most, 3), "≤ 0.05 / ≤ 0.10",
        verdict(middle <= 0.05 && most <= 0.1), "this run",
      ],
      ["AutoSeg Evaluator 3, polygon-exact", "576", "0.07", "0.11", "", "", "its validation report"],
      ["sub-sampled mask", "576", "0.10", "0.64", "", "", "the same report"],
      ["voxel mask", "576", "0.54", "1.48", "", "", "the same report"],
      ["dicompyler-core, Dx read right", "576", "1.12", "3.66", "", "", "the same report"],
    ]
    gates.notes = [
      "The six statistics here: mean, D99%, D95%, D50%, D5%, D1%; the report does not name its own. Truth by clipping "
        + "the polygons as drawn; corners of circles about 0.98 mm apart.",
      "Minimum and maximum, apart: off by \(number(outcomes.map(\.extremesError).max() ?? 0, 6)) Gy at most; volume by "
        + "\(number(outcomes.map { abs($0.volumeErrorPercent) }.max() ?? 0, 6)) %.",
    ]
    var detail = MarkdownTable(
      title: "Disc phantoms by body, radius and direction: median / greatest, Gy",
      header: ["body", "radius, mm", "gradient in x", "in y", "in z"])
    for shape in DiscSuite.Shape.allCases {
      for radius in DiscSuite.radii {
        let here = outcomes.filter { $0.shape == shape && $0.radius == radius }
        detail.rows.append(
          [shape.rawValue, number(radius, 1)]
            + ["x", "y", "z"].map { axis in
              let part = here.filter { $0.axis == axis }.map(\.worst)
              return "\(number(median(part), 4)) / \(number(part.max() ?? 0, 4))"
            })
      }
    }
    return [gates, detail]
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.last else { return 0 }
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : half > 0 ? (sorted[half - 1] + sorted[half]) / 2 : last
  }
}
