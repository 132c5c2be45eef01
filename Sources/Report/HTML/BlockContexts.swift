// SPDX-License-Identifier: Apache-2.0
/// Blocks of a report as the templates ask for them: names and values, no medicine.
///
/// A name that a template does not find is looked for in what surrounds it: each name stands for one thing throughout.
struct LineContext {
  let element: String
  let anchor: String?
  let text: String
  let tone: String
  let sign: String?
  let signWord: String
  let citations: [Citation]

  struct Citation { let key: String }

  init(_ line: ReportLine, as element: String, words: [String: String], knows sources: Set<String>) {
    self.element = element
    anchor = nil
    text = line.text
    tone = "\(line.tone)"
    sign = line.sign == .none ? nil : line.sign.rawValue
    signWord = line.sign == .none ? "" : words["sign.\(line.sign)"] ?? ""
    citations = line.sources.filter(sources.contains).map(Citation.init)
  }
}

struct CellContext {
  let cellTone: String
  let cellLines: [String]
  let cellPlace: String?
  let cellValue: String

  init(_ cell: ReportTable.Cell) {
    cellTone = "\(cell.tone)"
    cellLines = cell.text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    cellPlace = cell.place
    cellValue = cell.value.map { "\($0)" } ?? ""
  }
}

struct TableContext {
  let tableTitle: String
  let heads: [Head]
  let tableRows: [Row]
  let tableLegend: String?

  struct Head { let headTitle: String }
  struct Row {
    let rowHead: [CellContext]
    let rowCells: [CellContext]
  }

  init(_ table: ReportTable, title: String) {
    tableTitle = title
    heads = table.columns.map { Head(headTitle: $0.title) }
    tableRows = table.rows.map {
      Row(rowHead: $0.prefix(1).map(CellContext.init), rowCells: $0.dropFirst().map(CellContext.init))
    }
    tableLegend = table.legend.isEmpty ? nil : table.legend
  }
}

struct AnswerContext {
  let answerLabel: String
  let answerLines: [LineContext]
}

struct FigureContext {
  let figureKind: String
  let figureTitle: String
  let figureDrawing: String
  let figureNote: String?
  let figureTable: TableContext?
}

struct BlockContext {
  var paragraph: LineContext?
  var listLines: ListContext?
  var answerList: AnswersContext?
  var plainTable: TableContext?
  var verdictMatrix: MatrixContext?
  var drawnFigure: FigureContext?

  struct ListContext { let lines: [LineContext] }
  struct AnswersContext { let answers: [AnswerContext] }
}

struct SectionContext {
  let sectionAnchor: String?
  let sectionHeading: String?
  let headingElement: String
  let sectionBlocks: [BlockContext]
}

struct MatrixContext {
  let matrixColumns: [Column]
  let matrixRows: [Row]
  let matrixLegend: String
  let hasPlan: Bool

  struct Column { let columnTitle: String }
  struct Row {
    let rowNumber: Int
    let lesionName: String
    let lesionAnchor: String
    let sizeKey: String
    let placeLines: [String]
    let matrixCells: [Cell]
    let planText: String
    let planTone: String
    let planVerdict: String?
    let planLeading: String
    let planPlace: String?
    let planValue: String
    let rowNote: String?
  }
  struct Cell {
    let cellTone: String
    let cellSign: String
    let verdictWord: String
    let scoreText: String?
    let scorePlace: Bool
    let scoreValue: String
    let cellLesion: String
    let cellModality: String
    let sortKey: String
    let isProvided: Bool
    let isLeading: Bool
    let isChosen: Bool
    let isJudged: Bool
    /// In place of a verdict.
    let unjudged: String
    let leadingText: String
    let panel: String
  }
}

/// Makes contexts from blocks.
struct BlockMaker {
  let words: [String: String]
  /// The sources that the page lists: only those are cited.
  let sources: Set<String>
  /// Where a lesion's part of the page is, by id.
  let anchors: [String: String]

  func section(_ section: ReportSection, heading: String = "h3", anchor: String? = nil) -> SectionContext {
    SectionContext(
      sectionAnchor: anchor, sectionHeading: section.heading.isEmpty ? nil : section.heading,
      headingElement: heading,
      sectionBlocks: section.blocks.map { block($0, title: section.heading) })
  }

