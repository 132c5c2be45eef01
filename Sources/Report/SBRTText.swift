internal import Anatomy
internal import Cases
internal import Dosimetry
internal import Eligibility
internal import Facts
public import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons
internal import Vocabulary

/// `plan --modality sbrt` for people: what each lesion would get, what all cost together, what earlier courses leave.
public struct SBRTText {
  private let dossier: Dossier
  let plan: SBRTPlan
  let style: TextStyle
  private let notice: String

  /// The text of a planned dossier; `nil` when it holds no plan.
  public init?(_ dossier: Dossier, notice: String, style: TextStyle = .plain) {
    guard let plan = dossier.sbrtPlan else { return nil }
    self.dossier = dossier
    self.plan = plan
    self.style = style
    self.notice = notice
  }

  /// The whole text, ending in a line break.
  public var text: String {
    let organs = SBRTOrganText(
      plan, touchedFrom: dossier.careProtocol.radiotherapy?.reirradiation.overlapGray ?? 0,
      day: dossier.request?.day.words ?? plan.day ?? "a day that is not known", style: style)
    let parts =
      [head, warnings, table, burden, organs.text, organs.earlier] + plan.proposals.map { lesion($0) }
      + plan.unplanned.compactMap { lesion($0) }
      + [SourceList(dossier.careProtocol.bibliography, cited, style: style).text, closing]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    let title = style.paint("SBRT for patient \(dossier.patientCase.patientID ?? "(no ID)")", .bold)
    let remarks = plan.remarks.map { "  " + wrapped("· " + ReasonWords.text($0), indent: "    ") }
    return ([title + ": an estimate from geometry, not dosimetry"] + remarks).joined(separator: "\n")
  }

  private var warnings: String { style.warnings(dossier.patientCase.warnings) }

  // MARK: Lesions

  private var table: String {
    var table = TextTable([
      "lesion", "where", "PTV", "prescription", "BED10", "RTOG / IASLC / HILUS", "SBRT with this plan",
    ])
    for lesion in dossier.patientCase.lesions {
      guard let proposal = plan.proposals.first(where: { $0.lesion == lesion.id }) else {
        guard let unplanned = plan.unplanned.first(where: { $0.lesion == lesion.id }) else { continue }
        guard let choice = unplanned.choice, let scheme = choice.scheme else {
          table.rows.append([
            .init(lesion.id), .init(place(lesion)), .init("–"),
            .init("none: \(ReasonWords.text(unplanned.why))", .yellow),
          ])
          continue
        }
        table.rows.append([
          .init(lesion.id), .init(place(lesion)), .init("–"),
          .init("\(scheme.words) as reported" + (choice.providedThat.isEmpty ? "" : "*")),
          .init(Figures.plain(scheme.fractionation.bed(unplanned.ratio).gray)),
          .init(centrality(unplanned.centrality)),
          .init("no dose: \(ReasonWords.text(unplanned.why))", .yellow),
        ])
        continue
      }
      let judged = dossier.assessment?.lesions.first { $0.lesion == lesion.id }?.modalities.first {
        $0.modality == .sbrt
      }
      table.rows.append([
        .init(lesion.id), .init(place(lesion)), .init(Figures.volume(proposal.target.solid.volume)),
        .init(
          proposal.scheme.words + " at \(Figures.plain(proposal.isodosePercent)) %"
            + (proposal.choice.providedThat.isEmpty ? "" : "*")),
        .init(Figures.plain(proposal.bed.gray)), .init(centrality(proposal.centrality)),
        .init(
          judged.map { "\($0.verdict.word) \($0.roundedScore)" } ?? "no rules for this site",
          judged?.verdict.colour),
      ])
    }
    var lines = [table.text(style)]
    let choices = plan.proposals.map(\.choice) + plan.unplanned.compactMap(\.choice)
    if choices.contains(where: { !$0.providedThat.isEmpty }) {
      lines.append("* on terms listed below: a deciding fact is unknown")
    }
    return lines.joined(separator: "\n")
  }

  private func place(_ lesion: Lesion) -> String {
    let site = dossier.assessment?.lesions.first { $0.lesion == lesion.id }?.site ?? lesion.site
    let around = dossier.measurements[lesion: lesion.id]?.surroundings
    let lobe = (lesion.lobe ?? around?.lobe)?.abbreviation ?? (lesion.side ?? around?.side)?.rawValue
    return ([site?.title ?? "site unknown"] + (lobe.map { [$0] } ?? [])).joined(separator: " ")
  }

  private func centrality(_ centrality: Centrality?) -> String {
    guard let centrality else { return "–" }
    func short(_ answer: Centrality.Answer) -> String {
      if case .known(let word) = answer { spacedWords(word) } else { "cannot classify" }
    }
    let ultra = centrality.ultracentral == .known("yes") ? ", ultracentral" : ""
    return [centrality.rtog, centrality.iaslc, centrality.hilus].map(short).joined(separator: " / ") + ultra
  }

  // MARK: Burden

