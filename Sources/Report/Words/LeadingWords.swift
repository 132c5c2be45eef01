// SPDX-License-Identifier: Apache-2.0
package import Eligibility
internal import Facts
internal import Reasons
internal import Vocabulary

/// The two or three words a table's cell has room for: what a verdict hangs on.
package enum LeadingWords {
  /// What makes it conditional, open or impossible; empty for an eligible therapy.
  static func text(_ judged: ModalityJudgement) -> String {
    text(judged.verdict, judged.leading, judged.deciding)
  }

  /// The same of a digest.
  package static func text(_ digest: JudgementDigest) -> String {
    text(digest.verdict, digest.leading, digest.deciding)
  }

  private static func text(_ verdict: Verdict, _ leading: Finding?, _ deciding: Fact?) -> String {
    switch verdict {
    case .eligible: ""
    case .conditional: leading.map(condition) ?? ""
    case .indeterminate: deciding.map { "confirm \($0.label)" } ?? ""
    case .ineligible: leading.map(cause) ?? ""
    }
  }

  /// That the service does not have a therapy, in two words; empty where it is not possible anyway.
  static func unavailable(_ judged: ModalityJudgement) -> String {
    judged.unavailable == nil || judged.verdict == .ineligible ? "" : "not here"
  }

  /// "board: heart", "confirm size", "hydrodissection".
  static func condition(_ finding: Finding) -> String {
    let label = finding.fact.label
    guard let condition = finding.condition else { return label }
    if condition.request == .location { return "confirm location" }
    switch condition.kind {
    case .board: return "board: \(label)"
    case .plan: return "plan: \(label)"
    case .confirm: return "confirm \(label)"
    case .correct: return "correct \(label)"
    case .staging: return "staging: \(label)"
    case .manoeuvre: return condition.manoeuvres.first?.title ?? label
    }
  }

  /// "size 37.9 mm".
  static func cause(_ finding: Finding) -> String {
    let unit = finding.fact.definition.unit
    let tail = ["ratio", "class", "count", "grade", ""].contains(unit) ? "" : " " + unit
    switch finding.value.knowledge {
    case .known(.number(let x)): return "\(finding.fact.label) \(Figures.plain(x))\(tail)"
    case .known(.word(let word)):
      return ["present", "yes"].contains(word)
        ? finding.fact.label : "\(finding.fact.label) \(spacedWords(word))"
    default: return finding.fact.label
    }
  }
}
