internal import Ablation
internal import Anatomy
internal import Cases
internal import Eligibility
internal import Evidence
internal import Facts
internal import Quantities
internal import Reasons
internal import Vocabulary

/// One lesion of a plan of ablation: energies, zone, way, neighbours, risk, preparation.
struct AblationLesionText {
  private let entry: LesionAblation
  private let style: TextStyle
  private let parent: AblationText

  init(_ entry: LesionAblation, in parent: AblationText) {
    self.entry = entry
    self.parent = parent
    style = parent.style
  }

  var text: String {
    var lines = [style.paint("Lesion \(entry.lesion)", .bold)]
    func add(_ text: String, _ colour: TextStyle.Colour? = nil) {
      let line = "  " + wrapped(text, indent: "    ")
      lines.append(colour.map { style.paint(line, $0) } ?? line)
    }
    for line in choice { add(line) }
    if let why = entry.why { add("not planned: \(ReasonWords.text(why))", .yellow) }
    for proposal in entry.proposals {
      if entry.proposals.count > 1 || parent.plan.energies.count > 1 {
        lines.append("  " + style.paint(proposal.energy.title, .bold))
      }
      for (text, colour) in words(proposal) { add(text, colour) }
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Energies

  private var choice: [String] {
    let choice = entry.choice
    var lines: [String] = []
    if choice.holding.isEmpty {
      lines.append("energies: no preference of the protocol holds here")
    } else {
      lines.append("energies, best first: \(choice.order.map(\.title).joined(separator: ", "))")
      lines += choice.holding.map { "– \($0.text) [\($0.sources.joined(separator: ", "))]" }
    }
    for (preference, facts) in choice.open {
      lines.append(
        "? would change with \(facts.map(\.title).joined(separator: ", ")), unknown: \(preference.text)")
    }
    return lines
  }

  // MARK: Proposal

  private typealias Line = (String, TextStyle.Colour?)

  private func words(_ proposal: AblationProposal) -> [Line] {
    zone(proposal) + way(proposal) + neighbours(proposal) + manoeuvres(proposal) + risk(proposal)
      + proposal.remarks.map { ("! \(ReasonWords.text($0))", .yellow) }
      + proposal.providedThat.map { ("* provided that \(ReasonWords.text($0))", nil) }
  }

  private func zone(_ proposal: AblationProposal) -> [Line] {
    let zone = proposal.zone
    let coverage = proposal.coverage
    var lines: [Line] = [
      (
        "zone: \(zone.device.name), \(zone.setting.id): chart \(zone.chartWords) (\(zone.device.basis.title) \(zone.device.tissue), \(zone.device.mark.rawValue)), planned as \(zone.words)"
          + (proposal.isotherm.map { " of the \($0.title) isotherm" } ?? "")
          + "; \(ReasonWords.text(proposal.method))", nil
      ),
      (
        "margin: least \(Figures.millimeters(coverage.map.minimum)) at \(AblationWords.point(coverage.map.place)), one in twenty places below \(Figures.millimeters(coverage.map.fifthPercentile)); lesion with 5 mm held to \(Figures.plain(coverage.at5Percent)) %, with 10 mm to \(Figures.plain(coverage.at10Percent)) %; if the zone is exactly as planned, the hard margin stays after a control scan with a chance of \(AblationWords.percent(coverage.marginProbability))",
        AblationWords.colour(proposal.standing)
      ),
    ]
    lines.append(
      (
        "volume: \(Figures.volume(coverage.ablated)) destroyed, \(Figures.volume(coverage.healthy)) of it beside the lesion"
          + (coverage.lung.map { ", \(Figures.volume($0)) lung" } ?? ""), nil
      ))
    return lines
  }

  private func way(_ proposal: AblationProposal) -> [Line] {
    let search = proposal.search
    var lines: [Line] = []
    for (index, applicator) in proposal.applicators.enumerated() {
      let name = proposal.applicators.count > 1 ? "way of applicator \(index + 1)" : "way"
      lines.append((name + ": " + path(applicator, proposal), nil))
    }
    for (index, other) in proposal.alternatives.enumerated() {
      lines.append(("other way \(index + 1): " + path(other, proposal, isShort: true), .faint))
    }
    let refused = search.refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\($0.value) \($0.key.title)"
    }
    lines.append(
      (
        "\(search.tried) directions tried, \(search.feasible) keep every limit, \(search.front) of the \(search.feasible > 0 ? "clear" : "near") ones unbeaten"
          + (refused.isEmpty
            ? "" : "; refused (one may count several times): \(refused.joined(separator: ", "))"),
        proposal.applicators.isEmpty ? .yellow : .faint
      ))
    return lines
  }

  private func path(
    _ applicator: PlannedApplicator, _ proposal: AblationProposal, isShort: Bool = false
  ) -> String {
    let path = applicator.path
    let position = path.positions.first ?? .supine
    let angles = path.angles(in: position)
    var text =
      "\(position.title), enter at \(AblationWords.point(path.entry)), \(Figures.millimeters(path.depth)) to the tip at \(AblationWords.point(path.tip)); \(Figures.number(angles.fromVerticalDegrees, digits: 0))° from vertical towards the patient's \(angles.lean.title), \(Figures.number(abs(angles.towardsHeadDegrees), digits: 0))° towards the \(angles.towardsHeadDegrees >= 0 ? "head" : "feet")"
    if let length = applicator.length {
      text += "; applicator of \(Figures.number(length.millimeters, digits: 0)) mm"
    }
    if applicator.pullBacks.count > 1 {
      text +=
        "; pulled back by \(applicator.pullBacks.dropFirst().map { Figures.number($0.millimeters, digits: 0) }.joined(separator: ", ")) mm"
    }
    text += "; " + met(path, applicator)
    if isShort { return text }
    let near = applicator.clearances.prefix(4).map {
      "\($0.structure) \(Figures.millimeters($0.distance))"
    }
    text += near.isEmpty ? "" : "; passes \(near.joined(separator: ", "))"
    let chances = applicator.probabilityClear.map {
      "\(AblationWords.percent($0.probability)) \(spacedWords($0.accuracy.id)) (σ \(Figures.plain($0.accuracy.sigma.millimeters)) mm)"
    }
    if !chances.isEmpty {
      text += "; stays clear of them with a chance of \(chances.joined(separator: ", "))"
    }
    if path.positions.count > 1 {
      text += "; also \(path.positions.dropFirst().map(\.title).joined(separator: ", "))"
    }
    return text
  }

  private func met(_ path: NeedlePath, _ applicator: PlannedApplicator) -> String {
    var parts: [String] = []
    if path.pleuralPunctures > 0 {
      parts.append(
        "\(path.pleuralPunctures) pleural puncture\(path.pleuralPunctures > 1 ? "s" : "") and \(Figures.number(path.aeratedLung.millimeters, digits: 0)) mm of aerated lung"
      )
    }
    if let angle = path.surfaceAngleDegrees {
      parts.append(
        "\(path.pleuralPunctures > 0 ? "pleura" : "capsule") met at \(Figures.number(angle, digits: 0))°")
    }
    if !path.fissures.isEmpty { parts.append("crosses the fissure \(path.fissures.joined(separator: ", "))") }
    if path.bullae > 0 { parts.append("crosses \(path.bullae) bulla\(path.bullae > 1 ? "e" : "")") }
    if !path.vessels.isEmpty { parts.append("crosses \(path.vessels.joined(separator: ", "))") }
    if path.entersPleuraInZone { parts.append("the pleura is entered within the zone") }
    if path.isBelowRib { parts.append("passes below a rib, where its vessels run") }
    if path.uncharted.millimeters >= 1 {
      parts.append(
        "\(Figures.number(path.uncharted.millimeters, digits: 0)) mm through tissue nobody contoured")
    }
    let through = applicator.crosses.filter { ![.lung, .skin].contains($0.role) }.map(\.structure)
    if !through.isEmpty { parts.append("goes through \(through.joined(separator: ", "))") }
    return parts.joined(separator: ", ")
  }

  private func neighbours(_ proposal: AblationProposal) -> [Line] {
    var lines: [Line] = proposal.neighbours.filter { !$0.broken.isEmpty }.map { neighbour in
      let distance =
        neighbour.distance == .zero
        ? "touched" + (neighbour.overlap > .zero ? ", \(Figures.volume(neighbour.overlap)) within" : "")
        : "\(Figures.millimeters(neighbour.distance)) from the zone"
      let ice = neighbour.iceDistance.map { ", \(Figures.millimeters($0)) from the ice" } ?? ""
      let why = neighbour.broken.map {
        "\($0.effect == .heatSink ? "cooling or warming: " : "")\($0.text) [\($0.sources.joined(separator: ", "))]"
      }
      return ("\(neighbour.structure): \(distance)\(ice): \(why.joined(separator: "; "))", .yellow)
    }
    let clear = proposal.neighbours.filter { $0.broken.isEmpty && $0.role != .other }.prefix(5).map {
      "\($0.structure) \(Figures.millimeters($0.distance))"
    }
    if !clear.isEmpty { lines.append(("from the zone: \(clear.joined(separator: ", "))", nil)) }
    if let reaches = proposal.reachesPleura {
      lines.append((reaches ? "the zone reaches the pleura" : "the zone stays within the lung", nil))
    }
    lines += proposal.nerveQuestions.map {
      ("? \($0.text) (heuristic) [\($0.sources.joined(separator: ", "))]", nil)
    }
    return lines
  }

  private func manoeuvres(_ proposal: AblationProposal) -> [Line] {
    proposal.manoeuvres.map { advice in
      let usual =
        "\(Figures.plain(advice.reach.usual.lowerBound))–\(Figures.plain(advice.reach.usual.upperBound)) mm"
      let answer =
        advice.reach.usual.upperBound == 0
        ? "moves nothing"
        : (advice.isEnough.usually
          ? "usually enough" : (advice.isEnough.atBest ? "enough at best" : "not enough"))
      return (
        "\(advice.reach.manoeuvre.title) for \(advice.structure): \(Figures.millimeters(advice.needed)) more is needed (now \(Figures.millimeters(advice.distance)), wanted \(Figures.millimeters(advice.wanted))), usually \(usual): \(answer); \(advice.reach.text) [\(advice.reach.sources.joined(separator: ", "))]",
        nil
      )
    }
  }

  private func risk(_ proposal: AblationProposal) -> [Line] {
    let shared = parent.shared(by: proposal.energy)
    return AblationWords.notes(proposal.notes.filter { !shared.contains($0) })
  }
}
