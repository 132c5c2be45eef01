// SPDX-License-Identifier: Apache-2.0
import Evidence
import Facts
import Interchange
import Planning
import Reasons
import Testing
import Vocabulary

@testable import Eligibility

/// Properties of the shipped protocol, over values drawn from a seed and at every one of its own edges.
@Suite("The shipped protocol")
struct DefaultProtocolTests {
  private let careProtocol: CareProtocol
  private let judge: Judge

  init() throws {
    careProtocol = try CareProtocolReader.shipped()
    judge = Judge(careProtocol.ruleSet)
  }

  @Test("nothing is wrong with it")
  func check() {
    let (_, problems) = CareProtocolReader.check(CareProtocolReader.shippedText, file: "default")
    #expect(problems.isEmpty, "\(problems)")
  }

  @Test("every exclusion rests on a verified clinical source")
  func exclusions() {
    var count = 0
    for rule in careProtocol.ruleSet.rules {
      for band in rule.bands where band.grade == .exclusion {
        count += 1
        #expect(
          band.sources.contains { careProtocol.bibliography[$0]?.mayExclude == true }, "\(rule.id)")
      }
    }
    #expect(count >= 8)
  }

  @Test("five therapies for the lung, seven for the liver, no more than six deciding facts")
  func scope() {
    #expect(
      judge.ruleSet.modalities(at: .lung)
        == [.metastasectomy, .sbrt, .radiofrequency, .microwave, .cryoablation])
    #expect(
      judge.ruleSet.modalities(at: .liver)
        == [
          .sbrt, .radiofrequency, .microwave, .cryoablation, .hepaticResection, .chemoembolization,
          .radioembolization,
        ])
    for needs in judge.ruleSet.needs { #expect(needs.decisive.count <= 6) }
  }

  @Test("at every numeric edge of every rule the band changes where the text says")
  func everyEdge() throws {
    var edges = 0
    for rule in careProtocol.ruleSet.rules {
      guard case .number(_, let domain) = rule.fact.definition.kind else { continue }
      for band in rule.bands {
        guard case .numbers(let bounds) = band.match else { continue }
        for (edge, included, inward) in [
          (bounds.lower, bounds.includesLower, 1.0), (bounds.upper, bounds.includesUpper, -1.0),
        ] {
          guard let edge, domain.contains(edge) else { continue }
          let step = max(abs(edge), 1) * 1e-6
          edges += 1
          #expect((rule.band(of: .number(edge)) == band) == included, "\(rule.id) at \(edge)")
          if domain.contains(edge + inward * step) {
            #expect(rule.band(of: .number(edge + inward * step)) == band, "\(rule.id) inside \(edge)")
          }
          if domain.contains(edge - inward * step) {
            #expect(rule.band(of: .number(edge - inward * step)) != band, "\(rule.id) outside \(edge)")
            #expect(rule.band(of: .number(edge - inward * step)) != nil, "\(rule.id) gap at \(edge)")
          }
        }
      }
    }
    #expect(edges > 200)
  }

  /// A fit patient with one clear lesion in the lung or liver.
  private func baseline(_ site: Site) -> FactTable {
    var facts = FactTable()
    for definition in FactCatalogue.all {
      guard let fact = Fact(named: definition.name), let usual = definition.usual else { continue }
      facts[fact] = FactValue(.known(usual), origin: .stated, source: "baseline")
    }
    for role in StructureRole.allCases { facts[.clearance(role)] = .number(60, .measured, "baseline") }
    for (fact, x) in [
      (Fact.longestAxialDiameter, 12.0), (.depthFromPleura, 12), (.depthOfInnerEdge, 24),
      (.lesionsInSameLung, 1),
      (.lungMetastasisCount, 1), (.liverMetastasisCount, 1), (.metastasisCount, 1),
    ] {
      facts[fact] = .number(x, .measured, "baseline")
    }
    facts[.earlierDoseHere] = FactValue(.notApplicable, origin: .derived, source: "baseline")
    facts[.futureLiverRemnant] = .number(60, .stated, "baseline")
    return facts
  }

  /// Facts with the direction in which they get worse for every therapy.
  private static let worse: [(String, [Double])] = [
    ("longestAxialDiameter", [8, 12, 18, 25, 29.9, 30, 30.1, 34, 35.1, 45, 61, 120]),
    ("inr", [1, 1.4, 1.5, 1.6, 1.9, 3, 6]), ("platelets", [250, 100, 60, 50, 49, 20, 5]),
    ("ecog", [0, 1, 2, 3, 4]), ("asa", [1, 2, 3, 4, 5]), ("fev1", [100, 81, 70, 55, 41, 31, 29, 10]),
    ("dlco", [100, 81, 70, 55, 41, 31, 29, 10]), ("lesionsInSameLung", [1, 3, 4, 5, 6, 12]),
    ("clearance(Heart)", [60, 12, 9, 5, 4, 1, 0]), ("clearance(Oesophagus)", [60, 12, 9, 5, 4, 1, 0]),
    ("clearance(SpinalCord)", [60, 12, 9, 5, 4, 1, 0]), ("clearance(GreatVessels)", [60, 12, 9, 5, 1, 0]),
    ("clearance(Bowel)", [60, 12, 9, 5, 4, 1, 0]), ("bilirubin", [0.7, 1.9, 2.1, 3.1, 8]),
    ("lifeExpectancy", [60, 13, 7, 5, 2, 1]), ("ejectionFraction", [60, 45, 39, 20]),
  ]

  @Test("worsening a fact never improves a verdict", arguments: worse.map(\.0))
  func monotone(name: String) throws {
    let fact = try #require(Fact(named: name))
    let values = try #require(Self.worse.first { $0.0 == name }).1
    for site in [Site.lung, .liver] {
      for modality in judge.ruleSet.modalities(at: site) {
        // Arterial therapy is meant for many and large lesions: size does not count against it.
        if [.chemoembolization, .radioembolization].contains(modality), name == "longestAxialDiameter" {
          continue
        }
        var last = Verdict.eligible
        for value in values {
          var facts = baseline(site)
          facts[fact] = .number(value, .measured, "test")
          let verdict = judge.judge(modality, at: site, facts: facts).verdict
          #expect(
            verdict >= last, "\(modality) \(site): \(name) \(value) gives \(verdict.word) after \(last.word)")
          last = verdict
        }
      }
    }
  }

  /// Numbers below what is asked, the same for the same start.
  private static func numbers(_ start: UInt64) -> (Int) -> Int {
    var state = start
    return { count in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
  }

  @Test("learning a fact never widens a range", arguments: 0..<12)
  func learning(seed: UInt64) throws {
    let random = Self.numbers(seed &* 0x9E37_79B9_7F4A_7C15 &+ 99)
    for site in [Site.lung, .liver] {
      for modality in judge.ruleSet.modalities(at: site) {
        var facts = FactTable()
        var before = judge.judge(modality, at: site, facts: facts)
        var names = FactCatalogue.all.map(\.name)
        for _ in 0..<40 {
          let name = names.remove(at: random(names.count))
          let fact = try #require(Fact(named: name))
          // Facts to confirm are taken at their usual value, so learning another may move the range.
          if judge.ruleSet.need(of: fact, for: modality, at: site) == .confirm { continue }
          // A plan's fact does not exist before the plan: it brings a rule of its own in place of another.
          if fact.definition.isPlanned { continue }
          switch fact.definition.kind {
          case .word(let words): facts[fact] = .word(words[random(words.count)], .stated, "test")
          case .number(_, let domain):
            let t = Double(random(1000)) / 999
            facts[fact] = .number(
              domain.lowerBound + t * t * (domain.upperBound - domain.lowerBound), .stated, "test")
          }
          let after = judge.judge(modality, at: site, facts: facts)
          let old = before.scoreRange.upperBound - before.scoreRange.lowerBound
          let new = after.scoreRange.upperBound - after.scoreRange.lowerBound
          #expect(new <= old + 1e-9, "\(modality) \(site): \(name) widens \(old) to \(new)")
          before = after
        }
      }
    }
  }

  @Test("a judgement that stands and is changed fact by fact counts as one judged anew", arguments: 0..<8)
  func standing(seed: UInt64) throws {
    let random = Self.numbers(seed &* 0x9E37_79B9_7F4A_7C15 &+ 7)
    func value(_ fact: Fact) -> FactValue {
      let origin = FactValue.Origin.allCases[random(4)]
      switch fact.definition.kind {
      case .word(let words):
        return random(6) == 0 ? .unknown("told in part") : .word(words[random(words.count)], origin, "test")
      case .number(_, let domain):
        func number() -> Double {
          let t = Double(random(1000)) / 999
          return domain.lowerBound + t * t * (domain.upperBound - domain.lowerBound)
        }
        switch random(6) {
        case 0: return .unknown("")
        case 1:
          let (a, b) = (number(), number())
          return FactValue(.between(min(a, b), max(a, b)), origin: origin, source: "test")
        default: return .number(number(), origin, "test")
        }
      }
    }
    let all = FactCatalogue.all.compactMap { Fact(named: $0.name) }
    var verdicts: Set<Verdict> = []
    for site in [Site.lung, .liver] {
      for modality in judge.ruleSet.modalities(at: site) {
        var facts = FactTable()
        for fact in all where random(2) == 0 { facts[fact] = value(fact) }
        let standing = StandingJudgement(judge, modality, at: site, facts: facts)
        #expect(standing.tally == judge.judge(modality, at: site, facts: facts).tally)
        for _ in 0..<30 {
          var other = facts
          let changed = (0...random(3)).map { _ in all[random(all.count)] }
          for fact in changed { other[fact] = value(fact) }
          let tally = standing.tally(of: other, changed: changed)
          #expect(tally == judge.judge(modality, at: site, facts: other).tally, "\(modality) \(changed)")
          verdicts.insert(tally.verdict)
        }
      }
    }
    #expect(verdicts.count > 1)
  }

  @Test("an organ that is farther still changes neither order, verdicts, scores nor another finding")
  func farOrgan() {
    for site in [Site.lung, .liver] {
      var full = baseline(site)
      // With something to say against every therapy, so that a change would show.
      full[.longestAxialDiameter] = .number(27, .measured, "test")
      full[Fact.inr] = .number(1.7, .stated, "test")
      full[Fact.ecog] = .number(2, .stated, "test")
      full[.lesionsInSameLung] = .number(4, .stated, "test")
      let before = judge.judge(lesion: "a", site: site, facts: full).modalities
      for role in StructureRole.allCases where role != .lung && role != .liver {
        var farther = full
        farther[.clearance(role)] = .number(150, .measured, "test")
        let after = judge.judge(lesion: "a", site: site, facts: farther).modalities
        #expect(before.map(\.modality) == after.map(\.modality), "\(site): \(role.rawValue)")
        for (a, b) in zip(before, after) {
          #expect(a.verdict == b.verdict && a.score == b.score, "\(site) \(a.modality): \(role.rawValue)")
          let others = { (judged: ModalityJudgement) in
            judged.findings.filter { $0.fact != .clearance(role) && $0.effect != .unknown }.map {
              "\($0.rule) \($0.effect)"
            }
          }
          #expect(others(a) == others(b))
        }
      }
    }
  }

  @Test(
    "a nodule under a centimetre without proof is rescanned, a myxoid liposarcoma staged, unless told otherwise"
  )
  func unknownAdvice() {
    var facts = FactTable()
    facts[.largestMetastasis] = .number(6, .measured, "test")
    #expect(judge.judgePatient(facts).advice == .observe)
    facts[Fact.metastasisProof] = .word("biopsied", .stated, "test")
    #expect(judge.judgePatient(facts).advice == .treat)
    facts[Fact.histology] = .word("myxoidLiposarcoma", .stated, "test")
    let judged = judge.judgePatient(facts)
    #expect(judged.advice == .stageFirst)
    #expect(judged.findings.contains { $0.fact == .spineMRI && $0.reason.kind == .judgement(.takenAtWorst) })
    facts[Fact.spineMRI] = .word("done", .stated, "test")
    #expect(judge.judgePatient(facts).advice == .treat)
  }

  @Test("earlier radiotherapy that is told but not placed is never taken for none")
  func toldInPart() {
    var facts = baseline(.lung)
    facts[.priorRadiotherapyOverlap] = .unknown("an earlier therapy is told whose place is not")
    let judged = judge.judge(.sbrt, at: .lung, facts: facts)
    #expect(judged.verdict == .conditional)
    #expect(!judged.providedThat.contains { $0.facts == [.priorRadiotherapyOverlap] })
    #expect(judged.missing.contains { $0.fact == .priorRadiotherapyOverlap })
    facts[.priorRadiotherapyOverlap] = .unknown("")
    #expect(judge.judge(.sbrt, at: .lung, facts: facts).verdict == .eligible)
  }

  @Test("a caution never raises a score")
  func cautions() {
    let site = Site.lung
    for modality in judge.ruleSet.modalities(at: site) {
      let clear = judge.judge(modality, at: site, facts: baseline(site)).score
      for rule in careProtocol.ruleSet.rules where rule.concerns(modality, at: site) != nil {
        for band in rule.bands where band.grade == .caution {
          var facts = baseline(site)
          switch band.match {
          case .words(let words): facts[rule.fact] = .word(words[0], .stated, "test")
          case .numbers(let bounds):
            let low = bounds.lower ?? bounds.upper.map { $0 - 1 } ?? 0
            let high = bounds.upper ?? low + 1
            facts[rule.fact] = .number((low + high) / 2, .stated, "test")
          }
          #expect(judge.judge(modality, at: site, facts: facts).score <= clear + 1e-9, "\(rule.id)")
        }
      }
    }
  }

  @Test("the tumour board is required of everybody and makes nothing conditional")
  func board() {
    let judged = judge.judgePatient(FactTable())
    #expect(judged.requires.contains { $0.text.lowercased().contains("board") })
    // With nothing known, "treat" stands on what is named.
    #expect(judged.advice == .treat)
    #expect(judged.providedThat.contains { $0.facts == [.primaryControl] })
    #expect(judged.providedThat.contains { $0.facts == [.extrathoracicDisease] })
    let lesion = judge.judge(.microwave, at: .lung, facts: baseline(.lung))
    #expect(lesion.verdict == .eligible, "\(lesion.findings.prefix(2))")
  }
}
