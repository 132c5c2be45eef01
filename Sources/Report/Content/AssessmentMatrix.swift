// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Planning
internal import Reasons
internal import Vocabulary

/// Lesions by therapies: each cell with its verdict, what it hangs on, and whether the plan chooses it.
struct AssessmentMatrix {
  private let dossier: Dossier
  private let assessment: Assessment
  private let plan: PlanVariant?
  private let hasReasons: Bool

  /// - Parameters:
  ///   - plan: whose choices are marked; `nil` for none.
  ///   - hasReasons: whether cells hold all reasons, for a report that opens them.
  init(_ dossier: Dossier, _ assessment: Assessment, plan: PlanVariant? = nil, hasReasons: Bool = false) {
    self.dossier = dossier
    self.assessment = assessment
    self.plan = plan
    self.hasReasons = hasReasons
  }

  /// Therapies that some lesion was judged for, in the vocabulary's order.
  private var columns: [Modality] {
    Modality.allCases.filter { modality in
      assessment.lesions.contains { $0.modalities.contains { $0.modality == modality } }
    }
  }

  var matrix: ReportMatrix {
    let columns = columns
    let rows = assessment.lesions.compactMap { row($0, columns) }
    return ReportMatrix(
      columns: columns.map { ($0.rawValue, $0.shortTitle) }, rows: rows, legend: Self.legend,
      table: table(rows, columns))
  }

  private static let legend =
    "✓ eligible, ! conditional and on what, ? a decisive fact is missing, ✗ not possible; score 0–100 of 5, » no meaningful difference from the best; * on what is taken for granted."

  private func row(_ lesion: LesionJudgement, _ columns: [Modality]) -> ReportMatrix.Row? {
    guard let known = dossier.patientCase.lesions.first(where: { $0.id == lesion.lesion }) else { return nil }
    let measured = dossier.measurements[lesion: lesion.lesion]
    let assignment = plan?.assignments.first { $0.lesion == lesion.lesion }
    let place = plan?.assignments.firstIndex { $0.lesion == lesion.lesion }
    return ReportMatrix.Row(
      lesion: lesion.lesion,
      place: "\(LesionWords.size(known, measured))\n\(LesionWords.place(known, measured))",
      size: LesionWords.diameter(known, measured),
      cells: columns.map { column in
        lesion.modalities.enumerated().first { $0.element.modality == column }.map {
          cell($0.element, rank: $0.offset + 1, in: lesion, isChosen: assignment?.choice.modality == column)
        }
      }, plan: assignment.map { planned($0, place: place ?? 0) },
      note: lesion.note.map(ReasonWords.text) ?? "")
  }

  /// What the plan does, with the verdict that takes everything else in it into account.
  private func planned(_ assignment: PlanAssignment, place: Int) -> ReportMatrix.Planned {
    let judged = assignment.judgement
    let isRanked = judged.map { $0.verdict == .eligible || $0.verdict == .conditional } ?? false
    let isProvided = judged.map { !$0.providedThat.isEmpty || !assignment.provisos.isEmpty } ?? false
    let score = judged.flatMap { isRanked ? $0 : nil }.map {
      PlanFigure(
        Double($0.roundedScore), String($0.roundedScore), at: "patient#/assignments/\(place)/score")
    }
    return ReportMatrix.Planned(
      what: PatientPlanReport.what(assignment),
      verdict: judged.map {
        "\(Self.sign($0.verdict)) \($0.verdict.word)\(score.map { " \($0.text)" } ?? "")\(isProvided ? "*" : "")"
      } ?? "", tone: judged.map { Self.tone($0.verdict) } ?? .plain,
      leading: judged.map(LeadingWords.text) ?? "", score: score)
  }

  private static func sign(_ verdict: Verdict) -> String { ["✓", "!", "?", "✗"][verdict.rawValue] }

  private static func tone(_ verdict: Verdict) -> ReportLine.Tone {
    [.good, .caution, .question, .bad][verdict.rawValue]
  }

  private func cell(
    _ judged: ModalityJudgement, rank: Int, in lesion: LesionJudgement, isChosen: Bool
  ) -> ReportMatrix.Cell {
    let isRanked = judged.verdict != .ineligible && judged.verdict != .indeterminate
    let leading = [LeadingWords.text(judged), LeadingWords.unavailable(judged)].filter { !$0.isEmpty }
    return ReportMatrix.Cell(
      sign: Self.sign(judged.verdict), word: judged.verdict.word, tone: Self.tone(judged.verdict),
      score: isRanked ? judged.roundedScore : nil, isProvided: !judged.providedThat.isEmpty,
      leading: leading.joined(separator: "\n"), isLeading: leads(judged, lesion.modalities.first),
      isChosen: isChosen,
      reasons: hasReasons ? AssessmentDetail(dossier, assessment).reasons(judged, rank) : [])
  }

  /// Whether a therapy may be called a first choice, and no meaningful difference separates it from the first.
  private func leads(_ judged: ModalityJudgement, _ first: ModalityJudgement?) -> Bool {
    guard assessment.patient.advice.offersLocalTherapy, judged.isScored, judged.verdict != .ineligible,
      judged.unavailable == nil, let first
    else { return false }
    return dossier.careProtocol.ruleSet.scoring.areEquivalent(judged, first)
  }

  private func table(_ rows: [ReportMatrix.Row], _ columns: [Modality]) -> ReportTable {
    let width = columns.count > 5 ? 11 : 13
    return ReportTable(
      [ReportTable.Column("lesion", width: 10), ReportTable.Column("size, place", width: 12)]
        + columns.map { ReportTable.Column($0.shortTitle, width: width) },
      rows.map { row in
        let isJudged = row.cells.contains { $0 != nil }
        return [ReportTable.Cell(row.lesion, .strong), ReportTable.Cell(row.place)]
          + row.cells.map { cell in
            guard let cell else { return ReportTable.Cell(isJudged ? "–" : "?", .faint) }
            let score = cell.score.map { " \($0)" } ?? ""
            return ReportTable.Cell(
              "\(cell.isLeading ? "»" : "")\(cell.sign)\(score)\(cell.isProvided ? "*" : "")"
                + (cell.leading.isEmpty ? "" : "\n\(cell.leading)"), cell.tone)
          }
      }, legend: Self.legend)
  }
}
