// SPDX-License-Identifier: Apache-2.0
internal import Evidence
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary

/// Each side of a plan of resection by itself: what is taken, the lung function that remains, what the guideline algorithms ask.
struct ResectionStages {
  private let plan: ResectionPlan
  private let parameters: ResectionParameters?

  init(_ plan: ResectionPlan, _ parameters: ResectionParameters?) {
    self.plan = plan
    self.parameters = parameters
  }

  /// What a stage is called.
  static func title(_ stage: StageFunction) -> String {
    guard stage.sides.count == 1 else { return "Both lungs, one after the other" }
    return stage.sides[0] == .right ? "Right lung" : "Left lung"
  }

  /// Right, left, both; lesions whose side is unknown last.
  var sections: [ReportSection] {
    let stages = plan.stages.map { stage in
      let lobes = stage.sides.count == 1 ? plan.lobes.filter { $0.side == stage.sides[0] } : []
      return ReportSection(
        Self.title(stage), .detail, [.list(lobes.flatMap(lobe) + function(stage))])
    }
    let lost = plan.lobes.filter { $0.side == nil }
    return stages + [ReportSection("Side unknown", .detail, [.list(lost.flatMap(lobe))])]
  }

  // MARK: Lobes

  private func lobe(_ lobe: LobeResection) -> [ReportLine] {
    var text =
      "\(lobe.lobe?.abbreviation ?? "lobe unknown"): \(lobe.pieces.map(specimen).joined(separator: "; "))"
    if lobe.isLobeProposed { text += "; instead the lobe" }
    if let share = lobe.share, !lobe.isLobeProposed, let volume = lobe.volume {
      text += "; \(Figures.volume(volume)), \(Figures.number(share * 100, digits: 0)) % of the lobe"
    }
    return [ReportLine(text)]
      + lobe.remarks.map { ReportLine(ReasonWords.text($0), sign: .remark) }
      + [ReportLine("loses \(ResectionWords.segments(lobe.segments))", sign: .remark)]
  }

  private func specimen(_ piece: LobeResection.Piece) -> String {
    let about = isEstimated(piece) ? "about " : ""
    return
      "\(piece.technique.rawValue) for \(piece.lesions.joined(separator: ", "))\(piece.volume.map { " (\(about)\(Figures.volume($0)))" } ?? "")"
  }

  /// Whether a specimen's volume is not that of contours.
  private func isEstimated(_ piece: LobeResection.Piece) -> Bool {
    piece.technique == .segmentectomy
      || plan.lesions.contains { piece.lesions.contains($0.lesion) && $0.proposal?.basis != .contours }
  }

  // MARK: Function

  private func function(_ stage: StageFunction) -> [ReportLine] {
    var lines = [ReportLine("together \(ResectionWords.segments(stage.segments))")]
    if !stage.without.isEmpty {
      lines.append(
        ReportLine(
          "without \(stage.without.joined(separator: ", ")) (not planned, or side unknown): what that costs is not in it, so the worst is unknown",
          .question))
    }
    if !stage.toMark.isEmpty {
      lines.append(
        ReportLine(
          "a thoracoscopy would need marks for \(stage.toMark.joined(separator: ", ")); the alternative is an open operation"
        ))
    }
    switch stage.isReoperation {
    case true?: lines.append(ReportLine("operated on here before: expect adhesions", .caution))
    case nil:
      lines.append(
        ReportLine(
          "earlier operations on this side, and so adhesions, are not reported", .question, sign: .asks))
    case false?: break
    }
    lines += stage.remaining.map { method in
      let worst = method.method == .volume ? method.expected : method.worst
      return ReportLine(
        "left by \(method.method.title): \(ResectionWords.range(method.expected.map { $0 * 100 }, worst.map { $0 * 100 }, " %"))\(method.remark.map { "; \(ReasonWords.text($0))" } ?? "")"
      )
    }
    if !stage.remaining.contains(where: { $0.method == .perfusion }) {
      lines.append(
        ReportLine(
          "by perfusion: no perfusion scan is reported (perfusion_right_percent)", .question, sign: .asks))
    }
    lines.append(value("FEV1", stage.fev1, " % predicted", "fev1_percent_predicted"))
    lines.append(value("DLCO", stage.dlco, " % predicted", "dlco_percent_predicted"))
    lines.append(value("FEV1", stage.fev1Liters, " L", "fev1_l", digits: 2))
    if stage.left.worst == nil, stage.without.isEmpty, stage.segments.worst != nil {
      lines.append(
        ReportLine(
          "at worst a whole lung goes, or segments are lost already: what that leaves needs a perfusion scan",
          .caution))
    }
    if stage.isBelowLeastFEV1, let least = parameters?.function.leastFEV1 {
      lines.append(
        ReportLine(
          "FEV1 may fall below \(Figures.plain(least.value)) L: associated with chronic respiratory failure",
          .caution, sources: least.sources))
    }
    lines += stage.flows.flatMap(algorithm)
    if stage.sides.count > 1 {
      lines.append(
        ReportLine(
          "guideline algorithms are not applied: function is measured again before the second side"))
    } else if stage.flows.isEmpty {
      lines.append(
        ReportLine(
          "guideline algorithms are not applied: what is lost is not known well enough (a whole lung needs a perfusion scan)",
          .question, sign: .asks))
    }
    return lines
  }

