// SPDX-License-Identifier: Apache-2.0
import Eligibility
import Evidence
import Facts
import Foundation
import Reasons
import Vocabulary

@testable import Interchange

/// Rules as text with every field, so that two sets can be compared and a change shows where it is.
enum CanonicalRules {
  /// One rule on one line: what it is, whom it judges, and every band.
  static func text(_ rule: Rule) -> String {
    var parts = ["id=\(rule.id)"]
    switch rule.subject {
    case .patient: parts.append("patient")
    case .lesion(let sites, let modalities, let concern):
      parts.append(
        "sites=\(sites.map(\.rawValue)) modalities=\(modalities.map(\.rawValue)) \(concern.rawValue)")
    }
    parts.append("fact=\(rule.fact.name) root=\(rule.root) specificity=\(rule.specificity)")
    if let guarding = rule.applies { parts.append("when=\(guarding.fact.name) \(text(guarding.match))") }
    parts.append("worst=\(rule.unknownCountsAsWorst) error=\(number(rule.measurementError))")
    return (parts + rule.bands.map(text)).joined(separator: " | ")
  }

  private static func text(_ band: Band) -> String {
    [
      text(band.match), band.grade.word,
      "\(number(band.desirability.lower))…\(number(band.desirability.upper))", "text=\(band.text)",
      "rescuedBy=\(band.manoeuvres.map(\.rawValue))", "condition=\(band.condition?.rawValue ?? "-")",
      "obtain=\(band.obtain ?? "-")", "sources=\(band.sources)", "advice=\(band.advice?.rawValue ?? "-")",
      "weeks=\(band.weeks.map(String.init) ?? "-")", "requirement=\(band.requirement ?? "-")",
    ].joined(separator: " ; ")
  }

  private static func text(_ match: Band.Match) -> String {
    switch match {
    case .words(let words): "\(words)"
    case .numbers(let bounds):
      (bounds.includesLower ? "[" : "(") + number(bounds.lower) + "," + number(bounds.upper)
        + (bounds.includesUpper ? "]" : ")")
    }
  }

  private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "-" }

  /// The rules of a protocol, one line each: its id and the SHA-256 of its text.
  static func digests(_ rules: [Rule]) -> String {
    rules.map { "\($0.id) \(FileAccess.sha256(Data(text($0).utf8)))\n" }.joined()
  }
}
