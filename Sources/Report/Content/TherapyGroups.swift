// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Planning
internal import Reasons
internal import Vocabulary

/// Which lesions a kind of therapy suits, on what conditions, and which not: a service's list in words.
struct TherapyGroups {
  private let lesions: [LesionJudgement]
  private let family: Modality.Family

  init(_ assessment: Assessment, _ family: Modality.Family) {
    lesions = assessment.lesions
    self.family = family
  }

  /// How many ids a line names before it counts the rest.
  private static let most = 12

  /// The kind's best judgement of each lesion that it was judged for.
  private var best: [(lesion: String, judged: ModalityJudgement)] {
    lesions.compactMap { lesion in
      lesion.modalities.first { $0.modality.family == family }.map { (lesion.lesion, $0) }
    }
  }

  /// The lines of the kind: suited, on conditions, open, not; empty where it was judged for none.
  var lines: [ReportLine] {
    // What the service does not have stands on a line of its own, unless it is not possible anywhere.
    let away = best.filter { $0.judged.unavailable != nil && $0.judged.verdict != .ineligible }
    let best = best.filter { $0.judged.unavailable == nil || $0.judged.verdict == .ineligible }
    var lines: [ReportLine] = []
    func named(_ verdict: Verdict) -> [(lesion: String, judged: ModalityJudgement)] {
      best.filter { $0.judged.verdict == verdict }
    }
    // Where a kind has one therapy only its name says nothing.
    let isOne = Set((best + away).map(\.judged.modality)).count < 2
    let suited = Self.grouped(named(.eligible)) { isOne ? "" : $0.modality.shortTitle }
    if !suited.isEmpty {
      let words = suited.map { $0.isEmpty ? $1 : "\($1) \($0)" }.joined(separator: "; ")
      lines.append(ReportLine("eligible: " + words, .good))
    }
    func add(_ verdict: Verdict, _ word: String, _ tone: ReportLine.Tone) {
      let groups = Self.grouped(named(verdict)) { LeadingWords.text($0) }
      guard !groups.isEmpty else { return }
      lines.append(
        ReportLine(
          "\(word): " + groups.map { $0.isEmpty ? $1 : "\($1) (\($0))" }.joined(separator: "; "), tone))
    }
    add(.conditional, "conditional", .caution)
    add(.indeterminate, "open", .question)
    add(.ineligible, "not", .bad)
    if let reason = away.first?.judged.unavailable {
      let groups = Self.grouped(away) {
        [isOne ? "" : $0.modality.shortTitle, $0.verdict.word].filter { !$0.isEmpty }.joined(separator: " ")
      }
      lines.append(
        ReportLine(
          "\(ReasonWords.text(reason)): " + groups.map { "\($1) (\($0))" }.joined(separator: "; "), .faint))
    }
    return lines
  }

  /// Lesions by a word they share, in the order of their first.
  private static func grouped(
    _ entries: [(lesion: String, judged: ModalityJudgement)], by word: (ModalityJudgement) -> String
  ) -> [(String, String)] {
    var order: [String] = []
    var members: [String: [String]] = [:]
    for entry in entries {
      let key = word(entry.judged)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(entry.lesion)
    }
    return order.map { ($0, names(members[$0] ?? [])) }
  }

  /// Ids in words: the first dozen, then how many more.
  static func names(_ ids: [String]) -> String {
    ids.prefix(most).joined(separator: ", ") + (ids.count > most ? " and \(ids.count - most) more" : "")
  }
}
