// SPDX-License-Identifier: Apache-2.0

/// Sets of options of which at most one can be chosen, put together from pairs that exclude one another.
///
/// A row for each pair says the same of whole numbers and far less of shares, from which the solver's bounds come: of n
/// options that all exclude one another pairs allow half of each.
struct ConflictCliques {
  /// Each set in order; every pair is in one of them.
  private(set) var sets: [[Int]] = []

  /// - Parameters:
  ///   - pairs: options that cannot both be chosen, of different lesions.
  ///   - lesions: the lesion of each option; options of one lesion exclude one another anyway.
  init(_ pairs: [Set<Int>], lesions: [Int]) {
    var neighbours: [Int: Set<Int>] = [:]
    for pair in pairs {
      let both = pair.sorted()
      neighbours[both[0], default: []].insert(both[1])
      neighbours[both[1], default: []].insert(both[0])
    }
    let nodes = neighbours.keys.sorted()
    func exclude(_ a: Int, _ b: Int) -> Bool {
      lesions[a] == lesions[b] || neighbours[a]?.contains(b) == true
    }
    var left = Set(pairs)
    for pair in pairs.map({ $0.sorted() }).sorted(by: { $0.lexicographicallyPrecedes($1) })
    where left.contains(Set(pair)) {
      var clique = pair
      for node in nodes where !clique.contains(node) && clique.allSatisfy({ exclude($0, node) }) {
        clique.append(node)
      }
      for (place, first) in clique.enumerated() {
        for second in clique.dropFirst(place + 1) { left.remove([first, second]) }
      }
      sets.append(clique.sorted())
    }
  }
}
