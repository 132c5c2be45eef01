// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Ablation
internal import Cases
public import Planning
internal import Reasons
internal import Vocabulary

/// `plan --modality ablation` for people: the page a board reads first, then zone, needle path, neighbours, risk and preparation
/// of each lesion, then the bibliography.
public struct AblationReport {
  /// The report.
  public let document: ReportDocument

  /// A report of a planned dossier; `nil` when it holds no plan of ablation.
  ///
  /// - Parameter notice: what the report is not, said once at its end.
  public init?(_ dossier: Dossier, notice: String) {
    guard let plan = dossier.ablationPlan else { return nil }
    let warnings = WarningLines(dossier.patientCase.warnings)
    let overview = AblationOverview(dossier, plan)
    let closing =
      "Margins are the least over the lesion's surface. Depths run from the skin to the tip. Protocol \(dossier.careProtocol.name). \(notice)"
    let directions =
      "Directions are those in which the needle advances, in the position named: in the axial plane the angle from straight down and the side it leans to, and out of that plane towards the head or the feet."
    document = ReportDocument(
      [overview.head, warnings.page] + overview.sections + [warnings.rest]
        + [
          ReportSection(
            "The plan", .detail,
            [
              .list(
                plan.remarks.map { ReportLine(ReasonWords.text($0), sign: .remark) }
                  + [ReportLine(directions, sign: .remark)])
            ]),
          overview.destroyed,
        ]
        + AblationLesions(dossier, plan).sections
        + [
          SourceLines(dossier.careProtocol.bibliography, Self.cited(dossier, plan)).section,
          ReportSection("", .page, [.paragraph(ReportLine(closing, .faint))]),
        ])
  }

  private static func cited(_ dossier: Dossier, _ plan: AblationPlan) -> Set<String> {
    guard let parameters = dossier.careProtocol.ablation else { return [] }
    var cited = Set(parameters.margin.sources + parameters.residual.sources)
    cited.formUnion(parameters.placements.flatMap(\.sources))
    cited.formUnion(parameters.costs.flatMap(\.sources))
    cited.formUnion(parameters.usualLengths.sources + parameters.gantry.sources)
    if plan.lungVolumes.contains(where: \.isFlagged) { cited.formUnion(parameters.ablatedLungFlag.sources) }
    for lesion in plan.lesions {
      cited.formUnion(lesion.choice.holding.flatMap(\.sources))
      for proposal in lesion.proposals {
        if proposal.zone.device.isShipped { cited.formUnion(proposal.zone.device.sources) }
        cited.formUnion(proposal.neighbours.flatMap { $0.broken.flatMap(\.sources) })
        cited.formUnion(proposal.manoeuvres.flatMap(\.reach.sources))
        cited.formUnion(proposal.nerveQuestions.flatMap(\.sources))
        cited.formUnion(proposal.notes.flatMap(\.note.sources))
        let refused = Set(
          proposal.search.refusals.keys.compactMap { refusal -> StructureRole? in
            switch refusal {
            case .crosses(let role), .near(let role): role
            default: nil
            }
          })
        cited.formUnion(parameters.pathLimits.filter { refused.contains($0.role) }.flatMap(\.sources))
      }
    }
    return cited
  }
}
