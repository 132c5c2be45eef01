// SPDX-License-Identifier: Apache-2.0
internal import Ablation
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Vocabulary

/// What a board reads first of a plan of ablation: which energy for which lesion, what is lost, what to obtain, and a table of
/// zones and needle paths.
struct AblationOverview {
  private let dossier: Dossier
  private let plan: AblationPlan

  init(_ dossier: Dossier, _ plan: AblationPlan) {
    self.dossier = dossier
    self.plan = plan
  }

  private var proposals: [AblationProposal] { plan.lesions.flatMap(\.proposals) }

  /// Whose plan it is, and what it rests on.
  var head: ReportSection {
    let planned = plan.lesions.count { !$0.proposals.isEmpty }
    let energies = plan.energies.map(\.title).joined(separator: ", ")
    let title =
      "Ablation for patient \(dossier.patientCase.patientID ?? "(no ID)"): \(planned) of \(plan.lesions.count) lesions planned"
    var lines = [ReportLine("by \(energies)")]
    if planned > 0 {
      lines += [
        ReportLine(
          "Zones are estimated from published charts, provided that your own device's chart confirms them.",
          sign: .provided),
        ReportLine(
          "Needle paths are straight lines through the contours as imaged: re-measure in the position of the intervention.",
          sign: .provided),
      ]
    }
    return ReportSection(title, .page, [.list(lines)])
  }

  /// The answers and the lesions.
  var sections: [ReportSection] {
    [
      ReportSection("", .page, [.answers(answers)]),
      ReportSection("", .page, [.table(table)]),
    ]
  }

  // MARK: Answers

  private var answers: [(label: String, lines: [ReportLine])] {
    [
      ("First choice", choices), ("No path", withoutPath), ("Not planned", notPlanned),
      ("Devices", devices), ("Lung lost", lungs), ("Obtain first", wanted),
    ]
  }

  /// The judgements of a lesion by the planned energies, best first.
  private func judged(_ lesion: String) -> [ModalityJudgement] {
    dossier.assessment?.lesions.first { $0.lesion == lesion }?.modalities.filter {
      plan.energies.contains($0.modality)
    } ?? []
  }

  /// The best energy of each lesion that was planned, by verdict.
  private var choices: [ReportLine] {
    let best = plan.lesions.filter { !$0.proposals.isEmpty }.compactMap { entry in
      judged(entry.lesion).first.map { (entry.lesion, $0) }
    }
    return Verdict.allCases.compactMap { verdict in
      let own = best.filter { $0.1.verdict == verdict }
      guard !own.isEmpty else { return nil }
      let words =
        verdict == .ineligible
        ? own.map { "\($0.0) (\(LeadingWords.text($0.1)))" }
        : plan.energies.compactMap { energy in
          let lesions = own.filter { $0.1.modality == energy }.map(\.0)
          return lesions.isEmpty ? nil : "\(energy.shortTitle) \(TherapyGroups.names(lesions))"
        }
      return ReportLine(
        "\(verdict.word): \(words.joined(separator: "; "))",
        [.good, .caution, .question, .bad][verdict.rawValue])
    }
  }

  /// Proposals without a needle path, with the limit that refuses most.
  private var withoutPath: [ReportLine] {
    proposals.filter(\.applicators.isEmpty).map { proposal in
      let refusals = AblationItems(proposal, in: dossier).refusals
      let most = refusals.counts.first.map { " Most refused: \($0.words)." } ?? ""
      return ReportLine(
        "\(proposal.lesion) \(proposal.energy.shortTitle): \(refusals.why)\(most)", .bad)
    }
  }

  private var notPlanned: [ReportLine] {
    plan.lesions.compactMap { entry in
      entry.why.map { ReportLine("\(entry.lesion): \(ReasonWords.text($0))", .question) }
    }
  }

  /// The devices of each energy with what their charts rest on.
  private var devices: [ReportLine] {
    plan.energies.compactMap { energy in
      var names: [String] = []
      for zone in proposals.filter({ $0.energy == energy }).map(\.zone) {
        let name =
          "\(zone.device.name) (\(zone.device.basis.title) \(zone.device.tissue), \(zone.device.mark.rawValue))"
        if !names.contains(name) { names.append(name) }
      }
      return names.isEmpty
        ? nil : ReportLine("\(energy.shortTitle): \(names.joined(separator: "; "))", .faint)
    }
  }

  /// Lung destroyed beside the lesions, an energy a line.
  private var lungs: [ReportLine] {
    plan.energies.compactMap { energy in
      let own = plan.lungVolumes.filter { $0.energy == energy }
      guard !own.isEmpty else { return nil }
      let sides = own.map { "\(Figures.volume($0.volume)) \($0.side.map(\.rawValue) ?? "side unknown")" }
      let isFlagged = own.contains(where: \.isFlagged)
      let flag = isFlagged ? dossier.careProtocol.ablation?.ablatedLungFlag : nil
      return ReportLine(
        "\(energy.shortTitle): \(sides.joined(separator: ", "))"
          + (flag.map {
            "; \(Figures.plain($0.value.cubicCentimeters)) cc or more lower FEV1 and vital capacity"
          } ?? ""),
        isFlagged ? .caution : .plain)
    }
  }

