// SPDX-License-Identifier: Apache-2.0
import Facts
import Foundation
import Interchange
import Planning
import Reasons
import Testing
import Vocabulary

@testable import Eligibility

/// The whole judgement is the slow, obvious reference: what is remembered must never change what is said.
@Suite("Judging by what is remembered")
struct CohortJudgeTests {
  private let judge: Judge

  init() throws { judge = Judge(try CareProtocolReader.shipped().ruleSet) }

  /// One judge for all tables in turn, so that what it remembers of one meets the next.
  @Test(
    "verdict, order, score, what leads, what decides, what is open: as the whole judgement has it",
    arguments: [1, 2, 3], [0, 500, 200_000])
  func same(seed: UInt64, remembering most: Int) {
    var facts = RandomFacts(seed: seed)
    let cohort = CohortJudge(judge, remembering: most)
    var verdicts: [Verdict: Int] = [:]
    var (led, decided, located) = (0, 0, 0)
    for round in 0..<60 {
      let site = [Site.lung, .liver, .lung][round % 3]
      // Lists know little, contoured cases much.
      var table = facts.table(share: [0.02, 0.1, 0.5, 0.95][round % 4])
      // Of every other one a list says as much as lists do, and nothing that would stand above where the lesion lies.
      if round % 2 == 0 {
        if round % 4 == 0 { table = FactTable() }
        for fact in [Fact.longestAxialDiameter, .largestMetastasis] {
          table[fact] = .number(Double(4 + round % 35), .stated, "list")
        }
        for fact in [Fact.metastasisCount, .lungMetastasisCount, .lesionsInSameLung] {
          table[fact] = .number(Double(1 + round % 3), .derived, "list")
        }
        table[.ecog] = .number(Double(round % 2), .stated, "list")
      }
      let whole = judge.judge(lesion: "L", site: site, facts: table)
      let digest = cohort.judge(lesion: "L", site: site, facts: table)
      #expect(digest.modalities.map(\.modality) == whole.modalities.map(\.modality))
      for (a, b) in zip(digest.modalities, whole.modalities) {
        #expect(a.tally == b.tally, "\(b.modality)")
        #expect(a.isScored == b.isScored && a.likely == b.likely && a.roundedScore == b.roundedScore)
        #expect(a.leading?.rule == b.leading?.rule, "\(b.modality) \(b.verdict)")
        #expect(a.leading?.reason == b.leading?.reason)
        #expect(a.leading?.value.knowledge == b.leading?.value.knowledge)
        #expect(a.deciding == b.deciding, "\(b.modality)")
        let open = b.missing.filter { $0.couldExclude || $0.couldCondition }
        #expect(Set(a.open.map(\.fact)) == Set(open.map(\.fact)))
        #expect(
          a.open.allSatisfy { one in
            open.contains {
              $0.fact == one.fact && $0.couldExclude == one.couldExclude && $0.need == one.need
            }
          })
        #expect(Set(a.assumed) == Set(b.providedThat.compactMap(\.facts.first)), "\(b.modality)")
        verdicts[b.verdict, default: 0] += 1
        led += a.leading == nil ? 0 : 1
        located += a.leading?.rule == "location" ? 1 : 0
        decided += a.deciding == nil ? 0 : 1
      }
    }
    // Every kind was met, or the comparison says little.
    #expect(
      verdicts.keys.count >= 3 && led > 20 && decided > 20 && located > 5,
      "\(verdicts) \(led) \(decided) \(located)")
  }

  @Test("a lesion without a site, or at one without rules, has no therapies")
  func without() {
    let cohort = CohortJudge(judge)
    for site in [nil, Site.brain] {
      let digest = cohort.judge(lesion: "L", site: site, facts: FactTable())
      #expect(digest.modalities.isEmpty && digest.note != nil)
      #expect(digest.note == judge.judge(lesion: "L", site: site, facts: FactTable()).note)
    }
    #expect(cohort.judge(lesion: "L", site: .lung, facts: FactTable()).note == nil)
  }
}

/// Tables of facts drawn with a seed: of every kind of knowledge and origin.
struct RandomFacts {
  private var state: UInt64
  private let all = FactCatalogue.all.compactMap { Fact(named: $0.name) }

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  private mutating func random(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  private mutating func value(_ fact: Fact) -> FactValue {
    let origin = FactValue.Origin.allCases[random(FactValue.Origin.allCases.count)]
    switch fact.definition.kind {
    case .word(let words):
      return random(8) == 0 ? .unknown("told in part") : .word(words[random(words.count)], origin, "test")
    case .number(_, let domain):
      // Cubed, as most thresholds lie low in a wide domain.
      func number(_ t: Double) -> Double {
        domain.lowerBound + t * t * t * (domain.upperBound - domain.lowerBound)
      }
      let (a, b) = (number(Double(random(1000)) / 999), number(Double(random(1000)) / 999))
      switch random(8) {
      case 0: return .unknown("told in part")
      case 1: return FactValue(.between(min(a, b), max(a, b)), origin: origin, source: "test")
      case 2: return FactValue(.notApplicable, origin: .derived, source: "test")
      default: return .number(a, origin, "test")
      }
    }
  }

  /// A table that knows this share of all facts.
  mutating func table(share: Double) -> FactTable {
    var table = FactTable()
    for fact in all where Double(random(1000)) < share * 1000 { table[fact] = value(fact) }
    return table
  }
}
