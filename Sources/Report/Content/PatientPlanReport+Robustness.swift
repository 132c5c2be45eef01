// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Planning
internal import Vocabulary

/// How sure the plan is, what would change it, and what is worth knowing.
extension PatientPlanReport {
  /// How many flips and wishes are printed; all are in the file.
  private static let most = 12

  var robustness: ReportSection {
    guard let robustness = plan.robustness else { return section("", .detail, []) }
    let isOpen = plan.recommended.assignments.contains { $0.choice.modality != nil }
    guard isOpen else { return section("", .detail, []) }
    let lines = robustness.lesions.map { lesion in
      let verdicts = lesion.verdicts.sorted { $0.key < $1.key }.map {
        "\($0.key.word) \(Self.percent($0.value))"
      }
      let choices = lesion.choices.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        "\($0.key) \(Self.percent($0.value))"
      }
      let own = verdicts.isEmpty ? "" : verdicts.joined(separator: ", ") + "; "
      return "\(lesion.lesion): \(own)best choice \(choices.joined(separator: ", "))"
    }
    return section(
      "Within measurement error (\(robustness.samples) draws, seed \(robustness.seed)): this plan is as good as any in \(Self.percent(robustness.asGoodProbability))",
      .detail,
      (lines
        + [
          robustness.unsettled > 0
            ? "in \(robustness.unsettled) of the draws other plans might be better and were not looked at, so how often a choice is the best one is not certain; --seed and --samples show by how much it varies"
            : "",
          "resampled: diameters and edges by readers' differences and half a plane, zones by what remains of misplacement, doses between a good and a poor plan; what is not known stays as it is; how often a plan is the best one is calculated among the plans that were met and those that draws asked for most: a lesion, two or all that one therapy suits treated otherwise",
        ].filter { !$0.isEmpty }).map { ReportLine($0) })
  }

  private static func percent(_ share: Double) -> String {
    share > 0 && share < 0.005
      ? "under 1 %" : (share < 1 && share > 0.995 ? "over 99 %" : "\(Int((100 * share).rounded())) %")
  }

  var flips: ReportSection {
    let flips = plan.robustness?.flips ?? []
    return section(
      "What would change it, the nearest first", .detail,
      (flips.prefix(Self.most).map { flip in
        let unit = flip.fact.definition.unit
        let tail = unit.isEmpty || unit == "count" || unit == "class" ? "" : " " + unit
        let edge = "\(flip.isRise ? "above" : "below") \(Figures.plain(flip.edge))\(tail)"
        let distance = "\(Figures.plain(flip.distance))\(tail) away"
        let off = flip.deviations.map { ", \(Figures.plain($0)) standard deviations" } ?? ""
        return "\(flip.lesion ?? "patient") \(flip.fact.title) \(edge), \(distance)\(off): "
          + Self.effect(flip)
      } + (flips.count > Self.most ? ["\(flips.count - Self.most) more in the file (-o)"] : [])).map {
        ReportLine($0)
      })
  }

  /// What changes beyond a threshold.
  static func effect(_ flip: PlanRobustness.Flip) -> String {
    let verdicts = flip.verdicts.map {
      "\($0.lesion) \($0.modality.title) becomes \($0.to.word) (now \($0.from.word))"
    }
    let decisions = flip.decisions.map { "\($0.lesion) would be \($0.choice)" }
    return (verdicts + decisions).joined(separator: "; ")
  }

  var wishes: ReportSection {
    let wishes = plan.robustness?.wishes ?? []
    return section(
      "Missing information, the most telling first", .detail,
      (wishes.prefix(Self.most).map { wish in
        var words: [String] = []
        if wish.changesPlan == true { words.append("may change the plan") }
        if wish.couldExclude { words.append("may exclude a therapy of the plan") }
        if wish.scoreSpread >= 1 { words.append("moves a score by up to \(Int(wish.scoreSpread.rounded()))") }
        let whom = wish.lesions.isEmpty ? "" : " of \(wish.lesions.joined(separator: ", "))"
        return "\(wish.fact.title)\(whom): \(words.joined(separator: ", "))"
      } + manoeuvres).map { ReportLine($0) })
  }

  private var manoeuvres: [String] {
    plan.recommended.assignments.compactMap { assignment in
      guard let judgement = assignment.judgement, !judgement.manoeuvres.isEmpty else { return nil }
      return
        "\(assignment.lesion): worth trying: \(judgement.manoeuvres.map(\.title).joined(separator: ", "))"
    }
  }
}
