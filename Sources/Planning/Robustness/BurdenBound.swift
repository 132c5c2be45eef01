// SPDX-License-Identifier: Apache-2.0
/// The least burden that a plan can have: that of each lesion's therapy by itself, and the sessions that they need together.
///
/// It is read for millions of plans, so it holds numbers alone.
struct BurdenBound: Sendable {
  private let own: [Int]
  /// The units that each option needs a share of, and how much.
  private let shares: [[(charge: Int, size: Int)]]
  private let capacities: [Int?]
  private let prices: [Int]
  private let credits: [(first: Set<Int>, second: Set<Int>, worth: Int)]

  init(_ problem: ChoiceProblem) {
    func worth(_ burden: [Int]) -> Int { zip(burden, problem.weights).reduce(0) { $0 + $1.0 * $1.1 } }
    own = problem.options.map { worth($0.burden) }
    var shares = [[(charge: Int, size: Int)]](repeating: [], count: problem.options.count)
    for (index, charge) in problem.charges.enumerated() {
      for (option, size) in charge.sizes { shares[option].append((index, size)) }
    }
    self.shares = shares
    capacities = problem.charges.map(\.capacity)
    prices = problem.charges.map { worth($0.burden) }
    credits = problem.credits.map { ($0.first, $0.second, worth($0.burden)) }
  }

  /// The least that these options cost together, in thousandths of points.
  func least(_ options: [Int]) -> Int {
    var sum = 0
    withUnsafeTemporaryAllocation(of: Int.self, capacity: max(1, prices.count)) { needed in
      needed.initialize(repeating: 0)
      for option in options {
        sum += own[option]
        for share in shares[option] { needed[share.charge] += share.size }
      }
      for index in prices.indices where needed[index] > 0 {
        let units = capacities[index].map { (needed[index] + $0 - 1) / max(1, $0) } ?? 1
        sum += units * prices[index]
      }
    }
    for credit in credits
    where options.contains(where: credit.first.contains) && options.contains(where: credit.second.contains) {
      sum -= credit.worth
    }
    return sum
  }
}
