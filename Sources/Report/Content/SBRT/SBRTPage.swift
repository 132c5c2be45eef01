// SPDX-License-Identifier: Apache-2.0
internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// What a board reads first of an SBRT plan: the course, its burden, the limits it exceeds, what to obtain, the lesions.
struct SBRTPage {
  private let dossier: Dossier
  private let plan: SBRTPlan

  private let day: String

  /// - Parameter day: to which day intervals were counted, in words.
  init(_ dossier: Dossier, _ plan: SBRTPlan, day: String) {
    self.dossier = dossier
    self.plan = plan
    self.day = day
  }

  /// Limits that the page names; the rest is counted.
  private static let most = 5

  /// Whose plan it is and what it requires.
  var head: ReportSection {
    let (planned, all) = (plan.proposals.count, plan.proposals.count + plan.unplanned.count)
    let exceeded = exceeded.count
    var title = "SBRT for patient \(dossier.patientCase.patientID ?? "(no ID)"): "
    title += planned == 0 ? "no dose estimated" : "\(planned) of \(all) lesions, \(plan.visits) visits"
    if planned > 0 {
      title +=
        exceeded == 0
        ? kept : ", limits of \(exceeded) organ\(exceeded == 1 ? "" : "s") exceeded"
    }
    let basis = ReportLine(
      planned == 0
        ? "Without a target no dose is estimated; prescriptions rest on what is reported."
        : "Doses are estimated from geometry, not by dosimetry: as expected (lower–upper end of the plan-quality band)."
    )
    return ReportSection(title, .page, [.list([basis] + board)])
  }

  /// Where no limit is exceeded: whether all were asked, for an organ that is not contoured keeps none.
  private var kept: String {
    guard plan.organs.contains(where: { decisive($0) != nil }) else { return ", no limit could be asked" }
    let isWhole = SBRTOrgans(plan).notContoured.isEmpty && plan.organs.allSatisfy { decisive($0) != nil }
    return isWhole ? ", limits kept as expected" : ", limits kept as expected where asked"
  }

  /// Prescriptions that are never without the board, and fraction counts that do not go together.
  private var board: [ReportLine] {
    let asked =
      plan.proposals.filter(\.scheme.requiresBoard).map(\.lesion)
      + plan.unplanned.filter { $0.choice?.scheme?.requiresBoard == true }.map(\.lesion)
    var lines: [ReportLine] = []
    if !asked.isEmpty {
      lines.append(
        ReportLine(
          "The prescription of \(TherapyGroups.names(asked)) is a board question in every case.", .caution,
          sign: .conditions))
    }
    let pairs = plan.remarks.filter { $0.kind == .radiotherapy(.compositeCounts) }
    if let first = pairs.first {
      let words = pairs.map { remark in
        let own = remark.because.first?.names.joined(separator: ", ") ?? ""
        return "\(own) with \(remark.because.dropFirst().flatMap(\.names).joined(separator: ", "))"
      }
      lines.append(
        ReportLine(
          "Lesions within \(ReasonWords.tenths(first, 0)) cm of each other need one fraction count (--scheme fixes it): \(words.joined(separator: "; ")).",
          .caution, sign: .conditions))
    }
    return lines
  }

  /// The answers and the lesions.
  var sections: [ReportSection] {
    [
      ReportSection("", .page, [.answers(answers)]),
      ReportSection("", .page, [.table(SBRTTable(dossier, plan).table)]),
    ]
  }

  // MARK: Answers

  private var answers: [(label: String, lines: [ReportLine])] {
    [
      ("Course", course), ("Lungs", lungs), ("Limits", limits), ("Fit together", subsets),
      ("Pneumonitis", pneumonitis), ("Earlier dose", earlier), ("Obtain first", wanted),
      ("Granted", granted),
    ]
  }

  private var course: [ReportLine] {
    guard !plan.proposals.isEmpty else { return [] }
    let schemes = Dictionary(grouping: plan.proposals, by: \.scheme.words).sorted { $0.key < $1.key }
    let words = schemes.map { "\($0.key) to \(TherapyGroups.names($0.value.map(\.lesion)))" }
    return [
      ReportLine("\(words.joined(separator: "; ")); \(Figures.volume(plan.targetVolume)) of PTV together")
    ]
      + (plan.groups.count > 1
        ? [
          ReportLine(
            "Fraction counts differ: totals are doses of equal effect in \(plan.fractions) fractions.",
            .faint)
        ] : [])
  }

