internal import Cases
internal import Anatomy
internal import Eligibility
public import Planning
internal import Quantities
internal import Vocabulary

/// `assess` for people: the patient, a table of lesions by therapies, then the reasons, strongest first.
public struct AssessmentText {
  private let dossier: Dossier
  private let assessment: Assessment
  private let style: TextStyle
  private let notice: String

  /// A text of an assessed dossier; `nil` when it was not assessed.
  public init?(_ dossier: Dossier, notice: String, style: TextStyle = .plain) {
    guard let assessment = dossier.assessment else { return nil }
    self.dossier = dossier
    self.assessment = assessment
    self.style = style
    self.notice = notice
  }

  /// The whole text, ending in a line break.
  public var text: String {
    ([patient, warnings, table] + lesions + [sources, closing]).filter { !$0.isEmpty }.joined(
      separator: "\n\n") + "\n"
  }

  // MARK: Patient

  private var patient: String {
    let judged = assessment.patient
    var advice = judged.advice.title
    if let weeks = judged.weeks { advice += " in \(weeks) weeks" }
    if !judged.providedThat.isEmpty { advice += "*" }
    var lines = [
      style.paint("Patient \(dossier.patientCase.patientID ?? "(no ID)")", .bold)
        + ": advice: " + style.paint(advice, .cyan),
      "  oligometastatic state: \(judged.oligometastatic.text)",
    ]
    if !judged.providedThat.isEmpty {
      lines.append(
        "  " + wrapped("* provided that: " + judged.providedThat.joined(separator: "; "), indent: "    "))
    }
    for requirement in judged.requires {
      lines.append(
        "  " + wrapped("requires: \(requirement.text) \(keys(requirement.sources))", indent: "    "))
    }
    for finding in judged.findings where finding.effect != .supports {
      let mark = finding.effect == .conditions ? "!" : "-"
      lines.append(
        "  "
          + wrapped(
            "\(mark) \(finding.text) (\(value(finding))) \(keys(finding.sources))", indent: "    "))
    }
    let good = judged.findings.filter { $0.effect == .supports }
    if !good.isEmpty {
      lines.append(
        "  "
          + wrapped(
            "+ nothing against: " + good.map { "\($0.fact.title) \(value($0))" }.joined(separator: ", "),
            indent: "    "))
    }
    if !judged.missing.isEmpty {
      lines.append(
        "  " + wrapped("? not told: " + judged.missing.map(\.title).joined(separator: ", "), indent: "    "))
    }
    return lines.joined(separator: "\n")
  }

  /// What import and assembly had to say: whoever reads the judgement must see it too.
  private var warnings: String { style.warnings(dossier.patientCase.warnings + assessment.warnings) }

  // MARK: Table

  private var columns: [Modality] {
    Modality.allCases.filter { modality in
      assessment.lesions.contains { $0.modalities.contains { $0.modality == modality } }
    }
  }

  private var table: String {
    var table = TextTable(["lesion", "size", "where"] + columns.map(\.shortTitle) + ["first choice"])
    for lesion in assessment.lesions {
      guard let known = dossier.patientCase.lesions.first(where: { $0.id == lesion.lesion }) else { continue }
      let measured = dossier.measurements[lesion: lesion.lesion]
      var row: [TextTable.Cell] = [
        .init(lesion.lesion), .init(LesionWords.size(known, measured)),
        .init(LesionWords.place(known, measured)),
      ]
      for modality in columns {
        if let judged = lesion.modalities.first(where: { $0.modality == modality }) {
          row.append(cell(judged))
        } else {
          row.append(.init(lesion.modalities.isEmpty ? "?" : "–", .faint))
        }
      }
      row.append(.init(firstChoice(lesion)))
      table.rows.append(row)
    }
    let legend =
      "Numbers are scores, rounded to 5. * on terms listed below under \"provided that\". "
      + "? indeterminate: a deciding fact is unknown."
    return table.text(style) + "\n" + style.paint(legend, .faint)
  }

  private func cell(_ judged: ModalityJudgement) -> TextTable.Cell {
    switch judged.verdict {
    case .eligible:
      .init("eligible \(judged.roundedScore)" + (judged.providedThat.isEmpty ? "" : "*"), .green)
    case .conditional:
      .init("conditional \(judged.roundedScore)" + (judged.providedThat.isEmpty ? "" : "*"), .yellow)
    case .indeterminate: .init("? likely \(judged.likely?.word ?? "")", .cyan)
    case .ineligible: .init("ineligible", .red)
    }
  }

  private func firstChoice(_ lesion: LesionJudgement) -> String {
    guard let first = lesion.modalities.first, first.verdict != .ineligible else {
      return lesion.modalities.isEmpty
        ? (lesion.site == nil ? "site unknown" : "no rules for this site") : "none"
    }
    let equal = lesion.modalities.dropFirst().filter { $0.isIndistinguishable(from: first) }
    var text = first.modality.shortTitle
    if first.verdict == .indeterminate { text += "?" }
    if !equal.isEmpty {
      text += " (no meaningful difference: " + equal.map(\.modality.shortTitle).joined(separator: ", ") + ")"
    }
    return text
  }

  // MARK: Reasons

