// SPDX-License-Identifier: Apache-2.0
internal import Facts
public import Reasons
internal import Vocabulary

/// The one place where reasons become words: the terminal, pages and the text beside the fields of outputs for machines.
///
/// A sentence says the conclusion first, then the figure, then the limit (`ReportDocument` adds the sources).
public enum ReasonWords {
  /// A reason in words, without its sources.
  public static func text(_ reason: Reason) -> String {
    switch reason.kind {
    case .judgement(let kind): judgement(kind, reason)
    case .joint(let kind): joint(kind, reason)
    case .plan(let kind): plan(kind, reason)
    case .radiotherapy(let kind): radiotherapy(kind, reason)
    case .ablation(let kind): ablation(kind, reason)
    case .resection(let kind): resection(kind, reason)
    }
  }

  /// Reasons in words, one after the other.
  public static func text(_ reasons: [Reason]) -> String { reasons.map(text).joined(separator: "; ") }

  private static func judgement(_ kind: JudgementReason, _ reason: Reason) -> String {
    let fact = reason.facts.first?.title ?? ""
    let quote = reason.quote ?? ""
    switch kind {
    case .rule: return quote
    case .unknown: return "\(fact) is unknown"
    case .mayApply:
      let other = reason.facts.dropFirst().first?.title ?? ""
      return "\(fact): whether this rule applies depends on \(other), which is unknown"
    case .reportedInPart: return "\(fact): \(quote)"
    case .takenAtWorst: return "\(fact) is unknown; unless reported otherwise: \(quote)"
    case .location: return location(reason)
    case .provided: return provided(reason, fact)
    case .siteUnknown: return "indeterminate: the site is unknown"
    case .notAvailable: return "not available at this service"
    case .beforeResection: return beforeResection(reason)
    case .noDifferenceFromResection:
      return "no meaningful difference between resection and \(therapy(reason))"
    case .siteWithoutRules:
      guard case .site(let site)? = reason.subject else { return "indeterminate: no rules for this site" }
      return "indeterminate: no rules for this site (\(site.title)); it still counts as a metastasis"
    }
  }

  /// "INR ≤ 1.5", "no pacemaker".
  private static func provided(_ reason: Reason, _ fact: String) -> String {
    guard let limit = reason.limit else { return fact }
    if case .oneOf(let words) = limit, words.count == 1, denials.contains(words[0]) { return "no \(fact)" }
    // "can lie still", not "can lie still yes".
    if case .oneOf(["yes"]) = limit { return fact }
    return "\(fact) \(text(limit))"
  }

  /// "where it lies is not known: nothing stands against it at ≥ 10 mm from heart and bronchi, > 5 mm from skin".
  private static func location(_ reason: Reason) -> String {
    var order: [String] = []
    var names: [String: [String]] = [:]
    for part in reason.because {
      guard let fact = part.facts.first, let limit = part.limit else { continue }
      let words = text(limit)
      if names[words] == nil { order.append(words) }
      names[words, default: []].append(fact == .depthFromPleura ? "pleura" : fact.label)
    }
    // Distances whose worst value lowers the score alone are asked with the others and not spelt out.
    var parts = order.map { "\($0) from \(list(names[$0] ?? []))" }
    if parts.isEmpty { parts.append("the distance from \(list(reason.facts.map(\.label)))") }
    return "where it lies is not known closely enough: confirm " + parts.joined(separator: "; ")
  }

  /// "SBRT stands before resection by reserve: FEV1 …".
  private static func beforeResection(_ reason: Reason) -> String {
    let concerns = reason.names.isEmpty ? "" : " by \(list(reason.names))"
    let because = reason.because.isEmpty ? "" : ": " + reason.because.map(text).joined(separator: "; ")
    return "\(therapy(reason)) stands before resection\(concerns)\(because)"
  }

  private static func therapy(_ reason: Reason) -> String {
    if case .modality(let modality)? = reason.subject { modality.title } else { "another therapy" }
  }

  /// "heart", "heart and bronchi", "heart, bronchi and skin".
  private static func list(_ words: [String], _ joint: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(joint) " + last
  }

  private static let denials: Set = ["none", "absent", "no"]

  /// A limit in signs and words: "> 30 and ≤ 35 mm", "present", "not high risk or impossible".
  public static func text(_ limit: Reason.Limit) -> String {
    switch limit {
    case .within(let intervals, let unit):
      intervals.map { $0.text(unit: unit) }.joined(separator: " or ")
    case .outside(let interval, let unit): "not \(interval.text(unit: unit))"
    case .oneOf(let words): words.map(spacedWords).joined(separator: " or ")
    case .noneOf(let words): "not " + list(words.map(spacedWords), "or")
    }
  }

  /// What is asked for: "the exact distance to heart"; `nil` where the kind says it all.
  public static func text(_ request: Condition.Request) -> String {
    switch request {
    case .asWritten(let text): text
    case .measured(let fact): "\(fact.title) measured instead of estimated"
    case .exactly(let fact): "the exact \(fact.title)"
    case .location: "where it lies"
    case .place(let fact): "where the reported \(fact.title) was"
    }
  }

  /// A condition in words: "a board question: …"; `nil` where the manoeuvres beside it say it.
  public static func text(_ condition: Condition) -> String? {
    let what = condition.request.map(text)
    switch condition.kind {
    case .board: return "a board question" + (what.map { ": \($0)" } ?? "")
    case .plan: return "needs a plan" + (what.map { ": \($0)" } ?? "")
    case .correct: return "first: \(what ?? "correct it")"
    case .confirm: return "confirm \(what ?? "it")"
    case .staging: return "staging first" + (what.map { ": \($0)" } ?? "")
    case .manoeuvre: return what
    }
  }
}
