// SPDX-License-Identifier: Apache-2.0
/// A report for the terminal: plain or coloured, never wider than 100 columns unless one word is.
public struct TerminalText {
  /// The greatest width of a line.
  public static let width = 100

  private let style: TextStyle
  private let depths: Set<ReportSection.Depth>

  /// A renderer.
  ///
  /// - Parameter depths: the parts to show; `page` always is.
  public init(_ style: TextStyle = .plain, _ depths: Set<ReportSection.Depth> = []) {
    self.style = style
    self.depths = depths.union([.page])
  }

  /// The whole text, ending in a line break.
  public func text(_ document: ReportDocument) -> String {
    let parts = document.sections.filter { depths.contains($0.depth) }.map(text)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func text(_ section: ReportSection) -> String {
    let head =
      section.heading.isEmpty
      ? [] : [style.paint(wrapped(section.heading, width: Self.width, indent: "  "), .bold)]
    return (head + section.blocks.map { text($0, isIndented: !section.heading.isEmpty) })
      .joined(separator: "\n")
  }

  private func text(_ block: ReportBlock, isIndented: Bool) -> String {
    let indent = isIndented ? "  " : ""
    switch block {
    case .paragraph(let line): return self.line(line, indent)
    case .list(let lines): return lines.map { line($0, indent) }.joined(separator: "\n")
    case .answers(let answers):
      return answers.filter { !$0.lines.isEmpty }.map { answer($0.label, $0.lines) }.joined(separator: "\n")
    case .table(let table): return self.table(table)
    case .matrix(let matrix): return self.table(matrix.table)
    case .figure(let figure):
      return style.paint(wrapped(figure.title, width: Self.width, indent: "  "), .bold) + "\n"
        + self.table(figure.table)
    }
  }

  private func line(_ line: ReportLine, _ indent: String) -> String {
    let sign = line.sign == .none ? "" : line.sign.rawValue + " "
    // Keys are shown where reasons or sources are asked for: alone on the page they tell nothing.
    let keys =
      line.sources.isEmpty || depths == [.page] ? "" : " [\(line.sources.joined(separator: ", "))]"
    let text = wrapped(
      indent + sign + line.text + keys, width: Self.width,
      indent: indent + (sign.isEmpty ? indent : "  "),
      keepsStart: true)
    return line.tone.colour.map { style.paint(text, $0) } ?? text
  }

  /// A label, and its lines beside it.
  private func answer(_ label: String, _ lines: [ReportLine]) -> String {
    let column = 14
    let head = label + String(repeating: " ", count: max(1, column - label.count))
    let indent = String(repeating: " ", count: column)
    return lines.enumerated().map { place, line in
      let text = wrapped(line.text, width: Self.width - column, indent: "")
        .replacing("\n", with: "\n" + indent)
      let painted = line.tone.colour.map { style.paint(text, $0) } ?? text
      return (place == 0 ? style.paint(head, .bold) : indent) + painted
    }.joined(separator: "\n")
  }

  private func table(_ table: ReportTable) -> String {
    let cells = table.rows.map { row in
      zip(row, table.columns).map { Self.lines($0.text, width: $1.width) }
    }
    let widths = table.columns.indices.map { column in
      max(table.columns[column].title.count, cells.map { $0[column].map(\.count).max() ?? 0 }.max() ?? 0)
    }
    func pad(_ text: String, _ column: Int) -> String {
      column == widths.count - 1
        ? text : text + String(repeating: " ", count: max(0, widths[column] - text.count))
    }
    func trimmed(_ line: String) -> String { String(line.reversed().drop { $0 == " " }.reversed()) }
    var lines = [
      style.paint(
        trimmed(table.columns.indices.map { pad(table.columns[$0].title, $0) }.joined(separator: "  ")), .bold
      )
    ]
    for (row, own) in zip(table.rows, cells) {
      for number in 0..<(own.map(\.count).max() ?? 0) {
        lines.append(
          trimmed(
            own.indices.map { column in
              let padded = pad(number < own[column].count ? own[column][number] : "", column)
              return row[column].tone.colour.map { style.paint(padded, $0) } ?? padded
            }.joined(separator: "  ")))
      }
    }
    if !table.legend.isEmpty {
      lines.append(style.paint(wrapped(table.legend, width: Self.width, indent: ""), .faint))
    }
    return lines.joined(separator: "\n")
  }

  /// A cell's words broken at word ends; a line break in them stays one.
  private static func lines(_ text: String, width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      wrapped(String($0), width: width, indent: "").split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    }
  }
}

extension ReportLine.Tone {
  /// The colour it has in a terminal; `nil` for the terminal's own.
  var colour: TextStyle.Colour? {
    switch self {
    case .plain: nil
    case .strong: .bold
    case .faint: .faint
    case .good: .green
    case .caution: .yellow
    case .bad: .red
    case .question: .cyan
    }
  }
}
