// SPDX-License-Identifier: Apache-2.0
import Evidence
import Facts
import Reasons
import Report
import Testing
import Vocabulary

@testable import Eligibility

/// A rule set small enough to reckon by hand.
private enum Small {
  static func band(
    _ lower: Double?, _ upper: Double?, _ grade: Grade, _ d: Double, manoeuvres: [Manoeuvre] = [],
    condition: Condition.Kind? = nil
  ) -> Band {
    Band(
      match: .numbers(
        Bounds(lower: lower, includesLower: false, upper: upper, includesUpper: true)),
      grade: grade, desirability: Desirability(lower: d, upper: d), text: "\(grade.word)",
      manoeuvres: manoeuvres, condition: condition, sources: ["T"])
  }

  static func rule(
    _ id: String, _ fact: Fact, _ concern: Concern, _ bands: [Band], root: String? = nil,
    specificity: Int = 0, modalities: [Modality] = [.microwave, .sbrt], applies: Rule.Guard? = nil
  ) -> Rule {
    Rule(
      id: id, subject: .lesion(sites: [.lung], modalities: modalities, concern: concern), fact: fact,
      root: root, specificity: specificity, applies: applies, measurementError: 2, bands: bands)
  }

  static let size = rule(
    "size", .longestAxialDiameter, .control,
    [
      band(nil, 10, .favourable, 1), band(10, 30, .acceptable, 0.8), band(30, 35, .caution, 0.5),
      band(35, nil, .exclusion, 0),
    ], modalities: [.microwave])
  static let heart = rule(
    "heart", .clearance(.heart), .neighbours,
    [band(nil, 5, .caution, 0.4), band(5, 10, .acceptable, 0.9), band(10, nil, .favourable, 1)])
  static let bowel = rule(
    "bowel", .clearance(.bowel), .neighbours,
    [band(nil, 5, .exclusion, 0, manoeuvres: [.hydrodissection]), band(5, nil, .favourable, 1)])
  static let inr = rule(
    "inr", Fact.inr, .reserve,
    [
      band(nil, 1.5, .favourable, 1), band(1.5, 1.8, .caution, 0.7),
      band(1.8, nil, .caution, 0.3, condition: .correct),
    ])

  static let scoring = Scoring(
    weights: [.control: 0.3, .neighbours: 0.25, .deliverability: 0.15, .reserve: 0.15, .burden: 0.15],
    furtherCluster: Cited(0.25, sources: []), leastDesirability: Cited(0.1, sources: []),
    equivalence: Cited(10, sources: []),
    unlikeConcern: Cited(0.5, sources: []))

  static func set(_ rules: [Rule], decisive: [Fact] = [.longestAxialDiameter]) -> Judge {
    Judge(
      RuleSet(
        rules: rules,
        needs: [
          Needs(
            sites: [.lung], modalities: [.microwave, .sbrt], decisive: decisive, confirm: [Fact.inr])
        ],
        scoring: scoring,
        requirements: []))
  }

  static func facts(_ values: [(Fact, Double)]) -> FactTable {
    FactTable(Dictionary(uniqueKeysWithValues: values.map { ($0, FactValue.number($1, .measured, "test")) }))
  }
}

@Suite("From facts to a verdict")
struct JudgementPropertyTests {
  private let judge = Small.set([Small.size, Small.heart, Small.bowel, Small.inr])

  private func microwave(_ values: [(Fact, Double)]) -> ModalityJudgement {
    judge.judge(.microwave, at: .lung, facts: Small.facts(values))
  }

  @Test("the arithmetic by hand")
  func arithmetic() {
    let found = microwave([
      (.longestAxialDiameter, 20), (.clearance(.heart), 3), (.clearance(.bowel), 50), (Fact.inr, 1.6),
    ])
    #expect(found.verdict == .eligible)
    // control 0.8; neighbours 0.4 · (1 − 0.25 · 0); reserve 0.7.
    let expected = 100 * power(0.8, 0.3) * power(0.4, 0.25) * power(0.7, 0.15)
    #expect(abs(found.score - expected) < 1e-9)
    #expect(found.grades == [.control: .acceptable, .neighbours: .caution, .reserve: .caution])
    #expect(found.scoreRange.lowerBound == found.score && found.scoreRange.upperBound == found.score)
  }

