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
  /// Without acceptable treatment, without any, own conditions, cautions, what is acceptable or worse, score missing.
  var sums = SIMD8<Int32>.zero
  var open = SIMD4<UInt64>.zero

  mutating func add(_ other: CostFigures) {
    sums &+= other.sums
    open |= other.open
  }

  /// The figures of a rank, in its order.
  func standing(burden: Int32) -> Standing {
    var conditions = sums[2]
    for word in 0..<4 { conditions += Int32(open[word].nonzeroBitCount) }
    return Standing(
      figures: SIMD8(sums[0], sums[1], conditions, sums[3], sums[4], burden, sums[5], 0))
  }

  /// How a plan stands: compared figure by figure, the fewer the better.
  struct Standing: Comparable {
    let figures: SIMD8<Int32>

    /// The same without burden and score.
    var suitability: Standing {
      Standing(
        figures: figures.replacing(
          with: 0, where: SIMDMask([false, false, false, false, false, true, true, true])))
    }

    static func < (a: Standing, b: Standing) -> Bool {
      for place in 0..<7 where a.figures[place] != b.figures[place] {
        return a.figures[place] < b.figures[place]
      }
      return false
    }
  }
}

/// A bit for each condition of the patient that was met.
struct ConditionBits {
  private var places: [Int: Int] = [:]

  mutating func figures(_ cost: OptionCost) -> CostFigures {
    var figures = CostFigures(
      sums: SIMD8(
        Int32(cost.unacceptable), Int32(cost.untreated), Int32(cost.conditions), Int32(cost.cautions),
        Int32(cost.acceptables), Int32(cost.scoreLoss), 0, 0))
    for number in cost.shared { open(number, &figures) }
    return figures
  }

  mutating func figures(_ items: Set<ContextItem>) -> CostFigures {
    var figures = CostFigures()
    for item in items {
      switch item {
      case .condition(let number): open(number, &figures)
      case .caution: figures.sums[3] += 1
      case .acceptable: figures.sums[4] += 1
      }
    }
    return figures
  }

  private mutating func open(_ number: Int, _ figures: inout CostFigures) {
    let place = places[number] ?? places.count
    places[number] = place
    // Beyond what there are bits for a condition counts each time it comes.
    if place < 256 { figures.open[place >> 6] |= 1 << UInt64(place & 63) } else { figures.sums[2] += 1 }
  }
}

extension OptionCost {
  /// Figure by figure what this costs more; conditions of the patient that the other has not.
  func minus(_ other: OptionCost) -> OptionCost {
    OptionCost(
      unacceptable: unacceptable - other.unacceptable, untreated: untreated - other.untreated,
      conditions: conditions - other.conditions, shared: shared.subtracting(other.shared),
      cautions: cautions - other.cautions, acceptables: acceptables - other.acceptables,
      scoreLoss: scoreLoss - other.scoreLoss)
  }
}
