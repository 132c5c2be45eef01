internal import Evidence
internal import Ablation
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
public import Planning
internal import Quantities
internal import Reasons
internal import Vocabulary

/// `plan --modality microwave` and the others for people: zone, way, neighbours, risk and preparation of each lesion.
public struct AblationText {
  let dossier: Dossier
  let plan: AblationPlan
  let style: TextStyle
  private let notice: String

  /// The text of a planned dossier; `nil` when it holds no plan of ablation.
  public init?(_ dossier: Dossier, notice: String, style: TextStyle = .plain) {
    guard let plan = dossier.ablationPlan else { return nil }
    self.dossier = dossier
    self.plan = plan
    self.style = style
    self.notice = notice
  }

  /// The whole text, ending in a line break.
  public var text: String {
    let parts =
      [head, warnings, table, lungs, common] + plan.lesions.map { AblationLesionText($0, in: self).text }
      + [SourceList(dossier.careProtocol.bibliography, cited, style: style).text, closing]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    let energies = plan.energies.map(\.title).joined(separator: ", ")
    let title = style.paint(
      "Ablation (\(energies)) for patient \(dossier.patientCase.patientID ?? "(no ID)")", .bold)
    return ([title] + plan.remarks.map { "  " + wrapped("· " + ReasonWords.text($0), indent: "    ") })
      .joined(separator: "\n")
  }

  private var warnings: String { style.warnings(dossier.patientCase.warnings) }

  // MARK: Table

  private var table: String {
    var table = TextTable([
      "lesion", "where", "size", "energy", "zone", "least margin", "way", "lung on it", "with this plan",
    ])
    for entry in plan.lesions {
      guard let lesion = dossier.patientCase.lesions.first(where: { $0.id == entry.lesion }) else { continue }
      let measured = dossier.measurements[lesion: lesion.id]
      let place = measured.map { LesionWords.place(lesion, $0) } ?? entry.site?.title ?? "site unknown"
      let size = measured.map { LesionWords.size(lesion, $0) } ?? "unknown"
      if let why = entry.why {
        table.rows.append([
          .init(entry.lesion), .init(place), .init(size), .init("–"),
          .init("none: \(ReasonWords.text(why))", .yellow),
        ])
        continue
      }
      for proposal in entry.proposals {
        let judged = dossier.assessment?.lesions.first { $0.lesion == lesion.id }?.modalities.first {
          $0.modality == proposal.energy
        }
        table.rows.append([
          .init(entry.lesion), .init(place), .init(size), .init(proposal.energy.shortTitle),
          .init("\(proposal.zones.count) × \(proposal.zone.words)"),
          .init(AblationWords.margin(proposal), AblationWords.colour(proposal.standing)),
          .init(way(proposal)), .init(lung(proposal)),
          .init(
            judged.map { "\($0.verdict.word) \($0.roundedScore)" } ?? "no rules for this site",
            judged?.verdict.colour),
        ])
      }
    }
    return table.text(style)
  }

  private func way(_ proposal: AblationProposal) -> String {
    guard let path = proposal.applicators.first?.path else {
      return proposal.search.ranked.isEmpty ? "no path" : "none on the contours"
    }
    let more = proposal.applicators.count > 1 ? " +\(proposal.applicators.count - 1)" : ""
    return "\(Figures.millimeters(path.depth))\(more), \(path.positions.first?.title ?? "no position")"
      + (proposal.search.isNear ? ", near" : "")
  }

  private func lung(_ proposal: AblationProposal) -> String {
    guard let path = proposal.applicators.first?.path, !proposal.notContoured.contains(.lung) else {
      return "–"
    }
    return "\(Figures.number(path.aeratedLung.millimeters, digits: 0)) mm, \(path.pleuralPunctures)×"
      + (path.fissures.isEmpty ? "" : ", fissure")
  }

