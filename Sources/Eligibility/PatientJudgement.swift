/// What is said of the patient as a whole: biology, count and staging are judged once, not once a therapy.
public struct PatientJudgement: Sendable, Hashable {
  /// What follows.
  public let advice: Advice
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
  /// Unknown facts say nothing here and are listed; the tumour board is required of everybody and makes
  /// nothing conditional.
  public func judgePatient(_ facts: FactTable) -> PatientJudgement {
    var findings: [Finding] = []
    var requires = ruleSet.requirements
    var missing: Set<Fact> = []
    let readings = ruleSet.rules.filter { $0.subject == .patient }.compactMap {
      RuleReading($0, .control, need: .refine, facts: facts)
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
      case .unknown: missing.insert(rule.fact)
      case .mayApply: if let applies = rule.applies { missing.insert(applies.fact) }
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
      advice: advised, weeks: advised == .observe ? weeks : nil,
      findings: findings.sorted {
        (-Self.rank($0.advice ?? .treat), -($0.grade?.rawValue ?? 0), $0.rule)
          < (-Self.rank($1.advice ?? .treat), -($1.grade?.rawValue ?? 0), $1.rule)
      },
      oligometastatic: OligometastaticState(facts), requires: requires, missing: missing.sorted())
  }

  private static func finding(
    _ rule: Rule, _ reading: RuleReading, _ band: Band, _ point: FactValue.Point
  ) -> Finding {
    Finding(
      rule: rule.id, fact: rule.fact, value: reading.value,
      limit: band.limit(unit: rule.fact.definition.unit), grade: band.grade, concern: nil,
      effect: band.advice == nil || band.advice == .treat
        ? (band.grade <= .acceptable ? .supports : .lowers) : .conditions,
      text: band.text, sources: band.sources,
      desirability: band.desirability(of: point, domain: rule.fact.definition.domain),
      nearEdge: rule.nearEdge(point), manoeuvres: [], condition: nil, obtain: band.obtain,
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
    }
  }
}
