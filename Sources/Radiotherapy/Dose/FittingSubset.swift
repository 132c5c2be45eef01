// SPDX-License-Identifier: Apache-2.0
public import Reasons

/// Which lesions fit within an organ's limits together.
public struct FittingSubset: Sendable, Hashable {
  /// The lesions of the largest set that fits, in the case's order.
  public let lesions: [String]
  /// Those left out.
  public let leftOut: [String]
  /// Whether no larger set fits; false when the search was cut short.
  public let isProven: Bool
  /// The limits that it keeps.
  public let limits: [Reason]
}

/// Looks for the most targets that keep limits together.
///
/// More targets never give less dose, so a set that fails fails with every target added: the search goes down from
/// all targets, and sets of one size are tried with the dearest left out first.
struct SubsetSearch {
  let count: Int
  /// The targets in the order of their cost, the dearest first.
  let dearestFirst: [Int]
  let fits: ([Int]) -> Bool

  /// The most sets that are tried before the search is cut short.
  static let mostSets = 4000

  func largest() -> (chosen: [Int], isProven: Bool) {
    var tried = 0
    for leftOut in 0...count {
      var found: [Int]?
      let isWhole = combinations(of: leftOut) { left in
        tried += 1
        guard tried <= Self.mostSets else { return false }
        let chosen = (0..<count).filter { !left.contains($0) }
        if fits(chosen) {
          found = chosen
          return false
        }
        return true
      }
      if let found { return (found, true) }
      if !isWhole { break }
    }
    // Cut short: leave out the dearest one after the other until the rest fits.
    for leftOut in 0...count {
      let chosen = (0..<count).filter { !dearestFirst.prefix(leftOut).contains($0) }
      if fits(chosen) { return (chosen, chosen.isEmpty) }
    }
    return ([], true)
  }

  /// Calls `body` for every set of so many targets, dearest first, until it says stop; whether it never did.
  private func combinations(of size: Int, _ body: (Set<Int>) -> Bool) -> Bool {
    var picked: [Int] = []
    func go(_ start: Int) -> Bool {
      if picked.count == size { return body(Set(picked.map { dearestFirst[$0] })) }
      guard start < count else { return true }
      for next in start..<count where count - next >= size - picked.count {
        picked.append(next)
        defer { picked.removeLast() }
        if !go(next + 1) { return false }
      }
      return true
    }
    return go(0)
  }
}
