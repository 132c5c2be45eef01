// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Evidence
public import Planning
internal import Reasons
internal import Vocabulary

/// What a tumour board is given of a patient: one page that answers its questions, then each lesion, each therapy, the
/// sources and where it all comes from.
public struct BoardReport: Sendable {
  /// Where an area stands on a wide screen; on a narrow one and on paper they follow in this order.
  enum Column: String, Sendable, CaseIterable { case head, left, right, foot }

  /// A part of the page with a place of its own.
  struct Area: Sendable {
    let column: Column
    /// Its name in the style sheet.
    let name: String
    let sections: [ReportSection]
  }

  /// A therapy of a lesion with all its reasons.
  struct Therapy: Sendable {
    let word: String
    let title: String
    let cell: ReportMatrix.Cell
    let verdict: String
  }

  /// Everything about one lesion.
  struct LesionChapter: Sendable {
    let lesion: String
    let place: String
    let plan: String
    /// What holds for all its therapies.
    let remarks: [ReportLine]
    let therapies: [Therapy]
    /// What the plans of single therapies say of it, by the plan's title.
    let parts: [(title: String, sections: [ReportSection])]
  }

  /// What one plan says beside what it says of single lesions.
  struct Chapter: Sendable {
    let anchor: String
    let title: String
    /// Its name in the bar of links.
    let link: String
    /// What is read first.
    let sections: [ReportSection]
    /// The rest.
    let detail: [ReportSection]
  }

  let title: String
  let advice: ReportLine
  let facts: [(name: String, value: String)]
  let areas: [Area]
  let lesions: [LesionChapter]
  let chapters: [Chapter]
  let sources: [(key: String, mark: String, text: String)]
  let provenance: [ReportSection]

  /// The report of a board's plans; `nil` where the case was not assessed.
  ///
  /// - Parameter tool: the program's name and version.
  public init?(_ board: BoardDossier, tool: String) {
    let dossier = board.assessed
    guard let assessment = dossier.assessment else { return nil }
    let judged = assessment.patient
    let count = dossier.patientCase.lesions.count
    title =
      "Patient \(dossier.patientCase.patientID ?? "(no ID)"): \(count) lesion\(count == 1 ? "" : "s")"
    let weeks = judged.weeks.map { " in \($0) weeks" } ?? ""
    advice = ReportLine(
      "\(judged.advice.title)\(weeks)\(judged.providedThat.isEmpty ? "" : "*")",
      judged.advice == .treat ? .good : .caution)
    facts = [
      ("Scan", dossier.patientCase.newestScan ?? "date unknown"),
      ("Reference day", dossier.request?.day.words ?? "unknown"),
      ("Protocol", dossier.careProtocol.name),
      ("State", judged.oligometastatic.text),
    ]
    let matrix = AssessmentMatrix(
      dossier, assessment, plan: board[.patient]?.patientPlan?.recommended, hasReasons: true
    ).matrix
    let documents = Self.documents(board)
    let detail = AssessmentDetail(dossier, assessment)
    func remarks(_ id: String) -> [ReportLine] {
      let warnings = dossier.patientCase.lesions.first { $0.id == id }?.warnings ?? []
      return (assessment.lesions.first { $0.lesion == id }.map(detail.remarks) ?? [])
        + warnings.map { ReportLine($0, .caution, sign: .conditions) }
    }
    areas = Self.areas(board, assessment, matrix)
    lesions = matrix.rows.map { row in
      LesionChapter(
        lesion: row.lesion, place: row.place.split(separator: "\n").joined(separator: ", "),
        plan: [row.plan?.what, row.plan?.verdict].compactMap(\.self).filter { !$0.isEmpty }.joined(
          separator: ", "),
        remarks: remarks(row.lesion),
        therapies: zip(matrix.columns, row.cells).compactMap { column, cell in
          cell.map { cell in
            let score = cell.score.map { " \($0)" } ?? ""
            return Therapy(
              word: column.word, title: Modality(rawValue: column.word)?.title ?? column.title, cell: cell,
              verdict: "\(cell.word)\(score)\(cell.isProvided ? "*" : "")")
          }
        },
        parts: documents.compactMap { entry in
          let own = entry.document.sections.filter { $0.lesion == row.lesion && $0.depth != .sources }
          return own.isEmpty ? nil : (entry.title, own)
        })
    }
    chapters =
      [
        Chapter(
          anchor: "patient", title: "The patient", link: "The patient", sections: [detail.patient], detail: []
        )
      ] + Self.chapters(board, documents)
    let cited = Self.cited(
      [detail.patient] + areas.flatMap(\.sections) + documents.flatMap(\.document.sections)
    )
    .union(matrix.rows.flatMap(\.cells).flatMap { $0?.reasons.flatMap(\.sources) ?? [] })
    .union(board.plans.flatMap { $0.plan?.citations ?? [] })
    sources = cited.sorted().compactMap { key in
      dossier.careProtocol.bibliography[key].map {
        (key, "\($0.mark.rawValue), \($0.design.rawValue)", SourceLines.words($0))
      }
    }
    provenance = BoardProvenance(board, tool: tool).sections
  }

