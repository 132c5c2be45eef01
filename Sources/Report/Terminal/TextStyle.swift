// SPDX-License-Identifier: Apache-2.0
/// How a text is dressed: plain for pipes and files, coloured for terminals.
public enum TextStyle: Sendable {
  case plain, coloured

  func paint(_ text: String, _ colour: Colour) -> String {
    self == .plain ? text : "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
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

/// Text broken at word ends, every line after the first indented.
///
/// - Parameter keepsStart: whether spaces at the start stay.
func wrapped(_ text: String, width: Int, indent: String, keepsStart: Bool = false) -> String {
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