  @Test("inside a concern the worst counts in full, each further one a quarter")
  func combination() {
    #expect(Score.combine([], Small.scoring) == 1)
    #expect(Score.combine([0.6], Small.scoring) == 0.6)
    #expect(abs(Score.combine([1, 0.6, 0.8], Small.scoring) - 0.6 * (1 - 0.25 * 0.2)) < 1e-12)
    #expect(Score.combine([0, 1], Small.scoring) == 0)
  }

  @Test(
    "the 3 cm limit is at most 30.0 and 28 to 32 is within measurement error",
    arguments: [
      (27.9, Grade.acceptable, false), (28, .acceptable, true), (29.9, .acceptable, true),
      (30.0, .acceptable, true), (30.1, .caution, true), (32, .caution, true), (32.1, .caution, false),
      (35.0, .caution, true), (35.1, .exclusion, true), (37.1, .exclusion, false),
    ])
  func edges(size: Double, grade: Grade, flagged: Bool) throws {
    let found = microwave([(.longestAxialDiameter, size), (.clearance(.heart), 50), (.clearance(.bowel), 50)])
    let finding = try #require(found.findings.first { $0.rule == "size" })
    #expect(finding.grade == grade)
    #expect((finding.nearEdge != nil) == flagged)
    #expect(found.verdict == (grade == .exclusion ? .ineligible : .eligible))
  }

  @Test("an unknown deciding fact is indeterminate, with what is likely")
  func decisive() {
    let found = microwave([(.clearance(.heart), 50), (.clearance(.bowel), 50)])
    #expect(found.verdict == .indeterminate)
    #expect(found.likely == .eligible)
    #expect(found.missing.first?.fact == .longestAxialDiameter)
    #expect(found.missing.first?.couldExclude == true)
    #expect(found.scoreRange.lowerBound == 0)
  }

  @Test("a known exclusion decides even where a deciding fact is unknown")
  func exclusionFirst() {
    let judge = Small.set([Small.size, Small.heart], decisive: [.longestAxialDiameter, .clearance(.heart)])
    let found = judge.judge(.microwave, at: .lung, facts: Small.facts([(.longestAxialDiameter, 40)]))
    #expect(found.verdict == .ineligible)
    #expect(found.score == 0)
  }

  @Test("a fact to confirm is judged at its usual value and said")
  func confirm() {
    let found = microwave([(.longestAxialDiameter, 9), (.clearance(.heart), 50), (.clearance(.bowel), 50)])
    #expect(found.verdict == .eligible)
    #expect(found.providedThat.map(ReasonWords.text) == ["INR ≤ 1.5"])
    #expect(found.findings.first { $0.rule == "inr" }?.value.origin == .assumed)
    #expect(found.scoreRange.lowerBound == found.score)
  }

  @Test("a distance that could only lower the score is taken at its worst while it is unknown")
  func refine() {
    let found = microwave([(.longestAxialDiameter, 9), (.clearance(.bowel), 50), (Fact.inr, 1)])
    #expect(found.verdict == .eligible)
    #expect(abs(found.score - 100 * power(0.4, 0.25)) < 1e-9)
    #expect(found.scoreRange.lowerBound == found.score && found.scoreRange.upperBound == 100)
    #expect(found.missing.map(\.fact) == [.clearance(.heart)])
    let finding = found.findings.first { $0.rule == "heart" }
    #expect(finding?.effect == .lowers && finding?.reason.kind == .judgement(.takenAtWorst))
    #expect(found.grades[.neighbours] == .caution)
  }

  @Test("an exclusion that a manoeuvre lifts is conditional and names it")
  func rescue() {
    let found = microwave([(.longestAxialDiameter, 9), (.clearance(.bowel), 2), (.clearance(.heart), 50)])
    #expect(found.verdict == .conditional)
    #expect(found.manoeuvres == [.hydrodissection])
    #expect(found.score > 0)
  }

  @Test("an estimate never excludes")
  func estimates() {
    var facts = Small.facts([(.clearance(.heart), 50), (.clearance(.bowel), 50)])
    facts[.longestAxialDiameter] = .number(60, .estimated, "test")
    let found = judge.judge(.microwave, at: .lung, facts: facts)
    #expect(found.verdict == .conditional)
    #expect(found.findings.first?.condition?.kind == .plan)
    #expect(found.score > 0)
  }

