// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Planning
internal import Reasons
internal import Vocabulary

/// The order in which the review behind the rules considers therapies, and why another stands before resection: neither
/// forced nor hidden.
struct ResectionOrder {
  private let lesions: [LesionJudgement]
  private let scoring: Scoring

  init(_ assessment: Assessment, _ scoring: Scoring) {
    lesions = assessment.lesions
    self.scoring = scoring
  }

  /// The order, then one line for all lesions with one reason; empty where nothing can be resected.
  var lines: [ReportLine] {
    let isResectable = lesions.contains { lesion in
      lesion.modalities.contains { $0.modality.family == .surgery && $0.verdict == .eligible }
    }
    let reasons = reasons
    guard isResectable || !reasons.isEmpty else { return [] }
    let order = ReportLine(
      "considered first where the patient is fit and all of it can be resected; SBRT and ablation where not, or by choice",
      .faint, sources: ["S1-26", "P-06"])
    return [order]
      + reasons.map { entry in
        ReportLine(
          "\(TherapyGroups.names(entry.lesions)): \(ReasonWords.text(entry.reason))", .faint,
          sources: entry.reason.because.flatMap(\.sources))
      }
  }

  /// Lesions by what decides, in the order of their first; of which therapy stands first where that is one for all.
  private var reasons: [(reason: Reason, lesions: [String])] {
    var order: [Reason] = []
    var leaders: [Reason: Set<Reason.Subject?>] = [:]
    var members: [Reason: [String]] = [:]
    for lesion in lesions {
      guard let reason = lesion.beforeResection(by: scoring) else { continue }
      let key = Self.reason(reason, of: nil)
      if members[key] == nil { order.append(key) }
      leaders[key, default: []].insert(reason.subject)
      members[key, default: []].append(lesion.lesion)
    }
    return order.map { key in
      let leader = leaders[key].flatMap { $0.count == 1 ? $0.first ?? nil : nil }
      return (Self.reason(key, of: leader), members[key] ?? [])
    }
  }

  private static func reason(_ reason: Reason, of subject: Reason.Subject?) -> Reason {
    Reason(
      reason.kind, of: subject, facts: reason.facts, names: reason.names, because: reason.because)
  }
}
