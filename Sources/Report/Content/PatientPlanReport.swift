// SPDX-License-Identifier: Apache-2.0
internal import Cases
internal import Eligibility
internal import Facts
public import Planning
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// `plan` for people: the page a board signs, then the reasons, what would change the plan, and the bibliography.
public struct PatientPlanReport {
  private let dossier: Dossier
  let plan: PatientPlan
  private let notice: String

  /// The report of a planned dossier; `nil` when it holds no plan of the patient.
  ///
  /// - Parameter notice: what the report is not, said once at its end.
  public init?(_ dossier: Dossier, notice: String) {
    guard let plan = dossier.patientPlan else { return nil }
    self.dossier = dossier
    self.plan = plan
    self.notice = notice
  }

  /// The report.
  public var document: ReportDocument {
    let warnings = WarningLines(dossier.patientCase.warnings)
    let page = PatientPlanPage(dossier, plan)
    return ReportDocument(
      [head, warnings.page, locks] + page.sections + [sessions, costs, page.alternatives, page.whyNot]
        + [warnings.rest, requirements, standing, limits] + reasons
        + [robustness, flips, wishes, alternatives] + impossible
        + [refused, SourceLines(dossier.careProtocol.bibliography, plan.cited).section, closing])
  }

  func section(
    _ heading: String, _ depth: ReportSection.Depth, _ lines: [ReportLine], of lesion: String? = nil
  ) -> ReportSection { ReportSection(heading, depth, [.list(lines)], of: lesion) }

  private var head: ReportSection {
    let weeks = plan.patient.weeks.map { " in \($0) weeks" } ?? ""
    let title =
      "Plan for patient \(dossier.patientCase.patientID ?? "(no ID)"): \(plan.patient.advice.title)\(weeks)"
    let findings = plan.patient.findings.filter { ($0.advice ?? .treat) != .treat }.map {
      ReportLine(ReasonWords.text($0.reason), sign: .conditions, sources: $0.sources)
    }
    let provided = plan.patient.providedThat.map {
      ReportLine("provided that: " + ReasonWords.text($0), sign: .provided)
    }
    let state = [ReportLine("oligometastatic state: \(plan.patient.oligometastatic.text)")]
    return section(
      title, .page,
      state + findings + provided + plan.remarks.map { ReportLine(ReasonWords.text($0), sign: .remark) })
  }

  private var requirements: ReportSection {
    section(
      "Required", .detail, plan.patient.requires.map { ReportLine($0.text, sources: $0.sources) })
  }

  private var locks: ReportSection {
    section(
      "Decided beforehand", .page,
      plan.locks.map { lock in
        ReportLine(
          "\(lock.lesion): \(lock.kind == .fix ? "" : "not ")\(lock.choices.joined(separator: " or ")), because: \(lock.reason)"
        )
      })
  }

