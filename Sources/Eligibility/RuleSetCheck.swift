// SPDX-License-Identifier: Apache-2.0
public import Evidence
internal import Facts
internal import Reasons
internal import Vocabulary

/// Something wrong with a rule set, with where and what to do.
public struct RuleProblem: Sendable, Hashable {
  /// The rule it is about; `nil` for needs and weights.
  public let rule: String?
  /// The band it is about, by position from 0.
  public let band: Int?
  /// What is wrong.
  public let message: String
  /// What to do about it.
  public let suggestion: String
}

/// Looks for what would make judgement silently wrong: gapped or overlapping bands, missing sources,
/// exclusions that nothing entitles, numbers of metastases counted otherwise than in the source, rules that can never speak.
public struct RuleSetCheck {
  private let ruleSet: RuleSet
  private let bibliography: Bibliography

  /// A check of these rules against this bibliography.
  public init(_ ruleSet: RuleSet, _ bibliography: Bibliography) {
    self.ruleSet = ruleSet
    self.bibliography = bibliography
  }

  /// Everything found, in the protocol's order.
  public func problems() -> [RuleProblem] {
    duplicateIDs() + ruleSet.rules.flatMap(problems) + needsProblems() + weightProblems()
      + requirementProblems()
  }

  private func duplicateIDs() -> [RuleProblem] {
    var seen: Set<String> = []
    return ruleSet.rules.compactMap { rule in
      seen.insert(rule.id).inserted
        ? nil
        : RuleProblem(
          rule: rule.id, band: nil, message: "two rules have the id \(rule.id)",
          suggestion: "give one of them another id")
    }
  }

  private func problems(_ rule: Rule) -> [RuleProblem] {
    coverage(rule) + rule.bands.enumerated().flatMap { problems(rule, $0.offset, $0.element) }
      + CountCheck(bibliography).problems(rule) + reachability(rule)
  }

  // MARK: Bands

  private func coverage(_ rule: Rule) -> [RuleProblem] {
    func problem(_ band: Int?, _ message: String, _ suggestion: String) -> RuleProblem {
      RuleProblem(rule: rule.id, band: band, message: message, suggestion: suggestion)
    }
    switch rule.fact.definition.kind {
    case .word(let words):
      var counts: [String: Int] = [:]
      for band in rule.bands {
        if case .words(let these) = band.match { for word in these { counts[word, default: 0] += 1 } }
      }
      return words.compactMap { word in
        switch counts[word] ?? 0 {
        case 1: nil
        case 0: problem(nil, "no case for \"\(word)\"", "add \(word) to a case")
        default: problem(nil, "two cases for \"\(word)\"", "keep \(word) in one case")
        }
      }
    case .number(let unit, let domain):
      let ordered = rule.bands.enumerated().compactMap { index, band -> (Int, Bounds)? in
        if case .numbers(let bounds) = band.match { (index, bounds) } else { nil }
      }.sorted { ($0.1.lower ?? -.infinity) < ($1.1.lower ?? -.infinity) }
      guard let first = ordered.first, let last = ordered.last else {
        return [problem(nil, "no bands", "add at least one band")]
      }
      var found: [RuleProblem] = []
      if let low = first.1.lower,
        low > domain.lowerBound || (low == domain.lowerBound && !first.1.includesLower)
      {
        found.append(
          problem(first.0, "no band below \(number(low)) \(unit)", "leave the lowest band open below"))
      }
      if let high = last.1.upper,
        high < domain.upperBound || (high == domain.upperBound && !last.1.includesUpper)
      {
        found.append(
          problem(last.0, "no band above \(number(high)) \(unit)", "leave the highest band open above"))
      }
      for (a, b) in zip(ordered, ordered.dropFirst()) {
        guard let upper = a.1.upper, let lower = b.1.lower else {
          found.append(problem(b.0, "bands overlap", "close the lower band above"))
          continue
        }
        if upper > lower || (upper == lower && a.1.includesUpper && b.1.includesLower) {
          found.append(
            problem(
              b.0, "bands overlap at \(number(lower))…\(number(upper)) \(unit)",
              "let one band end where the next begins: upTo x, then above x"))
        } else if upper < lower || (!a.1.includesUpper && !b.1.includesLower) {
          found.append(
            problem(
              b.0, "gap between \(number(upper)) and \(number(lower)) \(unit)",
              "let one band end where the next begins: upTo x, then above x"))
        }
      }
      return found
    }
  }

  // MARK: Sources

