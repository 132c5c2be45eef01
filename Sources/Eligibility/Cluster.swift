// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons

/// The rules of one concern that rest on one root fact: they speak once.
struct Cluster {
  let concern: Concern
  let root: String
  let readings: [RuleEvaluation]
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

  /// What is open, of the rules that would speak.
  let questions: [OpenQuestion]

  /// - Parameter locationIsNamed: whether the therapy has the condition on where the lesion lies.
  init(_ readings: [RuleEvaluation], locationIsNamed: Bool) {
    let concern = readings[0].concern
    let speaking = Self.speaking(readings)
    self.concern = concern
    root = readings[0].rule.root
    self.readings = readings
    self.speaking = speaking
    let asked = Self.questions(readings, speaking)
    questions = asked.compactMap(\.self)
    let worst = asked.map { $0?.worst(locationIsNamed: locationIsNamed) }
    let assumed = Self.assumed(readings, worst, speaking)
    self.assumed = assumed
    range = Self.range(readings, speaking, assumed)
    findings = readings.indices.map { index in
      Self.finding(
        readings[index], asked[index], worst[index], speaks: readings[index].rule.specificity >= speaking)
    }
  }

  private static func speaking(_ readings: [RuleEvaluation]) -> Int {
    readings.filter { if case .read = $0.state { true } else { false } }.map(\.rule.specificity).max()
      ?? Int.min
  }

  private static func questions(_ readings: [RuleEvaluation], _ speaking: Int) -> [OpenQuestion?] {
    readings.map { $0.rule.specificity >= speaking ? OpenQuestion($0) : nil }
  }

  /// Whether an open question of these rules asks where the lesion lies.
  static func asksLocation(_ readings: [RuleEvaluation]) -> Bool {
    questions(readings, speaking(readings)).contains { $0?.asksLocation ?? false }
  }

  private static func assumed(
    _ readings: [RuleEvaluation], _ worst: [Band?], _ speaking: Int
  ) -> Double {
    readings.indices.reduce(1) { result, index in
      let reading = readings[index]
      guard reading.rule.specificity >= speaking else { return result }
      if worst[index] != nil { return min(result, max(reading.range.lowerBound, reading.least)) }
      guard case .read(let band, let point) = reading.state else { return result }
      let d = band.desirability(of: point, domain: reading.domain)
      let excludes = reading.surelyExcludes && !reading.rescued
      return min(result, excludes ? 0 : max(d, reading.least))
    }
  }