  private var sessions: ReportSection {
    section(
      "In this order (operations first, of two lungs the one with the larger metastasis: a convention)",
      .page,
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
        words += "; week \(session.startWeek)"
        if let weeks = session.weeksAfter { words += "; not before \(weeks) weeks after the one before" }
        if !session.before.isEmpty {
          words += (session.isIntraoperative ? "; " : "; first: ") + ReasonWords.text(session.before)
        }
        return ReportLine(words, sources: session.sources)
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
    let days = "\(burden.hospitalDays) day\(burden.hospitalDays == 1 ? "" : "s") in hospital"
    let punctures =
      "\(least(.punctures))\(burden.punctures) puncture\(burden.punctures == 1 ? "" : "s")"
    let weeks = "\(burden.weeks) week\(burden.weeks == 1 ? "" : "s") until all is done and recovered from"
    return [visits, anaesthetics, days, punctures, dose, segments, weeks].joined(separator: ", ")
  }

  /// The burden as a whole, in the protocol's points.
  static func points(_ burden: PlanBurden) -> String {
    let assumed =
      burden.assumedPoints > 0
      ? ", \(Figures.plain(burden.assumedPoints)) of them assumed for what is not known" : ""
    return "\(Figures.plain(burden.points)) points of burden\(assumed)"
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
    if standing.board > 0 {
      words.append(count(standing.board, "question for the board", "questions for the board"))
    }
    if standing.outside > 0 {
      words.append(
        count(
          standing.outside, "lesion treated by less than its first therapy",
          "lesions treated by less than their first therapy"))
    }
    words.append(count(standing.conditions, "open condition", "open conditions"))
    words.append(count(standing.cautions, "caution", "cautions"))
    words.append(
      count(standing.acceptables, "concern short of favourable", "concerns short of favourable"))
    return words.joined(separator: ", ")
  }

  private var costs: ReportSection {
    let best = plan.recommended
    return section(
      "What it costs", .page,
      [ReportLine(Self.costs(best.burden)), ReportLine(Self.points(best.burden))]
        + best.burden.unknown.map {
          ReportLine("not known, and not in it: \(ReasonWords.text($0.reason))", .caution, sign: .conditions)
        })
  }

  private var standing: ReportSection {
    section(
      "How it stands", .detail,
      [
        ReportLine(Self.standing(plan.recommended.standing)),
        ReportLine("proof: \(plan.recommended.proof.words)"),
        ReportLine(
          "plans are ordered by these in turn: lesions without acceptable treatment, lesions without any, questions for the board, lesions treated by less than their first therapy and those that no evidence tells from it, burden, other open conditions, cautions, concerns short of favourable, scores; weights of burden are heuristics of the protocol and a site's to change"
        ),
      ])
  }

  private var limits: ReportSection {
    section(
      "Limits of the patient", .detail,
      plan.recommended.limits.map { limit in
        let value = limit.value.map { value -> String in
          let middle = value.expected.map(Figures.plain) ?? "unknown"
          return "\(middle) (\(Figures.plain(value.low))–\(value.high.map(Figures.plain) ?? "?"))"
        }
        let bound = limit.bound.map { " against \(Figures.plain($0))" } ?? ""
        return ReportLine(
          "\(limit.name): \(value ?? "unknown") \(limit.unit)\(bound): \(ReasonWords.text(limit.standing))",
          sources: limit.sources)
      })
  }

  private var reasons: [ReportSection] {
    plan.recommended.assignments.map { assignment in
      let findings = (assignment.judgement?.findings ?? []).filter {
        $0.effect == .conditions || $0.effect == .excludes || ($0.effect == .lowers && $0.grade == .caution)
          || ([.sbrtCumulative, .earlierDoseHere].contains($0.fact) && $0.effect != .unknown)
      }
      let provided = ((assignment.judgement?.providedThat ?? []) + assignment.provisos).map(ReasonWords.text)
      let remarks = (assignment.proposal + assignment.reasons.map(\.reason)).map(ReasonWords.text)
      return section(
        "\(assignment.lesion): \(Self.what(assignment))", .detail,
        remarks.map { ReportLine($0, sign: .remark) } + findings.map(Self.line)
          + (provided.isEmpty
            ? [] : [ReportLine("provided that: " + provided.joined(separator: "; "), sign: .provided)]),
        of: assignment.lesion)
    }
  }

  private static func line(_ finding: Finding) -> ReportLine {
    let obtain =
      finding.effect == .silenced
      ? "" : finding.condition?.request.map { "; obtain: \(ReasonWords.text($0))" } ?? ""
    return ReportLine(
      "\(ReasonWords.text(finding.reason))\(dose(finding))\(obtain)",
      sign: finding.effect == .conditions ? .conditions : .lowers, sources: finding.sources)
  }

  /// The dose of earlier courses in a finding about it.
  private static func dose(_ finding: Finding) -> String {
    guard finding.fact == .earlierDoseHere, case .known(.number(let gray)) = finding.value.knowledge else {
      return ""
    }
    return " (\(Figures.plain(gray)) \(finding.fact.definition.unit))"
  }

  private var alternatives: ReportSection {
    section(
      "Alternatives (♦: nothing that was found leaves as few lesions and is lighter in every measure)",
      .detail,
      plan.alternatives.map { variant in
        let groups = Dictionary(grouping: variant.assignments, by: Self.what).map { what, own in
          "\(what) \(own.map(\.lesion).joined(separator: ", "))"
        }.sorted()
        var words = "\(variant.isOnFront ? "♦ " : "")\(variant.title): " + groups.joined(separator: "; ")
        words += ". \(Self.standing(variant.standing)); \(Self.costs(variant.burden))."
        words +=
          variant.won.isEmpty
          ? " For it: nothing" : " For it: " + variant.won.map(ReasonWords.text).joined(separator: ", ")
        words +=
          variant.lost.isEmpty
          ? "; against it: nothing."
          : "; against it: " + variant.lost.map(ReasonWords.text).joined(separator: ", ") + "."
        let open = variant.limits.filter(\.isOpen).map {
          "\($0.name): \(ReasonWords.text($0.standing))"
        }
        if !open.isEmpty { words += " Limits to mind: \(open.joined(separator: "; "))." }
        if !variant.burden.unknown.isEmpty {
          words +=
            " Not known: \(variant.burden.unknown.map { ReasonWords.text($0.reason) }.joined(separator: ", "))."
        }
        if variant.proof != .optimal { words += " (\(variant.proof.words))" }
        return ReportLine(words)
      })
  }

  private var impossible: [ReportSection] {
    plan.impossible.map { kind in
      section(
        "All \(kind.family.title) cannot be had", .detail,
        kind.reasons.map { ReportLine(ReasonWords.text($0), sign: .remark) })
    }
  }

  private var refused: ReportSection {
    section(
      "Not offered", .detail,
      plan.refused.map {
        ReportLine(
          "\($0.lesion) \($0.choice.title): \(ReasonWords.text($0.reason))", sources: $0.reason.sources)
      })
  }

  private var closing: ReportSection {
    let effort = plan.effort
    return ReportSection(
      "", .page,
      [
        .paragraph(
          ReportLine(
            "\(effort.programmes) programmes solved, \(effort.evaluations) sets proposed anew. Reference day \(dossier.request?.day.words ?? "unknown"). Protocol \(dossier.careProtocol.name). \(notice)",
            .faint))
      ])
  }

  static func what(_ assignment: PlanAssignment) -> String {
    if assignment.choice.modality == .sbrt, let scheme = assignment.scheme { return "SBRT " + scheme.words }
    return assignment.choice.title
  }
}
