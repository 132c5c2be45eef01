// SPDX-License-Identifier: Apache-2.0
public import Facts
public import Reasons
public import Vocabulary

/// One therapy judged for one lesion.
public struct ModalityJudgement: Sendable, Hashable {
  /// The therapy.
  public let modality: Modality
  /// The verdict.
  public let verdict: Verdict
  /// Whether there is a score: without a fact that nothing can be judged without there is none.
  public let isScored: Bool
  /// For an indeterminate verdict: what it would be if the deciding unknown facts hold nothing against it.
  public let likely: Verdict?
  /// 0…100; zero only on exclusion.
  ///
  /// Not finer than about ten points.
  public let score: Double
  /// The score with every unknown fact at its worst and at its best plausible value.
  public let scoreRange: ClosedRange<Double>
  /// Desirability of every concern; 1 where nothing is known against.
  public let concerns: [Concern: Double]
  /// The worst grade of every concern; concerns without a finding are absent.
  public let grades: [Concern: Grade]
  /// All findings, the strongest first.
  public let findings: [Finding]
  /// Unknown facts, the most telling first.
  public let missing: [MissingFact]
  /// What was taken for granted, as "INR ≤ 1.5".
  public let providedThat: [Reason]
  /// Manoeuvres that stand between the lesion and treatment or would ease it.
  public let manoeuvres: [Manoeuvre]
  /// That the service does not have it; `nil` where it has.
  ///
  /// It is judged all the same, and never a first choice.
  public let unavailable: Reason?

  /// The one or two unknown facts that would change the verdict.
  public var decidingFacts: [Fact] {
    missing.filter { $0.couldExclude || $0.couldCondition }.prefix(2).map(\.fact)
  }

  /// What excludes it, or what it is conditional on, the strongest finding; `nil` for other verdicts.
  public var leading: Finding? {
    switch verdict {
    case .conditional: findings.first { $0.effect == .conditions }
    case .ineligible: findings.first { $0.effect == .excludes }
    case .eligible, .indeterminate: nil
    }
  }

  /// For an indeterminate verdict: the fact that decides.
  public var deciding: Fact? {
    guard verdict == .indeterminate else { return nil }
    return
      (missing.first { $0.need == .indispensable }
      ?? missing.first { $0.need == .decisive && $0.couldExclude })?.fact
  }

  /// Whether it is conditional on facts alone, which need to be confirmed and nothing to be done.
  public var hangsOnFactsAlone: Bool {
    verdict == .conditional && !findings.contains(where: \.needsAct)
  }

  /// Whether this therapy comes before another: what the service has before what it has not, unless that is
  /// ineligible; then verdict, of conditional ones first those that only need a fact, then concern grades worst first,
  /// then score.
  ///
  /// Therapies alike in all three keep the vocabulary's order.
  public func precedes(_ other: ModalityJudgement) -> Bool {
    if availability != other.availability { return availability < other.availability }
    if verdict != other.verdict { return verdict < other.verdict }
    if hangsOnFactsAlone != other.hangsOnFactsAlone { return hangsOnFactsAlone }
    let mine = sortedGrades
    let theirs = other.sortedGrades
    for (a, b) in zip(mine, theirs) where a != b { return a < b }
    if score != other.score { return score > other.score }
    return Self.position(modality) < Self.position(other.modality)
  }

  /// 0 for what can be done here, 1 for what could be done elsewhere, 2 for what is not possible anywhere.
  private var availability: Int { verdict == .ineligible ? 2 : unavailable == nil ? 0 : 1 }

  /// Grades of all five concerns, worst first; a concern without findings counts as favourable.
  private var sortedGrades: [Grade] {
    Concern.allCases.map { grades[$0] ?? .favourable }.sorted(by: >)
  }

  private static func position(_ modality: Modality) -> Int {
    Modality.allCases.firstIndex(of: modality) ?? 0
  }

  /// The score as it is shown: rounded to 5.
  public var roundedScore: Int { Int((score / 5).rounded()) * 5 }
}

/// All therapies judged for one lesion, best first.
public struct LesionJudgement: Sendable, Hashable {
  /// The lesion's id.
  public let lesion: String
  /// Its site, when known.
  public let site: Site?
  /// The therapies in order; empty when the site is unknown or has no rules.
  public let modalities: [ModalityJudgement]
  /// Why there are none; `nil` where there are some.
  public let note: Reason?

  /// The same lesion with other judgements of its therapies, put in order.
  public func judging(_ others: [ModalityJudgement]) -> LesionJudgement {
    LesionJudgement(lesion: lesion, site: site, modalities: others.sorted { $0.precedes($1) }, note: note)
  }
}
