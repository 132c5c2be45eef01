// SPDX-License-Identifier: Apache-2.0
import Evidence
import Facts
import Reasons
import Report
import Testing
import Vocabulary

@testable import Eligibility

/// Why another therapy stands before resection is read off the judgement itself, by rules small enough to follow by hand.
@Suite("Why another therapy stands before resection")
struct ResectionPrecedenceTests {
  private static func band(
    _ lower: Double?, _ upper: Double?, _ grade: Grade, _ d: Double, _ text: String,
    _ condition: Condition.Kind? = nil
  ) -> Band {
    Band(
      match: .numbers(Bounds(lower: lower, includesLower: false, upper: upper, includesUpper: true)),
      grade: grade, desirability: Desirability(lower: d, upper: d), text: text, condition: condition,
      sources: ["T"])
  }

  private static func rule(
    _ id: String, _ fact: Fact, _ concern: Concern, _ modality: Modality, _ bands: [Band]
  ) -> Rule {
    Rule(
      id: id, subject: .lesion(sites: [.lung], modalities: [modality], concern: concern), fact: fact,
      bands: bands)
  }

  /// Resection hangs on FEV1, DLCO, size and number, SBRT on size and ejection fraction.
  private static func judge(available: Set<Modality>? = nil) -> Judge {
    let resection: [Rule] = [
      rule(
        "reserve", .fev1, .reserve, .metastasectomy,
        [
          band(nil, 30, .exclusion, 0, "no reserve"),
          band(30, 60, .caution, 0.6, "function first", .plan), band(60, nil, .favourable, 1, "fit"),
        ]),
      rule(
        "diffusion", .dlco, .reserve, .metastasectomy,
        [band(nil, 60, .caution, 0.6, "DLCO first", .confirm), band(60, nil, .favourable, 1, "fit")]),
      rule(
        "number", .lungMetastasisCount, .burden, .metastasectomy,
        [band(nil, 2, .favourable, 1, "few"), band(2, nil, .caution, 0.2, "many wedges")]),
      rule(
        "depth", .longestAxialDiameter, .control, .metastasectomy,
        [band(nil, 20, .favourable, 1, "small"), band(20, nil, .acceptable, 0.75, "large to resect")]),
    ]
    let sbrt: [Rule] = [
      rule(
        "dose", .longestAxialDiameter, .control, .sbrt,
        [band(nil, 40, .favourable, 1, "small"), band(40, nil, .caution, 0.5, "large to irradiate")]),
      rule(
        "heart", .ejectionFraction, .reserve, .sbrt,
        [band(nil, 40, .caution, 0.9, "ask cardiology", .confirm), band(40, nil, .favourable, 1, "fit")]),
    ]
    return Judge(
      RuleSet(
        rules: resection + sbrt,
        needs: [Needs(sites: [.lung], modalities: [.metastasectomy], decisive: [.fev1], confirm: [])],
        scoring: scoring, requirements: [], available: available))
  }

  private static let scoring = Scoring(
    weights: [.control: 0.3, .neighbours: 0.25, .deliverability: 0.15, .reserve: 0.15, .burden: 0.15],
    furtherCluster: Cited(0.25, sources: []), leastDesirability: Cited(0.1, sources: []),
    equivalence: Cited(10, sources: []), unlikeConcern: Cited(0.5, sources: []))

  private func judged(_ changed: [Fact: Double?] = [:], available: Set<Modality>? = nil) -> LesionJudgement {
    var values: [Fact: Double] = [
      .fev1: 90, .dlco: 90, .lungMetastasisCount: 1, .longestAxialDiameter: 12, .ejectionFraction: 60,
    ]
    for (fact, value) in changed { values[fact] = value }
    return Self.judge(available: available).judge(
      lesion: "A", site: .lung, facts: FactTable(values.mapValues { FactValue.number($0, .measured, "test") })
    )
  }

  private func words(_ changed: [Fact: Double?] = [:], available: Set<Modality>? = nil) -> String? {
    judged(changed, available: available).beforeResection(by: Self.scoring).map(ReasonWords.text)
  }

  @Test("nothing is said where resection stands first, is excluded or nothing is judged")
  func first() {
    #expect(words() == nil)
    #expect(words([.longestAxialDiameter: 45]) == nil)
    #expect(judged([.fev1: 20]).modalities.first?.modality == .sbrt)
    #expect(words([.fev1: 20]) == nil)
    let strange = Self.judge().judge(lesion: "A", site: nil, facts: FactTable())
    #expect(strange.beforeResection(by: Self.scoring) == nil)
  }

  @Test("a condition of resection, with its concern")
  func condition() throws {
    let reason = try #require(judged([.fev1: 50]).beforeResection(by: Self.scoring))
    #expect(reason.kind == .judgement(.beforeResection))
    #expect(reason.subject == .modality(.sbrt))
    #expect(reason.names == ["reserve"] && reason.facts == [.fev1])
    #expect(reason.because.map(\.quote) == ["function first"])
    #expect(reason.because.flatMap(\.sources) == ["T"])
    #expect(ReasonWords.text(reason) == "SBRT stands before resection by reserve: function first")
  }

  @Test("of two conditional therapies the act that resection needs, not the fact it asks for")
  func act() {
    #expect(
      words([.fev1: 50, .dlco: 50, .ejectionFraction: 30, .lungMetastasisCount: 4])
        == "SBRT stands before resection by reserve: function first")
  }

  @Test("the worst concern in which both differ")
  func concern() {
    #expect(
      words([.lungMetastasisCount: 4]) == "SBRT stands before resection by burden: many wedges")
    // The size is acceptable for resection, and less telling than the number.
    #expect(
      words([.lungMetastasisCount: 4, .longestAxialDiameter: 25])
        == "SBRT stands before resection by burden: many wedges")
  }

  @Test("what no trial supports is no reason")
  func alike() {
    #expect(judged([.longestAxialDiameter: 25]).modalities.first?.modality == .sbrt)
    #expect(words([.longestAxialDiameter: 25]) == "no meaningful difference between resection and SBRT")
  }

  @Test("a deciding fact that is unknown, and a service without surgery")
  func unknown() {
    #expect(judged([.fev1: nil]).modalities.last?.verdict == .indeterminate)
    #expect(words([.fev1: nil]) == "SBRT stands before resection: FEV1 is unknown")
    #expect(
      words(available: [.sbrt]) == "SBRT stands before resection: not available at this service")
  }

  @Test("what the service does not have is judged alike, after what it has and before what is excluded")
  func available() throws {
    for changed: [Fact: Double?] in [[:], [.fev1: 50], [.lungMetastasisCount: 4]] {
      let all = judged(changed)
      let some = judged(changed, available: [.sbrt])
      #expect(some.modalities.map(\.modality) == [.sbrt, .metastasectomy])
      for own in some.modalities {
        let same = try #require(all.modalities.first { $0.modality == own.modality })
        #expect(own.verdict == same.verdict && own.score == same.score && own.findings == same.findings)
        #expect((own.unavailable == nil) == (own.modality == .sbrt) && same.unavailable == nil)
      }
    }
    let excluded = judged([.fev1: 20], available: [.metastasectomy])
    #expect(excluded.modalities.map(\.modality) == [.sbrt, .metastasectomy])
    #expect(excluded.modalities[0].unavailable?.kind == .judgement(.notAvailable))
  }
}