  @Test(
    "a size known only between two numbers",
    arguments: [(36.0, 50.0, Verdict.ineligible), (30, 40, .indeterminate), (12, 20, .eligible)])
  func between(low: Double, high: Double, verdict: Verdict) {
    var facts = Small.facts([(.clearance(.heart), 50), (.clearance(.bowel), 50)])
    facts[.longestAxialDiameter] = FactValue(.between(low, high), origin: .stated, source: "test")
    #expect(judge.judge(.microwave, at: .lung, facts: facts).verdict == verdict)
  }

  @Test("a correction and its condition")
  func correction() {
    let found = microwave([
      (.longestAxialDiameter, 9), (.clearance(.bowel), 50), (.clearance(.heart), 50), (Fact.inr, 2.4),
    ])
    #expect(found.verdict == .conditional)
    #expect(found.findings.first?.condition?.kind == .correct)
  }

  @Test("duplicating a rule changes nothing")
  func duplicates() {
    let twice = Small.set([Small.size, Small.size, Small.heart, Small.heart, Small.bowel, Small.inr])
    let facts = Small.facts([
      (.longestAxialDiameter, 20), (.clearance(.heart), 3), (.clearance(.bowel), 50), (Fact.inr, 1.6),
    ])
    let once = judge.judge(.microwave, at: .lung, facts: facts)
    let double = twice.judge(.microwave, at: .lung, facts: facts)
    #expect(once.score == double.score)
    #expect(once.verdict == double.verdict)
    #expect(once.scoreRange == double.scoreRange)
  }

  @Test("the more specific rule on a root silences the bare one, once its fact is known")
  func specificity() {
    let depth = Small.rule(
      "margin", .depthFromPleura, .control,
      [Small.band(nil, 5, .caution, 0.3), Small.band(5, nil, .favourable, 1)], root: "longestAxialDiameter",
      specificity: 1, modalities: [.microwave])
    let judge = Small.set([Small.size, depth])
    let known = judge.judge(
      .microwave, at: .lung, facts: Small.facts([(.longestAxialDiameter, 20), (.depthFromPleura, 10)]))
    #expect(known.findings.first { $0.rule == "size" }?.effect == .silenced)
    #expect(known.score == 100)
    let unknown = judge.judge(.microwave, at: .lung, facts: Small.facts([(.longestAxialDiameter, 20)]))
    #expect(unknown.findings.first { $0.rule == "size" }?.effect == .lowers)
    #expect(unknown.scoreRange.upperBound == 100)
    // The margin that would speak instead is taken at its worst while it is unknown.
    #expect(abs(unknown.score - 100 * power(0.3, 0.3)) < 1e-9)
    #expect(unknown.scoreRange.lowerBound == unknown.score)
  }

  @Test("a guard decides whether a rule applies; unknown it is listed")
  func guards() {
    let guarded = Small.rule(
      "guarded", .clearance(.heart), .neighbours, [Small.band(nil, nil, .caution, 0.2)],
      modalities: [.microwave],
      applies: Rule.Guard(fact: Fact.histology, match: .words(["leiomyosarcoma"])))
    let judge = Small.set([Small.size, guarded])
    var facts = Small.facts([(.longestAxialDiameter, 9), (.clearance(.heart), 50)])
    let unknown = judge.judge(.microwave, at: .lung, facts: facts)
    #expect(abs(unknown.score - 100 * power(0.2, 0.25)) < 1e-9, "it may apply: taken at its worst")
    #expect(unknown.scoreRange.upperBound == 100)
    #expect(unknown.missing.map(\.fact) == [Fact.histology])
    facts[Fact.histology] = .word("synovialSarcoma", .stated, "test")
    #expect(judge.judge(.microwave, at: .lung, facts: facts).scoreRange.lowerBound == 100)
    facts[Fact.histology] = .word("leiomyosarcoma", .stated, "test")
    #expect(judge.judge(.microwave, at: .lung, facts: facts).score < 100)
  }

  @Test("sites without rules and unknown sites are said to be so")
  func sites() {
    #expect(
      judge.judge(lesion: "a", site: .bone, facts: FactTable()).note?.kind == .judgement(.siteWithoutRules))
    #expect(judge.judge(lesion: "a", site: nil, facts: FactTable()).note?.kind == .judgement(.siteUnknown))
    let lung = judge.judge(lesion: "a", site: .lung, facts: FactTable())
    #expect(lung.modalities.map(\.modality).count == 2)
  }
}