  private var lungs: [ReportLine] {
    guard !plan.proposals.isEmpty else { return [] }
    guard let lungs = plan.lungs else {
      let isAsked = plan.remarks.contains { $0.kind == .radiotherapy(.lungsNotContoured) }
      guard isAsked else { return [] }
      return [
        ReportLine("V20, V5 and mean dose unknown: both lungs must be contoured", .question)
      ]
    }
    let metrics = lungs.metrics.filter {
      switch $0.metric {
      case .mean: true
      case .volumeAtDose(let gray): gray == 20
      default: false
      }
    }
    let decides = decisive(lungs)
    let words =
      metrics.filter { $0.metric != decides?.limit.endpoint }.map(DoseWords.metric)
      + [decides.map { DoseWords.short(nil, $0) }].compactMap(\.self)
    return [ReportLine(words.joined(separator: "; "), DoseWords.tone(decides?.outcome))]
  }

  /// The limit that decides on an organ; that of optimal doses where none binds.
  private func decisive(_ organ: OrganDose) -> LimitCheck? { Self.decisive(organ, in: plan) }

  /// See `decisive(_:)`.
  static func decisive(_ organ: OrganDose, in plan: SBRTPlan) -> LimitCheck? {
    LimitCheck.decisive(organ.checks, of: plan.primarySet)
      ?? organ.checks.filter { $0.outcome != .unknown && !$0.limit.isAdvisory }
      .max { $0.outcome.rank < $1.outcome.rank }
  }

  private var exceeded: [(organ: OrganDose, check: LimitCheck)] {
    plan.organs.compactMap { organ in decisive(organ).map { (organ, $0) } }
      .filter { $0.1.outcome.rank >= LimitCheck.Outcome.exceededAsExpected.rank }
      .sorted { ($0.1.outcome.rank, $0.1.share ?? 0) > ($1.1.outcome.rank, $1.1.share ?? 0) }
  }

  /// Organs whose deciding limit is exceeded, the worst first; then those the band leaves open, and those without any.
  private var limits: [ReportLine] {
    guard !plan.proposals.isEmpty else { return [] }
    let exceeded = exceeded.filter { $0.organ.organ != .lungs }
    var lines = exceeded.prefix(Self.most).map {
      ReportLine(DoseWords.short($0.organ.organ.title, $0.check), .bad)
    }
    let rest = exceeded.dropFirst(Self.most).map(\.organ.organ.title)
    if !rest.isEmpty { lines.append(ReportLine("exceeded, too: \(rest.joined(separator: ", "))", .bad)) }
    func organs(_ outcome: LimitCheck.Outcome) -> [String] {
      plan.organs.filter { decisive($0)?.outcome == outcome }.map(\.organ.title)
    }
    let open = organs(.keptAsExpected)
    if !open.isEmpty {
      lines.append(
        ReportLine(
          "kept as expected, exceeded at the upper end of the band: \(open.joined(separator: ", "))",
          .caution))
    }
    let kept = organs(.kept)
    if !kept.isEmpty { lines.append(ReportLine("kept: \(kept.joined(separator: ", "))", .good)) }
    let without = plan.organs.filter { decisive($0) == nil }.map(\.organ.title)
    if !without.isEmpty {
      lines.append(
        ReportLine("no limit answered at \(plan.fractions) fractions: \(without.joined(separator: ", "))"))
    }
    return lines
  }

