// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Vocabulary

/// All reasons of an assessment: the patient's, then each lesion's by therapy, strongest first.
struct AssessmentDetail {
  private let dossier: Dossier
  private let assessment: Assessment

  init(_ dossier: Dossier, _ assessment: Assessment) {
    self.dossier = dossier
    self.assessment = assessment
  }

  /// One section for the patient, and one for each lesion.
  var sections: [ReportSection] { [patient] + assessment.lesions.map(lesion) }

  /// What holds for the patient: what is required, what speaks against, what is not reported.
  var patient: ReportSection {
    let judged = assessment.patient
    var lines = judged.requires.map { ReportLine("requires: \($0.text)", sources: $0.sources) }
    lines += judged.findings.filter { $0.effect != .supports }.map {
      ReportLine(
        "\(ReasonWords.text($0.reason)) (\(Self.value($0)))",
        sign: $0.effect == .conditions ? .conditions : .lowers, sources: $0.sources)
    }
    let good = judged.findings.filter { $0.effect == .supports }
    if !good.isEmpty {
      let words = good.map { "\($0.fact.title) \(Self.value($0))" }.joined(separator: ", ")
      lines.append(ReportLine("nothing against: " + words, sign: .supports))
    }
    if !judged.missing.isEmpty {
      let words = judged.missing.map(\.title).joined(separator: ", ")
      lines.append(ReportLine("not reported: " + words, sign: .asks))
    }
    return ReportSection("The patient", .detail, [.list(lines)])
  }

  private func lesion(_ lesion: LesionJudgement) -> ReportSection {
    var lines = remarks(lesion)
    for (rank, judged) in lesion.modalities.enumerated() { lines += reasons(judged, rank + 1) }
    return ReportSection("Lesion \(lesion.lesion)", .detail, [.list(lines)], of: lesion.lesion)
  }

  /// What holds for all therapies of a lesion: why nothing is judged, and neighbours that no rule sees.
  func remarks(_ lesion: LesionJudgement) -> [ReportLine] {
    var lines: [ReportLine] = []
    if let note = lesion.note { lines.append(ReportLine(ReasonWords.text(note))) }
    let strange = dossier.measurements[lesion: lesion.lesion]?.unrecognized ?? []
    if !strange.isEmpty {
      let names = strange.map {
        "\($0.sourceName) (\(Figures.number($0.clearance.distance.millimeters, digits: 1)) mm)"
      }
      lines.append(
        ReportLine(
          "not recognised, so no rule sees it: \(names.joined(separator: ", ")). Verdicts hold only if none of it is an organ at risk; name it by TG-263",
          .caution, sign: .conditions))
    }
    return lines
  }

  /// All that is said of one therapy of a lesion: the verdict, then its reasons, the strongest first.
  ///
  /// - Parameter rank: its place among the lesion's therapies, 1 the first.
  func reasons(_ judged: ModalityJudgement, _ rank: Int) -> [ReportLine] {
    // Rounded outwards to 5, as the score itself is rounded to 5.
    let low = Int((judged.scoreRange.lowerBound / 5).rounded(.down)) * 5
    let high = Int((judged.scoreRange.upperBound / 5).rounded(.up)) * 5
    var head = "\(rank). \(judged.modality.title): \(judged.verdict.word)"
    if let likely = judged.likely { head += " (likely \(likely.word) if nothing unknown speaks against it)" }
    if !judged.isScored {
      head += ", no score"
    } else if judged.verdict != .ineligible {
      head += ", score \(judged.roundedScore) (range \(low)–\(high))"
    }
    if let unavailable = judged.unavailable { head += "; " + ReasonWords.text(unavailable) }
    return [ReportLine(head, judged.verdict == .ineligible ? .bad : .strong)]
      + judged.findings.compactMap(finding) + supporting(judged) + provided(judged) + missing(judged)
  }

  private func finding(_ finding: Finding) -> ReportLine? {
    let sign: ReportLine.Sign
    switch finding.effect {
    case .excludes: sign = .excludes
    case .conditions: sign = .conditions
    case .lowers: sign = .lowers
    case .supports, .unknown, .silenced: return nil
    }
    // Where it lies is asked in full by the reason itself.
    if finding.condition?.request == .location {
      return ReportLine(ReasonWords.text(finding.reason), sign: sign, sources: finding.sources)
    }
    var line = "\(ReasonWords.text(finding.reason)) (\(Self.value(finding)))"
    if let edge = finding.nearEdge {
      line +=
        "; within measurement error of the limit at \(Figures.plain(edge)) \(finding.fact.definition.unit)"
    }
    if !finding.manoeuvres.isEmpty {
      line += "; possible with " + finding.manoeuvres.map(\.title).joined(separator: " or ")
    }
    if let words = finding.condition.flatMap(ReasonWords.text) { line += "; " + words }
    return ReportLine(line, sign: sign, sources: finding.sources)
  }

  /// What speaks for it; what was assumed stands under "provided that", what lies far away needs no line.
  private func supporting(_ judged: ModalityJudgement) -> [ReportLine] {
    var words: [String] = []
    for finding in judged.findings where finding.effect == .supports && finding.value.origin != .assumed {
      if finding.fact.definition.unit == "mm", case .known(.number(let x)) = finding.value.knowledge, x > 40 {
        continue
      }
      let text = "\(finding.fact.title) \(Self.value(finding))"
      if !words.contains(text) { words.append(text) }
    }
    return words.isEmpty ? [] : [ReportLine(words.joined(separator: ", "), sign: .supports)]
  }

  private func provided(_ judged: ModalityJudgement) -> [ReportLine] {
    guard !judged.providedThat.isEmpty else { return [] }
    let words = judged.providedThat.map(ReasonWords.text).joined(separator: "; ")
    return [ReportLine("provided that: " + words, .faint, sign: .provided)]
  }

  private func missing(_ judged: ModalityJudgement) -> [ReportLine] {
    guard !judged.missing.isEmpty else { return [] }
    // What could exclude or set a condition goes first, then what moves the score most.
    let ordered =
      judged.missing.filter { $0.couldExclude || $0.couldCondition }
      + judged.missing.filter { !($0.couldExclude || $0.couldCondition) }
    let first = ordered.prefix(6).map { missing in
      missing.fact.title
        + (missing.couldExclude
          ? " (could exclude)" : missing.couldCondition ? " (could set a condition)" : "")
    }
    let more = ordered.dropFirst(6)
    let telling = more.filter { $0.couldExclude || $0.couldCondition }.count
    let rest =
      more.isEmpty
      ? ""
      : ", and \(more.count) more" + (telling > 0 ? " (\(telling) could set a condition or exclude)" : "")
    return [
      ReportLine("obtain first: " + first.joined(separator: ", ") + rest, .question, sign: .asks)
    ]
  }

  /// What is known of a finding's fact: "14.8 mm, estimated".
  static func value(_ finding: Finding) -> String {
    let unit = finding.fact.definition.unit
    let tail = ["ratio", "class", "count", "grade", ""].contains(unit) ? "" : " " + unit
    let origin =
      switch finding.value.origin {
      case .assumed: ", assumed"
      case .estimated: ", estimated"
      case .stated, .measured, .derived: ""
      }
    switch finding.value.knowledge {
    case .known(.number(let x)): return Figures.plain(x) + tail + origin
    case .known(.word(let word)): return spacedWords(word) + origin
    case .between(let low, let high): return "\(Figures.plain(low))–\(Figures.plain(high))\(tail)" + origin
    case .unknown, .notApplicable: return "unknown"
    }
  }
}
