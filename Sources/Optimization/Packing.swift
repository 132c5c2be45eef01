// SPDX-License-Identifier: Apache-2.0
/// Puts things of whole sizes into the fewest bins that each hold a total and a number.
public struct Packing {
  /// Largest first.
  public let sizes: [Int]
  /// The most that a bin holds in all; a thing that is larger has a bin of its own.
  public let capacity: Int
  /// The most things in a bin.
  public let most: Int

  /// A packing.
  public init(sizes: [Int], capacity: Int, most: Int) {
    self.sizes = sizes
    self.capacity = capacity
    self.most = most
  }

  /// The bins, each with the places of what it holds; proven fewest.
  public func bins() -> [[Int]] {
    guard !sizes.isEmpty else { return [] }
    for count in max(1, least)...sizes.count {
      var search = Search(self, count)
      if search.place(0) { return search.bins.filter { !$0.isEmpty } }
    }
    return []
  }

  /// No fewer bins can hold them: by number, by total, and one for each that is larger than a bin.
  private var least: Int {
    let small = sizes.filter { $0 <= capacity }
    func shares(_ amount: Int, _ of: Int) -> Int { of > 0 ? (amount + of - 1) / of : amount }
    return sizes.count - small.count
      + max(shares(small.count, most), shares(small.reduce(0, +), capacity))
  }

  /// Places one thing after the other; what a state of the bins cannot hold it is not asked again.
  private struct Search {
    private let packing: Packing
    private(set) var bins: [[Int]]
    private var totals: [Int]
    private var failed: Set<[Int]> = []

    init(_ packing: Packing, _ count: Int) {
      self.packing = packing
      bins = [[Int]](repeating: [], count: count)
      totals = [Int](repeating: 0, count: count)
    }

    mutating func place(_ item: Int) -> Bool {
      guard item < packing.sizes.count else { return true }
      // Bins with as many things and as great a total are alike, whatever is in them.
      let states = bins.indices.map { totals[$0] * (packing.sizes.count + 1) + bins[$0].count }
      let state = [item] + states.sorted()
      guard !failed.contains(state) else { return false }
      var tried: Set<Int> = []
      for index in bins.indices where tried.insert(states[index]).inserted {
        let total = totals[index] + packing.sizes[item]
        guard
          bins[index].isEmpty || (bins[index].count < packing.most && total <= packing.capacity)
        else { continue }
        bins[index].append(item)
        totals[index] = total
        if place(item + 1) { return true }
        bins[index].removeLast()
        totals[index] -= packing.sizes[item]
      }
      failed.insert(state)
      return false
    }
  }
}
