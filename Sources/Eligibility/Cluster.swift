/// The rules of one concern that rest on one root fact: they speak once.
struct Cluster {
  let concern: Concern
  let root: String
  let readings: [RuleReading]
  /// The highest specificity among rules whose fact is known or assumed; those below are silenced.
  private let speaking: Int
  /// Desirability as things stand: the worst of the rules that speak; 1 when none does.
  ///
  /// Only an exclusion that holds is worth nothing; one that a manoeuvre lifts, or that rests on an
  /// estimate, keeps the least value above it.
  let assumed: Double
  /// Lowest and highest desirability that the unknown facts allow.
  ///
  /// A more specific rule whose fact is unknown could speak instead, so its range counts too.
  let range: ClosedRange<Double>
  /// One finding for each rule.
  let findings: [Finding]

  init(_ readings: [RuleReading]) {
    let concern = readings[0].concern
    let speaking =
      readings.filter { if case .read = $0.state { true } else { false } }.map(\.rule.specificity).max()
      ?? Int.min
    self.concern = concern
    root = readings[0].rule.root
    self.readings = readings
    self.speaking = speaking
    let assumed = Self.assumed(readings, speaking)
    self.assumed = assumed
    range = Self.range(readings, speaking, assumed)
    findings = readings.map { Self.finding($0, concern, speaks: $0.rule.specificity >= speaking) }
  }

  private static func assumed(_ readings: [RuleReading], _ speaking: Int) -> Double {
    readings.reduce(1) { worst, reading in
      guard reading.rule.specificity >= speaking, case .read(let band, let point) = reading.state else {
        return worst
      }
      let d = band.desirability(of: point, domain: reading.domain)
      let excludes = reading.surelyExcludes && !reading.rescued
      return min(worst, excludes ? 0 : max(d, Judge.leastDesirabilityWithoutExclusion))
    }
  }

  private static func range(
    _ readings: [RuleReading], _ speaking: Int, _ assumed: Double
  ) -> ClosedRange<Double> {
    var low = Double.infinity
    var high = -Double.infinity
    for reading in readings where reading.rule.specificity >= speaking {
      low = min(low, reading.range.lowerBound)
      high = max(high, reading.range.upperBound)
      if case .mayApply = reading.state { high = max(high, 1) }
    }
    guard low <= high else { return 1...1 }
    // An exclusion is a zero whatever its desirability says.
    let excludes = readings.contains {
      $0.rule.specificity >= speaking && $0.surelyExcludes && !$0.rescued
    }
    return excludes ? 0...0 : min(low, assumed)...max(high, assumed)
  }

  /// The worst grade of the rules that speak; `nil` when none does.
  var grade: Grade? { findings.compactMap { $0.effect == .silenced ? nil : $0.grade }.max() }

  /// Whether a decisive fact is unknown, or not known closely enough, to rule an exclusion out.
  var leavesExclusionOpen: Bool {
    readings.contains { reading in
      guard reading.need == .decisive, reading.couldExclude else { return false }
      switch reading.state {
      case .unknown: return reading.rule.specificity >= speaking
      case .read: return speaks(reading) && reading.isUncertain && reading.value.origin != .assumed
      case .mayApply: return speaks(reading)
      }
    }
  }

  private func speaks(_ reading: RuleReading) -> Bool { reading.rule.specificity >= speaking }