  private var burden: String {
    guard !plan.proposals.isEmpty else { return "" }
    var lines = [style.paint("Burden", .bold)]
    func add(_ text: String) { lines.append("  " + wrapped(text, indent: "    ")) }
    let schemes = Dictionary(grouping: plan.proposals, by: \.scheme.words).sorted { $0.key < $1.key }
    add(
      "targets \(plan.proposals.count), \(Figures.volume(plan.targetVolume)) together; \(plan.visits) visits: "
        + schemes.map { "\($0.key) to \($0.value.map(\.lesion).joined(separator: ", "))" }.joined(
          separator: "; ")
        + (plan.groups.count > 1
          ? "; fraction counts differ, so totals are doses of equal effect in \(plan.fractions) fractions"
          : ""))
    if let lungs = plan.lungs {
      add(
        "lungs less GTV (\(Figures.volume(lungs.volume))): "
          + lungs.metrics.map { "\($0.name) \(SBRTFigures.band($0.value, digits: 1)) \($0.unit.rawValue)" }
          .joined(separator: ", "))
      if !plan.plainLungs.isEmpty {
        add(
          "the same with doses added in gray whatever their fractions: "
            + plan.plainLungs.map {
              "\($0.name) \(SBRTFigures.band($0.value, digits: 1)) \($0.unit.rawValue)"
            }
            .joined(separator: ", "))
      }
      let critical = lungs.checks.filter {
        if case .criticalVolumeDose = $0.limit.endpoint { $0.value != nil } else { false }
      }
      for check in critical { add("critical volume: \(SBRTFigures.words(check))") }
    } else {
      add("lungs: unknown, both must be contoured")
    }
    for cost in plan.lungCosts {
      add(
        "costs the lungs: \(cost.lesions.joined(separator: ", ")) mean \(SBRTFigures.band(cost.mean, digits: 2)) Gy, V20 alone \(SBRTFigures.band(cost.v20Percent, digits: 1)) %"
      )
    }
    if let subset = plan.subset { add(words(subset, "as expected")) }
    if let subset = plan.poorSubset { add(words(subset, "in a poor plan")) }
    if let risk = plan.pneumonitis {
      for reading in risk.readings {
        add(
          "pneumonitis grade 2 or more by \(reading.curve.metric.name): \(SBRTFigures.band(reading.percent, digits: 0)) % (a curve through two published points [\(reading.curve.sources.joined(separator: ", "))]\(reading.isContinued ? "; continued beyond its points of \(Figures.plain(reading.curve.points.lowerBound)) and \(Figures.plain(reading.curve.points.upperBound)) %, so hardly more than a direction" : ""))"
        )
      }
      // Of the thresholds of one series the highest that is reached says most.
      var told: Set<String> = []
      for reached in risk.thresholds.sorted(by: { $0.threshold.above > $1.threshold.above })
      where reached.outcome != .kept {
        let threshold = reached.threshold
        guard told.insert(threshold.name + threshold.sources.joined()).inserted else { continue }
        add(
          "\(threshold.name) \(SBRTFigures.band(reached.value, digits: 1)) \(threshold.unit) against \(Figures.plain(threshold.above)) \(threshold.unit): \(threshold.effect) (\(threshold.population)) [\(threshold.sources.joined(separator: ", "))]\(reached.outcome.flips ? "; the answer changes within the band" : "")"
        )
      }
    }
    return lines.joined(separator: "\n")
  }

  private func words(_ subset: FittingSubset, _ how: String) -> String {
    let all = subset.leftOut.isEmpty
    return "\(how) "
      + (all
        ? "all planned lesions fit together"
        : "the largest set that fits is \(subset.lesions.joined(separator: ", ")) without \(subset.leftOut.joined(separator: ", "))")
      + (subset.isProven ? "" : " (the search was cut short: a larger one may fit)")
      + " within " + ReasonWords.text(subset.limits)
  }

  // MARK: Sources

  private var cited: Set<String> {
    var cited: Set<String> =
      plan.proposals.isEmpty ? [] : Set(dossier.careProtocol.radiotherapy?.fallOffSources ?? [])
    for proposal in plan.proposals {
      cited.formUnion(proposal.scheme.sources + proposal.target.sources)
      cited.formUnion(
        proposal.neighbours.compactMap { LimitCheck.decisive($0.checks, of: plan.primarySet) }.flatMap(
          \.limit.sources))
    }
    cited.formUnion(plan.unplanned.compactMap(\.choice?.scheme).flatMap(\.sources))
    cited.formUnion(plan.organs.flatMap { $0.checks.filter { $0.outcome != .kept }.flatMap(\.limit.sources) })
    cited.formUnion(plan.cumulative.flatMap { $0.checks.flatMap(\.limit.sources) })
    cited.formUnion(plan.pneumonitis?.readings.flatMap(\.curve.sources) ?? [])
    return cited
  }

  private var closing: String {
    style.paint(
      wrapped(
        "Outcomes: kept or exceeded whichever plan; \"flips\" where a good and a poor plan differ. A limit is read only at fraction counts its source gives. Protocol \(dossier.careProtocol.name). \(notice)",
        indent: ""), .faint)
  }
}
