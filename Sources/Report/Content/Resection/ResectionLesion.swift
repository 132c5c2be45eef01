// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary

/// One lung lesion of a plan of resection in full: technique by margin and depth, marking, alternatives.
struct ResectionLesion {
  private let entry: LesionResection
  private let plan: ResectionPlan
  private let parameters: ResectionParameters?

  init(_ entry: LesionResection, _ plan: ResectionPlan, _ parameters: ResectionParameters?) {
    self.entry = entry
    self.plan = plan
    self.parameters = parameters
  }

  /// `nil` for lesions that the page says all of.
  var section: ReportSection? {
    guard let proposal = entry.proposal else { return nil }
    var lines = [
      ReportLine(
        "\(ResectionWords.technique(proposal, in: plan)) with \(Figures.millimeters(proposal.standard.margin)) margin; \(zone(proposal))"
      )
    ]
    lines += proposal.choice.reasons.map { ReportLine(ReasonWords.text($0), sign: .remark) }
    if let question = proposal.choice.question {
      lines.append(ReportLine("for the board: \(ReasonWords.text(question))", .caution, sign: .conditions))
    }
    lines += proposal.choice.open.map { ReportLine(ReasonWords.text($0), .question, sign: .asks) }
    return ReportSection(
      "Lesion \(entry.lesion)", .detail,
      [.list(lines), .table(margins(proposal)), .list(rest(proposal))], of: entry.lesion)
  }

  private func zone(_ proposal: ResectionProposal) -> String {
    guard let ratio = proposal.zoneRatio, let zone = proposal.zone else {
      return "zone unknown (no bronchial tree contoured)"
    }
    return
      "\(zone.rawValue) part of the lung (\(Figures.number(ratio, digits: 2)) of the distance from hilum to pleura)"
  }

  private func rest(_ proposal: ResectionProposal) -> [ReportLine] {
    var lines = proposal.localisation.map { [marking($0, proposal)] } ?? []
    lines += proposal.alternatives.map { alternative in
      ReportLine(
        "or: \(ReasonWords.text(alternative.reason))\(alternative.resected.map { ", \(Figures.volume($0))" } ?? "")",
        sources: alternative.sources)
    }
    lines += proposal.flips.map {
      ReportLine("near a threshold: \(ReasonWords.text($0))", .caution)
    }
    return lines + proposal.remarks.map { ReportLine(ReasonWords.text($0), sign: .remark) }
  }

  private func margins(_ proposal: ResectionProposal) -> ReportTable {
    func word(_ choice: TechniqueChoice) -> String {
      choice.isDeepWedge ? "deep wedge" : choice.technique.rawValue
    }
    return ReportTable(
      [
        .init("margin", width: 8), .init("profile", width: 17), .init("technique", width: 14),
        .init("where surgeons go deeper", width: 24), .init("specimen", width: 9),
        .init("meets", width: 18),
      ],
      proposal.margins.map { plan in
        [
          .init(Figures.millimeters(plan.margin)),
          .init(plan.profiles.isEmpty ? "–" : plan.profiles.joined(separator: ", ")),
          .init(word(plan.usual)), .init(word(plan.permissive)),
          .init(plan.wedge.map(Figures.volume) ?? "–"),
          .init(plan.contacts.isEmpty ? "–" : plan.contacts.map(\.structure).joined(separator: ", ")),
        ]
      })
  }

  private func marking(_ localisation: Localisation, _ proposal: ResectionProposal) -> ReportLine {
    let criteria = localisation.nakashimaCriteria
    let cited = parameters?.localisation.sources
    let count =
      criteria.lowerBound == criteria.upperBound
      ? "\(criteria.lowerBound)" : "\(criteria.lowerBound) to \(criteria.upperBound)"
    return ReportLine(
      "marking for thoracoscopy: \(ResectionWords.mark(localisation.answer)); Saito's line finds this size as deep as \(Figures.millimeters(localisation.saitoDepth)), it lies \(Figures.millimeters(proposal.nearestPleura)) deep; \(count) of Nakashima's 3 criteria",
      sources: (cited?.saito ?? []) + (cited?.nakashima ?? []))
  }
}
