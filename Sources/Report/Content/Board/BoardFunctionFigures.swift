// SPDX-License-Identifier: Apache-2.0
internal import Facts
internal import Planning
internal import Resection
internal import Vocabulary

/// Drawings of lung function after resection: what each side leaves, and the guideline's algorithm as far as it leads.
struct BoardFunctionFigures {
  private let plan: ResectionPlan

  init(_ plan: ResectionPlan) { self.plan = plan }

  /// FEV1 and DLCO left after each stage.
  var function: ReportFigure {
    let bars = plan.stages.enumerated().flatMap { place, stage in
      [("FEV1", stage.fev1, "ppoFEV1Percent"), ("DLCO", stage.dlco, "ppoDLCOPercent")].compactMap {
        name, pair, key -> ReportFigure.LimitBar? in
        guard pair.expected != nil || pair.worst != nil else { return nil }
        return ReportFigure.LimitBar(
          title: "\(ResectionStages.title(stage)), \(name)",
          value: PlanFigure(
            pair.expected, pair.expected.map { Figures.number($0, digits: 0) } ?? "unknown",
            at: "resection#/burden/sides/\(place)/\(key)/expected"),
          low: pair.worst, high: pair.expected, limit: nil, unit: "% predicted",
          tone: pair.worst == nil ? .question : .plain, standing: "")
      }
    }
    return ReportFigure(
      "Lung function left, all resected that can be (predicted)", .ranges(bars),
      table: BoardDoseFigures.table(bars),
      note:
        "Bars as expected, whiskers to the worst that segments, volume or perfusion allow; a worst that is not known is not drawn."
    )
  }

  /// The first guideline's algorithm for each side, step by step as expected, with its end as expected and at worst.
  var walks: [ReportFigure] {
    plan.stages.compactMap { stage in
      guard let result = (stage.sides.count == 1 ? stage.flows : stage.together).first, !result.passed.isEmpty
      else { return nil }
      let steps =
        result.passed.map(Self.step)
        + [Self.end(result.expected, "as expected"), Self.end(result.worst, "at worst")]
      let again = stage.sides.count > 1 ? "Function is measured again before the second side." : ""
      return ReportFigure(
        "\(ResectionStages.title(stage)): \(result.flow.title), steps as expected", .walk(steps),
        table: ReportTable(
          [.init("step", width: 34), .init("known", width: 30), .init("answer", width: 30)],
          steps.map {
            [
              ReportTable.Cell($0.title, .strong), ReportTable.Cell($0.value),
              ReportTable.Cell($0.answer, $0.tone),
            ]
          }),
        note: [result.flow.caveat, again].filter { !$0.isEmpty }.joined(separator: " "))
    }
  }

  /// What is known of the facts that a step asks for, and which are not.
  private static func step(_ passed: ReserveFlow.Passed) -> ReportFigure.WalkStep {
    let known = zip(passed.known, passed.values).map { fact, value in "\(fact.title) \(words(value, fact))" }
    let missing = passed.unknown.map(\.title).joined(separator: ", ")
    return ReportFigure.WalkStep(
      title: passed.test, value: known.joined(separator: ", "),
      answer: missing.isEmpty ? "" : "not known: \(missing)",
      tone: known.isEmpty ? .question : .plain)
  }

  private static func end(_ answer: ReserveFlow.Answer?, _ when: String) -> ReportFigure.WalkStep {
    switch answer {
    case .risk(let risk, let text, _)?:
      let tone: ReportLine.Tone = risk == .low ? .good : (risk == .moderate ? .caution : .bad)
      return .init(
        title: "\(when): \(risk.rawValue) risk", value: "", answer: text, tone: tone,
        isEnd: true)
    case .needs(let test, let facts)?:
      return .init(
        title: "\(when): next test \(test)", value: "",
        answer: "not known: \(facts.map(\.title).joined(separator: ", "))", tone: .question,
        isEnd: true)
    case nil:
      return .init(title: "\(when): unknown", value: "", answer: "", tone: .question, isEnd: true)
    }
  }

  private static func words(_ value: FactValue, _ fact: Fact) -> String {
    let unit = fact.definition.unit
    let tail = unit.isEmpty ? "" : " \(unit)"
    switch value.knowledge {
    case .known(.number(let x)): return Figures.plain(x) + tail
    case .known(.word(let word)): return spacedWords(word)
    case .between(let low, let high): return "\(Figures.plain(low))–\(Figures.plain(high))\(tail)"
    case .unknown, .notApplicable: return "unknown"
    }
  }
}