  private static func finding(_ reading: RuleReading, _ concern: Concern, speaks: Bool) -> Finding {
    guard case .read(let band, let point) = reading.state else {
      // Told in part and able to warn: a question that must be answered before treatment.
      let asks =
        speaks && reading.value.isToldInPart && reading.need != .refine
        && reading.possible.contains { $0.grade >= .caution || $0.condition != nil }
      return Finding(
        rule: reading.rule.id, fact: reading.rule.fact, value: reading.value, limit: "",
        grade: asks ? .caution : nil, concern: concern, effect: asks ? .conditions : .unknown,
        text: asks ? "\(reading.rule.fact.title): \(reading.value.source)" : reading.whyUnread,
        sources: asks ? Array(Set(reading.possible.flatMap(\.sources))).sorted() : [], desirability: 1,
        nearEdge: nil, manoeuvres: [], condition: asks ? .board : nil,
        obtain: asks ? "where it was" : nil, advice: nil, weeks: nil)
    }
    let outcome = Outcome(reading, band, speaks: speaks)
    return Finding(
      rule: reading.rule.id, fact: reading.rule.fact, value: reading.value,
      limit: band.limit(unit: reading.unit), grade: outcome.grade, concern: concern,
      effect: outcome.effect, text: band.text, sources: band.sources,
      desirability: band.desirability(of: point, domain: reading.domain),
      nearEdge: reading.rule.nearEdge(point), manoeuvres: band.manoeuvres,
      condition: outcome.condition, obtain: outcome.obtain, advice: nil, weeks: nil)
  }

  /// What a rule that was read does to the verdict.
  private struct Outcome {
    var grade: Grade
    var effect: Finding.Effect
    var condition: Condition?
    var obtain: String?

    init(_ reading: RuleReading, _ band: Band, speaks: Bool) {
      grade = band.grade
      condition = band.condition
      obtain = band.obtain
      guard speaks else {
        effect = .silenced
        return
      }
      if band.grade == .exclusion {
        if !band.manoeuvres.isEmpty {
          effect = .conditions
        } else if reading.value.origin == .estimated {
          // An estimate never excludes.
          grade = .caution
          effect = .conditions
          condition = .plan
          obtain = "\(reading.rule.fact.title) measured instead of estimated"
        } else if reading.surelyExcludes {
          effect = .excludes
        } else {
          grade = .caution
          effect = .conditions
          condition = condition ?? .plan
          obtain = obtain ?? "the exact \(reading.rule.fact.title)"
        }
      } else if reading.couldExclude, reading.isUncertain, reading.value.origin != .assumed {
        grade = max(grade, .caution)
        effect = .conditions
        condition = condition ?? .plan
        obtain = obtain ?? "the exact \(reading.rule.fact.title)"
      } else if band.condition != nil || (band.grade == .caution && !band.manoeuvres.isEmpty) {
        effect = .conditions
      } else {
        effect = band.grade >= .caution || band.desirability.lower < 1 ? .lowers : .supports
        if band.grade == .favourable { effect = .supports }
      }
    }
  }
}

extension RuleReading {
  /// Why the rule could not be read, in words.
  var whyUnread: String {
    if case .mayApply = state, let applies = rule.applies {
      return
        "\(rule.fact.title): whether this rule applies depends on \(applies.fact.title), which is unknown"
    }
    return "\(rule.fact.title) is unknown"
  }

  /// Whether what excludes can be lifted, or rests on an estimate.
  var rescued: Bool { value.origin == .estimated || possible.contains { !$0.manoeuvres.isEmpty } }
}

extension Band {
  /// The values in words: "> 30 and ≤ 35 mm", "present".
  func limit(unit: String) -> String {
    switch match {
    case .numbers(let bounds): bounds.text(unit: unit)
    case .words(let words): words.map(spacedWords).joined(separator: " or ")
    }
  }
}

extension Rule {
  /// The nearest edge between two bands if it lies within the rule's measurement error of a value.
  func nearEdge(_ point: FactValue.Point) -> Double? {
    guard let measurementError, case .number(let x) = point else { return nil }
    let edges = Set(
      bands.flatMap { band -> [Double] in
        guard case .numbers(let bounds) = band.match else { return [] }
        return [bounds.lower, bounds.upper].compactMap(\.self)
      })
    return edges.filter { abs($0 - x) <= measurementError }.min { abs($0 - x) < abs($1 - x) }
  }
}
