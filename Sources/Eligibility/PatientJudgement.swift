// SPDX-License-Identifier: Apache-2.0
internal import Evidence
public import Facts
public import Reasons

/// What is said of the patient as a whole: biology, count and staging are judged once, not once a therapy.
public struct PatientJudgement: Sendable, Hashable {
  /// What follows.
  public let advice: Advice
  /// What the advice takes for granted, as "primary control controlled or controllable".
  public let providedThat: [Reason]
  /// For `observe`: after how many weeks to restage.
  public let weeks: Int?
  /// All findings, those with advice first.
  public let findings: [Finding]
  /// The oligometastatic state, or what is missing to name it.
  public let oligometastatic: OligometastaticState
  /// What every patient, and what this patient requires.
  public let requires: [Requirement]
  /// Facts about the patient that rules ask for and nobody told.
  public let missing: [Fact]
}

extension Judge {
  /// Judges the patient.
  ///
  /// An unknown fact is taken at its worst where the protocol says so (the spine MRI of a myxoid liposarcoma,
  /// the proof of a nodule under a centimetre); any other that could change the advice is
  /// told under `providedThat`, and all are listed. The tumour board is required of everybody and makes nothing
  /// conditional.
  public func judgePatient(_ facts: FactTable) -> PatientJudgement {
    var findings: [Finding] = []
    var requires = ruleSet.requirements
    var missing: Set<Fact> = []
    var provided: [Reason] = []
    let readings = patientRules.compactMap {
      RuleEvaluation(
        $0, .control, need: .refine, least: ruleSet.scoring.leastDesirability.value, facts: facts)
    }
    var speaking: [String: Int] = [:]
    for reading in readings {
      if case .read = reading.state {
        speaking[reading.rule.root] = max(speaking[reading.rule.root] ?? .min, reading.rule.specificity)
      }
    }
    for reading in readings where reading.rule.specificity >= speaking[reading.rule.root] ?? .min {
      let rule = reading.rule
      switch reading.state {
      case .unknown:
        missing.insert(rule.fact)
        if rule.unknownCountsAsWorst, let worst = Self.worst(rule) {
          findings.append(Self.finding(rule, reading, worst, nil))
          if let requirement = worst.requirement {
            requires.append(Requirement(text: requirement, sources: worst.sources))
          }
        } else if let text = Self.provided(rule), !provided.contains(text) {
          provided.append(text)
        }
      case .mayApply: if let applies = rule.applies { missing.insert(applies.fact) }
      case .read where reading.isUncertain:
        missing.insert(rule.fact)
        if let text = Self.provided(rule), !provided.contains(text) { provided.append(text) }
      case .read(let band, let point):
        findings.append(Self.finding(rule, reading, band, point))
        if let requirement = band.requirement {
          requires.append(Requirement(text: requirement, sources: band.sources))
        }
      }
    }
    let advised = findings.compactMap(\.advice).max { Self.rank($0) < Self.rank($1) } ?? .treat
    let weeks = findings.filter { $0.advice == .observe }.compactMap(\.weeks).max()
    return PatientJudgement(
      advice: advised, providedThat: provided, weeks: advised == .observe ? weeks : nil,
      findings: findings.sorted {
        (-Self.rank($0.advice ?? .treat), -($0.grade?.rawValue ?? 0), $0.rule)
          < (-Self.rank($1.advice ?? .treat), -($1.grade?.rawValue ?? 0), $1.rule)
      },
      oligometastatic: OligometastaticState(facts), requires: requires, missing: missing.sorted())
  }

  /// The band with the advice that must come first, if any band advises anything.
  private static func worst(_ rule: Rule) -> Band? {
    rule.bands.filter { rank($0.advice ?? .treat) > 0 }.max {
      rank($0.advice ?? .treat) < rank($1.advice ?? .treat)
    }
  }

  /// The values that would leave the advice as it is; `nil` where no value changes it.
  private static func provided(_ rule: Rule) -> Reason? {
    guard worst(rule) != nil else { return nil }
    let harmless = rule.bands.filter { rank($0.advice ?? .treat) == 0 }
    guard !harmless.isEmpty else { return nil }
    var runs: [Bounds] = []
    for band in harmless {
      guard case .numbers(let bounds) = band.match else { continue }
      if let last = runs.last, let joined = last.joined(bounds) {
        runs[runs.count - 1] = joined
      } else if let last = runs.last, let joined = bounds.joined(last) {
        runs[runs.count - 1] = joined
      } else {
        runs.append(bounds)
      }
    }
    let words = harmless.flatMap { band -> [String] in
      if case .words(let these) = band.match { these } else { [] }
    }
    if words.count > 4 {
      // Shorter by what it must not be.
      let others = rule.bands.flatMap { band -> [String] in
        if case .words(let these) = band.match, rank(band.advice ?? .treat) > 0 { these } else { [] }
      }
      return .provided(rule.fact, .noneOf(others))
    }
    let unit = rule.fact.definition.unit
    return .provided(rule.fact, runs.isEmpty ? .oneOf(words) : .within(runs, unit: unit))
  }

  private static func finding(
    _ rule: Rule, _ reading: RuleEvaluation, _ band: Band, _ point: FactValue.Point?
  ) -> Finding {
    Finding(
      rule: rule.id, fact: rule.fact, value: reading.value, grade: band.grade, concern: nil,
      effect: band.advice == nil || band.advice == .treat
        ? (band.grade <= .acceptable ? .supports : .lowers) : .conditions,
      reason: Reason(
        .judgement(point == nil ? .takenAtWorst : .rule), facts: [rule.fact],
        limit: band.limit(unit: rule.fact.definition.unit), quote: band.text, sources: band.sources,
        condition: band.obtain.map {
          Condition(band.advice == .stageFirst ? .staging : .board, .asWritten($0))
        }),
      desirability: point.map { band.desirability(of: $0, domain: rule.fact.definition.domain) } ?? 1,
      nearEdge: point.flatMap { rule.nearEdge($0) }, manoeuvres: [],
      advice: band.advice, weeks: band.weeks)
  }

  /// Later advice overrides earlier: what must come first wins.
  private static func rank(_ advice: Advice) -> Int {
    switch advice {
    case .treat: 0
    case .boardOnly: 1
    case .observe: 2
    case .systemicFirst: 3
    case .stageFirst: 4
    case .palliative: 5
    }
  }
}
