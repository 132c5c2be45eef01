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
    for count in 1...max(1, sizes.count) {
      var bins = [[Int]](repeating: [], count: count)
      if place(0, &bins) { return bins.filter { !$0.isEmpty } }
    }
    return []
  }

  private func place(_ item: Int, _ bins: inout [[Int]]) -> Bool {
    guard item < sizes.count else { return true }
    var hasTriedEmpty = false
    for index in bins.indices {
      // Empty bins are alike.
      if bins[index].isEmpty {
        if hasTriedEmpty { continue }
        hasTriedEmpty = true
      }
      let total = bins[index].reduce(0) { $0 + sizes[$1] }
      guard bins[index].isEmpty || (bins[index].count < most && total + sizes[item] <= capacity) else {
        continue
      }
      bins[index].append(item)
      if place(item + 1, &bins) { return true }
      bins[index].removeLast()
    }
    return false
  }
}
