// SPDX-License-Identifier: Apache-2.0
internal import Eligibility

/// A verdict in a table's cell: sign, score, what is granted, and what it hangs on.
enum VerdictCell {
  /// "! 65* bleeding risk"; "no rules" where the therapy was not judged at this site.
  static func cell(_ judged: ModalityJudgement?) -> ReportTable.Cell {
    guard let judged else { return .init("no rules for this site", .faint) }
    let sign = ["✓", "!", "?", "✗"][judged.verdict.rawValue]
    let tone: ReportLine.Tone = [.good, .caution, .question, .bad][judged.verdict.rawValue]
    let isScored = judged.verdict == .eligible || judged.verdict == .conditional
    let score = isScored ? " \(judged.roundedScore)" : ""
    let mark = judged.providedThat.isEmpty ? "" : "*"
    let words = [LeadingWords.text(judged), LeadingWords.unavailable(judged)].filter { !$0.isEmpty }
    return .init("\(sign)\(score)\(mark) \(words.joined(separator: ", "))", tone)
  }
}
