// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Cases
public import Planning
internal import Reasons
internal import Resection
internal import Vocabulary

/// `plan --modality resection` for people: the page a board reads first, then each side, lesion and score, then the bibliography.
public struct ResectionReport {
  /// The report.
  public let document: ReportDocument

  /// A report of a planned dossier; `nil` when it holds no plan of resection.
  ///
  /// - Parameter notice: what the report is not, said once at its end.
  public init?(_ dossier: Dossier, notice: String) {
    guard let plan = dossier.resectionPlan else { return nil }
    let warnings = WarningLines(dossier.patientCase.warnings + (dossier.assessment?.warnings ?? []))
    let parameters = dossier.careProtocol.resection
    let page = ResectionPage(dossier, plan)
    let stages = ResectionStages(plan, parameters)
    let closing =
      "Each specimen is the least that holds lesion and margin and opens at the pleura, on the inflated lung as contoured; lung function after it is predicted. Protocol \(dossier.careProtocol.name). \(notice)"
    document = ReportDocument(
      [page.head, warnings.page] + page.sections + [warnings.rest]
        + [
          ReportSection(
            "The plan", .detail,
            [.list(plan.remarks.map { ReportLine(ReasonWords.text($0), sign: .remark) })])
        ]
        + stages.sections + [stages.variants] + ResectionPatient(dossier, plan).sections
        + plan.lesions.compactMap { ResectionLesion($0, plan, parameters).section }
        + [
          ResectionPatient(dossier, plan).notes,
          SourceLines(dossier.careProtocol.bibliography, Self.cited(dossier, plan)).section,
          ReportSection("", .page, [.paragraph(ReportLine(closing, .faint))]),
        ])
  }

  private static func cited(_ dossier: Dossier, _ plan: ResectionPlan) -> Set<String> {
    guard let parameters = dossier.careProtocol.resection else { return [] }
    var cited: Set<String> = []
    cited.formUnion(plan.notes.flatMap(\.note.sources))
    cited.formUnion(plan.lesions.flatMap { $0.proposal?.alternatives.flatMap(\.sources) ?? [] })
    if plan.lesions.contains(where: { $0.proposal != nil }) {
      cited.formUnion(parameters.depth.sources + parameters.profiles.flatMap(\.sources))
      cited.formUnion(parameters.localisation.sources.saito + parameters.localisation.sources.nakashima)
      cited.formUnion(parameters.mergeGap.sources + parameters.measurementError.sources)
      cited.formUnion(parameters.function.sources.counting + parameters.function.sources.wedges)
    }
    for stage in plan.stages {
      for result in stage.flows {
        cited.formUnion(result.flow.sources)
        for answer in [result.expected, result.worst].compactMap(\.self) {
          if case .risk(_, _, let sources) = answer { cited.formUnion(sources) }
        }
      }
      if stage.remaining.contains(where: { $0.method == .volume }) {
        cited.formUnion(parameters.function.sources.volume)
      }
      if stage.remaining.contains(where: { $0.method == .perfusion }) {
        cited.formUnion(parameters.function.sources.perfusion)
      }
      if stage.isBelowLeastFEV1 { cited.formUnion(parameters.function.leastFEV1.sources) }
    }
    if plan.liver != nil { cited.formUnion(parameters.liverMargin.sources + parameters.liverVolume.sources) }
    if plan.irlmGroup != nil { cited.formUnion(parameters.formulas.registry) }
    if plan.thoracoscore != nil {
      cited.formUnion(parameters.formulas.thoracoscore + parameters.formulas.cardiacRisk)
    }
    return cited
  }
}
