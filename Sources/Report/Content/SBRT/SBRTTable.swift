// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// The lesions of an SBRT plan: place and target, prescription, the limit that decides, verdict.
struct SBRTTable {
  private let dossier: Dossier
  private let plan: SBRTPlan

  init(_ dossier: Dossier, _ plan: SBRTPlan) {
    self.dossier = dossier
    self.plan = plan
  }

  /// A row a lesion, in the order of the case.
  var table: ReportTable {
    let rows = dossier.patientCase.lesions.compactMap { lesion -> [ReportTable.Cell]? in
      if let proposal = plan.proposals.first(where: { $0.lesion == lesion.id }) {
        return row(lesion, proposal)
      }
      guard let unplanned = plan.unplanned.first(where: { $0.lesion == lesion.id }) else { return nil }
      return row(lesion, unplanned)
    }
    return ReportTable(
      [
        .init("lesion", width: 7), .init("place, PTV", width: 18), .init("prescription", width: 18),
        .init("limit that decides", width: 31), .init("SBRT", width: 18),
      ], rows,
      legend:
        "✓ eligible, ! conditional and on what, ? a decisive fact is missing, ✗ not possible; score 0–100. The limit that decides: of the nearest organs' near-maximum doses. * on what is taken for granted."
    )
  }

  private func row(_ lesion: Lesion, _ proposal: SBRTProposal) -> [ReportTable.Cell] {
    let centre = proposal.centrality.map { "\n" + Self.centre($0) } ?? ""
    let judged = dossier.assessment?.lesions.first { $0.lesion == lesion.id }?.modalities.first {
      $0.modality == .sbrt
    }
    return [
      .init(lesion.id, .strong),
      .init("\(place(lesion)), \(Figures.volume(proposal.target.solid.volume))\(centre)"),
      .init(
        "\(proposal.scheme.words)\(proposal.choice.providedThat.isEmpty ? "" : "*")\nBED10 \(Figures.plain(proposal.bed.gray)) Gy"
      ),
      decides(proposal), VerdictCell.cell(judged),
    ]
  }

  private func row(_ lesion: Lesion, _ unplanned: UnplannedLesion) -> [ReportTable.Cell] {
    let why = "no dose: \(ReasonWords.text(unplanned.why))"
    guard let choice = unplanned.choice, let scheme = choice.scheme else {
      return [
        .init(lesion.id, .strong), .init(place(lesion)), .init("none"), .init(why, .question), .init("–"),
      ]
    }
    let bed = Figures.plain(scheme.fractionation.bed(unplanned.ratio).gray)
    return [
      .init(lesion.id, .strong),
      .init(place(lesion) + (unplanned.centrality.map { "\n" + Self.centre($0) } ?? "")),
      .init(
        "\(scheme.words)\(choice.providedThat.isEmpty ? "" : "*")\nBED10 \(bed) Gy"),
      .init("as reported; \(why)", .question), .init("–"),
    ]
  }

  /// The worst of the deciding limits of the organs around a target; of limits that are all kept the one used up most.
  private func decides(_ proposal: SBRTProposal) -> ReportTable.Cell {
    let checks = proposal.neighbours.compactMap { neighbour in
      LimitCheck.decisive(neighbour.checks, of: plan.primarySet).map { (neighbour, $0) }
    }
    let worst = checks.max {
      ($0.1.outcome.rank, $0.1.share ?? 0) < ($1.1.outcome.rank, $1.1.share ?? 0)
    }
    guard let (neighbour, check) = worst else {
      return .init("no near-maximum limit at this fraction count", .faint)
    }
    let sign = check.outcome.rank >= LimitCheck.Outcome.exceededAsExpected.rank ? "over" : "below"
    return .init(
      "\(neighbour.structure) \(DoseWords.band(neighbour.dose, "Gy"))\n\(sign) \(DoseWords.bound(check)) in \(check.fractions) (\(check.limit.set))",
      DoseWords.tone(check.outcome))
  }

  private func place(_ lesion: Lesion) -> String {
    let site = dossier.assessment?.lesions.first { $0.lesion == lesion.id }?.site
    return LesionWords.place(lesion, dossier.measurements[lesion: lesion.id], site: site)
  }

  /// "central", "ultracentral"; by RTOG, whose answer most schemes ask for.
  private static func centre(_ centrality: Centrality) -> String {
    if centrality.ultracentral == .known("yes") { return "ultracentral" }
    if case .known(let word) = centrality.rtog { return spacedWords(word) }
    return "centrality unknown"
  }
}
