// SPDX-License-Identifier: Apache-2.0

/// Lesions of a source that is no table, written as the rows of one, so that they are read by the rules of lists.
struct LesionTable {
  /// One row: where it stands in its source, and its cells by header.
  struct Row {
    let place: String
    var cells: [String: String]

    /// Sets a cell where there is something to set.
    mutating func set(_ header: String, _ text: String?) {
      if let text, !text.isEmpty { cells[header] = text }
    }

    /// Sets a cell to a number, in full precision.
    mutating func set(_ header: String, _ number: Double?) {
      if let number { cells[header] = String(number) }
    }

    /// Sets x, y and z.
    mutating func set(place: SIMD3<Double>?) {
      set("x_mm", place?.x)
      set("y_mm", place?.y)
      set("z_mm", place?.z)
    }
  }

  var rows: [Row] = []
  /// What was mended, guessed at or left out, in words.
  var warnings: [String] = []

  /// The headers of all cells, sorted.
  var headers: [String] {
    rows.reduce(into: Set<String>()) { $0.formUnion($1.cells.keys) }.sorted()
  }
}
