// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Dosimetry
internal import Facts
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// Each lesion of an SBRT plan in full: prescription and why, target, fall-off, neighbours, the schemes that lost.
struct SBRTLesions {
  private let plan: SBRTPlan

  init(_ plan: SBRTPlan) { self.plan = plan }

  /// One section a lesion with a prescription: those with a dose, then those without.
  var sections: [ReportSection] {
    plan.proposals.map(section) + plan.unplanned.compactMap(section)
  }

  private func section(_ proposal: SBRTProposal) -> ReportSection {
    Self.section(
      proposal.lesion, proposal.scheme, proposal.choice,
      [prescription(proposal), target(proposal)] + centre(proposal.centrality) + composite(proposal)
        + fallOff(proposal) + proposal.neighbours.filter(isTelling).flatMap(neighbour))
  }

  /// `nil` where reported facts choose nothing.
  private func section(_ unplanned: UnplannedLesion) -> ReportSection? {
    guard let choice = unplanned.choice, let scheme = choice.scheme else { return nil }
    return Self.section(
      unplanned.lesion, scheme, choice,
      [
        ReportLine(
          "no dose is estimated: \(ReasonWords.text(unplanned.why)); the prescription rests on what is reported",
          .question),
        ReportLine("prescribed to: \(scheme.prescribedTo)"),
      ] + centre(unplanned.centrality))
  }

  // MARK: Prescription

  private static func section(
    _ lesion: String, _ scheme: PrescriptionScheme, _ choice: PrescriptionChoice, _ lines: [ReportLine]
  ) -> ReportSection {
    let chosen = choice.candidates.first { $0.scheme == scheme }
    var first = [
      ReportLine(
        "chosen: \(chosen.map { ReasonWords.text($0.why) } ?? scheme.use)", sources: scheme.sources)
    ]
    if scheme.requiresBoard {
      first.append(ReportLine("a board question in every case", .caution, sign: .conditions))
    }
    if !choice.providedThat.isEmpty {
      first.append(
        ReportLine(
          "provided that: " + ReasonWords.text(choice.providedThat), .caution, sign: .provided))
    }
    return ReportSection(
      "Lesion \(lesion): \(scheme.words), \(scheme.id)", .detail,
      [.list(first + lines + others(choice))], of: lesion)
  }

  /// First choices that lost say most; options and what is forbidden stand in the JSON.
  private static func others(_ choice: PrescriptionChoice) -> [ReportLine] {
    let others = choice.candidates.filter { $0.standing != .chosen }
    var lines = others.filter { $0.scheme.role == .standard }.prefix(5).map { candidate in
      ReportLine(
        "\(candidate.scheme.words) (\(candidate.scheme.id)) \(candidate.standing.rawValue): \(ReasonWords.text(candidate.why))",
        .faint, sign: .lowers)
    }
    let permitted = others.filter { $0.standing == .permitted && $0.scheme.role == .optional }
    if !permitted.isEmpty {
      let words = permitted.map { "\($0.scheme.words) (\($0.scheme.id))" }
      lines.append(
        ReportLine("options beside: " + words.joined(separator: ", "), .faint, sign: .lowers))
    }
    return lines
  }

  private func prescription(_ proposal: SBRTProposal) -> ReportLine {
    let scheme = proposal.scheme
    let isodose =
      "isodose \(Figures.plain(proposal.isodosePercent)) %\(proposal.isodoseIsStated ? "" : ", assumed")"
    let effect =
      "BED \(Figures.plain(proposal.bed.gray)) Gy, EQD2 \(Figures.plain(proposal.eqd2.gray)) Gy (α/β \(Figures.plain(proposal.bed.alphaBeta.gray)) Gy)"
    let range =
      scheme.fractionation.exceedsLinearQuadraticRange
      ? "; over 10 Gy a fraction, outside the range in which the linear-quadratic model is validated" : ""
    return ReportLine("prescribed to: \(scheme.prescribedTo); \(isodose); \(effect)\(range)")
  }

  // MARK: Target

  private func target(_ proposal: SBRTProposal) -> ReportLine {
    ReportLine(
      "target \(Figures.volume(proposal.target.solid.volume)): \(ReasonWords.text(proposal.target.remarks))",
      sources: proposal.target.sources)
  }

  private func centre(_ centrality: Centrality?) -> [ReportLine] {
    guard let centrality else { return [] }
    func words(_ answer: Centrality.Answer) -> String {
      switch answer {
      case .known(let word): spacedWords(word)
      case .cannotClassify(let missing):
        "cannot be classified (not contoured: \(missing.joined(separator: ", ")))"
      }
    }
    let answers = [
      ("RTOG", centrality.rtog), ("IASLC", centrality.iaslc), ("HILUS", centrality.hilus),
      ("ultracentral", centrality.ultracentral),
    ].map { "\($0) \(words($1))" }
    return [ReportLine("centrality: " + answers.joined(separator: "; "))]
      + (centrality.remarks.isEmpty
        ? [] : [ReportLine(ReasonWords.text(centrality.remarks), sign: .remark)])
  }

  private func composite(_ proposal: SBRTProposal) -> [ReportLine] {
    guard !proposal.compositeWith.isEmpty else { return [] }
    return [
      ReportLine(
        "one composite plan with \(proposal.compositeWith.joined(separator: ", ")): R50 and gradient cannot be separated in a real plan"
      )
    ]
  }

  private func fallOff(_ proposal: SBRTProposal) -> [ReportLine] {
    var lines = [
      ReportLine(
        "fall-off: R50 \(DoseWords.band(proposal.r50, "")), greatest dose at 2 cm \(DoseWords.band(proposal.d2cmPercent, "%", digits: 0)) of the prescription"
      )
    ]
    if let cost = proposal.lungCost {
      lines.append(
        ReportLine(
          "lung dose by it alone: mean \(DoseWords.band(cost.mean, "Gy", digits: 2)), V20 \(DoseWords.band(cost.v20Percent, "%"))"
        ))
    }
    return lines
  }

  // MARK: Neighbours

  /// Near organs, and those whose limit is in question.
  private func isTelling(_ neighbour: NeighbourDose) -> Bool {
    let outcome = LimitCheck.decisive(neighbour.checks, of: plan.primarySet)?.outcome ?? .kept
    return neighbour.distance.millimeters <= 20 || outcome.rank > LimitCheck.Outcome.keptAsExpected.rank
  }

  private func neighbour(_ neighbour: NeighbourDose) -> [ReportLine] {
    let decisive = LimitCheck.decisive(neighbour.checks, of: plan.primarySet)
    let head =
      "\(neighbour.structure) at \(Figures.millimeters(neighbour.distance)): near-maximum \(DoseWords.band(neighbour.dose, "Gy"))"
    let first = ReportLine(
      head
        + (decisive.map { " \(DoseWords.comparison($0, namesEndpoint: true))" }
          ?? "; no limit of a near-maximum at this fraction count"),
      DoseWords.tone(decisive?.outcome))
    // Of an organ in contact every limit is listed, also what only a plan can answer.
    guard neighbour.distance <= .zero else { return [first] }
    return [first]
      + neighbour.checks.filter { $0 != decisive }.map {
        ReportLine(
          "\(neighbour.structure) \(DoseWords.comparison($0, namesEndpoint: true))",
          DoseWords.tone($0.outcome))
      }
  }
}
