// SPDX-License-Identifier: Apache-2.0
/// What is printed: sections of blocks without markup, rendered to the terminal, and to HTML by what comes next.
///
/// Content makes it from a dossier; renderers know no medicine.
public struct ReportDocument: Sendable {
  /// The sections, in order.
  public let sections: [ReportSection]

  /// A document; sections without a block are left out.
  public init(_ sections: [ReportSection]) { self.sections = sections.filter { !$0.blocks.isEmpty } }
}

/// One part of a report under a heading.
public struct ReportSection: Sendable {
  /// How much a reader must ask for to see it.
  public enum Depth: Sendable, Hashable, CaseIterable {
    /// Always: what a board asks for first.
    case page
    /// With all the reasons.
    case detail
    /// With the bibliography.
    case sources
  }

  /// The heading; empty for none.
  public let heading: String
  /// How much a reader must ask for to see it.
  public let depth: Depth
  /// The blocks, in order.
  public let blocks: [ReportBlock]
  /// The lesion that it is about, by id, so that a report by lesions can gather what several plans say of it; `nil` for
  /// what is said of the patient or of all.
  public let lesion: String?
  /// Whether it repeats warnings about the input, which a report of several plans says once.
  public var areWarnings = false

  /// A section; blocks that hold nothing are left out.
  public init(_ heading: String, _ depth: Depth, _ blocks: [ReportBlock], of lesion: String? = nil) {
    self.heading = heading
    self.depth = depth
    self.blocks = blocks.filter { !$0.isEmpty }
    self.lesion = lesion
  }
}

/// One block of a section.
public enum ReportBlock: Sendable {
  /// A paragraph.
  case paragraph(ReportLine)
  /// Lines that stand by themselves.
  case list([ReportLine])
  /// Lines, each under a label of its own: what a board asks for first.
  case answers([(label: String, lines: [ReportLine])])
  /// A table.
  case table(ReportTable)
  /// Lesions by therapies.
  case matrix(ReportMatrix)
  /// A drawing of figures that stand in a table as well.
  case figure(ReportFigure)

  /// Whether it holds nothing to show.
  public var isEmpty: Bool {
    switch self {
    case .paragraph(let line): line.text.isEmpty
    case .list(let lines): lines.isEmpty
    case .answers(let answers): answers.allSatisfy(\.lines.isEmpty)
    case .table(let table): table.rows.isEmpty
    case .matrix(let matrix): matrix.rows.isEmpty
    case .figure(let figure): figure.table.rows.isEmpty
    }
  }
}

/// A line of words with its tone and its sources.
public struct ReportLine: Sendable, Hashable {
  /// How it is meant; renderers choose colour and weight.
  public enum Tone: Sendable, Hashable {
    case plain, strong, faint, good, caution, bad, question
  }

  /// The sign before a line.
  public enum Sign: String, Sendable, Hashable {
    case none = ""
    case supports = "+"
    case lowers = "-"
    case conditions = "!"
    case excludes = "✗"
    case provided = "*"
    case asks = "?"
    case remark = "·"
  }

  /// The words.
  public let text: String
  /// The sign before them.
  public let sign: Sign
  /// How it is meant.
  public let tone: Tone
  /// Keys of the bibliography.
  public let sources: [String]

  /// A line.
  public init(_ text: String, _ tone: Tone = .plain, sign: Sign = .none, sources: [String] = []) {
    self.text = text
    self.tone = tone
    self.sign = sign
    self.sources = sources
  }
}

/// A table: cells of one or more lines each.
public struct ReportTable: Sendable {
  /// A cell.
  public struct Cell: Sendable, Hashable {
    /// Its words, wrapped to the column's width.
    public let text: String
    /// How it is meant.
    public let tone: ReportLine.Tone
    /// The number that it prints, and where that stands in a plan's file (see `PlanFigure.place`); `nil` for words.
    public let value: Double?
    /// See `value`.
    public let place: String?

    /// A cell of words.
    public init(_ text: String, _ tone: ReportLine.Tone = .plain) {
      self.text = text
      self.tone = tone
      (value, place) = (nil, nil)
    }

    /// A cell with a number of a plan.
    public init(_ figure: PlanFigure, _ tone: ReportLine.Tone = .plain) {
      text = figure.text
      self.tone = tone
      (value, place) = (figure.value, figure.value == nil ? nil : figure.place)
    }
  }

  /// A column.
  public struct Column: Sendable, Hashable {
    /// Its head.
    public let title: String
    /// How many characters wide it may be; longer cells are wrapped.
    public let width: Int

    /// A column.
    public init(_ title: String, width: Int) {
      self.title = title
      self.width = width
    }
  }

  /// The columns.
  public let columns: [Column]
  /// The rows; each has a cell a column.
  public let rows: [[Cell]]
  /// What its signs mean; empty for none.
  public let legend: String

  /// A table.
  public init(_ columns: [Column], _ rows: [[Cell]], legend: String = "") {
    self.columns = columns
    self.rows = rows
    self.legend = legend
  }
}