  private var lungs: String {
    let lines = plan.lungVolumes.map { lung in
      let text =
        "\(lung.energy.title): \(Figures.volume(lung.volume)) of \(lung.side.map { "\($0.rawValue) lung" } ?? "lung") beside \(lung.lesions.joined(separator: ", "))"
      guard lung.isFlagged, let flag = dossier.careProtocol.ablation?.ablatedLungFlag else { return text }
      return style.paint(
        "\(text): \(Figures.volume(flag.value)) or more lower FEV1 and vital capacity [\(flag.sources.joined(separator: ", "))]",
        .yellow)
    }
    guard !lines.isEmpty else { return "" }
    return
      ([style.paint("Lung destroyed beside the lesions", .bold)]
      + lines.map { "  " + wrapped($0, indent: "    ") })
      .joined(separator: "\n")
  }

  // MARK: What holds for all

  /// Notes that every lesion of an energy shares: said once.
  func shared(by energy: Modality) -> Set<AppliedNote> {
    let proposals = plan.lesions.flatMap(\.proposals).filter { $0.energy == energy }
    guard proposals.count > 1, let first = proposals.first else { return [] }
    return proposals.dropFirst().reduce(Set(first.notes)) { $0.intersection($1.notes) }
  }

  private var common: String {
    plan.energies.compactMap { energy -> String? in
      let shared = shared(by: energy)
      guard !shared.isEmpty else { return nil }
      let ordered = plan.lesions.flatMap(\.proposals).first { $0.energy == energy }?.notes.filter(
        shared.contains)
      let lines = AblationWords.notes(ordered ?? []).map { text, colour in
        let line = "  " + wrapped(text, indent: "    ")
        return colour.map { style.paint(line, $0) } ?? line
      }
      return ([style.paint("For every lesion by \(energy.title)", .bold)] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  // MARK: Sources

  private var cited: Set<String> {
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

  private var closing: String {
    style.paint(
      wrapped(
        "Depths run from the skin to the tip. Directions are those in which the needle advances, in the position named: in the axial plane the angle from straight down and the side it leans to, and out of that plane towards the head or the feet. Protocol \(dossier.careProtocol.name). \(notice)",
        indent: ""), .faint)
  }
}

/// Words of ablation plans.
enum AblationWords {
  static func margin(_ proposal: AblationProposal) -> String {
    Figures.millimeters(proposal.coverage.map.minimum)
  }

  static func colour(_ standing: AblationProposal.Standing) -> TextStyle.Colour? {
    switch standing {
    case .goal: .green
    case .hard: nil
    case .insufficient: .yellow
    }
  }

  static func percent(_ probability: Double) -> String {
    // Reckoned on a thousand nodes: nothing is told beyond a per cent, and never certainty.
    let percent = probability * 100
    if percent > 99.5 { return "> 99 %" }
    if percent < 0.5 { return "< 1 %" }
    return "\(Figures.number(percent, digits: 0)) %"
  }

  /// Risks first, then what to prepare, then what hangs on something unknown.
  static func notes(_ notes: [AppliedNote]) -> [(String, TextStyle.Colour?)] {
    func line(_ applied: AppliedNote, _ prefix: String) -> (String, TextStyle.Colour?) {
      let note = applied.note
      let open =
        applied.unknown.isEmpty
        ? "" : " — if \(applied.unknown.map(\.title).joined(separator: ", ")), unknown"
      return (
        "\(prefix)\(note.topic.title): \(note.text)\(open) [\(note.sources.joined(separator: ", "))]",
        applied.unknown.isEmpty ? nil : .faint
      )
    }
    let known = notes.filter { $0.unknown.isEmpty }
    return known.filter { !$0.note.isPreparation }.map { line($0, "risk, ") }
      + known.filter(\.note.isPreparation).map { line($0, "prepare, ") }
      + notes.filter { !$0.unknown.isEmpty }.map { line($0, "? ") }
  }

  static func point(_ p: SIMD3<Double>) -> String {
    "x \(Figures.number(p.x, digits: 1)), y \(Figures.number(p.y, digits: 1)), z \(Figures.number(p.z, digits: 1)) mm"
  }
}
