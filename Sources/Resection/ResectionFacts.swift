// SPDX-License-Identifier: Apache-2.0
internal import Eligibility
internal import Facts
internal import Foundation
internal import Quantities
internal import Reasons
internal import Vocabulary

/// What a plan of resection tells the rules.
///
/// Where a staple line may run and what function remains are estimates: they never exclude.
struct ResectionFacts {
  var patient = FactTable()
  var lesions: [String: FactTable] = [:]

  init(_ resected: ResectedParts, _ benefit: BenefitEvidence, _ known: FactTable, isWhole: Bool) {
    for entry in resected.lesions {
      guard let proposal = entry.proposal else { continue }
      lesions[proposal.lesion] = Self.facts(of: proposal, resected, known)
    }
    if let completeness = benefit.completeness {
      patient[.resectionCompleteness] = .word(
        completeness.rawValue, .estimated, "planned resection of all lung lesions")
    }
    if let group = benefit.group {
      patient[.irlmGroup] = .word(
        group.numeral, .estimated, "planned resection, disease-free interval and number")
    }
    if let liver = resected.liver, isWhole { layRemnant(liver, known) }
  }

  /// What the plan tells of one lesion.
  private static func facts(
    of proposal: ResectionProposal, _ resected: ResectedParts, _ known: FactTable
  ) -> FactTable {
    let basis =
      proposal.basis == .stated
      ? "planned resection, from stated size and depth" : "planned resection on contours"
    var facts = FactTable()
    // The lobe may have to go for what else lies in it.
    let lobe = resected.lobes.first { $0.lesions.contains(proposal.lesion) }
    let technique = technique(proposal, in: lobe)
    // Judged as the worse answer: what is open must not be better than what is known.
    if let question = proposal.choice.question, technique != ResectionTechnique.extended.rawValue {
      facts[.resectionTechnique] = .word(
        "unsettled", .estimated,
        "\(basis), within their error: \(question.because.flatMap(\.names).joined(separator: ", "))")
    } else {
      facts[.resectionTechnique] = .word(technique, .estimated, basis)
    }
    facts[.resectionMargin] = .number(proposal.standard.margin.millimeters, .estimated, basis)
    if let localisation = proposal.localisation, localisation.answer != .unknown {
      facts[.thoracoscopicLocalisation] = .word(
        localisation.answer.rawValue, .derived, "Saito's line and Nakashima's rule on size and depth")
    }
    if let side = proposal.side, let stage = resected.stages.first(where: { $0.sides == [side] }) {
      lay(stage, over: &facts, known)
    }
    return facts
  }

  /// The technique by which a lesion goes, be it with its lobe.
  private static func technique(_ proposal: ResectionProposal, in lobe: LobeResection?) -> String {
    let piece = lobe?.pieces.first { $0.lesions.contains(proposal.lesion) }
    return lobe?.isForBoard == true && lobe?.isWhole == true
      ? ResectionTechnique.extended.rawValue
      : lobe?.isLobeProposed == true
        ? ResectionTechnique.lobectomy.rawValue
        : word(proposal, piece?.technique)
  }

  /// The liver that remains, where all of the liver's lesions go.
  private mutating func layRemnant(_ liver: LiverResection, _ known: FactTable) {
    guard liver.left.isEmpty, let remnant = liver.remnantPercent else { return }
    for lesion in liver.lesions { lesions[lesion] = FactTable() }
    // A stated remnant is somebody's measurement of the operation that is meant.
    guard known.interval(.futureLiverRemnant) == nil else { return }
    // The least that can be taken leaves the most: exact only where no vessel asks for more and nothing is unlisted.
    let listed = Double(liver.lesions.count)
    let isExact =
      liver.isExact && (known.number(.liverMetastasisCount).map { $0 <= listed } ?? false)
    patient[.plannedLiverRemnant] = FactValue(
      isExact ? .known(.number(max(1, remnant))) : .between(1, max(1, remnant)), origin: .estimated,
      source: "contoured liver less the planned pieces")
  }

  /// Its own technique, or that of the lobe it is taken with.
  private static func word(_ proposal: ResectionProposal, _ piece: ResectionTechnique?) -> String {
    guard let piece, piece > proposal.choice.technique else { return proposal.choice.word }
    return ResectionTechnique.lobectomy.rawValue
  }

  /// As expected and at worst: a range where they differ.
  private static func lay(_ stage: StageFunction, over facts: inout FactTable, _ known: FactTable) {
    func put(_ fact: Fact, _ value: (expected: Double?, worst: Double?)) {
      let ends = [value.expected, value.worst].compactMap(\.self).map { min(160, $0) }
      guard let low = ends.min(), let high = ends.max() else { return }
      // One end alone leaves the other open: at best nothing is lost, at worst all.
      let before = known.interval(fact == .ppoFEV1 ? .fev1 : .dlco)?.upperBound ?? high
      let top = value.expected == nil ? max(high, min(160, before)) : high
      let least = value.worst == nil ? 0 : low
      let source = "predicted, as expected and at worst"
      facts[fact] = FactValue(
        least == top ? .known(.number(least)) : .between(least, top), origin: .estimated, source: source)
    }
    put(.ppoFEV1, stage.fev1)
    put(.ppoDLCO, stage.dlco)
    guard let flow = stage.flows.first else { return }
    if case .risk(let expected, _, _)? = flow.expected, case .risk(let worst, _, _)? = flow.worst,
      expected == worst
    {
      facts[.operativeRisk] = .word(expected.rawValue, .estimated, flow.flow.title)
    }
  }
}
