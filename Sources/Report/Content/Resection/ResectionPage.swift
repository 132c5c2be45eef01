// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary

/// What a board reads first of a plan of resection: what each side loses and keeps, completeness, what to obtain, the lesions.
struct ResectionPage {
  private let dossier: Dossier
  private let plan: ResectionPlan

  init(_ dossier: Dossier, _ plan: ResectionPlan) {
    self.dossier = dossier
    self.plan = plan
  }

  /// Whose plan it is, and what the board must decide.
  var head: ReportSection {
    let what = plan.modalities.map(\.title).joined(separator: ", ")
    let planned = plan.lesions.filter(isPlanned).count
    let title =
      "Resection for patient \(dossier.patientCase.patientID ?? "(no ID)"): \(planned) of \(plan.lesions.count) lesions planned"
    let asked = plan.lesions.filter { entry in
      guard let proposal = entry.proposal else { return false }
      let isLobeAsked = plan.lobes.contains { $0.isForBoard && $0.lesions.contains(entry.lesion) }
      return proposal.choice.question != nil || proposal.choice.technique == .extended || isLobeAsked
    }.map(\.lesion)
    return ReportSection(
      title, .page,
      [
        .list(
          [ReportLine(what)]
            + (asked.isEmpty
              ? []
              : [
                ReportLine(
                  "For the board: the extent of the resection of \(TherapyGroups.names(asked)).", .caution,
                  sign: .conditions)
              ]))
      ])
  }

  /// The answers and the lesions.
  var sections: [ReportSection] {
    [
      ReportSection("", .page, [.answers(answers)]),
      ReportSection("", .page, [.table(table)]),
    ]
  }

  private func isPlanned(_ entry: LesionResection) -> Bool {
    entry.proposal != nil || plan.liver?.lesions.contains(entry.lesion) == true
  }

  // MARK: Answers

  private var answers: [(label: String, lines: [ReportLine])] {
    let patient = ResectionPatient(dossier, plan)
    return plan.stages.map { (Self.label($0), stage($0)) } + [
      ("Side unknown", plan.lobes.filter { $0.side == nil }.map { ReportLine(Self.words($0)) }),
      ("Liver", patient.remnant + patient.contacts), ("Completeness", patient.completeness),
      ("Not planned", notPlanned), ("Segments lost", variants), ("Obtain first", wanted),
    ]
  }

  private static func label(_ stage: StageFunction) -> String {
    stage.sides.count == 1 ? ResectionStages.title(stage) : "Both lungs"
  }

  /// What goes, what that leaves, and what the guideline algorithms say of it.
  private func stage(_ stage: StageFunction) -> [ReportLine] {
    var lines: [ReportLine] = []
    let lobes = stage.sides.count == 1 ? plan.lobes.filter { $0.side == stage.sides[0] } : []
    let lost = "\(ResectionWords.segments(stage.segments)) lost"
    lines.append(
      ReportLine(
        (lobes.isEmpty ? "" : lobes.map(Self.words).joined(separator: "; ") + ": ") + lost,
        lobes.contains(where: \.isForBoard) ? .caution : .plain))
    func left(_ name: String, _ value: (expected: Double?, worst: Double?)) -> String {
      value.expected == nil && value.worst == nil
        ? "\(name) unknown" : "\(name) \(ResectionWords.range(value.expected, value.worst, " %"))"
    }
    lines.append(
      ReportLine("left of predicted: \(left("FEV1", stage.fev1)); \(left("DLCO", stage.dlco))"))
    lines += algorithms(stage)
    if !stage.toMark.isEmpty {
      lines.append(ReportLine("mark for thoracoscopy: \(TherapyGroups.names(stage.toMark))"))
    }
    if stage.isReoperation == true {
      lines.append(ReportLine("operated on here before: expect adhesions", .caution))
    }
    return lines
  }

  /// "RUL the lobe for L1, L2".
  private static func words(_ lobe: LobeResection) -> String {
    let name = lobe.lobe?.abbreviation ?? "lobe unknown"
    if lobe.isLobeProposed { return "\(name) the lobe for \(TherapyGroups.names(lobe.lesions))" }
    let specimens = lobe.pieces.map {
      "\($0.technique.rawValue) for \(TherapyGroups.names($0.lesions))"
    }
    return "\(name) \(specimens.joined(separator: ", "))"
  }

  /// The next test where one is asked, else the risk; the worst answer decides.
  private func algorithms(_ stage: StageFunction) -> [ReportLine] {
    guard stage.sides.count == 1 else {
      return [ReportLine("measure lung function again before the second side")]
    }
    guard !stage.flows.isEmpty else {
      return [
        ReportLine(
          "guideline algorithms are not applied: what is lost is not known well enough", .question)
      ]
    }
    let words = stage.flows.compactMap { result -> String? in
      func words(_ answer: ReserveFlow.Answer) -> String {
        switch answer {
        case .risk(let risk, _, _): "\(risk.rawValue) risk"
        case .needs(let test, _): "next test \(test)"
        }
      }
      guard let expected = result.expected else {
        return result.worst.map { "\(result.flow.title) at worst \(words($0))" }
      }
      let worst = result.worst.map { $0 == expected ? "" : ", at worst \(words($0))" } ?? ", at worst unknown"
      return "\(result.flow.title) \(words(expected))\(worst)"
    }
    let answers = stage.flows.flatMap { [$0.expected, $0.worst].compactMap(\.self) }
    let tones = answers.map(ResectionStages.tone)
    return [
      ReportLine(
        words.joined(separator: "; "),
        // What is not known at worst is no good news.
        tones.contains(.bad)
          ? .bad
          : tones.contains(.caution) || stage.flows.contains { $0.expected == nil || $0.worst == nil }
            ? .caution : .good)
    ]
  }

