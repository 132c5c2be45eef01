// SPDX-License-Identifier: Apache-2.0
/// Which of a row of things belong together, found by joining pairs of them.
package struct DisjointSets {
  private var parents: [Int]

  /// As many things, each on its own.
  package init(count: Int) {
    parents = Array(0..<count)
  }

  /// The first thing of the set that one belongs to.
  package mutating func first(_ index: Int) -> Int {
    var at = index
    while parents[at] != at {
      parents[at] = parents[parents[at]]
      at = parents[at]
    }
    return at
  }

  /// Joins the sets of two things.
  package mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (first(a), first(b))
    if x != y { parents[max(x, y)] = min(x, y) }
  }
}
