internal import Anatomy
internal import Dosimetry
internal import Quantities
internal import Radiotherapy
internal import Reasons

extension SBRTText {
  /// What one lesion would get, and why.
  func lesion(_ proposal: SBRTProposal) -> String {
    let scheme = proposal.scheme
    var lines = LesionLines(proposal.lesion, scheme, proposal.choice, style)
    func add(_ text: String, _ colour: TextStyle.Colour? = nil) { lines.add(text, colour) }
    add(
      "prescribed to: \(scheme.prescribedTo); isodose \(Figures.plain(proposal.isodosePercent)) %"
        + (proposal.isodoseIsStated ? "" : ", assumed")
        + "; BED \(Figures.plain(proposal.bed.gray)) Gy, EQD2 \(Figures.plain(proposal.eqd2.gray)) Gy (α/β \(Figures.plain(proposal.bed.alphaBeta.gray)) Gy)"
        + (scheme.fractionation.exceedsLinearQuadraticRange
          ? "; over 10 Gy a fraction, outside the range in which the linear-quadratic model is validated"
          : ""))
    let target = proposal.target
    add(
      "target: \(ReasonWords.text(target.remarks))"
        + (target.sources.isEmpty ? "" : " [\(target.sources.joined(separator: ", "))]"))
    if let remarks = proposal.centrality?.remarks, !remarks.isEmpty {
      add("centre: " + ReasonWords.text(remarks))
    }
    if !proposal.compositeWith.isEmpty {
      add(
        "one composite plan with \(proposal.compositeWith.joined(separator: ", ")): R50 and gradient are not told apart in a real plan"
      )
    }
    add(
      "fall-off: R50 \(SBRTFigures.band(proposal.r50, digits: 1)), greatest dose at 2 cm \(SBRTFigures.band(proposal.d2cmPercent, digits: 0)) % of the prescription"
    )
    if let cost = proposal.lungCost {
      add(
        "alone it costs the lungs \(SBRTFigures.band(cost.mean, digits: 2)) Gy of mean dose and a V20 of \(SBRTFigures.band(cost.v20Percent, digits: 1)) %"
      )
    }
    for neighbour in proposal.neighbours where isTelling(neighbour) {
      add(
        neighbourWords(neighbour),
        SBRTFigures.colour(LimitCheck.decisive(neighbour.checks, of: plan.primarySet)?.outcome))
      // Of an organ in contact every limit is listed, also what only a plan can answer.
      guard neighbour.distance <= .zero else { continue }
      let decisive = LimitCheck.decisive(neighbour.checks, of: plan.primarySet)
      for check in neighbour.checks where check != decisive { add("  \(SBRTFigures.words(check))") }
    }
    lines.addOthers(of: proposal.choice)
    return lines.text
  }

  /// Near organs, and those whose limit is in question.
  private func isTelling(_ neighbour: NeighbourDose) -> Bool {
    let outcome = LimitCheck.decisive(neighbour.checks, of: plan.primarySet)?.outcome ?? .kept
    return neighbour.distance.millimeters <= 20 || outcome.rank > LimitCheck.Outcome.keptAsExpected.rank
  }

  private func neighbourWords(_ neighbour: NeighbourDose) -> String {
    var text =
      "\(neighbour.structure) at \(Figures.millimeters(neighbour.distance)): near-maximum \(SBRTFigures.band(neighbour.dose, digits: 1)) Gy"
    if let check = LimitCheck.decisive(neighbour.checks, of: plan.primarySet) {
      text += ", \(SBRTFigures.words(check))"
    } else {
      text += "; no limit of a near-maximum at this fraction count"
    }
    return text
  }

  /// A lesion without a target: what stated facts alone would choose; `nil` where they choose nothing.
  func lesion(_ unplanned: UnplannedLesion) -> String? {
    guard let choice = unplanned.choice, let scheme = choice.scheme else { return nil }
    var lines = LesionLines(unplanned.lesion, scheme, choice, style)
    lines.add(
      "no dose is estimated: \(ReasonWords.text(unplanned.why)); the prescription rests on what is reported",
      .yellow)
    lines.add("prescribed to: \(scheme.prescribedTo)")
    if let remarks = unplanned.centrality?.remarks, !remarks.isEmpty {
      lines.add("centre: " + ReasonWords.text(remarks))
    }
    lines.addOthers(of: choice)
    return lines.text
  }
}

/// The lines about one lesion: its prescription first, the others last.
private struct LesionLines {
  private var lines: [String]
  private let style: TextStyle

  init(_ lesion: String, _ scheme: PrescriptionScheme, _ choice: PrescriptionChoice, _ style: TextStyle) {
    self.style = style
    lines = [style.paint("Lesion \(lesion)", .bold) + ": \(scheme.words), \(scheme.id)"]
    let chosen = choice.candidates.first { $0.scheme == scheme }
    add(
      "chosen: \(chosen.map { ReasonWords.text($0.why) } ?? scheme.use) [\(scheme.sources.joined(separator: ", "))]"
    )
    if scheme.requiresBoard { add("! a board question in every case", .yellow) }
    if !choice.providedThat.isEmpty {
      add("* provided that: " + ReasonWords.text(choice.providedThat), .yellow)
    }
  }

  mutating func add(_ text: String, _ colour: TextStyle.Colour? = nil) {
    let line = "  " + wrapped(text, indent: "    ")
    lines.append(colour.map { style.paint(line, $0) } ?? line)
  }

  /// First choices that lost say most; options and what is forbidden stand in the JSON.
  mutating func addOthers(of choice: PrescriptionChoice) {
    let others = choice.candidates.filter { $0.standing != .chosen }
    for candidate in others.filter({ $0.scheme.role == .standard }).prefix(5) {
      add(
        "– \(candidate.scheme.words) (\(candidate.scheme.id)) \(candidate.standing.rawValue): \(ReasonWords.text(candidate.why))",
        .faint)
    }
    let permitted = others.filter { $0.standing == .permitted && $0.scheme.role == .optional }
    if !permitted.isEmpty {
      add(
        "– options beside: "
          + permitted.map { "\($0.scheme.words) (\($0.scheme.id))" }.joined(separator: ", "),
        .faint)
    }
  }

  var text: String { lines.joined(separator: "\n") }
}