  private var notPlanned: [ReportLine] {
    plan.lesions.compactMap { entry in
      entry.why.map { ReportLine("\(entry.lesion): \(ReasonWords.text($0))", .question) }
    }
  }

  /// What each side loses as planned and by other margin strategies.
  private var variants: [ReportLine] {
    guard !plan.variants.isEmpty else { return [] }
    func line(_ title: String, _ sides: [String], _ rest: String = "") -> ReportLine {
      ReportLine("\(title): \(sides.isEmpty ? "none" : sides.joined(separator: "; "))\(rest)")
    }
    return [line("as planned", ResectionStages(plan, nil).sides)]
      + plan.variants.map { variant in
        line(
          variant.habit.title, ResectionStages.sides(variant, in: plan),
          variant.leftToOthers.isEmpty
            ? "" : "; ablation or SBRT for \(TherapyGroups.names(variant.leftToOthers))")
      }
  }

  // MARK: What to obtain

  private var wanted: [ReportLine] {
    var lines: [ReportLine] = []
    var tests: [String] = []
    for result in plan.stages.flatMap(\.flows) {
      for case .needs(let test, _)? in [result.expected, result.worst] where !tests.contains(test) {
        tests.append(test)
      }
    }
    let needsPerfusion = plan.stages.contains { stage in
      !stage.remaining.contains { $0.method == .perfusion }
        && (stage.flows.isEmpty || stage.left.worst == nil) && stage.sides.count == 1
    }
    if needsPerfusion { tests.append("perfusion scan") }
    if !tests.isEmpty { lines.append(ReportLine(tests.joined(separator: ", "), .question)) }
    return lines
      + (dossier.assessment.map {
        MissingFacts($0, of: plan.modalities, lesions: plan.lesions.map(\.lesion)).lines
      } ?? [])
  }

  // MARK: Table

  private var table: ReportTable {
    ReportTable(
      [
        .init("lesion", width: 7), .init("size, place", width: 11), .init("depth, mm", width: 11),
        .init("resection", width: 22), .init("margin", width: 8), .init("marking", width: 10),
        .init("verdict", width: 19),
      ],
      plan.lesions.compactMap(row),
      legend:
        "depth: of the nearest edge from the pleura, and of the inner edge. → what it becomes with the other lesions of its lobe. ✓ eligible, ! conditional and on what, ? a decisive fact is missing, ✗ not possible; score 0–100; * on what is taken for granted."
    )
  }

  private func row(_ entry: LesionResection) -> [ReportTable.Cell]? {
    guard let lesion = dossier.patientCase.lesions.first(where: { $0.id == entry.lesion }) else { return nil }
    let measured = dossier.measurements[lesion: lesion.id]
    let place = LesionWords.place(lesion, measured, site: entry.site)
    guard let proposal = entry.proposal else {
      let isLiver = plan.liver?.lesions.contains(entry.lesion) == true
      return [
        .init(entry.lesion, .strong), .init("\(LesionWords.size(lesion, measured))\n\(place)"), .init("–"),
        .init(isLiver ? "with margin" : "not planned", isLiver ? .plain : .question),
        .init(isLiver ? (plan.liver.map { Figures.millimeters($0.margin) } ?? "") : ""), .init(""),
        verdict(entry),
      ]
    }
    let nearest = Figures.number(proposal.nearestPleura.millimeters, digits: 1)
    let deepest = proposal.deepest.map { Figures.number($0.millimeters, digits: 1) } ?? "unknown"
    return [
      .init(entry.lesion, .strong), .init("\(Figures.millimeters(proposal.diameter))\n\(place)"),
      .init("\(nearest)–\(deepest)"),
      .init(
        ResectionWords.technique(proposal, in: plan) + specimen(proposal),
        ResectionWords.tone(proposal.choice.technique)),
      .init(Figures.millimeters(proposal.standard.margin)),
      .init(proposal.localisation.map { ResectionWords.mark($0.answer) } ?? "unknown"), verdict(entry),
    ]
  }

  /// The volume of a wedge.
  private func specimen(_ proposal: ResectionProposal) -> String {
    guard proposal.choice.technique == .wedge, let volume = proposal.standard.wedge else { return "" }
    return "\n" + (proposal.basis == .stated ? "about " : "") + Figures.volume(volume)
  }

  private func verdict(_ entry: LesionResection) -> ReportTable.Cell {
    let modality: Modality = entry.site == .liver ? .hepaticResection : .metastasectomy
    guard plan.modalities.contains(modality), isPlanned(entry) else { return .init("–") }
    return VerdictCell.cell(
      dossier.assessment?.lesions.first { $0.lesion == entry.lesion }?.modalities.first {
        $0.modality == modality
      })
  }
}
