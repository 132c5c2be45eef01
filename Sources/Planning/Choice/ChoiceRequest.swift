// SPDX-License-Identifier: Apache-2.0

/// What is asked of the solver beside the problem.
struct ChoiceRequest: Sendable {
  /// What is made least, one after the other, each without giving up what was reached before.
  enum Aim: Sendable, Hashable {
    /// Lesions without acceptable treatment alone.
    case acceptable
    /// Lesions without any treatment alone.
    case untreated
    /// Questions for a board alone.
    case board
    /// Lesions treated by less than the best that they have alone.
    case outside
    /// Other open conditions alone.
    case conditions
    /// Cautions alone.
    case cautions
    /// What is no more than acceptable alone.
    case acceptables
    /// Lesions without acceptable treatment, then without any.
    case treatment
    /// Questions for a board, then lesions treated by less than the best that they have.
    case suitability
    /// Cautions, then what is no more than acceptable.
    case concerns
    /// The burden as a whole.
    case burden
    /// One measure of burden.
    case measure(Int)
    /// What is missing to full scores.
    case score
  }

  /// The order in which a plan is judged.
  static let usual: [Aim] = [.treatment, .suitability, .burden, .conditions, .concerns, .score]

  var aims = Self.usual
  /// When the search ends with the best choice found so far; never when `nil`.
  var deadline: ContinuousClock.Instant?
  /// The options that may be chosen; all when `nil`.
  var allowed: Set<Int>?
  /// Sets of options of which at most so many may be chosen: what keeps alternatives apart.
  var atMost: [(options: Set<Int>, count: Int)] = []
}

extension ChoiceRequest {
  /// Whether the deadline has not passed.
  var hasTime: Bool { deadline.map { ContinuousClock().now < $0 } ?? true }

  /// Whether a choice is better than another by the aims, or there is no other.
  func prefers(_ a: EvaluatedChoice, to b: EvaluatedChoice?) -> Bool {
    guard let b else { return true }
    for aim in aims {
      let (x, y) = (aim.value(a), aim.value(b))
      if x != y { return x < y }
    }
    return false
  }
}

extension ChoiceRequest.Aim {
  /// The aim's figure of an evaluated choice.
  func value(_ choice: EvaluatedChoice) -> Int {
    let rank = choice.rank
    return switch self {
    case .acceptable: rank.unacceptable
    case .untreated: rank.untreated
    case .board: rank.board
    case .outside: rank.outside
    case .conditions: rank.conditions
    case .cautions: rank.cautions
    case .acceptables: rank.acceptables
    case .treatment: Self.unacceptableWeight * rank.unacceptable + rank.untreated
    case .suitability: Self.boardWeight * rank.board + rank.outside
    case .concerns: Self.cautionWeight * rank.cautions + rank.acceptables
    case .burden: rank.burden
    case .measure(let index): choice.burden[index]
    case .score: rank.scoreLoss
    }
  }

  /// Above every number of lesions that are weighed together.
  static let boardWeight = 64
  /// The same of lesions without treatment.
  static let unacceptableWeight = 64
  /// Above every number of concerns.
  static let cautionWeight = 512

  /// The most lesions whose figures are weighed together in one programme: with 12 concerns a lesion, far more than the
  /// rules have, no figure reaches the weight of the one before it.
  static let weighedLesions = 40

  /// An aim of several figures as these one after the other, where there are too many lesions to weigh them together.
  func parts(lesions: Int) -> [ChoiceRequest.Aim] {
    guard lesions > Self.weighedLesions else { return [self] }
    return switch self {
    case .treatment: [.acceptable, .untreated]
    case .suitability: [.board, .outside]
    case .concerns: [.cautions, .acceptables]
    default: [self]
    }
  }
}
