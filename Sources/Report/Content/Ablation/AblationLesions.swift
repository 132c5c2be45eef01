// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Vocabulary

/// Each lesion of a plan of ablation in full: which energies suit it, then zone, needle path, neighbours, risk and preparation
/// of each.
struct AblationLesions {
  private let dossier: Dossier
  private let plan: AblationPlan

  init(_ dossier: Dossier, _ plan: AblationPlan) {
    self.dossier = dossier
    self.plan = plan
  }

  /// What every lesion of an energy shares, then a section a lesion and one each of its proposals.
  var sections: [ReportSection] {
    plan.energies.map(common)
      + plan.lesions.flatMap { entry in
        [ReportSection("Lesion \(entry.lesion)", .detail, [.list(choice(entry))], of: entry.lesion)]
          + entry.proposals.map { section($0, sharing: shared(by: $0.energy)) }
      }
  }

  // MARK: What holds for all

  /// Notes that every lesion of an energy shares: said once.
  private func shared(by energy: Modality) -> Set<AppliedNote> {
    let proposals = plan.lesions.flatMap(\.proposals).filter { $0.energy == energy }
    guard proposals.count > 1, let first = proposals.first else { return [] }
    return proposals.dropFirst().reduce(Set(first.notes)) { $0.intersection($1.notes) }
  }

  private func common(_ energy: Modality) -> ReportSection {
    let shared = shared(by: energy)
    let first = plan.lesions.flatMap(\.proposals).first { $0.energy == energy }
    let lines = first.map { notes($0.notes.filter(shared.contains), AblationItems($0, in: dossier)) }
    return ReportSection("For every lesion by \(energy.title)", .detail, [.list(lines ?? [])])
  }

  /// Risks first, then what to prepare, then what hangs on something unknown.
  private func notes(_ notes: [AppliedNote], _ items: AblationItems) -> [ReportLine] {
    items.risks(notes).map { Self.line($0, before: "risk, ") }
      + items.preparations(notes).map { Self.line($0, before: "prepare, ") }
      + items.questions(notes).map { Self.line($0, sign: .asks) }
  }

  private static func line(
    _ item: AblationItem, before: String = "", sign: ReportLine.Sign = .none
  ) -> ReportLine {
    ReportLine(before + item.line, item.tone, sign: sign, sources: item.sources)
  }

  // MARK: Energies

  private func choice(_ entry: LesionAblation) -> [ReportLine] {
    let choice = entry.choice
    var lines: [ReportLine] = []
    if choice.holding.isEmpty {
      lines.append(ReportLine("energies: no preference of the protocol holds here"))
    } else {
      lines.append(
        ReportLine("energies, best first: \(choice.order.map(\.title).joined(separator: ", "))"))
      lines += choice.holding.map { ReportLine($0.text, sign: .remark, sources: $0.sources) }
    }
    lines += choice.open.map { preference, facts in
      ReportLine(
        "would change with \(facts.map(\.title).joined(separator: ", ")), unknown: \(preference.text)",
        sign: .asks)
    }
    if let why = entry.why {
      lines.append(ReportLine("not planned: \(ReasonWords.text(why))", .question))
    }
    return lines
  }

  // MARK: Proposal

  private func section(_ proposal: AblationProposal, sharing shared: Set<AppliedNote>) -> ReportSection {
    let items = AblationItems(proposal, in: dossier)
    var lines = [ReportLine("zone: \(items.zone)")]
    lines += items.coverage.map { Self.line($0) }
    lines += paths(proposal, items)
    lines += items.neighbours.map { Self.line($0) }
    lines += items.nerves.map { Self.line($0, sign: .asks) }
    lines += items.manoeuvres.map { Self.line($0, before: "manoeuvre: ") }
    lines += notes(proposal.notes.filter { !shared.contains($0) }, items)
    lines += proposal.remarks.map { ReportLine(ReasonWords.text($0), .caution, sign: .conditions) }
    lines += proposal.providedThat.map {
      ReportLine("provided that \(ReasonWords.text($0))", sign: .provided)
    }
    return ReportSection(
      "Lesion \(proposal.lesion) by \(proposal.energy.title)", .detail, [.list(lines)], of: proposal.lesion)
  }

  private func paths(_ proposal: AblationProposal, _ items: AblationItems) -> [ReportLine] {
    var lines: [ReportLine] = []
    for (index, applicator) in proposal.applicators.enumerated() {
      let name = proposal.applicators.count > 1 ? "needle path \(index + 1)" : "needle path"
      lines.append(ReportLine("\(name): \(path(applicator))"))
      lines.append(Self.joined(items.met(applicator)))
    }
    for (index, other) in proposal.alternatives.enumerated() {
      lines.append(
        ReportLine(
          "other needle path \(index + 1): \(path(other)). \(Self.joined(items.met(other, isShort: true)).text)",
          .faint))
    }
    return lines + [search(proposal, items)]
  }

  private static func joined(_ items: [AblationItem]) -> ReportLine {
    ReportLine(
      items.map(\.line).joined(separator: ". "),
      items.contains { $0.tone == .caution } ? .caution : .plain)
  }

  private func path(_ applicator: PlannedApplicator) -> String {
    let path = applicator.path
    let position = path.positions.first ?? .supine
    var text =
      "\(position.title), enter at \(AblationWords.point(path.entry)), \(Figures.millimeters(path.depth)) to the tip at \(AblationWords.point(path.tip)); \(AblationWords.advance(path, in: position)); applicator \(AblationWords.length(applicator))"
    if applicator.pullBacks.count > 1 {
      text += "; pulled back by \(AblationWords.pulled(applicator)) mm"
    }
    if path.positions.count > 1 {
      text += "; also \(path.positions.dropFirst().map(\.title).joined(separator: ", "))"
    }
    return text
  }

  private func search(_ proposal: AblationProposal, _ items: AblationItems) -> ReportLine {
    let search = proposal.search
    let refused = items.refusals.counts.map { "\($0.count) \($0.words)" }
    return ReportLine(
      (proposal.applicators.isEmpty ? items.refusals.why + " " : "")
        + "\(search.tried) directions tried, \(search.feasible) keep every limit, \(search.front) of the \(search.feasible > 0 ? "clear" : "near") ones unbeaten"
        + (refused.isEmpty
          ? "" : "; refused (one may count several times): \(refused.joined(separator: ", "))"),
      proposal.applicators.isEmpty ? .question : .faint)
  }
}
