// SPDX-License-Identifier: Apache-2.0
/// What import and assembly had to say: whoever reads a judgement must see it too.
struct WarningLines {
  private let all: [String]

  init(_ all: [String]) { self.all = all }

  /// How many stand on the page; the rest is counted there and printed with the details.
  private static let most = 6

  /// The first of them, and how many more there are.
  var page: ReportSection { Self.marked(first) }

  private static func marked(_ section: ReportSection) -> ReportSection {
    var section = section
    section.areWarnings = true
    return section
  }

  private var first: ReportSection {
    let lines = all.prefix(Self.most).map { ReportLine($0, .caution, sign: .conditions) }
    let rest = all.count - Self.most
    return ReportSection(
      all.isEmpty ? "" : "Warnings", .page,
      [.list(lines + (rest > 0 ? [ReportLine("and \(rest) more: --detail prints them", .caution)] : []))])
  }

  /// How many there are, for a page that has them further down; empty without any.
  var count: [ReportLine] {
    all.isEmpty
      ? []
      : [
        ReportLine(
          "\(all.count) warning\(all.count == 1 ? "" : "s") about the input, below", .caution,
          sign: .conditions)
      ]
  }

  /// All of them.
  var whole: ReportSection {
    ReportSection("Warnings", .page, [.list(all.map { ReportLine($0, .caution, sign: .conditions) })])
  }

  /// Those that the page only counts.
  var rest: ReportSection { Self.marked(further) }

  private var further: ReportSection {
    ReportSection(
      "Further warnings", .detail,
      [.list(all.dropFirst(Self.most).map { ReportLine($0, .caution, sign: .conditions) })])
  }
}
