// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Planning

/// Where a report comes from: program, protocol, inputs, options, and how to make it again.
struct BoardProvenance {
  private let board: BoardDossier
  private let tool: String

  init(_ board: BoardDossier, tool: String) {
    self.board = board
    self.tool = tool
  }

  var sections: [ReportSection] {
    [
      ReportSection("", .detail, [.list(origin + [again])]),
      ReportSection(
        "Inputs", .detail,
        [.table(Self.files(board.assessed.patientCase.inputs.map { ($0.name, $0.sha256) }))]),
      ReportSection(
        "Plans read", .detail, [.table(Self.files(board.assessed.plans.map { ($0.name, $0.sha256) }))]),
      ReportSection("Options in force", .detail, [.list(board.plans.compactMap(options))]),
    ]
  }

  private var origin: [ReportLine] {
    let dossier = board.assessed
    return [
      ReportLine("made by \(tool)"),
      ReportLine("protocol \(dossier.careProtocol.name), SHA-256 \(dossier.careProtocol.sha256)"),
      ReportLine("case, SHA-256 \(dossier.caseHash)"),
    ]
  }

  private var again: ReportLine {
    ReportLine(
      "To make it again: import the files below with the options they were read with, which this page does not repeat, then oligoplan board CASE with the options of the plan of the patient; the same case and options give the same plans."
    )
  }

  private static func files(_ files: [(name: String, hash: String)]) -> ReportTable {
    ReportTable(
      [ReportTable.Column("file", width: 30), ReportTable.Column("SHA-256", width: 66)],
      files.map { [ReportTable.Cell($0.name, .strong), ReportTable.Cell($0.hash)] })
  }

  private func options(_ plan: Dossier) -> ReportLine? {
    guard let kind = plan.plan?.kind, let request = plan.request else { return nil }
    var words: [String] = []
    for setting in request.settings {
      for value in setting.values {
        words.append("--\(setting.name)=\(value.contains(" ") ? "\"\(value)\"" : value)")
      }
    }
    return ReportLine("plan of \(kind.title): \(words.joined(separator: " "))")
  }
}
