// SPDX-License-Identifier: Apache-2.0
internal import Facts

/// The nearest word to a mistyped one.
public enum Suggestion {
  /// The candidate with the fewest edits, if few enough to be a slip; `nil` otherwise.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    // A word longer than any name is no slip of one.
    guard word.utf8.count <= 80 else { return nil }
    let limit = max(1, word.count / 3)
    let ranked = candidates.map { (edits(word.lowercased(), $0.lowercased()), $0) }
    guard let best = ranked.min(by: { $0 < $1 }), best.0 <= limit else { return nil }
    return best.1
  }

  /// The candidates with the fewest edits, nearest first, however far; none for a word longer than any name.
  ///
  /// - Parameter most: how many at most.
  public static func nearest(_ most: Int, to word: String, among candidates: [String]) -> [String] {
    guard word.utf8.count <= 80 else { return [] }
    return candidates.map { (edits(word.lowercased(), $0.lowercased()), $0) }.sorted { $0 < $1 }.prefix(most)
      .map(\.1)
  }

  /// Insertions, deletions, replacements and swaps of neighbours.
  private static func edits(_ a: String, _ b: String) -> Int {
    let a = Array(a)
    let b = Array(b)
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
