internal import Anatomy
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
public import Planning
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary

/// `plan --modality metastasectomy` for people: the lesions, each side apart, the function that remains, the benefit.
public struct ResectionText {
  let dossier: Dossier
  let plan: ResectionPlan
  let style: TextStyle
  private let notice: String

  /// The text of a planned dossier; `nil` when it holds no plan of resection.
  public init?(_ dossier: Dossier, notice: String, style: TextStyle = .plain) {
    guard let plan = dossier.resectionPlan else { return nil }
    self.dossier = dossier
    self.plan = plan
    self.style = style
    self.notice = notice
  }

  /// The whole text, ending in a line break.
  public var text: String {
    let stages = ResectionStageText(plan, dossier.careProtocol.resection, style: style)
    let parts =
      [head, style.warnings(dossier.patientCase.warnings + (dossier.assessment?.warnings ?? [])), table]
      + stages.blocks + [
        stages.variants, liver, whole,
      ]
      + plan.lesions.compactMap {
        ResectionLesionText($0, plan, dossier.careProtocol.resection, style: style).text
      }
      + [notes, SourceList(dossier.careProtocol.bibliography, cited, style: style).text, closing]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    let what = plan.modalities.map(\.title).joined(separator: ", ")
    let title = style.paint(
      "Resection (\(what)) for patient \(dossier.patientCase.patientID ?? "(no ID)")", .bold)
    return ([title] + plan.remarks.map { "  " + wrapped("· " + ReasonWords.text($0), indent: "    ") })
      .joined(separator: "\n")
  }

  // MARK: Table

  private var table: String {
    var table = TextTable([
      "lesion", "where", "size", "from pleura", "inner edge", "technique", "margin", "takes", "mark",
      "with this plan",
    ])
    for entry in plan.lesions {
      guard let lesion = dossier.patientCase.lesions.first(where: { $0.id == entry.lesion }) else { continue }
      let measured = dossier.measurements[lesion: lesion.id]
      let place = LesionWords.place(lesion, measured)
      let size = LesionWords.size(lesion, measured)
      let verdict = verdict(entry)
      guard let proposal = entry.proposal else {
        let isLiver = plan.liver?.lesions.contains(entry.lesion) == true
        table.rows.append([
          .init(entry.lesion), .init(place), .init(size), .init("–"), .init("–"),
          .init(isLiver ? "with margin" : "not planned", isLiver ? nil : .yellow), .init(""),
          .init(""),
          .init(""), verdict,
        ])
        continue
      }
      table.rows.append([
        .init(entry.lesion), .init(place), .init(Figures.millimeters(proposal.diameter)),
        .init(Figures.millimeters(proposal.nearestPleura)),
        .init(proposal.deepest.map(Figures.millimeters) ?? "unknown"),
        .init(ResectionWords.technique(proposal, in: plan), ResectionWords.colour(proposal.choice.technique)),
        .init(Figures.millimeters(proposal.standard.margin)), .init(takes(proposal)),
        .init(proposal.localisation.map { ResectionWords.mark($0.answer) } ?? "unknown"), verdict,
      ])
    }
    let left = plan.lesions.compactMap { entry in
      entry.why.map {
        style.paint(
          "  " + wrapped("\(entry.lesion) not planned: \(ReasonWords.text($0))", indent: "    "), .yellow)
      }
    }
    return ([table.text(style)] + left).joined(separator: "\n")
  }

  private func takes(_ proposal: ResectionProposal) -> String {
    guard proposal.choice.technique == .wedge, let volume = proposal.standard.wedge else { return "–" }
    return (proposal.basis == .stated ? "about " : "") + Figures.volume(volume)
  }

  private func verdict(_ entry: LesionResection) -> TextTable.Cell {
    let modality: Modality = entry.site == .liver ? .hepaticResection : .metastasectomy
    let isPlanned = entry.proposal != nil || plan.liver?.lesions.contains(entry.lesion) == true
    guard plan.modalities.contains(modality), isPlanned else { return .init("–") }
    let judged = dossier.assessment?.lesions.first { $0.lesion == entry.lesion }?.modalities.first {
      $0.modality == modality
    }
    return .init(
      judged.map { "\($0.verdict.word) \($0.roundedScore)" } ?? "no rules for this site",
      judged?.verdict.colour)
  }

  private func keys(_ path: KeyPath<FormulaSources, [String]>) -> String {
    let keys = dossier.careProtocol.resection?.formulas[keyPath: path] ?? []
    return "[\(keys.joined(separator: ", "))]"
  }

  // MARK: Liver

