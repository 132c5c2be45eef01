// SPDX-License-Identifier: Apache-2.0
import Phantoms

/// The truths themselves, as `Documentation/truth/nelms.md` has them.
enum TruthTables {
  static func all() throws -> [MarkdownTable] {
    try NelmsTruth.all.map { truth in
      var table = MarkdownTable(
        title: truth.name,
        header: ["body", "planes", "", "cc", "mean", "D99%", "D95%", "D5%", "D1%", "D0.03cc", "Dmin", "Dmax"])
      var outcomes = try NelmsSuite.outcomes(test: 1, truth: truth).filter {
        $0.condition == NelmsSuite.conditions(ofTest: 1).first
      }
      outcomes += try NelmsSuite.outcomes(test: 2, truth: truth)
      for shape in NelmsShape.allCases {
        for outcome in outcomes where outcome.shape == shape {
          table.rows.append(
            [shape.rawValue, number(outcome.condition.spacing, 1), outcome.direction.rawValue]
              + outcome.statistics.map { number($0.truth, $0.unit == "cc" ? 4 : 3) }
              + outcome.extremes.map { number($0.truth, 3) })
        }
      }
      return table
    }
  }
}
