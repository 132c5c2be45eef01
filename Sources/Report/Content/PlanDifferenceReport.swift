// SPDX-License-Identifier: Apache-2.0
public import Planning

/// `plan --compare` for people: what two plans of one patient differ in.
public struct PlanDifferenceReport {
  private let difference: PlanDifference
  private let notice: String

  /// - Parameter notice: what the report is not, said once at its end.
  public init(_ difference: PlanDifference, notice: String) {
    self.difference = difference
    self.notice = notice
  }

  private var first: PlanDifference.Side { difference.first }
  private var second: PlanDifference.Side { difference.second }

  /// The report.
  public var document: ReportDocument {
    ReportDocument([
      ReportSection("\(first.name) beside \(second.name)", .page, [.list(origin)]),
      ReportSection("Lesions", .page, [.list(lesions)]), ReportSection("", .page, [.table(table)]),
      ReportSection("", .page, [.paragraph(ReportLine(notice, .faint))]),
    ])
  }

  /// What the plans were made with: where that differs, what they say may differ for it.
  private var origin: [ReportLine] {
    let protocols =
      first.careProtocol == second.careProtocol
      ? []
      : [ReportLine("made by different protocols: \(first.careProtocol); \(second.careProtocol)", .caution)]
    let options = difference.options.map { name in
      let values = [first, second].map { $0.options[name]?.joined(separator: "; ") ?? "not given" }
      return ReportLine("--\(name): \(values[0]) | \(values[1])")
    }
    let all = protocols + options
    return all.isEmpty ? [ReportLine("made with the same protocol and options")] : all
  }

  private var lesions: [ReportLine] {
    let changed = difference.lesions
    guard !changed.isEmpty else { return [ReportLine("every lesion is treated alike")] }
    return changed.flatMap { lesion -> [ReportLine] in
      let sides = [first, second].map { $0.lesions[lesion] }
      let words = sides.map { choice in
        choice.map { $0.words + ($0.verdict.map { " (\($0))" } ?? "") } ?? "not in this plan"
      }
      let why = sides.map { $0?.why ?? [] }
      return [ReportLine("\(lesion): \(words[0]) | \(words[1])")]
        + zip([first.name, second.name], why).flatMap { name, reasons in
          reasons.map { ReportLine("\(lesion), \(name): \($0)", sign: .remark) }
        }
    }
  }

  private var table: ReportTable {
    func text(_ figure: PlanDifference.Figure) -> String {
      figure.value.map { (figure.isAtLeast ? "≥ " : "") + Figures.plain($0) } ?? "unknown"
    }
    return ReportTable(
      [.init("differs", width: 50), .init(first.name, width: 20), .init(second.name, width: 20)],
      difference.figures.map { name, a, b in
        [ReportTable.Cell(name), ReportTable.Cell(text(a)), ReportTable.Cell(text(b))]
      }, legend: "≥ something of it is not known")
  }
}
