// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Vocabulary

/// A plan as a key, whose hash is made once: plans are asked for by the hundred thousand.
struct PlanKey: Hashable, Sendable {
  /// The option of each lesion.
  let options: [Int]
  private let sum: UInt64

  init(_ options: [Int]) {
    self.options = options
    sum = options.reduce(0) { sum, option in
      let mixed = (UInt64(option) &+ 1) &* 0x9E37_79B9_7F4A_7C15
      return sum &+ (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  static func == (a: PlanKey, b: PlanKey) -> Bool { a.sum == b.sum && a.options == b.options }

  func hash(into hasher: inout Hasher) { hasher.combine(sum) }
}

/// Counts of a cost that add up, and the patient's open conditions, which count once.
struct CostFigures: Sendable, Hashable {
  /// Without acceptable treatment, without any, own questions for a board, treated by less than the first therapy, own other
  /// conditions, cautions, what is acceptable or worse, score missing.
  var sums = SIMD8<Int32>.zero
  var open = SIMD4<UInt64>.zero
  var forBoard = SIMD2<UInt64>.zero

  mutating func add(_ other: CostFigures) {
    sums &+= other.sums
    open |= other.open
    forBoard |= other.forBoard
  }

  /// The figures of a rank, in its order.
  func standing(burden: Int32) -> Standing {
    var figures = sums
    for word in 0..<4 { figures[4] += Int32(open[word].nonzeroBitCount) }
    for word in 0..<2 { figures[2] += Int32(forBoard[word].nonzeroBitCount) }
    return Standing(figures: figures, burden: burden)
  }

  /// How a plan stands: compared figure by figure, the fewer the better.
  struct Standing: Comparable {
    let figures: SIMD8<Int32>
    /// Comes after the first four figures.
    let burden: Int32

    /// What comes before burden.
    var suitability: Standing {
      Standing(
        figures: figures.replacing(
          with: 0, where: SIMDMask([false, false, false, false, true, true, true, true])), burden: 0)
    }

    static func < (a: Standing, b: Standing) -> Bool {
      for place in 0..<4 where a.figures[place] != b.figures[place] {
        return a.figures[place] < b.figures[place]
      }
      if a.burden != b.burden { return a.burden < b.burden }
      for place in 4..<8 where a.figures[place] != b.figures[place] {
        return a.figures[place] < b.figures[place]
      }
      return false
    }
  }
}

/// A bit for each condition of the patient that was met.
struct ConditionBits {
  private var places: [SharedCondition: Int] = [:]
  private var boardPlaces: [SharedCondition: Int] = [:]

  mutating func figures(_ cost: OptionCost) -> CostFigures {
    var figures = CostFigures(
      sums: SIMD8(
        Int32(cost.unacceptable), Int32(cost.untreated), Int32(cost.board), Int32(cost.outside),
        Int32(cost.conditions), Int32(cost.cautions), Int32(cost.acceptables), Int32(cost.scoreLoss)))
    for condition in cost.shared { open(condition, &figures) }
    return figures
  }

  mutating func figures(_ items: Set<ContextItem>) -> CostFigures {
    var figures = CostFigures()
    for item in items {
      switch item {
      case .condition(let condition): open(condition, &figures)
      case .caution: figures.sums[5] += 1
      case .acceptable: figures.sums[6] += 1
      }
    }
    return figures
  }

  /// Beyond what there are bits for a condition counts each time it comes.
  private mutating func open(_ condition: SharedCondition, _ figures: inout CostFigures) {
    if condition.isForBoard {
      let place = boardPlaces[condition] ?? boardPlaces.count
      boardPlaces[condition] = place
      if place < 128 { figures.forBoard[place >> 6] |= 1 << UInt64(place & 63) } else { figures.sums[2] += 1 }
    } else {
      let place = places[condition] ?? places.count
      places[condition] = place
      if place < 256 { figures.open[place >> 6] |= 1 << UInt64(place & 63) } else { figures.sums[4] += 1 }
    }
  }
}

extension OptionCost {
  /// Figure by figure what this costs more; conditions of the patient that the other has not.
  func minus(_ other: OptionCost) -> OptionCost {
    OptionCost(
      unacceptable: unacceptable - other.unacceptable, untreated: untreated - other.untreated,
      board: board - other.board, outside: outside - other.outside,
      conditions: conditions - other.conditions, shared: shared.subtracting(other.shared),
      cautions: cautions - other.cautions, acceptables: acceptables - other.acceptables,
      scoreLoss: scoreLoss - other.scoreLoss)
  }
}
