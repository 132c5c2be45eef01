// SPDX-License-Identifier: Apache-2.0
/// The best choice that is found by changing one lesion at a time: what is left where a proof takes too long.
struct LocalSearch {
  private let request: ChoiceRequest

  /// How many choices are evaluated at most.
  private static let most = 4000
  /// How long, at most, beyond the deadline that the proof did not keep.
  private static let seconds = 3.0

  init(_ request: ChoiceRequest) { self.request = request }

  /// The best choice near the ones to start from; `nil` where none of them can be done.
  ///
  /// Starts from what is known, from each lesion's least costs, and from each group alone where it has an option.
  ///
  /// - Throws: what evaluation throws.
  func improved(_ known: EvaluatedChoice?, _ evaluator: inout ChoiceEvaluator) throws -> EvaluatedChoice? {
    let problem = evaluator.problem
    let own = (0..<problem.lesionCount).map { lesion in
      problem.options.indices.filter { index in
        problem.options[index].lesion == lesion && (request.allowed?.contains(index) ?? true)
      }
    }
    guard own.allSatisfy({ !$0.isEmpty }) else { return known }
    let end = ContinuousClock().now + .seconds(Self.seconds)
    var evaluated = 0
    var best = known
    func look(_ options: [Int]) throws -> Bool {
      evaluated += 1
      guard isWithin(options) else { return false }
      let choice = try evaluator.evaluate(options)
      guard choice.conflicts.isEmpty, request.prefers(choice, to: best) else { return false }
      best = choice
      return true
    }
    for start in starts(own, problem) { _ = try look(start) }
    var isMoving = best != nil
    while isMoving {
      isMoving = false
      for lesion in own.indices {
        for option in own[lesion] {
          guard var options = best?.options, options[lesion] != option else { continue }
          guard evaluated < Self.most, ContinuousClock().now < end else { return best }
          options[lesion] = option
          if try look(options) { isMoving = true }
        }
      }
    }
    return best
  }

  private func isWithin(_ options: [Int]) -> Bool {
    request.atMost.allSatisfy { limit in options.count(where: limit.options.contains) <= limit.count }
  }

  private func starts(_ own: [[Int]], _ problem: ChoiceProblem) -> [[Int]] {
    func floor(_ option: Int) -> [Int] {
      let cost = problem.floors[option]
      return [
        cost.unacceptable, cost.untreated, cost.board, cost.outside, cost.conditions + cost.shared.count,
        cost.cautions, cost.acceptables, cost.scoreLoss,
      ]
    }
    func least(_ options: [Int]) -> Int? {
      options.min { floor($0).lexicographicallyPrecedes(floor($1)) }
    }
    let lightest = own.compactMap(least)
    let ofOneGroup = (0..<problem.groupCount).map { group in
      own.enumerated().map { lesion, options in
        least(options.filter { problem.options[$0].group == group }) ?? lightest[lesion]
      }
    }
    // What is left where nothing else can be done together: each lesion's last option.
    return [lightest] + ofOneGroup + [own.compactMap(\.last)]
  }
}