  private func value(
    _ name: String, _ value: (expected: Double?, worst: Double?), _ unit: String, _ key: String,
    digits: Int = 0
  ) -> ReportLine {
    guard value.expected != nil || value.worst != nil else {
      return ReportLine(
        "\(name)\(unit) after it: unknown (\(key), and what is resected)", .question, sign: .asks)
    }
    return ReportLine(
      "\(name) after it: \(ResectionWords.range(value.expected, value.worst, unit, digits: digits))")
  }

  // MARK: Guideline algorithms

  private func algorithm(_ result: StageFunction.FlowResult) -> [ReportLine] {
    let caveat = result.flow.caveat.isEmpty ? "" : "; \(result.flow.caveat)"
    if let expected = result.expected, expected == result.worst {
      return [Self.line("\(result.flow.title): ", expected, caveat)]
    }
    var lines: [ReportLine] = []
    if let expected = result.expected {
      lines.append(Self.line("\(result.flow.title), as expected: ", expected, caveat))
    }
    if let worst = result.worst {
      lines.append(
        Self.line("\(result.flow.title), at worst: ", worst, lines.isEmpty ? caveat : ""))
    } else {
      lines.append(ReportLine("\(result.flow.title), at worst: unknown", .question))
    }
    return lines
  }

  private static func line(
    _ title: String, _ answer: ReserveFlow.Answer, _ caveat: String
  ) -> ReportLine {
    switch answer {
    case .risk(let risk, let text, let sources):
      ReportLine(
        "\(title)\(risk.rawValue) risk: \(text)\(caveat)", tone(answer), sources: sources)
    case .needs(let test, let facts):
      ReportLine(
        "\(title)next test: \(test)\(ResectionWords.unknown(facts.map(\.title)))\(caveat)", tone(answer))
    }
  }

  /// How an algorithm's answer is meant.
  static func tone(_ answer: ReserveFlow.Answer) -> ReportLine.Tone {
    switch answer {
    case .risk(.low, _, _): .good
    case .risk(.high, _, _): .bad
    default: .caution
    }
  }

  // MARK: Margin strategies

  /// The same lesions by other margin strategies: what each side loses.
  var variants: ReportSection {
    var lines = sides.isEmpty ? [] : [ReportLine("planned above: \(sides.joined(separator: ", "))")]
    lines += plan.variants.map { variant in
      let sides = Self.sides(variant, in: plan)
      let rest =
        variant.leftToOthers.isEmpty
        ? "" : "; ablation or SBRT: \(variant.leftToOthers.joined(separator: ", "))"
      return ReportLine(
        "\(variant.habit.title): \(sides.isEmpty ? "" : sides.joined(separator: ", ") + "; ")\(Self.words(variant.lobes))\(rest)"
      )
    }
    return ReportSection(
      "By other margin strategies and depths, in segments", .detail,
      plan.variants.isEmpty ? [] : [.list(lines)])
  }

  /// What the plan itself costs each side.
  var sides: [String] {
    plan.stages.filter { $0.sides.count == 1 }.compactMap {
      Self.side($0.sides[0], $0.segments, in: plan)
    }
  }

  private static func side(
    _ side: Side, _ segments: (expected: Double?, worst: Double?), in plan: ResectionPlan
  ) -> String? {
    if segments.expected == 0, segments.worst == 0 { return nil }
    guard plan.lobes.contains(where: { $0.side == side }) else { return nil }
    return "\(side.rawValue) \(ResectionWords.range(segments.expected, segments.worst, "", digits: 1))"
  }

  /// What a margin strategy costs each side: "right 1.6, at worst 4.0"; sides without lesions are left out.
  static func sides(_ variant: ResectionVariant, in plan: ResectionPlan) -> [String] {
    [side(.right, variant.right, in: plan), side(.left, variant.left, in: plan)].compactMap(\.self)
  }

  private static func words(_ lobes: [LobeResection]) -> String {
    lobes.map { lobe in
      let specimens = lobe.pieces.map { "\($0.technique.rawValue) \($0.lesions.joined(separator: "+"))" }
      return
        "\(lobe.lobe?.abbreviation ?? "lobe unknown"): \(lobe.isLobeProposed ? "the lobe" : specimens.joined(separator: ", "))"
    }.joined(separator: "; ")
  }
}
