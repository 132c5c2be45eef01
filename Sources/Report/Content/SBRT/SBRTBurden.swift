// SPDX-License-Identifier: Apache-2.0
internal import Dosimetry
internal import Planning
internal import Quantities
internal import Radiotherapy
internal import Reasons

/// What a planned course costs the lungs, in full: metrics, dose by lesion, what fits together, pneumonitis.
struct SBRTBurden {
  private let plan: SBRTPlan

  init(_ plan: SBRTPlan) { self.plan = plan }

  /// Without blocks where nothing is planned.
  var section: ReportSection {
    ReportSection(
      "Burden", .detail,
      plan.proposals.isEmpty ? [] : [.list(course + lungs + costs + subsets + risk)])
  }

  private var course: [ReportLine] {
    let schemes = Dictionary(grouping: plan.proposals, by: \.scheme.words).sorted { $0.key < $1.key }
    let words = schemes.map { "\($0.key) to \($0.value.map(\.lesion).joined(separator: ", "))" }
    return [
      ReportLine(
        "targets \(plan.proposals.count), \(Figures.volume(plan.targetVolume)) together; \(plan.visits) visits: "
          + words.joined(separator: "; ")
          + (plan.groups.count > 1
            ? "; fraction counts differ, so totals are doses of equal effect in \(plan.fractions) fractions"
            : ""))
    ]
  }

  private var lungs: [ReportLine] {
    guard let lungs = plan.lungs else {
      return [ReportLine("lungs: unknown, both must be contoured", .question)]
    }
    var lines = [
      ReportLine("lungs less GTV (\(Figures.volume(lungs.volume))): \(DoseWords.metrics(lungs.metrics))")
    ]
    if !plan.plainLungs.isEmpty {
      lines.append(
        ReportLine(
          "the same with doses added in Gy whatever their fractions: \(DoseWords.metrics(plan.plainLungs))"))
    }
    lines += lungs.checks.filter {
      if case .criticalVolumeDose = $0.limit.endpoint { $0.value != nil } else { false }
    }.map { ReportLine("critical volume: \(DoseWords.sentence(nil, $0))", DoseWords.tone($0.outcome)) }
    return lines
  }

  private var costs: [ReportLine] {
    plan.lungCosts.map { cost in
      ReportLine(
        "lung dose by \(cost.lesions.joined(separator: ", ")): mean \(DoseWords.band(cost.mean, "Gy", digits: 2)), V20 alone \(DoseWords.band(cost.v20Percent, "%"))"
      )
    }
  }

  private var subsets: [ReportLine] {
    [(plan.subset, "as expected"), (plan.poorSubset, "at the upper end of the plan-quality band")]
      .compactMap { subset, how in subset.map { ReportLine("\(how): \(DoseWords.subset($0))") } }
  }

  private var risk: [ReportLine] {
    guard let risk = plan.pneumonitis else { return [] }
    var lines = risk.readings.map { reading in
      let points = reading.curve.points
      let continued =
        reading.isContinued
        ? "; continued beyond its points of \(Figures.plain(points.lowerBound)) and \(Figures.plain(points.upperBound)) %"
        : ""
      return ReportLine(
        "pneumonitis grade 2 or more by \(reading.curve.metric.name): \(DoseWords.band(reading.percent, "%", digits: 0)) (a curve through two published points\(continued))",
        sources: reading.curve.sources)
    }
    // Of the thresholds of one series the highest that is reached says most.
    var seen: Set<String> = []
    for reached in risk.thresholds.sorted(by: { $0.threshold.above > $1.threshold.above })
    where reached.outcome != .kept {
      let threshold = reached.threshold
      guard seen.insert(threshold.name + threshold.sources.joined()).inserted else { continue }
      lines.append(
        ReportLine(
          "\(threshold.name) \(DoseWords.band(reached.value, threshold.unit)) compared with \(Figures.plain(threshold.above)) \(threshold.unit): \(threshold.effect) (\(threshold.population))\(reached.outcome.flips ? "; the answer changes within the band" : "")",
          sources: threshold.sources))
    }
    return lines
  }
}
