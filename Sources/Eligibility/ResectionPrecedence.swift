// SPDX-License-Identifier: Apache-2.0
internal import Facts
public import Reasons
internal import Vocabulary

/// Why another therapy stands before resection, from what the judgements of both say.
///
/// The review behind the rules considers resection first in a fit patient; where the judgement puts another therapy before
/// it, a reader is owed what decided. It is read off the order itself (`ModalityJudgement.precedes`): availability, verdict,
/// conditions that need an act, the worst concern in which both differ, the score.
extension LesionJudgement {
  /// The reason; `nil` where resection stands first, is excluded or was not judged, and where nothing was scored.
  ///
  /// Its name is the concern that decides, what it rests on the finding of resection that weighs most there, its subject the
  /// leading therapy.
  public func beforeResection(by scoring: Scoring) -> Reason? {
    guard let first = modalities.first, first.modality.family != .surgery, first.isScored,
      let resection = modalities.first(where: { $0.modality.family == .surgery }),
      resection.verdict != .ineligible
    else { return nil }
    func reason(_ finding: Finding?, _ because: Reason? = nil) -> Reason {
      Reason(
        .judgement(.beforeResection), of: .modality(first.modality), facts: finding.map { [$0.fact] } ?? [],
        names: finding?.concern.map { [$0.rawValue] } ?? [],
        because: [because ?? finding?.reason].compactMap(\.self))
    }
    if let unavailable = resection.unavailable, first.unavailable == nil { return reason(nil, unavailable) }
    if resection.verdict == .indeterminate, first.verdict != .indeterminate {
      let open = resection.missing.first { $0.need == .decisive && $0.couldExclude }
      return reason(nil, open.map { Reason(.judgement(.unknown), facts: [$0.fact]) })
    }
    let conditions = resection.findings.filter { $0.effect == .conditions }
    if resection.verdict != first.verdict { return reason(conditions.first) }
    if scoring.areEquivalent(first, resection) {
      return Reason(.judgement(.noDifferenceFromResection), of: .modality(first.modality))
    }
    if first.hangsOnFactsAlone, !resection.hangsOnFactsAlone {
      return reason(conditions.first { $0.condition?.kind != .confirm })
    }
    return reason(deciding(first, resection, scoring))
  }

  /// The finding of resection that weighs most in what puts it behind.
  private func deciding(
    _ first: ModalityJudgement, _ resection: ModalityJudgement, _ scoring: Scoring
  ) -> Finding? {
    func grade(_ judged: ModalityJudgement, _ concern: Concern) -> Grade {
      judged.grades[concern] ?? .favourable
    }
    let differing = zip(
      Concern.allCases.map { grade(first, $0) }.sorted(by: >),
      Concern.allCases.map { grade(resection, $0) }.sorted(by: >)
    ).first { $0 != $1 }
    // By grades the one that has the worse grade and is better in the other; else the one that costs most of the score.
    let concerns =
      differing.map { pair in
        Concern.allCases.filter { grade(resection, $0) == pair.1 && grade(first, $0) < pair.1 }
      } ?? []
    func loss(_ concern: Concern) -> Double {
      (scoring.weights[concern] ?? 0)
        * ((first.concerns[concern] ?? 1) - (resection.concerns[concern] ?? 1))
    }
    let decides =
      concerns.isEmpty
      ? Concern.allCases.max { loss($0) < loss($1) }.map { [$0] } ?? [] : concerns
    return resection.findings.filter { finding in
      finding.concern.map(decides.contains) == true && (finding.grade ?? .favourable) > .favourable
        && finding.effect != .silenced && finding.effect != .unknown
        && (concerns.isEmpty || finding.grade == differing?.1)
    }.min { ($0.desirability, $0.rule) < ($1.desirability, $1.rule) }
  }
}