  /// The keys that lines cite.
  private static func cited(_ sections: [ReportSection]) -> Set<String> {
    var cited: Set<String> = []
    for block in sections.flatMap(\.blocks) {
      switch block {
      case .paragraph(let line): cited.formUnion(line.sources)
      case .list(let lines): cited.formUnion(lines.flatMap(\.sources))
      case .answers(let answers): cited.formUnion(answers.flatMap(\.lines).flatMap(\.sources))
      case .table, .matrix, .figure: break
      }
    }
    return cited
  }

  // MARK: Page one

  private static func areas(
    _ board: BoardDossier, _ assessment: Assessment, _ matrix: ReportMatrix
  ) -> [Area] {
    let plan = board[.patient]?.patientPlan
    let judged = assessment.patient
    let leading = judged.findings.filter { $0.effect == .conditions }.map {
      ReportLine(ReasonWords.text($0.reason), sign: .conditions, sources: $0.sources)
    }
    let granted = judged.providedThat.map(ReasonWords.text).joined(separator: "; ")
    let provided = granted.isEmpty ? [] : [ReportLine("provided that: " + granted, .faint, sign: .provided)]
    let unplanned = board.unplanned.map { part in
      ReportLine(
        "no plan of \(part.kind.title): \(([part.obstacle.message] + part.obstacle.because.map(ReasonWords.text)).joined(separator: ": "))",
        .caution, sign: .conditions)
    }
    let page = AssessmentPage(board.assessed, assessment)
    // Neighbours that no rule sees make every verdict near them hang on what they are.
    let unseen = assessment.lesions.map(\.lesion).filter {
      board.assessed.measurements[lesion: $0]?.unrecognized.isEmpty == false
    }
    let strange =
      unseen.isEmpty
      ? []
      : [
        ReportLine(
          "beside \(TherapyGroups.names(unseen)) lie structures that are not recognised, so no rule sees them: verdicts hold only if none is an organ at risk",
          .caution, sign: .conditions)
      ]
    let warnings = WarningLines(board.assessed.patientCase.warnings + assessment.warnings)
    let figures = plan.map(BoardPlanFigures.init)
    let isTreated = plan?.recommended.sessions.isEmpty == false
    return [
      Area(
        column: .head, name: "first",
        sections: [
          ReportSection(
            "", .page,
            page.first + [.list(leading + provided + page.registry + unplanned + strange + warnings.count)])
        ]),
      Area(
        column: .left, name: "verdicts",
        sections: [ReportSection(matrixTitle(board), .page, [.matrix(matrix)])]),
      Area(
        column: .left, name: "costs",
        sections: [
          ReportSection("", .page, figures.map { [.figure($0.comparison), .list($0.unknown)] } ?? [])
        ]),
      Area(
        column: .right, name: "questions",
        sections: [ReportSection("The board's questions", .page, [BoardAnswers(board, assessment).block])]),
      Area(
        column: .right, name: "weeks",
        sections: isTreated ? [ReportSection("", .page, figures.map { [.figure($0.timeline)] } ?? [])] : []),
      Area(column: .foot, name: "warnings", sections: [warnings.whole]),
    ].filter { $0.sections.contains { !$0.blocks.isEmpty } }
  }

