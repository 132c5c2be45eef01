internal import Evidence

/// The sources a text cites, each with its mark, design and figures.
struct SourceList {
  private let bibliography: Bibliography
  private let keys: [String]
  private let style: TextStyle

  init(_ bibliography: Bibliography, _ keys: Set<String>, style: TextStyle) {
    self.bibliography = bibliography
    self.keys = keys.sorted()
    self.style = style
  }

  /// One entry a source; empty where nothing is cited.
  var text: String {
    guard !keys.isEmpty else { return "" }
    var lines = [
      style.paint("Sources (verified = read in the source; recalled and heuristic never exclude)", .bold)
    ]
    for key in keys {
      guard let source = bibliography[key] else { continue }
      var line =
        "\(key) (\(source.mark.rawValue), \(source.design.rawValue)): \(source.statement) — \(source.citation)"
      let detail = [source.n, source.endpoint].filter { !$0.isEmpty }
      if !detail.isEmpty { line += " (\(detail.joined(separator: "; ")))" }
      lines.append("  " + wrapped(line, indent: "    "))
    }
    return lines.joined(separator: "\n")
  }
}
