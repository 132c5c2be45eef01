// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Evidence
internal import Planning
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// What a planned course is estimated to give the organs, in full, and every limit that is exceeded as expected.
struct SBRTOrgans {
  private let plan: SBRTPlan

  init(_ plan: SBRTPlan) { self.plan = plan }

  /// Organs a thoracic or hepatic course is asked about; what else is missing would only be noise.
  private static let expected: Set<OrganAtRisk> = [
    .spinalCord, .brachialPlexus, .oesophagus, .heart, .greatVessels, .airways, .chestWall, .skin, .lungs,
  ]

  /// Organs that are asked about and not contoured; empty where no organ is estimated.
  var notContoured: [OrganAtRisk] {
    guard !plan.organs.isEmpty else { return [] }
    return OrganAtRisk.allCases.filter { organ in
      Self.expected.contains(organ) && !plan.organs.contains { $0.organ == organ }
    }
  }

  /// The organs with the set that decides, then every limit exceeded; without blocks where no organ is estimated.
  var sections: [ReportSection] {
    guard !plan.organs.isEmpty else { return [] }
    return [
      ReportSection("Organs", .detail, [.table(table), .list(remarks)]),
      ReportSection("Limits exceeded as expected, all sets", .detail, [.list(exceeded)]),
    ]
  }

  private var table: ReportTable {
    let rows = plan.organs.map { organ -> [ReportTable.Cell] in
      let asked = organ.checks.filter { $0.limit.set == plan.primarySet && $0.outcome != .unknown }
      let decisive =
        LimitCheck.decisive(asked, of: plan.primarySet) ?? asked.max { $0.outcome.rank < $1.outcome.rank }
      let shown = organ.metrics.filter { $0.metric != .maximum || organ.metrics.count == 1 }
      return [
        .init(organ.organ.title),
        .init(shown.map(DoseWords.metric).joined(separator: "\n")),
        .init(decisive.map(DoseWords.limit) ?? "none in \(plan.primarySet ?? "the deciding set")"),
        .init(
          decisive.map { DoseWords.standing($0.outcome) } ?? "", DoseWords.tone(decisive?.outcome)),
        .init(decisive.flatMap(room) ?? ""),
      ]
    }
    return ReportTable(
      [
        .init("organ", width: 16), .init("estimated", width: 28),
        .init("limit at \(plan.fractions) fractions", width: 22), .init("standing", width: 13),
        .init("room", width: 8),
      ], rows,
      legend:
        "ends differ: the limit is kept at the lower and exceeded at the upper end of the plan-quality band. room: what is left to the limit as expected."
    )
  }

  private func room(_ check: LimitCheck) -> String? {
    check.value?.expected.map { "\(Figures.plain(check.bound - $0)) \(DoseWords.unit(check))" }
  }

  private var remarks: [ReportLine] {
    var lines = plan.organs.filter { !$0.remarks.isEmpty }.map {
      ReportLine("\($0.organ.title): \(ReasonWords.text($0.remarks))", sign: .remark)
    }
    if !notContoured.isEmpty {
      lines.append(
        ReportLine(
          "not contoured, so no limit is asked: " + notContoured.map(\.title).joined(separator: ", "),
          .question, sign: .asks))
    }
    return lines
  }

  private var exceeded: [ReportLine] {
    let checks = plan.organs.flatMap { organ in organ.checks.map { (organ.organ, $0) } }
    var lines = checks.filter { [.exceeded, .exceededAsExpected].contains($0.1.outcome) }.map {
      organ, check in
      ReportLine(
        "\(DoseWords.sentence(organ.title, check)); \(check.limit.mark.rawValue)"
          + (check.limit.isAdvisory ? ", advisory" : ""),
        DoseWords.tone(check.outcome), sources: check.limit.sources)
    }
    let open = checks.count { $0.1.outcome == .keptAsExpected }
    if !lines.isEmpty, open > 0 {
      lines.append(
        ReportLine(
          "\(open) more are kept as expected and exceeded at the upper end of the plan-quality band (--format csv lists them)",
          .caution))
    }
    return lines
  }
}