  private var liver: String {
    guard let liver = plan.liver else { return "" }
    var lines = [style.paint("Liver", .bold)]
    func add(_ text: String, _ colour: TextStyle.Colour? = nil) {
      let line = "  " + wrapped(text, indent: "    ")
      lines.append(colour.map { style.paint(line, $0) } ?? line)
    }
    add(
      "\(liver.lesions.joined(separator: ", ")) with \(Figures.millimeters(liver.margin)) around and the liver between that and the surface: \(Figures.volume(liver.healthy)) of liver beside \(Figures.volume(liver.tumour)) of tumour; the least, anatomical resections take more"
    )
    if let remnant = liver.remnantPercent {
      add(
        "what remains: \(liver.isExact ? "" : "at most ")\(Figures.number(remnant, digits: 1)) % of the tumour-free liver (contoured liver \(Figures.volume(liver.liver)))"
      )
      if case .known(.number(let told))? = dossier.statedRemnant {
        add("stated: \(Figures.plain(told)) %; the statement counts", .yellow)
      }
    } else {
      add("what remains is unknown: the liver may be cut off at the image's edge", .yellow)
    }
    if let standardised = liver.standardised, let percent = liver.standardisedPercent {
      add(
        "against the standardised liver of this body surface, \(Figures.volume(standardised)): \(Figures.number(percent, digits: 1)) % [\((dossier.careProtocol.resection?.liverVolume.sources ?? []).joined(separator: ", "))]"
      )
    } else if liver.standardised == nil {
      add("? body surface of an adult is not told: the standardised liver volume is unknown", .faint)
    }
    for (lesion, contact) in liver.contacts {
      add(
        "\(lesion): \(contact.structure) at \(Figures.millimeters(contact.distance)), nearer than the margin: an anatomical resection, or a smaller margin",
        .yellow)
    }
    for (lesion, why) in liver.left { add("\(lesion) not planned: \(ReasonWords.text(why))", .yellow) }
    return lines.joined(separator: "\n")
  }

  // MARK: The patient

  private var whole: String {
    var lines: [String] = []
    func add(_ text: String, _ colour: TextStyle.Colour? = nil) {
      let line = "  " + wrapped(text, indent: "    ")
      lines.append(colour.map { style.paint(line, $0) } ?? line)
    }
    switch plan.completeness {
    case .complete?:
      add(
        "the lungs are cleared: every lung metastasis that is listed has a resection",
        plan.elsewhere.isEmpty ? .green : nil)
    case .board?:
      add(
        "the lungs are cleared only by more than a lobe of one of them, or with a neighbour: for the board, or another therapy for some",
        .yellow)
    case .unknown?: add("completeness unknown: not every lung metastasis could be planned or placed", .yellow)
    case .incomplete?: add("incomplete: a malignant effusion", .red)
    case nil: break
    }
    if !plan.elsewhere.isEmpty {
      add(
        "outside the lungs, not cleared by this plan: \(plan.elsewhere.map(ReasonWords.text).joined(separator: ", "))",
        .yellow)
    }
    if plan.completeness != nil {
      add("completeness is the patient's: what surgery leaves, ablation or SBRT may clear")
    }
    if let group = plan.irlmGroup {
      add(
        "registry (IRLM) group \(group.numeral), by completeness, interval and number \(keys(\.registry))"
      )
    } else if plan.completeness != nil {
      add(
        "? registry (IRLM) group unknown: needs the clearance of all disease (extrathoracic_disease, primary_control), the disease-free interval and the number",
        .faint)
    }
    if let score = plan.thoracoscore {
      add(
        "Thoracoscore, information only: in-hospital death after a planned operation for malignant disease \(ResectionWords.percent(score.probability))\(ResectionWords.unknown(score.unknown)) \(keys(\.thoracoscore))"
      )
    }
    if let risk = plan.cardiacRisk {
      let (least, most) = risk.classes
      let name = least == most ? "class \(least.rawValue)" : "class \(least.rawValue) to \(most.rawValue)"
      let events = Set([risk.eventsPercent.lowerBound, risk.eventsPercent.upperBound]).sorted().map(
        Figures.plain)
      add(
        "cardiac risk (ThRCRI), information only: \(name), major events \(events.joined(separator: " to ")) %\(ResectionWords.unknown(risk.unknown))\(most == .c || most == .d ? "; class C or D asks for a cardiac work-up" : "") \(keys(\.cardiacRisk))"
      )
    }
    guard !lines.isEmpty else { return "" }
    return ([style.paint("The patient", .bold)] + lines).joined(separator: "\n")
  }

  private var notes: String {
    guard !plan.notes.isEmpty else { return "" }
    var lines = [style.paint("Beside the plan", .bold)]
    for topic in ResectionNote.Topic.allCases {
      let all = plan.notes.filter { $0.note.topic == topic }
      var open = all.filter { !$0.unknown.isEmpty }
      if topic == .survival, !open.isEmpty {
        // A series for each value a fact may have: once it is known, one of them.
        let facts = Set(open.flatMap(\.unknown)).sorted().map(\.title)
        lines.append(
          style.paint(
            "  "
              + wrapped("? \(topic.title): more once known: \(facts.joined(separator: ", "))", indent: "    "),
            .faint))
        open = []
      }
      for applied in all.filter(\.unknown.isEmpty) + open {
        let open =
          applied.unknown.isEmpty
          ? "" : " — if \(applied.unknown.map(\.title).joined(separator: ", ")), unknown"
        let line =
          "  "
          + wrapped(
            "\(applied.unknown.isEmpty ? "" : "? ")\(topic.title): \(applied.note.text)\(open) [\(applied.note.sources.joined(separator: ", "))]",
            indent: "    ")
        lines.append(applied.unknown.isEmpty ? line : style.paint(line, .faint))
      }
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Sources

  private var cited: Set<String> {
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

  private var closing: String {
    style.paint(
      wrapped(
        "Protocol \(dossier.careProtocol.name). \(notice)", indent: ""), .faint)
  }
}

extension Dossier {
  /// A future liver remnant that somebody stated.
  fileprivate var statedRemnant: FactValue.Knowledge? {
    guard case .number(let x)? = patientCase.patient.statements[.futureLiverRemnant]?.value else {
      return nil
    }
    return .known(.number(x))
  }
}
