// SPDX-License-Identifier: Apache-2.0
public import Facts

/// What a plan counts of a therapy's judgement: the same figures as the whole judgement has, without its words.
public struct JudgementTally: Sendable, Hashable {
  /// The verdict.
  public let verdict: Verdict
  /// The facts of the findings that make it conditional, one a finding, in alphabetical order.
  public let conditions: [Fact]
  /// Those of them that only a board can lift.
  public let boardConditions: [Fact]
  /// How many decisive facts are unknown of which some value would exclude.
  public let openExclusions: Int
  /// How many concerns are graded as caution or worse.
  public let cautions: Int
  /// How many concerns are graded as acceptable or worse.
  public let acceptables: Int
  /// 0…100; zero only on exclusion.
  public let score: Double
  /// Whether something must be done, not only found out, before an open condition is met.
  public let needsAct: Bool
  /// The grades of all five concerns, worst first, as digits: the less the better.
  public let gradeKey: Int
  /// The desirability of every concern, in the concerns' order; beyond them 1.
  public let concerns: SIMD8<Float>
  /// Which concerns hold a caution or worse, by bits.
  public let cautioned: UInt8

  /// Where it stands among the therapies of its lesion.
  public var rank: Rank {
    Rank(
      verdict: verdict, needsAct: needsAct, gradeKey: gradeKey, score: score, concerns: concerns,
      cautioned: cautioned)
  }

  /// What therapies of one lesion are ordered by: numbers alone, compared by the million.
  public struct Rank: Sendable, Hashable {
    let verdict: Verdict
    let needsAct: Bool
    let gradeKey: Int
    let score: Double
    let concerns: SIMD8<Float>
    let cautioned: UInt8

    /// Whether it has a caution in a concern in which it has at most a share of the other's desirability.
    func isMuchWorse(than other: Rank, share: Double) -> Bool {
      // A millionth for what single precision loses.
      let bound = other.concerns * Float(share) + 1e-6
      for place in 0..<Concern.allCases.count
      where cautioned & (1 << UInt8(place)) != 0 && concerns[place] <= bound[place] {
        return true
      }
      return false
    }

    /// Whether it comes before another: as `ModalityJudgement.precedes`, but for the vocabulary's order.
    public func precedes(_ other: Rank) -> Bool {
      if verdict != other.verdict { return verdict < other.verdict }
      if needsAct != other.needsAct { return other.needsAct }
      if gradeKey != other.gradeKey { return gradeKey < other.gradeKey }
      return score > other.score
    }
  }

  /// The desirability of every concern, in the concerns' order.
  static func concerns(_ value: (Concern) -> Double?) -> SIMD8<Float> {
    var all = SIMD8<Float>(repeating: 1)
    for (place, concern) in Concern.allCases.enumerated() { all[place] = Float(value(concern) ?? 1) }
    return all
  }

  /// Which concerns hold a caution or worse, by bits.
  ///
  /// - Parameter grades: in the concerns' order; `nil` for a concern without findings.
  static func cautioned(_ grades: [Grade?]) -> UInt8 {
    var bits: UInt8 = 0
    for (place, grade) in grades.enumerated() where (grade ?? .favourable) >= .caution {
      bits |= 1 << UInt8(place)
    }
    return bits
  }

  /// Grades, worst first, as the digits of one number; a concern without findings counts as favourable.
  static func gradeKey(_ grades: [Grade?]) -> Int {
    grades.map { ($0 ?? .favourable).rawValue }.sorted(by: >).reduce(0) { 10 * $0 + $1 }
  }
}

extension ModalityJudgement {
  /// What a plan counts of it.
  public var tally: JudgementTally {
    let ordered = Concern.allCases.map { grades[$0] }
    return JudgementTally(
      verdict: verdict, conditions: findings.filter { $0.effect == .conditions }.map(\.fact).sorted(),
      boardConditions: findings.filter(\.isForBoard).map(\.fact).sorted(),
      openExclusions: missing.count { $0.need == .decisive && $0.couldExclude },
      cautions: grades.values.count { $0 >= .caution },
      acceptables: grades.values.count { $0 >= .acceptable },
      score: score, needsAct: verdict == .conditional && !hangsOnFactsAlone,
      gradeKey: JudgementTally.gradeKey(ordered), concerns: JudgementTally.concerns { concerns[$0] },
      cautioned: JudgementTally.cautioned(ordered))
  }
}