  private static func range(
    _ readings: [RuleEvaluation], _ speaking: Int, _ assumed: Double
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

  private func speaks(_ reading: RuleEvaluation) -> Bool { reading.rule.specificity >= speaking }

  private static func finding(
    _ reading: RuleEvaluation, _ question: OpenQuestion?, _ worst: Band?, speaks: Bool
  ) -> Finding {
    if let worst { return open(reading, .lowers, reading.rule.atWorst(worst), grade: worst.grade) }
    if let question, !question.isLocation, case .conditions = question.effect {
      return open(reading, .conditions, asking(reading, question.fact), grade: .caution)
    }
    guard case .read(let band, let point) = reading.state else {
      // Told in part and able to warn: a question that must be answered before treatment.
      let asks =
        speaks && reading.value.isReportedInPart && reading.need != .refine && reading.need != .locate
        && reading.possible.contains { $0.grade >= .caution || $0.condition != nil }
      return asks
        ? open(reading, .conditions, asking(reading, reading.rule.fact), grade: .caution)
        : open(reading, .unknown, reading.whyUnread, grade: nil)
    }
    let outcome = Outcome(reading, band, speaks: speaks)
    return Finding(
      rule: reading.rule.id, fact: reading.rule.fact, value: reading.value, grade: outcome.grade,
      concern: reading.concern, effect: outcome.effect,
      reason: reading.rule.reason(band, outcome.condition),
      desirability: band.desirability(of: point, domain: reading.domain),
      nearEdge: reading.rule.nearEdge(point), manoeuvres: band.manoeuvres,
      advice: nil, weeks: nil)
  }

  /// A finding of a rule whose fact is not known closely enough.
  private static func open(
    _ reading: RuleEvaluation, _ effect: Finding.Effect, _ reason: Reason, grade: Grade?
  ) -> Finding {
    Finding(
      rule: reading.rule.id, fact: reading.rule.fact, value: reading.value, grade: grade,
      concern: reading.concern, effect: effect, reason: reason,
      desirability: effect == .lowers ? reading.range.lowerBound : 1, nearEdge: nil, manoeuvres: [],
      advice: nil, weeks: nil)
  }

  /// A fact that must be known before treatment; where something was reported of it, what that leaves open.
  private static func asking(_ reading: RuleEvaluation, _ fact: Fact) -> Reason {
    let isReported = fact == reading.rule.fact && reading.value.isReportedInPart
    return Reason(
      isReported ? .judgement(.reportedInPart) : .judgement(.unknown), facts: [fact],
      quote: isReported ? reading.value.source : nil,
      sources: Array(Set(reading.possible.flatMap(\.sources))).sorted(),
      condition: Condition(.confirm, isReported ? .place(fact) : .exactly(fact)))
  }

  /// What a rule that was read does to the verdict.
  private struct Outcome {
    var grade: Grade
    var effect: Finding.Effect
    var condition: Condition?

    init(_ reading: RuleEvaluation, _ band: Band, speaks: Bool) {
      grade = band.grade
      let written = band.obtain.map(Condition.Request.asWritten)
      let fact = reading.rule.fact
      condition = band.writtenCondition
      // What exactly is not known goes before what the protocol asks for in general.
      let exact = Condition(band.condition ?? .confirm, written ?? .exactly(fact))
      guard speaks else {
        effect = .silenced
        return
      }
      if band.grade == .exclusion {
        if !band.manoeuvres.isEmpty {
          effect = .conditions
          condition = condition ?? Condition(.manoeuvre, written, manoeuvres: band.manoeuvres)
        } else if reading.value.origin == .estimated {
          // An estimate never excludes.
          grade = .caution
          effect = .conditions
          condition = Condition(.plan, .measured(fact))
        } else if reading.surelyExcludes {
          effect = .excludes
        } else {
          grade = .caution
          effect = .conditions
          condition = exact
        }
      } else if reading.couldExclude, reading.isUncertain, reading.value.origin != .assumed,
        reading.need != .locate
      {
        grade = max(grade, .caution)
        effect = .conditions
        condition = exact
      } else if band.condition != nil || (band.grade == .caution && !band.manoeuvres.isEmpty) {
        effect = .conditions
        condition = condition ?? Condition(.manoeuvre, written, manoeuvres: band.manoeuvres)
      } else {
        effect = band.grade >= .caution || band.desirability.lower < 1 ? .lowers : .supports
        if band.grade == .favourable { effect = .supports }
      }
    }
  }
}

extension RuleEvaluation {
  /// Why the rule could not be read.
  var whyUnread: Reason {
    if case .mayApply = state, let applies = rule.applies {
      return Reason(.judgement(.mayApply), facts: [rule.fact, applies.fact])
    }
    return rule.unread
  }

  /// Whether what excludes can be lifted, or rests on an estimate.
  var rescued: Bool { value.origin == .estimated || possible.contains { !$0.manoeuvres.isEmpty } }
}

extension Band {
  /// What the protocol makes the therapy depend on, as it is written there.
  var writtenCondition: Condition? {
    condition.map { Condition($0, obtain.map(Condition.Request.asWritten)) }
  }

  /// What it says of its rule's fact.
  func reason(of fact: Fact, unit: String, _ condition: Condition?) -> Reason {
    Reason(
      .judgement(.rule), facts: [fact], limit: limit(unit: unit), quote: text, sources: sources,
      condition: condition)
  }

  /// The values it is for.
  func limit(unit: String) -> Reason.Limit {
    switch match {
    case .numbers(let bounds): .within([bounds], unit: unit)
    case .words(let words): .oneOf(words)
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