  private func problems(_ rule: Rule, _ index: Int, _ band: Band) -> [RuleProblem] {
    var found: [RuleProblem] = []
    func add(_ message: String, _ suggestion: String) {
      found.append(RuleProblem(rule: rule.id, band: index, message: message, suggestion: suggestion))
    }
    if band.sources.isEmpty {
      add("no source", "cite at least one key of the bibliography")
    }
    for key in band.sources where bibliography[key] == nil {
      let near = Suggestion.nearest(to: key, among: bibliography.entries.keys.sorted())
      add("unknown source \(key)", near.map { "did you mean \($0)?" } ?? "add it to the bibliography")
    }
    for d in [band.desirability.lower, band.desirability.upper] where !(0...1).contains(d) {
      add("desirability \(number(d)) is outside 0…1", "use a number from 0 to 1")
    }
    guard band.grade == .exclusion else { return found }
    guard case .lesion(let sites, let modalities, _) = rule.subject else {
      add("a patient rule may not exclude", "use caution with an advice")
      return found
    }
    if !band.sources.contains(where: { bibliography[$0]?.mayExclude ?? false }) {
      add(
        "excludes without a verified clinical source",
        "cite a verified guideline, trial or series, or use caution")
    }
    // What a manoeuvre can lift leaves no exclusion open while the fact is unknown.
    guard band.manoeuvres.isEmpty else { return found }
    for site in sites {
      for modality in modalities
      where [.refine, .locate].contains(ruleSet.need(of: rule.fact, for: modality, at: site)) {
        add(
          "can exclude \(modality.rawValue) (\(site.rawValue)), but \(rule.fact.name) is neither decisive nor confirm",
          "add \(rule.fact.name) to the needs of \(modality.rawValue)")
      }
      for modality in modalities {
        guard let applies = rule.applies,
          [.refine, .locate].contains(ruleSet.need(of: applies.fact, for: modality, at: site))
        else { continue }
        add(
          "can exclude \(modality.rawValue) (\(site.rawValue)) where \(applies.fact.name) holds, which is neither decisive nor confirm",
          "add \(applies.fact.name) to the needs of \(modality.rawValue)")
      }
    }
    return found
  }

  // MARK: Reachability

  private func reachability(_ rule: Rule) -> [RuleProblem] {
    var found: [RuleProblem] = []
    if case .lesion(let sites, let modalities, let concern) = rule.subject {
      if sites.isEmpty || modalities.isEmpty {
        found.append(
          RuleProblem(
            rule: rule.id, band: nil, message: "never applies: no site or no modality",
            suggestion: "name at least one of each"))
      }
      let rivals = ruleSet.rules.filter { other in
        other.id != rule.id && other.root == rule.root && other.fact == rule.fact
          && other.specificity > rule.specificity && other.applies == nil
          && sites.allSatisfy { site in
            modalities.allSatisfy { other.concerns($0, at: site) == concern }
          }
      }
      if let rival = rivals.first {
        found.append(
          RuleProblem(
            rule: rule.id, band: nil,
            message: "never speaks: \(rival.id) always speaks instead",
            suggestion: "remove it or give it a higher specificity"))
      }
    } else if rule.fact.definition.scope == .lesion {
      found.append(
        RuleProblem(
          rule: rule.id, band: nil, message: "a patient rule asks for a lesion's fact",
          suggestion: "use a patient fact, or name sites and modalities"))
    }
    return found
  }

  private func needsProblems() -> [RuleProblem] {
    ruleSet.needs.flatMap { needs -> [RuleProblem] in
      var found: [RuleProblem] = []
      let whom = needs.modalities.map(\.rawValue).joined(separator: ", ")
      if needs.decisive.count > 6 {
        found.append(
          RuleProblem(
            rule: nil, band: nil, message: "\(needs.decisive.count) decisive facts for \(whom)",
            suggestion: "keep at most six: more make every short list indeterminate"))
      }
      for fact in needs.confirm where fact.definition.usual == nil {
        found.append(
          RuleProblem(
            rule: nil, band: nil, message: "\(fact.name) has no usual value and cannot be confirmed",
            suggestion: "make it decisive or leave it out"))
      }
      for fact in needs.decisive + needs.indispensable where needs.confirm.contains(fact) {
        found.append(
          RuleProblem(
            rule: nil, band: nil, message: "\(fact.name) is both decisive and confirm for \(whom)",
            suggestion: "keep it in one list"))
      }
      return found
    }
  }

  private func weightProblems() -> [RuleProblem] {
    let sum = ruleSet.scoring.weights.values.reduce(0, +)
    guard
      abs(sum - 1) > 1e-6 || ruleSet.scoring.weights.count != Concern.allCases.count
        || ruleSet.scoring.weights.values.contains(where: { $0 <= 0 })
    else { return [] }
    return [
      RuleProblem(
        rule: nil, band: nil,
        message: "the weights must be positive, one a concern, and sum to 1 (sum \(number(sum)))",
        suggestion: "give control, neighbours, deliverability, reserve and burden a weight each")
    ]
  }

  private func requirementProblems() -> [RuleProblem] {
    ruleSet.requirements.flatMap { requirement in
      requirement.sources.filter { bibliography[$0] == nil }.map {
        RuleProblem(
          rule: nil, band: nil, message: "unknown source \($0) in requires",
          suggestion: "add it to the bibliography")
      }
    }
  }
}

/// A number without needless digits.
private func number(_ x: Double) -> String {
  if x == x.rounded(), abs(x) < 1e9 { return String(Int(x)) }
  return String((x * 1000).rounded() / 1000)
}
