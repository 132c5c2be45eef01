// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Cases
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary

/// What a plan of resection says of the patient: the liver that remains, completeness, registry group, scores, series beside.
struct ResectionPatient {
  private let dossier: Dossier
  private let plan: ResectionPlan

  init(_ dossier: Dossier, _ plan: ResectionPlan) {
    self.dossier = dossier
    self.plan = plan
  }

  /// The liver, then the patient; without blocks where there is nothing to say.
  var sections: [ReportSection] {
    [
      ReportSection("Liver", .detail, [.list(liver)]),
      ReportSection("The patient", .detail, [.list(completeness + scores)]),
    ]
  }

  private func keys(_ path: KeyPath<FormulaSources, [String]>) -> [String] {
    dossier.careProtocol.resection?.formulas[keyPath: path] ?? []
  }

  // MARK: Liver

  /// What remains of the liver: conclusion, then figures.
  var remnant: [ReportLine] {
    guard let liver = plan.liver else { return [] }
    guard let remnant = liver.remnantPercent else {
      return [
        ReportLine(
          "what remains is unknown: the liver may be cut off at the image's edge", .question)
      ]
    }
    var lines = [
      ReportLine(
        "what remains: \(liver.isExact ? "" : "at most ")\(Figures.number(remnant, digits: 1)) % of the tumour-free liver (contoured liver \(Figures.volume(liver.liver)))"
      )
    ]
    if case .number(let reported)? = dossier.patientCase.patient.statements[.futureLiverRemnant]?.value {
      lines.append(ReportLine("reported: \(Figures.plain(reported)) %, which counts", .caution))
    }
    return lines
  }

  private var liver: [ReportLine] {
    guard let liver = plan.liver else { return [] }
    var lines = [
      ReportLine(
        "\(liver.lesions.joined(separator: ", ")) with \(Figures.millimeters(liver.margin)) around and the liver between that and the surface: \(Figures.volume(liver.healthy)) of liver beside \(Figures.volume(liver.tumour)) of tumour; the least, anatomical resections take more"
      )
    ]
    lines += remnant
    if let standardised = liver.standardised, let percent = liver.standardisedPercent {
      lines.append(
        ReportLine(
          "compared with the standardised liver of this body surface, \(Figures.volume(standardised)): \(Figures.number(percent, digits: 1)) %",
          sources: dossier.careProtocol.resection?.liverVolume.sources ?? []))
    } else if liver.standardised == nil {
      lines.append(
        ReportLine(
          "body surface of an adult is not reported: the standardised liver volume is unknown", .question,
          sign: .asks))
    }
    lines += contacts
    lines += liver.left.map {
      ReportLine("\($0.lesion) not planned: \(ReasonWords.text($0.why))", .question)
    }
    return lines
  }

  /// Vessels and ducts nearer than the margin.
  var contacts: [ReportLine] {
    (plan.liver?.contacts ?? []).map { lesion, contact in
      ReportLine(
        "\(lesion): \(contact.structure) at \(Figures.millimeters(contact.distance)), nearer than the margin: an anatomical resection, or a smaller margin",
        .caution)
    }
  }

  // MARK: Completeness

  /// Whether the lungs are cleared, and what is left outside them.
  var completeness: [ReportLine] {
    var lines: [ReportLine] = []
    switch plan.completeness {
    case .complete?:
      lines.append(
        ReportLine(
          "the lungs are cleared: every lung metastasis that is listed has a resection",
          plan.elsewhere.isEmpty ? .good : .plain))
    case .board?:
      lines.append(
        ReportLine(
          "the lungs are cleared only by more than a lobe of one of them, or with a neighbour: for the board, or another therapy for some",
          .caution))
    case .unknown?:
      lines.append(
        ReportLine(
          "completeness unknown: not every lung metastasis could be planned or placed", .question))
    case .incomplete?: lines.append(ReportLine("incomplete: a malignant effusion", .bad))
    case nil: break
    }
    if !plan.elsewhere.isEmpty {
      lines.append(
        ReportLine(
          "outside the lungs, not cleared by this plan: \(plan.elsewhere.map(ReasonWords.text).joined(separator: ", "))",
          .caution))
    }
    return lines
  }

  private var scores: [ReportLine] {
    var lines: [ReportLine] = []
    if plan.completeness != nil {
      lines.append(
        ReportLine("completeness is the patient's: what surgery leaves, ablation or SBRT may clear"))
    }
    if let group = plan.irlmGroup {
      lines.append(
        ReportLine(
          "registry (IRLM) group \(group.numeral), by completeness, interval and number",
          sources: keys(\.registry)))
    } else if plan.completeness != nil {
      lines.append(
        ReportLine(
          "registry (IRLM) group unknown: needs the clearance of all disease (extrathoracic_disease, primary_control), the disease-free interval and the number",
          .question, sign: .asks))
    }
    if let score = plan.thoracoscore {
      lines.append(
        ReportLine(
          "Thoracoscore, information only: in-hospital death after a planned operation for malignant disease \(ResectionWords.percent(score.probability))\(ResectionWords.unknown(score.unknown))",
          sources: keys(\.thoracoscore)))
    }
    if let risk = plan.cardiacRisk {
      let (least, most) = risk.classes
      let name = least == most ? "class \(least.rawValue)" : "class \(least.rawValue) to \(most.rawValue)"
      let events = Set([risk.eventsPercent.lowerBound, risk.eventsPercent.upperBound]).sorted().map(
        Figures.plain)
      lines.append(
        ReportLine(
          "cardiac risk (ThRCRI), information only: \(name), major events \(events.joined(separator: " to ")) %\(ResectionWords.unknown(risk.unknown))\(most == .c || most == .d ? "; class C or D asks for a cardiac work-up" : "")",
          sources: keys(\.cardiacRisk)))
    }
    return lines
  }

  // MARK: Notes

  /// Selection and series that stand beside the plan.
  var notes: ReportSection {
    let lines = ResectionNote.Topic.allCases.flatMap { topic -> [ReportLine] in
      let all = plan.notes.filter { $0.note.topic == topic }
      let open = all.filter { !$0.unknown.isEmpty }
      let known = all.filter(\.unknown.isEmpty).map {
        ReportLine("\(topic.title): \($0.note.text)", sources: $0.note.sources)
      }
      guard topic == .survival, !open.isEmpty else {
        return known
          + open.map {
            ReportLine(
              "\($0.unknown.map(\.title).joined(separator: ", "))? If so, \(topic.title): \($0.note.text)",
              .question, sign: .asks, sources: $0.note.sources)
          }
      }
      // A series for each value a fact may have: once it is known, one of them.
      let facts = Set(open.flatMap(\.unknown)).sorted().map(\.title)
      return [
        ReportLine(
          "\(topic.title): more once known: \(facts.joined(separator: ", "))", .question, sign: .asks)
      ] + known
    }
    return ReportSection("Beside the plan", .detail, [.list(lines)])
  }
}