  private var lesions: [String] {
    assessment.lesions.map { lesion in
      var lines = [style.paint("Lesion \(lesion.lesion)", .bold)]
      if let note = lesion.note { lines.append("  \(note)") }
      let strange = dossier.measurements[lesion: lesion.lesion]?.unrecognized ?? []
      if !strange.isEmpty {
        let names = strange.map {
          "\($0.sourceName) (\(Figures.number($0.clearance.distance.millimeters, digits: 1)) mm)"
        }
        lines.append(
          "  "
            + wrapped(
              style.paint(
                "! not recognised, so no rule sees it: \(names.joined(separator: ", ")). Verdicts hold only if none of it is an organ at risk; name it by TG-263",
                .yellow), indent: "    "))
      }
      for (rank, judged) in lesion.modalities.enumerated() { lines += reasons(judged, rank + 1) }
      return lines.joined(separator: "\n")
    }
  }

  private func reasons(_ judged: ModalityJudgement, _ rank: Int) -> [String] {
    // Rounded outwards to 5, as the score itself is rounded to 5.
    let low = Int((judged.scoreRange.lowerBound / 5).rounded(.down)) * 5
    let high = Int((judged.scoreRange.upperBound / 5).rounded(.up)) * 5
    var head = "  \(rank). \(judged.modality.title): \(judged.verdict.word)"
    if let likely = judged.likely { head += " (likely \(likely.word) if nothing unknown speaks against it)" }
    if judged.verdict != .ineligible { head += ", score \(judged.roundedScore) (range \(low)–\(high))" }
    var lines = [style.paint(head, judged.verdict == .ineligible ? .red : .bold)]
    for finding in judged.findings {
      let mark: String
      switch finding.effect {
      case .excludes: mark = "✗"
      case .conditions: mark = "!"
      case .lowers: mark = "-"
      case .supports, .unknown, .silenced: continue
      }
      var line = "\(mark) \(finding.text) (\(value(finding)))"
      if let edge = finding.nearEdge {
        line +=
          "; within measurement error of the limit at \(Figures.plain(edge)) \(finding.fact.definition.unit)"
      }
      if !finding.manoeuvres.isEmpty {
        line += "; possible with " + finding.manoeuvres.map(\.title).joined(separator: " or ")
      }
      if let condition = finding.condition { line += "; " + words(condition, finding.obtain) }
      lines.append("     " + wrapped(line + " " + keys(finding.sources), indent: "       "))
    }
    // What was assumed stands under "provided that"; what lies far away needs no line.
    let supporting = judged.findings.filter { finding in
      guard finding.effect == .supports, finding.value.origin != .assumed else { return false }
      if finding.fact.definition.unit == "mm", case .known(.number(let x)) = finding.value.knowledge {
        return x <= 40
      }
      return true
    }
    if !supporting.isEmpty {
      lines.append(
        "     "
          + wrapped(
            "+ " + supporting.map { "\($0.fact.title) \(value($0))" }.uniqued.joined(separator: ", "),
            indent: "       "))
    }
    if !judged.providedThat.isEmpty {
      lines.append(
        "     "
          + style.paint(
            wrapped("* provided that: " + judged.providedThat.joined(separator: "; "), indent: "       "),
            .faint))
    }
    if !judged.missing.isEmpty {
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
      lines.append(
        "     "
          + style.paint(
            wrapped("? obtain first: " + first.joined(separator: ", ") + rest, indent: "       "), .cyan))
    }
    return lines
  }

  private func words(_ condition: Condition, _ obtain: String?) -> String {
    switch condition {
    case .board: "a board question" + (obtain.map { ": \($0)" } ?? "")
    case .plan: "needs a plan" + (obtain.map { ": \($0)" } ?? "")
    case .correction: "first: \(obtain ?? "correct it")"
    }
  }

  private func value(_ finding: Finding) -> String {
    let unit = finding.fact.definition.unit
    let tail = ["ratio", "class", "count", "grade", ""].contains(unit) ? "" : " " + unit
    switch finding.value.knowledge {
    case .known(.number(let x)): return Figures.plain(x) + tail + origin(finding)
    case .known(.word(let word)): return spacedWords(word) + origin(finding)
    case .between(let low, let high):
      return "\(Figures.plain(low))–\(Figures.plain(high))\(tail)" + origin(finding)
    case .unknown, .notApplicable: return "unknown"
    }
  }

  private func origin(_ finding: Finding) -> String {
    switch finding.value.origin {
    case .assumed: ", assumed"
    case .estimated: ", estimated"
    case .stated, .measured, .derived: ""
    }
  }

  private func keys(_ keys: [String]) -> String { "[" + keys.joined(separator: ", ") + "]" }

  // MARK: Sources

  private var sources: String {
    var cited: Set<String> = Set(assessment.patient.requires.flatMap(\.sources))
    cited.formUnion(
      assessment.patient.findings.filter { $0.effect != .supports }.flatMap(\.sources))
    for lesion in assessment.lesions {
      for judged in lesion.modalities {
        for finding in judged.findings where [.excludes, .conditions, .lowers].contains(finding.effect) {
          cited.formUnion(finding.sources)
        }
      }
    }
    return SourceList(dossier.careProtocol.bibliography, cited, style: style).text
  }

  private var closing: String {
    style.paint(
      wrapped(
        "Scores are rounded to 5; two within 10 do not differ meaningfully (no trial compares these therapies prospectively). "
          + "Protocol \(dossier.careProtocol.name). \(notice)", indent: ""),
      .faint)
  }
}

extension Array where Element: Hashable {
  /// The elements without repeats, first ones kept.
  fileprivate var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Verdict {
  /// The colour it has in tables.
  var colour: TextStyle.Colour {
    switch self {
    case .eligible: .green
    case .conditional, .indeterminate: .yellow
    case .ineligible: .red
    }
  }
}