  /// What a verdict in the table takes into account.
  private static func matrixTitle(_ board: BoardDossier) -> String {
    if board[.patient] != nil {
      return "Lesions by therapies, each judged as if this lesion alone were treated"
    }
    // The plans of single therapies treat every lesion.
    return board.plans.isEmpty
      ? "Lesions by therapies, before any plan"
      : "Lesions by therapies, each as if all lesions were treated by it"
  }

  // MARK: Chapters

  private static func documents(_ board: BoardDossier) -> [(
    kind: TherapyPlan.Kind, title: String, document: ReportDocument
  )] {
    let order: [TherapyPlan.Kind] = [.patient, .resection, .sbrt, .ablation]
    return order.compactMap { kind in
      guard let dossier = board[kind] else { return nil }
      // What the report is not stands once, at its own end.
      let document: ReportDocument? =
        switch kind {
        case .patient: PatientPlanReport(dossier, notice: "")?.document
        case .resection: ResectionReport(dossier, notice: "")?.document
        case .sbrt: SBRTReport(dossier, notice: "")?.document
        case .ablation: AblationReport(dossier, notice: "")?.document
        }
      return document.map { (kind, kind.chapterTitle, $0) }
    }
  }

  private static func chapters(
    _ board: BoardDossier, _ documents: [(kind: TherapyPlan.Kind, title: String, document: ReportDocument)]
  ) -> [Chapter] {
    return documents.map { kind, title, document in
      let own = document.sections.filter {
        $0.lesion == nil && $0.depth != .sources && !$0.areWarnings
      }
      let page = own.filter { $0.depth == .page }
      return Chapter(
        anchor: "plan-\(kind.rawValue)", title: title, link: kind.shortTitle,
        sections: kind == .patient ? drawings(kind, board) + page : page + drawings(kind, board),
        detail: own.filter { $0.depth == .detail })
    }
  }

  private static func drawings(_ kind: TherapyPlan.Kind, _ board: BoardDossier) -> [ReportSection] {
    let figures: [ReportFigure] =
      switch board[kind]?.plan?.content {
      case .patient(let plan)?:
        { [$0.front, $0.thresholds] }(BoardPlanFigures(plan))
      case .irradiation(let plan)?: { [$0.limits, $0.curves, $0.lungDose] }(BoardDoseFigures(plan))
      case .resection(let plan)?: { [$0.function] + $0.walks }(BoardFunctionFigures(plan))
      case .ablation?, nil: []
      }
    return figures.map { ReportSection("", .page, [.figure($0)]) }.filter { !$0.blocks.isEmpty }
  }
}

extension TherapyPlan.Kind {
  /// The head of its chapter.
  var chapterTitle: String {
    switch self {
    case .patient: "The plan"
    case .resection: "Surgery of all that can be resected"
    case .sbrt: "SBRT of all that can be irradiated"
    case .ablation: "Ablation of all that can be ablated"
    }
  }

  /// What it is called in a bar of links.
  var shortTitle: String {
    switch self {
    case .patient: "The plan"
    case .resection: "Surgery"
    case .sbrt: "SBRT"
    case .ablation: "Ablation"
    }
  }

  /// What it is called in a sentence.
  var title: String {
    switch self {
    case .patient: "the patient as a whole"
    case .resection: "resection"
    case .sbrt: "SBRT"
    case .ablation: "ablation"
    }
  }
}
