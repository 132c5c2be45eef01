internal import Evidence
internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary

/// Each side of a plan of resection by itself: what is taken and what remains.
struct ResectionStageText {
  private let plan: ResectionPlan
  private let parameters: ResectionParameters?
  private let style: TextStyle

  init(_ plan: ResectionPlan, _ parameters: ResectionParameters?, style: TextStyle) {
    self.plan = plan
    self.parameters = parameters
    self.style = style
  }

  /// Right, left, both; lesions whose side is unknown last.
  var blocks: [String] {
    var blocks = plan.stages.map { stage in
      let title =
        stage.sides.count == 1
        ? (stage.sides[0] == .right ? "Right lung" : "Left lung") : "Both lungs, one after the other"
      var lines = [style.paint(title, .bold)]
      if stage.sides.count == 1 {
        lines += plan.lobes.filter { $0.side == stage.sides[0] }.flatMap(lobe)
      }
      lines += function(stage)
      return lines.joined(separator: "\n")
    }
    let lost = plan.lobes.filter { $0.side == nil }
    if !lost.isEmpty {
      blocks.append(([style.paint("Side unknown", .bold)] + lost.flatMap(lobe)).joined(separator: "\n"))
    }
    return blocks
  }

  /// The same lesions by other margin strategies: what each side costs.
  var variants: String {
    guard !plan.variants.isEmpty else { return "" }
    let standard = plan.stages.filter { $0.sides.count == 1 }
    func side(_ side: Side, _ segments: (expected: Double?, worst: Double?)) -> String? {
      segments.expected == 0 && segments.worst == 0
        ? nil
        : plan.lobes.contains { $0.side == side }
          ? "\(side.rawValue) \(ResectionWords.range(segments.expected, segments.worst, "", digits: 1))" : nil
    }
    func words(_ lobes: [LobeResection]) -> String {
      lobes.map { lobe in
        let pieces = lobe.pieces.map { "\($0.technique.rawValue) \($0.lesions.joined(separator: "+"))" }
        return
          "\(lobe.lobe?.abbreviation ?? "lobe unknown"): \(lobe.isLobeProposed ? "the lobe" : pieces.joined(separator: ", "))"
      }.joined(separator: "; ")
    }
    var lines = [style.paint("By other margin strategies and depths, in segments", .bold)]
    let own = standard.compactMap { stage in side(stage.sides[0], stage.segments) }
    if !own.isEmpty { lines.append(line("planned above: \(own.joined(separator: ", "))")) }
    for variant in plan.variants {
      let sides = [side(.right, variant.right), side(.left, variant.left)].compactMap(\.self)
      let rest =
        variant.leftToOthers.isEmpty
        ? "" : "; ablation or SBRT: \(variant.leftToOthers.joined(separator: ", "))"
      lines.append(
        line(
          "\(variant.habit.title): \(sides.isEmpty ? "" : sides.joined(separator: ", ") + " — ")\(words(variant.lobes))\(rest)"
        ))
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ text: String, _ colour: TextStyle.Colour? = nil) -> String {
    let line = "  " + wrapped(text, indent: "    ")
    return colour.map { style.paint(line, $0) } ?? line
  }

  private func lobe(_ lobe: LobeResection) -> [String] {
    let name = lobe.lobe?.abbreviation ?? "lobe unknown"
    var lines: [String] = []
    let pieces = lobe.pieces.map { piece in
      "\(piece.technique.rawValue) for \(piece.lesions.joined(separator: ", "))\(piece.volume.map { " (\(estimated(piece) ? "about " : "")\(Figures.volume($0)))" } ?? "")"
    }
    var text = "\(name): \(pieces.joined(separator: "; "))"
    if lobe.isLobeProposed { text += "; instead the lobe" }
    if let share = lobe.share, !lobe.isLobeProposed, let volume = lobe.volume {
      text += "; \(Figures.volume(volume)), \(Figures.number(share * 100, digits: 0)) % of the lobe"
    }
    lines.append(line(text))
    lines += lobe.remarks.map { line("– \(ReasonWords.text($0))") }
    lines.append(line("– costs \(ResectionWords.segments(lobe.segments))"))
    return lines
  }

  /// Whether a piece's volume is not that of contours.
  private func estimated(_ piece: LobeResection.Piece) -> Bool {
    piece.technique == .segmentectomy
      || plan.lesions.contains { piece.lesions.contains($0.lesion) && $0.proposal?.basis != .contours }
  }

  private func function(_ stage: StageFunction) -> [String] {
    var lines = [line("together \(ResectionWords.segments(stage.segments))")]
    if !stage.without.isEmpty {
      lines.append(
        line(
          "without \(stage.without.joined(separator: ", ")) (not planned, or side unknown): what that costs is not in it, so the worst is unknown",
          .yellow))
    }
    if !stage.toMark.isEmpty {
      lines.append(
        line(
          "a thoracoscopy would need marks for \(stage.toMark.joined(separator: ", ")); an open operation is the other way"
        ))
    }
    switch stage.isReoperation {
    case true?: lines.append(line("operated on here before: expect adhesions", .yellow))
    case nil: lines.append(line("? earlier operations on this side, and so adhesions, are not told", .faint))
    case false?: break
    }
    for method in stage.remaining {
      lines.append(
        line(
          "left by \(method.method.title): \(method.method == .volume ? ResectionWords.range(method.expected.map { $0 * 100 }, method.expected.map { $0 * 100 }, " %") : ResectionWords.range(method.expected.map { $0 * 100 }, method.worst.map { $0 * 100 }, " %"))\(method.remark.map { "; \(ReasonWords.text($0))" } ?? "")"
        ))
    }
    if !stage.remaining.contains(where: { $0.method == .perfusion }) {
      lines.append(line("? by perfusion: no perfusion scan is told (perfusion_right_percent)", .faint))
    }
    lines.append(value("FEV1", stage.fev1, " % predicted", "fev1_percent_predicted"))
    lines.append(value("DLCO", stage.dlco, " % predicted", "dlco_percent_predicted"))
    lines.append(value("FEV1", stage.fev1Liters, " L", "fev1_l", digits: 2))
    if stage.left.worst == nil, stage.without.isEmpty, stage.segments.worst != nil {
      lines.append(
        line(
          "at worst a whole lung goes, or segments are lost already: what that leaves needs a perfusion scan",
          .yellow))
    }
    if stage.isBelowLeastFEV1, let least = parameters?.function.leastFEV1 {
      lines.append(
        line(
          "FEV1 may fall below \(Figures.plain(least.value)) L: associated with chronic respiratory failure [\(least.sources.joined(separator: ", "))]",
          .yellow))
    }
    for result in stage.flows { lines += flow(result) }
    if stage.sides.count > 1 {
      lines.append(
        line("not walked through the guidelines: function is measured again before the second side"))
    } else if stage.flows.isEmpty {
      lines.append(
        line(
          "? not walked through the guidelines: what is lost is not known well enough (a whole lung needs a perfusion scan)",
          .faint))
    }
    return lines
  }

  private func value(
    _ name: String, _ value: (expected: Double?, worst: Double?), _ unit: String, _ key: String,
    digits: Int = 0
  ) -> String {
    guard value.expected != nil || value.worst != nil else {
      return line("? \(name)\(unit) after it: unknown (\(key), and what is resected)", .faint)
    }
    return line(
      "\(name) after it: \(ResectionWords.range(value.expected, value.worst, unit, digits: digits))")
  }

  private func flow(_ result: StageFunction.FlowResult) -> [String] {
    func words(_ answer: ReserveFlow.Answer) -> String {
      switch answer {
      case .risk(let risk, let text, let sources):
        "\(risk.rawValue) risk: \(text) [\(sources.joined(separator: ", "))]"
      case .needs(let test, let facts):
        "next test: \(test)\(facts.isEmpty ? "" : " (unknown: \(facts.map(\.title).joined(separator: ", ")))")"
      }
    }
    func colour(_ answer: ReserveFlow.Answer) -> TextStyle.Colour? {
      switch answer {
      case .risk(.low, _, _): .green
      case .risk(.high, _, _): .red
      default: .yellow
      }
    }
    let caveat = result.flow.caveat.isEmpty ? "" : " — \(result.flow.caveat)"
    if let expected = result.expected, expected == result.worst {
      return [line("\(result.flow.title): \(words(expected))\(caveat)", colour(expected))]
    }
    var lines: [String] = []
    if let expected = result.expected {
      lines.append(
        line("\(result.flow.title), as expected: \(words(expected))\(caveat)", colour(expected)))
    }
    if let worst = result.worst {
      lines.append(
        line("\(result.flow.title), at worst: \(words(worst))\(lines.isEmpty ? caveat : "")", colour(worst)))
    } else {
      lines.append(line("\(result.flow.title), at worst: unknown", .yellow))
    }
    return lines
  }
}

/// Words of plans of resection.
enum ResectionWords {
  static func technique(_ proposal: ResectionProposal, in plan: ResectionPlan) -> String {
    let drawn = proposal.choice.isDeepWedge ? "deep wedge" : proposal.choice.technique.rawValue
    let own = proposal.choice.question == nil ? drawn : "\(drawn) or more (board)"
    guard let home = plan.lobes.first(where: { $0.lesions.contains(proposal.lesion) }),
      let piece = home.pieces.first(where: { $0.lesions.contains(proposal.lesion) })
    else { return own }
    if proposal.choice.technique == .extended { return "extended (board)" }
    if home.isForBoard { return drawn == "lobectomy" ? "lobectomy (board)" : "\(own) → lobe (board)" }
    if home.isLobeProposed { return "\(own) → lobe" }
    if piece.technique > proposal.choice.technique { return "\(own) → with the lobe" }
    if piece.lesions.count > 1 {
      return "\(own) with \(piece.lesions.filter { $0 != proposal.lesion }.joined(separator: ", "))"
    }
    return own
  }

