internal import Eligibility
internal import Facts
internal import Quantities
internal import Reasons
internal import Resection
internal import Vocabulary

/// One lung lesion of a plan of resection: technique by margin and depth, marking, other ways.
struct ResectionLesionText {
  private let entry: LesionResection
  private let plan: ResectionPlan
  private let parameters: ResectionParameters?
  private let style: TextStyle

  init(
    _ entry: LesionResection, _ plan: ResectionPlan, _ parameters: ResectionParameters?, style: TextStyle
  ) {
    self.parameters = parameters
    self.entry = entry
    self.plan = plan
    self.style = style
  }

  /// `nil` for lesions that the table says all of.
  var text: String? {
    guard let proposal = entry.proposal else { return nil }
    var lines = [style.paint("Lesion \(entry.lesion)", .bold)]
    func add(_ text: String, _ colour: TextStyle.Colour? = nil) {
      let line = "  " + wrapped(text, indent: "    ")
      lines.append(colour.map { style.paint(line, $0) } ?? line)
    }
    add(
      "\(ResectionWords.technique(proposal, in: plan)) with \(Figures.millimeters(proposal.standard.margin)) margin\(place(proposal))"
    )
    for reason in proposal.choice.reasons { add("– \(ReasonWords.text(reason))") }
    if let question = proposal.choice.question {
      add("? for the board: \(ReasonWords.text(question))", .yellow)
    }
    for open in proposal.choice.open { add("? \(ReasonWords.text(open))", .faint) }
    lines.append(margins(proposal))
    if let localisation = proposal.localisation { add(marking(localisation, proposal)) }
    for alternative in proposal.alternatives {
      add(
        "or: \(ReasonWords.text(alternative.reason))\(alternative.resected.map { ", \(Figures.volume($0))" } ?? "") [\(alternative.sources.joined(separator: ", "))]"
      )
    }
    for flip in proposal.flips { add("near a threshold: \(ReasonWords.text(flip))", .yellow) }
    for remark in proposal.remarks { add("· \(ReasonWords.text(remark))") }
    return lines.joined(separator: "\n")
  }

  private func place(_ proposal: ResectionProposal) -> String {
    guard let ratio = proposal.zoneRatio, let zone = proposal.zone else {
      return "; zone unknown (no bronchial tree contoured)"
    }
    return
      "; \(zone.rawValue) third of the lung (\(Figures.number(ratio, digits: 2)) of the way from hilum to pleura)"
  }

  private func margins(_ proposal: ResectionProposal) -> String {
    var table = TextTable([
      "margin", "profile", "technique", "where surgeons go deeper", "piece of lung", "meets",
    ])
    for plan in proposal.margins {
      func word(_ choice: TechniqueChoice) -> String {
        choice.isDeepWedge ? "deep wedge" : choice.technique.rawValue
      }
      table.rows.append([
        .init(Figures.millimeters(plan.margin)),
        .init(plan.profiles.isEmpty ? "–" : plan.profiles.joined(separator: ", ")), .init(word(plan.usual)),
        .init(word(plan.permissive)), .init(plan.wedge.map(Figures.volume) ?? "–"),
        .init(plan.contacts.isEmpty ? "–" : plan.contacts.map(\.structure).joined(separator: ", ")),
      ])
    }
    return table.text(style).split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
  }

  private func marking(_ localisation: Localisation, _ proposal: ResectionProposal) -> String {
    let criteria = localisation.nakashimaCriteria
    let cited = parameters?.localisation.sources
    let sources = (cited?.saito ?? []) + (cited?.nakashima ?? [])
    let count =
      criteria.lowerBound == criteria.upperBound
      ? "\(criteria.lowerBound)" : "\(criteria.lowerBound) to \(criteria.upperBound)"
    return
      "marking for thoracoscopy: \(ResectionWords.mark(localisation.answer)); Saito's line finds this size as deep as \(Figures.millimeters(localisation.saitoDepth)), it lies \(Figures.millimeters(proposal.nearestPleura)) deep; \(count) of Nakashima's 3 criteria [\(sources.joined(separator: ", "))]"
  }
}
