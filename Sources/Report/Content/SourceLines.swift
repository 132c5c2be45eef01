// SPDX-License-Identifier: Apache-2.0
internal import Evidence

/// The sources a report cites, each with its mark, design and figures.
struct SourceLines {
  private let bibliography: Bibliography
  private let keys: [String]

  init(_ bibliography: Bibliography, _ keys: Set<String>) {
    self.bibliography = bibliography
    self.keys = keys.sorted()
  }

  static let heading = "Sources (verified = read in the source; recalled and heuristic never exclude)"

  /// One entry a source; without blocks where nothing is cited.
  var section: ReportSection { ReportSection(Self.heading, .sources, [.list(lines.map { ReportLine($0) })]) }

  private var lines: [String] {
    keys.compactMap { key in
      guard let source = bibliography[key] else { return nil }
      return "\(key) (\(source.mark.rawValue), \(source.design.rawValue)): \(Self.words(source))"
    }
  }

  /// What a source found, where it stands, in whom and by which endpoint.
  static func words(_ source: Source) -> String {
    let detail = [source.n, source.endpoint].filter { !$0.isEmpty }
    return "\(source.statement) — \(source.citation)"
      + (detail.isEmpty ? "" : " (\(detail.joined(separator: "; ")))")
  }
}