  static func colour(_ technique: ResectionTechnique) -> TextStyle.Colour? {
    switch technique {
    case .wedge: .green
    case .segmentectomy: nil
    case .lobectomy: .yellow
    case .extended: .red
    }
  }

  static func mark(_ answer: Localisation.Answer) -> String {
    switch answer {
    case .advised: "advised"
    case .notNeeded: "not needed"
    case .unknown: "unknown"
    }
  }

  static func range(_ expected: Double?, _ worst: Double?, _ unit: String, digits: Int = 0) -> String {
    func text(_ x: Double) -> String { Figures.number(x, digits: digits) }
    return switch (expected, worst) {
    case (let a?, let b?) where text(a) == text(b): "\(text(a))\(unit)"
    case (let a?, let b?): "\(text(a))\(unit), at worst \(text(b))\(unit)"
    case (let a?, nil): "\(text(a))\(unit), at worst unknown"
    case (nil, let b?): "unknown, at worst \(text(b))\(unit)"
    case (nil, nil): "unknown"
    }
  }

  static func segments(_ segments: (expected: Double?, worst: Double?)) -> String {
    "\(range(segments.expected, segments.worst, "", digits: 1)) segments' worth"
  }

  static func percent(_ range: ClosedRange<Double>) -> String {
    let low = Figures.number(range.lowerBound * 100, digits: 1)
    let high = Figures.number(range.upperBound * 100, digits: 1)
    return low == high ? "\(low) %" : "\(low) to \(high) %"
  }

  static func unknown(_ names: [String]) -> String {
    names.isEmpty ? "" : " (unknown: \(names.joined(separator: ", ")))"
  }
}