  func line(_ line: ReportLine, as element: String = "li") -> LineContext {
    LineContext(line, as: element, words: words, knows: sources)
  }

  private func block(_ block: ReportBlock, title: String) -> BlockContext {
    var context = BlockContext()
    switch block {
    case .paragraph(let line): context.paragraph = self.line(line, as: "p")
    case .list(let lines): context.listLines = .init(lines: lines.map { self.line($0) })
    case .answers(let answers):
      context.answerList = .init(
        answers: answers.filter { !$0.lines.isEmpty }.map {
          AnswerContext(answerLabel: $0.label, answerLines: $0.lines.map { self.line($0, as: "p") })
        })
    case .table(let table):
      context.plainTable = TableContext(table, title: title.isEmpty ? words["table"] ?? "" : title)
    case .matrix(let matrix): context.verdictMatrix = self.matrix(matrix)
    case .figure(let figure):
      context.drawnFigure = FigureContext(
        figureKind: figure.drawing.kind, figureTitle: figure.title,
        figureDrawing: ChartDrawing(figure, words: words).markup,
        figureNote: figure.note.isEmpty ? nil : figure.note,
        figureTable: figure.drawing.isReadable ? nil : TableContext(figure.table, title: figure.title))
    }
    return context
  }

  private func matrix(_ matrix: ReportMatrix) -> MatrixContext {
    MatrixContext(
      matrixColumns: matrix.columns.map { .init(columnTitle: $0.title) },
      matrixRows: matrix.rows.enumerated().map { number, row in
        let anchor = anchors[row.lesion] ?? "lesions"
        return MatrixContext.Row(
          rowNumber: number, lesionName: row.lesion, lesionAnchor: anchor,
          sizeKey: row.size.map { "\($0)" } ?? "",
          placeLines: row.place.split(separator: "\n").map(String.init),
          matrixCells: zip(matrix.columns, row.cells).map { column, cell in
            self.cell(cell, row, column.word, anchor)
          }, planText: row.plan?.what ?? "", planTone: "\(row.plan?.tone ?? .plain)",
          planVerdict: row.plan.flatMap { $0.verdict.isEmpty ? nil : $0.verdict },
          planLeading: row.plan?.leading ?? "", planPlace: row.plan?.score?.place,
          planValue: row.plan?.score?.value.map { "\($0)" } ?? "", rowNote: row.note.isEmpty ? nil : row.note)
      },
      matrixLegend: matrix.legend, hasPlan: matrix.rows.contains { $0.plan != nil })
  }

  private func cell(
    _ cell: ReportMatrix.Cell?, _ row: ReportMatrix.Row, _ modality: String, _ anchor: String
  ) -> MatrixContext.Cell {
    // Sorted by verdict, then score; what is not judged last.
    let rank =
      switch cell?.tone {
      case .good: 0
      case .caution: 1
      case .question: 2
      default: 3
      }
    return MatrixContext.Cell(
      cellTone: cell.map { "\($0.tone)" } ?? "faint", cellSign: cell?.sign ?? "",
      verdictWord: cell?.word ?? "", scoreText: cell?.score.map(String.init), scorePlace: cell != nil,
      scoreValue: cell?.score.map(String.init) ?? "", cellLesion: row.lesion, cellModality: modality,
      sortKey: cell == nil ? "" : "\(rank * 1000 - (cell?.score ?? 0))",
      isProvided: cell?.isProvided ?? false,
      isLeading: cell?.isLeading ?? false, isChosen: cell?.isChosen ?? false, isJudged: cell != nil,
      unjudged: row.cells.allSatisfy { $0 == nil } ? "?" : "–",
      leadingText: cell?.leading ?? "", panel: "\(anchor)-\(modality)")
  }
}

extension ReportFigure.Drawing {
  /// Whether it is text itself, a list or a table, which needs no second one.
  var isReadable: Bool {
    switch self {
    case .timeline, .comparison, .walk: true
    default: false
    }
  }

  /// The class of its figure in the style sheet.
  var kind: String {
    switch self {
    case .timeline: "timeline"
    case .comparison: "comparison"
    case .limits: "limits"
    case .ranges: "ranges"
    case .curves: "curves"
    case .thresholds: "thresholds"
    case .scatter: "scatter"
    case .walk: "walk"
    }
  }
}
