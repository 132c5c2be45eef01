/// How a text is dressed: plain for pipes and files, coloured for terminals.
public enum TextStyle: Sendable {
  case plain, coloured

  func paint(_ text: String, _ colour: Colour) -> String {
    self == .plain ? text : "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
  }

  /// A block of warnings; empty where there are none.
  func warnings(_ all: [String]) -> String {
    guard !all.isEmpty else { return "" }
    return ([paint("Warnings", .yellow)] + all.map { "  " + wrapped("! \($0)", indent: "    ") })
      .joined(separator: "\n")
  }

  enum Colour: String {
    case bold = "1"
    case faint = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }
}

/// A table of plain text whose columns are as wide as their widest cell.
struct TextTable {
  struct Cell {
    let text: String
    let colour: TextStyle.Colour?
    init(_ text: String, _ colour: TextStyle.Colour? = nil) {
      self.text = text
      self.colour = colour
    }
  }

  var header: [String]
  var rows: [[Cell]] = []

  init(_ header: [String]) { self.header = header }

  func text(_ style: TextStyle) -> String {
    var widths = header.map(\.count)
    for row in rows {
      for (index, cell) in row.enumerated() where index < widths.count {
        widths[index] = max(widths[index], cell.text.count)
      }
    }
    func pad(_ text: String, _ index: Int) -> String {
      index == widths.count - 1 ? text : text + String(repeating: " ", count: widths[index] - text.count)
    }
    var lines = [style.paint(header.enumerated().map { pad($1, $0) }.joined(separator: "  "), .bold)]
    for row in rows {
      lines.append(
        row.enumerated().map { index, cell in
          let padded = pad(cell.text, index)
          return cell.colour.map { style.paint(padded, $0) } ?? padded
        }.joined(separator: "  "))
    }
    return lines.joined(separator: "\n")
  }
}

/// Text broken at word ends, every line after the first indented.
///
/// - Parameter keepsStart: whether spaces at the start stay.
func wrapped(_ text: String, width: Int = 108, indent: String, keepsStart: Bool = false) -> String {
  var lines: [String] = []
  var line = keepsStart ? String(text.prefix { $0 == " " }) : ""
  var isStart = true
  for word in text.split(separator: " ") {
    if !line.isEmpty, !(isStart && keepsStart),
      line.count + 1 + word.count > width - (lines.isEmpty ? 0 : indent.count)
    {
      lines.append(line)
      line = ""
    }
    line += (line.isEmpty || (isStart && keepsStart) ? "" : " ") + word
    isStart = false
  }
  if !line.isEmpty { lines.append(line) }
  return lines.joined(separator: "\n" + indent)
}
