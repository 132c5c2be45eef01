// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Reasons
internal import Vocabulary

/// A rule read against what is known: which bands its fact may lie in, and what it says as things stand.
///
/// A class, for judging hands it on from cluster to finding.
final class RuleEvaluation {
  enum State {
    /// The fact is known, lies between two numbers, or is assumed at its usual value.
    case read(Band, at: FactValue.Point)
    /// The fact is unknown.
    case unknown
    /// The guard of the rule is unknown, so it may or may not apply.
    case mayApply
  }

  let rule: Rule
  let concern: Concern
  let value: FactValue
  let need: Need
  /// How much the fact matters that decides whether the rule applies.
  let guardNeed: Need
  let state: State
  /// The bands the value may lie in.
  let possible: [Band]
  /// Lowest and highest desirability over what is possible.
  let range: ClosedRange<Double>
  /// The plausible domain of the rule's fact.
  let domain: ClosedRange<Double>
  /// What a finding is worth at least while nothing excludes.
  let least: Double

  /// Reads a rule, or `nil` when it does not apply.
  ///
  /// - Parameters:
  ///   - guardNeed: how much the guard's fact matters; a `confirm` fact is taken at its usual value.
  ///   - least: what a finding is worth at least while nothing excludes.
  init?(
    _ rule: Rule, _ concern: Concern, need: Need, guardNeed: Need = .refine, least: Double, facts: FactTable
  ) {
    var uncertainGuard = false
    if let applies = rule.applies {
      switch Self.holds(applies, guardNeed, facts) {
      case .some(true): break
      case .some(false): return nil
      case .none: uncertainGuard = true
      }
    }
    let value = facts[rule.fact]
    var assumed = value
    let span: FactSpan
    switch value.knowledge {
    case .notApplicable: return nil
    case .known(let point): span = .point(point)
    case .between(let low, let high): span = .numbers(low, high)
    case .unknown where rule.definition.isPlanned:
      // Without a plan the question does not arise; the rule on what is measured speaks.
      return nil
    case .unknown:
      // Something told that only its place is missing of is no reason to assume the usual.
      if need == .confirm, !value.isReportedInPart, let usual = rule.definition.usual {
        assumed = FactValue(.known(usual), origin: .assumed, source: "usual value, to be confirmed")
        span = UsualRun(rule.bands, around: usual).span
      } else {
        span = .all(rule.definition.kind)
      }
    }
    self.rule = rule
    self.concern = concern
    self.need = need
    self.guardNeed = guardNeed
    self.value = assumed
    possible = span.bands(of: rule)
    domain = rule.definition.domain
    self.least = least
    range = span.desirability(of: rule, domain: domain, least: least)
    switch assumed.knowledge {
    case _ where uncertainGuard: state = .mayApply
    case .known(let point):
      guard let band = rule.band(of: point) else { return nil }
      state = .read(band, at: point)
    case .between(let low, let high):
      let middle = FactValue.Point.number((low + high) / 2)
      guard let band = rule.band(of: middle) else { return nil }
      state = .read(band, at: middle)
    default: state = .unknown
    }
  }

  /// Whether every value that is possible excludes.
  var surelyExcludes: Bool { !possible.isEmpty && possible.allSatisfy { $0.grade == .exclusion } }
  /// Whether some value that is possible excludes.
  var couldExclude: Bool { possible.contains { $0.grade == .exclusion && $0.manoeuvres.isEmpty } }
  /// Whether some value that is possible makes the therapy conditional.
  var couldCondition: Bool {
    possible.contains { $0.condition != nil || ($0.grade >= .caution && !$0.manoeuvres.isEmpty) }
  }
  var isUncertain: Bool { possible.count > 1 }
  /// Whether the fact is unknown and nothing can be judged without it.
  var lacksIndispensable: Bool {
    if need == .indispensable, case .unknown = value.knowledge { true } else { false }
  }

  /// The fact that would tell more; `nil` where nothing is missing.
  var asked: Fact? {
    switch state {
    case .unknown: return rule.fact
    case .mayApply: return range.lowerBound < 1 ? rule.applies?.fact : nil
    case .read: return value.origin != .assumed && isUncertain ? rule.fact : nil
    }
  }

  /// What is granted when the fact is assumed: the limits of the unobjectionable bands around the usual value.
  var provided: Reason? { value.origin == .assumed ? rule.granted : nil }

  /// Whether a guard holds; `nil` while its fact is unknown or lies on both sides of its edge.
  static func holds(_ applies: Rule.Guard, _ need: Need, _ facts: FactTable) -> Bool? {
    switch facts[applies.fact].knowledge {
    case .known(let point):
      return Band.matches(applies.match, point)
    case .between(let low, let high):
      guard case .numbers(let bounds) = applies.match else { return false }
      let span = Bounds(lower: low, includesLower: true, upper: high, includesUpper: true)
      if bounds.contains(low), bounds.contains(high) { return true }
      return FactSpan.overlaps(bounds, span) ? nil : false
    case .unknown where applies.fact.definition.isPlanned: return false
    case .unknown:
      guard need == .confirm, !facts[applies.fact].isReportedInPart, let usual = applies.fact.definition.usual
      else {
        return nil
      }
      return Band.matches(applies.match, usual)
    case .notApplicable: return false
    }
  }
}