  /// The same in full, with the lesions.
  var destroyed: ReportSection {
    let lines = plan.lungVolumes.map { lung -> ReportLine in
      let text =
        "\(lung.energy.title): \(Figures.volume(lung.volume)) of \(lung.side.map { "\($0.rawValue) lung" } ?? "lung") beside \(lung.lesions.joined(separator: ", "))"
      guard lung.isFlagged, let flag = dossier.careProtocol.ablation?.ablatedLungFlag else {
        return ReportLine(text)
      }
      return ReportLine(
        "\(text): \(Figures.volume(flag.value)) or more lower FEV1 and vital capacity", .caution,
        sources: flag.sources)
    }
    return ReportSection("Lung destroyed beside the lesions", .detail, [.list(lines)])
  }

  // MARK: What to obtain

  private var wanted: [ReportLine] {
    var lines: [ReportLine] = []
    let roles = Set(proposals.flatMap(\.notContoured)).map(\.title).sorted()
    if !roles.isEmpty {
      lines.append(
        ReportLine(
          "contour \(roles.joined(separator: ", ")): no needle path keeps clear of it yet", .question))
    }
    var facts: [Fact] = []
    for fact in proposals.flatMap(\.notes).flatMap(\.unknown) where !facts.contains(fact) {
      facts.append(fact)
    }
    if !facts.isEmpty {
      lines.append(
        ReportLine(
          "report \(facts.map(\.title).joined(separator: ", ")): preparation and risk hang on it", .question))
    }
    return lines
      + (dossier.assessment.map {
        MissingFacts($0, of: plan.energies, lesions: plan.lesions.map(\.lesion)).lines
      } ?? [])
  }

  // MARK: Table

  private var table: ReportTable {
    let margins = dossier.careProtocol.ablation?.margin
    let aims =
      margins.map {
        " (minimum \(Figures.plain($0.hard.millimeters)), target \(Figures.plain($0.goal.millimeters)) mm)"
      } ?? ""
    return ReportTable(
      [
        .init("lesion", width: 8), .init("energy", width: 6), .init("path, mm", width: 13),
        .init("zone, mm", width: 11), .init("margin", width: 8), .init("nearest to the zone", width: 23),
        .init("verdict", width: 19),
      ], plan.lesions.flatMap(rows),
      legend:
        "path: of the needle from skin to tip, +1 further applicators, position. margin: least expected\(aims). ! before a structure: nearer than its limit. ✓ eligible, ! conditional and on what, ? a decisive fact is missing, ✗ not possible; score 0–100; » no meaningful difference from the best; * on what is taken for granted."
    )
  }

  /// A row for each energy, the best first; the lesion's size and place stand beneath its id.
  private func rows(_ entry: LesionAblation) -> [[ReportTable.Cell]] {
    guard let lesion = dossier.patientCase.lesions.first(where: { $0.id == entry.lesion }) else { return [] }
    let measured = dossier.measurements[lesion: lesion.id]
    let names = [
      LesionWords.size(lesion, measured), LesionWords.place(lesion, measured, site: entry.site),
    ]
    let judged = judged(entry.lesion)
    let order =
      judged.map(\.modality)
      + plan.energies.filter { energy in
        !judged.contains { $0.modality == energy }
      }
    let own = order.compactMap { energy in entry.proposals.first { $0.energy == energy } }
    guard !own.isEmpty else {
      return [
        [
          .init("\(entry.lesion)\n\(names[0])", .strong), .init("–"), .init("not planned", .question),
          .init(""), .init(""), .init(""), .init(""),
        ]
      ]
    }
    return own.enumerated().map { place, proposal in
      let mine = judged.first { $0.modality == proposal.energy }
      let leads =
        mine.map {
          $0.verdict != .ineligible && $0.unavailable == nil
            && dossier.careProtocol.ruleSet.scoring.areEquivalent($0, judged[0])
        }
        ?? false
      let head = place == 0 ? [entry.lesion] : []
      let rest =
        place == own.count - 1
        ? Array(names.dropFirst(max(0, place - 1))) : place > 0 ? [names[place - 1]] : []
      let verdict = VerdictCell.cell(mine)
      return [
        .init((head + rest).joined(separator: "\n"), place == 0 ? .strong : .plain),
        .init(proposal.energy.shortTitle), .init(path(proposal)),
        .init((proposal.zones.count > 1 ? "\(proposal.zones.count) × " : "") + zone(proposal.zone)),
        .init(Figures.millimeters(proposal.coverage.map.minimum), AblationWords.tone(proposal.standing)),
        nearest(proposal), .init((leads ? "»" : "") + verdict.text, verdict.tone),
      ]
    }
  }

  private func zone(_ zone: PlannedZone) -> String {
    "\(Figures.plain(zone.along.millimeters * 2)) × \(Figures.plain(zone.across.millimeters * 2))"
  }

  private func path(_ proposal: AblationProposal) -> String {
    guard let path = proposal.applicators.first?.path else { return "no path" }
    let more = proposal.applicators.count > 1 ? " +\(proposal.applicators.count - 1)" : ""
    return
      "\(Figures.number(path.depth.millimeters, digits: 0))\(more) \(path.positions.first?.title ?? "no position")"
      + (proposal.search.isNear ? ", near" : "")
  }

  /// The neighbour whose limit is not kept, the nearest first; else the nearest.
  private func nearest(_ proposal: AblationProposal) -> ReportTable.Cell {
    let broken = proposal.neighbours.filter { !$0.broken.isEmpty }
    guard let neighbour = broken.first ?? proposal.neighbours.first(where: { $0.role != .other }) else {
      return .init("none within 30 mm", .faint)
    }
    let more = broken.count > 1 ? " +\(broken.count - 1)" : ""
    return .init(
      "\(broken.isEmpty ? "" : "! ")\(neighbour.structure) \(AblationWords.whole(neighbour.distance))\(more)",
      broken.isEmpty ? .plain : .caution)
  }
}
