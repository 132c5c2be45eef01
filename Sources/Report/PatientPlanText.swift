internal import Cases
internal import Eligibility
public import Planning
internal import Radiotherapy
internal import Vocabulary

/// `plan` for people: the patient as a whole, the alternatives, and what would change the plan.
public struct PatientPlanText {
  private let dossier: Dossier
  let plan: PatientPlan
  let style: TextStyle
  private let notice: String

  /// The text of a planned dossier; `nil` when it holds no plan of the patient.
  public init?(_ dossier: Dossier, notice: String, style: TextStyle = .plain) {
    guard let plan = dossier.patientPlan else { return nil }
    self.dossier = dossier
    self.plan = plan
    self.style = style
    self.notice = notice
  }

  /// The whole text, ending in a line break.
  public var text: String {
    let parts = [
      head, style.warnings(dossier.patientCase.warnings), locks, table(plan.recommended), sessions, costs,
      limits, reasons, robustness, flips, wishes, alternatives, impossible, refused,
      SourceList(dossier.careProtocol.bibliography, plan.cited, style: style).text, closing,
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  func block(_ title: String, _ lines: [String]) -> String {
    guard !lines.isEmpty else { return "" }
    return ([style.paint(title, .bold)] + lines.map { "  " + wrapped($0, indent: "    ") }).joined(
      separator: "\n")
  }

  private static func cited(_ text: String, _ sources: [String]) -> String {
    sources.isEmpty ? text : text + " [\(sources.joined(separator: ", "))]"
  }

  private var head: String {
    let weeks = plan.patient.weeks.map { " in \($0) weeks" } ?? ""
    let title =
      "Plan for patient \(dossier.patientCase.patientID ?? "(no ID)"): \(plan.patient.advice.title)\(weeks)"
    let findings = plan.patient.findings.filter { ($0.advice ?? .treat) != .treat }.map {
      Self.cited("- " + $0.text, $0.sources)
    }
    let provided = plan.patient.providedThat.map { "* provided that: " + $0 }
    let requires = plan.patient.requires.map { Self.cited("requires: " + $0.text, $0.sources) }
    let state = ["oligometastatic state: \(plan.patient.oligometastatic.text)"]
    return block(title, state + findings + provided + requires + plan.remarks.map { "· " + $0 })
  }

  private var locks: String {
    block(
      "Decided beforehand",
      plan.locks.map { lock in
        "\(lock.lesion): \(lock.kind == .fix ? "" : "not ")\(lock.choices.joined(separator: " or ")), because: \(lock.reason)"
      })
  }

  private func table(_ variant: PlanVariant) -> String {
    var table = TextTable(["lesion", "where", "what", "verdict", "no meaningful difference"])
    for assignment in variant.assignments {
      table.rows.append([
        .init(assignment.lesion), .init(place(assignment)), .init(what(assignment)),
        .init(
          assignment.judgement.map { "\($0.verdict.word) \($0.roundedScore)\(marks(assignment))" } ?? "–",
          assignment.judgement?.verdict.colour),
        .init(
          assignment.alike.map(\.title).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            .joined(separator: ", ")),
      ])
    }
    return table.text(style)
      + "\n* something is taken for granted, ? a decisive fact is unknown, or nothing could be planned\nproof: "
      + variant.proof.words
  }

  private func marks(_ assignment: PlanAssignment) -> String {
    guard let judgement = assignment.judgement else { return "" }
    let isPlanned =
      [.chemoembolization, .radioembolization, .hepaticResection].contains(assignment.choice.modality)
      || !assignment.proposal.isEmpty
    let isOpen = !isPlanned || judgement.missing.contains { $0.need == .decisive }
    let isProvided = !judgement.providedThat.isEmpty || !assignment.provisos.isEmpty
    return (isProvided ? " *" : "") + (isOpen ? " ?" : "")
  }

  private func place(_ assignment: PlanAssignment) -> String {
    let lesion = dossier.patientCase.lesions.first { $0.id == assignment.lesion }
    let lobe = lesion?.lobe ?? dossier.measurements[lesion: assignment.lesion]?.surroundings?.lobe
    return [assignment.site?.title ?? "site unknown", lobe?.abbreviation ?? assignment.side?.rawValue]
      .compactMap(\.self).joined(separator: " ")
  }

  private func what(_ assignment: PlanAssignment) -> String {
    if assignment.choice.modality == .sbrt, let scheme = assignment.scheme { return "SBRT " + scheme.words }
    return assignment.choice.title
  }

  private var sessions: String {
    block(
      "In this order (operations first, of two lungs the one with the larger metastasis: a convention)",
      plan.recommended.sessions.enumerated().map { number, session in
        var words = "\(number + 1). \(session.modality.title)"
        if let side = session.side { words += ", \(side.rawValue) lung" }
        words += ": " + session.lesions.joined(separator: ", ")
        if session.modality == .sbrt {
          words += session.visits.map { ", \($0) visits" } ?? ", visits unknown"
        }
        if let punctures = session.punctures {
          words += ", \(punctures) puncture\(punctures == 1 ? "" : "s")"
        }
        if let weeks = session.weeksAfter { words += "; not before \(weeks) weeks after the one before" }
        if !session.before.isEmpty { words += "; first: " + session.before.joined(separator: "; ") }
        return Self.cited(words, session.sources)
      })
  }

  /// What a plan costs; a figure that something is missing in is the least it can be.
  static func costs(_ burden: PlanBurden) -> String {
    func least(_ measure: PlanMeasure) -> String { burden.isWhole(measure) ? "" : "at least " }
    let visits = "\(least(.visits))\(burden.visits) visit\(burden.visits == 1 ? "" : "s")"
    let anaesthetics =
      "\(burden.anaesthetics) anaesthetic\(burden.anaesthetics == 1 ? "" : "s") or sedation\(burden.anaesthetics == 1 ? "" : "s")"
    let dose =
      burden.lungDoseGray == 0 && !burden.isWhole(.lungDose)
      ? "mean lung dose unknown"
      : "mean lung dose \(least(.lungDose))\(Figures.plain(burden.lungDoseGray)) Gy (estimated)"
    let segments =
      burden.segments == 0 && !burden.isWhole(.segments)
      ? "segments of lung unknown" : "\(least(.segments))\(Figures.plain(burden.segments)) segments of lung"
    return [visits, anaesthetics, dose, segments].joined(separator: ", ")
  }

  static func standing(_ standing: PlanStanding) -> String {
    func count(_ count: Int, _ one: String, _ more: String) -> String {
      "\(count) \(count == 1 ? one : more)"
    }
    var words: [String] = []
    if standing.withoutAcceptable > 0 {
      words.append(
        count(
          standing.withoutAcceptable, "lesion without acceptable treatment",
          "lesions without acceptable treatment"))
    }
    if standing.untreated > 0 {
      words.append(
        count(standing.untreated, "lesion without any treatment", "lesions without any treatment"))
    }
    words.append(count(standing.conditions, "open condition", "open conditions"))
    words.append(count(standing.cautions, "caution", "cautions"))
    words.append(
      count(standing.acceptables, "concern short of favourable", "concerns short of favourable"))
    return words.joined(separator: ", ")
  }

  private var costs: String {
    let best = plan.recommended
    return block(
      "How it stands and what it costs",
      [Self.standing(best.standing), Self.costs(best.burden)]
        + best.burden.unknown.map { "not known, and not in it: \($0.words)" }
        + [
          "plans are ordered by these in turn: lesions without acceptable treatment, lesions without any, open conditions, cautions, concerns short of favourable, then burden, then scores"
        ])
  }

  private var limits: String {
    block(
      "Limits of the patient",
      plan.recommended.limits.map { limit in
        let value = limit.value.map { value -> String in
          let middle = value.expected.map(Figures.plain) ?? "unknown"
          return "\(middle) (\(Figures.plain(value.low))–\(value.high.map(Figures.plain) ?? "?"))"
        }
        let bound = limit.bound.map { " against \(Figures.plain($0))" } ?? ""
        return Self.cited(
          "\(limit.name): \(value ?? "unknown") \(limit.unit)\(bound): \(limit.standing)", limit.sources)
      })
  }

  private var reasons: String {
    plan.recommended.assignments.map { assignment in
      let findings = (assignment.judgement?.findings ?? []).filter {
        $0.effect == .conditions || $0.effect == .excludes || ($0.effect == .lowers && $0.grade == .caution)
          || ([.sbrtCumulative, .earlierDoseHere].contains($0.fact) && $0.effect != .unknown)
      }
      let provided = (assignment.judgement?.providedThat ?? []) + assignment.provisos
      return block(
        "\(assignment.lesion): \(what(assignment))",
        assignment.proposal.map { "· " + $0 } + assignment.why.map { "· " + $0 }
          + findings.map { finding in
            let sign = finding.effect == .conditions ? "!" : "-"
            let isSilenced = finding.effect == .silenced
            let obtain = isSilenced ? "" : finding.obtain.map { "; obtain: \($0)" } ?? ""
            return Self.cited("\(sign) \(finding.text)\(Self.dose(finding))\(obtain)", finding.sources)
          } + (provided.isEmpty ? [] : ["* provided that: " + provided.joined(separator: "; ")]))
    }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The dose of earlier courses in a finding about it.
  private static func dose(_ finding: Finding) -> String {
    guard finding.fact == .earlierDoseHere, case .known(.number(let gray)) = finding.value.knowledge else {
      return ""
    }
    return " (\(Figures.plain(gray)) \(finding.fact.definition.unit))"
  }

  private var alternatives: String {
    block(
      "Alternatives (♦ on the front: nothing that was found is as suitable and as light)",
      plan.alternatives.map { variant in
        let groups = Dictionary(grouping: variant.assignments, by: what).map { what, own in
          "\(what) \(own.map(\.lesion).joined(separator: ", "))"
        }.sorted()
        var words = "\(variant.isOnFront ? "♦ " : "")\(variant.title): " + groups.joined(separator: "; ")
        words += ". \(Self.standing(variant.standing)); \(Self.costs(variant.burden))."
        words +=
          variant.won.isEmpty ? " For it: nothing" : " For it: " + variant.won.joined(separator: ", ")
        words +=
          variant.lost.isEmpty
          ? "; against it: nothing." : "; against it: " + variant.lost.joined(separator: ", ") + "."
        let open = variant.limits.filter(\.isOpen).map {
          "\($0.name): \($0.standing)"
        }
        if !open.isEmpty { words += " Limits to mind: \(open.joined(separator: "; "))." }
        if !variant.burden.unknown.isEmpty {
          words += " Not known: \(variant.burden.unknown.map(\.words).joined(separator: ", "))."
        }
        if variant.proof != .optimal { words += " (\(variant.proof.words))" }
        return words
      })
  }

  private var impossible: String {
    plan.impossible.map { kind in
      block("All \(kind.family.title) cannot be had", kind.reasons.map { "· " + $0 })
    }.joined(separator: "\n")
  }

  private var refused: String {
    block(
      "Not offered",
      plan.refused.map { Self.cited("\($0.lesion) \($0.choice.title): \($0.why)", $0.sources) })
  }

  private var closing: String {
    let effort = plan.effort
    let last =
      "\(effort.programmes) programmes solved, \(effort.evaluations) sets proposed anew. Reference day \(dossier.request?.day.words ?? "unknown"). Protocol \(dossier.careProtocol.name). \(notice)"
    return wrapped(last, indent: "")
  }
}
