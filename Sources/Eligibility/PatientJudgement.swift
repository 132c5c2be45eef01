/// What is said of the patient as a whole: biology, count and staging are judged once, not once a therapy.
public struct PatientJudgement: Sendable, Hashable {
  /// What follows.
  public let advice: Advice
  /// What the advice takes for granted, as "primary control controlled or controllable".
  public let providedThat: [String]
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
  /// An unknown fact whose rule applies by another, known one (the spine MRI of a myxoid liposarcoma, the
  /// proof of a nodule under a centimetre) is taken at its worst; any other that could change the advice is
  /// told under `providedThat`, and all are listed. The tumour board is required of everybody and makes nothing
  /// conditional.
  public func judgePatient(_ facts: FactTable) -> PatientJudgement {
    var findings: [Finding] = []
    var requires = ruleSet.requirements
    var missing: Set<Fact> = []
    var provided: [String] = []
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
      case .unknown:
        missing.insert(rule.fact)
        if rule.applies != nil, let worst = Self.worst(rule) {
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
  private static func provided(_ rule: Rule) -> String? {
    guard worst(rule) != nil else { return nil }
    let harmless = rule.bands.filter { rank($0.advice ?? .treat) == 0 }
    guard !harmless.isEmpty else { return nil }
    let unit = rule.fact.definition.unit
    return rule.fact.title + " " + harmless.map { $0.limit(unit: unit) }.joined(separator: " or ")
  }

  private static func finding(
    _ rule: Rule, _ reading: RuleReading, _ band: Band, _ point: FactValue.Point?
  ) -> Finding {
    Finding(
      rule: rule.id, fact: rule.fact, value: reading.value,
      limit: band.limit(unit: rule.fact.definition.unit), grade: band.grade, concern: nil,
      effect: band.advice == nil || band.advice == .treat
        ? (band.grade <= .acceptable ? .supports : .lowers) : .conditions,
      text: point == nil ? "\(rule.fact.title) is unknown; unless told otherwise: \(band.text)" : band.text,
      sources: band.sources,
      desirability: point.map { band.desirability(of: $0, domain: rule.fact.definition.domain) } ?? 1,
      nearEdge: point.flatMap { rule.nearEdge($0) }, manoeuvres: [], condition: nil, obtain: band.obtain,
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