  private var subsets: [ReportLine] {
    let parts = [(plan.subset, "as expected"), (plan.poorSubset, "at the upper end")].compactMap {
      subset, how in subset.map { ($0, how) }
    }
    guard let limits = parts.first?.0.limits else { return [] }
    let words = parts.map { subset, how -> String in
      let unproven = subset.isProven ? "" : " (search cut short)"
      guard !subset.leftOut.isEmpty else { return "\(how) all planned lesions\(unproven)" }
      let kept = subset.lesions.isEmpty ? "none" : TherapyGroups.names(subset.lesions)
      return "\(how) \(kept), without \(TherapyGroups.names(subset.leftOut))\(unproven)"
    }
    return [
      ReportLine(
        words.joined(separator: "; "), parts.allSatisfy { $0.0.leftOut.isEmpty } ? .good : .caution),
      ReportLine("within " + ReasonWords.text(limits)),
    ]
  }

  private var pneumonitis: [ReportLine] {
    guard let reading = plan.pneumonitis?.readings.first else { return [] }
    return [
      ReportLine(
        "grade 2 or more \(DoseWords.band(reading.percent, "%", digits: 0)) by \(reading.curve.metric.name)"
          + (reading.isContinued
            ? "; beyond the doses that its curve was fitted to" : ""),
        .caution)
    ]
  }

  private var earlier: [ReportLine] {
    var lines = plan.reirradiation.map { course in
      ReportLine(
        DoseWords.course(course)
          + (course.isTooSoon == true
            ? "; sooner than the cumulative limits suppose: stop and review" : ""),
        course.isTooSoon == true || course.kind == .typeI ? .caution : .plain)
    }
    if plan.reirradiation.contains(where: { $0.months == nil }) {
      lines.append(ReportLine("intervals are counted to: \(day)", .question))
    }
    let count = lines.count
    let worst = plan.cumulative.compactMap { organ in
      organ.checks.filter { $0.outcome != .kept || $0.isWithinRange }
        .max { $0.outcome.rank < $1.outcome.rank }.map { (organ.organ, $0) }
    }.sorted { $0.1.outcome.rank > $1.1.outcome.rank }
    lines += worst.prefix(3).map {
      ReportLine("\($0.0.title) \(DoseWords.cumulative($0.1, isShort: true))", DoseWords.tone($0.1.outcome))
    }
    let rest = worst.dropFirst(3).map(\.0.title)
    if !rest.isEmpty {
      lines.append(ReportLine("cumulative limits in question, too: \(rest.joined(separator: ", "))", .bad))
    }
    if lines.count == count, plan.cumulative.contains(where: { !$0.checks.isEmpty }) {
      lines.append(ReportLine("every cumulative limit is kept", .good))
    }
    return lines
  }

  // MARK: What to obtain

  private var wanted: [ReportLine] {
    var lines: [ReportLine] = []
    let assumed = plan.proposals.filter { proposal in
      proposal.target.remarks.contains { $0.kind == .radiotherapy(.motionAssumed) }
    }
    if !assumed.isEmpty {
      lines.append(
        ReportLine(
          "4D CT: the motion of \(TherapyGroups.names(assumed.map(\.lesion))) is assumed", .question))
    }
    let missing = SBRTOrgans(plan).notContoured
    if !missing.isEmpty {
      lines.append(
        ReportLine("contour \(missing.map(\.title).joined(separator: ", ")): no limit is asked", .question))
    }
    return lines
      + (dossier.assessment.map {
        MissingFacts($0, of: [.sbrt], lesions: plan.proposals.map(\.lesion) + plan.unplanned.map(\.lesion))
          .lines
      } ?? [])
  }

  /// What prescriptions take for granted, and the technique where nobody gave one.
  private var granted: [ReportLine] {
    var words: [String] = []
    func add(_ reasons: [Reason]) {
      for text in reasons.map(ReasonWords.text) where !words.contains(text) { words.append(text) }
    }
    add(
      plan.proposals.flatMap(\.target.remarks).filter { $0.kind == .radiotherapy(.techniqueAssumed) })
    let schemes =
      plan.proposals.map { ($0.lesion, $0.choice) }
      + plan.unplanned.compactMap { entry in
        entry.choice.map { (entry.lesion, $0) }
      }
    for (lesion, choice) in schemes where choice.scheme != nil && !choice.providedThat.isEmpty {
      words.append("\(lesion): \(ReasonWords.text(choice.providedThat))")
    }
    return words.isEmpty ? [] : [ReportLine(words.joined(separator: "; "), .faint)]
  }
}
