// SPDX-License-Identifier: Apache-2.0
import Phantoms

/// Holes, islands, keyholes, uneven planes and edges of grids.
enum ExtraTables {
  static func all() throws -> [MarkdownTable] {
    var table = MarkdownTable(
      title: "Bodies that others stumble over",
      header: [
        "body", "quantity", "unit", "ours", "truth", "difference", "allowed", "", "truth and tolerance",
      ])
    for check in try ExtraSuite.checks() {
      table.rows.append([
        check.body, check.quantity, check.unit, number(check.value, 3), number(check.truth, 3),
        number(check.value - check.truth, 4, signed: true), number(check.tolerance, 4), verdict(check.holds),
        check.derivation,
      ])
    }
    return [table]
  }
}
