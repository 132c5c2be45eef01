// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Dosimetry
internal import Eligibility
public import Planning
internal import Radiotherapy
internal import Reasons

/// `plan --modality sbrt` for people: the page a tumour board reads first, then the estimate in full, then the bibliography.
public struct SBRTReport {
  /// The report.
  public let document: ReportDocument

  /// A report of a planned dossier; `nil` when it holds no plan of SBRT.
  ///
  /// - Parameter notice: what the report is not, said once at its end.
  public init?(_ dossier: Dossier, notice: String) {
    guard let plan = dossier.sbrtPlan else { return nil }
    let warnings = WarningLines(dossier.patientCase.warnings)
    let reach = dossier.careProtocol.radiotherapy?.reirradiation.overlapGray ?? 0
    let day = dossier.request?.day.words ?? plan.day ?? "a day that is not known"
    let page = SBRTPage(dossier, plan, day: day)
    let closing =
      "A limit is read only at fraction counts its source gives. Protocol \(dossier.careProtocol.name). \(notice)"
    document = ReportDocument(
      [page.head, warnings.page] + page.sections + [warnings.rest]
        + [
          ReportSection(
            "The estimate", .detail,
            [.list(plan.remarks.map { ReportLine(ReasonWords.text($0), sign: .remark) })])
        ] + [SBRTBurden(plan).section] + SBRTOrgans(plan).sections
        + [EarlierCourses(plan, touchedFrom: reach, day: day).section]
        + SBRTLesions(plan).sections
        + [
          SourceLines(dossier.careProtocol.bibliography, Self.cited(dossier, plan)).section,
          ReportSection("", .page, [.paragraph(ReportLine(closing, .faint))]),
        ])
  }

  private static func cited(_ dossier: Dossier, _ plan: SBRTPlan) -> Set<String> {
    var cited: Set<String> =
      plan.proposals.isEmpty ? [] : Set(dossier.careProtocol.radiotherapy?.fallOffSources ?? [])
    for proposal in plan.proposals {
      cited.formUnion(proposal.scheme.sources + proposal.target.sources)
      cited.formUnion(
        proposal.neighbours.compactMap { LimitCheck.decisive($0.checks, of: plan.primarySet) }.flatMap(
          \.limit.sources))
    }
    cited.formUnion(plan.unplanned.compactMap(\.choice?.scheme).flatMap(\.sources))
    cited.formUnion(plan.organs.flatMap { $0.checks.filter { $0.outcome != .kept }.flatMap(\.limit.sources) })
    cited.formUnion(plan.cumulative.flatMap { $0.checks.flatMap(\.limit.sources) })
    cited.formUnion(plan.pneumonitis?.readings.flatMap(\.curve.sources) ?? [])
    cited.formUnion(
      plan.pneumonitis?.thresholds.filter { $0.outcome != .kept }.flatMap(\.threshold.sources) ?? [])
    return cited
  }
}
